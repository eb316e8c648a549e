"""Figures that follow from a budget: sums, what a year really brings in, what is left.

In most plans the printed "Summa intäkter" holds saved money. Here it never counts as income: a year's income is what
comes in during the year, and its result is that income less the costs. All amounts are whole kronor. Blanks and dashes
count as nothing in sums; a sum of nothing but blanks is None, not zero.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction

from msgspec import Struct

from insyn.model import (
    MEMBER_FUNDERS,
    Block,
    Breakdown,
    Budget,
    BudgetGroup,
    BudgetRow,
    Cell,
    Column,
    EquityModel,
    FinancialGoal,
    Funder,
    Kronor,
    Purpose,
    ResultRole,
    kronor_in,
)
from insyn.swedish import slug


class Year(Struct, frozen=True):
    """What one column says about a year. None where the plan doesn't tell."""

    column: Column
    income: Kronor | None
    """What comes in during the year; saved money left out."""
    costs: Kronor | None
    result: Kronor | None
    """income − costs."""
    opening: Kronor | None
    """Saved money at the start of the year."""
    closing: Kronor | None
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
    """Yield name and amount of what a sum over one column consists of."""
    for part in _leaves(parts):
        amount = _amount(part, index)
        if amount is not None:
            yield part.name, amount


def _leaves(parts: Iterable[BudgetRow | BudgetGroup]) -> Iterator[BudgetRow | BudgetGroup]:
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


def _amount(part: BudgetRow | BudgetGroup, index: int) -> Kronor | None:
    if isinstance(part, BudgetRow):
        return kronor_in(part.cells[index])
    return kronor_in(part.subtotal.cells[index]) if part.subtotal else None


def total_of(amounts: Iterable[Kronor | None]) -> Kronor | None:
    """Add what there is; None when there is nothing to add.

    >>> total_of([Kronor(100), None, Kronor(50)])
    150
    >>> total_of([None]) is None
    True
    """
    known = [amount for amount in amounts if amount is not None]
    return Kronor(sum(known)) if known else None


def index_of(budget: Budget, column_id: str) -> int:
    """Return the position of a column, the first when it doesn't exist."""
    return next((index for index, column in enumerate(budget.columns) if column.id == column_id), 0)


def block_total(block: Block, index: int) -> Kronor | None:
    """Return the printed total of a column, else the sum of its rows."""
    printed = kronor_in(block.total.cells[index]) if block.total else None
    return printed if printed is not None else total_of(amount for _, amount in addends(block.rows, index))


# --- Years ----------------------------------------------------------------------------------------------------------


def years_of(budget: Budget) -> tuple[Year, ...]:
    """Return what each column says, in printed order."""
    years: dict[str, Year] = {}
    for index, column in enumerate(budget.columns):
        before = predecessor(budget.columns, column)
        years[column.id] = _year(budget, index, years.get(before.id) if before else None)
    return tuple(years[column.id] for column in budget.columns)


def main_year(budget: Budget) -> Year:
    """Return what the plan says about its own year."""
    return years_of(budget)[index_of(budget, budget.main_column)]


def main_column(budget: Budget) -> Column:
    """Return the column that the plan is about."""
    return budget.columns[index_of(budget, budget.main_column)]


def drawn_years(budget: Budget) -> tuple[Year, ...]:
    """Return one column a year, in time order: the main column for its year, else the most certain kind."""
    chosen: dict[int, Year] = {}
    for year in years_of(budget):
        earlier = chosen.get(year.column.year)
        better = earlier is None or year.column.kind.value < earlier.column.kind.value
        if (better and not is_main(budget, earlier)) or is_main(budget, year):
            chosen[year.column.year] = year
    return tuple(chosen[number] for number in sorted(chosen))


def is_main(budget: Budget, year: Year | None) -> bool:
    """Whether a year is what the plan's own column says."""
    return year is not None and year.column.id == budget.main_column


def predecessor(columns: Sequence[Column], column: Column) -> Column | None:
    """Return the column that the given one builds on: of the year before, the most certain kind there is."""
    before = [other for other in columns if other.year == column.year - 1]
    return min(before, key=lambda other: other.kind.value, default=None)


