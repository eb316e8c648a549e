"""The open data files and their dependencies: tables, metadata, the page about them, sitemap and robots.txt.

A förbund's tables consist of rows in its plans' excerpts; the site's tables are the förbund's, concatenated. So one
changed amount rewrites one förbund's tables and joins the site's again, and no plan is read.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from insyn.downloads.collected import CATALOGUE, COLLECTED_FILES, EXCEL, FRONT_MATTER, METADATA, PACKAGE, DataOf
from insyn.downloads.fields import (
    BUDGET,
    COLLECTED,
    COMPARED,
    DEVIATIONS,
    EQUITY,
    EXCEL_BUDGET,
    NO,
    OVER_YEARS,
    PARTS,
    PLANS,
    YES,
    TableKind,
)
from insyn.downloads.plan_files import SCHEMA_FOLDER
from insyn.downloads.separated import separated, with_semicolons
from insyn.downloads.tidy import following
from insyn.model import Association, Status
from insyn.pages.about_figures import AboutFiguresPage, RemarksPage
from insyn.pages.accessibility import StatementPage
from insyn.pages.article_page import ArticlePage
from insyn.pages.association_page import AssociationPage
from insyn.pages.catalogue import Catalogue
from insyn.pages.comparison_page import ComparisonPage
from insyn.pages.data_page import DataPage
from insyn.pages.excerpt import PlanExcerpt
from insyn.pages.frame import DATA, Surroundings
from insyn.pages.goals_page import GoalsPage
from insyn.pages.log import LogPage
from insyn.pages.other_files import JoinedFile, PlainFile, SiteMap
from insyn.pages.search_page import SearchPage
from insyn.pages.start_page import StartPage
from insyn.pages.summary_page import EasyPage, SummaryPage
from insyn.site.layout import Fetch, OtherPage, SiteLayout
from insyn.texts import Texts
from insyn.versions.arrangement import Version, YearPlans, current_proposals
from insyn.vocabulary import status_word

if TYPE_CHECKING:
    from insyn.downloads.descriptions import Tables

SITE_MAP, ROBOTS = "sitemap.xml", "robots.txt"
LISTED = frozenset(
    {
        *(StartPage, AssociationPage, ArticlePage, LogPage, DataPage, ComparisonPage, GoalsPage),
        *(AboutFiguresPage, RemarksPage, StatementPage, SearchPage, SummaryPage, EasyPage),
    }
)
"""The kinds of pages that the sitemap lists besides plans."""


class AssociationVersions(Struct, frozen=True):
    """A förbund's versions, the earliest first."""

    association: Association
    placed: tuple[tuple[YearPlans, Version], ...]

    @property
    def folder(self) -> str:
        return f"{self.association.id}/{DATA}"

    def table(self, name: str, parts: tuple[str, ...], make: Callable[[Fetch], str]) -> OtherPage:
        """Return a table of these versions. `parts` are its dependencies."""
        path = f"{self.folder}{name}"

        def encoded(fetch: Fetch) -> PlainFile:
            return PlainFile(make(fetch).encode())

        return OtherPage(path, PlainFile, (path, *parts), encoded, owner=self.association.id)

    def scope(self) -> DataOf:
        digests = [version.digest for _, version in self.placed]
        first, last = min(one.first_year for one in digests), max(one.last_year for one in digests)
        modified = max((one.came for one in digests if one.came), default=None)
        return DataOf(self.association, first, last, modified, any(one.retold for one in digests))


def compose_data(layout: SiteLayout, pages: Sequence[OtherPage], texts: Texts) -> Iterator[OtherPage]:
    """Yield every open data file. `pages` are the site's other pages, for the sitemap."""
    years = layout.by_association
    populated = [
        AssociationVersions(
            one, tuple((year, version) for year in reversed(years[one.id]) for version in year.versions)
        )
        for one in layout.site.surround.associations
        if years.get(one.id)
    ]
    scopes = [one.scope() for one in populated]
    for versions, own in zip(populated, scopes, strict=True):
        if versions.association.id in layout.reused:
            continue
        yield from _tables(versions, layout.surroundings.address or "")
        yield _over_years(versions)
        yield from _descriptions(own, versions.folder, COLLECTED, layout, texts)
    whole = []
    if populated:
        compared = tuple(page.path for page in pages if page.path.endswith(f"/{COMPARED.file}"))
        whole = list(_site_files([versions.folder for versions in populated], scopes, compared, layout, texts))
        yield from whole
    yield from _crawler_files(layout, [*pages, *whole])


# --- Tables ---------------------------------------------------------------------------------------------------------


