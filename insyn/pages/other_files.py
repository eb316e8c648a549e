"""Published files that aren't pages: plain tables, a site map, a picture."""

from typing import ClassVar

from msgspec import Struct

from insyn.pages.frame import Document


class Preview(Struct, frozen=True):
    """The words in a plan's picture, for shared links."""

    site: str
    title: str
    association: str
    status: str


class PlainFile(Struct, frozen=True):
    """A file for programs, published as it is."""

    body: bytes


class JoinedFile(Struct, frozen=True):
    """A table joined from tables with the same headings."""

    files: tuple[str, ...]
    """Their paths, from the root of the site."""


class SiteMap(Document, frozen=True):
    """The addresses of all pages that search engines may list (sitemaps.org)."""

    template: ClassVar = "machines/sitemap.xml"

    addresses: tuple[str, ...]


Other = Document | Preview | PlainFile | JoinedFile
"""Everything that is published besides plans' pages and assets."""
