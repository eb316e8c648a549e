"""Parts that several pages show, as finished words in finished order. Templates look nothing up and calculate nothing.

Fields named `html` hold markup made by `markdown`, `charts` or `terms`; a `Prose` is a generated text in which words
may be linked to their explanations; all others are plain text.
"""

from markupsafe import Markup
from msgspec import Struct

from insyn.charts.chart import ChartTable, Key

Prose = Markup | str


class PageLink(Struct, frozen=True):
    text: str
    href: str
    current: bool = False


class FileLink(Struct, frozen=True):
    """A file to fetch, and what it is in words: "14 sidor, 123 kB"."""

    link: PageLink
    extent: str


class SearchTags(Struct, frozen=True):
    """What a page can be picked out by in a search."""

    shelf: str
    """nu, äldre or tidigare."""
    status: str | None = None
    """Where a plan is in its life, in words."""
    association: str | None = None
    year: int | None = None
    names: tuple[str, ...] = ()
    """What a search that is nothing but a name leads to this page by: a förbund's own names and its members'."""


class Banner(Struct, frozen=True):
    kind: str
    """proposal, revised, older, replaced or revoked; never shown by colour alone."""
    label: str
    text: str
    link: PageLink | None = None


class Fact(Struct, frozen=True):
    term: str
    text: str


class ContentsItem(Struct, frozen=True):
    id: str
    text: str
    items: tuple["ContentsItem", ...] = ()


class FileView(Struct, frozen=True):
    """A file to download."""

    text: str
    href: str
    name: str
    kind: str
    """What it ends with: csv, xlsx."""
    size: str
    checksum: str


class ChartView(Struct, frozen=True):
    id: str
    title: str
    subtitle: Prose
    description: str
    summary: Prose
    help: Prose | None
    keys: tuple[Key, ...]
    table: ChartTable
    source: str | None
    """What is otherwise than the page says of its charts; None where nothing is."""
    narrow_html: Markup
    wide_html: Markup
    files: tuple[FileView, ...] = ()
    """Its figures, and its drawing."""


class DeviationView(Struct, frozen=True):
    heading: str
    text: str
