"""The lines of a workbook that has come back, by the ids that they were given."""

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from insyn.downloads.plan_workbook import IDS, MARKS, WorkbookTable
from insyn.downloads.spreadsheet import Text
from insyn.importing.document import GridCell, Remark, RemarkKind, SourcePlace, remark
from insyn.importing.readers.workbook import grid_cell, without_noise

AnyCell = Any
Worksheet = Any
"""openpyxl has no types of its own."""
MOST_ABOVE = 20
"""Rows that someone may have put above a table's headings."""


class NotReturnable(Exception):
    """A workbook can't be held to the plan. `key` is a sentence of the catalogue, which `values` fill in."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


class ReturnedCell(Struct, frozen=True):
    """A cell of an amount. What is seen may be something else than what is stored: then it has a doubt."""

    grid: GridCell
    text: str
    """What is stored, as it stands."""
    number: Decimal | None
    """What is stored, if that is a number."""

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.grid.doubt


class ReturnedLine(Struct, frozen=True):
    """A row of a sheet. One that is new has no id."""

    id: str
    name: str
    cells: tuple[ReturnedCell, ...]
    others: tuple[str, ...]
    """What stands in the columns that are neither name, amount nor id, in the order of the table."""
    place: SourcePlace


class ReturnedSheet(Struct, frozen=True):
    lines: tuple[ReturnedLine, ...]
    remarks: tuple[Remark, ...]
    """What isn't read: columns that somebody has added, comments."""


class ReturnedBook(Struct, frozen=True):
    """The workbook as openpyxl reads it: with the values of its formulas, and with the formulas."""

    shown: Any
    formulas: Any


def open_returned(body: bytes) -> ReturnedBook:
    from openpyxl import load_workbook

    shown = load_workbook(io.BytesIO(body), rich_text=True, data_only=True)
    return ReturnedBook(shown, load_workbook(io.BytesIO(body), data_only=False))


def read_sheet(book: ReturnedBook, table: WorkbookTable) -> ReturnedSheet:
    """Read the sheet that a table became. Raises NotReturnable when it can't be told what is what."""
    name = table.sheet.name
    if name not in book.shown.sheetnames:
        raise NotReturnable("returned-sheet-missing", sheet=name)
    return _SheetReader(book.shown[name], book.formulas[name], table).read()


class _SheetReader:
    """Reads one sheet. Its columns are known by their headings, wherever they stand."""

    def __init__(self, sheet: Worksheet, formulas: Worksheet, table: WorkbookTable) -> None:
        self.sheet, self.formulas, self.table = sheet, formulas, table
        self.headings = [_plain(cell.text) for cell in table.sheet.rows[0] if isinstance(cell, Text)]
        self.remarks: list[Remark] = []

    def read(self) -> ReturnedSheet:
        header = self._header()
        columns = self._columns(header)
        lines = tuple(self._lines(header, columns))
        self._tell_above(header)
        self._tell_others(header, columns)
        return ReturnedSheet(lines, tuple(self.remarks))

    def _header(self) -> int:
        """Return the number of the row of headings: the first that has most of them."""
        rows = self.sheet.iter_rows(max_row=MOST_ABOVE)
        counts = [sum(_text(cell) in self.headings for cell in row) for row in rows]
        if not counts or not max(counts):
            raise NotReturnable("returned-heading-missing", sheet=self.table.sheet.name, heading=self.headings[0])
        return counts.index(max(counts)) + 1

    def _columns(self, header: int) -> list[int]:
        """Return where each column of the table stands. Raises NotReturnable when one is missing or stands twice."""
        texts = [_text(cell) for cell in self.sheet[header]]
        for heading in self.headings:
            if texts.count(heading) != 1 and heading != MARKS:
                key = "returned-heading-twice" if heading in texts else "returned-heading-missing"
                raise NotReturnable(key, sheet=self.table.sheet.name, heading=heading)
        return [texts.index(heading) + 1 if heading in texts else 0 for heading in self.headings]

    def _lines(self, header: int, columns: Sequence[int]) -> Iterator[ReturnedLine]:
        amounts = range(1, 1 + self.table.amounts)
        others = [at for at in range(1 + self.table.amounts, len(columns)) if self.headings[at] != IDS]
        for row in range(header + 1, self.sheet.max_row + 1):
            cells = tuple(self._amount(row, columns[at]) for at in amounts)
            name, id = self._at(row, columns[0]), self._at(row, columns[self.headings.index(IDS)])
            if name or id or not all(cell.is_empty for cell in cells):
                told = tuple(self._at(row, columns[at]) for at in others)
                yield ReturnedLine(id, name, cells, told, self._place(row, columns[0]))

    def _amount(self, row: int, column: int) -> ReturnedCell:
        cell = self.sheet.cell(row, column)
        grid = grid_cell(cell, self.formulas, 1, self.remarks)
        is_number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
        number = without_noise(Decimal(repr(cell.value))) if is_number else None
        return ReturnedCell(grid, _text(cell), number)

    def _at(self, row: int, column: int) -> str:
        return _text(self.sheet.cell(row, column)) if column else ""

    def _place(self, row: int, column: int) -> SourcePlace:
        return SourcePlace(sheet=self.table.sheet.name, row=row, column=column)

    def _tell_above(self, header: int) -> None:
        for row in self.sheet.iter_rows(max_row=header - 1) if header > 1 else ():
            self._tell("returned-row-above", row)

    def _tell_others(self, header: int, columns: Sequence[int]) -> None:
        """Tell of columns that aren't the table's."""
        for number in range(1, self.sheet.max_column + 1):
            if number not in columns:
                cells = [self.sheet.cell(row, number) for row in range(header, self.sheet.max_row + 1)]
                self._tell("returned-column", cells)

    def _tell(self, key: str, cells: Sequence[AnyCell]) -> None:
        texts = [(cell, text) for cell in cells if (text := _text(cell))]
        if texts:
            first = texts[0][0]
            place = self._place(first.row, first.column)
            self.remarks.append(remark(RemarkKind.UNREAD, key, place, text=" · ".join(text for _, text in texts)))


def _text(cell: AnyCell) -> str:
    return _plain(str(cell.value)) if cell.value is not None else ""


def _plain(text: str) -> str:
    return " ".join(text.split())
