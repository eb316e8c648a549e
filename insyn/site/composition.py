"""Which pages a site has, and what decides each. A page is composed only when something that it shows has changed."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from insyn.charts.chart import Chart
from insyn.disk.hashing import hash_of
from insyn.downloads.collected import COLLECTED_FILES
from insyn.downloads.fields import COMPARED, OVER_YEARS
from insyn.downloads.files import FileFacts, Origin
from insyn.model import Association, Licence, Plan, Settings, Status, TextPage
from insyn.money.comparison import COMPARABLE, Compilation, compare, compilation_of
from insyn.pages import about_figures, accessibility
from insyn.pages.about_figures import AboutFiguresPage, RemarksPage
from insyn.pages.about_plan import PlanAbout
from insyn.pages.accessibility import StatementPage
from insyn.pages.comparison_page import (
    COMPARISON,
    MOST_TABLES,
    ComparisonPage,
    ComparisonParts,
    comparison_chart,
    comparison_page,
    comparison_year_page,
    year_neighbour,
)
from insyn.pages.difference_page import DifferencePage
from insyn.pages.digest import PlanExcerpt, status_text, version_name
from insyn.pages.drawn import Drawn
from insyn.pages.files_for_programs import Other, PlainFile, Preview
from insyn.pages.frame import DATA, FEED, NOT_FOUND, SEARCH, Neighbour, Surroundings, picture_of
from insyn.pages.goals_page import GoalsPage, goals_neighbour, goals_page
from insyn.pages.history import VersionLine
from insyn.pages.log import LOG, Feed, Logged, LogPage, association_feed, log_page, site_feed
from insyn.pages.money_years import charts_over_years
from insyn.pages.other_pages import (
    ArticlePage,
    AssociationPage,
    AssociationParts,
    ListedPlan,
    NotFoundPage,
    StartPage,
    association_page,
    not_found_page,
    pointer_page,
    start_page,
    text_page,
)
from insyn.pages.plan_page import Offered, PlanPage, PlanParts, Standing, plan_page
from insyn.pages.pointer_page import PointerPage
from insyn.pages.search_page import SearchPage
from insyn.pages.server_files import ApacheFile, HeadersFile, NginxFile, ServerFile
from insyn.site.facts import PlanWork, SiteFacts
from insyn.texts import Texts
from insyn.versions.arrangement import Pointer, Shelf, Version, YearPlans, shelf_of
from insyn.versions.digest import PlanDigest
from insyn.vocabulary import LICENCE_ADDRESSES, LICENCE_NAMES

LONGEST_MENU = 8
"""More förbund than this don't fit in a menu; the start page lists them all."""
MANY_PLANS = 60
"""The log of so many plans stands on one page; beyond that, each year of plans has a page of its own."""
LATEST = 3
"""How many of the plans decided last the start page names."""
YEARS_IN_FEED = 3
"""The site's feed is made from plans of so many years, the latest."""

CURRENT_INDEX, OLDER_INDEXES = f"{SEARCH}nu/", (f"{SEARCH}aldre/0/", f"{SEARCH}aldre/1/")
"""Where what is searched lies: what is searched always, and what is searched when it is asked for, plans of even years
and of odd ones. They are made at the same time, and whoever asks for a year fetches one of them."""
INDEXES = (CURRENT_INDEX, *OLDER_INDEXES)
LASTING = tuple(f"{index}{kind}/" for index in INDEXES for kind in ("filter", "fragment", "index"))
"""Folders of an index whose files are named by what they hold."""
SERVER_FILES: Mapping[str, type[ServerFile]] = {
    "_headers": HeadersFile,
    "_server/apache.conf": ApacheFile,
    "_server/nginx.conf": NginxFile,
}
"""Files that tell a web server what to say with every answer. Netlify and Cloudflare Pages look for the first by its
name; the folder of the others begins with a sign that no förbund's address can have."""
SEARCHED = frozenset({AssociationPage, ArticlePage})
"""Pages that are searched besides the plans'."""


class Fetch(Struct, frozen=True):
    """Where a page gets what it shows."""

    aside: Callable[[PlanDigest], PlanExcerpt]
    """Returns what other pages show of a plan."""
    plan: Callable[[PlanDigest], Plan]
    """Returns a plan itself. Only what compares two versions needs it."""
    drawn: Callable[[Chart], Drawn]
    """Draws a chart, or fetches what was drawn before."""
    facts: Callable[[Sequence[str]], dict[str, FileFacts]]
    """Returns what is told of files that the page links to, by path."""


