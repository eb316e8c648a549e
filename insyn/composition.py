"""Which pages a site has, and what decides each. A page is composed only when something that it shows has changed."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from insyn.downloads.files import FileFacts, Origin
from insyn.downloads.plan_files import COLLECTED_FILES
from insyn.examination import PlanWork, SiteFacts
from insyn.model import Association, Licence, Status, TextPage
from insyn.pages.digest import PlanAside, PlanDigest, status_text
from insyn.pages.frame import DATA, FEED, NOT_FOUND, Neighbour, Surroundings
from insyn.pages.history import VersionLine
from insyn.pages.log import LOG, Logged, association_feed, log_page, site_feed
from insyn.pages.other_pages import ListedPlan, association_page, not_found_page, pointer_page, start_page, text_page
from insyn.pages.plan_page import Drawing, PlanParts, Standing, plan_page
from insyn.pages.views import (
    ArticlePage,
    AssociationPage,
    Document,
    Feed,
    LogPage,
    Machine,
    NotFoundPage,
    Page,
    PlanPage,
    PointerPage,
    StartPage,
)
from insyn.texts import Texts
from insyn.versions import Pointer, Version, YearPlans
from insyn.vocabulary import LICENCE_ADDRESSES, LICENCE_NAMES

LONGEST_MENU = 8
"""More förbund than this don't fit in a menu; the start page lists them all."""
MANY_PLANS = 60
"""The log of so many plans stands on one page; beyond that, each year of plans has a page of its own."""
YEARS_IN_FEED = 3
"""The site's feed is made from plans of so many years, the latest."""

AsideOf = Callable[[PlanDigest], PlanAside]
"""Fetches what other pages show of a plan."""


class OtherPage(Struct, frozen=True):
    """A page that isn't a plan's. It is made only when its key says that it must be."""

    path: str
    """From the site's top: "", "hoglandet/", "404.html"."""
    kind: type[Page | Machine]
    parts: tuple[str, ...]
    """All that decides it besides template and code: hashes of what stands in plans, the rest as it is."""
    make: Callable[[AsideOf], Page | Machine]


class LinkingPage(Struct, frozen=True):
    """A page, or a file for programs, that tells of files: it is made after them."""

    path: str
    kind: type[Page | Machine | Document]
    parts: tuple[str, ...]
    """All that decides it besides template, code and the files."""
    files: tuple[str, ...]
    """From the site's top."""
    make: Callable[[AsideOf, Mapping[str, FileFacts]], Page | Machine | Document]


class SitePlan(Struct, frozen=True):
    """A site as it is composed: what surrounds the plans, and the plans in the order that the content has them."""

    site: SiteFacts
    surroundings: Surroundings
    years: tuple[YearPlans, ...]

    def by_association(self) -> dict[str, list[YearPlans]]:
        """Return each förbund's years, the latest first."""
        found: dict[str, list[YearPlans]] = {}
        for year in sorted(self.years, key=lambda year: year.year, reverse=True):
            found.setdefault(year.association, []).append(year)
        return found

    def names(self) -> dict[str, str]:
        """Return the förbund's short names by their id."""
        return {association.id: association.short_name for association in self.site.surround.associations}

    def identity(self) -> str:
        """Return what a feed says of the site."""
        return repr((self.surroundings.site_name, self.surroundings.address, self.names()))


def surroundings_of(site: SiteFacts) -> Surroundings:
    """Return what all pages of the site have in common."""
    surround = site.surround
    settings = surround.settings
    named = tuple(Neighbour(association.short_name, f"{association.id}/") for association in surround.associations)
    menu = named if len(named) <= LONGEST_MENU else (Neighbour("Alla förbund", ""),)
    in_menu = tuple(Neighbour(page.title, f"{page.id}/") for page in surround.pages if page.menu)
    footer = (
        Neighbour("Beslut och ändringar", LOG),
        Neighbour("Öppna data", DATA),
        *(Neighbour(page.title, f"{page.id}/") for page in surround.pages),
    )
    if settings is None:
        return Surroundings("", None, (*menu, *in_menu), footer, Licence.CC0)
    return Surroundings(settings.name, settings.address, (*menu, *in_menu), footer, settings.licence)


# --- A plan ---------------------------------------------------------------------------------------------------------


def compose_plan(
    work: PlanWork,
    association: Association,
    standing: Standing,
    drawings: Mapping[str, Drawing],
    files: Mapping[str, FileFacts],
    surroundings: Surroundings,
    texts: Texts,
) -> PlanPage:
    """Compose the page of a version of a plan. `files` are those beside it, by name."""
    aside = work.aside
    parts = PlanParts(work.plan, association, aside.summary, aside.story, work.charts, drawings, work.article, files)
    return plan_page(parts, standing, surroundings, texts)


