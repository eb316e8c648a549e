"""The history of a plan: its events, day by day, and its kept versions."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from insyn.law.timeliness import last_day
from insyn.pages.events import EventKind, PlanEvent, PlanStory, is_upcoming
from insyn.pages.frame import Neighbour, link
from insyn.pages.parts import PageLink
from insyn.swedish import capitalised, day, partial_date
from insyn.texts import Texts


class EventView(Struct, frozen=True):
    """An event of a plan, past or, for a meeting, possibly still to come."""

    day: str
    iso_day: str
    text: str
    in_time: str
    """Whether it was in time, in words; empty if that can't be said."""
    links: tuple[PageLink, ...] = ()
    """Links to documents about it, elsewhere."""


class VersionView(Struct, frozen=True):
    """A version of a year's plan; the one shown on the page is current."""

    link: PageLink
    applies: bool
    difference: PageLink | None
    """Link to the changes since the previous version."""


class HistoryView(Struct, frozen=True):
    """The history of a plan."""

    events: tuple[EventView, ...]
    since: str | None
    """The day when the shown version was first published here."""
    versions: tuple[VersionView, ...]


class VersionLine(Struct, frozen=True):
    """A version in the list of all versions of a year's plan. Paths start at the root of the site."""

    text: str
    """Its status: "Beslutad 30 november 2023"."""
    path: str
    applies: bool
    difference: str | None
    """The page of changes since the previous version."""
    is_follow_up: bool = False
    """Whether those changes only add the year's outcome, and nothing that was decided."""


def history_view(
    story: PlanStory, here: str, versions: Sequence[VersionLine], since: date | None, texts: Texts
) -> HistoryView | None:
    """Return a plan's history, the latest first; None if nothing is known of it."""
    if not story.events and not versions and not since:
        return None
    return HistoryView(
        events=tuple(event_view(event, story, texts) for event in reversed(story.events)),
        since=texts.say("published-since", day=day(since)) if since else None,
        versions=tuple(_version_view(version, here, texts) for version in versions),
    )


def event_view(event: PlanEvent, story: PlanStory, texts: Texts) -> EventView:
    """Describe an event of a plan."""
    texts = texts.about(story.document.value)
    return EventView(
        day=partial_date(event.day),
        iso_day=event.day.isoformat(),
        text=_event_text(event, story, texts),
        in_time=in_time(event, story, texts),
        links=tuple(PageLink(one.name or texts.say(f"event-link.{one.key}"), one.address) for one in event.links),
    )


def _event_text(event: PlanEvent, story: PlanStory, texts: Texts) -> str:
    if event.kind is EventKind.REVISED:
        return texts.say("plan-revised", summary=event.summary or texts.say("plan-revised-untold"))
    other = "-other" if story.other_meeting else ""
    if event.kind is EventKind.HELD:
        key = "meeting-upcoming" if is_upcoming(event, story.status) else f"meeting-held{other}"
        return texts.say(key, public=texts.say("meeting-public") if story.public else "")
    if event.kind is EventKind.ANNOUNCED:
        return texts.say(f"event-announced{other}")
    if event.kind is EventKind.DECIDED and story.body:
        return texts.say("history-decided-body", body=capitalised(story.body))
    if event.kind is EventKind.FOLLOWED_UP and event.day.first.year <= story.year:
        return texts.say("event-followed-so-far")
    return texts.say(f"event-{event.kind.value}")


def in_time(event: PlanEvent, story: PlanStory, texts: Texts) -> str:
    """Return a sentence on whether an event was in time; empty if the law sets no day."""
    if event.in_time is None:
        return ""
    key = f"in-time-{event.kind.value}" if event.in_time else f"late-{event.kind.value}"
    return texts.say(key, last=day(last_day(story.year)))


def _version_view(version: VersionLine, here: str, texts: Texts) -> VersionView:
    key = "what-followed-up" if version.is_follow_up else "what-changed"
    changed = Neighbour(texts.say(key), version.difference) if version.difference else None
    return VersionView(
        link(here, Neighbour(version.text, version.path)), version.applies, link(here, changed) if changed else None
    )
