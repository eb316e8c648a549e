"""Figures that follow from a budget: sums, what a year really brings in, what is left.

In most plans the printed "Summa intäkter" holds saved money. Here it never counts as income: a year's income is what
comes in during the year, and its result is that income less the costs. All amounts are whole kronor.

A printed sum counts as printed. Where none is, the rows do, if each of them has an amount; else the sum is unknown, and
all that depends on it. A dash is nothing where the printed sum holds without it: the source has no such amount there. A
blank is always unknown.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction

from msgspec import Struct

from insyn.model import (
    Amount,
    Block,
    Budget,
    BudgetGroup,
    BudgetRow,
    Cell,
    Column,
    ColumnKind,
    Control,
    Dash,
    EquityModel,
    FinancialGoal,
    Funder,
    Kronor,
    Purpose,
    ResultRole,
    kronor_in,
)
from insyn.money.unknown import Money, Unknown, added, all_known, known, less, unknown_of
from insyn.swedish import slug


class Year(Struct, frozen=True):
    """A year's money in one column."""

    column: Column
    income: Money
    """What comes in during the year; saved money left out."""
    costs: Money
    result: Money
    """income − costs, where the plan prints its sums or its result; else unknown."""
    opening: Money
    """Saved money at the start of the year."""
    closing: Money
    """Saved money at its end: as printed, else opening + result."""


# --- Rows -----------------------------------------------------------------------------------------------------------


def rows_of(parts: Iterable[BudgetRow | BudgetGroup]) -> Iterator[BudgetRow]:
    """Yield every row, also those in groups, in printed order."""
    for part in parts:
        if isinstance(part, BudgetRow):
            yield part
        else:
            yield from rows_of(part.rows)


def groups_of(parts: Iterable[BudgetRow | BudgetGroup]) -> Iterator[BudgetGroup]:
    """Yield every group, outer before inner."""
    for part in parts:
        if isinstance(part, BudgetGroup):
            yield part
            yield from groups_of(part.rows)


def addends(parts: Iterable[BudgetRow | BudgetGroup], index: int) -> Iterator[tuple[str, Kronor]]:
    """Yield name and amount of each row of a column that has one."""
    for part in leaves(parts):
        cell = cell_of(part, index)
        if isinstance(cell, Amount):
            yield part.name, cell.kronor


def leaves(parts: Iterable[BudgetRow | BudgetGroup]) -> Iterator[BudgetRow | BudgetGroup]:
    """Yield every row; a group that prints only its sum stands for itself."""
    return (part for part, _ in _with_groups(parts, None))


def _with_groups(
    parts: Iterable[BudgetRow | BudgetGroup], group: str | None
) -> Iterator[tuple[BudgetRow | BudgetGroup, str | None]]:
    """Yield what sums consist of, each with the name of the group that it stands in."""
    for part in parts:
        if isinstance(part, BudgetGroup) and part.rows:
            yield from _with_groups(part.rows, part.name)
        else:
            yield part, group


def cell_of(part: BudgetRow | BudgetGroup, index: int) -> Cell | None:
    """Return what a row, or the subtotal of a group, has in a column; None for a group without a subtotal."""
    if isinstance(part, BudgetRow):
        return part.cells[index]
    return part.subtotal.cells[index] if part.subtotal else None


def index_of(budget: Budget, column_id: str) -> int:
    """Return the position of a column, the first when it doesn't exist."""
    return next((index for index, column in enumerate(budget.columns) if column.id == column_id), 0)


# --- Sums -----------------------------------------------------------------------------------------------------------


def printed_total(block: Block, index: int) -> Kronor | None:
    return kronor_in(block.total.cells[index]) if block.total else None


def block_total(block: Block, index: int) -> Money:
    """Return the printed total of a column, else the sum of its rows."""
    printed = printed_total(block, index)
    return printed if printed is not None else sum_of(block.rows, index)


def totals_of(budget: Budget) -> list[Kronor]:
    """Return the size of every known total but zero, of incomes and costs in all columns."""
    totals = (
        known(block_total(block, index))
        for block in (budget.income, budget.costs)
        for index in range(len(budget.columns))
    )
    return [Kronor(abs(total)) for total in totals if total]


