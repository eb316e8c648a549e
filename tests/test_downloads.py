"""How figures become files: numbers, separated text, rows, workbooks and images, by values."""

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from insyn.charts.chart import ChartTable, TableRow
from insyn.charts.css import read_stylesheet
from insyn.downloads.chart_files import figures_as_text, paint_of
from insyn.downloads.numbers import number_in
from insyn.downloads.separated import harmless, separated, with_semicolons
from insyn.downloads.spreadsheet import Number, Sheet, Text, workbook
from insyn.downloads.tidy import following
from insyn.swedish import file_size, integer

untimed = settings(deadline=None)

# --- Numbers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "number"),
    [
        ("4\u00a0018\u00a0000", "4018000"),
        ("\u2212150\u00a0000", "-150000"),
        ("+297\u00a0068", "297068"),
        ("- 7 489", "-7489"),
        ("55,2\u00a0%", "55.2"),
        ("0", "0"),
        ("", None),
        ("---", None),
        ("mindre än 0,1\u00a0%", None),
        ("12 34", None),
        ("Budget 2024", None),
    ],
)
def test_a_shown_number_is_the_same_number_to_a_program(shown: str, number: str | None) -> None:
    assert number_in(shown) == number


@untimed
@given(st.integers(-(10**12), 10**12))
def test_every_amount_that_a_page_can_show_is_read_back(kronor: int) -> None:
    assert number_in(integer(kronor)) == str(kronor)


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 byte"), (999, "999 byte"), (1_000, "1 kB"), (7_449, "7 kB"), (16_300_000, "16,3 MB")]
)
def test_a_size_is_told_in_its_unit(size: int, words: str) -> None:
    assert file_size(size).replace("\u00a0", " ") == words


# --- Separated text -------------------------------------------------------------------------------------------------

FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    '=HYPERLINK("http://ond.example")',
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "＝1+1",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_a_spreadsheet_would_calculate_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text.strip()}"


@pytest.mark.parametrize(
    "text", ["Räkna med oss!", "SE-Höglandet", "Ränta (3,57%)", "", "-150000", "55.2", "A = B", "1+1"]
)
def test_other_texts_and_numbers_are_left_as_they_are(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("text", ["Namn;=1+1", "Namn,=1+1", 'Namn;"=1+1"', "Namn; @SUM(A1)"])
def test_no_formula_begins_where_another_program_divides_the_line(text: str) -> None:
    line = separated([["före", text, "efter"]])
    for separator in ",;":
        cells = [cell for row in csv.reader(io.StringIO(line), delimiter=separator) for cell in row]
        assert [cell for cell in cells if starts_formula(cell)] == []


def starts_formula(cell: str) -> bool:
    """Whether a spreadsheet program may evaluate a cell. A plain number isn't evaluated."""
    bare = cell.lstrip(" \u00a0\t\r\n\"'")
    guarded = cell.lstrip(" \u00a0").startswith("'")
    return not guarded and bare[:1] in set("=+-@＝＋－＠") and not re.fullmatch(r"-\d+(\.\d+)?", cell)


@untimed
@example(["-1", ""])
@example(["-1", "5+1"])
@given(st.lists(st.text(alphabet=st.sampled_from("aå=+-@;,\"' \t\r\n1"), max_size=8), min_size=1, max_size=4))
def test_whatever_is_written_no_cell_is_a_formula_and_no_line_breaks(cells: list[str]) -> None:
    text = separated([cells])
    assert text.count("\r\n") == 1
    for written in (text, with_semicolons(text).removeprefix("\ufeff")):
        for separator in ",;":
            (row,) = csv.reader(io.StringIO(written, newline=""), delimiter=separator)
            assert [cell for cell in row if starts_formula(cell)] == []


@untimed
@given(st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8), min_size=2))
def test_what_is_no_formula_is_read_back_as_it_was(cells: list[str]) -> None:
    plain = ["Namn", *(cell.strip(" ") for cell in cells)]
    (row,) = csv.reader(io.StringIO(separated([plain]), newline=""))
    assert [cell for cell, was in zip(row, plain, strict=True) if harmless(was) == was and cell != was] == []


def test_a_line_that_begins_with_a_number_below_zero_is_no_formula_to_a_program_that_divides_it_elsewhere() -> None:
    assert separated([["-1", "5+A1"], ["Ränta", "-1"]]) == "'-1,5+A1\r\nRänta,-1\r\n"


def test_lines_end_as_the_standard_says_and_are_quoted_only_where_they_must() -> None:
    assert separated([["a", 1], ["b, c", 'd "e"']]) == 'a,1\r\n"b, c","d ""e"""\r\n'


def test_swedish_excel_gets_semicolons_and_a_byte_order_mark() -> None:
    assert with_semicolons('a,1\r\n"b, c",d;e\r\n') == '\ufeffa;1\r\nb, c;"d;e"\r\n'
    assert with_semicolons("a,1\r\nb,2\r\n") == "\ufeffa;1\r\nb;2\r\n"


def test_rows_get_what_they_have_in_common_put_before_them() -> None:
    assert following("a,1\r\nb,2\r\n", "norr", "2025") == "norr,2025,a,1\r\nnorr,2025,b,2\r\n"
    assert following("", "norr") == ""


