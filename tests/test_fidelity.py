"""Nothing is lost between the five source plans and the pages: each source is read here by other means than Insyn's.

The source plans lie beside the project; if they are missing, the tests that need them are skipped, but not those of the
totals typed by hand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, zip_longest
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

NBSP = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"
SOURCES = {
    "hoglandet/2024": "000-hoglandet-2024.txt",
    "sodra-vatterbygden/2022": "001-sodra-vatterbygden-2022.txt",
    "finnveden/2014": "002-finnveden-2014.txt",
    "sodra-lappland/2024": "003-sodra-lappland-2024.txt",
    "sunnerbo/2021": "004-sunnerbo-2021.txt",
}
every_plan = pytest.mark.parametrize("plan", SOURCES)


# --- The pages ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its name, and each cell with its column's heading. A group's heading has no cells."""

    name: str
    cells: tuple[tuple[str, str], ...] = ()


@cache
def page_of(built: Path, path: str) -> Element:
    html = (built / path / "index.html").read_text("utf-8")
    parsed: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return parsed


def said(element: Element, *, without: tuple[str, ...] = ("visually-hidden", "table__kind")) -> str:
    """The text of an element, without drawings and the spans that the page adds to the plan's print."""
    return " ".join("".join(_pieces(element, without)).replace(NBSP, "\0").split()).replace("\0", NBSP)


def _pieces(element: Element, without: tuple[str, ...]) -> Iterator[str]:
    skipped = element.tag == "svg" or element.get("class", "") in without
    if not skipped:
        yield element.text or ""
        for child in element:
            yield from _pieces(child, without)
            yield child.tail or ""


def in_class(element: Element, name: str) -> list[Element]:
    return [found for found in element.iter() if name in found.get("class", "").split()]


def by_id(page: Element, wanted: str) -> Element:
    (found,) = (element for element in page.iter() if element.get("id") == wanted)
    return found


def section_of(page: Element, heading: str) -> Element:
    (found,) = (section for section in page.iter("section") if section.get("aria-labelledby") == heading)
    return found


def table_of(page: Element, caption_id: str) -> Element:
    (found,) = (
        table for table in page.iter("table") if any(one.get("id") == caption_id for one in table.iter("caption"))
    )
    return found


def rows_of(table: Element) -> Iterator[Row]:
    """Yield the rows of a table with its cells by column heading."""
    first, *headings = table.findall("./thead/tr/th")
    assert {first.get("scope"), *(heading.get("scope") for heading in headings)} == {"col"}
    names = [said(heading) for heading in headings]
    for row in table.findall("./tbody/tr"):
        (header,) = row.findall("th")
        cells = row.findall("td")
        assert header.get("scope") in {"row", "rowgroup"}
        assert len(cells) in {0, len(names)}
        yield Row(said(header), tuple(zip(names, map(said, cells), strict=False)))


def budget_tables(page: Element) -> list[Element]:
    tables = [table_of(page, "tabell-intakter"), table_of(page, "tabell-kostnader")]
    shown = in_class(section_of(page, "hela-budgeten"), "table--budget")
    assert shown == tables
    return tables


# --- The sources ----------------------------------------------------------------------------------------------------

BUDGETS = {
    "hoglandet/2024": ("Förslag budget 2024 - 2026\t", "Resultat\t"),
    "sodra-vatterbygden/2022": ("\tBudget 2021\t", "<b>Prel balanserat resultat</b>\t"),
    "finnveden/2014": ("\tBudget 2014\t", "Preliminärt överskott kvar "),
    "sodra-lappland/2024": ("Budget 2023 plan 2024–2025\t", "Summa kostnader\t"),
    "sunnerbo/2021": ("Belopp i tkr\t", "TOTALT (Kvarvarande)\t"),
}
"""Beginnings of the first and the last line of each budget."""
BLOCK_NAMES = {"Intäkter", "Kostnader", "Finansiering", "Förslag budget 2024 - 2026"}
"""Lines without amounts that the page shows as a heading above a table rather than as a group in it."""
CORRECTED_NAMES = {"Navigatörcentrum": "Navigatorcentrum"}
"""Misspelt in 002's table, right in its text. The page lists it among the corrections."""
NAMES_A_COLUMN = re.compile(r"(.*\D)?20\d\d|Fotnot")
AMOUNT = re.compile(r"(-?) ?(\d[\d ]*?)(?: kr)?(\**)")


