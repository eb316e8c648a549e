"""Pages on what changed between two versions, and pointer pages."""

from collections.abc import Iterator
from itertools import pairwise

from insyn.pages.difference_views import DifferencePage
from insyn.pages.digest import version_name
from insyn.pages.pointer_page import PointerPage, pointer_page
from insyn.site.layout import Fetch, OtherPage, SiteLayout
from insyn.site.plans import difference_path
from insyn.texts import Texts
from insyn.versions.arrangement import Pointer, Version, YearPlans


def pointer_file(pointer: Pointer, year: YearPlans, layout: SiteLayout, around: str, texts: Texts) -> OtherPage:
    digest = year.applying.digest

    def make(fetch: Fetch) -> PointerPage:
        return pointer_page(pointer, fetch.excerpt(digest).story.title, year.path, layout.surroundings, texts)

    return OtherPage(pointer.path, PointerPage, (around, repr(pointer), digest.story_sum), make)


def difference_pages(year: YearPlans, layout: SiteLayout, around: str, texts: Texts) -> Iterator[OtherPage]:
    """Yield a page on what changed for each version of a year's plan but the last."""
    for older, newer in pairwise(year.versions):
        yield _difference(year, older, newer, layout, around, texts)


def _difference(
    year: YearPlans, older: Version, newer: Version, layout: SiteLayout, around: str, texts: Texts
) -> OtherPage:
    association = next(one for one in layout.site.surround.associations if one.id == year.association)
    paths = difference_path(year, older), older.path, newer.path
    names = version_name(older.digest, texts), version_name(newer.digest, texts)

    def make(fetch: Fetch) -> DifferencePage:
        from insyn.differences import compare  # seldom needed, and much to import
        from insyn.pages.difference_page import DifferencePaths, difference_page

        found = compare(fetch.plan(older.digest), fetch.plan(newer.digest))
        return difference_page(*names, found, association, layout.surroundings, DifferencePaths(*paths), texts)

    parts = (around, layout.sums[association.id], *paths, *names, older.digest.contents, newer.digest.contents)
    return OtherPage(paths[0], DifferencePage, parts, make)
