"""Conversion of a plan's rendered HTML to a document tree, so that page and PDF never disagree."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from urllib.parse import urljoin

from msgspec import Struct
from msgspec.structs import replace

from insyn.charts.stylesheet import Stylesheet
from insyn.pdf.characters import EMPTY_BOX, Ranges, breakable, shown
from insyn.pdf.columns import BULLET, PrintColumn, Sharing, length, share
from insyn.pdf.markup import SAID, WHITE, Element, on_paper, read_main
from insyn.pdf.stylesheet import dress
from insyn.pdf.tree import (
    Anchor,
    Block,
    Break,
    Cell,
    Code,
    Contents,
    Emphasis,
    Inline,
    Items,
    Jump,
    NoteAgain,
    Paragraph,
    PdfBar,
    PdfBox,
    PdfDocument,
    PdfHeading,
    PdfLink,
    PdfNote,
    PdfRule,
    PdfSpan,
    PdfTable,
    PdfTerm,
    PdfTerms,
    Picture,
    Plain,
    Quote,
    Raised,
    Row,
    Sign,
    Strong,
    Swatch,
    Title,
    Verbatim,
)
from insyn.swedish import capitalised

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    {
        *("h1", *HEADINGS, "p", "ul", "ol", "dl", "table", "div", "section", "header", "details", "summary"),
        *("blockquote", "pre", "hr", "nav", "article", "aside", "figure", "address", "main", "footer"),
    }
)
BOXES = frozenset({"banner", "hero", "chart", "plan-text", "notes", "judgement"})
"""Classes of parts that become boxes."""
UNANCHORED = frozenset({"tr", "thead", "tbody", "svg", "main"})
"""Tags that can't be link targets on paper."""
NOTE = re.compile(r"#(fotnot-\d+)")
WHOLE_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
PART = re.compile(r'<rect class="(serie-[a-z]+)( tentative)?" width="([\d.]+)"')
"""A bar in a list, as a part of a whole."""
HINTS = re.compile("[\u00ad\u200b]")
DEEPEST = 6
"""The deepest nesting of lists and quotations on paper; deeper ones are flattened."""
DEEPEST_INLINE = 6
NARROW = 8, 255.0
"""Most lines, and points of width, of a table beside its text."""
WHOLE = 1500
"""Maximum number of letters in a judgement that is kept on one page."""
SHORT, TALL = 22, 20
"""In lines: the longest table kept on one page, and the lowest row that may break."""


class Label(Struct, frozen=True):
    """A document's title and other metadata."""

    title: str
    organisation: str
    author: str
    """Author of the text; empty if unknown."""
    description: str
    foot: tuple[str, ...]
    site: str
    address: str | None
    """The page's URL, for readers."""
    base: str | None = None
    """The base URL of the page's links, if another."""


def read_document(html: str, label: Label, known: Ranges, sheet: Stylesheet) -> PdfDocument:
    """Return a page's document. `known` are the characters of the fonts, `sheet` the site's styles."""
    written = shown(html, known)
    main = _stepped(on_paper(read_main(written)))
    return PdfDocument(
        title=label.title,
        organisation=label.organisation,
        authors=(capitalised(label.author),) if label.author else (),
        retold_by=shown(label.author, known) if label.author != label.organisation else None,
        description=label.description,
        foot=tuple(shown(words, known) for words in label.foot),
        site=shown(label.site, known),
        address=label.address,
        palette=sheet.palette,
        boxes=written.count(EMPTY_BOX) > html.count(EMPTY_BOX),
        blocks=tuple(_Page(main, label.base or label.address, sheet).blocks(main.children)),
    )


def _stepped(main: Element) -> Element:
    """Renumber heading levels: h2 becomes 1, without gaps."""
    before = 0

    def step(element: Element) -> Element:
        nonlocal before
        tag = element.tag
        if tag in HEADINGS:
            before = min(HEADINGS.index(tag) + 1, before + 1)
            tag = HEADINGS[before - 1]
        inner = (step(child) if isinstance(child, Element) else child for child in element.children)
        return replace(element, tag=tag, children=tuple(inner))

    return step(main)


