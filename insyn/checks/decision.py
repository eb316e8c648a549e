"""Do a plan's status, its decision and its revisions agree?"""

from collections.abc import Iterator

from insyn.model import DocumentKind, Plan, Status
from insyn.money.budget import told_column
from insyn.money.computed import computed_lines
from insyn.problems import Problem, problem
from insyn.swedish import day

DECIDED = frozenset({Status.ADOPTED, Status.REVISED, Status.REPLACED, Status.REVOKED})
YEARS_BEFORE, YEARS_AFTER = 1, 1
"""A plan is decided on from the year before its own to the year after."""


def check(plan: Plan) -> Iterator[Problem]:
    """Yield a problem for each contradiction between the status and the dates."""
    yield from _decision(plan)
    yield from _revisions(plan)
    yield from _posted(plan)
    yield from _follow_up(plan)
    yield from _computed(plan)


def _decision(plan: Plan) -> Iterator[Problem]:
    decided, signed = plan.decided_on, plan.signed_on
    if decided and plan.status is Status.PROPOSAL:
        yield problem("proposal-decided", plan.status_place, day=day(decided))
    if decided is None and plan.status is Status.ADOPTED:
        if signed:
            yield problem("decision-signed", plan.status_place, day=day(signed))
        else:
            yield problem("decision-missing", plan.status_place)
    if decided and not plan.year - YEARS_BEFORE <= decided.year <= plan.year + YEARS_AFTER:
        yield problem("decision-year", plan.status_place, day=day(decided), year=plan.year)


def _revisions(plan: Plan) -> Iterator[Problem]:
    if plan.status is Status.REVISED and not plan.revisions:
        yield problem("revision-missing", plan.status_place)
    if plan.revisions and plan.status in {Status.ADOPTED, Status.PROPOSAL}:
        yield problem("revision-unstated", plan.status_place)
    decided = plan.decided_on
    early = [revision.day for revision in plan.revisions if decided and revision.day < decided]
    if decided and early:
        yield problem("revision-early", plan.status_place, revised=day(min(early)), day=day(decided))


def _posted(plan: Plan) -> Iterator[Problem]:
    """Report minutes that were announced as adjusted before their decision."""
    decisions = ([plan.decision] if plan.decision else []) + [*plan.revisions]
    for one in decisions:
        if one.posted and one.day and one.posted < one.day:
            yield problem("posted-early", one.posted_place, posted=day(one.posted), day=day(one.day))


def _follow_up(plan: Plan) -> Iterator[Problem]:
    """Check that a follow-up has a day of its own, after the decision, and is in the plan that was decided."""
    followed, place = plan.followed_up, plan.followed_up_place
    if followed is None:
        is_plan = plan.document is DocumentKind.PLAN and plan.status in DECIDED
        if is_plan and plan.budget.columns and told_column(plan.budget).id != plan.budget.main_column:
            yield problem("follow-up-undated", plan.status_place, year=plan.year)
        return
    before = max([one for one in (plan.decided_on, *(one.day for one in plan.revisions)) if one], default=None)
    if plan.status is Status.PROPOSAL:
        yield problem("follow-up-undecided", place)
    elif before and followed < before:
        yield problem("follow-up-early", place, followed=day(followed), day=day(before))


def _computed(plan: Plan) -> Iterator[Problem]:
    """Report computed sums in a decided plan, which has sums of its own: those that were decided."""
    lines = tuple(computed_lines(plan.budget))
    if lines and plan.status in DECIDED:
        yield problem("sum-computed", lines[0].place, count=len(lines))
