"""The search page, and the index that each page belongs to."""

from collections.abc import Iterator, Mapping, Sequence

from insyn.pages.about_figures import AboutFiguresPage
from insyn.pages.article_page import ArticlePage
from insyn.pages.association_page import AssociationPage
from insyn.pages.comparison_page import ComparisonPage
from insyn.pages.frame import SEARCH
from insyn.pages.search_page import SearchPage
from insyn.pages.summary_page import EasyPage
from insyn.site.association import shown_of
from insyn.site.layout import Fetch, OtherPage, SiteLayout
from insyn.texts import Texts
from insyn.versions.arrangement import Shelf, Version, YearPlans, latest_decided, shelf_of

CURRENT_INDEX, OLDER_INDEXES = f"{SEARCH}nu/", (f"{SEARCH}aldre/0/", f"{SEARCH}aldre/1/")
"""Paths of the index of current plans, and of the two indexes of older plans, even years and odd.

The older ones are searched on request and made in parallel; a search for one year fetches only one of them.
"""
INDEXES = (CURRENT_INDEX, *OLDER_INDEXES)
LASTING = tuple(f"{index}{kind}/" for index in INDEXES for kind in ("ord", "sida"))
"""Folders whose file names contain a hash of the content: they can be cached forever."""
SEARCHED = frozenset({AssociationPage, ArticlePage, AboutFiguresPage, ComparisonPage, EasyPage})
"""The kinds of pages that are indexed besides plans."""


def index_of(shelf: Shelf, year: int) -> str:
    """Return the path of the index that a version belongs to."""
    return CURRENT_INDEX if shelf is Shelf.CURRENT else OLDER_INDEXES[year % len(OLDER_INDEXES)]


def indexes_of(layout: SiteLayout) -> Iterator[tuple[Version, str]]:
    """Yield every version with the path of its index."""
    latest = {association: latest_decided(years) for association, years in layout.by_association.items()}
    for year in layout.years:
        for version in year.versions:
            yield version, index_of(shelf_of(version, year, latest[year.association]), year.year)


def search_file(layout: SiteLayout, years: Mapping[str, Sequence[YearPlans]], around: str, texts: Texts) -> OtherPage:
    associations = layout.site.surround.associations
    listed = {
        association: [(one.path, year.year, one.digest.status) for year in own for one in shown_of(year)]
        for association, own in years.items()
    }
    told = (f"{path} {year} {status.value}" for own in listed.values() for path, year, status in own)
    older = tuple(sorted({part for own in years.values() for part in older_parts(own)}))

    def make(_: Fetch) -> SearchPage:
        from insyn.pages.search_page import SearchedPlan, search_page  # deferred: seldom made again

        searched = {association: [SearchedPlan(*plan) for plan in own] for association, own in listed.items()}
        return search_page(associations, searched, older, layout.surroundings, texts)

    return OtherPage(SEARCH, SearchPage, (around, layout.associations_sum, repr(older), *told), make)


def older_parts(years: Sequence[YearPlans]) -> Iterator[int]:
    """Yield the number of the index of older plans, for each version in one."""
    newest = latest_decided(years)
    for year in years:
        for version in year.versions:
            index = index_of(shelf_of(version, year, newest), year.year)
            if index != CURRENT_INDEX:
                yield OLDER_INDEXES.index(index)