@cache
def lines_of(source: Path) -> list[str]:
    return source.read_text("utf-8").splitlines()


def between(lines: list[str], first: str, last: str) -> list[str]:
    start = next(number for number, line in enumerate(lines) if line.startswith(first))
    end = next(number for number, line in enumerate(lines) if number >= start and line.startswith(last))
    return [line for line in lines[start : end + 1] if line.strip()]


def printed_fields(line: str) -> list[str]:
    """Split a line of a table. Two lines of 002 have spaces and bold marks where all others have tabs."""
    plain = re.sub(r"</?[bi]>", "", line)
    if "\t" in plain:
        return [field.strip() for field in plain.split("\t")]
    if "**" in plain:
        return [part.strip() for part in plain.split("**") if part.strip()]
    name = re.match(r"\D+", plain)
    assert name
    return [name[0].strip(), *re.findall(r"\d{1,3}(?: \d{3})*", plain)]


def as_shown(cell: str) -> str:
    """Return a source's cell as required on the page: regrouped, with a true minus; signs and blanks as printed."""
    amount = AMOUNT.fullmatch(cell)
    if amount is None:
        return cell
    sign, digits, mark = amount.groups()
    grouped = f"{int(digits.replace(' ', '')):,}".replace(",", NBSP)
    return f"{MINUS if sign else ''}{grouped}{mark}"


def name_as_shown(name: str) -> str:
    """Return a name without the list marks of 003, and with its note mark close to it."""
    bare = re.sub(r" (?=\*)", "", re.sub(r"^- ?", "", name))
    return CORRECTED_NAMES.get(bare, bare)


def printed_rows(lines: list[str]) -> Iterator[Row]:
    headings: list[str] = []
    for line in lines:
        name, *cells = printed_fields(line)
        if any(cells) and all(NAMES_A_COLUMN.fullmatch(cell) for cell in cells if cell):
            headings = cells
        elif any(cells):
            assert len(cells) <= len(headings)
            yield Row(name_as_shown(name), tuple(zip_longest(headings, map(as_shown, cells), fillvalue="")))
        elif name not in BLOCK_NAMES:
            yield Row(name_as_shown(name))


# --- The budgets ----------------------------------------------------------------------------------------------------


@every_plan
def test_every_budget_cell_stands_under_its_row_and_column_and_none_is_added(
    plan: str, source_plans: Path, built: Path
) -> None:
    source = between(lines_of(source_plans / SOURCES[plan]), *BUDGETS[plan])
    shown = [row for table in budget_tables(page_of(built, plan)) for row in rows_of(table)]
    assert shown == list(printed_rows(source))


def test_equity_outside_the_years_stands_under_the_headings_it_is_printed_with(source_plans: Path, built: Path) -> None:
    source = lines_of(source_plans / SOURCES["hoglandet/2024"])
    names, amounts = map(printed_fields, between(source, "Eget kapital från 2022\t", "1 215 582\t"))
    shown = list(rows_of(table_of(page_of(built, "hoglandet/2024"), "eget-kapital")))
    assert [row.name for row in shown] == names
    assert [text for row in shown for _, text in row.cells] == list(map(as_shown, amounts))


def test_the_parts_of_a_row_stand_in_a_table_of_their_own_unit(source_plans: Path, built: Path) -> None:
    source = lines_of(source_plans / SOURCES["sunnerbo/2021"])
    heading, *rows = map(printed_fields, between(source, "Anslag från huvudmännen inför 2021:\t", "Totalt:\t"))
    table = table_of(page_of(built, "sunnerbo/2021"), "uppdelning-anslag")
    caption = table.find("caption")
    assert caption is not None
    assert said(caption) == f"{heading[0].rstrip(':')}, kronor"
    assert list(rows_of(table)) == [Row(name, (("Belopp, kr", as_shown(amount)),)) for name, amount in rows]


