"""The format of a problem: the place, the line with a mark under it, the fault, the remedy."""

import json
import re
import unicodedata

import pytest

from insyn.problems import Place, Problem, problem
from insyn.reports import LONGEST_EXCERPT, as_data, gravest_last, in_order, line, report
from insyn.texts import Texts
from tests.site import PLAN, TestSite

FILE = "content/norr/2025/plan.md"
TOLD = {"written": "35 tkr", "unit": "kr", "right": "35 000"}


def printed(texts: Texts, line: str, place: Place, **values: str) -> list[str]:
    """Return the lines of a report on an unreadable amount, in a file whose every line is the given one."""
    one = problem("amount-unreadable", place, hint="amount-unit", **(TOLD | values))
    return report(one, texts, {FILE: [line] * place.line}).splitlines()


def marked(lines: list[str]) -> str:
    """Return the text above the mark."""
    shown, mark = lines[1], lines[2]
    assert len(mark) <= len(shown)
    return shown[mark.index("^") : mark.rindex("^") + 1]


# --- The parts ------------------------------------------------------------------------------------------------------


def test_a_report_has_place_line_mark_fault_and_advice(texts: Texts) -> None:
    assert printed(texts, "    belopp: [35 tkr, 5]", Place(FILE, 14, 14, 20)) == [
        "content/norr/2025/plan.md:14:14  FEL  belopp-oläsligt",
        "   14 │     belopp: [35 tkr, 5]",
        "      │              ^^^^^^",
        "   ”35 tkr” går inte att läsa som ett belopp.",
        "   Skriv bara talet, i tabellens enhet (kr): 35 000.",
    ]


def test_a_warning_is_called_a_warning(texts: Texts) -> None:
    one = problem(
        "stray-file",
        Place("content/norr/anteckningar.txt"),
        plan="content/norr/2025/plan.md",
        association="content/norr/forbund.md",
        pages="content/sidor/",
    )
    assert report(one, texts, {}).startswith("content/norr/anteckningar.txt:1:1  VARNING  fil-utanför\n")


def test_a_fault_in_a_draft_is_only_a_warning(texts: Texts) -> None:
    one = Problem("yaml-alias", Place(FILE, 3, 1), in_draft=True)
    assert "  VARNING  hänvisning" in report(one, texts, {})


def test_braces_in_what_staff_have_written_are_printed_as_they_are(texts: Texts) -> None:
    lines = printed(texts, "belopp: [{namn}]", Place(FILE, 1, 10, 16), written="{namn}")
    assert lines[3] == "   ”{namn}” går inte att läsa som ett belopp."


# --- The mark -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 9, 10, 99, 100, 1234])
def test_the_mark_stands_under_the_fault_however_long_the_line_number_is(texts: Texts, number: int) -> None:
    assert marked(printed(texts, "    belopp: [35 tkr, 5]", Place(FILE, number, 14, 20))) == "35 tkr"


def test_a_place_without_end_is_marked_with_one_sign(texts: Texts) -> None:
    assert marked(printed(texts, "belopp: 35 tkr", Place(FILE, 1, 9))) == "3"


@pytest.mark.parametrize("before", ["namn: Å, ", "namn: Ö😀, ", "namn:\u00a0—, "])
def test_the_mark_stands_right_after_letters_beyond_english(texts: Texts, before: str) -> None:
    column = len(before) + 1
    assert marked(printed(texts, f"{before}35 tkr", Place(FILE, 1, column, column + 6))) == "35 tkr"


@pytest.mark.parametrize("before", ["\t", "\t\t", "rad:\t"])
def test_a_tab_takes_one_column_above_and_below(texts: Texts, before: str) -> None:
    column = len(before) + 1
    lines = printed(texts, f"{before}35 tkr", Place(FILE, 1, column, column + 6))
    assert marked(lines) == "35 tkr"
    assert "\t" not in "".join(lines)


def test_a_mark_never_reaches_beyond_its_line(texts: Texts) -> None:
    assert marked(printed(texts, "belopp: 35 tkr", Place(FILE, 1, 9, 400))) == "35 tkr"


def test_a_place_after_the_last_character_is_marked_after_it(texts: Texts) -> None:
    lines = printed(texts, "titel:", Place(FILE, 1, 8))
    assert lines[1:3] == ["   1 │ titel:", "     │        ^"]


# --- Long lines -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [LONGEST_EXCERPT - 6, LONGEST_EXCERPT + 1, 400, 5000])
@pytest.mark.parametrize("part", [0.0, 0.25, 0.5, 0.99])
def test_of_a_long_line_the_part_with_the_fault_is_shown(texts: Texts, length: int, part: float) -> None:
    at = int((length - 6) * part)
    line = f"{'x' * at}35 tkr".ljust(length, "y")
    lines = printed(texts, line, Place(FILE, 1, at + 1, at + 7))
    assert marked(lines) == "35 tkr"
    assert len(lines[1]) <= LONGEST_EXCERPT + len("   1 │ ")


