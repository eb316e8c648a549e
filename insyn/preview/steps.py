"""What is still missing in a plan before each step of its year: what the handbook's "Året" has done by then."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from insyn.model import Plan, Status
from insyn.reading.keys import DecisionKeys, MeetingKeys, PlanKeys

DECIDED = (Status.ADOPTED, Status.REVISED, Status.REPLACED)


class YearStep(Struct, frozen=True):
    """A step of the year, and the keys that aren't filled in yet for it."""

    id: str
    """"consultation", "proposal", "decision", "minutes" or "follow-up"."""
    missing: tuple[str, ...]
    """As they are written in the file: "sammanträde: plats"."""


def steps_of(plan: Plan) -> tuple[YearStep, ...]:
    """Return the steps in their order, from the first that isn't done."""
    steps = [YearStep(id, tuple(missing)) for id, missing in _all(plan)]
    return tuple(step for step in steps if step.missing)


def _all(plan: Plan) -> Iterator[tuple[str, list[str]]]:
    meeting, decision = plan.meeting, plan.decision
    yield "consultation", _lacking({PlanKeys.consulted.name: plan.consulted})
    of_meeting = {
        _inner(PlanKeys.meeting.name, MeetingKeys.day.name): meeting and meeting.day,
        _inner(PlanKeys.meeting.name, MeetingKeys.venue.name): meeting and meeting.venue,
        _inner(PlanKeys.meeting.name, MeetingKeys.announced.name): meeting and meeting.announced,
    }
    of_proposal = {PlanKeys.status.name: plan.status is not Status.DRAFT, PlanKeys.published.name: plan.published}
    yield "proposal", _lacking({**of_proposal, **of_meeting})
    of_decision = {
        _inner(PlanKeys.decision.name, DecisionKeys.body.name): decision and decision.body,
        _inner(PlanKeys.decision.name, DecisionKeys.day.name): decision and decision.day,
    }
    yield "decision", _lacking({PlanKeys.status.name: plan.status in DECIDED, **of_decision})
    of_minutes = {
        _inner(PlanKeys.decision.name, DecisionKeys.minutes.name): decision
        and (decision.minutes or decision.minutes_link),
        _inner(PlanKeys.decision.name, DecisionKeys.posted.name): decision and decision.posted,
    }
    yield "minutes", _lacking(of_minutes)
    yield "follow-up", _lacking({PlanKeys.followed_up.name: plan.followed_up})


def _lacking(values: Mapping[str, object]) -> list[str]:
    return [key for key, value in values.items() if not value]


def _inner(outer: str, inner: str) -> str:
    return f"{outer}: {inner}"
