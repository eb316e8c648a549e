"""What Word, Excel and PDF files have in them that is easily read wrong: each trap is laid in all five plans."""

import copy
import io
import re
from collections.abc import Callable, Iterator
from typing import Any

from insyn.importing.story import NoBudget
from tests.imports import (
    PLANS,
    Piece,
    Row,
    Source,
    Table,
    Verdict,
    book_of,
    excel,
    imported,
    judge,
    rows_of,
    saved,
    tabs,
    through_libreoffice,
    truth,
    word,
    word_table,
)

Trap = Callable[[Source, list[Table]], tuple[bytes, str] | None]
"""Makes a file; None where a plan has no place for the trap."""


def each_piece(tables: list[Table], change: Callable[[Piece, int], Piece]) -> list[Table]:
    """Return tables with every amount changed; counted from zero."""
    number = 0
    made = []
    for table in tables:
        rows = []
        for row in table:
            pieces = [row[0]]
            for piece in row[1:]:
                is_amount = piece.value is not None
                pieces.append(change(piece, number) if is_amount else piece)
                number += is_amount
            rows.append(pieces)
        made.append(rows)
    return made


def raised_notes(tables: list[Table]) -> list[Table]:
    return each_piece(tables, lambda piece, at: Piece(piece.text, str(at % 9 + 1)) if at % 4 == 0 else piece)


def spaces(sign: str) -> Callable[[Piece, int], Piece]:
    return lambda piece, _at: Piece(piece.text.replace(" ", sign))


def minus(sign: str) -> Callable[[Piece, int], Piece]:
    return lambda piece, _at: Piece(re.sub(r"^- ?", sign, piece.text))


def _bracketed(piece: Piece, _at: int) -> Piece:
    return Piece(f"({piece.text.lstrip('- ')})") if piece.text.startswith("-") else piece


def _stops(piece: Piece, _at: int) -> Piece:
    return Piece(piece.text.replace(" ", ".")) if " " in piece.text.lstrip("- ") else piece


def _with_unit(tables: list[Table]) -> list[Table]:
    largest = max(abs(piece.value or 0) for table in tables for row in table for piece in row[1:])
    unit = "kr" if largest > 60_000 else "tkr"
    return each_piece(tables, lambda piece, _at: Piece(f"{piece.text} {unit}"))


# --- Text -----------------------------------------------------------------------------------------------------------


def gaps(source: Source, tables: list[Table]) -> tuple[bytes, str]:
    """Lay a table out with spaces, as pdftotext does."""
    lines = []
    for table in tables:
        widths = [max(len(row[column].text) for row in table) + 3 for column in range(len(table[0]))]
        for row in table:
            cells = [
                row[0].text.ljust(widths[0]),
                *(one.text.rjust(w) for one, w in zip(row[1:], widths[1:], strict=True)),
            ]
            lines.append("".join(cells).rstrip())
        lines.append("")
    del source
    return "\n".join(lines).encode(), "pdf.txt"


def single_spaces(source: Source, tables: list[Table]) -> tuple[bytes, str]:
    """Paste a table as a PDF reader copies it: with one space between all."""
    del source
    lines = [" ".join(piece.text for piece in row if piece.text) for table in tables for row in [*table, []]]
    return "\n".join(lines).encode(), "pdf.txt"


def pages(_source: Source, tables: list[Table]) -> tuple[bytes, str]:
    """Break a table over pages, with a head, a page number and the table's own head on each."""
    lines, number = ["\fVerksamhetsplan"], 1
    for table in tables:
        head = "\t".join(piece.text for piece in table[0])
        for at, row in enumerate(table):
            lines.append("\t".join(piece.text for piece in row))
            if at % 10 == 9 and at < len(table) - 1:
                number += 1
                lines += ["", str(number), "\fVerksamhetsplan", "", head]
        lines.append("")
    return "\n".join(lines).encode(), "pdf.txt"