@every_plan
def test_what_is_bold_in_a_row_of_the_source_is_emphasised(plan: str, source_plans: Path, built: Path) -> None:
    lines = between(lines_of(source_plans / SOURCES[plan]), *BUDGETS[plan])
    rows = [line.split("\t") for line in lines if "\t" in line and not line.startswith("<b>")]
    bold = [re.sub(r"</?b>", "", cell) for row in rows for cell in row if cell.startswith("<b>")]
    shown = [
        said(cell) for table in budget_tables(page_of(built, plan)) for cell in in_class(table, "table__emphasised")
    ]
    assert shown == list(map(as_shown, bold))


@every_plan
def test_a_blank_and_a_dash_are_told_to_those_who_listen_and_never_made_zero(plan: str, built: Path) -> None:
    for table in budget_tables(page_of(built, plan)):
        for cell in in_class(table, "number"):
            hidden = [said(span, without=()) for span in in_class(cell, "visually-hidden")]
            has_amount = any(letter.isdigit() for letter in said(cell))
            assert hidden == ([] if has_amount else ["uppgift saknas"])


@every_plan
def test_every_note_mark_leads_to_its_note_and_back(plan: str, built: Path) -> None:
    page = page_of(built, plan)
    for mark in in_class(page, "note-mark"):
        (link,) = mark.iter("a")
        note = by_id(page, link.get("href", "").removeprefix("#"))
        assert said(in_class(note, "notes__mark")[0]) == said(mark)
        assert f"#{link.get('id')}" in [back.get("href") for back in in_class(note, "note-back")]


UNITS = {
    "hoglandet/2024": "kronor",
    "sodra-vatterbygden/2022": "kronor",
    "finnveden/2014": "kronor",
    "sodra-lappland/2024": "tusental kronor (tkr)",
    "sunnerbo/2021": "tusental kronor (tkr)",
}


@every_plan
def test_the_unit_stands_over_every_budget_table(plan: str, built: Path) -> None:
    for table in budget_tables(page_of(built, plan)):
        caption = table.find("caption")
        assert caption is not None
        assert said(caption).endswith(f", {UNITS[plan]}")


TOTALS = {
    "hoglandet/2024": {
        "Summa intäkter": "8 136 068|8 086 000|8 086 000|8 086 000",
        "Summa kostnader": "7 839 000|8 236 000|8 086 000|8 086 000",
        "Resultat": "297 068|−150 000***|0|0",
    },
    "sodra-vatterbygden/2022": {
        "Summa intäkter": "8 802 413|9 184 467|10 182 667|9 931 427|10 169 627",
        "Delsumma verksamhet": "7 860 900|6 233 300|8 239 240|8 646 800|9 170 400",
        "Delsumma administration": "882 000|851 000|903 000|895 000|917 000",
        "Summa kostnader": "8 742 900|7 084 300|9 142 240|9 541 800|10 087 400",
        "Prel balanserat resultat": "59 513|2 100 167|1 040 427|389 627|82 227",
    },
    "finnveden/2014": {
        "Totalt tillgängliga medel": "4 712 000|3 692 000|",
        "Totalt kostnader": "4 412 000|3 692 000|",
        "Preliminärt överskott kvar": "300 000|0|",
    },
    "sodra-lappland/2024": {
        "Summa medel att disponera": "6 422|6 148|5 717|5 098",
        "Styrelsen": "265|265|270|270",
        "Projektkostnader": "2 335|2 473|2 756|2 456",
        "Summa kostnader": "4 326|4 483|4 371|4 071",
    },
    "sunnerbo/2021": {
        "Intäkter": "8 607|5 302|5 302",
        "Digitalisering": "−130|---|---",
        "Kostnader": "−7 489|4 184|4 184",
        "TOTALT (Kvarvarande)": "1 118|1 118|1 118",
    },
}
"""Typed by hand from the sources."""


@every_plan
def test_the_totals_are_those_of_the_source_also_where_it_is_not_at_hand(plan: str, built: Path) -> None:
    rows = [row for table in budget_tables(page_of(built, plan)) for row in rows_of(table)]
    for name, expected in TOTALS[plan].items():
        (row,) = (row for row in rows if row.name == name)
        assert "|".join(text for _, text in row.cells) == expected.replace(" ", NBSP)


