"""Does what a plan says about itself hold? Each module answers for one kind of statement."""

from collections.abc import Iterable, Iterator

from insyn.checks import charts, columns, decision, deviations, equity, notes, sums
from insyn.model import Plan
from insyn.problems import Problem

UNRELIABLE = frozenset(
    {
        "amount-unreadable", "amount-has-ore", "cell-count", "column-repeated", "group-too-deep", "key-missing",
        "expected-mapping-item", "year-unreadable",
    }
)  # fmt: skip
"""Faults of reading after which sums would only tell the same fault again in other words."""


def check_plan(plan: Plan, problems: Iterable[Problem] = ()) -> Iterator[Problem]:
    """Run every check that what was read, with its `problems`, allows."""
    yield from notes.check(plan)
    yield from charts.check(plan)
    yield from decision.check(plan)
    if plan.budget.columns and not any(problem.code in UNRELIABLE for problem in problems):
        yield from columns.check(plan)
        yield from equity.check(plan.budget)
        findings = (*sums.find(plan.budget), *equity.find(plan.budget))
        yield from deviations.check(plan.budget, findings)
