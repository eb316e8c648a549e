"""What has happened to a plan, day by day, and whether it was in time."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from insyn.dates import PartialDate, on_day
from insyn.law.timeliness import consulted_in_time, decided_in_time, has_other_meeting, published_in_time
from insyn.model import Association, DocumentKind, Plan, Status


class EventKind(Enum):
    """In the order in which they follow on each other on one day."""

    CONSULTED = "consulted"
    PUBLISHED = "published"
    ANNOUNCED = "announced"
    HELD = "held"
    DECIDED = "decided"
    SIGNED = "signed"
    REVISED = "revised"
    FOLLOWED_UP = "followed-up"


class PlanEvent(Struct, frozen=True):
    """One thing that is filled in to have happened, or for a meeting that is still to come, will happen."""

    day: PartialDate
    kind: EventKind
    in_time: bool | None
    """None where the law sets no day, or what it depends on isn't told."""
    summary: str | None = None
    """What a revision changed, in the plan's words."""
    number: int = 1
    """Its number among the day's events of its kind."""


class PlanStory(Struct, frozen=True):
    """What has happened to a plan, and what it takes to tell it."""

    title: str
    year: int
    status: Status
    document: DocumentKind
    public: bool
    """Whether the meeting is said to be open to all."""
    body: str | None
    """The body that decided, if known."""
    other_meeting: bool
    """Whether the stated meeting isn't the one that decided."""
    events: tuple[PlanEvent, ...]


def story_of(plan: Plan, association: Association) -> PlanStory:
    return PlanStory(
        title=plan.title,
        year=plan.year,
        status=plan.status,
        document=plan.document,
        public=plan.meeting is not None and plan.meeting.public is True,
        body=plan.decision.body if plan.decision else None,
        other_meeting=has_other_meeting(plan),
        events=events_of(plan, association),
    )


def events_of(plan: Plan, association: Association) -> tuple[PlanEvent, ...]:
    """Return the stated events, in time order."""
    meeting, decided = plan.meeting, plan.decided_on
    consulted = consulted_in_time(plan) if decided else None
    found = [
        _event(plan.consulted, EventKind.CONSULTED, consulted),
        _event(plan.published, EventKind.PUBLISHED, published_in_time(plan)),
        _event(meeting.announced if meeting else None, EventKind.ANNOUNCED, None),
        _event(meeting.day if meeting else None, EventKind.HELD, None),
        _event(_whole(decided), EventKind.DECIDED, decided_in_time(plan, association)),
        _event(_whole(plan.signed_on), EventKind.SIGNED, None),
        *_revisions(plan),
        _event(_whole(plan.followed_up), EventKind.FOLLOWED_UP, None),
    ]
    if plan.document is not DocumentKind.PLAN:  # the days that the law sets are a budget's
        found = [one and replace(one, in_time=None) for one in found]
    order = list(EventKind)
    return tuple(sorted((one for one in found if one), key=lambda one: (one.day, order.index(one.kind))))


def _revisions(plan: Plan) -> Iterator[PlanEvent]:
    numbers: Counter[date] = Counter()
    for revision in plan.revisions:
        numbers[revision.day] += 1
        yield PlanEvent(on_day(revision.day), EventKind.REVISED, None, revision.summary, numbers[revision.day])


def _event(when: PartialDate | None, kind: EventKind, in_time: bool | None) -> PlanEvent | None:
    return PlanEvent(when, kind, in_time) if when else None


def _whole(value: date | None) -> PartialDate | None:
    return on_day(value) if value else None


def is_upcoming(event: PlanEvent, status: Status) -> bool:
    """Whether a meeting is still to come, as far as the plan knows: it is a proposal until the meeting has decided."""
    return event.kind is EventKind.HELD and status is Status.PROPOSAL
