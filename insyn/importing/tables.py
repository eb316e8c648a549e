"""Which of a document's tables are the budget, and the rows of it: names, amounts and marks under columns."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from insyn.importing.columns import COMMENT_COLUMN, NOTE_COLUMN, YEAR, YearHeading, headings_of, read_heading
from insyn.importing.document import (
    DocumentBlock,
    Grid,
    GridCell,
    Remark,
    RemarkKind,
    SourceDocument,
    SourcePlace,
    TextParagraph,
    remark,
)
from insyn.importing.readers.inline import bare
from insyn.importing.words import AMOUNTS_SAID, COSTS, EQUITY, INCOME, plain_name
from insyn.reading.printed_amounts import is_amount_like, several

NOTE_MARK = re.compile(r"(?:\*{1,4}|\d{1,2}\)?|[¹²³⁴⁵⁶⁷⁸⁹]+|[a-z]\))(?:,\s*(?:\*{1,4}|\d{1,2}\)?))*", re.I)
TRAILING_MARK = re.compile(r"(?<=[^\s*¹²³⁴⁵⁶⁷⁸⁹])\s*(\*{1,4}|[¹²³⁴⁵⁶⁷⁸⁹]+|(?<=\s)\d{1,2}\))\Z")
SHORT_NAME = 60
MOST_WORDS = 4


class SourceLine(Struct, frozen=True):
    """A row of the budget as it stands in the document: a name, and a cell for each column; none for a heading."""

    name: str
    cells: tuple[GridCell, ...]
    origin: SourcePlace
    mark: str = ""
    comment: str = ""
    group: str = ""
    """What stands in a column of its own before the name, on the first row that it is for."""
    is_bold: bool = False
    guess: str = ""
    equity_headings: tuple[YearHeading, ...] = ()
    """Where the row has headings of its own, for saved money."""

    @property
    def has_amounts(self) -> bool:
        return any(cell.text.strip() for cell in self.cells)


class FoundTable(Struct, frozen=True):
    """The budget's columns and rows. `headings` are the columns' as they first stand, `cost_headings` later ones."""

    headings: tuple[YearHeading, ...]
    lines: tuple[SourceLine, ...]
    blocks: tuple[DocumentBlock, ...]
    """What of the document it was read from."""
    caption: str
    note_heading: str = ""
    all_headings: tuple[tuple[YearHeading, ...], ...] = ()
    """Every row of headings, in order, where a table has several."""


def find_tables(document: SourceDocument, remarks: list[Remark]) -> list[FoundTable]:
    """Return the tables of amounts under headings with years, the longest first. Those of the same columns are one."""
    found: list[FoundTable] = []
    blocks = _with_halves(document.blocks, remarks)
    at = 0
    while at < len(blocks):
        block = blocks[at]
        table = _Reader(block, remarks).table() if isinstance(block, Grid) else None
        if table is None:
            at += 1
            continue
        taken = [at]
        table, last = _continued(table, blocks, at, remarks)
        taken = list(range(at, last + 1))
        table = replace(table, blocks=tuple(blocks[one] for one in taken))
        same = next((n for n, one in enumerate(found) if _same_columns(one, table)), None)
        if same is None:
            found.append(table)
        else:
            found[same] = _merged(found[same], table)
        at = last + 1
    return sorted(found, key=lambda one: -sum(line.has_amounts for line in one.lines))


def _same_columns(one: FoundTable, other: FoundTable) -> bool:
    return [(h.year, h.kind) for h in one.headings] == [(h.year, h.kind) for h in other.headings]


def _merged(one: FoundTable, other: FoundTable) -> FoundTable:
    lines, headings = (*one.lines, *other.lines), (*one.all_headings, *other.all_headings)
    return replace(one, lines=lines, blocks=(*one.blocks, *other.blocks), all_headings=headings)


# --- Tables side by side --------------------------------------------------------------------------------------------


def _with_halves(blocks: Sequence[DocumentBlock], remarks: list[Remark]) -> list[DocumentBlock]:
    """Return the blocks, with a table that is two beside each other as two."""
    made: list[DocumentBlock] = []
    for block in blocks:
        halves = _halves(block) if isinstance(block, Grid) else ()
        if halves:
            remarks.append(remark(RemarkKind.GUESS, "side-by-side", halves[0].origin))
        made += halves or (block,)
    return made


def _halves(grid: Grid) -> tuple[Grid, ...]:
    """Cut a table where a second column of names begins, with headings of years on both sides."""
    header = next((row for row in grid.rows if column_headings(grid, row)), None)
    if header is None:
        return ()
    years = sorted(column_headings(grid, header))
    for before, after in pairwise(years):
        cut = next((at for at in range(before + 1, after) if _is_names(grid, at)), None)
        if cut is not None:
            return tuple(_cut(grid, start, end) for start, end in ((0, cut), (cut, len(grid.rows[0]))))
    return ()


def column_headings(grid: Grid, row: tuple[GridCell, ...]) -> dict[int, YearHeading]:
    """Return the headings of a row, but what stands over names: "Budget 2026" there is the table's own heading."""
    return {at: one for at, one in headings_of(row).items() if not _is_names(grid, at)}


