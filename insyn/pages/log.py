"""The events of all plans on a site, the latest first: as a page and as Atom feeds (RFC 4287)."""

from collections.abc import Sequence
from itertools import groupby
from typing import ClassVar

from msgspec import Struct

from insyn.model import Association
from insyn.pages.events import EventKind, PlanEvent, PlanStory, is_upcoming
from insyn.pages.frame import FEED, Document, Neighbour, Page, Surroundings, frame, link
from insyn.pages.history import EventView, event_view
from insyn.pages.parts import PageLink
from insyn.texts import Texts

LOG = "insyn/"
LONGEST_FEED = 50
"""Maximum number of entries in a feed."""
NOTHING_YET = "1970-01-01T00:00:00Z"
"""Update time of an empty feed, since one is mandatory (RFC 4287, section 4.1.1)."""


class LogEntry(Struct, frozen=True):
    """An event of a plan, in the list for the whole site."""

    event: EventView
    association: str
    plan: PageLink


class LogYear(Struct, frozen=True):
    """The events of a calendar year, the latest first."""

    year: int
    entries: tuple[LogEntry, ...]


class UndatedPlan(Struct, frozen=True):
    """A proposal that awaits a decision, with no day filled in."""

    association: str
    plan: PageLink


class LogPage(Page, frozen=True):
    template: ClassVar = "pages/log.html"
    title: str
    undated: tuple[UndatedPlan, ...]
    years: tuple[LogYear, ...]
    others: tuple[PageLink, ...]
    """Pages of other years."""
    feeds: tuple[PageLink, ...]


class FeedEntry(Struct, frozen=True):
    id: str
    title: str
    address: str
    updated: str
    """The time in RFC 3339 format."""
    summary: str


class Feed(Document, frozen=True):
    """An Atom feed (RFC 4287). All addresses are absolute."""

    template: ClassVar = "feeds/atom.xml"

    id: str
    title: str
    address: str
    home: str
    updated: str
    author: str
    entries: tuple[FeedEntry, ...]


class Logged(Struct, frozen=True):
    """An event of a plan."""

    event: PlanEvent
    story: PlanStory
    association: str
    """The förbund's short name."""
    path: str
    """Path of the page with the version that applies for the year."""
    page: str
    """Path of the page that shows the event: the same, or a proposal's own while it awaits a decision."""


class Undated(Struct, frozen=True):
    """A proposal that awaits a decision, with no day filled in: the förbund's short name, the plan's title and path."""

    association: str
    plan: Neighbour


def _in_order(logged: Sequence[Logged]) -> list[Logged]:
    order = list(EventKind)
    return sorted(
        logged,
        key=lambda one: (one.event.day, order.index(one.event.kind), one.path, one.event.number),
        reverse=True,
    )


def log_page(
    path: str,
    logged: Sequence[Logged],
    undated: Sequence[Undated],
    others: Sequence[Neighbour],
    surroundings: Surroundings,
    texts: Texts,
) -> LogPage:
    """Compose the list of events. `others` are the pages of other years."""
    title = texts.say("log-title")
    above = (Neighbour(title, LOG), *(other for other in others if other.path == path != LOG))
    address = surroundings.address
    return LogPage(
        frame=frame(
            surroundings,
            path,
            title=title if path == LOG else f"{title}, {above[-1].text[0].lower()}{above[-1].text[1:]}",
            description=texts.say("log-description"),
            above=above,
        ),
        title=title,
        undated=tuple(UndatedPlan(one.association, link(path, one.plan, address)) for one in undated),
        years=tuple(
            LogYear(year, tuple(_entry(one, path, texts) for one in own))
            for year, own in groupby(_in_order(logged), key=lambda one: one.event.day.first.year)
        ),
        others=tuple(link(path, other, address) for other in others),
        feeds=(link(path, Neighbour(texts.say("log-feed"), FEED)),) if address else (),
    )


def _entry(logged: Logged, here: str, texts: Texts) -> LogEntry:
    story = logged.story
    return LogEntry(
        event_view(logged.event, story, texts), logged.association, link(here, Neighbour(story.title, logged.page))
    )


def site_feed(logged: Sequence[Logged], surroundings: Surroundings, texts: Texts) -> Feed:
    """Compose the feed of the whole site, which must know its own address."""
    return _feed(FEED, "", surroundings.site_name, logged, surroundings, texts)


def association_feed(
    association: Association, logged: Sequence[Logged], surroundings: Surroundings, texts: Texts
) -> Feed:
    """Compose a förbund's feed, on a site that knows its own address."""
    home = f"{association.id}/"
    return _feed(f"{home}{FEED}", home, association.name, logged, surroundings, texts)


def _feed(
    path: str, home: str, author: str, logged: Sequence[Logged], surroundings: Surroundings, texts: Texts
) -> Feed:
    dated = (one for one in _in_order(logged) if one.event.day.day)  # a feed needs a day, and none is invented
    past = [one for one in dated if not is_upcoming(one.event, one.story.status)][:LONGEST_FEED]
    address = surroundings.address or ""
    entries = tuple(_feed_entry(one, address, texts) for one in past)
    return Feed(
        id=f"{lasting(address)}{path}",
        title=texts.say("feed-title", name=author),
        address=f"{address}{path}",
        home=f"{address}{home}",
        updated=max((entry.updated for entry in entries), default=NOTHING_YET),
        author=author,
        entries=entries,
    )


def lasting(address: str) -> str:
    """Return the prefix of ids: independent of whether the site uses https, so that nothing becomes news twice."""
    return f"https://{address.partition('://')[2]}" if address else ""


def _feed_entry(logged: Logged, address: str, texts: Texts) -> FeedEntry:
    event, story = logged.event, logged.story
    view = event_view(event, story, texts)
    number = f"-{event.number}" if event.number > 1 else ""
    return FeedEntry(
        id=f"{lasting(address)}{logged.path}#{event.kind.value}-{event.day.isoformat()}{number}",
        title=texts.say("feed-entry", association=logged.association, title=story.title, event=view.text),
        address=f"{address}{logged.page}",
        updated=f"{event.day.isoformat()}T00:00:00Z",
        summary=" ".join(text for text in (view.text, view.in_time) if text),
    )
