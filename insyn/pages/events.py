"""What has happened to a plan, day by day, and whether it was in time."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from insyn.model import DocumentKind, Plan, Status


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
    """One thing that the plan itself says has happened, or for a meeting that is still to come, will happen."""

    day: date
    kind: EventKind
    in_time: bool | None
    """None where the law sets no day, or what it depends on isn't told."""
    summary: str | None = None
    """What a revision changed, in the plan's words."""
    number: int = 1
    """Which it is of those of its kind on its day."""


class PlanStory(Struct, frozen=True):
    """What has happened to a plan, and what it takes to tell it."""

    title: str
    year: int
    status: Status
    document: DocumentKind
    public: bool
    """Whether the plan says that the meeting is open to all."""
    events: tuple[PlanEvent, ...]


def story_of(plan: Plan) -> PlanStory:
    public = plan.meeting is not None and plan.meeting.public is True
    return PlanStory(plan.title, plan.year, plan.status, plan.document, public, events_of(plan))


def last_day(year: int) -> date:
    """Return the last day to adopt a year's budget: 30 November of the year before (23 § lag 2003:1210)."""
    return date(year - 1, 11, 30)


def events_of(plan: Plan) -> tuple[PlanEvent, ...]:
    """Return what the plan says has happened, in order of time."""
    meeting, decided = plan.meeting, plan.decided_on
    announced = meeting.announced if meeting else None
    found = [
        _event(plan.consulted, EventKind.CONSULTED, _before(plan.consulted, decided)),
        _event(plan.published, EventKind.PUBLISHED, _before(plan.published, announced)),
        _event(announced, EventKind.ANNOUNCED, None),
        _event(meeting.day if meeting else None, EventKind.HELD, None),
        _event(decided, EventKind.DECIDED, decided <= last_day(plan.year) if decided else None),
        _event(plan.signed_on, EventKind.SIGNED, None),
        *_revisions(plan),
        _event(plan.followed_up, EventKind.FOLLOWED_UP, None),
    ]
    if plan.document is not DocumentKind.PLAN:  # the days that the law sets are a budget's
        found = [one and replace(one, in_time=None) for one in found]
    order = list(EventKind)
    return tuple(sorted((one for one in found if one), key=lambda one: (one.day, order.index(one.kind))))


def _revisions(plan: Plan) -> Iterator[PlanEvent]:
    numbers: Counter[date] = Counter()
    for revision in plan.revisions:
        numbers[revision.day] += 1
        yield PlanEvent(revision.day, EventKind.REVISED, None, revision.summary, numbers[revision.day])


def _event(when: date | None, kind: EventKind, in_time: bool | None) -> PlanEvent | None:
    return PlanEvent(when, kind, in_time) if when else None


def _before(first: date | None, later: date | None) -> bool | None:
    return first <= later if first and later else None


def is_upcoming(event: PlanEvent, status: Status) -> bool:
    """Whether a meeting is still to come, as far as the plan knows: it is a proposal until the meeting has decided."""
    return event.kind is EventKind.HELD and status is Status.PROPOSAL