class _Page:
    """Converts a page's elements to blocks and inlines."""

    def __init__(self, main: Element, address: str | None, sheet: Stylesheet) -> None:
        elements = list(main.elements())
        self.address, self.sheet = address, sheet
        self.ids = {element.id for element in elements if element.tag not in UNANCHORED}
        self.notes = {one.id: one for one in elements if one.tag == "li" and NOTE.fullmatch(f"#{one.id}")}
        self.listed = set(_listed(elements))
        self.wanted = {href[1:] for element in elements if (href := element.attributes.get("href", "")).startswith("#")}
        self.met: set[str] = set()
        """Footnotes already placed at their first mark."""
        self.in_note = False
        self.summary = ""
        """The summary of the chart being read."""

    # --- Blocks ---

    def blocks(self, children: Iterable[Element | str], depth: int = 0) -> Iterator[Block]:
        """Yield blocks. Loose text between them becomes a block."""
        loose: list[Element | str] = []
        for child in children:
            if isinstance(child, Element) and child.tag in BLOCKS:
                yield from self._plain(loose)
                loose = []
                yield from self._anchored(child, depth)
            else:
                loose.append(child)
        yield from self._plain(loose)

    def _plain(self, loose: Sequence[Element | str]) -> Iterator[Block]:
        if inlines := self.inlines(loose):
            yield Plain(inlines)

    def _anchored(self, element: Element, depth: int) -> Iterator[Block]:
        """Yield an element's blocks, after an anchor if it is a link target. Headings and tables have their own."""
        if element.tag not in HEADINGS:
            yield from self._block_anchor(element)
        yield from self._block(element, depth)

    def _block_anchor(self, element: Element) -> Iterator[Block]:
        if anchor := self._anchor(element):
            yield Plain(anchor)

    def _anchor(self, element: Element) -> tuple[Inline, ...]:
        """Return an anchor if the element is a link target."""
        return (Anchor(element.id),) if element.id in self.wanted else ()

    def _block(self, element: Element, depth: int) -> Iterator[Block]:
        match element.tag:
            case "h1":
                yield Title(self.inlines(element.children))
            case "h2" | "h3" | "h4" | "h5" | "h6":
                yield self._heading(element)
            case "p":
                if inlines := self.inlines(element.children):
                    yield Paragraph(element.classes, inlines)
            case "ul" | "ol":
                yield from self._items(element, depth)
            case "dl":
                yield PdfTerms(element.classes, tuple(self._terms(element, depth)))
            case "table":
                yield self._table(element)
            case "blockquote":
                inner = tuple(self.blocks(element.children, depth + 1))
                yield from (Quote(inner),) if depth < DEEPEST else inner
            case "pre":
                yield Verbatim(element.written().strip("\n"))
            case "hr":
                yield PdfRule()
            case "nav":
                yield Contents()
            case _:
                yield from self._part(element, depth)

    def _part(self, element: Element, depth: int) -> Iterator[Block]:
        """Yield an element's blocks. Footnotes are placed at their marks."""
        if element.attributes.get("role") == "img":
            yield self._picture(element)
        elif element.has("notes") and element.tag == "section":
            yield from self._notes_left(depth)
        elif BOXES.intersection(element.classes):
            former, self.summary = self.summary, _summary(element) or self.summary
            inner = tuple(self.blocks(element.children, depth))
            self.summary = former
            whole = ("whole",) if element.has("judgement") and len(element.text()) < WHOLE else ()
            yield PdfBox((*element.classes, *whole), inner)
        else:
            inner = tuple(self.blocks(element.children, depth))
            lies = element.tag == "section" and any(isinstance(one, PdfTable) and one.sideways for one in inner)
            yield from (PdfBox(("sideways",), inner),) if lies else inner

    def _notes_left(self, depth: int) -> Iterator[Block]:
        """Yield the footnotes without a mark."""
        left = tuple(self._item(note, depth) for id, note in self.notes.items() if id not in self.met)
        if left:
            yield Items(("notes",), None, left)

    def _heading(self, element: Element) -> PdfHeading:
        inlines = self.inlines([_unhinted(child) for child in element.children])
        return PdfHeading(
            level=HEADINGS.index(element.tag) + 1,
            id=element.id,
            inlines=tuple(one for one in inlines if not isinstance(one, PdfNote | NoteAgain)),
            notes=tuple(one for one in inlines if isinstance(one, PdfNote | NoteAgain)),
            listed=element.id in self.listed,
        )

    def _items(self, element: Element, depth: int) -> Iterator[Block]:
        items = tuple(self._item(item, depth) for item in _inner(element, "li"))
        if depth >= DEEPEST:
            yield from (_standing_alone(one) for item in items for one in item)
        elif items:
            start = int(element.attributes.get("start", "1")) if element.tag == "ol" else None
            yield Items(element.classes, start, items)

    def _item(self, item: Element, depth: int) -> tuple[Block, ...]:
        return (*self._block_anchor(item), *self.blocks(item.children, depth + 1))

    def _terms(self, element: Element, depth: int) -> Iterator[PdfTerm]:
        """Yield the groups of a definition list: one or several terms and their definitions."""
        words: list[Inline] = []
        said: list[Block] = []
        for one in _inner(element, "dt", "dd"):
            if one.tag == "dt":
                if said:
                    yield PdfTerm(tuple(words), tuple(said))
                    words, said = [], []
                words += [*([Break()] if words else []), *self._anchor(one), *self.inlines(one.children)]
            else:
                said += self._block_anchor(one)
                said += _looking(one.classes, self.blocks(one.children, depth + 1))
        if words or said:
            yield PdfTerm(tuple(words), tuple(said))

    def _picture(self, element: Element) -> Picture:
        drawings = [one for one in element.elements() if one.tag == "svg"]
        told = (element.attributes.get("aria-label", ""), self.summary)
        svg = drawings[-1]
        _, _, width, height = map(float, svg.attributes["viewBox"].split())
        alt = " ".join(words for words in told if words)
        return Picture(dress(str(svg.children[0]), self.sheet), alt, height / width)

    # --- Tables ---

    def _table(self, table: Element) -> Block:
        """Return a table; its caption alone if it has no rows, and a list if it is in a footnote."""
        caption = next(_inner(table, "caption"), None)
        name = (*self._anchor(caption), *self.inlines(caption.children)) if caption else ()
        parts = [list(_inner(part, "tr")) for part in _inner(table, "tbody")]
        bodies = [part for part in parts if part]
        if not bodies:
            return Paragraph((), name)
        if self.in_note:
            return Items((), None, tuple((Plain((_in_a_row(row),)),) for body in bodies for row in body))
        sharing = share(tuple(_columns(table)), full=table.has("table--budget"))
        lines = sum(_lines(row, sharing) for body in bodies for row in body)
        is_narrow = lines <= NARROW[0] and sharing.width <= NARROW[1]
        return PdfTable(
            look=table.classes,
            caption=name,
            columns=sharing.widths,
            size=sharing.size,
            sideways=sharing.sideways,
            short=lines <= SHORT,
            beside=min(NARROW[1], max(sharing.width, length(caption.text()))) if caption and is_narrow else 0,
            head=tuple(self._row(row, sharing) for part in _inner(table, "thead") for row in _inner(part, "tr")),
            bodies=tuple(tuple(self._row(row, sharing) for row in body) for body in bodies),
        )

    def _row(self, row: Element, sharing: Sharing) -> Row:
        """Return a row of cells."""
        cells, place = [], 0
        for cell in _inner(row, "th", "td"):
            span = _span(cell)
            cells.append(self._cell(cell, whole=sharing.is_whole(cell.text(), place, span)))
            place += span
        missing = len(sharing.widths) - sum(cell.span for cell in cells)
        return Row(row.classes, _lines(row, sharing) > TALL, (*cells, *[Cell((), False, 1, ())] * missing))

    def _cell(self, cell: Element, *, whole: bool) -> Cell:
        blocks = tuple(_lowered([*self._block_anchor(cell), *self.blocks(cell.children, DEEPEST - 2)]))
        return Cell(cell.classes, cell.tag == "th", _span(cell), blocks, cell.attributes.get(SAID, ""), whole)

    # --- Inlines ---

    def inlines(self, children: Iterable[Element | str]) -> tuple[Inline, ...]:
        """Return inlines, without whitespace at the ends."""
        return _trimmed(self._run(children, 0))

    def _run(self, children: Iterable[Element | str], depth: int) -> list[Inline]:
        found: list[Inline] = []
        for child in children:
            if isinstance(child, str):
                _add(found, breakable(WHITE.sub(" ", child)))
            else:
                for one in self._inline(child, depth):
                    _add(found, one)
        return found

    def _inline(self, element: Element, depth: int) -> Iterator[Inline]:
        yield from self._anchor(element)
        match element.tag:
            case "br":
                yield Break()
            case "code":
                yield Code(element.text())
            case "svg":
                if part := PART.search(str(element.children[0])):
                    yield PdfBar(part[1], float(part[3]), tentative=bool(part[2]))
                elif _is_square(element):
                    yield Sign(dress(str(element.children[0]), self.sheet))
            case "a":
                yield from self._link(element, depth)
            case _:
                yield from self._marked(element, depth)

    def _marked(self, element: Element, depth: int) -> Iterator[Inline]:
        if colour := _colour(element):
            yield Swatch(colour)
            return
        if element.has("key__mark"):
            yield Swatch("ink", is_line=True)
            return
        inner = tuple(self._run(element.children, depth + 1))
        note = next((one for one in inner if isinstance(one, PdfNote | NoteAgain)), None)
        match element.tag:
            case _ if depth >= DEEPEST_INLINE or not inner:
                yield from inner
            case "em" | "i":
                yield Emphasis(inner)
            case "strong" | "b":
                yield Strong(inner)
            case "time" if element.classes:
                yield Strong(inner)
            case "sup":
                yield note or Raised(inner)
            case "span":
                yield PdfSpan(element.classes, inner)
            case _:
                yield from inner

    def _link(self, element: Element, depth: int) -> Iterator[Inline]:
        href, inner = element.attributes.get("href", ""), tuple(self._run(element.children, depth + 1))
        if (note := NOTE.fullmatch(href)) and note[1] in self.notes:
            yield self._note(note[1])
        elif href.startswith("#"):
            yield from (Jump(href[1:], inner),) if href[1:] in self.ids and inner else inner
        else:
            whole = _whole_address(href, self.address)
            if whole or not element.has("way"):
                yield from (PdfLink(whole, inner),) if whole and inner else inner

    def _note(self, id: str) -> PdfNote | NoteAgain:
        if id in self.met:
            return NoteAgain(id)
        self.met.add(id)
        former, self.in_note = self.in_note, True
        first, *rest = [*self.blocks(self.notes[id].children, DEEPEST - 2), Plain(())]
        self.in_note = former
        beside = Plain(first.inlines) if isinstance(first, Paragraph) else first
        return PdfNote(id, (beside, *rest[:-1]))