def _tables(versions: AssociationVersions, site: str) -> Iterator[OtherPage]:
    """Yield a förbund's tables. Each depends on hashes of its rows in every version, and on the versions' names."""

    def rows(kind: TableKind, text_of: Callable[[PlanExcerpt], str]) -> Callable[[Fetch], str]:
        return lambda fetch: separated([kind.names]) + "".join(_rows(versions, text_of, fetch))

    def excel(fetch: Fetch) -> str:
        """Return the budget for Swedish Excel, with the column `aktuell`: its readers can't join the table of plans."""
        names = separated([EXCEL_BUDGET.names])
        return with_semicolons(names + "".join(_rows(versions, _budget_rows, fetch, says_current=True)))

    def plans_table(fetch: Fetch) -> str:
        return separated([PLANS.names, *_plan_rows(versions, site, fetch)])

    digests = [version.digest for _, version in versions.placed]
    names = (versions.association.id, *(f"{version.path} {version.name}" for _, version in versions.placed))
    described = [f"{one.status.value} {one.day} {one.unit} {one.story_sum}" for one in digests]
    budget_sums = [one.budget_sum for one in digests]
    yield versions.table(BUDGET.file, (*names, *budget_sums), rows(BUDGET, _budget_rows))
    yield versions.table(EXCEL, (*names, *budget_sums), excel)
    for kind, text_of, sums in (
        (EQUITY, _equity_rows, [one.equity_sum for one in digests]),
        (PARTS, _part_rows, [one.parts_sum for one in digests]),
        (DEVIATIONS, _deviation_rows, [one.deviations_sum for one in digests]),
    ):
        yield versions.table(kind.file, (*names, *sums), rows(kind, text_of))
    yield versions.table(PLANS.file, (*names, site, versions.association.name, *described), plans_table)


def _budget_rows(excerpt: PlanExcerpt) -> str:
    return excerpt.budget_rows


def _equity_rows(excerpt: PlanExcerpt) -> str:
    return excerpt.equity_rows


def _part_rows(excerpt: PlanExcerpt) -> str:
    return excerpt.part_rows


def _deviation_rows(excerpt: PlanExcerpt) -> str:
    return excerpt.deviation_rows


def _rows(
    versions: AssociationVersions, text_of: Callable[[PlanExcerpt], str], fetch: Fetch, *, says_current: bool = False
) -> Iterator[str]:
    """Yield each version's rows, with a last cell for whether it applies if `says_current`."""
    for year, version in versions.placed:
        last = (YES if version.applies else NO) if says_current else ""
        first = (versions.association.id, str(year.year), version.name)
        yield following(text_of(fetch.excerpt(version.digest)), *first, last=last)


def _plan_rows(versions: AssociationVersions, site: str, fetch: Fetch) -> Iterator[tuple[str | int, ...]]:
    """Yield a row of the table of plans for each version."""
    for year, version in versions.placed:
        digest, association = version.digest, versions.association
        yield (
            *(association.id, year.year, version.name, association.name, fetch.excerpt(digest).story.title),
            *(YES if version.applies else NO, status_word(digest.status)),
            *(digest.day.isoformat() if digest.day else "", digest.unit, f"{site}{version.path}"),
        )


def _over_years(versions: AssociationVersions) -> OtherPage:
    """Return the table of a förbund's money over the years."""
    applying = [version.digest for _, version in versions.placed if version.applies]

    def make(fetch: Fetch) -> PlainFile:
        from insyn.downloads.series import over_years
        from insyn.money.years import points_of, proposed_points

        monies = [fetch.excerpt(digest).money for digest in applying]
        points = sorted((*points_of(monies), *proposed_points(monies)), key=lambda one: (one.year, -one.kind.value))
        return PlainFile(over_years(versions.association.id, points))

    sums = [digest.money_sum for digest in applying]
    path, id = f"{versions.folder}{OVER_YEARS.file}", versions.association.id
    return OtherPage(path, PlainFile, (id, *sums), make, owner=id)


def _site_files(
    folders: Sequence[str], scopes: Sequence[DataOf], compared: tuple[str, ...], layout: SiteLayout, texts: Texts
) -> Iterator[OtherPage]:
    """Yield the whole site's tables, their metadata and the page about them.

    `compared` are the comparisons' CSV files, latest year first.
    """
    for name in COLLECTED_FILES:
        yield _joined(f"{DATA}{name}", tuple(f"{folder}{name}" for folder in folders))
    if compared:
        yield _joined(f"{DATA}{COMPARED.file}", compared)
    days = [one.modified for one in scopes if one.modified]
    whole = DataOf(
        association=None,
        first_year=min(one.first_year for one in scopes),
        last_year=max(one.last_year for one in scopes),
        modified=max(days, default=None),
        retold=any(one.retold for one in scopes),
    )
    yield from _descriptions(whole, DATA, (*COLLECTED, COMPARED) if compared else COLLECTED, layout, texts)
    files = tuple(f"{folder}{name}" for folder in (DATA, *folders) for name in COLLECTED_FILES)
    files += (f"{DATA}{COMPARED.file}",) if compared else ()
    settings, surroundings = layout.site.surround.settings, layout.surroundings
    parts = (layout.around, *(layout.sums[one.association.id] for one in scopes if one.association), repr(settings))

    def page(fetch: Fetch) -> DataPage:
        from insyn.pages.data_page import data_page  # deferred: needed only here, as are the imports below

        own = [one.association for one in scopes if one.association]
        return data_page(own, fetch.facts(files), settings.contact if settings else None, surroundings, texts)

    yield OtherPage(DATA, DataPage, parts, page, files)
    yield _front_matter(texts)
    if surroundings.address and surroundings.licence and settings:  # DCAT-AP-SE requires a licence
        data = [whole, *scopes] if len(scopes) > 1 else scopes

        def catalogue_file(fetch: Fetch) -> Catalogue:
            from insyn.pages.catalogue import catalogue

            return catalogue(data, fetch.facts(files), settings, surroundings, texts)

        yield OtherPage(f"{DATA}{CATALOGUE}", Catalogue, (*parts, repr(data)), catalogue_file, files)