def _year(budget: Budget, index: int, before: Year | None) -> Year:
    opening = _opening(budget, index, before)
    income = _income(budget, index)
    costs = block_total(budget.costs, index)
    result = None if income is None or costs is None else Kronor(income - costs)
    closing = printed_closing(budget, index)
    if closing is None and opening is not None and result is not None:
        closing = Kronor(opening + result)
    return Year(budget.columns[index], income, costs, result, opening, closing)


def _income(budget: Budget, index: int) -> Kronor | None:
    """Return what comes in during a year; None where the plan says nothing but what is saved."""
    new = (row for row in rows_of(budget.income.rows) if row.funder is not Funder.OPENING_EQUITY)
    total = kronor_in(budget.income.total.cells[index]) if budget.income.total else None
    if total is None:
        return total_of(kronor_in(row.cells[index]) for row in new)
    return Kronor(total - (printed_opening(budget, index) or 0))


def _opening(budget: Budget, index: int, before: Year | None) -> Kronor | None:
    if budget.equity_model is EquityModel.INCLUDED:
        return printed_opening(budget, index)
    if before is not None:
        return before.closing
    opening = budget.equity.opening if budget.equity else None
    if opening and opening.year == budget.columns[index].year - 1:
        return kronor_in(opening.cell)
    return None


def printed_opening(budget: Budget, index: int) -> Kronor | None:
    """Return the saved money that stands among the incomes of a column."""
    saved = (row for row in rows_of(budget.income.rows) if row.funder is Funder.OPENING_EQUITY)
    return total_of(kronor_in(row.cells[index]) for row in saved)


def printed_closing(budget: Budget, index: int) -> Kronor | None:
    """Return the closing equity that the plan prints for a column."""
    if budget.result and budget.result.role is ResultRole.CLOSING_EQUITY:
        return kronor_in(budget.result.cells[index])
    if budget.equity and budget.equity.closing:
        return kronor_in(budget.equity.closing.cells[index])
    return None


# --- Who pays -------------------------------------------------------------------------------------------------------


class Contribution(Struct, frozen=True):
    """One payer's row, or its part of a row that a breakdown divides."""

    name: str
    funder: Funder
    amount: Kronor


def contributions(budget: Budget) -> tuple[Contribution, ...]:
    """Return what each member pays in the main column, saved money and other incomes left out."""
    index = index_of(budget, budget.main_column)
    found: list[Contribution] = []
    for row in rows_of(budget.income.rows):
        found.extend(_contributions(row, row.cells[index], budget.main_column))
    return tuple(found)


def _contributions(row: BudgetRow, cell: Cell, column: str) -> Iterator[Contribution]:
    if row.funder is Funder.PARTIES and row.breakdown and row.breakdown.column == column:
        yield from _broken_down(row.breakdown)
    elif row.funder in MEMBER_FUNDERS:
        amount = kronor_in(cell)
        if amount is not None:
            yield Contribution(row.name, row.funder, amount)


def _broken_down(breakdown: Breakdown) -> Iterator[Contribution]:
    for part in breakdown.rows:
        amount = kronor_in(part.cell)
        if amount is not None and part.funder is not None:
            yield Contribution(part.name, part.funder, amount)


def member_income(budget: Budget) -> Kronor:
    """Add what the members pay in the main column, as the rows of the table print it."""
    return told_member_income(budget) or Kronor(0)


def told_member_income(budget: Budget) -> Kronor | None:
    """Return what the members pay in the main column; None where no row of theirs has an amount."""
    return member_income_in(budget, budget.main_column)


def member_income_in(budget: Budget, column_id: str) -> Kronor | None:
    """Return what the members pay in a column; None where no row of theirs has an amount."""
    index = index_of(budget, column_id)
    rows = (row for row in rows_of(budget.income.rows) if row.funder in (*MEMBER_FUNDERS, Funder.PARTIES))
    return total_of(kronor_in(row.cells[index]) for row in rows)


def by_funder(found: Iterable[Contribution]) -> dict[Funder, Kronor]:
    """Add contributions by party, in the order the law names them; parties that pay nothing are left out."""
    sums = dict.fromkeys(MEMBER_FUNDERS, 0)
    for contribution in found:
        sums[contribution.funder] += contribution.amount
    return {funder: Kronor(amount) for funder, amount in sums.items() if amount}