class OtherPage(Struct, frozen=True):
    """A page that isn't a plan's, or a file for programs. It is made only when its key says that it must be."""

    path: str
    """From the site's top: "", "hoglandet/", "404.html"."""
    kind: type[Other]
    parts: tuple[str, ...]
    """All that decides it besides template, code and `files`: hashes of what stands in plans, the rest as it is."""
    make: Callable[[Fetch], Other]
    files: tuple[str, ...] = ()
    """Files that it tells of or is made of, from the site's top. It is made after them."""
    owner: str = ""
    """The förbund that alone decides it, with what surrounds all plans: its own file and its plans."""


class SiteLayout(Struct, frozen=True, dict=True):
    """A site as it is composed: what surrounds the plans, and the plans in the order that the content has them."""

    site: SiteFacts
    surroundings: Surroundings
    years: tuple[YearPlans, ...]
    kept: frozenset[str] = frozenset()
    """The förbund that alone decide nothing that would be made otherwise than it was."""

    @cached_property
    def by_association(self) -> dict[str, list[YearPlans]]:
        """Return each förbund's years, the latest first."""
        found: dict[str, list[YearPlans]] = {}
        for year in sorted(self.years, key=lambda year: year.year, reverse=True):
            found.setdefault(year.association, []).append(year)
        return found

    @cached_property
    def around(self) -> str:
        """A hash of what all pages have in common."""
        return hash_of(repr(self.surroundings))

    @cached_property
    def sums(self) -> dict[str, str]:
        """A hash of what each förbund's file says, by its id. It decides many pages, and is written out once."""
        return {association.id: hash_of(repr(association)) for association in self.site.surround.associations}

    @cached_property
    def associations_sum(self) -> str:
        """A hash of what all förbund's files say."""
        return hash_of(*self.sums.values())

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
    comparison = COMPARISON if len(named) >= COMPARABLE else None
    compared = (comparison,) if comparison else ()
    in_menu = tuple(Neighbour(page.title, f"{page.id}/") for page in surround.pages if page.menu)
    pages = (Neighbour(page.title, f"{page.id}/") for page in surround.pages)
    own = Neighbour("Beslut och ändringar", LOG), Neighbour("Öppna data", DATA)
    footer = (*compared, *own, *pages, *_own_pages(settings))
    name, address = (settings.name, settings.address) if settings else ("", None)
    menu = (*menu, *compared, *in_menu, Neighbour("Sök", SEARCH))
    return Surroundings(name, address, menu, footer, comparison, licence_of(settings))


def _own_pages(settings: Settings | None) -> Iterator[Neighbour]:
    """Yield the pages about the site itself that every page leads to."""
    if settings:
        yield Neighbour(about_figures.TITLE, about_figures.PATH)
        if settings.statement:
            yield Neighbour(accessibility.TITLE, accessibility.PATH)


# --- A plan ---------------------------------------------------------------------------------------------------------


def compose_plan(
    work: PlanWork,
    association: Association,
    standing: Standing,
    offered: Offered,
    surroundings: Surroundings,
    texts: Texts,
) -> PlanPage:
    """Compose the page of a version of a plan."""
    parts = PlanParts(
        plan=work.plan,
        association=association,
        summary=work.aside.summary,
        story=work.aside.story,
        charts=work.charts,
        article=work.article,
        judgements=work.judgements,
        offered=offered,
    )
    return plan_page(parts, standing, surroundings, texts)


def origin_of(site: SiteFacts, version: Version, texts: Texts) -> Origin:
    """Return what the files beside a plan's page say of where they come from."""
    digest, settings = version.digest, site.surround.settings
    licence = licence_of(settings)
    named = f"{LICENCE_NAMES[licence]}, {LICENCE_ADDRESSES[licence]}" if licence else texts.say("no-licence")
    return Origin(
        version=version.name,
        path=version.path,
        site=settings.address if settings else None,
        status=status_text(digest.status, digest.day, texts),
        licence=named,
    )


def licence_of(settings: Settings | None) -> Licence | None:
    """Return how the data may be used, when someone has decided it."""
    return settings.licence if settings else None


