"""The printed lines of a budget, each with functions that return the budget with that line changed."""

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from insyn.model import Block, Breakdown, Budget, BudgetGroup, BudgetRow, Cell, Side, Subtotal, Total
from insyn.money.budget import index_of
from insyn.problems import Place

Parts = tuple[BudgetRow | BudgetGroup, ...]


class Line(Struct, frozen=True):
    """One line: a row, a sum, the result or saved money."""

    name: str
    cells: tuple[Cell, ...]
    columns: tuple[int, ...]
    """Index in the budget of each cell's column."""
    place: Place
    having: Callable[[tuple[Cell, ...]], Budget]
    """Returns the budget with other cells in the line."""
    side: Side | None = None
    row: BudgetRow | None = None
    siblings: Parts = ()
    """All entries of the list that holds the row, the row included."""
    without: Callable[[], Budget] | None = None
    """Returns the budget without the row."""
    adding: Callable[[BudgetRow], Budget] | None = None
    """Returns the budget with one more row under the sum."""

    @property
    def is_sum(self) -> bool:
        return self.row is None

    def with_cell(self, index: int, cell: Cell) -> Budget:
        return self.having((*self.cells[:index], cell, *self.cells[index + 1 :]))


def lines_of(budget: Budget) -> Iterator[Line]:
    """Yield every line whose amounts are written in the plan, from the top down."""
    columns = tuple(range(len(budget.columns)))
    yield from _block_lines(budget, Side.INCOME, budget.income, lambda block: replace(budget, income=block))
    yield from _block_lines(budget, Side.COSTS, budget.costs, lambda block: replace(budget, costs=block))
    if (result := budget.result) and not result.is_computed:
        put = lambda cells: replace(budget, result=replace(result, cells=cells))  # noqa: E731
        yield Line(result.name, result.cells, columns, result.place, put)
    if equity := budget.equity:
        if opening := equity.opening:
            at = next((index for index in columns if budget.columns[index].year == opening.year + 1), 0)
            yield Line(
                *(opening.name, (opening.cell,), (at,), opening.place),
                lambda cells: replace(budget, equity=replace(equity, opening=replace(opening, cell=cells[0]))),
            )
        if (closing := equity.closing) and not closing.is_computed:
            yield Line(
                *(closing.name, closing.cells, columns, closing.place),
                lambda cells: replace(budget, equity=replace(equity, closing=replace(closing, cells=cells))),
            )


def _block_lines(budget: Budget, side: Side, block: Block, put: Callable[[Block], Budget]) -> Iterator[Line]:
    def rebuilt(parts: Parts) -> Budget:
        return put(replace(block, rows=parts))

    yield from _listed(budget, side, block.rows, rebuilt)
    if (total := block.total) and not total.is_computed:
        having = lambda cells: put(replace(block, total=replace(total, cells=cells)))  # noqa: E731
        yield _sum_line(budget, side, total.name, total, having, lambda row: rebuilt((*block.rows, row)))


def _listed(budget: Budget, side: Side, parts: Parts, rebuild: Callable[[Parts], Budget]) -> Iterator[Line]:
    for index in range(len(parts)):
        yield from _part_lines(budget, side, parts, index, rebuild)


def _sum_line(
    budget: Budget,
    side: Side,
    name: str,
    total: Total | Subtotal,
    having: Callable[[tuple[Cell, ...]], Budget],
    adding: Callable[[BudgetRow], Budget],
) -> Line:
    return Line(name, total.cells, tuple(range(len(budget.columns))), total.place, having, side, adding=adding)


def _part_lines(
    budget: Budget, side: Side, parts: Parts, index: int, rebuild: Callable[[Parts], Budget]
) -> Iterator[Line]:
    """Yield the lines of the row or group at `index`. `rebuild` returns the budget with new entries in their list."""
    part = parts[index]

    def instead(*new: BudgetRow | BudgetGroup) -> Budget:
        return rebuild((*parts[:index], *new, *parts[index + 1 :]))

    if isinstance(part, BudgetGroup):
        yield from _group_lines(budget, side, part, instead)
        return
    row = part
    columns = tuple(range(len(budget.columns)))
    put = lambda cells: instead(replace(row, cells=cells))  # noqa: E731
    yield Line(row.name, row.cells, columns, row.place, put, side, row, parts, instead)
    if row.breakdown:
        yield from _breakdown_lines(budget, row.breakdown, lambda new: instead(replace(row, breakdown=new)))


def _group_lines(
    budget: Budget, side: Side, group: BudgetGroup, instead: Callable[[BudgetGroup], Budget]
) -> Iterator[Line]:
    def rebuilt(parts: Parts) -> Budget:
        return instead(replace(group, rows=parts))

    yield from _listed(budget, side, group.rows, rebuilt)
    if (subtotal := group.subtotal) and not subtotal.is_computed:
        having = lambda cells: instead(replace(group, subtotal=replace(subtotal, cells=cells)))  # noqa: E731
        name = subtotal.name or group.name
        yield _sum_line(budget, side, name, subtotal, having, lambda row: rebuilt((*group.rows, row)))


def _breakdown_lines(budget: Budget, breakdown: Breakdown, put: Callable[[Breakdown], Budget]) -> Iterator[Line]:
    columns = (index_of(budget, breakdown.column),)
    for index in range(len(breakdown.rows)):
        yield _breakdown_line(breakdown, index, columns, put)
    if breakdown.total:
        name = breakdown.total_name or breakdown.heading
        yield Line(
            *(name, (breakdown.total,), columns, breakdown.place), lambda cells: put(replace(breakdown, total=cells[0]))
        )


def _breakdown_line(
    breakdown: Breakdown, index: int, columns: tuple[int, ...], put: Callable[[Breakdown], Budget]
) -> Line:
    row = breakdown.rows[index]

    def having(cells: tuple[Cell, ...]) -> Budget:
        rows = (*breakdown.rows[:index], replace(row, cell=cells[0]), *breakdown.rows[index + 1 :])
        return put(replace(breakdown, rows=rows))

    return Line(row.name, (row.cell,), columns, row.place, having)
