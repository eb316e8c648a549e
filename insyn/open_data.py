"""Which open data a site has, and what decides each file: tables of all plans, what describes them, how they are found.

A förbund's tables are put together of its plans' rows, which lie aside; the site's are the förbund's after each other.
So one changed amount makes one förbund's tables and joins the site's again, and no plan is read.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from insyn.composition import AsideOf, LinkingPage, OtherPage, SitePlan
from insyn.downloads.descriptions import METADATA, PACKAGE, Tables, csv_metadata, data_package
from insyn.downloads.fields import BUDGET, EQUITY, NO, PLANS, YES, TableKind
from insyn.downloads.files import FileFacts
from insyn.downloads.plan_files import COLLECTED_FILES, EXCEL
from insyn.downloads.separated import separated, with_semicolons
from insyn.downloads.tidy import following
from insyn.model import Association, Status
from insyn.pages.catalogue import CATALOGUE, DataOf, catalogue
from insyn.pages.data_page import data_page
from insyn.pages.digest import PlanAside
from insyn.pages.frame import DATA
from insyn.pages.views import (
    ArticlePage,
    AssociationPage,
    Catalogue,
    DataPage,
    Document,
    LogPage,
    SiteMap,
    StartPage,
)
from insyn.texts import Texts
from insyn.versions import Version, YearPlans
from insyn.vocabulary import LICENCE_ADDRESSES, LICENCE_NAMES, status_word

SITE_MAP, ROBOTS = "sitemap.xml", "robots.txt"
LISTED = frozenset({StartPage, AssociationPage, ArticlePage, LogPage})
"""The kinds of pages that the map of the site lists besides plans and the page about data."""


class TextFile(Struct, frozen=True):
    """A file that no template makes: a table of a förbund's plans."""

    path: str
    parts: tuple[str, ...]
    """All that decides it besides code."""
    make: Callable[[AsideOf], Document]


class Joined(Struct, frozen=True):
    """A table of tables, one after another under the headings of the first."""

    path: str
    files: tuple[str, ...]


DataFile = TextFile | Joined | LinkingPage | OtherPage
Versions = tuple[tuple[YearPlans, Version], ...]
"""A förbund's versions, the earliest first."""


def compose_data(plans: SitePlan, pages: Sequence[OtherPage | LinkingPage], texts: Texts) -> Iterator[DataFile]:
    """Yield every file of the open data. `pages` are the site's other pages."""
    years = plans.by_association()
    having = [one for one in plans.site.surround.associations if years.get(one.id)]
    for association in having:
        versions = tuple((year, version) for year in reversed(years[association.id]) for version in year.versions)
        yield from _tables(association, versions, plans)
        yield from _descriptions(_described(association, plans, texts), f"{association.id}/{DATA}", texts)
    if having:
        yield from _whole(having, plans, texts)
    yield from _for_machines(plans, pages)


# --- Tables ---------------------------------------------------------------------------------------------------------


def _tables(association: Association, versions: Versions, plans: SitePlan) -> Iterator[TextFile]:
    """Yield a förbund's tables. A table is decided by hashes of its rows in each version, and the versions' names."""
    folder = f"{association.id}/{DATA}"
    site = plans.surroundings.address or ""

    def rows(kind: TableKind, text_of: Callable[[PlanAside], str], aside_of: AsideOf) -> str:
        found = (
            following(text_of(aside_of(version.digest)), association.id, str(year.year), version.name)
            for year, version in versions
        )
        return separated([kind.names]) + "".join(found)

    def budget(aside_of: AsideOf) -> str:
        return rows(BUDGET, lambda aside: aside.budget_rows, aside_of)

    def described(aside_of: AsideOf) -> str:
        return separated([PLANS.names, *(_plan_row(association, one, aside_of, site) for one in versions)])

    def equity(aside_of: AsideOf) -> str:
        return rows(EQUITY, lambda aside: aside.equity_rows, aside_of)

    names = (association.id, site, *(f"{version.path} {version.name}" for _, version in versions))
    digests = [version.digest for _, version in versions]
    told = [association.name, *(f"{one.status}{one.day}{one.unit}{one.story_sum}" for one in digests)]
    budget_sums, equity_sums = [one.budget_sum for one in digests], [one.equity_sum for one in digests]
    for name, sums, make in (
        (BUDGET.file, budget_sums, budget),
        (EXCEL, budget_sums, lambda aside_of: with_semicolons(budget(aside_of))),
        (EQUITY.file, equity_sums, equity),
        (PLANS.file, told, described),
    ):
        yield _text_file(f"{folder}{name}", (name, *names, *sums), make)


def _text_file(path: str, parts: tuple[str, ...], make: Callable[[AsideOf], str]) -> TextFile:
    return TextFile(path, parts, lambda aside_of: _document(make(aside_of)))


def _plan_row(
    association: Association, placed: tuple[YearPlans, Version], aside_of: AsideOf, site: str
) -> tuple[str | int, ...]:
    """Tell of a version: which it is, whether it is the one that the plan's address shows, and where it stands."""
    year, version = placed
    digest = version.digest
    day = digest.day.isoformat() if digest.day else ""
    return (
        *(association.id, year.year, version.name, association.name, aside_of(digest).story.title),
        *(YES if version.applies else NO, status_word(digest.status), day, digest.unit, f"{site}{version.path}"),
    )


