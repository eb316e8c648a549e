"""Runs every check that a plan can be given after it is read."""

from collections.abc import Iterable, Iterator

from insyn.checks import arithmetic, charts, columns, decision, equity, notes, rows_alike, unconfirmed
from insyn.model import Funder, Plan
from insyn.problems import Problem
from insyn.reading.keys import COUNTED_BY
from insyn.vocabulary import FUNDERS

UNRELIABLE = frozenset(
    {
        "amount-unreadable", "amount-has-ore", "amounts-unbracketed", "cell-count", "column-count", "column-repeated",
        "column-unknown", "main-column-missing", "group-too-deep", "key-missing", "value-missing", "expected-mapping",
        "expected-mapping-item", "year-unreadable",
    }
)  # fmt: skip
"""Reading faults after which problems with sums would only repeat the same fault."""

UNDATED = frozenset({"date-unreadable", "expected-mapping", "expected-mapping-item", "choice-unknown"})
"""Reading faults after which a missing date would only repeat the same fault."""

SAVED = next(word for word, funder in FUNDERS.items() if funder is Funder.OPENING_EQUITY)


def check_plan(plan: Plan, problems: Iterable[Problem] = ()) -> Iterator[Problem]:
    """Run every check that is possible given the `problems` found in reading."""
    yield from notes.check(plan)
    yield from charts.check(plan)
    yield from unconfirmed.check(plan)
    problems = tuple(problems)
    codes = {problem.code for problem in problems}
    if not codes & UNDATED:
        yield from decision.check(plan)
    if plan.budget.columns and not any(_is_unreliable(problem) for problem in problems):
        yield from equity.check(plan.budget)
        told = tuple(arithmetic.check(plan.budget))
        yield from told
        yield from rows_alike.check(plan.budget)
        lines = {problem.place.line for problem in told}
        yield from (one for one in columns.check(plan) if one.place.line not in lines)


def _is_unreliable(problem: Problem) -> bool:
    """Whether problems with sums would only repeat this reading fault."""
    values = dict(problem.values)
    if problem.code == "choice-unknown":
        return values["key"] in COUNTED_BY or values["suggestion"] == SAVED
    if problem.code == "key-unknown":
        return values.get("suggestion") in COUNTED_BY
    return problem.code in UNRELIABLE or problem.hint == "yaml-row"
