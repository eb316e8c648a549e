"""Do the figures in the plan's text agree with its budget?

Figures that staff have bound to the budget must agree with it. Other amounts are only looked up among its cells: a text
may mention money outside the budget, so one that isn't found is a note.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from fractions import Fraction

from insyn.law.amounts_in_text import StatedFigure, stated_in
from insyn.law.body import place_in
from insyn.law.judgement import Case, Judgement, Verdict
from insyn.model import (
    Block,
    Budget,
    BudgetGroup,
    BudgetRow,
    Cell,
    Expression,
    ProseFigure,
    Quantity,
    Side,
    Unit,
    kronor_in,
)
from insyn.money.budget import Reading, Year, block_total, groups_of, index_of, rows_of
from insyn.money.unknown import Money, Unknown, added, all_known
from insyn.problems import Problem, problem
from insyn.reading.characters import fold
from insyn.swedish import HARD_SPACE, decimal, number_word
from insyn.vocabulary import amount_with_unit

LEAST = 1_000
"""Kronor below which an amount in the text may be anything."""


# --- Bound figures --------------------------------------------------------------------------------------------------


def figures(case: Case) -> Judgement:
    """Judge whether the figures that staff have bound to the budget agree with it and occur in the text."""
    bound = case.plan.budget.prose_figures
    if not bound:
        return Judgement("figures", Verdict.NOT_APPLICABLE)
    problems = tuple(found for figure in bound for found in _check(case, figure))
    verdict = Verdict.WARNING if problems else Verdict.OK
    count = len(bound)
    key = "law.figures.one" if count == 1 else "law.figures.all"
    found = case.say(key, count=number_word(count).capitalize())
    return Judgement("figures", verdict, case.say("law.figures.rule"), (found,), problems=problems)


def _check(case: Case, figure: ProseFigure) -> Iterator[Problem]:
    stated = next(iter(stated_in(figure.text)), None)
    if stated is None:
        yield problem("figure-unreadable", figure.place, written=figure.text)
        return
    if not any(one.value == stated.value and one.is_percent == stated.is_percent for one in case.stated):
        yield problem("figure-not-in-text", figure.place, written=figure.text)
    value = value_of(case, figure.expression)
    is_share = figure.expression.quantity is Quantity.SHARE
    if value is None or is_share != stated.is_percent:
        yield problem("figure-unlike", figure.place, written=figure.text)
        return
    scaled = value * 100 if is_share else value
    if abs(scaled - stated.value) > stated.slack:
        shown = _percent(scaled, stated) if is_share else amount_with_unit(case.plan.budget.unit, int(value))
        yield problem("figure-differs", figure.place, written=figure.text, computed=shown)


def _percent(value: Fraction, stated: StatedFigure) -> str:
    places = len(stated.written.partition(",")[2].rstrip(f"% procent{HARD_SPACE}"))
    return f"{decimal(value, places)}{HARD_SPACE}%"


def value_of(case: Case, expression: Expression) -> Fraction | None:
    """Compute an expression; None if the budget lacks a value for it."""
    budget = case.plan.budget
    index = index_of(budget, expression.column)
    year = case.years[index]
    if expression.quantity is Quantity.RESULT:
        return _exact(year.result)
    if expression.quantity is Quantity.CLOSING:
        return _exact(year.closing)
    block = budget.income if expression.side is Side.INCOME else budget.costs
    whole, part = block_total(block, index), _part(budget, block, expression, index)
    if expression.quantity is Quantity.SUM:
        return _exact(part)
    told = all_known(part, whole)
    return Fraction(*told) if told and told[1] else None


def _exact(figure: Money) -> Fraction | None:
    return None if isinstance(figure, Unknown) else Fraction(figure)


def _part(budget: Budget, block: Block, expression: Expression, index: int) -> Money:
    if expression.name is None and expression.purpose is None:
        return block_total(block, index)
    rows = rows_of(block.rows)
    if expression.purpose is not None:
        meant: Iterable[BudgetRow] = (row for row in rows if row.purpose is expression.purpose)
    else:
        meant = _named(block, fold(expression.name or ""))
    reading = Reading(budget, block, index)
    return added(figure for row in meant if (figure := reading.of(row)) is not None)


def _named(block: Block, name: str) -> list[BudgetRow]:
    """Return the rows with a name, else those of the group with that name."""
    rows = [row for row in rows_of(block.rows) if fold(row.name) == name]
    groups: list[BudgetGroup] = [group for group in groups_of(block.rows) if fold(group.name) == name]
    return rows or [row for group in groups[:1] for row in rows_of(group.rows)]


# --- Other amounts --------------------------------------------------------------------------------------------------


def amounts(case: Case) -> Judgement:
    """Judge whether the amounts in the text occur in the budget."""
    named = [one for one in case.stated if not one.is_percent and abs(one.value) >= LEAST]
    if not named:
        return Judgement("amounts", Verdict.NOT_APPLICABLE, for_staff=True)
    unit, known = case.plan.budget.unit, sorted(_known(case))
    unmatched = {one.value: one for one in reversed(named) if not _is_known(one, known, unit)}
    told = tuple(_unmatched(case, one) for one in sorted(unmatched.values(), key=lambda one: one.start))
    return Judgement("amounts", Verdict.NOTE if told else Verdict.OK, for_staff=True, problems=told)


def _unmatched(case: Case, stated: StatedFigure) -> Problem:
    place = place_in(case.plan, stated.start, len(stated.written))
    return problem("amount-unmatched", place, written=stated.written)


def _is_known(stated: StatedFigure, known: list[int], unit: Unit) -> bool:
    """Whether a stated amount may be one of the budget's; those in kronor may be rounded to the table's unit."""
    slack = max(stated.slack, Fraction(unit.value, 2) if unit is not Unit.KR else Fraction(0))
    at = bisect_left(known, abs(stated.value) - slack)
    return at < len(known) and known[at] <= abs(stated.value) + slack


def _known(case: Case) -> Iterator[int]:
    """Yield every amount of the budget, and those that follow from it, without sign."""
    budget = case.plan.budget
    for year in case.years:
        yield from (abs(one) for one in _figures_of(year))
    yield from (abs(amount) for cell in _cells(budget) if (amount := kronor_in(cell)) is not None)


def _figures_of(year: Year) -> Iterator[int]:
    figures = (year.income, year.costs, year.result, year.opening, year.closing)
    return (one for one in figures if not isinstance(one, Unknown))


def _cells(budget: Budget) -> Iterator[Cell]:
    for block in (budget.income, budget.costs):
        yield from block.total.cells if block.total else ()
        for row in rows_of(block.rows):
            yield from row.cells
            yield from (part.cell for part in row.breakdown.rows) if row.breakdown else ()
        for group in groups_of(block.rows):
            yield from group.subtotal.cells if group.subtotal else ()