def _front_matter(texts: Texts) -> OtherPage:
    """Return the JSON Schema of the front matter."""

    def make(_: Fetch) -> PlainFile:
        from insyn.downloads.front_matter_schema import front_matter_schema
        from insyn.reading.keys import PlanKeys

        return PlainFile(front_matter_schema(PlanKeys, texts.say("front-matter"), texts.say("front-matter-text")))

    return OtherPage(f"{SCHEMA_FOLDER}{FRONT_MATTER}", PlainFile, ("front-matter",), make)


def _joined(path: str, files: tuple[str, ...]) -> OtherPage:
    """Return the concatenation of tables."""
    return OtherPage(path, JoinedFile, ("joined",), lambda _: JoinedFile(files), files)


# --- Metadata of the tables -----------------------------------------------------------------------------------------


def _descriptions(
    scope: DataOf, folder: str, kinds: tuple[TableKind, ...], layout: SiteLayout, texts: Texts
) -> Iterator[OtherPage]:
    """Yield the data package and the CSVW metadata of a folder of tables."""
    files, surroundings = tuple(f"{folder}{kind.file}" for kind in kinds), layout.surroundings

    def package(fetch: Fetch) -> PlainFile:
        from insyn.downloads.descriptions import data_package

        tables, facts = _tables_of(scope, kinds, surroundings, texts), fetch.facts(files).values()
        return PlainFile(data_package(tables, {file.name: file for file in facts}, texts.say))

    def metadata(_: Fetch) -> PlainFile:
        from insyn.downloads.descriptions import csv_metadata

        return PlainFile(csv_metadata(_tables_of(scope, kinds, surroundings, texts), texts.say))

    owner = scope.association.id if scope.association else ""
    parts = (layout.sums.get(owner, ""), layout.around)
    years, names = (str(scope.first_year), str(scope.last_year)), tuple(kind.name for kind in kinds)
    yield OtherPage(f"{folder}{PACKAGE}", PlainFile, ("package", *parts, *years), package, files, owner)
    yield OtherPage(f"{folder}{METADATA}", PlainFile, ("metadata", *parts, *names), metadata, owner=owner)


def _tables_of(scope: DataOf, kinds: tuple[TableKind, ...], surroundings: Surroundings, texts: Texts) -> "Tables":
    """Return the description of a förbund's tables, or of the whole site's."""
    from insyn.downloads.descriptions import Tables

    association, licence = scope.association, surroundings.licence
    kind, path = ("association", f"{association.id}/") if association else ("site", DATA)
    name = association.name if association else surroundings.site_name
    return Tables(
        name=f"finsam-{association.id}-budget" if association else "finsam-budget",
        title=texts.say(f"dataset-of-{kind}", association=name),
        description=texts.say(f"dataset-of-{kind}-text", association=name),
        home=f"{surroundings.address}{path}" if surroundings.address else None,
        first_year=scope.first_year,
        last_year=scope.last_year,
        licence=licence,
        kinds=kinds,
    )


# --- For crawlers ---------------------------------------------------------------------------------------------------


def _crawler_files(layout: SiteLayout, pages: Sequence[OtherPage]) -> Iterator[OtherPage]:
    """Yield robots.txt, and the sitemap if the site's address is known."""
    address = layout.surroundings.address
    if address:
        paths = dict.fromkeys((*(page.path for page in pages if page.kind in LISTED), *_current(layout)))
        listed = tuple(f"{address}{path}" for path in paths)
        yield OtherPage(SITE_MAP, SiteMap, listed, lambda _: SiteMap(listed))
    text = "User-agent: *\nDisallow:\n" + (f"\nSitemap: {address}{SITE_MAP}\n" if address else "")
    yield OtherPage(ROBOTS, PlainFile, ("robots", text), lambda _: PlainFile(text.encode()))


def _current(layout: SiteLayout) -> Iterator[str]:
    """Yield the paths of plans for the sitemap: the versions that apply, and the proposals that await a decision."""
    yield from (year.path for year in layout.years if year.applying.digest.status is not Status.PROPOSAL)
    for years in layout.by_association.values():
        yield from (version.path for _, version in current_proposals(years))