def sum_of(parts: Iterable[BudgetRow | BudgetGroup], index: int) -> Money:
    """Return the sum of a column's parts, where a group counts by its printed subtotal if it has one."""
    return added(figure for part in parts if (figure := _part_sum(part, index)) is not None)


def _part_sum(part: BudgetRow | BudgetGroup, index: int) -> Money | None:
    cell = cell_of(part, index)
    if isinstance(part, BudgetGroup) and part.rows and not isinstance(cell, Amount):
        return sum_of(part.rows, index)
    return _figure_in(cell, part.name)


def _figure_in(cell: Cell | None, name: str) -> Money | None:
    if cell is None:
        return None
    return cell.kronor if isinstance(cell, Amount) else Unknown((name,))


class Reading:
    """One column of a block read row by row: what each row comes to there."""

    def __init__(self, budget: Budget, block: Block, index: int) -> None:
        self.block, self.index = block, index
        self.holds = sum_holds(budget, block, index)
        """Whether the printed sum is that of the rows that have amounts."""

    def of(self, part: BudgetRow | BudgetGroup) -> Money | None:
        """Return a row's amount; None for a printed dash."""
        cell = cell_of(part, self.index)
        return None if self.holds and isinstance(cell, Dash) else _figure_in(cell, part.name)

    def sum_of(self, group: BudgetGroup) -> Money:
        """Return what a group comes to: its printed subtotal, else the sum of its rows."""
        cell = cell_of(group, self.index)
        if isinstance(cell, Amount):
            return cell.kronor
        return added([Kronor(0), *(figure for _, figure in self.portions(group.rows))])

    def portions(self, parts: Iterable[BudgetRow | BudgetGroup]) -> Iterator[tuple[Purpose | None, Money]]:
        """Yield what goes to each purpose: a group that is all for one by its printed subtotal, else row by row."""
        for part in parts:
            cell = cell_of(part, self.index)
            if isinstance(part, BudgetGroup) and part.rows:
                purposes = {row.purpose for row in leaves(part.rows)}
                if isinstance(cell, Amount) and len(purposes) == 1:
                    yield purposes.pop(), cell.kronor
                else:
                    yield from self.portions(part.rows)
            elif (figure := self.of(part)) is not None:
                yield part.purpose, figure


def sum_holds(budget: Budget, block: Block, index: int) -> bool:
    """Whether a printed total is what the rows with amounts make, or differs only as the plan is known to."""
    printed = printed_total(block, index)
    if printed is None:
        return False
    difference = abs(printed - sum(amount for _, amount in addends(block.rows, index)))
    control = Control.INCOME_TOTAL if block is budget.income else Control.COST_TOTAL
    column = budget.columns[index].id
    stated = tuple(one.difference for one in budget.deviations if one.control is control and column in one.columns)
    return difference == 0 or difference in stated or added_up(block.rows, index) == printed


def added_up(parts: Iterable[BudgetRow | BudgetGroup], index: int) -> int:
    """Return the sum of a column's printed amounts, where a group counts by its subtotal if printed."""
    total = 0
    for part in parts:
        cell = cell_of(part, index)
        if isinstance(cell, Amount):
            total += cell.kronor
        elif isinstance(part, BudgetGroup):
            total += added_up(part.rows, index)
    return total


# --- Years ----------------------------------------------------------------------------------------------------------


def years_of(budget: Budget) -> tuple[Year, ...]:
    """Return what each column says, in printed order."""
    years: dict[str, Year] = {}
    for index, column in enumerate(budget.columns):
        before = [years[other.id] for other in predecessors(budget, column) if other.id in years]
        years[column.id] = _year(budget, index, before)
    return tuple(years[column.id] for column in budget.columns)


def whole_years(budget: Budget) -> tuple[Year, ...]:
    """Return what each column says of a whole year, in printed order."""
    return tuple(year for year in years_of(budget) if not year.column.is_part)


def main_year(budget: Budget) -> Year:
    """Return what the plan says about its own year."""
    return years_of(budget)[index_of(budget, budget.main_column)]


def told_year(budget: Budget) -> Year:
    """Return how the plan's own year came out, once that is known; until then what the plan says about it."""
    return years_of(budget)[index_of(budget, told_column(budget).id)]


