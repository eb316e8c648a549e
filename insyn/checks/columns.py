"""Do columns and headings agree on the years, and are amounts of the same magnitude? (K9, K10.)"""

from collections.abc import Iterator
from itertools import pairwise

from insyn.dates import YEAR_NAMED
from insyn.model import Budget, BudgetRow, ColumnKind, Plan, kronor_in
from insyn.money.budget import block_total, index_of, main_column, rows_of, totals_of
from insyn.money.unknown import known
from insyn.problems import Problem, problem
from insyn.swedish import integer
from insyn.vocabulary import amount_in, heading, unit_word

JUMP = 100
"""An amount this many times larger than the one in the next column suggests the wrong unit rather than a good year."""
LEAST_COSTS, MOST_COSTS = 100_000, 500_000_000
"""Range of a samordningsförbund's yearly costs, in kronor."""
LEAST_SUM, MOST_SUM = 100_000, 2_000_000_000
"""A plan with no sum of income or costs in this range, in kronor, isn't in its stated unit."""


def check(plan: Plan) -> Iterator[Problem]:
    """Yield a problem for each disagreement."""
    yield from _order(plan.budget)
    yield from _alike(plan)
    yield from _heading_years(plan)
    yield from _unit(plan.budget)
    for block in (plan.budget.income, plan.budget.costs):
        for row in rows_of(block.rows):
            yield from _jumps(plan.budget, row)


def _order(budget: Budget) -> Iterator[Problem]:
    for before, after in pairwise(budget.columns):
        if before.year > after.year:
            yield problem("columns-out-of-order", after.place, before=heading(before), after=heading(after))


def _alike(plan: Plan) -> Iterator[Problem]:
    """Report columns of the same year and kind: the plan must say which is meant, and their headings must differ."""
    budget, told = plan.budget, set[tuple[int, ColumnKind]]()
    for column in budget.columns:
        what = (column.year, column.kind)
        alike = [one for one in budget.columns if (one.year, one.kind) == what]
        if what in told or len(alike) < 2 or len({one.as_of for one in alike}) == len(alike):
            continue
        told.add(what)
        if what == (plan.year, ColumnKind.BUDGET) and not budget.names_main:
            main = heading(main_column(budget))
            names = ", ".join(one.id for one in alike)
            yield problem("main-column-unstated", alike[1].place, year=plan.year, heading=main, columns=names)
        elif budget.main_column not in {one.id for one in alike} or len({heading(one) for one in alike}) < len(alike):
            yield problem("columns-alike", alike[1].place, columns=", ".join(heading(one) for one in alike))


def _heading_years(plan: Plan) -> Iterator[Problem]:
    """Check the heading: a single year must be the plan's; of several, the latest must be the last column's."""
    named = [int(year) for year in YEAR_NAMED.findall(plan.budget.heading or "")]
    if not named or not plan.budget.columns:
        return
    last = max(column.year for column in plan.budget.columns)
    agrees = named == [plan.year] if len(named) == 1 else max(named) == last and min(named) <= plan.year
    if not agrees:
        years = ", ".join(heading(column) for column in plan.budget.columns)
        yield problem("heading-years", plan.budget.heading_place, heading=plan.budget.heading, columns=years)


def _unit(budget: Budget) -> Iterator[Problem]:
    """Report costs that no samordningsförbund has: the unit is likely wrong, or surely if every sum is out of range."""
    costs = abs(known(block_total(budget.costs, index_of(budget, budget.main_column))) or 0)
    unit, totals = unit_word(budget.unit), totals_of(budget)
    if totals and (max(totals) < LEAST_SUM or min(totals) > MOST_SUM):
        amount = f"{integer(max(totals))} kr"
        yield problem("unit-wrong", budget.unit_place, hint="unit-impossible", amount=amount, unit=unit)
    elif costs and not LEAST_COSTS <= costs <= MOST_COSTS:
        yield problem("unit-unlikely", budget.place, amount=f"{integer(costs)} kr", unit=unit)


def _jumps(budget: Budget, row: BudgetRow) -> Iterator[Problem]:
    for (column, cell), (other, next_cell) in pairwise(zip(budget.columns, row.cells, strict=True)):
        here, there = kronor_in(cell), kronor_in(next_cell)
        if not here or not there:
            continue
        if max(abs(here), abs(there)) >= JUMP * min(abs(here), abs(there)):
            yield problem(
                "magnitude-jump",
                next_cell.place,
                row=row.name,
                column=heading(column),
                amount=_shown(here, budget),
                other=heading(other),
                other_amount=_shown(there, budget),
            )
            return


def _shown(kronor: int, budget: Budget) -> str:
    return f"{amount_in(budget.unit, kronor)} {unit_word(budget.unit)}"