# --- Word -----------------------------------------------------------------------------------------------------------


def word_with(source: Source, tables: list[Table], change: Callable[[Any], None]) -> tuple[bytes, str]:
    """Write a document, and change it before it is saved."""
    from docx import Document

    body, name = word(source, tables)
    document = Document(io.BytesIO(body))
    change(document)
    return _document(document), name


def _document(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _amount_runs(document: Any) -> list[Any]:
    cells = [cell for table in document.tables for cell in table._cells]
    runs = [run for cell in cells for paragraph in cell.paragraphs for run in paragraph.runs]
    return [run for run in runs if re.fullmatch(r"\d[\d ]{3,}", run.text) and not re.fullmatch("20..", run.text)]


def tracked(source: Source, tables: list[Table]) -> tuple[bytes, str]:
    def change(document: Any) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        for run in _amount_runs(document)[::5]:
            gone, come = OxmlElement("w:del"), OxmlElement("w:ins")
            old = copy.deepcopy(run._r)
            for text in old.findall(qn("w:t")):
                text.tag, text.text = qn("w:delText"), "11 111"
            gone.append(old)
            run._r.addprevious(gone)
            run._r.addprevious(come)
            come.append(run._r)

    return word_with(source, tables, change)


def hidden_text(source: Source, tables: list[Table]) -> tuple[bytes, str]:
    def change(document: Any) -> None:
        for run in _amount_runs(document)[::5]:
            added = copy.deepcopy(run._r)
            run._r.addnext(added)
            run.text = "9"
            run.font.hidden = True

    return word_with(source, tables, change)


def struck(source: Source, tables: list[Table]) -> tuple[bytes, str]:
    def change(document: Any) -> None:
        for run in _amount_runs(document)[::5]:
            added = copy.deepcopy(run._r)
            run._r.addnext(added)
            run.text = "111 "
            run.font.strike = True

    return word_with(source, tables, change)


def split_runs(source: Source, tables: list[Table]) -> tuple[bytes, str]:
    def change(document: Any) -> None:
        for run in _amount_runs(document)[::2]:
            added = copy.deepcopy(run._r)
            run._r.addnext(added)
            text = run.text
            run.text = text[:3]
            added.text = text[3:]

    return word_with(source, tables, change)


def late_rows(source: Source, tables: list[Table]) -> tuple[bytes, str]:
    """Begin some rows late: the empty cells before an amount aren't there."""

    def change(document: Any) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        for table in document.tables:
            for row in table.rows:
                first = row._tr.tc_lst[0]
                if not "".join(first.itertext()) and len(row._tr.tc_lst) > 2:
                    row._tr.remove(first)
                    before = OxmlElement("w:gridBefore")
                    before.set(qn("w:val"), "1")
                    row._tr.get_or_add_trPr().append(before)

    return word_with(source, tables, change)


def nested(_source: Source, tables: list[Table]) -> tuple[bytes, str]:
    """Lay each table within a table of one cell."""
    from docx import Document

    document = Document()
    for table in tables:
        outer = document.add_table(1, 1)
        word_table(_Within(outer.cell(0, 0)), table)
        document.add_paragraph("Text.")
    return _document(document), "plan.docx"


class _Within:
    def __init__(self, cell: Any) -> None:
        self.cell = cell

    def add_table(self, rows: int, columns: int) -> Any:
        return self.cell.add_table(rows, columns)


def text_box(source: Source, tables: list[Table]) -> tuple[bytes, str]:
    """Lay the last table in a text box of the newer kind alone."""

    def change(document: Any) -> None:
        from docx.oxml import parse_xml

        table = document.tables[-1]._tbl
        box = parse_xml(
            '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:wsp><wps:txbx><w:txbxContent>'
            "</w:txbxContent></wps:txbx></wps:wsp></mc:Choice></mc:AlternateContent></w:r></w:p>"
        )
        table.addprevious(box)
        next(one for one in box.iter() if one.tag.endswith("txbxContent")).append(table)

    return word_with(source, tables, change)


def broken_table(_source: Source, tables: list[Table]) -> tuple[bytes, str]:
    """Break each table in two, with its head again."""
    from docx import Document

    document = Document()
    for table in tables:
        half = len(table) // 2
        word_table(document, table[:half])
        document.add_paragraph("")
        head = next((row for row in table if sum(bool(re.search(r"\d{4}$", one.text)) for one in row) > 1), None)
        word_table(document, [*([head] if head else []), *table[half:]])
        document.add_paragraph("Text.")
    return _document(document), "plan.docx"


def lines_in_cells(source: Source, tables: list[Table]) -> tuple[bytes, str]:
    """Put two rows in one, as lines of its cells."""

    def joined(table: Table) -> Table:
        made = table[:2]
        for at in range(2, len(table) - 1, 2):
            pairs = zip(table[at], table[at + 1], strict=True)
            made.append([Piece(f"{one.text}\n{other.text}") for one, other in pairs])
        return made + (table[-1:] if len(table) % 2 else [])

    return word(source, [joined(table) for table in tables])


# --- Excel ----------------------------------------------------------------------------------------------------------


def excel_with(tables: list[Table], change: Callable[[Any, Any], None]) -> tuple[bytes, str]:
    book, sheet = book_of(tables)
    change(book, sheet)
    return saved(book), "budget.xlsx"


def _numbers(sheet: Any) -> list[Any]:
    return [
        cell
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int) and cell.number_format == "#,##0"
    ]


