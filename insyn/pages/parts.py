"""Parts that several pages share, with finished words in their final order. Templates look up and compute nothing.

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
    """A file to download, with its description: "14 sidor, 123 kB"."""

    link: PageLink
    extent: str


class SearchTags(Struct, frozen=True):
    """Tags by which a search can filter pages."""

    shelf: str
    """nu, äldre or tidigare."""
    status: str | None = None
    """The status of a plan, in words."""
    association: str | None = None
    year: int | None = None
    names: tuple[str, ...] = ()
    """Names that lead a search straight to this page: those of a förbund and its members."""


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
    """Its extension: csv, xlsx."""
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
    """Any departure from the page's common note on its charts; None if there is none."""
    narrow_html: Markup
    wide_html: Markup
    files: tuple[FileView, ...] = ()
    """Its figures, and its drawing."""


class DeviationView(Struct, frozen=True):
    heading: str
    text: str