def _document(text: str) -> Document:
    return Document(text.encode())


def _whole(having: Sequence[Association], plans: SitePlan, texts: Texts) -> Iterator[DataFile]:
    """Yield what is of the whole site: its tables, what describes them, and the page about them."""
    for name in COLLECTED_FILES:
        yield Joined(f"{DATA}{name}", tuple(f"{association.id}/{DATA}{name}" for association in having))
    yield from _descriptions(_described(None, plans, texts), DATA, texts)
    folders = [DATA, *(f"{association.id}/{DATA}" for association in having)]
    files = tuple(f"{folder}{name}" for folder in folders for name in COLLECTED_FILES)
    settings = plans.site.surround.settings
    parts = (repr(plans.surroundings), repr(having), repr(settings))

    def page(_aside_of: AsideOf, facts: Mapping[str, FileFacts]) -> DataPage:
        return data_page(having, facts, settings.contact if settings else None, plans.surroundings, texts)

    yield LinkingPage(DATA, DataPage, parts, files, page)
    if plans.surroundings.address and settings:
        whole = [_data_of(None, plans), *(_data_of(association, plans) for association in having)]

        def described(_aside_of: AsideOf, facts: Mapping[str, FileFacts]) -> Catalogue:
            return catalogue(whole if len(having) > 1 else whole[1:], facts, settings, plans.surroundings, texts)

        yield LinkingPage(f"{DATA}{CATALOGUE}", Catalogue, (*parts, repr(whole)), files, described)


# --- What describes the tables --------------------------------------------------------------------------------------


def _descriptions(tables: Tables, folder: str, texts: Texts) -> Iterator[LinkingPage]:
    """Yield the data package and the CSVW metadata of a folder of tables."""
    files = tuple(f"{folder}{name}" for name in COLLECTED_FILES)

    def package(_aside_of: AsideOf, facts: Mapping[str, FileFacts]) -> Document:
        return Document(data_package(tables, {facts[file].name: facts[file] for file in files}, texts.say))

    def metadata(_aside_of: AsideOf, _facts: Mapping[str, FileFacts]) -> Document:
        return Document(csv_metadata(tables, texts.say))

    yield LinkingPage(f"{folder}{PACKAGE}", Document, ("package", repr(tables)), files, package)
    yield LinkingPage(f"{folder}{METADATA}", Document, ("metadata", repr(tables)), (), metadata)


def _described(association: Association | None, plans: SitePlan, texts: Texts) -> Tables:
    """Say what the tables of a förbund, or of the whole site, are."""
    surroundings = plans.surroundings
    first, last = _years(association, plans)
    name = association.name if association else surroundings.site_name
    path = f"{association.id}/" if association else DATA
    kind = "association" if association else "site"
    return Tables(
        name=f"finsam-{association.id}-budget" if association else "finsam-budget",
        title=texts.say(f"dataset-of-{kind}", association=name),
        description=texts.say(f"dataset-of-{kind}-text", association=name),
        home=f"{surroundings.address}{path}" if surroundings.address else None,
        first_year=first,
        last_year=last,
        licence=LICENCE_ADDRESSES[surroundings.licence].replace("http:", "https:"),
        licence_name=LICENCE_NAMES[surroundings.licence],
    )


def _years(association: Association | None, plans: SitePlan) -> tuple[int, int]:
    """Return the first and the last year that the columns of some plans are of."""
    digests = [
        version.digest
        for year in plans.years
        if association is None or year.association == association.id
        for version in year.versions
    ]
    return min(digest.first_year for digest in digests), max(digest.last_year for digest in digests)


def _data_of(association: Association | None, plans: SitePlan) -> DataOf:
    first, last = _years(association, plans)
    days = [
        version.digest.day
        for year in plans.years
        if association is None or year.association == association.id
        for version in year.versions
        if version.digest.day
    ]
    return DataOf(association, first, last, max(days, default=None))


# --- How pages are found --------------------------------------------------------------------------------------------


def _for_machines(plans: SitePlan, pages: Sequence[OtherPage | LinkingPage]) -> Iterator[OtherPage | TextFile]:
    """Yield the map of the site, for one that knows its address, and what search engines are told."""
    address = plans.surroundings.address
    if address:
        listed = tuple(f"{address}{path}" for path in (*_of_kinds(LISTED, pages), DATA, *_current(plans)))
        yield OtherPage(SITE_MAP, SiteMap, listed, lambda _: SiteMap(listed))
    text = "User-agent: *\nDisallow:\n" + (f"\nSitemap: {address}{SITE_MAP}\n" if address else "")
    yield TextFile(ROBOTS, ("robots", text), lambda _: _document(text))


def _of_kinds(kinds: Collection[type], pages: Sequence[OtherPage | LinkingPage]) -> Iterator[str]:
    return (page.path for page in pages if page.kind in kinds)


def _current(plans: SitePlan) -> Iterator[str]:
    """Yield the plans that search engines may list: neither proposals nor earlier versions."""
    return (year.path for year in plans.years if year.applying.digest.status is not Status.PROPOSAL)