def formats(number_format: str) -> Trap:
    def change(_book: Any, sheet: Any) -> None:
        for cell in _numbers(sheet):
            cell.number_format = number_format

    return lambda _source, tables: excel_with(tables, change)


def hidden_rows(_source: Source, tables: list[Table]) -> tuple[bytes, str]:
    def change(book: Any, sheet: Any) -> None:
        sheet.insert_rows(4)
        for column in range(1, sheet.max_column + 1):
            sheet.cell(4, column, "Dold rad" if column == 1 else 999_999)
        sheet.row_dimensions[4].hidden = True
        other = book.create_sheet("Gammal")
        other.append(["Budget 2019", 2019])
        other.sheet_state = "hidden"

    return excel_with(tables, change)


def hidden_column(_source: Source, tables: list[Table]) -> tuple[bytes, str]:
    def change(_book: Any, sheet: Any) -> None:
        sheet.insert_cols(3)
        for row in range(1, sheet.max_row + 1):
            sheet.cell(row, 3, 777)
        sheet.column_dimensions["C"].hidden = True

    return excel_with(tables, change)


def formulas(_source: Source, tables: list[Table]) -> tuple[bytes, str]:
    def change(_book: Any, sheet: Any) -> None:
        for cell in _numbers(sheet)[::6]:
            cell.value = f"={cell.value}+0"

    return excel_with(tables, change)


def decimals(_source: Source, tables: list[Table]) -> tuple[bytes, str]:
    """Store what a computer adds: nearly whole numbers, and some with öre that the format hides."""

    def change(_book: Any, sheet: Any) -> None:
        for at, cell in enumerate(_numbers(sheet)):
            cell.value = cell.value + (0.4 if at % 9 == 0 else 1e-9)

    return excel_with(tables, change)


def as_texts(_source: Source, tables: list[Table]) -> tuple[bytes, str]:
    def change(_book: Any, sheet: Any) -> None:
        for cell in _numbers(sheet):
            cell.value = f"{cell.value:,}".replace(",", "\u00a0")

    return excel_with(tables, change)


