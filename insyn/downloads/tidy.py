"""A plan's figures as rows of the open data's tables: one amount a row, whole kronor, no sums, blanks left out.

Costs are positive; the direction says which they are. Saved money stands in a table of its own.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from insyn.budget import printed_closing, printed_opening, rows_of
from insyn.downloads.fields import (
    APPROVED,
    CLOSING,
    COST,
    CURRENCY,
    INCOME,
    OPENING,
    PHASES,
    PROPOSED,
)
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
from insyn.swedish import slug
from insyn.vocabulary import funder_word, kind_word, purpose_word

DECIDED = frozenset({Status.ADOPTED, Status.REVISED, Status.REPLACED, Status.REVOKED})


def following(rows: str, *first: str) -> str:
    """Put the same first cells before every row of a text. They hold nothing that needs quotation marks."""
    return "".join(f"{','.join(first)},{row}{LINE}" for row in rows.split(LINE)[:-1])


# --- The budget -----------------------------------------------------------------------------------------------------


class _Line(Struct, frozen=True):
    """What has amounts of its own: a row, or a group that prints only its sum."""

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
                        *(amount, CURRENCY, column.id, line.group),
                    )


def _phase(column: Column, plan: Plan) -> str:
    """A budget is approved when the plan is, or when it is for an earlier year than the plan proposes."""
    if column.kind is not ColumnKind.BUDGET:
        return PHASES[column.kind]
    return APPROVED if plan.status in DECIDED or column.year < plan.year else PROPOSED


def _lines(block: Block) -> Iterator[_Line]:
    """Yield every line of a block but saved money."""
    taken = {row.id for row in rows_of(block.rows)}
    for line in _lines_of(block.rows, "", taken):
        if line.funder is not Funder.OPENING_EQUITY:
            yield line


def _lines_of(parts: Iterable[BudgetRow | BudgetGroup], group: str, taken: set[str]) -> Iterator[_Line]:
    for part in parts:
        if isinstance(part, BudgetRow):
            yield _Line(part.id, part.name, part.cells, part.funder, part.purpose, group)
        elif part.rows:
            yield from _lines_of(part.rows, f"{group} / {part.name}" if group else part.name, taken)
        elif part.subtotal:
            yield _Line(_free(slug(part.name), taken), part.name, part.subtotal.cells, None, part.purpose, group)


def _free(wanted: str, taken: set[str]) -> str:
    made = wanted
    number = 1
    while made in taken:
        number += 1
        made = f"{wanted}-{number}"
    taken.add(made)
    return made


# --- Saved money and parts ------------------------------------------------------------------------------------------


def equity_rows(budget: Budget) -> Iterator[Row]:
    """Yield the saved money that the plan prints, at the start and the end of each column's year."""
    apart = budget.equity.opening if budget.equity else None
    amount_apart, year_apart = (kronor_in(apart.cell), apart.year + 1) if apart else (None, 0)
    for index, column in enumerate(budget.columns):
        opening = printed_opening(budget, index)
        if opening is None and column.year == year_apart:
            opening = amount_apart
        if opening is not None:
            yield column.year, kind_word(column.kind), OPENING, opening, CURRENCY, column.id
        closing = printed_closing(budget, index)
        if closing is not None:
            yield column.year, kind_word(column.kind), CLOSING, closing, CURRENCY, column.id
    if amount_apart is not None and all(column.year != year_apart for column in budget.columns):
        yield year_apart, "", OPENING, amount_apart, CURRENCY, ""


def part_rows(budget: Budget) -> Iterator[Row]:
    """Yield the parts of the rows that are broken down."""
    for block in (budget.income, budget.costs):
        for row in rows_of(block.rows):
            for part in row.breakdown.rows if row.breakdown else ():
                amount = kronor_in(part.cell)
                if row.breakdown and amount is not None:
                    funder = funder_word(part.funder) if part.funder else ""
                    yield row.breakdown.column, row.id, part.name, funder, amount, CURRENCY
