"""From a table's rows to a budget: which are income and costs, which are sums, and what the columns state."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from insyn.importing.breakdowns import with_breakdown
from insyn.importing.cells import flipped, has_grown, is_grouped, likely_unit, mark_of, read_cell_of, unit_of
from insyn.importing.document import GridCell, Remark, RemarkKind, SourceDocument, remark
from insyn.importing.draft import (
    DraftBlock,
    DraftBudget,
    DraftCell,
    DraftColumn,
    DraftEquity,
    DraftGroup,
    DraftRow,
    DraftSum,
)
from insyn.importing.footnotes import find_notes
from insyn.importing.grouping import GroupEntry, added, entry_of, group, is_subtotal
from insyn.importing.tables import FoundTable, SourceLine
from insyn.importing.words import (
    AMOUNTS_SAID,
    COSTS,
    COSTS_SAID,
    EQUITY,
    EQUITY_ROW,
    INCOME,
    INCOME_SAID,
    OPENING,
    RESULT,
    TOTAL,
    funder_of,
    plain_name,
    purpose_of,
    unit_in,
)
from insyn.model import ColumnKind, Funder, Member, ResultRole, Unit
from insyn.vocabulary import TOTAL_NAMES

NAMELESS = "Namn saknas"
RESULT_WORDS = ("resultat ", "årets resultat", "periodens")
LETTERS = {ColumnKind.OUTCOME: "u", ColumnKind.FORECAST: "p", ColumnKind.BUDGET: "b", ColumnKind.PLAN: "pl"}


class TableParts(Struct, frozen=True):
    """The lines of a table by what they are part of."""

    income: tuple[SourceLine, ...] = ()
    income_total: SourceLine | None = None
    costs: tuple[SourceLine, ...] = ()
    costs_total: SourceLine | None = None
    result: SourceLine | None = None
    equity: tuple[SourceLine, ...] = ()
    rest: tuple[SourceLine, ...] = ()
    """What couldn't be placed."""
    caption: str = ""
    income_heading: str = ""
    said_units: tuple[str, ...] = ()
    guesses: tuple[tuple[str, SourceLine], ...] = ()


def arrange(
    table: FoundTable, others: Sequence[FoundTable], document: SourceDocument, members: tuple[Member, ...], year: int
) -> DraftBudget:
    """Return the budget that a table states. `others`, of other columns, are told of and kept as text."""
    remarks: list[Remark] = []
    parts = _parts(table.lines)
    unit, unit_guess = _unit(table, parts)
    columns = _columns(table, year)
    reader = _Cells(unit, table.lines)
    negative = reader.are_negative(parts)
    income = _income(parts, reader, members, len(columns))
    costs = _costs(parts, reader, len(columns), negative=negative)
    equity = _equity(parts.equity, reader, columns, remarks)
    result = _sum(parts.result, reader, "result") if parts.result else None
    budget = DraftBudget(
        heading=parts.caption or table.caption,
        unit=unit,
        unit_guess=unit_guess,
        columns=_with_block_labels(columns, table, parts),
        note_column=table.note_heading,
        income=income,
        costs=costs,
        costs_negative=negative,
        result=result,
        result_role=ResultRole.ANNUAL_RESULT,
        equity=equity,
        main_column=_main(columns, year),
        taken=table.blocks,
    )
    role = ResultRole.CLOSING_EQUITY if budget.is_equity_included else ResultRole.ANNUAL_RESULT
    budget = with_breakdown(replace(budget, result_role=role), document, members)
    remarks += [remark(RemarkKind.GUESS, key, line.origin, name=line.name) for key, line in parts.guesses]
    amounts = [cell.kronor for line in parts.income for cell in reader.cells(line) if cell.kronor]
    if sum(amount < 0 for amount in amounts) * 2 > len(amounts):
        remarks.append(remark(RemarkKind.UNREAD, "income-negative", parts.income[0].origin))
    remarks += [_left(line) for line in parts.rest]
    remarks += [remark(RemarkKind.UNREAD, "table-left", one.blocks[0].origin, rows=len(one.lines)) for one in others]
    notes, note_blocks = find_notes(budget, table, document, remarks)
    return replace(budget, notes=notes, taken=(*budget.taken, *note_blocks), remarks=tuple(remarks))


