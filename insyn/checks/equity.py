"""Does income less costs give the printed result, and does saved money follow from year to year? (K3, K4.)"""

from collections.abc import Iterator

from insyn.checks.findings import Finding
from insyn.model import Budget, Cell, Control, EquityModel, Funder, Kronor, kronor_in
from insyn.money.budget import (
    Year,
    block_total,
    expected_result,
    predecessors,
    printed_closing,
    printed_opening,
    rows_of,
    years_of,
)
from insyn.money.unknown import Money, Unknown, added, less
from insyn.problems import Problem, problem


def check(budget: Budget) -> Iterator[Problem]:
    """Yield a problem if the rows of income contradict the equity model, or if the opening equity's year is wrong."""
    saved = [row for row in rows_of(budget.income.rows) if row.funder is Funder.OPENING_EQUITY]
    if budget.equity_model is EquityModel.INCLUDED and not saved:
        yield problem("saved-row-missing", budget.place)
    if budget.equity_model is EquityModel.SEPARATE:
        yield from (problem("saved-row-unexpected", row.place, row=row.name) for row in saved)
    opening, first = budget.equity.opening if budget.equity else None, min(column.year for column in budget.columns)
    if opening and first and opening.year + 1 not in {column.year for column in budget.columns}:
        yield problem("opening-year", opening.place, year=opening.year, first=first, right=first - 1)


def find(budget: Budget) -> Iterator[Finding]:
    """Yield a finding for each printed result and equity figure that doesn't follow."""
    years = years_of(budget)
    yield from _results(budget, years)
    if budget.equity_model is EquityModel.INCLUDED:
        yield from _opening_chain(budget, years)
    else:
        yield from _closing_chain(budget, years)


def _results(budget: Budget, years: tuple[Year, ...]) -> Iterator[Finding]:
    if budget.result is None or budget.result.is_computed:
        return
    for index, year in enumerate(years):
        cell = budget.result.cells[index]
        printed, computed = kronor_in(cell), expected_result(budget, index, year)
        if printed is not None and not isinstance(computed, Unknown) and printed != computed:
            parts = _result_parts(budget, index)
            name = budget.result.name
            yield Finding(Control.RESULT, year.column, name, printed, computed, parts, cell.place, (name,))


def _result_parts(budget: Budget, index: int) -> tuple[tuple[str, Kronor], ...]:
    sums = ((block.total, block_total(block, index)) for block in (budget.income, budget.costs))
    return tuple((total.name, amount) for total, amount in sums if total and not isinstance(amount, Unknown))


def _opening_chain(budget: Budget, years: tuple[Year, ...]) -> Iterator[Finding]:
    """Check equity among the income rows: a year opens with the closing equity of the year it was counted from."""
    closings = {year.column.id: _closing_of(year) for year in years}
    for index, year in enumerate(years):
        before = [closings[one.id] for one in predecessors(budget, year.column)]
        printed = printed_opening(budget, index)
        expected = before[0] if before else Unknown()
        if printed is not None and not isinstance(expected, Unknown) and printed not in before:
            name, cell = _opening_cell(budget, index)
            yield Finding(Control.EQUITY_CHAIN, year.column, name, printed, expected, (), cell.place, (name,))


def _closing_of(year: Year) -> Money:
    """Return a year's closing equity: the printed figure, else what its rows give."""
    return added((year.opening, less(year.income, year.costs))) if isinstance(year.closing, Unknown) else year.closing


def _opening_cell(budget: Budget, index: int) -> tuple[str, Cell]:
    row = next(row for row in rows_of(budget.income.rows) if row.funder is Funder.OPENING_EQUITY)
    return row.name, row.cells[index]


def _closing_chain(budget: Budget, years: tuple[Year, ...]) -> Iterator[Finding]:
    """Check equity outside the table: opening equity plus the result gives closing equity."""
    closing = budget.equity.closing if budget.equity else None
    if closing is None or closing.is_computed:
        return
    for index, year in enumerate(years):
        printed = printed_closing(budget, index)
        computed = added((year.opening, less(year.income, year.costs)))
        if printed is not None and not isinstance(computed, Unknown) and printed != computed:
            place = closing.cells[index].place
            yield Finding(Control.EQUITY, year.column, closing.name, printed, computed, (), place, (closing.name,))
