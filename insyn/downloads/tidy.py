"""A plan's figures as tidy rows: one amount per row, in whole kronor, without sums and blanks.

Costs are positive; the direction shows which amounts are costs. Saved money has a table of its own.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from insyn.downloads.fields import APPROVED, CLOSING, COST, CURRENCY, INCOME, OPENING, PHASES, PROPOSED
from insyn.downloads.separated import LINE, Row
from insyn.model import (
    Block,
    Budget,
    BudgetGroup,
    BudgetRow,
    Cell,
    Column,
    ColumnKind,
    Funder,
    Plan,
    Purpose,
    Status,
    kronor_in,
)
from insyn.money.budget import printed_closing, printed_opening, rows_of
from insyn.money.computed import has_computed_closing
from insyn.swedish import FreeIds, slug
from insyn.vocabulary import control_word, funder_word, kind_word, purpose_word

DECIDED = frozenset({Status.ADOPTED, Status.REVISED, Status.REPLACED, Status.REVOKED})


def following(rows: str, *first: str, last: str = "") -> str:
    """Add cells before and after every row of a CSV text. They must not need quoting."""
    begun, end = f"{','.join(first)},", f",{last}{LINE}" if last else LINE
    return "".join(f"{begun}{row}{end}" for row in rows.split(LINE)[:-1])


# --- The budget -----------------------------------------------------------------------------------------------------


class _Line(Struct, frozen=True):
    """A row, or a group of which only the sum is printed."""

    id: str
    name: str
    cells: tuple[Cell, ...]
    funder: Funder | None
    purpose: Purpose | None
    group: str


def budget_rows(plan: Plan) -> Iterator[Row]:
    """Yield a row for each amount, in printed order."""
    for direction, block in ((INCOME, plan.budget.income), (COST, plan.budget.costs)):
        for line in _lines(block):
            for column, cell in zip(plan.budget.columns, line.cells, strict=True):
                amount = kronor_in(cell)
                if amount is not None:
                    yield (
                        *(column.year, kind_word(column.kind), _phase(column, plan), direction, line.id, line.name),
                        funder_word(line.funder) if line.funder else "",
                        purpose_word(line.purpose) if line.purpose else "",
                        *(amount, CURRENCY, column.id, line.group, column.as_of or ""),
                    )


def _phase(column: Column, plan: Plan) -> str:
    """Return a column's phase. A budget is approved if the plan is, or if it is for an earlier year.

    In a revoked plan, budgets and plans for its own and later years have no phase.
    """
    is_ahead = column.year >= plan.year and column.kind in {ColumnKind.BUDGET, ColumnKind.PLAN}
    if plan.status is Status.REVOKED and is_ahead:
        return ""
    if column.kind is not ColumnKind.BUDGET:
        return PHASES[column.kind]
    return APPROVED if plan.status in DECIDED or column.year < plan.year else PROPOSED


def _lines(block: Block) -> Iterator[_Line]:
    """Yield every line of a block except saved money."""
    taken = FreeIds(row.id for row in rows_of(block.rows))
    for line in _lines_of(block.rows, "", taken):
        if line.funder is not Funder.OPENING_EQUITY:
            yield line


def _lines_of(parts: Iterable[BudgetRow | BudgetGroup], group: str, taken: FreeIds) -> Iterator[_Line]:
    for part in parts:
        if isinstance(part, BudgetRow):
            yield _Line(part.id, part.name, part.cells, part.funder, part.purpose, group)
        elif part.rows:
            yield from _lines_of(part.rows, f"{group} / {part.name}" if group else part.name, taken)
        elif part.subtotal:
            yield _Line(taken.take(slug(part.name)), part.name, part.subtotal.cells, None, part.purpose, group)


# --- Saved money, parts and deviations ------------------------------------------------------------------------------


def equity_rows(budget: Budget) -> Iterator[Row]:
    """Yield printed saved money: opening equity outside the columns first, then each column's."""
    apart = budget.equity.opening if budget.equity else None
    amount = kronor_in(apart.cell) if apart else None
    if apart and amount is not None:
        yield apart.year + 1, "", OPENING, amount, CURRENCY, "", ""
    for index, column in enumerate(budget.columns):
        for measure, saved in ((OPENING, printed_opening(budget, index)), (CLOSING, printed_closing(budget, index))):
            if saved is not None and not (measure == CLOSING and has_computed_closing(budget)):
                yield column.year, kind_word(column.kind), measure, saved, CURRENCY, column.id, column.as_of or ""


def part_rows(budget: Budget) -> Iterator[Row]:
    """Yield the rows of all breakdowns."""
    for block in (budget.income, budget.costs):
        for row in rows_of(block.rows):
            for part in row.breakdown.rows if row.breakdown else ():
                amount = kronor_in(part.cell)
                if row.breakdown and amount is not None:
                    funder = funder_word(part.funder) if part.funder else ""
                    yield row.breakdown.column, row.id, part.name, funder, amount, CURRENCY


def deviation_rows(budget: Budget) -> Iterator[Row]:
    """Yield a row for each known deviation. A wrong sign has no amount."""
    for one in budget.deviations:
        for column in one.columns:
            difference = "" if one.difference is None else one.difference
            yield column, control_word(one.control), one.row or "", difference, CURRENCY, one.cause, one.text