def test_a_note_column_is_kept_where_the_source_has_one(built: Path) -> None:
    rows = [row for table in budget_tables(page_of(built, "finnveden/2014")) for row in rows_of(table)]
    marked = [(row.name, text) for row in rows for heading, text in row.cells if heading == "Fotnot" and text]
    assert marked == [
        ("Gislaveds kommun", "1)"),
        ("Gnosjö kommun", "1)"),
        ("Värnamo kommun", "1)"),
        ("Ackumulerat överskott prel", "2)"),
        ("Nya projekt", "3)"),
        ("Processtöd till huvudmännen", "4)"),
    ]


# --- The rest of the plans ------------------------------------------------------------------------------------------

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
DATE = re.compile(r"\b(20\d\d)[-.](\d\d)[-.](\d\d)\b")
NUMBER = re.compile(rf"\d{{1,4}}(?:[ {NBSP}.]\d{{3}})+(?!\d)|\d+(?:[,.:]\d+)*")


def numbers_in(text: str) -> set[str]:
    """Return every number: amounts without their grouping, "2003:1210" and "7.1.1" as they are."""
    found = NUMBER.findall(text)
    return {re.sub(rf"[ {NBSP}.](?=\d{{3}}(?!\d))", "", number) for number in found}


def pieces_of(element: Element) -> str:
    """Return the text of an element with each piece on a line of its own, so that amounts in two cells never merge."""
    return "\n".join(_pieces(element, ()))


def in_words(date: re.Match[str]) -> str:
    year, month, day = date.groups()
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


@every_plan
def test_every_number_and_date_of_the_source_stands_on_the_page(plan: str, source_plans: Path, built: Path) -> None:
    source = (source_plans / SOURCES[plan]).read_text("utf-8")
    page = page_of(built, plan)
    dates = {in_words(date) for date in DATE.finditer(source)}
    assert {date for date in dates if date not in said(page).replace(NBSP, " ")} == set()
    assert numbers_in(DATE.sub(" ", source)) - numbers_in(pieces_of(page)) == set()


SPAN = re.compile(r"(\d+) ?[-–] ?(\d+)")


@every_plan
def test_every_span_of_ages_and_years_is_kept(plan: str, source_plans: Path, built: Path) -> None:
    source = (source_plans / SOURCES[plan]).read_text("utf-8")
    assert set(SPAN.findall(DATE.sub(" ", source))) - set(SPAN.findall(said(page_of(built, plan)))) == set()


def test_dates_that_no_program_can_read_are_in_words(built: Path) -> None:
    """Printed as 131129 and 2021 0507."""
    assert "29 november 2013" in said(section_of(page_of(built, "finnveden/2014"), "beslut")).replace(NBSP, " ")
    assert "7 maj 2021" in said(section_of(page_of(built, "sunnerbo/2021"), "beslut")).replace(NBSP, " ")


NUMBERED = re.compile(r"(?:#+ )?\**(\d+(?:\.\d+)*\.? [A-ZÅÄÖ].*?[^.,;])\**")


def headings_in(lines: list[str]) -> list[str]:
    """Return the numbered headings of a source: alone between blank lines, not ending like a sentence or list item."""
    around = zip(["", *lines], lines, [*lines[1:], ""], strict=False)
    alone = (line for before, line, after in around if not before.strip() and not after.strip())
    found = (NUMBERED.fullmatch(line.strip()) for line in alone)
    return list(dict.fromkeys(plain_dashes(heading[1]) for heading in found if heading))


def plain_dashes(text: str) -> str:
    return text.replace(DASH, "-")


@every_plan
def test_every_chapter_stands_with_its_number_in_the_order_of_the_source(
    plan: str, source_plans: Path, built: Path
) -> None:
    chapters = headings_in(lines_of(source_plans / SOURCES[plan]))
    text = section_of(page_of(built, plan), "planen")
    headings = [said(heading) for heading in text.iter() if re.fullmatch("h[3-6]", heading.tag)]
    assert len(chapters) >= 7
    assert [heading for heading in map(plain_dashes, headings) if heading[0].isdigit()] == chapters


@every_plan
def test_the_contents_list_the_chapters_of_the_plan(plan: str, source_plans: Path, built: Path) -> None:
    chapters = [one for one in headings_in(lines_of(source_plans / SOURCES[plan])) if re.match(r"\d+\.? ", one)]
    listed = [plain_dashes(said(link)) for link in by_id(page_of(built, plan), "innehall").iter("a")]
    assert [entry for entry in listed if entry[0].isdigit()] == chapters


