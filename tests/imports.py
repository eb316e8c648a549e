"""The five source plans in the shapes that people have them in, and how much of each is imported right.

`python -m tests.imports` prints the table, with every trap in every plan; it takes some minutes.
"""

import csv
import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from insyn.disk.materials import read_catalogue
from insyn.importing.draft import named_cells
from insyn.importing.readback import cells_of
from insyn.importing.sentences import Sentences
from insyn.importing.story import Imported, import_file
from insyn.model import Amount, Association, Cell, Dash, Plan
from insyn.reading.characters import fold
from insyn.texts import read_texts
from tests.site import read_content

PROJECT = Path(__file__).parent.parent
SOURCES = PROJECT.parent / "shared" / "plans"
TEXTS = read_texts(read_catalogue())


@dataclass(frozen=True, slots=True)
class Source:
    """A source text. `tables` are the lines, from 1, of each part of its budget, and `notes` those of its footnotes."""

    file: str
    association: str
    year: int
    tables: tuple[tuple[int, int], ...]
    notes: tuple[int, int] = (0, -1)

    @property
    def text(self) -> str:
        return (SOURCES / self.file).read_text("utf-8")

    def lines(self, first: int, last: int) -> list[str]:
        return self.text.split("\n")[first - 1 : last]


PLANS = (
    Source("000-hoglandet-2024.txt", "hoglandet", 2024, ((158, 189),), (191, 195)),
    Source("001-sodra-vatterbygden-2022.txt", "sodra-vatterbygden", 2022, ((132, 141), (143, 164))),
    Source("002-finnveden-2014.txt", "finnveden", 2014, ((156, 187),), (189, 194)),
    Source("003-sodra-lappland-2024.txt", "sodra-lappland", 2024, ((138, 177),)),
    Source("004-sunnerbo-2021.txt", "sunnerbo", 2021, ((301, 307), (328, 341))),
)
CORRECTED = {"navigatörcentrum": "navigatorcentrum"}
"""Names that the plans in content/ spell in another way than their sources, and say so."""


# --- Rows -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell as it is laid out: its text, and what is raised after it."""

    text: str
    raised: str = ""
    colspan: int = 1
    rowspan: int = 1

    @property
    def value(self) -> int | None:
        """Its amount as a number; None for other texts, and for amounts with a mark."""
        plain = self.text.replace(" ", "").replace("\u00a0", "").replace("−", "-")
        return int(plain) if re.fullmatch(r"-?\d+", plain) and not re.fullmatch(r"(?:19|20)\d\d", self.text) else None


Row = list[Piece]
Table = list[Row]


def rows_of(source: Source) -> list[Table]:
    """Return the tables of a budget. What a text prints without tabs has cells too in a word processor."""
    tables = []
    for first, last in source.tables:
        lines = [line for line in source.lines(first, last) if line.strip()]
        width = max(line.count("\t") for line in lines) + 1
        rows = [[Piece(_bare(cell)) for cell in _cells(line)] for line in lines]
        tables.append([[*row, *(Piece("") for _ in range(width - len(row)))] for row in rows])
    return tables


def _cells(line: str) -> list[str]:
    if "\t" in line:
        return line.split("\t")
    match = re.fullmatch(r"(.*?[^\d\s*])\s+\**(\d[\d ]*?)\**\s+\**(0|\d{1,4}(?: \d{3})+)\**", line)
    return [match[1], match[2], match[3]] if match else [line]


def _bare(cell: str) -> str:
    return re.sub(r"</?[bi]>|\*\*(?=[^*])(?=.*\*\*)", "", cell).strip()


# --- Shapes ---------------------------------------------------------------------------------------------------------

Shape = Callable[[Source, list[Table]], tuple[bytes, str]]
"""Makes a file: its bytes and its name."""


def whole(source: Source, _tables: list[Table]) -> tuple[bytes, str]:
    return source.text.encode(), source.file


def tabs(source: Source, tables: list[Table]) -> tuple[bytes, str]:
    parts = ["\n".join("\t".join(piece.text for piece in row).rstrip() for row in table) for table in tables]
    return "\n\n".join([*parts, "\n".join(_notes(source))]).encode(), "klippt.txt"


def _notes(source: Source) -> list[str]:
    return source.lines(*source.notes) if source.notes[0] else []


def semicolons(source: Source, tables: list[Table]) -> tuple[bytes, str]:
    return _separated(source, tables, ";"), "budget.csv"


def commas(source: Source, tables: list[Table]) -> tuple[bytes, str]:
    return _separated(source, tables, ","), "budget.csv"