def index_of(shelf: Shelf, year: int) -> str:
    """Return the index that a version of a plan for a year is found in."""
    return CURRENT_INDEX if shelf is Shelf.CURRENT else OLDER_INDEXES[year % len(OLDER_INDEXES)]


def indexes_of(plans: SiteLayout) -> Iterator[tuple[Version, str]]:
    """Yield every version of every plan with the index that it is found in."""
    latest = {association: _latest_decided(years) for association, years in plans.by_association.items()}
    for year in plans.years:
        for version in year.versions:
            yield version, index_of(shelf_of(version, year, latest[year.association]), year.year)


def standings_of(plans: SiteLayout, texts: Texts, but: Set[str] = frozenset()) -> Iterator[tuple[Version, Standing]]:
    """Yield every version of every plan, but those of some förbund, with where it stands among the others."""
    wanted = {association: years for association, years in plans.by_association.items() if association not in but}
    latest = {association: _latest_decided(years) for association, years in wanted.items()}
    around = {association: _years_around(years) for association, years in wanted.items()}
    for year in plans.years:
        if year.association in but:
            continue
        newest = latest[year.association]
        lines = tuple(_version_lines(year, texts)) if len(year.versions) > 1 else ()
        for version in year.versions:
            followed = year.after(version)
            before, after = around[year.association][year.year]
            yield (
                version,
                Standing(
                    path=version.path,
                    applying=year.path,
                    newer=newest if newest > year.year else None,
                    followed=followed.digest.came if followed else None,
                    versions=lines,
                    shelf=shelf_of(version, year, newest),
                    years=(before, after),
                ),
            )


def _years_around(years: Sequence[YearPlans]) -> dict[int, tuple[Neighbour | None, Neighbour | None]]:
    """Return, for each year of a förbund, its plans of the nearest years that there are plans for."""
    links = [Neighbour(str(year.year), year.path) for year in sorted(years, key=lambda year: year.year)]
    nearest = zip([None, *links[:-1]], links, [*links[1:], None], strict=True)
    return {int(own.text): (before, after) for before, own, after in nearest}


def _latest_decided(years: Sequence[YearPlans]) -> int:
    """Return the year of a förbund's latest decided plan, 0 when it has none."""
    return max((year.year for year in years if year.applying.digest.is_decided), default=0)


def _version_lines(year: YearPlans, texts: Texts) -> Iterator[VersionLine]:
    """Yield the versions of a year's plan, the latest first."""
    before = [None, *year.versions]
    for version, older in reversed(list(zip(year.versions, before, strict=False))):
        digest = version.digest
        changes = difference_path(year, older) if older else None
        yield VersionLine(version_name(digest, texts), version.path, version.applies, changes)


def difference_path(year: YearPlans, older: Version) -> str:
    """Return the address of what changed after a version. The older one is frozen, so the address stays the same."""
    return f"{year.path}andringar/{older.digest.version}/"


# --- Other pages ----------------------------------------------------------------------------------------------------


def compose_others(plans: SiteLayout, texts: Texts) -> Iterator[OtherPage]:
    """Yield every page that isn't a plan's. They are made from what was gathered aside, never from the plans."""
    surround, around = plans.site.surround, plans.around
    years = plans.by_association
    if surround.settings:
        yield _start(plans, years, around)
        yield from _about_the_site(surround.settings, plans, around, texts)
    for association in surround.associations:
        own = years.get(association.id, [])
        if association.id in plans.kept:
            yield from _kept_pages(association, own)
        else:
            yield from _association(association, own, plans, around, texts)
    yield from _comparisons(plans, years, around, texts)
    for text in surround.pages:
        yield _text(text, plans, around)
    parts = (around, plans.associations_sum)
    yield OtherPage(NOT_FOUND, NotFoundPage, parts, lambda _: not_found_page(surround.associations, plans.surroundings))
    yield _search(plans, years, around, texts)
    for path, kind in SERVER_FILES.items():
        yield _server_file(path, kind, plans.surroundings.address)
    for year in plans.years:
        for pointer in year.pointers:
            yield _pointer(pointer, year, plans, around, texts)
    for year in plans.years:
        yield from _differences(year, plans, around, texts)
    yield from _log(plans, around, texts)
    if plans.surroundings.address:
        yield _site_feed(plans, texts)
        for association in surround.associations:
            if association.id not in plans.kept:
                yield from _addressed(association, years.get(association.id, []), plans, texts)