def _left(line: SourceLine) -> Remark:
    cells = " · ".join(cell.text for cell in line.cells if cell.text)
    return remark(RemarkKind.UNREAD, "row-left", line.origin, name=line.name, cells=cells)


# --- What a line is part of -----------------------------------------------------------------------------------------


def _parts(lines: Sequence[SourceLine]) -> TableParts:
    """Sort lines by headings and sums that name a side; where none does, by what adds up."""
    parts, side = TableParts(), "income"
    for number, line in enumerate(lines):
        name = plain_name(line.name)
        if not name and line.has_amounts and side != "rest":
            parts, side = _with_nameless(parts, side, line)
        elif line.equity_headings:
            parts = replace(parts, equity=(*parts.equity, line))
        elif not line.has_amounts:
            parts, side = _with_heading(parts, side, line, name, is_first=number == 0)
        elif side != "rest" and (ended := _ended(name, side, parts, lines[number + 1 :])):
            parts, side = _with_total(parts, ended, line)
        elif _is_result(name, side, parts):
            parts, side = replace(parts, result=line), "rest"
        elif side == "rest" and EQUITY_ROW.search(name):
            parts = replace(parts, equity=(*parts.equity, line))
        else:
            parts = _added(parts, side, line)
    return _with_unsaid_totals(parts)


def _with_heading(
    parts: TableParts, side: str, line: SourceLine, name: str, *, is_first: bool
) -> tuple[TableParts, str]:
    """Take a line without amounts: a section, a unit, the table's own heading, or a group's."""
    if INCOME.match(name) and not parts.income:
        return replace(parts, income_heading=name.strip(" :")), "income"
    if COSTS.match(name) or EQUITY.match(name):
        return parts, "costs" if COSTS.match(name) else "rest"
    if unit_in([name]) and AMOUNTS_SAID.search(name):
        return replace(parts, said_units=(*parts.said_units, name)), side
    if is_first:
        return replace(parts, caption=name), side
    return _added(parts, side, line), side


def _added(parts: TableParts, side: str, line: SourceLine) -> TableParts:
    """Return the parts with one more line of a side."""
    if side == "rest":
        return replace(parts, rest=(*parts.rest, line))
    if side == "costs":
        return replace(parts, costs=(*parts.costs, line))
    return replace(parts, income=(*parts.income, line))


def _ended(name: str, side: str, parts: TableParts, later: Sequence[SourceLine]) -> str:
    """Return the side that a line is the total of: "income", "costs"; "" when it is none."""
    rest = TOTAL.sub("", name).strip(" :")
    if is_subtotal(name) or not (TOTAL.match(name) or INCOME.match(name) or COSTS.match(name)):
        return ""
    if COSTS_SAID.search(rest):
        return "" if _comes_again(later, COSTS_SAID) or parts.costs_total else "costs"
    if INCOME_SAID.search(rest):
        return "" if _comes_again(later, INCOME_SAID) or parts.income_total else "income"
    if RESULT.search(rest):
        return ""
    is_done = parts.costs_total if side == "costs" else parts.income_total
    return side if not rest and not is_done else ""


def _comes_again(later: Sequence[SourceLine], said: re.Pattern[str]) -> bool:
    """Whether a later sum is of the same side, before the other side begins."""
    other = INCOME if said is COSTS_SAID else COSTS
    for line in later:
        name = plain_name(line.name)
        if not line.has_amounts and other.match(name):
            return False
        if TOTAL.match(name) and line.has_amounts:
            return said.search(name) is not None and not is_subtotal(name)
    return False


def _with_nameless(parts: TableParts, side: str, line: SourceLine) -> tuple[TableParts, str]:
    """Take a row of amounts without a name: the total of its side if it adds up, else a row to be named."""
    named = replace(line, guess="name-missing")
    own = [*(parts.costs if side == "costs" else parts.income), named]
    if _first_sum(own) == len(own) - 1 and not (parts.costs_total if side == "costs" else parts.income_total):
        return _with_total(parts, side, named)
    return _added(parts, side, named), side


