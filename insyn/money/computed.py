"""The sums that a plan asks the site to work out, instead of printing them itself."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from insyn.model import Amount, Blank, Block, Budget, BudgetGroup, BudgetRow, Cell, Result, ResultRole, Subtotal, Total
from insyn.money.budget import expected_result, groups_of, sum_of, years_of
from insyn.money.unknown import Money, Unknown
from insyn.problems import Place


def with_computed(budget: Budget) -> Budget:
    """Return a budget with what it asks for worked out from the rest. A sum that lacks an amount is blank."""
    if not budget.columns:
        return budget
    budget = replace(budget, income=_block(budget.income, budget), costs=_block(budget.costs, budget))
    if budget.result and budget.result.is_computed:
        blank = replace(budget, result=None)
        figures = (expected_result(budget, index, year) for index, year in enumerate(years_of(blank)))
        budget = replace(budget, result=replace(budget.result, cells=_cells(figures, budget.result.place)))
    closing = budget.equity.closing if budget.equity else None
    if budget.equity and closing and closing.is_computed:
        blank = replace(budget, equity=replace(budget.equity, closing=None))
        cells = _cells((year.closing for year in years_of(blank)), closing.place)
        budget = replace(budget, equity=replace(budget.equity, closing=replace(closing, cells=cells)))
    return budget


def _block(block: Block, budget: Budget) -> Block:
    rows = tuple(_part(part, budget) for part in block.rows)
    total = block.total
    if total and total.is_computed:
        total = replace(total, cells=_sums(rows, budget, total.place))
    return replace(block, rows=rows, total=total)


def _part(part: BudgetRow | BudgetGroup, budget: Budget) -> BudgetRow | BudgetGroup:
    if isinstance(part, BudgetRow):
        return part
    rows, subtotal = tuple(_part(inner, budget) for inner in part.rows), part.subtotal
    if subtotal and subtotal.is_computed:
        subtotal = replace(subtotal, cells=_sums(rows, budget, subtotal.place))
    return replace(part, rows=rows, subtotal=subtotal)


def _sums(rows: tuple[BudgetRow | BudgetGroup, ...], budget: Budget, place: Place) -> tuple[Cell, ...]:
    return _cells((sum_of(rows, index) for index in range(len(budget.columns))), place)


def _cells(figures: Iterable[Money], place: Place) -> tuple[Cell, ...]:
    return tuple(Blank(place) if isinstance(one, Unknown) else Amount(one, place=place) for one in figures)


def computed_lines(budget: Budget) -> Iterator[Subtotal | Total | Result]:
    """Yield the lines that the site has worked out, from the top down."""
    closing = budget.equity.closing if budget.equity else None
    lines: list[Subtotal | Total | Result | None] = []
    for block in (budget.income, budget.costs):
        lines += [*(group.subtotal for group in groups_of(block.rows)), block.total]
    yield from (line for line in (*lines, budget.result, closing) if line and line.is_computed)


def has_computed_closing(budget: Budget) -> bool:
    """Whether the saved money at the end of a year is worked out, and not printed."""
    closing = budget.equity.closing if budget.equity else None
    result = budget.result if budget.result and budget.result.role is ResultRole.CLOSING_EQUITY else None
    line = result or closing
    return line is not None and line.is_computed