def origin_of(plans: SitePlan, version: Version, texts: Texts) -> Origin:
    """Return what the files beside a plan's page say of where they come from."""
    digest, surroundings = version.digest, plans.surroundings
    licence = f"{LICENCE_NAMES[surroundings.licence]}, {LICENCE_ADDRESSES[surroundings.licence]}"
    return Origin(
        version.name, version.path, surroundings.address, status_text(digest.status, digest.day, texts), licence
    )


def standings_of(plans: SitePlan, texts: Texts) -> Iterator[tuple[Version, Standing]]:
    """Yield every version of every plan with where it stands among the others."""
    latest = {association: _latest_decided(years) for association, years in plans.by_association().items()}
    for year in plans.years:
        newest = latest[year.association]
        lines = tuple(_version_lines(year, texts)) if len(year.versions) > 1 else ()
        for version in year.versions:
            followed = year.after(version)
            yield (
                version,
                Standing(
                    path=version.path,
                    applying=year.path,
                    newer=newest if newest > year.year else None,
                    followed=followed.digest.day if followed else None,
                    versions=lines,
                ),
            )


def _latest_decided(years: Sequence[YearPlans]) -> int:
    """Return the year of a förbund's latest decided plan, 0 when it has none."""
    return max((year.year for year in years if year.applying.digest.is_decided), default=0)


def _version_lines(year: YearPlans, texts: Texts) -> Iterator[VersionLine]:
    """Yield the versions of a year's plan, the latest first."""
    before = [None, *year.versions]
    for version, older in reversed(list(zip(year.versions, before, strict=False))):
        digest = version.digest
        changes = difference_path(year, older) if older else None
        yield VersionLine(status_text(digest.status, digest.day, texts), version.path, version.applies, changes)


def difference_path(year: YearPlans, older: Version) -> str:
    """Return the address of what changed after a version. The older one is frozen, so the address stays the same."""
    return f"{year.path}andringar/{older.path.removeprefix(year.path).rstrip('/') or 'nu'}/"


# --- Other pages ----------------------------------------------------------------------------------------------------


def compose_others(plans: SitePlan, texts: Texts) -> Iterator[OtherPage | LinkingPage]:
    """Yield every page that isn't a plan's. They are made from what was gathered aside, never from the plans."""
    surround, around = plans.site.surround, repr(plans.surroundings)
    years = plans.by_association()
    if surround.settings:
        yield _start(plans, years, around)
    for association in surround.associations:
        yield _association(association, years.get(association.id, []), plans, around, texts)
    for text in surround.pages:
        yield _text(text, plans, around)
    parts = (around, repr(surround.associations))
    yield OtherPage(NOT_FOUND, NotFoundPage, parts, lambda _: not_found_page(surround.associations, plans.surroundings))
    for year in plans.years:
        for pointer in year.pointers:
            yield _pointer(pointer, year, plans, around, texts)
    yield from _log(plans, around, texts)
    if plans.surroundings.address:
        yield _site_feed(plans, texts)
        for association in surround.associations:
            yield _association_feed(association, years.get(association.id, []), plans, texts)


def _start(plans: SitePlan, years: Mapping[str, Sequence[YearPlans]], around: str) -> OtherPage:
    surround = plans.site.surround
    current = {association: year for association, own in years.items() if (year := _current(own))}
    shown = [f"{year.path}{year.applying.digest.summary_sum}" for year in current.values()]
    parts = (around, repr(surround.settings), repr(surround.associations), *shown)

    def make(aside_of: AsideOf) -> StartPage:
        assert surround.settings
        listed = {association: _listed(year.applying, aside_of) for association, year in current.items()}
        return start_page(surround.settings, surround.associations, listed, plans.surroundings)

    return OtherPage("", StartPage, parts, make)


def _association(
    association: Association, years: Sequence[YearPlans], plans: SitePlan, around: str, texts: Texts
) -> LinkingPage:
    article = dict(plans.site.articles)[association.place.file]
    shown = [version for year in years for version in _shown(year)]
    current = _current(years)
    parts = (
        *(around, repr(association), repr(article), current.path if current else ""),
        *(f"{version.path}{version.digest.status.value}{version.digest.summary_sum}" for version in shown),
    )

    files = tuple(f"{association.id}/{DATA}{name}" for name in COLLECTED_FILES) if years else ()

    def make(aside_of: AsideOf, facts: Mapping[str, FileFacts]) -> AssociationPage:
        listed = {version.path: _listed(version, aside_of) for version in shown}
        now = listed.get(current.path) if current else None
        told = tuple(facts[file] for file in files)
        return association_page(association, tuple(listed.values()), now, article, told, plans.surroundings, texts)

    return LinkingPage(f"{association.id}/", AssociationPage, parts, files, make)