def other_incomes(budget: Budget) -> tuple[BudgetRow, ...]:
    """Return the rows that are neither members' contributions nor saved money and have a value in the main column."""
    index = index_of(budget, budget.main_column)
    outside = (*MEMBER_FUNDERS, Funder.OPENING_EQUITY, Funder.PARTIES)
    rows = (row for row in rows_of(budget.income.rows) if row.funder not in outside)
    return tuple(row for row in rows if kronor_in(row.cells[index]))


# --- What it is for -------------------------------------------------------------------------------------------------


class Entry(Struct, frozen=True):
    """What one column says of a cost, with what tells the cost apart over columns and plans."""

    id: str
    name: str
    """As printed; with the name of its group where another row has the same."""
    amount: Kronor | None
    purpose: Purpose | None


def cost_entries(budget: Budget, column_id: str) -> tuple[Entry, ...]:
    """Return every cost of a column, in printed order; a group that prints only its sum is one."""
    index = index_of(budget, column_id)
    found = tuple(_with_groups(budget.costs.rows, None))
    names = [part.name for part, _ in found]
    return tuple(
        Entry(
            id=part.id if isinstance(part, BudgetRow) else f"grupp-{slug(part.name)}",
            name=f"{part.name} ({group})" if group and names.count(part.name) > 1 else part.name,
            amount=_amount(part, index),
            purpose=part.purpose,
        )
        for part, group in found
    )


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
    def difference(self) -> int | None:
        """How much more it is now. A row that isn't there costs nothing; None where one that is has no amount."""
        if self.before is None or self.now is None:
            there = self.then if self.now is None else self.amount
            return None if there is None else there if self.before is None else -there
        if self.then is None or self.amount is None:
            return None
        return self.amount - self.then


def paired(before: Iterable[Entry], now: Iterable[Entry]) -> tuple[Pair, ...]:
    """Match rows by id: in the later source's order, then those that it no longer has. Rows without amounts are out."""
    former = {entry.id: entry for entry in before}
    pairs = [Pair(former.pop(entry.id, None), entry) for entry in now]
    pairs += [Pair(entry, None) for entry in former.values()]
    return tuple(pair for pair in pairs if pair.then is not None or pair.amount is not None)


def costs_by_purpose(budget: Budget) -> dict[Purpose, Kronor] | None:
    """Add the main column's costs by purpose, largest first; None unless every row with money has a purpose."""
    sums = _sums_by_purpose(budget, index_of(budget, budget.main_column))
    if sums is None:
        return None
    ordered = sorted(sums.items(), key=lambda item: -item[1])
    return {purpose: Kronor(amount) for purpose, amount in ordered}


def _sums_by_purpose(budget: Budget, index: int) -> dict[Purpose, int] | None:
    sums: dict[Purpose, int] = {}
    for part in _leaves(budget.costs.rows):
        amount = _amount(part, index)
        if not amount:
            continue
        if part.purpose is None:
            return None
        sums[part.purpose] = sums.get(part.purpose, 0) + amount
    return sums


def costs_for(budget: Budget, purposes: Collection[Purpose], index: int) -> Kronor | None:
    """Add a column's costs for some purposes; None without any costs, or unless every row with money has a purpose."""
    sums = _sums_by_purpose(budget, index)
    if sums is None or block_total(budget.costs, index) is None:
        return None
    return Kronor(sum(amount for purpose, amount in sums.items() if purpose in purposes))


def costs_by_group(budget: Budget) -> dict[str, Kronor] | None:
    """Add the main column's costs by the plan's own outer groups, in printed order; None without two of them."""
    index = index_of(budget, budget.main_column)
    groups = [part for part in budget.costs.rows if isinstance(part, BudgetGroup)]
    if len(groups) < 2 or len(groups) < len(budget.costs.rows):
        return None
    sums: dict[str, int] = {}
    for group in groups:
        amount = sum(amount for _, amount in addends([group], index))
        sums[group.name] = sums.get(group.name, 0) + amount
    return {name: Kronor(amount) for name, amount in sums.items() if amount}


def administration_goal(budget: Budget) -> FinancialGoal | None:
    """Return the first financial goal that limits the share of costs that is administration."""
    points = budget.financial_goals.points if budget.financial_goals else ()
    return next((goal for goal in points if goal.percent), None)


def share(part: int, whole: int) -> Fraction:
    """Return a part of a whole, exact; nothing of nothing is nothing."""
    return Fraction(part, whole) if whole else Fraction(0)