def _separated(_source: Source, tables: list[Table], separator: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    for number, table in enumerate(tables):
        if number:
            writer.writerow([])
        writer.writerows([piece.text for piece in row] for row in table)
    return out.getvalue().encode("utf-8-sig")


def word(source: Source, tables: list[Table]) -> tuple[bytes, str]:
    """Write the text round the tables as paragraphs and headings, and each table as one."""
    from docx import Document

    document = Document()
    taken = set().union(*(range(first, last + 1) for first, last in source.tables))
    starts = {first: table for (first, _), table in zip(source.tables, tables, strict=True)}
    for number, line in enumerate(source.text.split("\n"), 1):
        if number in starts:
            word_table(document, starts[number])
        elif number not in taken and line.strip():
            _word_line(document, line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue(), "plan.docx"


def _word_line(document: object, line: str) -> None:
    heading = re.match(r"(?:#{1,3} )?\**(\d{1,2}(?:\.\d{1,2})*)\.? [A-ZÅÄÖ]", line)
    if heading and len(line) < 90 and not line.endswith((".", ",")):
        document.add_heading(line.strip("#* "), heading[1].count(".") + 1)  # type: ignore[attr-defined]
    else:
        document.add_paragraph(re.sub(r"<[^>]+>", "", line.replace("\t", " ")))  # type: ignore[attr-defined]


def word_table(document: object, table: Table) -> object:
    """Write a table, with spans and what is raised."""
    made = document.add_table(len(table), len(table[0]))  # type: ignore[attr-defined]
    grid = made._cells  # every look at a cell by row and column counts through the whole table
    width = len(table[0])
    for at, row in enumerate(table):
        for column, piece in enumerate(row):
            if not piece.text:
                continue
            cell = grid[at * width + column]
            if piece.colspan > 1 or piece.rowspan > 1:
                cell = cell.merge(grid[(at + piece.rowspan - 1) * width + column + piece.colspan - 1])
            paragraph = cell.paragraphs[0]
            paragraph.add_run(piece.text)
            if piece.raised:
                paragraph.add_run(piece.raised).font.superscript = True
    return made


def excel(source: Source, tables: list[Table]) -> tuple[bytes, str]:
    """Write amounts as numbers, with the format of Swedish thousands."""
    book, sheet = book_of(tables)
    del source, sheet
    return saved(book), "budget.xlsx"


def book_of(tables: list[Table]) -> tuple[object, object]:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    at = 1
    for table in tables:
        for row in table:
            for column, piece in enumerate(row, 1):
                _write(sheet, at, column, piece)
            at += 1
        at += 1
    return book, sheet


def _write(sheet: object, row: int, column: int, piece: Piece) -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    cell = sheet.cell(row, column)  # type: ignore[attr-defined]
    if piece.raised:
        cell.value = CellRichText(piece.text, TextBlock(InlineFont(vertAlign="superscript"), piece.raised))
    elif piece.value is not None:
        cell.value, cell.number_format = piece.value, "#,##0"
    elif re.fullmatch(r"(?:19|20)\d\d", piece.text):
        cell.value = int(piece.text)
    elif piece.text:
        cell.value = piece.text
    if piece.colspan > 1 or piece.rowspan > 1:
        sheet.merge_cells(  # type: ignore[attr-defined]
            start_row=row, start_column=column, end_row=row + piece.rowspan - 1, end_column=column + piece.colspan - 1
        )


def saved(book: object) -> bytes:
    out = io.BytesIO()
    book.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


SHAPES: dict[str, Shape] = {
    "whole text": whole,
    "tabs": tabs,
    "csv ;": semicolons,
    "csv ,": commas,
    "docx": word,
    "xlsx": excel,
}


# --- What became of each cell ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many of a plan's cells were right without a question, right but asked about, or reported; and those that were
    wrong in silence, in words."""

    right: int
    asked: int
    reported: int
    wrong: tuple[str, ...]
    sums_differ: bool = False

    @property
    def cells(self) -> int:
        return self.right + self.asked + self.reported + len(self.wrong)

    def __add__(self, other: "Verdict") -> "Verdict":
        wrong, sums = (*self.wrong, *other.wrong), self.sums_differ or other.sums_differ
        return Verdict(self.right + other.right, self.asked + other.asked, self.reported + other.reported, wrong, sums)


@cache
def _content() -> tuple[dict[str, Association], list[Plan]]:
    return read_content(PROJECT / "content")


def imported(source: Source, made: tuple[bytes, str]) -> Imported:
    associations, _ = _content()
    return import_file(*made, (source.association, source.year), associations.get(source.association), TEXTS)


def truth(source: Source) -> list[tuple[str, int | str | None]]:
    """Return a plan's cells as content/ has them: the name of the row, and kronor, a dash's text, or None."""
    _, plans = _content()
    plan = next(one for one in plans if one.association == source.association and one.year == source.year)
    return [(_name(name), _value(cell)) for name, cell in cells_of(plan.budget)]


def _name(name: str) -> str:
    """Return a row's name as it is compared: its words, without that for a sum."""
    plain = " ".join(re.sub(r"\W+", " ", name.lower()).split())
    return fold(re.sub(r"^(?:summa|totalt) ", "", CORRECTED.get(plain, plain)))


def _value(cell: Cell) -> int | str | None:
    return cell.kronor if isinstance(cell, Amount) else cell.text if isinstance(cell, Dash) else None


def judge(source: Source, made: Imported) -> Verdict:
    """Compare a draft with the plan in content/, cell by cell in each row."""
    rows = _by_row(truth(source))
    found = _by_row([(_name(name), cell) for name, _, cell in named_cells(made.draft.budget)])
    sentences = Sentences(TEXTS)
    told = fold(" ".join([made.draft.body, *(sentences.remark(one) for one in made.remarks)]))
    right = asked = reported = 0
    wrong: list[str] = []
    for key, values in rows.items():
        cells = found.pop(key, None)
        if cells is None or len(cells) != len(values):
            is_told = key[0] in fold(re.sub(r"\W+", " ", told)) or _found_nameless(found, values)
            reported += len(values) if is_told else 0
            wrong += [] if is_told else [f"{key[0]}: lost"]
            continue
        for value, cell in zip(values, cells, strict=True):
            is_same = value == (cell.written.strip('"') if isinstance(value, str) else cell.kronor)
            right += is_same and not cell.guess
            asked += is_same and bool(cell.guess)
            reported += not is_same and bool(cell.guess)
            if not is_same and not cell.guess:
                wrong.append(f"{key[0]}: {cell.written} for {value}")
    more = [key[0] for key, cells in found.items() if not any(cell.guess for cell in cells)]
    wrong += [f"{name}: more" for name in more if name not in fold(re.sub(r"\W+", " ", told))]
    return Verdict(right, asked, reported, tuple(wrong), bool(made.sums))


def _found_nameless(found: dict[tuple[str, int], list], values: list) -> bool:  # type: ignore[type-arg]
    """Whether a row has been taken that has these amounts and for which the name was asked."""
    kronor = [cell.kronor for cells in found.values() for cell in cells]
    return any(kronor[at : at + len(values)] == values for at in range(len(kronor)))


def _by_row(cells: list[tuple[str, object]]) -> dict[tuple[str, int], list]:  # type: ignore[type-arg]
    """Return the cells of each row, by its name and which of that name it is."""
    rows: dict[tuple[str, int], list] = {}  # type: ignore[type-arg]
    counts: Counter[str] = Counter()
    last = ""
    for name, cell in cells:
        if name != last:
            counts[name] += 1
            last = name
        rows.setdefault((name, counts[name]), []).append(cell)
    return rows


def verdicts() -> Iterator[tuple[str, Source, Verdict]]:
    for name, shape in SHAPES.items():
        for source in PLANS:
            yield name, source, judge(source, imported(source, shape(source, rows_of(source))))


# --- Files that LibreOffice writes ----------------------------------------------------------------------------------


def through_libreoffice(body: bytes, name: str, kind: str) -> bytes:
    """Return a file as LibreOffice saves it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(body)
        words = [f"-env:UserInstallation=file://{folder}/profil", "--headless", "--convert-to", kind]
        subprocess.run(
            [shutil.which("soffice") or "soffice", *words, "--outdir", f"{folder}/ut", str(file)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return (Path(folder) / "ut" / f"{file.stem}.{kind}").read_bytes()


def main() -> None:
    from tests import import_traps

    rows: dict[str, list[Verdict]] = {}
    for name, source, verdict in (*verdicts(), *import_traps.verdicts()):
        rows.setdefault(name, []).append(verdict)
        for one in verdict.wrong:
            sys.stdout.write(f"  {name} {source.association}: {one}\n")
    sys.stdout.write("shape | cells | right | asked | reported | wrong\n--- | --- | --- | --- | --- | ---\n")
    for name, found in rows.items():
        total = sum(found[1:], found[0])
        sys.stdout.write(
            f"{name} | {total.cells} | {total.right} | {total.asked} | {total.reported} | {len(total.wrong)}\n"
        )


if __name__ == "__main__":
    main()
