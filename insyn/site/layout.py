"""The site's layout: the surroundings of all pages, the plans in order, and every other page with its dependencies."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct

from insyn.charts.chart import Chart
from insyn.disk.hashing import hash_of
from insyn.downloads.files import FileFacts
from insyn.model import Licence, Plan, Removal, Settings
from insyn.money.comparison import COMPARABLE
from insyn.pages import about_figures, accessibility
from insyn.pages.comparison_page import (
    COMPARISON,
)
from insyn.pages.drawn import Drawn
from insyn.pages.excerpt import PlanExcerpt
from insyn.pages.frame import DATA, SEARCH, Neighbour, Surroundings
from insyn.pages.log import LOG
from insyn.pages.original import OriginalFile
from insyn.pages.other_files import Other
from insyn.reading.sources import SourceFile
from insyn.site.facts import SiteFacts
from insyn.versions.arrangement import YearPlans
from insyn.versions.digest import PlanDigest
from insyn.versions.ledger import first_days
from insyn.vocabulary import EASY

LONGEST_MENU = 8
"""Maximum number of förbund in the menu; a larger site links to the start page's list instead."""


class Fetch(Struct, frozen=True):
    """The functions that supply the content of a page to its `make`."""

    excerpt: Callable[[PlanDigest], PlanExcerpt]
    """Return a plan's excerpt."""
    plan: Callable[[PlanDigest], Plan]
    """Return a plan. Only the comparison of two versions needs it."""
    drawn: Callable[[Chart], Drawn]
    """Return a chart with its cached or new drawings."""
    facts: Callable[[Sequence[str]], dict[str, FileFacts]]
    """Return name, size and hash of files, by path."""
    document: Callable[[SourceFile], bytes]
    """Return the content of a document in the content folder."""


class OtherPage(Struct, frozen=True):
    """A page or file that isn't a plan's, with the inputs of its key. It is made only when stale."""

    path: str
    """From the site root: "", "hoglandet/", "404.html"."""
    kind: type[Other]
    parts: tuple[str, ...]
    """Everything it depends on besides template, code and `files`: as text, or as hashes from plan digests."""
    make: Callable[[Fetch], Other]
    files: tuple[str, ...] = ()
    """Paths of files that it is made of or shows the size of. They are made first."""
    owner: str = ""
    """The förbund whose file and plans are its only dependencies besides the surroundings; "" if there are more."""


class Original(Struct, frozen=True):
    """A document that is published unchanged beside a plan."""

    file: SourceFile
    shown: OriginalFile


class SiteLayout(Struct, frozen=True, dict=True):
    """A site's surroundings and plans, in the order of the content."""

    site: SiteFacts
    surroundings: Surroundings
    years: tuple[YearPlans, ...]
    removed: tuple[Removal, ...] = ()
    """The removed plans and versions of plans."""
    reused: frozenset[str] = frozenset()
    """The förbund whose own pages and files are reused from the previous build."""
    originals: Mapping[str, Original] = {}
    """By path: the documents that plans name as their originals."""

    def original_of(self, digest: PlanDigest) -> OriginalFile | None:
        """Return a plan's original as published; None if it is elsewhere or missing."""
        found = self.originals.get(digest.original_path)
        return found.shown if found else None

    def summaries_of(self, year: YearPlans) -> tuple[str, ...]:
        """Return the last parts of the addresses of the texts beside a year's plan."""
        found = (one for one in self.site.surround.summaries if f"{one.association}/{one.year}/" == year.path)
        return tuple(one.address for one in sorted(found, key=lambda one: (one.address != EASY, one.address)))

    @cached_property
    def by_association(self) -> dict[str, list[YearPlans]]:
        """Return each förbund's years, the latest first."""
        found: dict[str, list[YearPlans]] = {}
        for year in sorted(self.years, key=lambda year: year.year, reverse=True):
            found.setdefault(year.association, []).append(year)
        return found

    @cached_property
    def first_days(self) -> Mapping[str, date]:
        """Return the day when each version was first published, by the hash of its source; empty without a ledger."""
        return first_days(self.site.ledger or ())

    @cached_property
    def around(self) -> str:
        """A hash of the surroundings."""
        return hash_of(repr(self.surroundings))

    @cached_property
    def sums(self) -> dict[str, str]:
        """By förbund: a hash of its file's content. Many pages depend on it."""
        return {association.id: hash_of(repr(association)) for association in self.site.surround.associations}

    @cached_property
    def associations_sum(self) -> str:
        """A hash of all förbund's files."""
        return hash_of(*self.sums.values())

    def names(self) -> dict[str, str]:
        """Return short names by förbund id."""
        return {association.id: association.short_name for association in self.site.surround.associations}

    def identity(self) -> str:
        """Return the dependencies of every feed."""
        return repr((self.surroundings.site_name, self.surroundings.address, self.names()))


def surroundings_of(site: SiteFacts) -> Surroundings:
    """Return the name, address, menus and licence that all pages share."""
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
    reteller = settings.reteller if settings else None
    return Surroundings(name, address, menu, footer, comparison, licence_of(settings), reteller)


def _own_pages(settings: Settings | None) -> Iterator[Neighbour]:
    """Yield links to the pages about the site itself, for the footer."""
    if settings:
        yield Neighbour(about_figures.TITLE, about_figures.PATH)
        if settings.statement:
            yield Neighbour(accessibility.TITLE, accessibility.PATH)


def licence_of(settings: Settings | None) -> Licence | None:
    """Return the data's licence; None if none is decided."""
    return settings.licence if settings else None