# --- Charts ---------------------------------------------------------------------------------------------------------


def test_the_figures_of_a_chart_have_their_unit_in_the_headings() -> None:
    table = ChartTable(
        caption="Intäkter per år, tusental kronor (tkr)",
        headings=("År", "Vem", "Belopp, tkr", "Kvar", "Andel"),
        rows=(
            TableRow("Budget 2024", ("Åby", "4\u00a0184", "\u22121,5", "50,0\u00a0%")),
            TableRow("Plan 2025", ("=Åby", "", "0", "mindre än 0,1\u00a0%")),
            TableRow("Plan 2026", ("uppgift saknas", "uppgift saknas", "1\u00a0krona", "0,0\u00a0%")),
        ),
        text_columns=1,
    )
    assert figures_as_text(table).split("\r\n") == [
        'År,Vem,"Belopp, tkr","Kvar, tkr","Andel, %"',
        "Budget 2024,Åby,4184,-1.5,50.0",
        "Plan 2025,'=Åby,,0,",
        "Plan 2026,uppgift saknas,,1,0.0",
        "",
    ]


def test_the_look_of_an_image_is_the_stylesheets_own() -> None:
    css = """
        :root { --ink: #111; --ground: #fff; --diagram-bakgrund: var(--ground); --serie-costs: #abc }
        @layer components {
          .diagram path { stroke-width: 0; }
          .diagram .line.tentative { stroke-dasharray: 6 5; }
          :is(.diagram,
              .hundred__bar) .serie-costs { fill: var( --serie-costs ); }
          .diagram .text { fill: currentColor; letter-spacing: 0 }
          .diagram text { fill: red; }
          .diagram .serie-costs:hover, .diagram .chart .serie-costs, .other .serie-costs { fill: red; }
          @media (forced-colors: active) { .diagram .serie-costs { fill: CanvasText; } }
        }
    """
    paint = paint_of(read_stylesheet(css))
    assert paint.colours == {"ink": "#111", "ground": "#fff", "diagram-bakgrund": "#fff", "serie-costs": "#abc"}
    assert paint.rules == (
        ((), (("stroke-width", "0"),)),
        (("serie-costs",), (("fill", "#abc"),)),
        (("text",), (("fill", "#111"),)),
        (("line", "tentative"), (("stroke-dasharray", "6 5"),)),
    )


def test_an_image_says_what_it_shows_and_needs_nothing_else(built: Path) -> None:
    images = sorted(built.rglob("*.svg"))
    drawn = [image for image in images if image.parent.name.isdecimal()]
    assert len(drawn) > 30
    for image in drawn:
        root = ElementTree.fromstring(image.read_text("utf-8"))
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert {"title", "desc", "rect", "text"} <= tags <= {"svg", "title", "desc", "rect", "text", "g", "path"}
        assert root.get("role") == "img"
        texts = ["".join(element.itertext()) for element in root.iter() if element.tag.endswith("}text")]
        assert any(text.startswith("Källa: ") for text in texts), image
        assert not any("class" in element.attrib or "style" in element.attrib for element in root.iter()), image
        assert "var(" not in image.read_text("utf-8")
        marks = [element for element in root.iter() if element.tag.endswith("}path")]
        assert all("fill" in mark.attrib for mark in marks), image


def test_an_image_has_the_same_marks_as_the_drawing_on_the_page(built: Path) -> None:
    page = (built / "hoglandet/2024/index.html").read_text("utf-8")
    for name in ("vem-betalar", "racker-pengarna", "sparade-pengar"):
        (drawing,) = re.findall(rf'<svg id="{name}-wide".*?</svg>', page, re.DOTALL)
        file = (built / f"hoglandet/2024/{name}.svg").read_text("utf-8")
        shapes = re.compile(r' d="([^"]*)"')
        assert shapes.findall(drawing) == shapes.findall(file)


# --- Workbooks ------------------------------------------------------------------------------------------------------


def test_a_workbook_has_the_same_bytes_every_time_and_opens() -> None:
    rows = (
        (Text("Rad & <del>"), Text("Belopp")),
        (Text("=1+1"), Number("7.25")),
        (Text("Summa"), Number("7.25", strong=True, formula="SUM(B2:B2)")),
        (Text("Tom"), None),
    )
    sheet = Sheet("Å's blad", rows, (20, 10))
    body = workbook([sheet], title="Bok & blad", organisation="Norr", source="Källa: Norr")
    assert workbook([sheet], title="Bok & blad", organisation="Norr", source="Källa: Norr") == body
    book = load_workbook(io.BytesIO(body))
    opened = book["Å's blad"]
    assert [[cell.value for cell in row] for row in opened.iter_rows()] == [
        ["Rad & <del>", "Belopp"],
        ["=1+1", 7.25],
        ["Summa", "=SUM(B2:B2)"],
        ["Tom", None],
    ]
    assert opened["A2"].data_type == "s"
    assert opened.freeze_panes == "B2"
    assert opened["B2"].number_format == "#,##0.00"
    assert opened["B3"].font.bold
    assert book.properties.title == "Bok & blad"
    assert load_workbook(io.BytesIO(body), data_only=True)["Å's blad"]["B3"].value == 7.25
