"""A workbook's lines against the plan's: other amounts and names, rows that are new or gone, and what isn't taken."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from insyn.downloads.plan_workbook import ABOUT_SHEET, NOTES_SHEET, WorkbookTable, notes_sheet
from insyn.downloads.spreadsheet import Text
from insyn.downloads.workbook_lines import COST_SHEET, INCOME_SHEET, LineRole, Value, WorkbookLine
from insyn.importing.document import Remark, RemarkKind, SourcePlace, remark
from insyn.importing.readers.workbook import NOISE
from insyn.importing.returned.sheets import (
    NotReturnable,
    ReturnedBook,
    ReturnedCell,
    ReturnedLine,
    ReturnedSheet,
    read_sheet,
)
from insyn.model import Amount, Blank, Budget, Dash, Unit
from insyn.reading.printed_amounts import read_printed
from insyn.swedish import slug

TABLE_ROWS = frozenset({LineRole.ROW, LineRole.GROUP, LineRole.SUBTOTAL})
"""Lines after which a row can stand."""
SIDES = {INCOME_SHEET: "income", COST_SHEET: "costs"}
"""The sheets that rows may be added to, and what they are of."""


class CellChange(Struct, frozen=True):
    """An amount that is another. Values are as the workbook shows them."""

    line: WorkbookLine
    column: int
    heading: str
    before: Value
    after: Value
    place: SourcePlace


class NameChange(Struct, frozen=True):
    """A row with another name. It is the same row, and keeps its id."""

    line: WorkbookLine
    after: str
    place: SourcePlace


class NewRow(Struct, frozen=True):
    """A row without an id, and where it stands."""

    side: str
    """One of `SIDES`."""
    steps: tuple[int, ...]
    """Numbers of the items that lead to the list that it goes into."""
    at: int
    """The number that it gets there, were it alone."""
    after: str
    """The name of what it stands after; empty for the first."""
    name: str
    values: tuple[Value, ...]
    place: SourcePlace
    is_negated: bool
    """Whether its amounts are printed with the opposite sign of the plan's."""


class WorkbookChanges(Struct, frozen=True):
    """Everything in a workbook that isn't as in the plan."""

    cells: tuple[CellChange, ...] = ()
    names: tuple[NameChange, ...] = ()
    new: tuple[NewRow, ...] = ()
    gone: tuple[WorkbookLine, ...] = ()
    remarks: tuple[Remark, ...] = ()
    """What is not taken, and why."""
    uncounted: tuple[SourcePlace, ...] = ()
    """Formulas that no program has calculated."""
    computed: tuple[tuple[WorkbookLine, int, Value], ...] = ()
    """What the workbook has for the sums that the site works out: line, column, value."""

    @property
    def is_none(self) -> bool:
        """Whether nothing would be changed."""
        return not (self.cells or self.names or self.new or self.gone)


def compare(book: ReturnedBook, tables: Sequence[WorkbookTable], budget: Budget) -> WorkbookChanges:
    """Compare a workbook with the tables of a plan. Raises NotReturnable when it can't be told what is what."""
    found = [_Comparison(table, read_sheet(book, table), budget.unit).changes() for table in tables]
    notes = tuple(_other_sheets(book, tables, budget))
    return WorkbookChanges(
        cells=tuple(change for one in found for change in one.cells),
        names=tuple(change for one in found for change in one.names),
        new=tuple(row for one in found for row in one.new),
        gone=tuple(line for one in found for line in one.gone),
        remarks=(*(told for one in found for told in one.remarks), *notes),
        uncounted=tuple(place for one in found for place in one.uncounted),
        computed=tuple(sum for one in found for sum in one.computed),
    )


