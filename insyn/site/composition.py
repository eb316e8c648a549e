"""The site's pages besides plans, and the dependencies of each."""

from collections.abc import Callable, Iterator, Mapping

from insyn.model import TextPage
from insyn.pages.article_page import ArticlePage, text_page
from insyn.pages.frame import NOT_FOUND
from insyn.pages.not_found_page import NotFoundPage, not_found_page
from insyn.pages.other_files import PlainFile
from insyn.pages.server_files import ApacheFile, HeadersFile, NginxFile, ServerFile
from insyn.reading.sources import SourceFile
from insyn.site.about import about_pages
from insyn.site.association import (
    addressed_files,
    association_pages,
    composed_home_page,
    reused_home_page,
    reused_pages,
)
from insyn.site.comparisons import comparison_pages
from insyn.site.feeds import feed_of_site, log_pages
from insyn.site.layout import Fetch, OtherPage, SiteLayout
from insyn.site.search import LASTING, search_file
from insyn.site.start_page import composed_start_page
from insyn.site.summaries import summary_pages
from insyn.site.versions import difference_pages, moved_pages, pointer_file, removed_pages
from insyn.texts import Texts

SERVER_FILES: Mapping[str, type[ServerFile]] = {
    "_headers": HeadersFile,
    "_server/apache.conf": ApacheFile,
    "_server/nginx.conf": NginxFile,
}
"""By path: files with response headers for web servers.

Netlify and Cloudflare Pages read `_headers`; no förbund's address can begin like the other files' folder.
"""


def compose_others(layout: SiteLayout, texts: Texts) -> Iterator[OtherPage]:
    """Yield every page that isn't a plan's. All but differences are composed from excerpts, not plans."""
    surround, around = layout.site.surround, layout.around
    years = layout.by_association
    if surround.settings:
        yield from _start(layout, around, texts)
        yield from about_pages(surround.settings, layout, around, texts)
    yield from _originals(layout)
    for association in surround.associations:
        own = years.get(association.id, [])
        if association.id in layout.reused:
            yield from reused_pages(association, own)
        else:
            yield from association_pages(association, own, layout, around, texts)
    yield from comparison_pages(layout, years, around, texts)
    for text in surround.pages:
        yield _text(text, layout, around)
    yield from summary_pages(layout, around, texts)
    parts = (around, layout.associations_sum)
    yield OtherPage(
        NOT_FOUND, NotFoundPage, parts, lambda _: not_found_page(surround.associations, layout.surroundings)
    )
    yield search_file(layout, years, around, texts)
    for path, kind in SERVER_FILES.items():
        yield _server_file(path, kind, layout.surroundings.address)
    yield from removed_pages(layout, around, texts)
    yield from moved_pages(layout, around, texts)
    for year in layout.years:
        for pointer in year.pointers:
            yield pointer_file(pointer, year, layout, around, texts)
    for year in layout.years:
        yield from difference_pages(year, layout, around, texts)
    yield from log_pages(layout, around, texts)
    if layout.surroundings.address:
        yield feed_of_site(layout, texts)
        for association in surround.associations:
            if association.id not in layout.reused:
                yield from addressed_files(association, years.get(association.id, []), layout, texts)


def _start(layout: SiteLayout, around: str, texts: Texts) -> Iterator[OtherPage]:
    """Yield the start page: the förbund's own where there is only one."""
    match layout.site.surround.associations:
        case [only] if only.id in layout.reused:
            yield reused_home_page(only)
        case [only]:
            yield composed_home_page(only, layout.by_association.get(only.id, []), layout, around, texts)
        case _:
            yield composed_start_page(layout, layout.by_association, around)


def _text(text: TextPage, layout: SiteLayout, around: str) -> OtherPage:
    article = dict(layout.site.articles)[text.place.file]
    parts = (around, repr(text), repr(article))
    return OtherPage(f"{text.id}/", ArticlePage, parts, lambda _: text_page(text, article, layout.surroundings))


def _originals(layout: SiteLayout) -> Iterator[OtherPage]:
    """Yield the documents that plans name as their originals: the same bytes, at the same address for every version."""
    for path, original in layout.originals.items():
        file = original.file
        if file.name not in layout.reused:
            yield OtherPage(path, PlainFile, ("document", file.hash), _whole(file), owner=file.name)


def _whole(file: SourceFile) -> Callable[[Fetch], PlainFile]:
    return lambda fetch: PlainFile(fetch.document(file))


def _server_file(path: str, kind: type[ServerFile], address: str | None) -> OtherPage:
    def make(_: Fetch) -> ServerFile:
        from insyn.pages.server_files import server_file  # deferred: seldom made again

        return server_file(kind, address, LASTING)

    return OtherPage(path, kind, (repr(address),), make)