def _with_total(parts: TableParts, side: str, line: SourceLine) -> tuple[TableParts, str]:
    if side == "costs":
        parts = replace(parts, costs_total=line)
        return parts, "rest" if parts.income_total or parts.income else "income"
    return replace(parts, income_total=line), "rest" if parts.costs_total else "costs"


def _is_result(name: str, side: str, parts: TableParts) -> bool:
    if parts.result or not RESULT.search(name):
        return False
    return (side == "rest" and not EQUITY_ROW.search(name)) or (
        side == "costs" and bool(parts.costs) and f"{name.lower()} ".startswith(RESULT_WORDS)
    )


def _with_unsaid_totals(parts: TableParts) -> TableParts:
    """Find totals that only their sum tells: the last row of a side that is the sum of those before it."""
    if not parts.costs and not parts.costs_total and not parts.income_total:
        cut = _first_sum(parts.income)
        if cut:
            parts = replace(
                parts,
                income=parts.income[:cut],
                income_total=parts.income[cut],
                costs=parts.income[cut + 1 :],
                guesses=(*parts.guesses, ("total-from-sum", parts.income[cut])),
            )
    if not parts.income_total and (cut := _first_sum(parts.income)) and cut == len(parts.income) - 1:
        line = parts.income[cut]
        guesses = (*parts.guesses, ("total-from-sum", line))
        parts = replace(parts, income=parts.income[:cut], income_total=line, guesses=guesses)
    if not parts.costs_total and (cut := _first_sum(parts.costs)):
        line, after = parts.costs[cut], parts.costs[cut + 1 :]
        guesses = (*parts.guesses, ("total-from-sum", line))
        parts = replace(parts, costs=parts.costs[:cut], costs_total=line, guesses=guesses)
        if after and RESULT.search(after[0].name) and not parts.result:
            parts, after = replace(parts, result=after[0]), after[1:]
        parts = replace(parts, rest=(*after, *parts.rest))
    return parts


def _first_sum(lines: Sequence[SourceLine]) -> int:
    """Return the number of the first row that is the sum of all before it; 0 for none."""
    reader = _Cells(Unit.KR, lines)
    sums: list[tuple[int, ...]] = []
    for number, line in enumerate(lines):
        if not line.has_amounts or is_subtotal(line.name):
            continue
        own = tuple(cell.kronor or 0 for cell in reader.cells(line))
        if len(sums) > 1 and any(own) and added(sums, len(own)) == own:
            return number
        sums.append(own)
    return 0


# --- Columns and unit -----------------------------------------------------------------------------------------------


def _unit(table: FoundTable, parts: TableParts) -> tuple[Unit, str]:
    """Return the unit and what it was guessed by; "" where the table states it."""
    said = unit_in([*parts.said_units, table.caption, parts.caption, *(one.text for one in table.headings)])
    said = said or unit_of(table.lines)
    return (said, "") if said else (likely_unit(table.lines), "unit-by-size")


def _columns(table: FoundTable, year: int) -> tuple[DraftColumn, ...]:
    """Return the columns. A kind that no heading states is the one that its year speaks for, and a guess."""
    columns: list[DraftColumn] = []
    rows = [row for row in table.all_headings if len(row) == len(table.headings)] or [table.headings]
    for at, first in enumerate(table.headings):
        said = next((row[at].kind for row in rows if row[at].kind), None)
        kind = said or (ColumnKind.BUDGET if first.year <= year else ColumnKind.PLAN)
        id = f"{LETTERS[kind]}{first.year}"
        taken = sum(one.id == id or one.id.startswith(f"{id}-") for one in columns)
        id = f"{id}-{taken + 1}" if taken else id
        columns.append(DraftColumn(id, first.year, kind, first.text, is_guess=said is None or first.is_part))
    return tuple(columns)


def _with_block_labels(
    columns: tuple[DraftColumn, ...], table: FoundTable, parts: TableParts
) -> tuple[DraftColumn, ...]:
    """Return columns with the headings of each block, where they aren't the same in all."""
    rows = [row for row in table.all_headings if len(row) == len(columns)]
    equity = next((line.equity_headings[1:] for line in parts.equity if line.equity_headings), ())
    named = [*zip(("income", "costs"), rows, strict=False), *([("equity", equity)] if equity else [])]
    if len(named) < 2 or all(row[at].text == one.label for _, row in named for at, one in enumerate(columns)):
        return columns
    return tuple(
        replace(one, block_labels=tuple((block, row[at].text) for block, row in named))
        for at, one in enumerate(columns)
    )


