"""Sheets as an Excel workbook (ECMA-376), by XlsxWriter: the same bytes for the same sheets.

openpyxl takes three times as long for a plan's workbook, and can't store the value of a formula, which programs that
don't compute formulas show.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any

import xlsxwriter
from msgspec import Struct
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

MOMENT = datetime(1980, 1, 1)
"""Creation time stated in every workbook, the same as that of the files in its archive."""
A4 = 9


class Look(Enum):
    """The style of a text."""

    TEXT = "text"
    HEADING = "heading"
    NUMBER_HEADING = "number heading"
    STRONG = "strong"
    INDENTED = "indented"
    TWICE_INDENTED = "twice indented"
    MARK = "mark"
    """A sign in place of a number."""
    PROSE = "prose"


WRAPPED = {"valign": "top", "text_wrap": True}
LOOKS: Mapping[Look, Mapping[str, object]] = {
    Look.TEXT: {},
    Look.HEADING: {"bold": True, "bottom": 1, **WRAPPED},
    Look.NUMBER_HEADING: {"bold": True, "bottom": 1, "align": "right", **WRAPPED},
    Look.STRONG: {"bold": True},
    Look.INDENTED: {"indent": 1},
    Look.TWICE_INDENTED: {"indent": 2},
    Look.MARK: {"align": "right"},
    Look.PROSE: WRAPPED,
}


class Text(Struct, frozen=True):
    text: str
    look: Look = Look.TEXT


class Number(Struct, frozen=True):
    """A number in machine-readable form: "-4183.998". With a formula, it is the formula's value."""

    number: str
    strong: bool = False
    formula: str | None = None

    @property
    def form(self) -> str:
        """The number format, which every program displays with the digit grouping of its own language."""
        places = len(self.number.partition(".")[2])
        return f"#,##0.{'0' * places}" if places else "#,##0"


SheetCell = Text | Number | None
FormatOf = Callable[[Text | Number], Format]


class Sheet(Struct, frozen=True):
    """A table with its headings in the first row, which stays visible, as does the first column."""

    name: str
    rows: tuple[tuple[SheetCell, ...], ...]
    widths: tuple[int, ...]
    """Widths of the columns, in characters."""
    hidden: int | None = None
    """The number of a column that programs need and people don't."""


def workbook(sheets: Sequence[Sheet], *, title: str, organisation: str, source: str) -> bytes:
    """Write a workbook. `organisation` is the owner of the figures; there is no author, since a program made it."""
    body = io.BytesIO()
    with xlsxwriter.Workbook(body, {"in_memory": True}) as book:
        book.set_properties({"title": title, "company": organisation, "comments": source, "created": MOMENT})
        format_of = _formats(book)
        for sheet in sheets:
            _write(sheet, book.add_worksheet(sheet.name), format_of)
    return body.getvalue()


def _formats(book: Any) -> FormatOf:
    """Return a function that gives a cell its format. A workbook has each format once."""

    @cache
    def made(look: Look | None, form: str, strong: bool) -> Format:
        return book.add_format(dict(LOOKS[look]) if look else {"num_format": form, "bold": strong})

    def format_of(cell: Text | Number) -> Format:
        return made(cell.look, "", False) if isinstance(cell, Text) else made(None, cell.form, cell.strong)

    return format_of


def _write(sheet: Sheet, target: Worksheet, format_of: FormatOf) -> None:
    target.freeze_panes(1, 1)
    target.set_landscape()
    target.set_paper(A4)
    target.fit_to_pages(1, 0)
    target.repeat_rows(0)
    for column, width in enumerate(sheet.widths):
        target.set_column(column, column, width, None, {"hidden": column == sheet.hidden})
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if cell is not None:
                _write_cell(target, row, column, cell, format_of(cell))


def _write_cell(target: Worksheet, row: int, column: int, cell: Text | Number, look: Format) -> None:
    """Write a cell according to its type. A text never becomes a formula, a link or a number."""
    if isinstance(cell, Text):
        target.write_string(row, column, cell.text, look)
    elif cell.formula:
        target.write_formula(row, column, f"={cell.formula}", look, float(cell.number))
    else:
        target.write_number(row, column, float(cell.number), look)