def _start(plans: SiteLayout, years: Mapping[str, Sequence[YearPlans]], around: str) -> OtherPage:
    surround, names = plans.site.surround, {one.id: one.name for one in plans.site.surround.associations}
    current = {association: year for association, own in years.items() if (year := _current(own))}
    decided = _decided_last(plans, list(names))
    shown = [f"{year.path}{year.applying.digest.summary_sum}" for year in (*current.values(), *decided)]
    parts = (around, repr(surround.settings), plans.associations_sum, *shown)

    def make(fetch: Fetch) -> StartPage:
        assert surround.settings
        listed = {association: _listed(year.applying, fetch) for association, year in current.items()}
        latest = [(names[year.association], _listed(year.applying, fetch)) for year in decided]
        return start_page(surround.settings, surround.associations, listed, latest, plans.surroundings)

    return OtherPage("", StartPage, parts, make)


def _decided_last(plans: SiteLayout, order: Sequence[str]) -> list[YearPlans]:
    """Return the plans that were decided last. Those decided on the same day stand in the order of the förbund."""
    dated = [(year.applying.digest.day, year) for year in plans.years if year.applying.digest.is_decided]
    known = [(day, year) for day, year in dated if day]
    ordered = sorted(known, key=lambda one: (-one[0].toordinal(), order.index(one[1].association), -one[1].year))
    return [year for _, year in ordered[:LATEST]]


def _association(
    association: Association, years: Sequence[YearPlans], plans: SiteLayout, around: str, texts: Texts
) -> Iterator[OtherPage]:
    """Yield a förbund's page, and the one of its goals when there is something to follow."""
    article = dict(plans.site.articles)[association.place.file]
    applying = [year.applying.digest for year in reversed(years)]
    shown = [version for year in years for version in _shown(year)]
    current, has_goals = _current(years), _has_goals_page(applying)
    parts = (
        *(around, plans.sums[association.id], repr(article), current.path if current else "", str(has_goals)),
        *(f"{version.path}{version.digest.status.value}{version.digest.summary_sum}" for version in shown),
        *(digest.money_sum for digest in applying),
    )

    files = tuple(f"{association.id}/{DATA}{name}" for name in COLLECTED_FILES) if years else ()
    over_years = f"{association.id}/{DATA}{OVER_YEARS.file}"
    has_money = any(digest.has_money for digest in applying)

    def make(fetch: Fetch) -> AssociationPage:
        listed = {version.path: _listed(version, fetch) for version in shown}
        monies = [fetch.aside(digest).money for digest in applying]
        made = AssociationParts(
            association=association,
            plans=tuple(listed.values()),
            current=listed.get(current.path) if current else None,
            monies=monies,
            drawn=[fetch.drawn(chart) for chart in charts_over_years(monies, texts)],
            has_goals_page=has_goals,
            article=article,
            files=list(fetch.facts(files).values()),
            over_years=fetch.facts([over_years])[over_years] if has_money else None,
        )
        return association_page(made, plans.surroundings, texts)

    yield OtherPage(f"{association.id}/", AssociationPage, parts, make, files, association.id)
    if has_goals:
        yield _goals(association, applying, plans, around, texts)


def _kept_pages(association: Association, years: Sequence[YearPlans]) -> Iterator[OtherPage]:
    """Yield the pages of a förbund whose pages are kept: the map of the site lists them, and search finds them."""

    def make(_: Fetch) -> Other:
        raise RuntimeError(f"{association.id} was to be kept as it is")

    yield OtherPage(f"{association.id}/", AssociationPage, (), make, owner=association.id)
    if _has_goals_page([year.applying.digest for year in years]):
        yield OtherPage(goals_neighbour(association.id).path, GoalsPage, (), make, owner=association.id)


def _has_goals_page(applying: Sequence[PlanDigest]) -> bool:
    """Whether a förbund's goals can be followed: from plan to plan, or because one of them tells how they went."""
    return sum(digest.has_goals for digest in applying) > 1 or any(digest.has_followed for digest in applying)