def test_every_signatory_stands_with_role_and_organisation(source_plans: Path, built: Path) -> None:
    lines = lines_of(source_plans / SOURCES["sunnerbo/2021"])
    after = next(number for number, line in enumerate(lines) if line.startswith("Ljungby den 2021"))
    written = [line.strip() for line in lines[after + 1 :] if line.strip()]
    people = [tuple(written[start : start + 3]) for start in range(0, len(written), 3)]
    rows = rows_of(table_of(page_of(built, "sunnerbo/2021"), "tabell-underskrifter"))
    assert len(people) == 9
    assert [(row.name, *(text for _, text in row.cells)) for row in rows] == people


KOMMUNER = {
    "hoglandet/2024": "Aneby Eksjö Nässjö Sävsjö Tranås Vetlanda",
    "sodra-vatterbygden/2022": "Habo Jönköping Mullsjö Vaggeryd",
    "finnveden/2014": "Gislaved Gnosjö Värnamo",
    "sodra-lappland/2024": "Lycksele Malå Sorsele Åsele Vilhelmina Dorotea Storuman",
    "sunnerbo/2021": "Markaryd Älmhult Ljungby",
}
REGIONS = {
    "hoglandet/2024": "Region Jönköpings län",
    "sodra-vatterbygden/2022": "Region Jönköpings län",
    "finnveden/2014": "Landstinget i Jönköpings län",
    "sodra-lappland/2024": "Region Västerbotten",
    "sunnerbo/2021": "Region Kronoberg",
}
AUTHORITIES = ("Arbetsförmedlingen", "Försäkringskassan")


@every_plan
def test_every_member_is_named_on_the_page_of_its_forbund(plan: str, source_plans: Path, built: Path) -> None:
    source = (source_plans / SOURCES[plan]).read_text("utf-8")
    members = said(section_of(page_of(built, plan.split("/", maxsplit=1)[0]), "medlemmar"))
    kommuner = KOMMUNER[plan].split()
    for name in (*kommuner, REGIONS[plan], *AUTHORITIES):
        assert name in source
        assert name in members
    assert len(re.findall("kommun(?=,| Region| Landsting)", members)) == len(kommuner)


# --- The texts are our own ------------------------------------------------------------------------------------------

RUN = 11
"""Number of consecutive words that must be a copy rather than chance."""
DIGITS = 12
"""A run with this many digits is a row of figures, which must be the plan's own."""


def words_in(text: str) -> list[str]:
    return re.findall(r"[a-zåäöé0-9]+", text.lower())


def runs_in(text: str) -> Iterator[tuple[str, ...]]:
    words = words_in(text)
    return (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def prose_runs_in(markdown: str) -> Iterator[tuple[str, ...]]:
    """Return the runs of running text: headings are labels, and are kept as in the plan."""
    for prose in re.split(r"^#+ .*$", markdown, flags=re.MULTILINE):
        yield from runs_in(prose)


def test_no_run_of_words_in_content_is_a_source_plans_own(source_plans: Path, project: Path) -> None:
    theirs = {run for source in SOURCES.values() for run in runs_in((source_plans / source).read_text("utf-8"))}
    copied = [
        (file.relative_to(project).as_posix(), " ".join(run))
        for file in sorted((project / "content").rglob("*.md"))
        for run in prose_runs_in(file.read_text("utf-8"))
        if run in theirs and sum(letter.isdigit() for letter in "".join(run)) < DIGITS
    ]
    assert copied == []


@every_plan
def test_chapters_keep_their_numbers_also_where_the_source_jumps(plan: str, built: Path) -> None:
    """000 goes from 7 to 10; nothing is renumbered, and the others have every number."""
    text = section_of(page_of(built, plan), "planen")
    numbers = [int(match[1]) for one in text.iter("h3") if (match := re.match(r"(\d+)\.? ", said(one)))]
    jumps = [(before, after) for before, after in pairwise(numbers) if after != before + 1]
    assert numbers[0] == 1
    assert jumps == ([(7, 10)] if plan == "hoglandet/2024" else [])