class _Comparison:
    """Compares one sheet with its table."""

    def __init__(self, table: WorkbookTable, sheet: ReturnedSheet, unit: Unit) -> None:
        self.table, self.sheet, self.unit = table, sheet, unit
        self.lines = {line.id: line for line in table.lines}
        self.headings = [cell.text for cell in table.sheet.rows[0] if isinstance(cell, Text)]
        self.remarks = list(sheet.remarks)
        self.uncounted: list[SourcePlace] = []
        self.cells: list[CellChange] = []
        self.computed: list[tuple[WorkbookLine, int, Value]] = []

    def changes(self) -> WorkbookChanges:
        known, unknown = self._sorted()
        names = tuple(self._names(known))
        for id, returned in known.items():
            self._compare(self.lines[id], returned)
        gone = tuple(self._gone(known))
        self._tell_moved(known)
        new = tuple(self._new(known, unknown))
        return WorkbookChanges(
            tuple(self.cells), names, new, gone, tuple(self.remarks), tuple(self.uncounted), tuple(self.computed)
        )

    # --- Which line is which ----------------------------------------------------------------------------------------

    def _sorted(self) -> tuple[dict[str, ReturnedLine], list[ReturnedLine]]:
        """Return the lines by id, and those that are new: without an id, or copied from another together with it."""
        known: dict[str, ReturnedLine] = {}
        unknown: list[ReturnedLine] = []
        for returned in self.sheet.lines:
            id = returned.id
            if not id:
                unknown.append(returned)
            elif id not in self.lines:
                raise NotReturnable("returned-id-unknown", id=id, place=returned.place)
            elif id not in known:
                known[id] = returned
            elif self._is_named(known[id]) and not self._is_named(returned):
                unknown.append(returned)
            elif self._is_named(returned) and not self._is_named(known[id]):
                unknown.append(known[id])
                known[id] = returned
            else:
                raise NotReturnable("returned-id-twice", name=returned.name, place=returned.place)
        order = {one.place.row: number for number, one in enumerate(self.sheet.lines)}
        return known, sorted(unknown, key=lambda one: order[one.place.row])

    def _is_named(self, returned: ReturnedLine) -> bool:
        return returned.name == _plain(self.lines[returned.id].name)

    def _names(self, known: dict[str, ReturnedLine]) -> Iterator[NameChange]:
        """Yield rows with another name. Raises NotReturnable where the name is that of another line: then ids and names
        have parted, as when a part of a sheet is sorted."""
        names = {_plain(line.name) for line in self.table.lines}
        for id, returned in known.items():
            line = self.lines[id]
            if self._is_named(returned):
                continue
            if returned.name in names:
                raise NotReturnable("returned-rows-mixed", name=returned.name, own=line.name, place=returned.place)
            if line.role is LineRole.ROW and returned.name and not self._is_taken(returned.name):
                yield NameChange(line, returned.name, returned.place)
            else:
                self._tell("returned-name-left", returned.place, name=line.name, text=returned.name)

    def _is_taken(self, name: str) -> bool:
        """Whether a new name would be taken for that of another row."""
        return slug(name) in self.lines

    def _gone(self, known: dict[str, ReturnedLine]) -> Iterator[WorkbookLine]:
        """Yield the rows that the workbook has no more. Of other lines it is only told."""
        for id, line in self.lines.items():
            if id in known:
                continue
            if line.role is LineRole.ROW:
                yield line
            else:
                self._tell("returned-line-gone", SourcePlace(sheet=self.table.sheet.name), name=line.name)

    def _tell_moved(self, known: dict[str, ReturnedLine]) -> None:
        """Tell of lines that stand in another order than in the plan: the fewest that explain it."""
        order = {id: number for number, id in enumerate(self.lines)}
        kept = _longest_rising([order[id] for id in known])
        for id, number in ((id, order[id]) for id in known):
            if number not in kept:
                self._tell("returned-row-moved", known[id].place, name=self.lines[id].name)

    # --- Amounts ----------------------------------------------------------------------------------------------------

    def _compare(self, line: WorkbookLine, returned: ReturnedLine) -> None:
        if not line.cells:
            if not all(cell.is_empty for cell in returned.cells):
                self._tell("returned-amount-on-heading", returned.place, name=line.name)
            return
        for column, (before, cell) in enumerate(zip(line.values, returned.cells, strict=False)):
            self._compare_cell(line, column, before, cell)
        self._compare_others(line, returned)

    def _compare_cell(self, line: WorkbookLine, column: int, before: Value, cell: ReturnedCell) -> None:
        if cell.grid.doubt == "not-calculated":
            self.uncounted.append(cell.grid.origin)
            return
        after, fault = value_in(cell, line.unit, before)
        own = line.cells[column]
        heading = self.headings[1 + column] if self.table.amounts > 1 else ""
        if fault:
            self._untaken(fault, line.name, cell)
        elif line.is_computed:
            self.computed.append((line, column, after))
        elif after != before and isinstance(own, Amount) and own.printed:
            self._tell("returned-printed", cell.grid.origin, name=line.name, text=cell.grid.text)
        elif after != before:
            self.cells.append(CellChange(line, column, heading, before, after, cell.grid.origin))

    def _untaken(self, fault: str, name: str, cell: ReturnedCell) -> None:
        grid = cell.grid
        self.remarks.append(
            remark(RemarkKind.UNREAD, fault, grid.origin, name=f"{name}, {grid.text}", shown=grid.shown)
        )

    def _compare_others(self, line: WorkbookLine, returned: ReturnedLine) -> None:
        """Tell of other words in the columns beside the amounts."""
        row = self.table.sheet.rows[1 + self.table.lines.index(line)][1 + self.table.amounts : -1]
        for cell, text in zip(row, returned.others, strict=False):
            own = _plain(cell.text) if isinstance(cell, Text) else ""
            if text != own:
                self._tell("returned-text-left", returned.place, name=line.name, text=text)

    def _tell(self, key: str, place: SourcePlace, **values: object) -> None:
        self.remarks.append(remark(RemarkKind.UNREAD, key, place, **values))

    # --- New rows ---------------------------------------------------------------------------------------------------

    def _new(self, known: dict[str, ReturnedLine], unknown: Sequence[ReturnedLine]) -> Iterator[NewRow]:
        """Yield each row that is new, and tell of those that can't be added."""
        taken: set[str] = set()
        for returned in unknown:
            anchor = self._before(known, returned)
            fault = self._fault(returned, anchor, taken)
            values, faults = self._values(returned) if not fault else ((), [])
            if fault:
                text = " · ".join(cell.grid.text for cell in returned.cells if cell.grid.text)
                self._tell(fault, returned.place, name=returned.name, text=text)
            elif not faults:
                taken.add(slug(returned.name))
                yield self._row(returned, anchor, values)

    def _row(self, returned: ReturnedLine, anchor: WorkbookLine | None, values: tuple[Value, ...]) -> NewRow:
        steps, at = _place_after(anchor)
        return NewRow(
            side=SIDES[self.table.sheet.name],
            steps=steps,
            at=at,
            after=anchor.name if anchor else "",
            name=returned.name,
            values=values,
            place=returned.place,
            is_negated=any(line.negated for line in self.table.lines),
        )

    def _before(self, known: dict[str, ReturnedLine], returned: ReturnedLine) -> WorkbookLine | None:
        """Return the line of the plan that a new row stands after; None at the top."""
        above = [(one.place.row, id) for id, one in known.items() if one.place.row < returned.place.row]
        return self.lines[max(above)[1]] if above else None

    def _fault(self, returned: ReturnedLine, anchor: WorkbookLine | None, taken: set[str]) -> str:
        """Return why a row can't be added: the key of a sentence; empty when it can."""
        if self.table.sheet.name not in SIDES:
            return "returned-row-elsewhere"
        if not returned.name:
            return "returned-row-nameless"
        if all(cell.is_empty for cell in returned.cells):
            return "returned-row-empty"
        if anchor is not None and anchor.role not in TABLE_ROWS:
            return "returned-row-below"
        if slug(returned.name) in self.lines or slug(returned.name) in taken:
            return "returned-row-named-twice"
        return ""

    def _values(self, returned: ReturnedLine) -> tuple[tuple[Value, ...], list[str]]:
        """Return the amounts of a new row, and what is wrong with those that can't be read."""
        values: list[Value] = []
        faults: list[str] = []
        for cell in returned.cells:
            value, fault = value_in(cell, self.unit, None)
            values.append(value)
            if fault:
                faults.append(fault)
                self._untaken(fault, returned.name, cell)
        if faults:
            self._tell("returned-row-unread", returned.place, name=returned.name)
        return tuple(values), faults


