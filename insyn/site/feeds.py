"""The log of events in plans, as pages and Atom feeds."""

from collections.abc import Iterator, Mapping, Sequence

from insyn.dates import PartialDate
from insyn.model import Association
from insyn.pages.events import EventKind, PlanEvent
from insyn.pages.frame import FEED, Neighbour
from insyn.pages.log import LOG, Feed, Logged, LogPage, Undated, association_feed, log_page, site_feed
from insyn.site.layout import Fetch, OtherPage, SiteLayout
from insyn.texts import Texts
from insyn.versions.arrangement import Version, YearPlans, current_proposals

MANY_PLANS = 60
"""Maximum number of plans whose log fits on one page; a larger site has a page per year of plans."""
YEARS_IN_FEED = 3
"""Number of recent years of plans in the site's feed."""


def log_pages(layout: SiteLayout, around: str, texts: Texts) -> Iterator[OtherPage]:
    """Yield the log's page; on a large site also one per year of plans."""
    numbers = sorted({year.year for year in layout.years}, reverse=True)
    pages = {LOG: numbers}
    if len(layout.years) > MANY_PLANS:
        pages = {LOG: numbers[:1]} | {f"{LOG}{number}/": [number] for number in numbers[1:]}
    others = tuple(Neighbour(f"Planer för {own[0]}", path) for path, own in pages.items() if len(pages) > 1)
    for path, shown in pages.items():
        years = [year for year in layout.years if year.year in shown]
        yield _log_page(path, years, others, layout, around, texts)


def _log_page(
    path: str, years: Sequence[YearPlans], others: tuple[Neighbour, ...], layout: SiteLayout, around: str, texts: Texts
) -> OtherPage:
    names = layout.names()
    proposed = _proposed(layout) if path == LOG else []

    def make(fetch: Fetch) -> LogPage:
        events = list(_logged(years, names, fetch))
        stories = ((version, fetch.excerpt(version.digest).story) for version in proposed)
        undated = [
            Undated(names[version.digest.association], Neighbour(story.title, version.path))
            for version, story in stories
            if not story.events
        ]
        return log_page(path, events, undated, others, layout.surroundings, texts)

    parts = (around, repr(names), repr(others), *_story_sums(years), str(len(proposed)), *map(_story_sum, proposed))
    return OtherPage(path, LogPage, parts, make)


def _proposed(layout: SiteLayout) -> list[Version]:
    """Return the proposals that await a decision, by förbund. One whose days aren't known is no event."""
    return [version for own in layout.by_association.values() for _, version in current_proposals(own)]


def feed_of_site(layout: SiteLayout, texts: Texts) -> OtherPage:
    """Return the site's feed. Only for a site whose address is known: feeds need absolute links."""
    names = layout.names()
    newest = sorted({year.year for year in layout.years}, reverse=True)[:YEARS_IN_FEED]
    years = [year for year in layout.years if year.year in newest]

    def make(fetch: Fetch) -> Feed:
        return site_feed(list(_logged(years, names, fetch)), layout.surroundings, texts)

    return OtherPage(FEED, Feed, (layout.identity(), *_story_sums(years)), make)


def feed_of_association(
    association: Association, years: Sequence[YearPlans], layout: SiteLayout, texts: Texts
) -> OtherPage:
    names = layout.names()

    def make(fetch: Fetch) -> Feed:
        return association_feed(association, list(_logged(years, names, fetch)), layout.surroundings, texts)

    parts = (layout.identity(), association.name, *_story_sums(years))
    return OtherPage(f"{association.id}/{FEED}", Feed, parts, make, owner=association.id)


def _story_sums(years: Sequence[YearPlans]) -> list[str]:
    return [_story_sum(version) for year in years for version in year.versions]


def _story_sum(version: Version) -> str:
    return f"{version.path}{version.digest.story_sum}"


def _logged(years: Sequence[YearPlans], names: Mapping[str, str], fetch: Fetch) -> Iterator[Logged]:
    """Yield the events of each plan, from all its versions, without duplicates."""
    for year in years:
        stories = [(version, fetch.excerpt(version.digest).story) for version in reversed(year.versions)]
        former = {_key(event) for version, story in stories if version is not year.proposal for event in story.events}
        seen = set()
        for version, story in stories:
            for event in story.events:
                if _key(event) not in seen:
                    seen.add(_key(event))
                    page = year.path if _key(event) in former else version.path
                    yield Logged(event, story, names[year.association], year.path, page)


def _key(event: PlanEvent) -> tuple[PartialDate, EventKind, int]:
    return event.day, event.kind, event.number
