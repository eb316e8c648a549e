"""Do the rows add up to the printed sums? (K1, K2 of the data model.) Exactly, in every column."""

from collections.abc import Iterator, Sequence

from insyn.checks.findings import Finding
from insyn.model import (
    Amount,
    Blank,
    Block,
    Breakdown,
    Budget,
    BudgetGroup,
    BudgetRow,
    Cell,
    Control,
    Kronor,
    SignStyle,
    kronor_in,
)
from insyn.money.budget import added_up, addends, cell_of, groups_of, index_of, leaves, rows_of

BLOCK_NAMES = {Control.INCOME_TOTAL: "intäkter", Control.COST_TOTAL: "kostnader"}


def find(budget: Budget) -> Iterator[Finding]:
    """Yield a finding for each sum, subtotal, breakdown and sign that doesn't hold."""
    for block, control in ((budget.income, Control.INCOME_TOTAL), (budget.costs, Control.COST_TOTAL)):
        yield from _totals(budget, block, control)
        for group in groups_of(block.rows):
            yield from _subtotals(budget, group)
        for row in rows_of(block.rows):
            if row.breakdown:
                yield from _breakdown(budget, row, row.breakdown)
    if budget.sign_style is SignStyle.COSTS_NEGATIVE:
        yield from _signs(budget)


def _totals(budget: Budget, block: Block, control: Control) -> Iterator[Finding]:
    if block.total and not block.total.is_computed:
        names = (block.total.name,)
        yield from _compare(budget, control, BLOCK_NAMES[control], block.total.cells, block.rows, names)


def _subtotals(budget: Budget, group: BudgetGroup) -> Iterator[Finding]:
    if group.subtotal and group.rows and not group.subtotal.is_computed:
        names = (group.name, group.subtotal.name or group.name)
        yield from _compare(budget, Control.SUBTOTAL, group.name, group.subtotal.cells, group.rows, names)


def _compare(
    budget: Budget,
    control: Control,
    subject: str,
    cells: tuple[Cell, ...],
    rows: Sequence[BudgetRow | BudgetGroup],
    names: tuple[str, ...],
) -> Iterator[Finding]:
    """Yield a finding for each column whose printed sum isn't the sum of its rows."""
    for index, (column, cell) in enumerate(zip(budget.columns, cells, strict=True)):
        printed = kronor_in(cell)
        parts = tuple(addends(rows, index))
        computed = Kronor(sum(amount for _, amount in parts))
        if printed is not None and printed != computed:
            lacking = tuple(part.name for part in leaves(rows) if isinstance(cell_of(part, index), Blank))
            follows = added_up(rows, index) == printed
            yield Finding(control, column, subject, printed, computed, parts, cell.place, names, lacking, follows)


def _breakdown(budget: Budget, row: BudgetRow, breakdown: Breakdown) -> Iterator[Finding]:
    index = index_of(budget, breakdown.column)
    column = budget.columns[index]
    amounts = ((part.name, kronor_in(part.cell)) for part in breakdown.rows)
    parts = tuple((name, amount) for name, amount in amounts if amount is not None)
    lacking = tuple(part.name for part in breakdown.rows if isinstance(part.cell, Blank))
    computed = Kronor(sum(amount for _, amount in parts))
    printed = kronor_in(breakdown.total) if breakdown.total else None
    if breakdown.total and printed is not None and printed != computed:
        place = breakdown.total.place
        names = (row.name,)
        yield Finding(Control.BREAKDOWN_TOTAL, column, row.name, printed, computed, parts, place, names, lacking)
    whole = printed if printed is not None else computed
    in_row = kronor_in(row.cells[index])
    if in_row is not None and in_row != whole:
        place = row.cells[index].place
        lacking = () if printed is not None else lacking
        yield Finding(Control.BREAKDOWN_ROW, column, row.name, in_row, whole, (), place, (row.name,), lacking)


def _signs(budget: Budget) -> Iterator[Finding]:
    """Yield a finding for each sum of costs that is printed without the minus sign of its rows."""
    total = budget.costs.total
    for column, cell in zip(budget.columns, total.cells if total else (), strict=False):
        if total and isinstance(cell, Amount) and cell.kronor > 0 and cell.printed and cell.printed[0] not in "-−–":
            negative = Kronor(-cell.kronor)
            yield Finding(Control.SIGN, column, total.name, cell.kronor, negative, (), cell.place, (total.name,))
