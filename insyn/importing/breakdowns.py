"""A table of its own that is the parts of one row of income: it adds up to the row, in a unit of its own."""

from collections.abc import Iterator

from msgspec.structs import replace

from insyn.importing.cells import is_grouped, likely_unit, read_cell_of, unit_of
from insyn.importing.document import Grid, SourceDocument
from insyn.importing.draft import DraftBreakdown, DraftBudget, DraftGroup, DraftRow, DraftSum
from insyn.importing.tables import SourceLine
from insyn.importing.words import TOTAL, funder_of, plain_name
from insyn.model import Member, Unit

COLUMNS = 2


def with_breakdown(budget: DraftBudget, document: SourceDocument, members: tuple[Member, ...]) -> DraftBudget:
    """Return a budget whose row is broken down, where a table of two columns ends with that row's amount."""
    for block in document.blocks:
        if isinstance(block, Grid) and block not in budget.taken and len(block.rows[0]) == COLUMNS:
            found = _broken_down(budget, block, members)
            if found:
                return replace(found, taken=(*found.taken, block))
    return budget


def _broken_down(budget: DraftBudget, grid: Grid, members: tuple[Member, ...]) -> DraftBudget | None:
    lines = [SourceLine(plain_name(row[0].text), row[1:], row[0].origin) for row in grid.rows]
    heading = lines[0].name if not lines[0].has_amounts else grid.caption
    lines = [line for line in lines if line.has_amounts]
    if len(lines) < COLUMNS + 1 or not TOTAL.match(lines[-1].name):
        return None
    unit = unit_of(lines) or likely_unit(lines)
    total = read_cell_of(lines[-1].cells[0], unit, grouped=is_grouped(lines))
    at = next((at for at, one in enumerate(budget.columns) if one.id == budget.main_column), 0)
    rows = [row for row in _own_rows(budget) if total.kronor and row.cells[at].kronor == total.kronor]
    if len(rows) != 1:
        return None
    parts = tuple(_part(line, unit, members, grouped=is_grouped(lines)) for line in lines[:-1])
    end = DraftSum(lines[-1].name, (total,), lines[-1].origin)
    breakdown = DraftBreakdown(heading or rows[0].name, unit, budget.columns[at].id, parts, end)
    row = replace(rows[0], breakdown=breakdown, guesses=(*rows[0].guesses, "breakdown-by-sum"))
    income = replace(budget.income, rows=tuple(_with(one, rows[0], row) for one in budget.income.rows))
    return replace(budget, income=income)


def _own_rows(budget: DraftBudget) -> Iterator[DraftRow]:
    for one in budget.income.rows:
        yield from one.rows if isinstance(one, DraftGroup) else (one,)


def _with(one: DraftRow | DraftGroup, old: DraftRow, new: DraftRow) -> DraftRow | DraftGroup:
    if isinstance(one, DraftGroup):
        return replace(one, rows=tuple(new if row is old else row for row in one.rows))
    return new if one is old else one


def _part(line: SourceLine, unit: Unit, members: tuple[Member, ...], *, grouped: bool) -> DraftRow:
    funder, is_member = funder_of(line.name, members)
    cell = read_cell_of(line.cells[0], unit, grouped=grouped)
    return DraftRow(line.name, (cell,), line.origin, funder=funder, guesses=() if is_member else ("funder-by-name",))