def _cut(grid: Grid, start: int, end: int) -> Grid:
    return replace(grid, rows=tuple(row[start:end] for row in grid.rows))


def _is_names(grid: Grid, column: int) -> bool:
    """Whether a column holds names of rows rather than amounts or marks."""
    texts = [row[column].text.strip() for row in grid.rows[1:] if row[column].text.strip()]
    names = [text for text in texts if re.search(r"[^\W\d]{3}", text) and not is_amount_like(text)]
    return len(names) > 1 and len(names) * 2 > len(texts)


# --- One table ------------------------------------------------------------------------------------------------------


class _Reader:
    """Reads one grid, whose first row of headings decides its columns."""

    def __init__(self, grid: Grid, remarks: list[Remark]) -> None:
        self.grid, self.remarks = grid, remarks
        self.headings: dict[int, YearHeading] = {}
        self.first: dict[int, YearHeading] = {}
        self.all: list[tuple[YearHeading, ...]] = []
        self.notes, self.comments = -1, -1
        self.note_heading = ""
        self.seen: list[tuple[str, ...]] = []

    def table(self) -> FoundTable | None:
        """Return the table; None when it has no headings with years or no amounts under them."""
        rows = _with_kinds(self.grid.rows)
        header = next((at for at, row in enumerate(rows) if column_headings(self.grid, row)), None)
        if header is None:
            return None
        above = [_texts(row) for row in self.grid.rows[:header]]
        own: list[Remark] = [
            remark(
                RemarkKind.UNREAD, "row-left", row[0].origin, name=texts[0], cells=" · ".join(filter(None, texts[1:]))
            )
            for row, texts in zip(self.grid.rows, above, strict=False)
            if any(is_amount_like(text) for text in texts[1:])
        ]
        caption = self.grid.caption or " ".join(text for row in above for text in row if text)
        remarks, self.remarks = self.remarks, own
        lines = list(self._lines(rows[header:]))
        if sum(line.has_amounts for line in lines) < 1 or not self.first:
            return None
        remarks += own
        return FoundTable(
            tuple(self.first.values()), tuple(lines), (self.grid,), caption, self.note_heading, tuple(self.all)
        )

    def _lines(self, rows: Sequence[tuple[GridCell, ...]]) -> Iterator[SourceLine]:
        rest = list(rows)
        while rest:
            row = rest.pop(0)
            found = headings_of(row)
            if not (self.first and _is_equity(found, len(self.first))):
                found = column_headings(self.grid, row)
            if found and self._are_amounts(row, found):
                yield self._line(row)
            elif found and self.first and _is_equity(found, len(self.first)):
                if rest:
                    yield from self._equity(row, found, rest.pop(0))
            elif found and (not self.first or len(found) == len(self.first)):
                yield from self._header(row, found)
            elif any(cell.text.strip() for cell in row):
                yield from (self._line(one) for one in _divided(row))

    def _are_amounts(self, row: tuple[GridCell, ...], found: dict[int, YearHeading]) -> bool:
        """Whether what looks like bare years are amounts: they stand by a row's name, and aren't the table's years."""
        if not self.first or any(one.kind for one in found.values()):
            return False
        name = plain_name(row[0].text) if 0 not in found else ""
        is_section = not name or any(said.match(name) for said in (INCOME, COSTS, EQUITY)) or AMOUNTS_SAID.search(name)
        return not is_section and [one.year for one in found.values()] != [one.year for one in self.first.values()]

    def _header(self, row: tuple[GridCell, ...], found: dict[int, YearHeading]) -> Iterator[SourceLine]:
        """Take headings; a name beside them is a section's."""
        texts = tuple(_texts(row))
        if texts in self.seen:
            self.remarks.append(
                remark(RemarkKind.LEFT_OUT, "head-repeated", row[0].origin, text=" ".join(texts).strip())
            )
            return
        self.seen.append(texts)
        if not self.first:
            self.first = found
            for at, cell in enumerate(row):
                if NOTE_COLUMN.fullmatch(cell.text.strip()):
                    self.notes, self.note_heading = at, cell.text.strip()
                elif COMMENT_COLUMN.fullmatch(cell.text.strip()):
                    self.comments = at
            if self.notes < 0:
                self.notes = self._unnamed_notes()
            self._tell_others(row, found)
        self.all.append(tuple(found.values()))
        name = row[0].text.strip() if 0 not in found else ""
        if name:
            yield SourceLine(bare(name), (), row[0].origin, is_bold=row[0].is_bold)

    def _unnamed_notes(self) -> int:
        """Return a last column that holds marks alone, without a heading; -1 for none."""
        for at in range(max(self.first) + 1, len(self.grid.rows[0])):
            texts = [row[at].text.strip() for row in self.grid.rows if row[at].text.strip()]
            if texts and all(NOTE_MARK.fullmatch(text) for text in texts):
                return at
        return -1

    def _tell_others(self, header: tuple[GridCell, ...], found: dict[int, YearHeading]) -> None:
        """Tell of columns that are neither names, years, marks nor comments: they are left out."""
        first = min(found)
        for at in range(first, len(header)):
            if at in (*found, self.notes, self.comments):
                continue
            texts = [row[at].text.strip() for row in self.grid.rows if row is not header and row[at].text.strip()]
            if texts or header[at].text.strip():
                name = header[at].text.strip() or texts[0]
                self.remarks.append(
                    remark(RemarkKind.UNREAD, "column-left-out", header[at].origin, name=name, cells=" · ".join(texts))
                )

    def _line(self, row: tuple[GridCell, ...]) -> SourceLine:
        names = [cell for cell in row[: min(self.first)] if cell.text.strip()]
        cells = tuple(row[at] for at in self.first)
        if any(cell.doubt == "row-short" for cell in cells) and any(cell.text.strip() for cell in cells):
            cells = tuple(replace(cell, doubt=cell.doubt or "row-short") for cell in cells)
        mark = row[self.notes].text.strip() if self.notes >= 0 else ""
        comment = row[self.comments].text.strip() if self.comments >= 0 else ""
        name, own_mark = _named(names[-1]) if names else ("", "")
        group = " ".join(cell.text.strip() for cell in names[:-1])
        is_bold = any(cell.is_bold for cell in names)
        guess = "name-lines" if names and "\n" in names[-1].text.strip() else ""
        return SourceLine(name, cells, row[0].origin, mark or own_mark, comment, group, is_bold, guess)

    def _equity(
        self, header: tuple[GridCell, ...], found: dict[int, YearHeading], row: tuple[GridCell, ...]
    ) -> Iterator[SourceLine]:
        """Take a row of headings for saved money with its amounts under it, one more than there are columns."""
        cells = tuple(row[at] for at in found)
        yield SourceLine(
            header[min(found)].text.strip(), cells, header[0].origin, equity_headings=tuple(found.values())
        )