def _main(columns: tuple[DraftColumn, ...], year: int) -> str:
    own = [one for one in columns if one.year == year]
    return next((one.id for one in own if one.kind is ColumnKind.BUDGET), own[0].id if own else "")


def year_of(table: FoundTable) -> int:
    """Return the year that a table is most likely the plan for: its last budget, else the year before its plans."""
    budgets = [one.year for row in table.all_headings for one in row if one.kind is ColumnKind.BUDGET]
    plans = [one.year for row in table.all_headings for one in row if one.kind is ColumnKind.PLAN]
    if budgets:
        return max(budgets) if plans else min(budgets)
    return min(plans) if plans else min(one.year for one in table.headings)


# --- Blocks ---------------------------------------------------------------------------------------------------------


class _Cells:
    """Reads lines' cells in the table's unit."""

    def __init__(self, unit: Unit, lines: Sequence[SourceLine]) -> None:
        self.unit, self.grouped, self.grown = unit, is_grouped(lines), has_grown(lines)

    def cells(self, line: SourceLine) -> tuple[DraftCell, ...]:
        return tuple(self.cell(cell) for cell in line.cells)

    def cell(self, cell: GridCell) -> DraftCell:
        return read_cell_of(cell, self.unit, grouped=self.grouped, grown=self.grown)

    def are_negative(self, parts: TableParts) -> bool:
        """Whether costs are printed with a minus: more of them have one than not."""
        amounts = [cell.kronor for line in parts.costs for cell in self.cells(line) if cell.kronor]
        return sum(amount < 0 for amount in amounts) * 2 > len(amounts)


def _income(parts: TableParts, reader: _Cells, members: tuple[Member, ...], columns: int) -> DraftBlock:
    total = _sum(parts.income_total, reader, "income") if parts.income_total else None
    rows = _grouped(parts.income, reader, total, columns)
    funded = tuple(_funded(one, members) for one in rows)
    heading = parts.income_heading
    return DraftBlock("" if heading.lower() == TOTAL_NAMES["income"].split()[-1] else heading, funded, total)


def _funded(one: DraftRow | DraftGroup, members: tuple[Member, ...]) -> DraftRow | DraftGroup:
    """Return income with who pays, as the names say."""
    if isinstance(one, DraftGroup):
        return replace(one, rows=tuple(_funder(row, members) for row in one.rows))
    return _funder(one, members)


def _funder(row: DraftRow, members: tuple[Member, ...]) -> DraftRow:
    funder, is_member = funder_of(row.name, members)
    if funder is None:
        return replace(row, funder=Funder.OTHER, guesses=(*row.guesses, "funder-unknown"))
    return replace(row, funder=funder, guesses=row.guesses if is_member else (*row.guesses, "funder-by-name"))


def _costs(parts: TableParts, reader: _Cells, columns: int, *, negative: bool) -> DraftBlock:
    total = _sum(parts.costs_total, reader, "costs") if parts.costs_total else None
    if negative and total:
        total = replace(total, cells=tuple(flipped(cell, reader.unit) for cell in total.cells))
    rows = _grouped(parts.costs, reader, total, columns, negative=negative)
    if negative and total:
        total = _with_signs(total, rows, columns)
    return DraftBlock("", tuple(_with_purpose(one) for one in rows), total)


def _with_signs(total: DraftSum, rows: Sequence[DraftRow | DraftGroup], columns: int) -> DraftSum:
    """Return a total whose minus was forgotten in print as it adds up, with the printed form beside."""
    sums = added([_sums_of(one) for one in rows], columns)
    cells = [
        replace(cell, written=cell.written.lstrip("-"), kronor=-cell.kronor, printed=cell.source)
        if cell.kronor is not None and cell.kronor < 0 and abs(sums[at] + cell.kronor) <= abs(cell.kronor) // 100
        else cell
        for at, cell in enumerate(total.cells)
    ]
    return replace(total, cells=tuple(cells))


