"""Did the steps towards a decision come in time and in order? One answer each, for the checks and the plan's history.

The answer is None if a rule wasn't in force, or if the facts that are filled in aren't enough.
"""

import re
from datetime import date

from msgspec import Struct

from insyn.dates import PartialDate, on_day
from insyn.law.basis import basis_of
from insyn.model import Association, Plan, Status
from insyn.problems import Place

LAST_DAY = (11, 30)
"""Month and day by which the budget is to be decided, the year before (23 § lag 2003:1210)."""
FOUNDED = re.compile(r"(\d{4})(?:-(\d\d)-(\d\d))?\Z")
AHEAD = frozenset({Status.DRAFT, Status.PROPOSAL})
"""Statuses in which the meeting is still to come."""


class Settled(Struct, frozen=True):
    """The day of a plan's decision, past or planned, and its place in the file. A day of signing is neither."""

    day: PartialDate
    is_planned: bool
    place: Place


def last_day(year: int) -> date:
    """Return the last day for deciding on the budget of a year."""
    return date(year - 1, *LAST_DAY)


def law_day(plan: Plan) -> date:
    """Return the day whose law applies: that of the decision, or its deadline if the day is unknown."""
    return plan.decided_on or last_day(plan.year)


def settled_on(plan: Plan) -> Settled | None:
    decision, meeting = plan.decision, plan.meeting
    if decision and decision.day:
        return Settled(on_day(decision.day), False, decision.place)
    if meeting and meeting.day and plan.status in AHEAD:
        return Settled(meeting.day, True, meeting.place)
    return None


def is_of_new_association(plan: Plan, association: Association) -> bool:
    """Whether the förbund was formed after the last day: then its members decided when they formed it (23 §)."""
    match = FOUNDED.match(association.founded or "")
    if match is None:
        return False
    formed = tuple(int(part or 0) for part in match.groups())
    limit = last_day(plan.year)
    return formed > (limit.year, limit.month, limit.day)


def has_other_meeting(plan: Plan) -> bool:
    """Whether the stated meeting can't have made the decision."""
    meeting, decided = plan.meeting, plan.decided_on
    return bool(decided and meeting and meeting.day and meeting.day.is_apart(on_day(decided)))


def decided_in_time(plan: Plan, association: Association) -> bool | None:
    """Whether the plan was decided, or is to be, by 30 November the year before."""
    settled = settled_on(plan)
    if settled is None or is_of_new_association(plan, association) or not basis_of("decided", law_day(plan)):
        return None
    return settled.day.is_by(on_day(last_day(plan.year)))


def consulted_in_time(plan: Plan) -> bool | None:
    """Whether the members were consulted before the decision. If both are on one day, the order is unknown."""
    settled = settled_on(plan)
    if plan.consulted is None or settled is None or not basis_of("consulted", law_day(plan)):
        return None
    return plan.consulted.is_before(settled.day)


def published_in_time(plan: Plan) -> bool | None:
    """Whether the proposal was on the website when the deciding meeting was announced."""
    announced = plan.meeting.announced if plan.meeting else None
    if plan.published is None or announced is None or has_other_meeting(plan):
        return None
    return plan.published.is_by(announced) if basis_of("proposal", law_day(plan)) else None