def told_column(budget: Budget) -> Column:
    """Return the outcome of the plan's own year if it has both income and costs, else the main column."""
    main = main_column(budget)
    own = [column for column in budget.columns if column.year == main.year and column.kind is ColumnKind.OUTCOME]
    told = [column for column in own if not column.is_part and _is_told(budget, column)]
    return max(told, key=lambda column: precedence(budget, column), default=main)


def _is_told(budget: Budget, column: Column) -> bool:
    index = index_of(budget, column.id)
    return all_known(_income(budget, index), block_total(budget.costs, index)) is not None


def main_column(budget: Budget) -> Column:
    """Return the column that the plan is about."""
    return budget.columns[index_of(budget, budget.main_column)]


def drawn_years(budget: Budget) -> tuple[Year, ...]:
    """Return one column per year, in time order: `told_column` for the plan's own, else the most certain kind."""
    chosen: dict[int, Year] = {}
    told = told_column(budget)
    for year in sorted(whole_years(budget), key=lambda one: (one.column is told, precedence(budget, one.column))):
        chosen[year.column.year] = year
    return tuple(chosen[number] for number in sorted(chosen))


def predecessor(budget: Budget, column: Column) -> Column | None:
    """Return the column that says how the year before was: the most certain kind there is."""
    before = [other for other in budget.columns if other.year == column.year - 1 and not other.is_part]
    return max(before, key=lambda other: precedence(budget, other), default=None)


def precedence(budget: Budget, column: Column) -> tuple[int, str, bool, int]:
    """Order columns of one year, the one that counts last: by kind, then the latest, then the main, then as printed."""
    return -column.kind.value, column.as_of or "", column.id == budget.main_column, budget.columns.index(column)


def told_apart(budget: Budget, column: Column) -> str | None:
    """Return a column's printed heading where another one is of the same year and kind; None for the main column."""
    alike = [other for other in budget.columns if is_alike(column, other)]
    return column.label if len(alike) > 1 and column.id != budget.main_column else None


def is_alike(column: Column, other: Column) -> bool:
    """Whether two columns state the same of the same time. What a part of a year came to is nothing of the whole."""
    return (column.year, column.kind, column.is_part) == (other.year, other.kind, other.is_part)


def predecessors(budget: Budget, column: Column) -> list[Column]:
    """Return the columns that the given one may have been counted from, the likeliest first.

    An outcome of the year before may have come afterwards: it is never the only one. Years after the plan's own were
    planned from its main column, whatever became of it.
    """
    before = [other for other in budget.columns if other.year == column.year - 1 and not other.is_part]
    before.sort(key=lambda one: (one.id == budget.main_column, precedence(budget, one)))
    outcomes = [other for other in before if other.kind is ColumnKind.OUTCOME][-1:]
    planned = [other for other in before if other.kind is not ColumnKind.OUTCOME][-1:]
    is_later = column.year > main_column(budget).year and column.kind is not ColumnKind.OUTCOME
    return [*planned, *outcomes] if is_later else [*outcomes, *planned]


def _year(budget: Budget, index: int, before: Sequence[Year]) -> Year:
    income = _income(budget, index)
    costs = block_total(budget.costs, index)
    result = _result(budget, index, income, costs)
    closing = printed_closing(budget, index)
    opening = _opening(budget, index, _basis(before, closing, less(income, costs)))
    if closing is None:
        return Year(budget.columns[index], income, costs, result, opening, added((opening, result)))
    return Year(budget.columns[index], income, costs, result, opening, closing)


def _basis(before: Sequence[Year], closing: Kronor | None, result: Money) -> Year | None:
    """Return the year that a column was counted from: the likeliest that its printed figures agree with."""
    agreeing = (year for year in before if closing is not None and added((year.closing, result)) == closing)
    return next(agreeing, before[0] if before else None)


def _result(budget: Budget, index: int, income: Money, costs: Money) -> Money:
    """Return the result as printed, else as the difference of printed sums; unknown where the plan prints neither."""
    printed = kronor_in(budget.result.cells[index]) if budget.result else None
    if printed is not None and budget.result and budget.result.role is ResultRole.ANNUAL_RESULT:
        return printed
    if prints_sums(budget, index) or printed is not None:
        return less(income, costs)
    return unknown_of((income, costs))


