"""From HTML, as mammoth writes it, to headings, paragraphs, lists and tables with their spans."""

import re
from html.parser import HTMLParser

from insyn.importing.document import (
    DocumentBlock,
    Grid,
    GridCell,
    ListBlock,
    Remark,
    RemarkKind,
    SourceDocument,
    SourcePlace,
    TextHeading,
    TextParagraph,
    remark,
    squared,
)
from insyn.importing.readers.inline import without_unseen

MARKS = {"strong": "**", "em": "*"}
RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
NOTE = re.compile(r"#(?:foot|end)note-(?!ref)")
NOTE_BACK = re.compile(r"#(?:foot|end)note-ref")


def read_html(html: str) -> SourceDocument:
    """Read HTML. A table within another is one of its own, after it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return SourceDocument(tuple(reader.blocks), tuple(reader.remarks))


class _Cell:
    """A cell that is being read."""

    def __init__(self, colspan: int, rowspan: int) -> None:
        self.colspan, self.rowspan = colspan, rowspan
        self.text, self.mark, self.struck = "", "", False
        self.plain, self.bold = 0, 0
        """Characters that aren't bold, and those that are."""


class _Table:
    """A table that is being read: rows of cells, and the cells that span down into later rows."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.rows: list[list[GridCell]] = []
        self.down: dict[int, int] = {}
        self.row: list[GridCell] = []
        self.cell: _Cell | None = None

    def begin_row(self) -> None:
        self.row = []
        self._fill()

    def add(self, cell: _Cell) -> None:
        """Add a cell, and the empty ones that it spans."""
        at = len(self.row)
        place = self._place(at)
        text = without_unseen(cell.text).strip()
        spans = cell.colspan * cell.rowspan
        doubt = "struck" if cell.struck else "spans" if spans > 1 and re.match(r"[-–−(]?\d", text) else ""
        self.row.append(GridCell(text, place, cell.mark, cell.bold > cell.plain, doubt, spans=spans))
        self.row += [GridCell("", self._place(at + more)) for more in range(1, cell.colspan)]
        if cell.rowspan > 1:
            self.down.update({at + more: cell.rowspan - 1 for more in range(cell.colspan)})
        self._fill()

    def end_row(self) -> None:
        self.rows.append(self.row)

    def _fill(self) -> None:
        """Add empty cells where cells of earlier rows span down."""
        while self.down.get(len(self.row), 0) > 0:
            at = len(self.row)
            self.down[at] -= 1
            self.row.append(GridCell("", self._place(at)))

    def _place(self, at: int) -> SourcePlace:
        return SourcePlace(table=self.number, row=len(self.rows) + 1, column=at + 1)


class _Reader(HTMLParser):
    """Reads one document."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[DocumentBlock] = []
        self.remarks: list[Remark] = []
        self.tables: list[_Table] = []
        self.count, self.paragraphs = 0, 0
        self.text, self.level = "", 0
        self.items: list[str] = []
        self.lists: list[str] = []
        self.link = ""
        self.raised, self.struck, self.bold = False, False, 0
        self.inner: list[Grid] = []

    @property
    def cell(self) -> _Cell | None:
        return self.tables[-1].cell if self.tables else None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "table":
            self._begin_table()
        elif tag == "tr" and self.tables:
            self.tables[-1].begin_row()
        elif tag in ("td", "th") and self.tables:
            self.tables[-1].cell = _Cell(_whole(given.get("colspan")), _whole(given.get("rowspan")))
        elif tag in ("ul", "ol"):
            self._flush()
            self.lists.append(tag)
        elif re.fullmatch(r"h[1-6]", tag):
            self._flush()
            self.level = int(tag[1])
        else:
            self._begin_inline(tag, given)

    def _begin_inline(self, tag: str, given: dict[str, str]) -> None:
        if tag == "br":
            self._add("\n")
        elif tag == "a":
            self.link = given.get("href", "")
        elif tag == "sup":
            self.raised = True
        elif tag == "s":
            self.struck = True
        elif tag in MARKS:
            self.bold += tag == "strong"
            if self.cell is None:
                self.text += MARKS[tag]

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._end_table()
        elif tag == "tr" and self.tables:
            self.tables[-1].end_row()
        elif tag in ("td", "th") and self.cell:
            self.tables[-1].add(self.cell)
            self.tables[-1].cell = None
        elif tag in ("p", "li") or re.fullmatch(r"h[1-6]", tag):
            self._end_paragraph(tag)
        elif tag in ("ul", "ol") and self.lists:
            self._end_list()
        else:
            self._end_inline(tag)

    def _end_inline(self, tag: str) -> None:
        if tag == "a":
            self.link = ""
        elif tag == "sup":
            self.raised = False
        elif tag == "s":
            self.struck = False
        elif tag in MARKS:
            self.bold -= tag == "strong"
            if self.cell is None:
                self.text += MARKS[tag]

    def handle_data(self, data: str) -> None:
        if NOTE_BACK.match(self.link):
            return
        if self.raised:
            self._raise(data)
        else:
            self._add(data)

    def _raise(self, data: str) -> None:
        """Add a raised text: a note's number, or a mark."""
        number = data.strip().strip("[]")
        if self.cell:
            self.cell.mark += number
        elif NOTE.match(self.link):
            self.text += f"[^{number}]"
        else:
            self.text += data.translate(RAISED_DIGITS)

    def _add(self, data: str) -> None:
        cell = self.cell
        if cell is None:
            self.text += data
            return
        cell.text += data
        cell.struck = cell.struck or (self.struck and bool(data.strip()))
        if self.bold:
            cell.bold += len(data.strip())
        else:
            cell.plain += len(data.strip())

    def _end_paragraph(self, tag: str) -> None:
        if self.cell:
            self.cell.text = f"{self.cell.text.rstrip()}\n"
        elif tag == "li":
            if item := self.text.strip():
                self.items.append(item)
            self.text = ""
        elif not self.lists:
            self._flush()

    def _flush(self) -> None:
        """Make a heading or a paragraph of what has been read."""
        text = re.sub(r"\*\*(\s*)\*\*", r"\1", without_unseen(self.text)).strip()
        self.text = ""
        if self.lists and text:
            self.items.append(text)
        elif text:
            self.paragraphs += 1
            place = SourcePlace(table=0, row=self.paragraphs)
            plain = text.replace("**", "").strip()
            self.blocks.append(TextHeading(plain, self.level, place) if self.level else TextParagraph(text, place))
        self.level = 0

    def _end_list(self) -> None:
        self._flush()
        kind = self.lists.pop()
        if not self.lists and self.items:
            self.paragraphs += 1
            place = SourcePlace(row=self.paragraphs)
            self.blocks.append(ListBlock(tuple(self.items), kind == "ol", place))
            self.items = []

    def _begin_table(self) -> None:
        if not self.tables:
            self._flush()
        self.count += 1
        self.tables.append(_Table(self.count))

    def _end_table(self) -> None:
        table = self.tables.pop()
        if not any(table.rows):
            return
        place = SourcePlace(table=table.number, row=1, column=1)
        grid = Grid(squared(table.rows), place)
        if self.tables:
            self.inner.append(grid)
            self.remarks.append(remark(RemarkKind.GUESS, "nested-table", place))
            return
        self.blocks += [grid, *self.inner]
        self.inner = []


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 1
