"""The document tree: blocks and inlines, without styling.

The template `print/plan.typ` reads it as JSON, with each value's kind under `type`. `look` has the part's CSS classes
on the page.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from insyn.pdf.columns import ColumnWidth

Look = tuple[str, ...]

# --- Inlines --------------------------------------------------------------------------------------------------------


class Emphasis(Struct, frozen=True, tag="emphasis"):
    inlines: tuple["Inline", ...]


class Strong(Struct, frozen=True, tag="strong"):
    inlines: tuple["Inline", ...]


class Code(Struct, frozen=True, tag="code"):
    text: str


class Raised(Struct, frozen=True, tag="raised"):
    inlines: tuple["Inline", ...]


class PdfSpan(Struct, frozen=True, tag="span"):
    look: Look
    inlines: tuple["Inline", ...]


class PdfLink(Struct, frozen=True, tag="link"):
    """A link out of the document, by absolute URL."""

    href: str
    inlines: tuple["Inline", ...]


class Jump(Struct, frozen=True, tag="jump"):
    """A link within the document."""

    id: str
    inlines: tuple["Inline", ...]


class PdfNote(Struct, frozen=True, tag="note"):
    """The first mark of a footnote; `blocks` is the footnote's content."""

    id: str
    blocks: tuple["Block", ...]


class NoteAgain(Struct, frozen=True, tag="note-again"):
    """A repeated mark of a footnote."""

    id: str


class Anchor(Struct, frozen=True, tag="anchor"):
    id: str


class Sign(Struct, frozen=True, tag="sign"):
    """A decorative icon."""

    svg: str


class PdfBar(Struct, frozen=True, tag="bar"):
    """A bar after a text: its colour's name, and its length in percent of the whole."""

    colour: str
    part: float
    tentative: bool


class Swatch(Struct, frozen=True, tag="swatch"):
    """A legend's colour, by name in the palette, or line."""

    colour: str
    is_line: bool = False


class Break(Struct, frozen=True, tag="break"):
    pass


Words = str | Emphasis | Strong | Code | Raised | PdfSpan | PdfLink | Jump | PdfNote | NoteAgain
Inline = Words | Anchor | Sign | PdfBar | Swatch | Break

# --- Blocks ---------------------------------------------------------------------------------------------------------


class Title(Struct, frozen=True, tag="title"):
    inlines: tuple[Inline, ...]


class PdfHeading(Struct, frozen=True, tag="heading"):
    level: int
    """From 1, without gaps."""
    id: str
    inlines: tuple[Inline, ...]
    notes: tuple[PdfNote | NoteAgain, ...]
    """Its footnotes, apart from its words, which are repeated in contents and bookmarks."""
    listed: bool
    """Whether the contents list it."""


class Paragraph(Struct, frozen=True, tag="paragraph"):
    look: Look
    inlines: tuple[Inline, ...]


class Plain(Struct, frozen=True, tag="plain"):
    """Text without a paragraph, in a cell or list item."""

    inlines: tuple[Inline, ...]


class Items(Struct, frozen=True, tag="items"):
    look: Look
    start: int | None
    """The first number; None in a bullet list."""
    items: tuple[tuple["Block", ...], ...]


class PdfTerm(Struct, frozen=True):
    words: tuple[Inline, ...]
    blocks: tuple["Block", ...]


class PdfTerms(Struct, frozen=True, tag="terms"):
    look: Look
    terms: tuple[PdfTerm, ...]


class Cell(Struct, frozen=True):
    look: Look
    header: bool
    span: int
    blocks: tuple["Block", ...]
    said: str = ""
    """The text for screen readers in an empty cell."""
    whole: bool = False
    """Whether every word fits on a line, so that none is hyphenated."""


class Row(Struct, frozen=True):
    look: Look
    tall: bool
    """Whether it may break across pages."""
    cells: tuple[Cell, ...]


class PdfTable(Struct, frozen=True, tag="table"):
    look: Look
    caption: tuple[Inline, ...]
    columns: tuple[ColumnWidth, ...]
    size: float
    """Font size in points."""
    sideways: bool
    """Whether it needs landscape."""
    short: bool
    """Whether it is kept on one page."""
    beside: float
    """Its width in points if text fits beside it, else 0."""
    head: tuple[Row, ...]
    bodies: tuple[tuple[Row, ...], ...]


class Picture(Struct, frozen=True, tag="picture"):
    svg: str
    alt: str
    height: float
    """As a fraction of the width."""


class Quote(Struct, frozen=True, tag="quote"):
    blocks: tuple["Block", ...]


class Verbatim(Struct, frozen=True, tag="verbatim"):
    text: str


class PdfRule(Struct, frozen=True, tag="rule"):
    pass


class Contents(Struct, frozen=True, tag="contents"):
    """The place of the table of contents."""


class PdfBox(Struct, frozen=True, tag="box"):
    """Blocks that belong together."""

    look: Look
    blocks: tuple["Block", ...]


Block = (
    Title
    | PdfHeading
    | Paragraph
    | Plain
    | Items
    | PdfTerms
    | PdfTable
    | Picture
    | Quote
    | Verbatim
    | PdfRule
    | Contents
    | PdfBox
)


class PdfDocument(Struct, frozen=True):
    """A document and its metadata."""

    title: str
    organisation: str
    """The organisation on the first page."""
    authors: tuple[str, ...]
    """Authors in the metadata."""
    retold_by: str | None
    """The reteller, for the first page; None if the organisation wrote the text."""
    description: str
    foot: tuple[str, ...]
    """The footer of every page: the plan and its status."""
    site: str
    address: str | None
    """The page's URL; None if the site's is undecided."""
    palette: Mapping[str, str]
    """Colours of the light theme, by CSS variable."""
    boxes: bool
    """Whether a character was replaced by an empty box."""
    blocks: tuple[Block, ...]


def tables_in(document: PdfDocument) -> Iterator[PdfTable]:
    """Yield every table, in reading order."""
    for block in document.blocks:
        yield from _tables(block)


def _tables(block: Block) -> Iterator[PdfTable]:
    inner: tuple[Block, ...] = ()
    match block:
        case PdfTable():
            yield block
        case Quote(blocks=inner) | PdfBox(blocks=inner):
            pass
        case Items(items=items):
            inner = tuple(one for item in items for one in item)
        case PdfTerms(terms=terms):
            inner = tuple(one for term in terms for one in term.blocks)
    for one in inner:
        yield from _tables(one)
