"""Pages of changes between two versions, and pointer pages."""

from collections.abc import Iterator
from itertools import pairwise

from insyn.model import Association, Removal
from insyn.pages.difference_views import DifferencePage
from insyn.pages.pointer_page import PointerPage, moved_page, pointer_page, removed_page
from insyn.pages.status_words import version_name
from insyn.site.layout import Fetch, OtherPage, SiteLayout
from insyn.site.plans import difference_path
from insyn.texts import Texts
from insyn.versions.arrangement import Pointer, Version, YearPlans


def pointer_file(pointer: Pointer, year: YearPlans, layout: SiteLayout, around: str, texts: Texts) -> OtherPage:
    digest = year.applying.digest

    def make(fetch: Fetch) -> PointerPage:
        return pointer_page(pointer, fetch.excerpt(digest).story.title, year.path, layout.surroundings, texts)

    return OtherPage(pointer.path, PointerPage, (around, repr(pointer), digest.story_sum), make)


def removed_pages(layout: SiteLayout, around: str, texts: Texts) -> Iterator[OtherPage]:
    """Yield a page for each address of a removed plan or version. The ledger has those of a year's plan."""
    associations = {one.id: one for one in layout.site.surround.associations}
    for removal in layout.removed:
        year, association = f"{removal.association}/{removal.year}/", associations.get(removal.association)
        paths = {f"{year}{removal.version}/"} if removal.version else {year, *_under(year, layout)}
        for path in sorted(paths if association else ()):
            assert association
            yield _removed(path, removal, association, layout, around, texts)


def _removed(
    path: str, removal: Removal, association: Association, layout: SiteLayout, around: str, texts: Texts
) -> OtherPage:
    def make(_: Fetch) -> PointerPage:
        return removed_page(path, removal, association, layout.surroundings, texts)

    return OtherPage(path, PointerPage, (around, path, repr(removal), association.name), make)


def moved_pages(layout: SiteLayout, around: str, texts: Texts) -> Iterator[OtherPage]:
    """Yield a page for each former address of a förbund, and of its plans by the ledger."""
    there = {version.path for year in layout.years for version in year.versions}
    there |= {pointer.path for year in layout.years for pointer in year.pointers}
    for association in layout.site.surround.associations:
        home = f"{association.id}/"
        for alias in association.aliases:
            former = f"{alias.text}/"
            for path in sorted({former, *_under(former, layout)}):
                target = home + path.removeprefix(former)
                yield _moved(path, target if target in there else home, association, layout, around, texts)


def _moved(
    path: str, target: str, association: Association, layout: SiteLayout, around: str, texts: Texts
) -> OtherPage:
    def make(_: Fetch) -> PointerPage:
        return moved_page(path, target, association, layout.surroundings, texts)

    return OtherPage(path, PointerPage, (around, path, target, association.name), make)


def _under(folder: str, layout: SiteLayout) -> Iterator[str]:
    """Yield the addresses in a folder where versions have been published, and those of their years."""
    for line in layout.site.ledger or ():
        if line.entry.address.startswith(folder):
            yield line.entry.address
            yield "/".join(line.entry.address.split("/")[:2]) + "/"


def difference_pages(year: YearPlans, layout: SiteLayout, around: str, texts: Texts) -> Iterator[OtherPage]:
    """Yield a page of changes for each version of a year's plan but the last."""
    for older, newer in pairwise(year.versions):
        yield _difference(year, older, newer, layout, around, texts)


def _difference(
    year: YearPlans, older: Version, newer: Version, layout: SiteLayout, around: str, texts: Texts
) -> OtherPage:
    association = next(one for one in layout.site.surround.associations if one.id == year.association)
    paths = difference_path(year, older), older.path, newer.path
    names = version_name(older.digest, texts), version_name(newer.digest, texts)

    def make(fetch: Fetch) -> DifferencePage:
        from insyn.differences import compare  # deferred: seldom needed, and slow to import
        from insyn.pages.difference_page import DifferencePaths, difference_page

        found = compare(fetch.plan(older.digest), fetch.plan(newer.digest))
        return difference_page(*names, found, association, layout.surroundings, DifferencePaths(*paths), texts)

    parts = (around, layout.sums[association.id], *paths, *names, older.digest.contents, newer.digest.contents)
    return OtherPage(paths[0], DifferencePage, parts, make)