def expected_result(budget: Budget, index: int, year: Year) -> Money:
    """Return what the result row must say by the sums of its column."""
    if budget.result and budget.result.role is ResultRole.ANNUAL_RESULT:
        return less(year.income, year.costs)
    left = less(block_total(budget.income, index), block_total(budget.costs, index))
    return added((year.opening, left)) if budget.equity_model is EquityModel.SEPARATE else left


def prints_sums(budget: Budget, index: int) -> bool:
    """Whether a column has the sums of both incomes and costs."""
    return all(printed_total(block, index) is not None for block in (budget.income, budget.costs))


def _income(budget: Budget, index: int) -> Money:
    """Return what comes in during a year."""
    total, saved = printed_total(budget.income, index), saved_rows(budget)
    if total is not None and not saved:
        return total
    reading = Reading(budget, budget.income, index)
    if total is None:
        new = (row for row in rows_of(budget.income.rows) if row.funder is not Funder.OPENING_EQUITY)
        return added(figure for row in new if (figure := reading.of(row)) is not None)
    amounts = [figure for row in saved if (figure := reading.of(row)) is not None]
    return less(total, added(amounts)) if amounts else total


def _opening(budget: Budget, index: int, before: Year | None) -> Money:
    if budget.equity_model is EquityModel.INCLUDED:
        return added(_figure_in(row.cells[index], row.name) or Kronor(0) for row in saved_rows(budget))
    if before is not None and not isinstance(before.closing, Unknown):
        return before.closing
    opening = budget.equity.opening if budget.equity else None
    if opening and opening.year == budget.columns[index].year - 1:
        return _figure_in(opening.cell, opening.name) or Unknown()
    return before.closing if before else Unknown()


def saved_rows(budget: Budget) -> list[BudgetRow]:
    """Return the rows of saved money among the incomes."""
    return [row for row in rows_of(budget.income.rows) if row.funder is Funder.OPENING_EQUITY]


def printed_opening(budget: Budget, index: int) -> Kronor | None:
    """Return the saved money that stands among the incomes of a column."""
    amounts = [amount for row in saved_rows(budget) if (amount := kronor_in(row.cells[index])) is not None]
    return Kronor(sum(amounts)) if amounts else None


def printed_closing(budget: Budget, index: int) -> Kronor | None:
    """Return the closing equity that the plan prints for a column."""
    if budget.result and budget.result.role is ResultRole.CLOSING_EQUITY:
        return kronor_in(budget.result.cells[index])
    if budget.equity and budget.equity.closing:
        return kronor_in(budget.equity.closing.cells[index])
    return None


# --- What it is for -------------------------------------------------------------------------------------------------


class Entry(Struct, frozen=True):
    """What one column says of a cost, with what tells the cost apart over columns and plans."""

    id: str
    name: str
    """As printed; with the name of its group where another row has the same."""
    amount: Kronor | None
    purpose: Purpose | None
    is_without: bool = False
    """Whether its column has no such cost: it has no amount, and no printed sum that needs one."""


def cost_entries(budget: Budget, column_id: str) -> tuple[Entry, ...]:
    """Return every cost of a column, in printed order; a group that prints only its sum is one."""
    index = index_of(budget, column_id)
    found = tuple(_with_groups(budget.costs.rows, None))
    names = [part.name for part, _ in found]
    tells = any(True for _ in addends(budget.costs.rows, index))
    without = tells and (budget.costs.total is None or sum_holds(budget, budget.costs, index))
    return tuple(
        _entry(part, f"{part.name} ({group})" if group and names.count(part.name) > 1 else part.name, index, without)
        for part, group in found
    )


def _entry(part: BudgetRow | BudgetGroup, name: str, index: int, without: bool) -> Entry:
    cell = cell_of(part, index)
    amount = kronor_in(cell) if cell else None
    id = part.id if isinstance(part, BudgetRow) else f"grupp-{slug(part.name)}"
    return Entry(id, name, amount, part.purpose, is_without=without and amount is None)