def test_of_a_long_line_what_stands_before_the_fault_is_shown_too(texts: Texts) -> None:
    lines = printed(texts, f"{'x' * 300}belopp: 35 tkr{'y' * 300}", Place(FILE, 1, 309, 315))
    assert "xxxbelopp: 35 tkryyy" in lines[1]


def test_a_long_fault_is_marked_as_far_as_the_line_is_shown(texts: Texts) -> None:
    lines = printed(texts, "x" * 500, Place(FILE, 1, 101, 501))
    assert set(marked(lines)) == {"x"}
    assert lines[2].rstrip().endswith("^")
    assert len(lines[2]) <= len(lines[1])


def test_a_short_line_is_shown_from_its_beginning(texts: Texts) -> None:
    line = "x" * (LONGEST_EXCERPT - 6) + "35 tkr"
    assert printed(texts, line, Place(FILE, 1, LONGEST_EXCERPT - 5, LONGEST_EXCERPT + 1))[1] == f"   1 │ {line}"


# --- Places that can't be shown -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lines", [{}, {FILE: []}, {FILE: ["a"]}, {FILE: ["a", "  "]}, {"content/annan.md": ["a"]}])
def test_without_a_line_to_show_the_rest_is_told(texts: Texts, lines: dict[str, list[str]]) -> None:
    one = problem("footnote-unused", Place(FILE, 2), written="1")
    head, what, advice = report(one, texts, lines).splitlines()
    assert head == "content/norr/2025/plan.md:2:1  VARNING  fotnot-oanvänd"
    assert what.startswith("   Fotnoten [^1] används inte")
    assert advice.startswith("   Sätt [^1] där den hör hemma")


def test_a_place_before_the_first_line_shows_no_line(texts: Texts) -> None:
    assert len(report(problem("yaml-alias", Place(FILE, 0, 0)), texts, {FILE: ["sist"]}).splitlines()) == 3


# --- Order ----------------------------------------------------------------------------------------------------------


def test_problems_come_by_file_then_line_then_column() -> None:
    places = [
        Place("content/norr/2025/plan.md", 2, 1),
        Place("content/norr/2025/plan.md", 2, 5),
        Place("content/norr/2025/plan.md", 10, 1),
        Place("content/soder/2025/plan.md", 1, 1),
    ]
    shuffled = [problem("yaml-alias", places[index]) for index in (2, 0, 3, 1)]
    assert [one.place for one in in_order(shuffled)] == places


def test_the_same_problem_is_told_once_but_not_one_with_other_words() -> None:
    one = problem("note-undefined", Place(FILE, 1), hint="note-missing", mark="*")
    other = problem("note-undefined", Place(FILE, 1), hint="note-missing", mark="**")
    assert in_order([other, one, one, other]) == [one, other]


def test_problems_at_one_place_come_in_the_same_order_every_time() -> None:
    found = [problem(code, Place(FILE, 1)) for code in ("yaml-tag", "key-repeated", "choice-unknown")]
    assert in_order(found) == in_order(found[::-1])


# --- The lines of real files ----------------------------------------------------------------------------------------


def excerpt_of(site: TestSite) -> str:
    """Return the text above the mark in the only report on the site."""
    site.run("kontrollera")
    return marked(site.printed.splitlines())


def test_the_mark_is_right_in_a_file_with_a_byte_order_mark_and_windows_line_ends(site: TestSite) -> None:
    file = site.write_plan(PLAN, ("[500 000, 600 000]", "[35 tkr, 600 000]"))
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert excerpt_of(site) == "35 tkr"


def test_the_mark_is_right_where_letters_are_saved_in_two_parts(site: TestSite) -> None:
    changes = (("{namn: Kansli, ändamål:", "{namn: Förbundets kansli, ändamål:"), ("[500 000, 600 000]", "[35 tkr, 5]"))
    file = site.write_plan(PLAN, *changes)
    file.write_text(unicodedata.normalize("NFD", file.read_text("utf-8")), "utf-8")
    assert excerpt_of(site) == "35 tkr"


@pytest.mark.parametrize("sign", ["\x0c", "\x0b", "\x1d", "\u0085", "\u2028", "\u2029"])
def test_a_page_break_pasted_from_a_pdf_does_not_move_the_line(site: TestSite, sign: str) -> None:
    site.write_plan(PLAN, ("Förbundet stödjer samverkan.", f"Sidan ett.{sign}Sidan två. Hej<br>då."))
    outcome = site.check()
    one = next(one for one in outcome.problems if one.code == "html-in-text")
    assert "<br>" in report(one, outcome.texts, site.lines()).splitlines()[1]