def _sums_of(one: DraftRow | DraftGroup) -> tuple[int, ...]:
    if isinstance(one, DraftRow):
        return tuple(cell.kronor or 0 for cell in one.cells)
    if one.subtotal:
        return tuple(cell.kronor or 0 for cell in one.subtotal.cells)
    columns = len(one.rows[0].cells) if one.rows else 0
    return added([_sums_of(row) for row in one.rows], columns)


def _with_purpose(one: DraftRow | DraftGroup) -> DraftRow | DraftGroup:
    """Return a cost with the purpose that its name states; a row's is left out where its group's is the same."""
    purpose = purpose_of(one.name)
    if isinstance(one, DraftRow):
        return replace(one, purpose=purpose, guesses=(*one.guesses, "purpose-by-name") if purpose else one.guesses)
    rows = tuple(_with_purpose(row) for row in one.rows)
    guesses = (*one.guesses, "purpose-by-name") if purpose else one.guesses
    return replace(one, purpose=purpose, rows=tuple(row for row in rows if isinstance(row, DraftRow)), guesses=guesses)


def _grouped(
    lines: Sequence[SourceLine], reader: _Cells, total: DraftSum | None, columns: int, *, negative: bool = False
) -> list[DraftRow | DraftGroup]:
    entries = list(_entries(lines, reader, negative=negative))
    sums = tuple(cell.kronor or 0 for cell in total.cells) if total else None
    if negative and sums:
        sums = tuple(abs(one) for one in sums)
    return group(entries, sums, columns)


def _entries(lines: Sequence[SourceLine], reader: _Cells, *, negative: bool) -> Iterator[GroupEntry]:
    """Yield a table's rows; what stands in a column before the names is a heading of its own."""
    for line in lines:
        if line.group:
            heading = DraftRow(line.group, (), line.origin)
            yield entry_of(heading, line.group, is_heading=True, is_sum=False, closes=False)
        name = plain_name(line.name) or NAMELESS
        cells = reader.cells(line) if line.has_amounts else ()
        if negative:
            cells = tuple(flipped(cell, reader.unit) for cell in cells)
        is_sum = bool(cells) and (is_subtotal(line.name) or TOTAL.match(name) is not None)
        row = DraftRow(
            name, cells, line.origin, mark_of(line.mark), line.comment, guesses=(line.guess,) if line.guess else ()
        )
        yield entry_of(row, line.name, is_heading=not cells, is_sum=is_sum, closes=False)


def _sum(line: SourceLine, reader: _Cells, block: str) -> DraftSum:
    cells = reader.cells(line)
    return DraftSum(
        plain_name(line.name) or TOTAL_NAMES[block], cells, line.origin, guesses=(line.guess,) if line.guess else ()
    )


def _equity(
    lines: Sequence[SourceLine], reader: _Cells, columns: tuple[DraftColumn, ...], remarks: list[Remark]
) -> DraftEquity | None:
    """Return the saved money that stands outside the table. Of a row of openings only the first is kept: the others
    are the closings of the columns before, which is looked at."""
    opening, opening_year, closing = None, 0, None
    for line in lines:
        cells = reader.cells(line)
        if line.equity_headings:
            first = line.equity_headings[0]
            opening, opening_year = DraftSum(first.text, cells[:1], line.origin), first.year
            name = line.equity_headings[1].text.replace(str(line.equity_headings[1].year), "").strip()
            closing = DraftSum(name, cells[1:], line.origin)
        elif OPENING.search(line.name):
            opening, opening_year = DraftSum(plain_name(line.name), cells[:1], line.origin), columns[0].year - 1
            remarks += _other_openings(line, cells)
        else:
            closing = DraftSum(plain_name(line.name), cells, line.origin)
    return DraftEquity(opening, opening_year, closing) if opening or closing else None


def _other_openings(line: SourceLine, cells: tuple[DraftCell, ...]) -> Iterator[Remark]:
    others = " · ".join(cell.source for cell in cells[1:] if cell.source)
    if others:
        yield remark(RemarkKind.UNREAD, "openings-left", line.origin, name=line.name, cells=others)