def second_sheet(_source: Source, tables: list[Table]) -> tuple[bytes, str]:
    """Put the budget on a second sheet, a few columns in, after one that says what it is."""

    def change(book: Any, sheet: Any) -> None:
        sheet.insert_cols(1, 2)
        sheet.insert_rows(1, 3)
        first = book.create_sheet("Läs mig", 0)
        first.append(["Budgeten finns på nästa blad"])

    return excel_with(tables, change)


# --- Layouts of both ------------------------------------------------------------------------------------------------


def side_by_side(source: Source, tables: list[Table]) -> list[Table] | None:
    if len(tables) < 2 or len(tables[0][0]) != len(tables[1][0]):
        return None
    del source
    left, right = tables
    width, gap = len(left[0]), [Piece("")]
    rows = max(len(left), len(right))
    pad = [[Piece("")] * width]
    left, right = left + pad * (rows - len(left)), right + pad * (rows - len(right))
    return [[[*one, *gap, *other] for one, other in zip(left, right, strict=True)]]


def merged_head(tables: list[Table]) -> list[Table]:
    """Set a title over all columns of the last table."""
    width = len(tables[-1][0])
    title = [Piece("Förbundets budget", colspan=width), *(Piece("") for _ in range(width - 1))]
    return [*tables[:-1], [title, *tables[-1]]]


def group_column(tables: list[Table]) -> list[Table]:
    """Set a column with a group's name before the names, over two rows of costs."""
    made = []
    for table in tables:
        rows = [[Piece(""), *row] for row in table]
        if table is tables[-1]:
            at = len(rows) // 2
            rows[at][0] = Piece("Grupp", rowspan=2)
        made.append(rows)
    return made


def with_shares(tables: list[Table]) -> list[Table]:
    """Add columns of shares and remarks after the amounts."""

    def longer(row: Row) -> Row:
        is_head = any(re.search(r"20\d\d$", piece.text) for piece in row[1:])
        return [*row, Piece("Andel" if is_head else "12,5 %"), Piece("Anm" if is_head else "se s. 4")]

    return [
        [longer(row) if any(piece.text for piece in row[1:]) else [*row, Piece(""), Piece("")] for row in t]
        for t in tables
    ]


def totals_of_one_word(tables: list[Table]) -> list[Table]:
    """Take the word for a sum away: the total of the costs is called costs."""
    return [[[Piece(re.sub(r"^(?:Summa|Totalt) ", "", row[0].text)), *row[1:]] for row in table] for table in tables]


def totals_without_words(tables: list[Table]) -> list[Table]:
    """Take the word away from totals: only that they are last and add up tells them."""
    return [
        [[Piece("" if re.match(r"(?:Summa|Totalt) ", row[0].text) else row[0].text), *row[1:]] for row in table]
        for table in tables
    ]


def laid_out(change: Callable[[list[Table]], list[Table] | None], shape: Callable[..., tuple[bytes, str]]) -> Trap:
    def trap(source: Source, tables: list[Table]) -> tuple[bytes, str] | None:
        made = change(tables)
        return shape(source, made) if made else None

    return trap


def _beside(shape: Callable[..., tuple[bytes, str]]) -> Trap:
    def trap(source: Source, tables: list[Table]) -> tuple[bytes, str] | None:
        made = side_by_side(source, tables)
        return shape(source, made) if made else None

    return trap


def _word_of_tables(source: Source, tables: list[Table]) -> tuple[bytes, str]:
    from docx import Document

    document = Document()
    for table in tables:
        word_table(document, table)
        document.add_paragraph("Text efter tabellen, med punkt.")
    del source
    return _document(document), "plan.docx"