# --- For editors and programs ---------------------------------------------------------------------------------------


def as_typed(file: str) -> str:
    return file.replace("content/", "../planer/", 1)


def test_a_problem_in_one_line_says_where_how_grave_which_and_what(texts: Texts) -> None:
    one = problem("amount-unreadable", Place(FILE, 14, 14, 20), hint="amount-unit", written="35 tkr")
    assert line(one, texts, as_typed) == (
        "../planer/norr/2025/plan.md:14:14: FEL belopp-oläsligt: ”35 tkr” går inte att läsa som ett belopp."
    )


def test_a_problem_in_one_line_stays_in_one(texts: Texts) -> None:
    one = problem("amount-unreadable", Place(FILE), hint="amount-unit", written="a\nb\u2028c\x0bd")
    assert len(line(one, texts, as_typed).splitlines()) == 1


def test_problems_as_data_are_the_same_whatever_reads_them(texts: Texts) -> None:
    places = [Place(FILE, 3), Place(FILE, 2, 4, 9)]
    problems = [problem("yaml-alias", places[0]), problem("footnote-unused", places[1], written="å")]
    written = as_data(problems, texts, as_typed, is_published=False)
    assert written.isascii()
    read = json.loads(written)
    assert read["schema"] == "insyn-kontroll/1"
    assert read["publicerat"] is False
    assert read["antal"] == {"fel": 1, "varningar": 1, "notiser": 0}
    assert [(one["rad"], one["kolumn"], one["slut"], one["allvar"]) for one in read["problem"]] == [
        (2, 4, 9, "varning"),
        (3, 1, None, "fel"),
    ]
    assert {one["fil"] for one in read["problem"]} == {"../planer/norr/2025/plan.md"}
    assert read["problem"][0]["namn"] == "fotnot-oanvänd"
    assert read["problem"][0]["text"].startswith("Fotnoten [^å] används inte")
    assert read["problem"][0]["råd"].startswith("Sätt [^å] där")


NUMBER = "19121212-1212"


def test_no_form_discloses_a_personnummer(texts: Texts) -> None:
    one = problem("amount-unreadable", Place(f"content/{NUMBER}.md", 1, 1), hint="amount-example", written=NUMBER)
    forms = (
        report(one, texts, {one.place.file: [NUMBER]}),
        line(one, texts, str),
        as_data([one], texts, str, is_published=False),
    )
    assert [form for form in forms if NUMBER in form] == []


@pytest.mark.parametrize("sign", ["\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\u200b", "\x7f"])
def test_no_sign_of_the_content_does_anything_to_a_terminal(texts: Texts, sign: str) -> None:
    one = problem("amount-unreadable", Place(f"content/{sign}.md", 1, 1), hint="amount-example", written=f"{sign}[31m5")
    forms = (
        report(one, texts, {one.place.file: [f"{sign}[31m5"]}),
        line(one, texts, str),
        as_data([one], texts, str, is_published=False),
    )
    assert [form for form in forms if sign in form] == []


# --- What is printed last -------------------------------------------------------------------------------------------


def test_what_stops_the_publication_is_printed_last(texts: Texts) -> None:
    problems = [
        problem("yaml-alias", Place(FILE, 9)),
        problem("stray-file", Place("content/webbplats.yaml"), hint="stray-other", folder="content"),
        problem("heading-skipped", Place(FILE, 4), heading="A"),
        problem("registration-missing", Place(FILE, 2)),
        problem("yaml-alias", Place(FILE, 3)),
    ]
    assert [(texts.severity(one).value, one.place.line) for one in gravest_last(problems, texts)] == [
        ("note", 2), ("warning", 1), ("warning", 4), ("error", 3), ("error", 9),
    ]  # fmt: skip


def test_one_slip_in_every_row_is_told_once_with_its_lines(site: TestSite) -> None:
    amounts = re.compile(r"(?<=belopp: \[)([^\]]*)(?=\])")
    site.write_plan(amounts.sub(lambda found: ", ".join(f"{one} kr" for one in found[1].split(", ")), PLAN))
    assert site.run("kontrollera") == 1
    assert site.printed.count("belopp-oläsligt") == 1
    assert "Det gäller också raderna 17, 18, 19, 20, 23, 24, 25 och 26." in site.printed
    assert site.run("kontrollera", "--kort") == 1
    assert site.printed.count("belopp-oläsligt") == 18