def _goals(
    association: Association, applying: Sequence[PlanDigest], plans: SiteLayout, around: str, texts: Texts
) -> OtherPage:
    def make(fetch: Fetch) -> GoalsPage:
        return goals_page(association, [fetch.aside(one).goals for one in applying], plans.surroundings, texts)

    parts = (around, plans.sums[association.id], *(digest.goals_sum for digest in applying))
    return OtherPage(goals_neighbour(association.id).path, GoalsPage, parts, make, owner=association.id)


def _comparisons(
    plans: SiteLayout, years: Mapping[str, Sequence[YearPlans]], around: str, texts: Texts
) -> Iterator[OtherPage]:
    """Yield the page that compares the förbund, and one for each year that can be compared."""
    associations = plans.site.surround.associations
    compilation = compilation_of(associations, (year.applying.digest for year in plans.years))
    if compilation is None:
        return
    told = frozenset(one.association for one in plans.years if one.applying.digest.has_money)
    around = hash_of(around, plans.associations_sum, repr(compilation), *sorted(told))
    own: dict[int, dict[str, PlanDigest]] = {}
    for one in plans.years:
        own.setdefault(one.year, {})[one.association] = one.applying.digest
    for year in compilation.years:
        shown = _Compared(year, own[year], {}, told, compilation)
        yield _side_by_side(shown, plans)
        yield _comparison(year_neighbour(year).path, shown, plans, around, texts)
        if year == compilation.choice.year:
            few = len(associations) <= MOST_TABLES
            others = {id: [one.applying.digest for one in reversed(found)] for id, found in years.items() if few}
            yield _comparison(COMPARISON.path, replace(shown, others=others), plans, around, texts)


class _Compared(Struct, frozen=True):
    """What a page that compares a year is made from."""

    year: int
    own: Mapping[str, PlanDigest]
    """The plans for the year, by förbund."""
    others: Mapping[str, Sequence[PlanDigest]]
    """All plans by förbund, where the page shows them too."""
    told: frozenset[str]
    """The förbund whose own pages show their money over the years."""
    compilation: Compilation


def _side_by_side(shown: _Compared, plans: SiteLayout) -> OtherPage:
    """Make the file with the figures of a year's comparison."""
    associations = plans.site.surround.associations

    def make(fetch: Fetch) -> PlainFile:
        from insyn.downloads.series import side_by_side

        monies = {id: fetch.aside(digest).money for id, digest in shown.own.items()}
        return PlainFile(side_by_side(compare(associations, monies, shown.compilation.latest, shown.year)))

    parts = (plans.associations_sum, *(digest.money_sum for digest in shown.own.values()))
    return OtherPage(_figures_of(shown.year), PlainFile, parts, make)


def _figures_of(year: int) -> str:
    return f"{year_neighbour(year).path}{COMPARED.file}"


def _comparison(path: str, shown: _Compared, plans: SiteLayout, around: str, texts: Texts) -> OtherPage:
    """Make a page that compares a year. `around` holds what all such pages have in common."""
    associations = plans.site.surround.associations
    parts = (
        around,
        *(digest.money_sum for digest in shown.own.values()),
        *(digest.money_sum for digests in shown.others.values() for digest in digests),
    )

    file = _figures_of(shown.year)

    def make(fetch: Fetch) -> ComparisonPage:
        monies = {id: fetch.aside(digest).money for id, digest in shown.own.items()}
        comparison = compare(associations, monies, shown.compilation.latest, shown.year)
        chart = comparison_chart(comparison, texts)
        found = {id: [fetch.aside(one).money for one in digests] for id, digests in shown.others.items()}
        drawn = fetch.drawn(chart) if chart else None
        facts = fetch.facts([file])[file]
        made = ComparisonParts(associations, found, shown.told, shown.compilation, comparison, drawn, facts)
        compose = comparison_page if path == COMPARISON.path else comparison_year_page
        return compose(made, plans.surroundings, texts)

    return OtherPage(path, ComparisonPage, parts, make, (file,))


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


def _listed(version: Version, fetch: Fetch) -> ListedPlan:
    digest = version.digest
    return ListedPlan(version.path, digest.year, digest.status, fetch.aside(digest).summary)


def _text(text: TextPage, plans: SiteLayout, around: str) -> OtherPage:
    article = dict(plans.site.articles)[text.place.file]
    parts = (around, repr(text), repr(article))
    return OtherPage(f"{text.id}/", ArticlePage, parts, lambda _: text_page(text, article, plans.surroundings))