def _with_kinds(rows: Sequence[tuple[GridCell, ...]]) -> Sequence[tuple[GridCell, ...]]:
    """Return rows in which years have the kinds that stand in a row above them: "Budget" over "2025"."""
    made = list(rows)
    for at, (above, below) in enumerate(pairwise(rows)):
        years = [column for column, cell in enumerate(below) if YEAR.fullmatch(cell.text.strip())]
        both = {column: f"{above[column].text.strip()} {below[column].text.strip()}" for column in years}
        if years and all(_is_kind(above[column].text) and read_heading(both[column]) for column in years):
            made[at + 1] = tuple(replace(cell, text=both.get(column, cell.text)) for column, cell in enumerate(below))
    return made


def _is_kind(text: str) -> bool:
    """Whether a text names what a column states, and no year."""
    found = read_heading(f"{text.strip()} 2000")
    return found is not None and found.kind is not None


def _divided(row: tuple[GridCell, ...]) -> Iterator[tuple[GridCell, ...]]:
    """Yield the rows that stand as lines in the cells of one."""
    lines = [[one.strip() for one in cell.text.strip().split("\n")] for cell in row]
    counts = {len(one) for one, cell in zip(lines, row, strict=True) if cell.text.strip()}
    if len(counts) != 1 or counts == {1}:
        yield row
        return
    for at in range(counts.pop()):
        yield tuple(
            replace(cell, text=texts[at], doubt=cell.doubt or "row-divided") if at < len(texts) and cell.text else cell
            for cell, texts in zip(row, lines, strict=True)
        )