def _current(years: Sequence[YearPlans]) -> YearPlans | None:
    """Return the year whose plan applies: the latest decided, else the latest proposed, else the latest."""
    decided = [year for year in years if year.applying.digest.is_decided]
    proposed = [year for year in years if year.applying.digest.status is Status.PROPOSAL]
    return max(decided or proposed or years, key=lambda year: year.year, default=None)


def _shown(year: YearPlans) -> Iterator[Version]:
    """Yield what a förbund's page lists of a year: a proposal to change what applies, and what applies."""
    latest = year.versions[-1]
    if not latest.applies and latest.digest.status is Status.PROPOSAL:
        yield latest
    yield year.applying


def _listed(version: Version, aside_of: AsideOf) -> ListedPlan:
    digest = version.digest
    return ListedPlan(version.path, digest.year, digest.status, aside_of(digest).summary)


def _text(text: TextPage, plans: SitePlan, around: str) -> OtherPage:
    article = dict(plans.site.articles)[text.place.file]
    parts = (around, repr(text), repr(article))
    return OtherPage(f"{text.id}/", ArticlePage, parts, lambda _: text_page(text, article, plans.surroundings))


def _pointer(pointer: Pointer, year: YearPlans, plans: SitePlan, around: str, texts: Texts) -> OtherPage:
    digest = year.applying.digest

    def make(aside_of: AsideOf) -> PointerPage:
        return pointer_page(pointer, aside_of(digest).story.title, year.path, plans.surroundings, texts)

    return OtherPage(pointer.path, PointerPage, (around, repr(pointer), digest.story_sum), make)


# --- Log and feeds --------------------------------------------------------------------------------------------------


def _log(plans: SitePlan, around: str, texts: Texts) -> Iterator[OtherPage]:
    """Yield the log of the whole site; of a large one, a page for each year of plans."""
    numbers = sorted({year.year for year in plans.years}, reverse=True)
    pages = {LOG: numbers}
    if len(plans.years) > MANY_PLANS:
        pages = {LOG: numbers[:1]} | {f"{LOG}{number}/": [number] for number in numbers[1:]}
    others = tuple(Neighbour(f"Planer för {own[0]}", path) for path, own in pages.items() if len(pages) > 1)
    for path, shown in pages.items():
        years = [year for year in plans.years if year.year in shown]
        yield _log_page(path, years, others, plans, around, texts)


def _log_page(
    path: str, years: Sequence[YearPlans], others: tuple[Neighbour, ...], plans: SitePlan, around: str, texts: Texts
) -> OtherPage:
    names = plans.names()

    def make(aside_of: AsideOf) -> LogPage:
        return log_page(path, list(_logged(years, names, aside_of)), others, plans.surroundings, texts)

    return OtherPage(path, LogPage, (around, repr(names), repr(others), *_story_sums(years)), make)


def _site_feed(plans: SitePlan, texts: Texts) -> OtherPage:
    """Make the site's feed. A feed needs addresses that begin with the site's own."""
    names = plans.names()
    newest = sorted({year.year for year in plans.years}, reverse=True)[:YEARS_IN_FEED]
    years = [year for year in plans.years if year.year in newest]

    def make(aside_of: AsideOf) -> Feed:
        return site_feed(list(_logged(years, names, aside_of)), plans.surroundings, texts)

    return OtherPage(FEED, Feed, (plans.identity(), *_story_sums(years)), make)


def _association_feed(association: Association, years: Sequence[YearPlans], plans: SitePlan, texts: Texts) -> OtherPage:
    names = plans.names()

    def make(aside_of: AsideOf) -> Feed:
        return association_feed(association, list(_logged(years, names, aside_of)), plans.surroundings, texts)

    parts = (plans.identity(), association.name, *_story_sums(years))
    return OtherPage(f"{association.id}/{FEED}", Feed, parts, make)


def _story_sums(years: Sequence[YearPlans]) -> list[str]:
    return [f"{version.path}{version.digest.story_sum}" for year in years for version in year.versions]


def _logged(years: Sequence[YearPlans], names: Mapping[str, str], aside_of: AsideOf) -> Iterator[Logged]:
    """Yield what has happened to each plan, as its versions tell it; what two of them tell is told once."""
    for year in years:
        seen = set()
        for version in reversed(year.versions):
            story = aside_of(version.digest).story
            for event in story.events:
                if (event.day, event.kind) not in seen:
                    seen.add((event.day, event.kind))
                    yield Logged(event, story, names[year.association], year.path)