def _search(plans: SiteLayout, years: Mapping[str, Sequence[YearPlans]], around: str, texts: Texts) -> OtherPage:
    associations = plans.site.surround.associations
    listed = {
        association: [(year.path, year.year, year.applying.digest.status) for year in own]
        for association, own in years.items()
    }
    older = tuple(sorted({part for own in years.values() for part in _older_parts(own)}))

    def make(_: Fetch) -> SearchPage:
        from insyn.pages.search_page import SearchedPlan, search_page  # seldom made anew

        searched = {association: [SearchedPlan(*plan) for plan in own] for association, own in listed.items()}
        return search_page(associations, searched, older, plans.surroundings, texts)

    return OtherPage(SEARCH, SearchPage, (around, plans.associations_sum, repr(listed), repr(older)), make)


def _server_file(path: str, kind: type[ServerFile], address: str | None) -> OtherPage:
    def make(_: Fetch) -> ServerFile:
        from insyn.pages.server_files import server_file  # seldom made anew

        return server_file(kind, address, LASTING)

    return OtherPage(path, kind, (repr(address),), make)


def _older_parts(years: Sequence[YearPlans]) -> Iterator[int]:
    """Yield the number of each index of older plans that some version is found in."""
    newest = _latest_decided(years)
    for year in years:
        for version in year.versions:
            index = index_of(shelf_of(version, year, newest), year.year)
            if index != CURRENT_INDEX:
                yield OLDER_INDEXES.index(index)


def _pointer(pointer: Pointer, year: YearPlans, plans: SiteLayout, around: str, texts: Texts) -> OtherPage:
    digest = year.applying.digest

    def make(fetch: Fetch) -> PointerPage:
        return pointer_page(pointer, fetch.aside(digest).story.title, year.path, plans.surroundings, texts)

    return OtherPage(pointer.path, PointerPage, (around, repr(pointer), digest.story_sum), make)


def _addressed(
    association: Association, years: Sequence[YearPlans], plans: SiteLayout, texts: Texts
) -> Iterator[OtherPage]:
    """Yield what a förbund has only on a site that knows its address."""
    for year in years:
        yield _preview(year, association.name, plans.surroundings.site_name)
    yield _association_feed(association, years, plans, texts)


def _preview(year: YearPlans, name: str, site: str) -> OtherPage:
    """Make the picture of what applies for a year, for where links to it are shared. `name` is the förbund's."""
    digest = year.applying.digest

    def make(fetch: Fetch) -> Preview:
        summary = fetch.aside(digest).summary
        return Preview(site, summary.title, name, summary.status_text)

    return OtherPage(picture_of(year.path), Preview, (site, name, digest.summary_sum), make, owner=year.association)


# --- Log and feeds --------------------------------------------------------------------------------------------------


def _about_the_site(settings: Settings, plans: SiteLayout, around: str, texts: Texts) -> Iterator[OtherPage]:
    """Yield the pages about the site itself: about its figures, and about its accessibility."""
    associations, surroundings = plans.site.surround.associations, plans.surroundings
    told = [year.applying.digest for year in plans.years if year.applying.digest.has_about]
    parts = (around, plans.associations_sum, *(digest.about_sum for digest in told))

    def abouts(fetch: Fetch) -> list[PlanAbout]:
        return [about for digest in told if (about := fetch.aside(digest).about)]

    def make(fetch: Fetch) -> AboutFiguresPage:
        return about_figures.about_figures_page(associations, abouts(fetch), surroundings, texts)

    yield OtherPage(about_figures.PATH, AboutFiguresPage, parts, make)
    remarks = Counter({digest.association: 0 for digest in told})
    for digest in told:
        remarks[digest.association] += digest.remarks
    apart = about_figures.stand_apart(remarks)
    for association in associations:
        if remarks[association.id]:
            own = [one for one in told if one.association == association.id]
            yield (_remarks if apart else _no_remarks)(association, own, plans, around, texts)
    if settings.statement:
        statement = settings.statement

        def make_statement(_: Fetch) -> StatementPage:
            return accessibility.statement_page(statement, settings, surroundings, texts)

        yield OtherPage(accessibility.PATH, StatementPage, (around, repr(settings)), make_statement)