# --- Parts of elements ----------------------------------------------------------------------------------------------


def _inner(element: Element, *tags: str) -> Iterator[Element]:
    """Yield child elements with some tags, also those in a `div`, whose id passes to its first child."""
    for child in element.children:
        if isinstance(child, Element):
            if child.tag in tags:
                yield child
            elif child.tag == "div":
                found = list(_inner(child, *tags))
                yield from (replace(one, attributes={"id": child.id, **one.attributes}) for one in found[:1])
                yield from found[1:]


def _unhinted(child: Element | str) -> Element | str:
    """Remove soft hyphens and the like: headings are repeated in bookmarks."""
    if isinstance(child, str):
        return HINTS.sub("", child)
    return replace(child, children=tuple(_unhinted(one) for one in child.children))


def _listed(elements: Iterable[Element]) -> Iterator[str]:
    """Yield the ids of the headings in the page's table of contents."""
    for nav in elements:
        if nav.tag == "nav":
            yield from (one.attributes["href"][1:] for one in nav.elements() if one.tag == "a")


def _summary(element: Element) -> str:
    return next((one.text() for one in element.elements() if one.has("chart__summary")), "")


def _standing_alone(block: Block) -> Block:
    return Paragraph((), block.inlines) if isinstance(block, Plain) else block