class Pair(Struct, frozen=True):
    """One cost as two sources tell it: two columns of a plan, or two plans."""

    before: Entry | None
    """None when the earlier source has no such row."""
    now: Entry | None

    @property
    def told(self) -> Entry:
        """The row by its latest name."""
        return self.now or self.before or Entry("", "", None, None)

    @property
    def then(self) -> Kronor | None:
        return self.before.amount if self.before else None

    @property
    def amount(self) -> Kronor | None:
        return self.now.amount if self.now else None

    @property
    def is_new(self) -> bool:
        """Whether it costs something now and the earlier source has no such cost, be it for want of the row or not."""
        return self.amount is not None and (self.before is None or self.before.is_without)

    @property
    def is_gone(self) -> bool:
        """Whether it cost something and the later source has no such cost."""
        return self.then is not None and (self.now is None or self.now.is_without)

    @property
    def difference(self) -> int | None:
        """How much more it is now. A row that isn't there costs nothing; None where one that is has no amount."""
        if self.is_new:
            return self.amount
        if self.is_gone:
            return -(self.then or 0)
        if self.then is None or self.amount is None:
            return None
        return self.amount - self.then


def paired(before: Iterable[Entry], now: Iterable[Entry]) -> tuple[Pair, ...]:
    """Match rows by id: in the later source's order, then those that it no longer has. Rows without amounts are out."""
    former = {entry.id: entry for entry in before}
    pairs = [Pair(former.pop(entry.id, None), entry) for entry in now]
    pairs += [Pair(entry, None) for entry in former.values()]
    return tuple(pair for pair in pairs if pair.then is not None or pair.amount is not None)


def costs_by_purpose(budget: Budget) -> dict[Purpose, Kronor] | Unknown:
    """Return the main column's costs by purpose, largest first; Unknown unless each has an amount and a purpose."""
    sums = _sums_by_purpose(budget, index_of(budget, budget.main_column))
    if isinstance(sums, Unknown):
        return sums
    amounts = {purpose: amount for purpose, amount in sums.items() if not isinstance(amount, Unknown)}
    if len(amounts) < len(sums):
        return unknown_of(sums.values())
    return dict(sorted(amounts.items(), key=lambda item: -item[1]))


def _sums_by_purpose(budget: Budget, index: int) -> dict[Purpose, Money] | Unknown:
    """Return a column's costs by purpose; Unknown when one has no purpose."""
    parts: dict[Purpose, list[Money]] = {}
    for purpose, figure in Reading(budget, budget.costs, index).portions(budget.costs.rows):
        if figure == 0:
            continue
        if purpose is None:
            return unknown_of((figure,))
        parts.setdefault(purpose, []).append(figure)
    return {purpose: added(figures) for purpose, figures in parts.items()}


def costs_for(budget: Budget, purposes: Collection[Purpose], index: int) -> Money:
    """Return a column's costs for some purposes; Unknown without costs, or unless each row with money has one."""
    sums = _sums_by_purpose(budget, index)
    if isinstance(sums, Unknown):
        return sums
    costs = block_total(budget.costs, index)
    asked = [amount for purpose, amount in sums.items() if purpose in purposes]
    return costs if isinstance(costs, Unknown) else added([Kronor(0), *asked])


def costs_by_group(budget: Budget) -> dict[str, Kronor] | Unknown:
    """Return the main column's costs by the plan's own outer groups, in printed order; Unknown with fewer than two."""
    index = index_of(budget, budget.main_column)
    groups = [part for part in budget.costs.rows if isinstance(part, BudgetGroup)]
    if len(groups) < 2 or len(groups) < len(budget.costs.rows):
        return Unknown()
    reading = Reading(budget, budget.costs, index)
    sums: dict[str, int] = {}
    for group in groups:
        amount = reading.sum_of(group)
        if isinstance(amount, Unknown):
            return amount
        sums[group.name] = sums.get(group.name, 0) + amount
    return {name: Kronor(amount) for name, amount in sums.items() if amount}


def administration_goal(budget: Budget) -> FinancialGoal | None:
    """Return the first financial goal that limits the share of costs that is administration."""
    points = budget.financial_goals.points if budget.financial_goals else ()
    return next((goal for goal in points if goal.percent), None)


def share(part: int, whole: int) -> Fraction:
    """Return a part of a whole, exact; nothing of nothing is nothing."""
    return Fraction(part, whole) if whole else Fraction(0)