TRAPS: dict[str, Trap] = {
    "raised notes, docx": laid_out(raised_notes, word),
    "raised notes, xlsx": laid_out(raised_notes, excel),
    "notes grown into numbers, tabs": laid_out(
        lambda tables: each_piece(tables, lambda one, at: Piece(f"{one.text}1") if at % 4 == 0 else one), tabs
    ),
    "tracked changes, docx": tracked,
    "hidden text, docx": hidden_text,
    "struck text, docx": struck,
    "numbers in two runs, docx": split_runs,
    "rows that begin late, docx": late_rows,
    "nested table, docx": nested,
    "text box, docx": text_box,
    "table over two pages, docx": broken_table,
    "table over pages, text": pages,
    "two rows in one, docx": lines_in_cells,
    "laid out by spaces, text": gaps,
    "single spaces, text": single_spaces,
    "hard spaces, tabs": laid_out(lambda tables: each_piece(tables, spaces("\u00a0")), tabs),
    "thin spaces, docx": laid_out(lambda tables: each_piece(tables, spaces("\u2009")), word),
    "narrow spaces, tabs": laid_out(lambda tables: each_piece(tables, spaces("\u202f")), tabs),
    "full stops, tabs": laid_out(lambda tables: each_piece(tables, _stops), tabs),
    "no spaces, tabs": laid_out(lambda tables: each_piece(tables, spaces("")), tabs),
    "U+2212, tabs": laid_out(lambda tables: each_piece(tables, minus("\u2212")), tabs),
    "en dash, docx": laid_out(lambda tables: each_piece(tables, minus("–")), word),
    "brackets, tabs": laid_out(lambda tables: each_piece(tables, _bracketed), tabs),
    "units, tabs": laid_out(_with_unit, tabs),
    "merged head, docx": laid_out(merged_head, word),
    "merged head, xlsx": laid_out(merged_head, excel),
    "group over two rows, docx": laid_out(group_column, _word_of_tables),
    "group over two rows, xlsx": laid_out(group_column, excel),
    "side by side, xlsx": _beside(excel),
    "side by side, tabs": _beside(tabs),
    "side by side, docx": _beside(_word_of_tables),
    "shares and remarks, xlsx": laid_out(with_shares, excel),
    "totals without words, xlsx": laid_out(totals_without_words, excel),
    "totals without words, tabs": laid_out(totals_without_words, tabs),
    "totals of one word, xlsx": laid_out(totals_of_one_word, excel),
    "hidden rows and sheet, xlsx": hidden_rows,
    "hidden column, xlsx": hidden_column,
    "shown in thousands, xlsx": formats("#,##0,"),
    "shown as percent, xlsx": formats("0.0%"),
    "red without minus, xlsx": formats("#,##0;[Red]#,##0"),
    "in brackets, xlsx": formats("#,##0_);(#,##0)"),
    "accounting, xlsx": formats('_-* #,##0\\ _k_r_-;\\-* #,##0\\ _k_r_-;_-* "-"??\\ _k_r_-;_-@_-'),
    "with decimals, xlsx": formats("#,##0.00"),
    "formulas never calculated, xlsx": formulas,
    "öre that is hidden, xlsx": decimals,
    "numbers as text, xlsx": as_texts,
    "second sheet, xlsx": second_sheet,
}


def verdict_of(trap: Trap, source: Source) -> Verdict | None:
    """Return what became of a plan's cells in a trap; None where it has no place. What is refused is reported."""
    made = trap(source, rows_of(source))
    if made is None:
        return None
    try:
        return judge(source, imported(source, made))
    except NoBudget:
        return Verdict(0, 0, len(truth(source)), ())


def verdicts() -> Iterator[tuple[str, Source, Verdict]]:
    for name, trap in TRAPS.items():
        for source in PLANS:
            verdict = verdict_of(trap, source)
            if verdict is not None:
                yield name, source, verdict


def _by_libreoffice(shape: Callable[..., tuple[bytes, str]], kind: str) -> Trap:
    return lambda source, tables: (through_libreoffice(*shape(source, tables), kind), f"plan.{kind}")


LIBREOFFICE: dict[str, Trap] = {
    "xlsx, by LibreOffice": _by_libreoffice(excel, "xlsx"),
}
"""Files that another writer has made: the same content, in other XML."""