def _remarks(
    association: Association, told: Sequence[PlanDigest], plans: SiteLayout, around: str, texts: Texts
) -> OtherPage:
    def make(fetch: Fetch) -> RemarksPage:
        abouts = [about for digest in told if (about := fetch.aside(digest).about)]
        return about_figures.remarks_page(association, abouts, plans.surroundings, texts)

    parts = (around, plans.sums[association.id], *(digest.about_sum for digest in told))
    return OtherPage(about_figures.path_of(association), RemarksPage, parts, make)


def _no_remarks(
    association: Association, _told: Sequence[PlanDigest], plans: SiteLayout, around: str, texts: Texts
) -> OtherPage:
    """Stand in for a förbund's page of remarks, which stand on the page for all."""

    def make(_: Fetch) -> PointerPage:
        return about_figures.pointer_to_remarks(association, plans.surroundings, texts)

    return OtherPage(about_figures.path_of(association), PointerPage, (around, association.name), make)


def _differences(year: YearPlans, plans: SiteLayout, around: str, texts: Texts) -> Iterator[OtherPage]:
    """Yield a page for each version of a year's plan that another followed: what that one changed."""
    for older, newer in pairwise(year.versions):
        yield _difference(year, older, newer, plans, around, texts)


def _difference(
    year: YearPlans, older: Version, newer: Version, plans: SiteLayout, around: str, texts: Texts
) -> OtherPage:
    association = next(one for one in plans.site.surround.associations if one.id == year.association)
    paths = difference_path(year, older), older.path, newer.path
    names = version_name(older.digest, texts), version_name(newer.digest, texts)

    def make(fetch: Fetch) -> DifferencePage:
        from insyn.differences import compare  # seldom needed, and much to import
        from insyn.pages.difference_page import DifferencePaths, difference_page

        found = compare(fetch.plan(older.digest), fetch.plan(newer.digest))
        return difference_page(*names, found, association, plans.surroundings, DifferencePaths(*paths), texts)

    parts = (around, plans.sums[association.id], *paths, *names, older.digest.contents, newer.digest.contents)
    return OtherPage(paths[0], DifferencePage, parts, make)


def _log(plans: SiteLayout, around: str, texts: Texts) -> Iterator[OtherPage]:
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
    path: str, years: Sequence[YearPlans], others: tuple[Neighbour, ...], plans: SiteLayout, around: str, texts: Texts
) -> OtherPage:
    names = plans.names()

    def make(fetch: Fetch) -> LogPage:
        return log_page(path, list(_logged(years, names, fetch)), others, plans.surroundings, texts)

    return OtherPage(path, LogPage, (around, repr(names), repr(others), *_story_sums(years)), make)


def _site_feed(plans: SiteLayout, texts: Texts) -> OtherPage:
    """Make the site's feed. A feed needs addresses that begin with the site's own."""
    names = plans.names()
    newest = sorted({year.year for year in plans.years}, reverse=True)[:YEARS_IN_FEED]
    years = [year for year in plans.years if year.year in newest]

    def make(fetch: Fetch) -> Feed:
        return site_feed(list(_logged(years, names, fetch)), plans.surroundings, texts)

    return OtherPage(FEED, Feed, (plans.identity(), *_story_sums(years)), make)


def _association_feed(
    association: Association, years: Sequence[YearPlans], plans: SiteLayout, texts: Texts
) -> OtherPage:
    names = plans.names()

    def make(fetch: Fetch) -> Feed:
        return association_feed(association, list(_logged(years, names, fetch)), plans.surroundings, texts)

    parts = (plans.identity(), association.name, *_story_sums(years))
    return OtherPage(f"{association.id}/{FEED}", Feed, parts, make, owner=association.id)


def _story_sums(years: Sequence[YearPlans]) -> list[str]:
    return [f"{version.path}{version.digest.story_sum}" for year in years for version in year.versions]


def _logged(years: Sequence[YearPlans], names: Mapping[str, str], fetch: Fetch) -> Iterator[Logged]:
    """Yield what has happened to each plan, as its versions tell it; what two of them tell is told once."""
    for year in years:
        seen = set()
        for version in reversed(year.versions):
            story = fetch.aside(version.digest).story
            for event in story.events:
                if (event.day, event.kind) not in seen:
                    seen.add((event.day, event.kind))
                    yield Logged(event, story, names[year.association], year.path)