def _looking(look: tuple[str, ...], blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks with the classes of their parent element."""
    for block in blocks:
        yield Paragraph(look, block.inlines) if look and isinstance(block, Plain) else block


def _lowered(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield a cell's blocks. Marks alone in a cell aren't raised, for legibility."""
    for block in blocks:
        inlines = block.inlines if isinstance(block, Plain) else ()
        if inlines and all(isinstance(one, Raised) or one == " " for one in inlines):
            yield Plain(tuple(word for one in inlines for word in (one.inlines if isinstance(one, Raised) else (one,))))
        else:
            yield block


def _is_square(svg: Element) -> bool:
    """Whether a drawing is an icon."""
    _, _, width, height = (svg.attributes.get("viewBox", "0 0 1 0").split() + ["0"] * 4)[:4]
    return width == height


def _colour(element: Element) -> str | None:
    marks = (name.removeprefix("key__colour--") for name in element.classes if name.startswith("key__colour--"))
    return next(marks, None)


def _lines(row: Element, sharing: Sharing) -> int:
    """Return a row's height in lines, roughly; each list item starts a line."""
    return sharing.lines([(_text_in_lines(cell), _span(cell)) for cell in _inner(row, "th", "td")])


def _text_in_lines(cell: Element) -> str:
    items = [item for item in cell.elements() if item.tag == "li"]
    return "\n".join(f"{BULLET}{_own_words(item)}" for item in items) if items else cell.text()


def _own_words(item: Element) -> str:
    """Return a list item's text, without nested items."""
    return replace(item, children=tuple(one for one in item.children if isinstance(one, str) or one.tag != "ul")).text()


def _span(cell: Element) -> int:
    return int(cell.attributes.get("colspan", "1"))


def _in_a_row(row: Element) -> str:
    return ", ".join(text for cell in _inner(row, "th", "td") if (text := cell.text()))


def _columns(table: Element) -> Iterator[PrintColumn]:
    """Yield the texts of each column."""
    rows = [list(_across(row)) for part in _inner(table, "thead", "tbody") for row in _inner(part, "tr")]
    for cells in zip_longest(*rows):
        found = [cell for cell in cells if cell is not None]
        if not found:
            yield PrintColumn("", (), numeric=False)
            continue
        heading, *rest = found
        numeric = bool(rest) and all(cell.has("number") or cell.tag == "th" for cell in rest) and rest[-1].tag == "td"
        texts = (_text_in_lines(cell) if cell else "" for cell in cells[cells.index(heading) + 1 :])
        yield PrintColumn(heading.text(), tuple(texts), numeric)


def _across(row: Element) -> Iterator[Element | None]:
    """Yield a row's cells by column; None where one spans several, and so has no bearing on a column's width."""
    for cell in _inner(row, "th", "td"):
        span = _span(cell)
        yield from [cell] if span == 1 else [None] * span


def _whole_address(href: str, page: str | None) -> str | None:
    if WHOLE_ADDRESS.match(href):
        return href
    return urljoin(page, href) if page and href else None


# --- White space ----------------------------------------------------------------------------------------------------


def _add(found: list[Inline], one: Inline) -> None:
    """Append an inline, merging text and collapsing spaces."""
    before = found[-1] if found else None
    if isinstance(one, str) and isinstance(before, str):
        found[-1] = WHITE.sub(" ", before + one)
    elif isinstance(one, str) and isinstance(before, Break):
        found.append(one.lstrip(" "))
    elif one != "":
        found.append(one)


def _trimmed(found: Sequence[Inline]) -> tuple[Inline, ...]:
    trimmed = list(found)
    if trimmed and isinstance(trimmed[0], str):
        trimmed[0] = trimmed[0].lstrip(" ")
    if trimmed and isinstance(trimmed[-1], str):
        trimmed[-1] = trimmed[-1].rstrip(" ")
    return tuple(one for one in trimmed if one != "")