def _place_after(anchor: WorkbookLine | None) -> tuple[tuple[int, ...], int]:
    """Return the list that a row after a line goes into, and its number there: first in a group after its heading."""
    if anchor is None:
        return (), 0
    if anchor.role is LineRole.GROUP or anchor.is_before:
        return anchor.steps, 0
    return anchor.steps[:-1], anchor.steps[-1] + 1


def value_in(cell: ReturnedCell, unit: Unit, before: Value) -> tuple[Value, str]:
    """Return what a cell shows, and why it can't be taken: the key of a sentence.

    A number that is what it was is taken whatever its format shows: only what is written anew must be seen as it is.
    """
    grid = cell.grid
    if cell.number is not None and grid.doubt not in ("percent", "struck"):
        kronor = _kronor(cell.number, unit)
        if kronor is not None and kronor == before:
            return before, ""
        return (None, grid.doubt) if grid.doubt else (kronor, "" if kronor is not None else "amount-unclear")
    if cell.text == (_plain(before) if isinstance(before, str) else "") and not grid.doubt:
        return before if cell.text else None, ""
    if grid.doubt or grid.mark:
        return None, grid.doubt or "returned-mark"
    read = read_printed(cell.text, unit)
    if read and isinstance(read.cell, Blank | Dash):
        return read.cell.text if isinstance(read.cell, Dash) else None, ""
    if read is None or not isinstance(read.cell, Amount) or read.guess:
        return None, "not-an-amount" if read is None else "amount-unclear"
    return (None, "returned-mark") if read.cell.mark else (read.cell.kronor, "")


