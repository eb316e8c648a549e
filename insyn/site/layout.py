"""A site as it is laid out: what surrounds all pages, the plans in their order, and what decides each other page."""

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
from insyn.pages.digest import PlanExcerpt
from insyn.pages.drawn import Drawn
from insyn.pages.frame import DATA, SEARCH, Neighbour, Surroundings
from insyn.pages.log import LOG
from insyn.pages.other_files import Other
from insyn.site.facts import SiteFacts
from insyn.versions.arrangement import YearPlans
from insyn.versions.digest import PlanDigest
from insyn.versions.ledger import first_days

LONGEST_MENU = 8
"""More förbund than this don't fit in a menu; the start page lists them all."""


class Fetch(Struct, frozen=True):
    """Where a page gets what it shows."""

    excerpt: Callable[[PlanDigest], PlanExcerpt]
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
    removed: tuple[Removal, ...] = ()
    """The plans, and versions of plans, that have been taken away."""
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
    def first_days(self) -> Mapping[str, date]:
        """Return when each version was first published, by the sum of its source; nothing without a ledger."""
        return first_days(self.site.ledger or ())

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
    reteller = settings.reteller if settings else None
    return Surroundings(name, address, menu, footer, comparison, licence_of(settings), reteller)


def _own_pages(settings: Settings | None) -> Iterator[Neighbour]:
    """Yield the pages about the site itself that every page leads to."""
    if settings:
        yield Neighbour(about_figures.TITLE, about_figures.PATH)
        if settings.statement:
            yield Neighbour(accessibility.TITLE, accessibility.PATH)


def licence_of(settings: Settings | None) -> Licence | None:
    """Return how the data may be used, when someone has decided it."""
    return settings.licence if settings else None
