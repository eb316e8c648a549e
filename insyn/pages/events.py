"""The events of a plan, day by day, and whether each was in time."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from insyn.dates import PartialDate, on_day
from insyn.law.timeliness import consulted_in_time, decided_in_time, has_other_meeting, published_in_time
from insyn.model import Association, Decision, DocumentKind, Meeting, Plan, Revision, Status


class EventKind(Enum):
    """Kinds of events, in their order within a day."""

    CONSULTED = "consulted"
    PUBLISHED = "published"
    ANNOUNCED = "announced"
    HELD = "held"
    DECIDED = "decided"
    SIGNED = "signed"
    REVISED = "revised"
    POSTED = "posted"
    FOLLOWED_UP = "followed-up"


class EventLink(Struct, frozen=True):
    """A document about an event, elsewhere."""

    key: str
    """Its kind: "notice", "minutes", "posted"."""
    address: str
    name: str | None = None
    """Its name, if stated."""


class PlanEvent(Struct, frozen=True):
    """One stated event, past or, for a meeting, possibly still to come."""

    day: PartialDate
    kind: EventKind
    in_time: bool | None
    """None if the law sets no day, or the day that it depends on isn't stated."""
    summary: str | None = None
    """The changes of a revision, in the plan's words."""
    number: int = 1
    """Its number among the day's events of its kind."""
    links: tuple[EventLink, ...] = ()


class PlanStory(Struct, frozen=True):
    """The events of a plan, with the context for describing them."""

    title: str
    year: int
    status: Status
    document: DocumentKind
    public: bool
    """Whether the meeting is stated to be open to all."""
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
        *_meeting(meeting),
        *_decision(plan, decided_in_time(plan, association)),
        _event(_whole(plan.signed_on), EventKind.SIGNED, None),
        *_revisions(plan),
        _event(_whole(plan.followed_up), EventKind.FOLLOWED_UP, None),
    ]
    if plan.document is not DocumentKind.PLAN:  # the statutory days apply only to a budget
        found = [one and replace(one, in_time=None) for one in found]
    order = list(EventKind)
    return tuple(sorted((one for one in found if one), key=lambda one: (one.day, order.index(one.kind))))


def _meeting(meeting: Meeting | None) -> Iterator[PlanEvent]:
    """Yield the meeting and its announcement; the notice belongs to the meeting, if its day is stated."""
    if meeting is None:
        return
    links = _links(EventLink("notice", meeting.notice_link) if meeting.notice_link else None)
    if meeting.announced:
        yield PlanEvent(meeting.announced, EventKind.ANNOUNCED, None, links=() if meeting.day else links)
    if meeting.day:
        yield PlanEvent(meeting.day, EventKind.HELD, None, links=links)


def _decision(plan: Plan, in_time: bool | None) -> Iterator[PlanEvent]:
    decision = plan.decision
    if decision and decision.day:
        links = _links(*_about(decision, decision.minutes))
        yield PlanEvent(on_day(decision.day), EventKind.DECIDED, in_time, links=links)
        yield from _posted(decision)


def _revisions(plan: Plan) -> Iterator[PlanEvent]:
    numbers: Counter[date] = Counter()
    for revision in plan.revisions:
        numbers[revision.day] += 1
        number, links = numbers[revision.day], _links(*_about(revision))
        yield PlanEvent(on_day(revision.day), EventKind.REVISED, None, revision.summary, number, links)
        yield from _posted(revision)


def _posted(decision: Decision | Revision) -> Iterator[PlanEvent]:
    """Yield the announcement of the adjusted minutes."""
    if decision.posted:
        links = _links(EventLink("posted", decision.posted_link) if decision.posted_link else None)
        yield PlanEvent(on_day(decision.posted), EventKind.POSTED, None, links=links)


def _about(decision: Decision | Revision, name: str | None = None) -> Iterator[EventLink]:
    """Yield links about a decision: its minutes, and the notice board unless that event has a day of its own."""
    if decision.minutes_link:
        yield EventLink("minutes", decision.minutes_link, name)
    if decision.posted_link and not decision.posted:
        yield EventLink("posted", decision.posted_link)


def _links(*links: EventLink | None) -> tuple[EventLink, ...]:
    return tuple(one for one in links if one)


def _event(when: PartialDate | None, kind: EventKind, in_time: bool | None) -> PlanEvent | None:
    return PlanEvent(when, kind, in_time) if when else None


def _whole(value: date | None) -> PartialDate | None:
    return on_day(value) if value else None


def is_upcoming(event: PlanEvent, status: Status) -> bool:
    """Whether a meeting is still to come, judging by the plan: it is a proposal until the meeting has decided."""
    return event.kind is EventKind.HELD and status is Status.PROPOSAL