def _kronor(number: Decimal, unit: Unit) -> int | None:
    """Return a number of a unit as whole kronor; None when it isn't whole."""
    kronor = number * unit.value
    whole = kronor.quantize(Decimal(1))
    return int(whole) if abs(kronor - whole) < NOISE * unit.value else None


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Return the longest run of numbers that rise in the order given."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        before[number] = tails[at - 1] if at else None
        tails[at : at + 1] = [number]
    kept: set[int] = set()
    at_last = tails[-1] if tails else None
    while at_last is not None:
        kept.add(at_last)
        at_last = before[at_last]
    return kept


def _other_sheets(book: ReturnedBook, tables: Sequence[WorkbookTable], budget: Budget) -> Iterator[Remark]:
    """Yield what stands in sheets that aren't read: other notes, and sheets that somebody has added."""
    own = {cell.text for sheet in notes_sheet(budget) for row in sheet.rows for cell in row if isinstance(cell, Text)}
    known = {table.sheet.name for table in tables}
    for sheet in book.shown.worksheets:
        if sheet.title in known or sheet.title == ABOUT_SHEET:
            continue
        texts = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        if sheet.title == NOTES_SHEET:
            for cell in texts:
                if _plain(str(cell.value)) not in {_plain(text) for text in own}:
                    place = SourcePlace(sheet=sheet.title, row=cell.row, column=cell.column)
                    yield remark(RemarkKind.UNREAD, "returned-note", place, text=cell.value)
        elif texts:
            yield remark(RemarkKind.UNREAD, "returned-sheet", SourcePlace(), name=sheet.title)


def _plain(text: str) -> str:
    return " ".join(text.split())
