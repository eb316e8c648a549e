"""A document as it is to be typeset: blocks and inlines with all text as data, and nothing that says how they look.

The template `print/plan.typ` walks the tree as JSON, where each value has its kind under `type`. A `look` is the
classes that the same part has on the page.
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
    """To another place than this document, by its whole address."""

    href: str
    inlines: tuple["Inline", ...]


class Jump(Struct, frozen=True, tag="jump"):
    """To an anchor or heading in this document."""

    id: str
    inlines: tuple["Inline", ...]


class PdfNote(Struct, frozen=True, tag="note"):
    """A footnote's mark, the first time that it's met; `blocks` is the footnote."""

    id: str
    blocks: tuple["Block", ...]


class NoteAgain(Struct, frozen=True, tag="note-again"):
    """The mark of a footnote that has been met before."""

    id: str


class Anchor(Struct, frozen=True, tag="anchor"):
    id: str


class Sign(Struct, frozen=True, tag="sign"):
    """A small drawing that says nothing which the words beside it don't."""

    svg: str


class PdfBar(Struct, frozen=True, tag="bar"):
    """How large a part is that the words before it tell of: its colour by name, and per cent of the whole."""

    colour: str
    part: float
    tentative: bool


class Swatch(Struct, frozen=True, tag="swatch"):
    """The colour that a word explains, by its name in the palette; or the line."""

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
    """From 1; never more than one deeper than the heading before it."""
    id: str
    inlines: tuple[Inline, ...]
    notes: tuple[PdfNote | NoteAgain, ...]
    """Its footnotes stand apart from its words, which are said again in contents and bookmarks."""
    listed: bool
    """Whether the contents list it."""


class Paragraph(Struct, frozen=True, tag="paragraph"):
    look: Look
    inlines: tuple[Inline, ...]


class Plain(Struct, frozen=True, tag="plain"):
    """Words that are no paragraph of their own: in a cell, or an item of a list."""

    inlines: tuple[Inline, ...]


class Items(Struct, frozen=True, tag="items"):
    look: Look
    start: int | None
    """The first number; None in a list without numbers."""
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
    """What a cell that shows nothing is read as."""
    whole: bool = False
    """Whether each of its words has room on a line, so that none needs to be divided."""


class Row(Struct, frozen=True):
    look: Look
    tall: bool
    """Whether it may be divided between pages, since it would leave much of one empty."""
    cells: tuple[Cell, ...]


class PdfTable(Struct, frozen=True, tag="table"):
    look: Look
    caption: tuple[Inline, ...]
    columns: tuple[ColumnWidth, ...]
    size: float
    """Of the letters, in points."""
    sideways: bool
    """Whether it needs a page that lies down."""
    short: bool
    """Whether it stays on one page."""
    beside: float
    """How wide it is, in points, if words have room beside it; else 0."""
    head: tuple[Row, ...]
    bodies: tuple[tuple[Row, ...], ...]


class Picture(Struct, frozen=True, tag="picture"):
    svg: str
    alt: str
    height: float
    """In parts of its width."""


class Quote(Struct, frozen=True, tag="quote"):
    blocks: tuple["Block", ...]


class Verbatim(Struct, frozen=True, tag="verbatim"):
    text: str


class PdfRule(Struct, frozen=True, tag="rule"):
    pass


class Contents(Struct, frozen=True, tag="contents"):
    """Where the list of headings stands."""


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
    """A whole document, and what its file says of itself."""

    title: str
    organisation: str
    """Whose plan it is, as its first page says."""
    authors: tuple[str, ...]
    """Who wrote it, as its file says. Nobody is named for a retelling."""
    description: str
    foot: tuple[str, ...]
    """What stands at the foot of every page: which plan, and where it is in its life."""
    site: str
    address: str | None
    """Of the page that it's made from; None when the site's address isn't known."""
    palette: Mapping[str, str]
    """The colours of the site's light look, by the names that its stylesheet has for them."""
    boxes: bool
    """Whether a character had to be shown as an empty box, since the fonts don't have it."""
    blocks: tuple[Block, ...]


def tables_in(document: PdfDocument) -> Iterator[PdfTable]:
    """Yield every table, in the order of reading."""
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