def _is_equity(found: dict[int, YearHeading], columns: int) -> bool:
    said = sum("eget kapital" in one.text.lower() for one in found.values())
    return said > 1 and len(found) == columns + 1


def _listed(texts: Sequence[str]) -> str:
    return " · ".join(text for text in texts if text)


def _texts(row: Sequence[GridCell]) -> list[str]:
    return [cell.text.strip() for cell in row]


def _named(cell: GridCell) -> tuple[str, str]:
    """Return a row's name, and the mark after it."""
    text = " ".join(bare(cell.text).split())
    match = TRAILING_MARK.search(text)
    if match:
        return text[: match.start()].strip(), match[1]
    return text, cell.mark


# --- What goes on after a table -------------------------------------------------------------------------------------


def _continued(
    table: FoundTable, blocks: Sequence[DocumentBlock], at: int, remarks: list[Remark]
) -> tuple[FoundTable, int]:
    """Take what follows on a table and belongs to it: rows in more tables of its width, short headings between, and
    lines that end with its number of amounts. Returns the number of the last block too."""
    columns, width = len(table.headings), len(_grid_of(table).rows[0])
    lines, pending, last = list(table.lines), list[SourceLine](), at
    for number in range(at + 1, len(blocks)):
        block = blocks[number]
        if isinstance(block, Grid):
            if len(block.rows[0]) != width or _begins_anew(block):
                break
            reader = _Reader(replace(block, rows=(*_header_rows(table), *block.rows)), [])
            more = reader.table()
            if more is None:
                break
            lines += [*pending, *more.lines]
            pending, last = [], number
        elif isinstance(block, TextParagraph):
            line = _loose_line(block, columns)
            if line is None:
                break
            pending.append(line)
            if line.cells:
                lines += pending
                pending, last = [], number
                remarks.append(remark(RemarkKind.GUESS, "amounts-without-table", block.origin, text=bare(block.text)))
        else:
            break
    return replace(table, lines=tuple(lines)), last


def _begins_anew(grid: Grid) -> bool:
    """Whether a table has headings with years before any amounts."""
    for row in grid.rows:
        if headings_of(row):
            return True
        if any(is_amount_like(cell.text) for cell in row[1:] if cell.text.strip()):
            return False
    return False


def _grid_of(table: FoundTable) -> Grid:
    return next(block for block in table.blocks if isinstance(block, Grid))


def _header_rows(table: FoundTable) -> tuple[tuple[GridCell, ...], ...]:
    grid = _grid_of(table)
    header = next(row for row in _with_kinds(grid.rows) if column_headings(grid, row))
    first = min(column_headings(grid, header))
    return ((*(replace(cell, text="") for cell in header[:first]), *header[first:]),)


def _loose_line(block: TextParagraph, columns: int) -> SourceLine | None:
    """Return a paragraph as a row: a short heading, or a name and amounts; None when it is neither."""
    text = block.text.strip()
    match = re.match(
        r"(?P<name>[^\d*]{0,99}?[^\W\d][^\d*]{0,99}?)[\s*]{1,99}(?P<amounts>[-–−(*\d][\d\s*.,()–−-]*)\Z", text
    )
    if match:
        amounts = _amounts_of(match["amounts"].strip(), columns)
        if not amounts:
            return None
        cells = tuple(GridCell(amount, replace(block.origin, column=at)) for at, amount in enumerate(amounts, 2))
        return SourceLine(bare(match["name"]), cells, block.origin, is_bold="**" in text, guess="amounts-without-table")
    plain = bare(text)
    if (
        len(plain) <= SHORT_NAME
        and not plain.endswith((".", ",", ";"))
        and "\n" not in plain
        and len(plain.split()) < 4
    ):
        return SourceLine(plain, (), block.origin)
    return None


def _amounts_of(text: str, columns: int) -> tuple[str, ...]:
    """Return so many amounts as there are columns; each in stars of its own is told apart by them."""
    starred = re.findall(r"\*\*([^*]+)\*\*", text)
    if len(starred) == columns:
        return tuple(one.strip() for one in starred)
    return several(text.replace("**", " ").strip(), columns)
