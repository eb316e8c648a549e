"""Files that are published beside pages and that no page composes: tables as they are, a site map, a picture."""

from typing import ClassVar

from msgspec import Struct

from insyn.pages.frame import Document


class Preview(Struct, frozen=True):
    """The words in a plan's picture, for where links to it are shared."""

    site: str
    title: str
    association: str
    status: str


class PlainFile(Struct, frozen=True):
    """A file for programs, as it is."""

    body: bytes


class JoinedFile(Struct, frozen=True):
    """A table made of tables with the same headings, one after another."""

    files: tuple[str, ...]
    """Their paths, from the site's top."""


class SiteMap(Document, frozen=True):
    """The addresses of all pages that search engines may list (sitemaps.org)."""

    template: ClassVar = "machines/sitemap.xml"

    addresses: tuple[str, ...]


Other = Document | Preview | PlainFile | JoinedFile
"""All that is published besides plans' pages and assets."""
