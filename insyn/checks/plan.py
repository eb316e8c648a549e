"""Runs every check of a plan that what was read of it allows."""

from collections.abc import Iterable, Iterator

from insyn.checks import arithmetic, charts, columns, decision, equity, notes
from insyn.model import Plan
from insyn.problems import Problem

UNRELIABLE = frozenset(
    {
        "amount-unreadable", "amount-has-ore", "cell-count", "column-repeated", "group-too-deep", "key-missing",
        "expected-mapping-item", "year-unreadable",
    }
)  # fmt: skip
"""Faults of reading after which sums would only tell the same fault again in other words."""

UNDATED = frozenset({"date-unreadable", "expected-mapping", "expected-mapping-item", "choice-unknown"})
"""Faults of reading after which a missing date would only be the same fault again."""


def check_plan(plan: Plan, problems: Iterable[Problem] = ()) -> Iterator[Problem]:
    """Run every check that what was read, with its `problems`, allows."""
    yield from notes.check(plan)
    yield from charts.check(plan)
    codes = {problem.code for problem in problems}
    if not codes & UNDATED:
        yield from decision.check(plan)
    if plan.budget.columns and not codes & UNRELIABLE:
        yield from equity.check(plan.budget)
        told = tuple(arithmetic.check(plan.budget))
        yield from told
        lines = {problem.place.line for problem in told}
        yield from (one for one in columns.check(plan) if one.place.line not in lines)
