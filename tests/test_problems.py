"""Every fault that content can have: found at its line, told in Swedish, and as grave as the catalogue says.

The cases are documents in `cases/problems/`, named by the code of the problem that they show. A case begins with a
sentence for people. Then come blocks, each headed by what it is and which file it concerns:

    yaml, markdown, text    the whole file
    diff                    changes to the file of `tests/site.py`: "-" is taken away, "+" is put there, " " stays;
                            lines that don't follow on each other are parted by an empty line
    saknas                  the file isn't there

A line that a problem is found at ends with `#! code`, or `#! code hint` when the problem has a hint, once for each
problem. What stands there is everything that may be found; of notes, and of what the law asks of a plan that is as
short as this one, only the kinds that the case names. More cases follow in the same file, each under a "## …".
"""

import os
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insyn import reports
from insyn.build.pipeline import BuildResult
from insyn.checks.plan import check_plan
from insyn.disk.materials import read_catalogue
from insyn.markdown.render import Setting, parse, render_article
from insyn.problems import Found, Problem
from insyn.reading.characters import normalised
from insyn.reading.plan_file import read_plan_text
from insyn.reading.sources import SourceFile, SourceText
from insyn.reading.yaml_slips import find_slip
from insyn.texts import Severity, Texts, read_texts
from tests.site import ASKED_BY_LAW, ASSOCIATION, PLAN, PLAN_FILE, SETTINGS, TestSite

PROJECT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases" / "problems"
GUIDE = PROJECT / "docs" / "uppslag.md"
STANDARD = {"webbplats.yaml": SETTINGS, "norr/forbund.md": ASSOCIATION, PLAN_FILE: PLAN}
BLOCK = re.compile(r"^```(\w+) (.+)\n((?:.*\n)*?)```$", re.MULTILINE)
MARKER = re.compile(r"[ \t]*#! (.+)$")
NOT_AS_TEXT = {
    *("file-not-text", "file-closed", "file-linked", "file-outside", "file-beyond-limit", "yaml-too-deep"),
    "link-to-pdf",
}
"""Faults that would make the case itself unreadable, or of some builds only; they have tests of their own."""
ENGLISH = re.compile(
    r"\b(the|is|are|found|allowed|expected|characters?|special|unacceptable|while|missing|unknown|value|line|column|"
    r"None|True|False)\b",
    re.IGNORECASE,
)

Told = tuple[str, int, str, str]
"""File, line, code and hint of a problem."""


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    files: Mapping[str, str]
    expected: tuple[Told, ...]


# --- Reading the cases ----------------------------------------------------------------------------------------------


def read_cases(document: str, code: str) -> Iterator[Case]:
    for number, part in enumerate(re.split(r"^## ", document, flags=re.MULTILINE)):
        name = code if number == 0 else f"{code}: {part.splitlines()[0]}"
        assert not part.lstrip().startswith("```"), f"{name} says nothing about itself"
        yield read_case(name, part)


def read_case(name: str, text: str) -> Case:
    files = {path: textwrap.dedent(standard).lstrip("\n") for path, standard in STANDARD.items()}
    expected: list[Told] = []
    for kind, path, block in BLOCK.findall(text):
        lines = block.splitlines()
        if kind == "diff":
            lines = changed(files[path].splitlines(), lines)
        plain = [MARKER.sub("", line) for line in lines]
        for number, line in enumerate(lines, 1):
            expected += [(path, number, *told) for told in marked(line)]
        if kind == "saknas":
            files.pop(path, None)
        else:
            files[path] = "\n".join([*plain, ""])
    return Case(name, files, tuple(sorted(expected)))


def changed(lines: list[str], block: list[str]) -> list[str]:
    """Carry out the changes of a diff. What is to be replaced must stand in the file, and in one place only."""
    for hunk in "\n".join(block).split("\n\n"):
        new = [line[1:] for line in hunk.split("\n") if line[0] in "+ "]
        old = [MARKER.sub("", line[1:]) for line in hunk.split("\n") if line[0] in "- "]
        found = [at for at in range(len(lines)) if lines[at : at + len(old)] == old]
        assert len(found) == 1, f"stands in {len(found)} places: {old}"
        lines = [*lines[: found[0]], *new, *lines[found[0] + len(old) :]]
    return lines


def marked(line: str) -> Iterator[tuple[str, str]]:
    match = MARKER.search(line)
    for words in match[1].split("#! ") if match else ():
        code, _, hint = words.strip().partition(" ")
        yield code, hint


def every_case() -> list[Case]:
    files = sorted(CASES.glob("*.md"))
    return [case for file in files for case in read_cases(file.read_text("utf-8"), file.stem)]


ALL_CASES = every_case()
each_case = pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: case.name)


def write(site: TestSite, case: Case) -> None:
    for path in STANDARD:
        (site.content / path).unlink(missing_ok=True)
    for path, text in case.files.items():
        file = site.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def told(found: tuple[Problem, ...]) -> tuple[Told, ...]:
    return tuple(sorted((one.place.file.removeprefix("content/"), one.place.line, one.code, one.hint) for one in found))


# --- The cases ------------------------------------------------------------------------------------------------------


@each_case
def test_a_case_is_told_in_swedish_without_gaps_at_its_lines_and_nothing_else_is(site: TestSite, case: Case) -> None:
    write(site, case)
    outcome = site.check_all()
    assert told(looked_for(outcome, case)) == case.expected
    lines = site.lines()
    for one in (*outcome.problems, *outcome.notes):
        printed = reports.report(one, outcome.texts, lines)
        ours = "\n".join(line for line in printed.splitlines() if "│" not in line)
        assert not re.search(r"\{\w*\}", ours)
        assert not ENGLISH.search(re.sub(r"”[^”]*”", "", ours))


def looked_for(outcome: BuildResult, case: Case) -> tuple[Problem, ...]:
    """Return what a check of everything found, without the kinds of notes that the case is silent of."""
    named = {code for _, _, code, _ in case.expected}
    problems = [one for one in outcome.problems if one.code in named or one.code not in ASKED_BY_LAW]
    notes = [one for one in outcome.notes if one.code in named]
    return (*problems, *notes)


@each_case
def test_an_error_publishes_nothing_and_a_warning_does(site: TestSite, case: Case, texts: Texts) -> None:
    write(site, case)
    errors = [code for _, _, code, _ in case.expected if texts.problems[code].severity is Severity.ERROR]
    assert site.build() == (1 if errors else 0)
    assert site.output.exists() == (not errors)
    words = re.findall(r"^content/\S.*:\d+:\d+  (\w+)  ", site.printed, re.MULTILINE)
    assert words.count("FEL") == len(errors)


def test_every_fault_in_the_catalogue_has_a_case_of_its_own(texts: Texts) -> None:
    shown = {case.name for case in ALL_CASES if any(code == case.name for _, _, code, _ in case.expected)}
    assert shown | NOT_AS_TEXT == set(texts.problems)


def test_every_piece_of_advice_in_the_catalogue_has_a_case(texts: Texts) -> None:
    shown = {one for case in ALL_CASES for _, _, _, hint in case.expected for one in hint.split()}
    assert set(texts.hints) - shown == {hint for hint in texts.hints if hint.startswith("file-")}


# --- Faults that can't be written in a case -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "hint", "line"),
    [
        ("cp1252", "file-windows", 3),
        ("mac-roman", "file-mac", 3),
        ("cp850", "file-dos", 3),
        ("utf-16", "file-utf-16", 1),
        ("utf-16-le", "file-utf-16", 1),
        ("utf-16-be", "file-utf-16", 1),
    ],
)
def test_a_file_in_another_encoding_is_told_for_what_it_is(site: TestSite, encoding: str, hint: str, line: int) -> None:
    file = site.write_plan()
    file.write_bytes(file.read_text("utf-8").encode(encoding))
    assert told(site.found()) == (("norr/2025/plan.md", line, "file-not-text", hint),)
    assert site.build() == 1
    assert "som UTF-8" in site.printed


@pytest.mark.parametrize(
    ("wrong", "sign", "end"), [(b"\x96", "–", "\n"), (b"\xe5", "å", "\r\n"), (b"\x8a", "ä", "\n"), (b"\xff", "ÿ", "\n")]
)
def test_one_wrong_byte_is_found_on_its_line(site: TestSite, wrong: bytes, sign: str, end: str) -> None:
    file = site.write_plan(PLAN, ("samverkan.", "samverkan. Öppet X."))
    before = file.read_text("utf-8").replace("\n", end).encode()
    file.write_bytes(before.replace(b"X", wrong))
    (one,) = site.found()
    values = dict(one.values)
    assert (one.code, one.place.line, one.place.column) == ("file-not-text", 30, 36)
    assert (values["line"], values["sign"]) == ("30", sign)


@pytest.mark.parametrize("beginning", [b"PK\x03\x04\xff", b"%PDF-1.7\n\xe2", b"{\\rtf1 \xe5"])
def test_a_document_that_is_no_text_is_told_so(site: TestSite, beginning: bytes) -> None:
    site.write_plan().write_bytes(beginning)
    assert told(site.found()) == (("norr/2025/plan.md", 1, "file-not-text", "file-document"),)


def test_a_file_that_cannot_be_opened_is_not_told_to_be_saved_again(site: TestSite) -> None:
    file = site.write_plan()
    file.unlink()
    file.symlink_to(site.content / "borta.md")
    assert told(site.found()) == (("norr/2025/plan.md", 1, "file-closed", "file-link"),)


def test_a_file_that_may_not_be_read_is_told_so(site: TestSite) -> None:
    file = site.write_plan()
    file.chmod(0)
    if os.access(file, os.R_OK):  # nothing is closed to the system's own user but what no one can read
        file.unlink()
        file.symlink_to("/proc/self/mem")
    assert ("norr/2025/plan.md", 1, "file-closed", "file-permission") in told(site.found())
    site.build()
    assert "Programmet får inte läsa den." in site.printed
    assert "UTF-8" not in site.printed


def test_settings_in_another_encoding_are_not_also_said_to_be_missing(site: TestSite) -> None:
    site.write_plan()
    (site.content / "webbplats.yaml").write_bytes("namn: Förbunden\n".encode("latin-1"))
    assert told(site.found()) == (("webbplats.yaml", 1, "file-not-text", "file-windows"),)


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\ufffe"])
def test_a_character_that_cannot_be_read_is_shown_where_it_stands(site: TestSite, character: str) -> None:
    site.write_plan(PLAN, ("titel: Verksamhetsplan 2025", f"titel: Verksamhets{character}plan 2025"))
    assert told(site.found()) == (("norr/2025/plan.md", 4, "yaml-character", "character-control"),)


def test_a_character_that_cannot_be_read_is_told_in_swedish(site: TestSite) -> None:
    site.write_plan(PLAN, ("titel: Verksamhetsplan 2025", "titel: Verksamhets\x00plan 2025"))
    site.build()
    assert "otillåtet-tecken" in site.printed
    assert not ENGLISH.search(site.printed)


def test_brackets_in_brackets_without_end_are_too_deep(site: TestSite) -> None:
    site.write_plan(PLAN, ("titel: Verksamhetsplan 2025", f"titel: {'[' * 600}{']' * 600}"))
    assert [one.code for one in site.found()] == ["yaml-too-deep"]
    assert site.build() == 1
    assert "någon är troligen inte avslutad" in site.printed


def test_brackets_without_number_are_told_and_do_not_end_the_interpreter(site: TestSite) -> None:
    site.write_plan(PLAN, ("titel: Verksamhetsplan 2025", f"titel: {'[' * 9_000}"))
    assert told(site.found()) == (("norr/2025/plan.md", 4, "yaml-too-deep", ""),)


@pytest.mark.parametrize("written", ["\\0", "\\e", "\\x9f"])
def test_a_character_that_is_written_in_another_way_is_found_too(site: TestSite, written: str) -> None:
    site.write_plan(PLAN, ("titel: Verksamhetsplan 2025", f'titel: "Plan{written}"'))
    assert told(site.found()) == (("norr/2025/plan.md", 4, "yaml-character", "character-control"),)


def test_a_list_without_anything_in_it_is_no_value(site: TestSite) -> None:
    columns = "kolumner:\n        - {id: b2025, år: 2025, typ: budget}\n        - {id: p2026, år: 2026, typ: plan}"
    site.write_plan(PLAN, (columns, "rubrik: Budget 2025 och plan 2026\n      kolumner: []"))
    assert site.problems() == [("value-missing", 12, 3)]


# --- Drafts, which stop nothing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        ("    budget:\n", "    bugdet:\n"),
        ("titel: Verksamhetsplan 2025", 'titel: "Verksamhetsplan 2025'),
        ("schema: finsam-plan/1", "schema: finsam-plan/9"),
        ("samverkan.", "samverkan med 19121212-1212."),
    ],
)
def test_a_draft_stops_nothing_however_little_of_it_can_be_read(
    site: TestSite, texts: Texts, change: tuple[str, str]
) -> None:
    site.write_plan(PLAN, ("status: beslutad", "status: utkast   # tills vidare"), change)
    assert site.found()
    assert not [one for one in site.found() if texts.is_error(one) and one.code != "no-plans"]


# --- Personnummer: never published, and never printed ---------------------------------------------------------------


@pytest.mark.parametrize("written", ["19121212-1212", "121212-1212", "191212121212", "121212+1212", "19121212 1212"])
def test_a_personnummer_is_an_error_that_is_not_repeated(site: TestSite, written: str) -> None:
    site.write_plan(PLAN, ("titel: Verksamhetsplan 2025", f"tittel: {written}"), ("samverkan.", f"med {written}."))
    assert [one.code for one in site.found()].count("personal-number") == 2
    assert site.build() == 1
    assert "personnummer" in site.printed
    assert written not in site.printed


@pytest.mark.parametrize("written", ["222000-2873", "8 086 000", "19121212-1213", "12121212", "1,1212121212"])
def test_other_numbers_are_no_personnummer(site: TestSite, written: str) -> None:
    site.write_plan(PLAN, ("samverkan.", f"med {written}."))
    assert site.found() == ()


# --- Several faults, and faults that only look like several ---------------------------------------------------------


def test_one_run_tells_of_every_fault_in_every_file(site: TestSite) -> None:
    changes = (
        ("datum: 2024-11-20", "datum: 20 november"),
        ("typ: plan}", "typ: planen}"),
        ("part: region", "part: regionen"),
        ("{namn: Resultat, belopp: [0, 0]}", "{namn: Resultat, belopp: [100, 0]}"),
        ("Förbundet stödjer samverkan.", "Förbundet stödjer <b>samverkan.\n\n    ![Bild](bild.jpg)"),
    )
    site.write_plan(PLAN, *changes)
    site.edit("norr/forbund.md", "kortnamn: Norr\n", "")
    assert [code for _, _, code, _ in told(site.found())] == [
        "date-unreadable", "choice-unknown", "choice-unknown", "result-differs", "html-in-text", "image-in-text",
        "key-missing",
    ]  # fmt: skip
    site.build()
    assert site.printed.splitlines()[-1].startswith("7 fel. Inget har publicerats")


def test_the_same_fault_is_told_once(site: TestSite) -> None:
    site.write_plan(PLAN, ("Förbundet stödjer samverkan.", "Förbundet<br>stödjer<br>samverkan."))
    site.build()
    assert site.printed.count("html-i-text") == 1


def test_an_amount_that_cannot_be_read_is_not_also_a_sum_that_differs(site: TestSite) -> None:
    site.write_plan(PLAN, ("[500 000, 600 000]", "[500 tkr, 600 000]"), ("[0, 0]", "[5, 0]"))
    assert [one.code for one in site.found()] == ["amount-unreadable"]


def test_faults_in_the_text_of_a_draft_are_told_too(site: TestSite) -> None:
    site.write_plan(PLAN, ("status: beslutad", "status: utkast"), ("samverkan.", "<b>samverkan."))
    assert "html-in-text" in [one.code for one in site.found()]


def test_a_misspelt_key_that_must_be_there_is_told_once(site: TestSite) -> None:
    site.write_plan(PLAN, ("titel: Verksamhetsplan", "tittel: Verksamhetsplan"))
    assert [one.code for one in site.found()] == ["key-unknown"]


def test_a_column_that_cannot_be_read_is_told_once_and_not_for_every_row(site: TestSite) -> None:
    site.write_plan(PLAN, ("- {id: p2026, år: 2026, typ: plan}", "- p2026"))
    assert [one.code for one in site.found()] == ["expected-mapping-item"]


# --- Deviations that the source is known to have --------------------------------------------------------------------

SUNNERBO = """
    ---
    schema: finsam-plan/1
    förbund: norr
    titel: Verksamhetsplan och budget 2025
    år: 2025
    status: beslutad
    beslut: {organ: styrelsen, datum: 2024-11-20}
    budget:
      enhet: tkr
      tecken: kostnader-negativa
      kapitalmodell: ingår
      kolumner:
        - {id: b2025, år: 2025, typ: budget, etikett: Budget 2025}
        - {id: p2026, år: 2026, typ: plan, etikett: EFP 2026}
      intäkter:
        rader:
          - {namn: Ackumulerat kapital, part: ingående-kapital, belopp: [4 423, 1 118]}
          - namn: Anslag
            part: parterna
            belopp: [4 184, 4 184]
            nedbrytning:
              rubrik: Anslag från huvudmännen
              enhet: kr
              kolumn: b2025
              rader:
                - {namn: Försäkringskassan, part: staten, belopp: 2 092 000}
                - {namn: Region Norr, part: region, belopp: 1 046 000}
                - {namn: Åby, part: kommun, belopp: 522 999}
                - {namn: Östby, part: kommun, belopp: 522 999}
              summa: {namn: Totalt, belopp: 4 184 000}
        summa: {namn: Intäkter, belopp: [8 607, 5 302]}
      kostnader:
        rader:
          - {namn: Styrelse, ändamål: styrelse, belopp: [125, 125]}
          - {namn: Insatser, ändamål: insatser, belopp: [7 235, 4 059]}
          - {namn: Digitalisering, ändamål: struktur, belopp: [130, "---"]}
        summa: {namn: Kostnader, belopp: [7 489, {värde: 4 184, tryckt: "4 184"}]}
      resultat: {namn: Kvarvarande, belopp: [1 118, 1 118]}
      avvikelser:
        - {kontroll: summa-kostnader, kolumn: b2025, differens: 1, orsak: avrundning, text: Raderna är avrundade.}
        - {kontroll: nedbrytning-summa, kolumn: b2025, differens: 2, enhet: kr, orsak: avrundning, text: Delarna också.}
        - {kontroll: tecken, kolumn: p2026, rad: Kostnader, orsak: skrivfel, text: Summan saknar minus.}
    ---
    # 1. Uppdrag

    Förbundet stödjer samverkan.
"""


def test_known_deviations_are_published_with_their_explanation(site: TestSite) -> None:
    site.write_plan(SUNNERBO)
    assert site.build() == 0, site.printed
    assert "Siffror som avviker" in site.text_of("norr/2025/")
    assert "Raderna är avrundade." in site.text_of("norr/2025/")


@pytest.mark.parametrize(
    ("change", "code", "hint"),
    [
        (("[125, 125]", "[126, 125]"), "amount-differs", "deviation-other-difference"),
        (("belopp: 4 184 000", "belopp: 4 184 001"), "breakdown-sum-differs", "deviation-other-difference"),
        (("differens: 1,", "differens: 1 000,"), "sum-differs", "deviation-other-difference"),
        (("differens: 2, enhet: kr", "differens: 2"), "breakdown-sum-differs", "deviation-other-difference"),
        (("kontroll: tecken, kolumn: p2026", "kontroll: tecken, kolumn: b2025"), "sign-differs", ""),
        (("rad: Kostnader", "rad: Intäkter"), "sign-differs", ""),
    ],
)  # fmt: skip
def test_a_difference_other_than_the_known_one_is_refused(
    site: TestSite, change: tuple[str, str], code: str, hint: str
) -> None:
    site.write_plan(SUNNERBO, change)
    assert (code, hint) in [(one.code, part) for one in site.found() for part in one.hint.split(" ")]
    assert site.build() == 1


@pytest.mark.parametrize(
    "change",
    [
        ("[7 235, 4 059]", "[7 234, 4 059]"),
        ("belopp: 1 046 000", "belopp: 1 046 002"),
        ('tryckt: "4 184"', 'tryckt: "-4 184"'),
    ],
)
def test_a_known_deviation_that_has_gone_is_refused(site: TestSite, change: tuple[str, str]) -> None:
    site.write_plan(SUNNERBO, change)
    assert "deviation-gone" in [one.code for one in site.found()]
    assert site.build() == 1


@pytest.mark.parametrize(
    ("change", "right"),
    [
        (("[7 489, {", "[7 490, {"), "7 489 tkr"),
        (("summa: {namn: Totalt, belopp: 4 184 000}", "summa: {namn: Totalt, belopp: 4 183 998}"), "4 184 tkr"),
    ],
)
def test_a_known_deviation_that_a_slip_takes_away_is_not_told_as_gone(
    site: TestSite, change: tuple[str, str], right: str
) -> None:
    """Other figures rest on the sum as it was: it isn't the deviation that is to be taken away."""
    site.write_plan(SUNNERBO, change)
    (found,) = site.found()
    assert found.code == "amount-differs"
    assert dict(found.values)["right"].replace("\u00a0", " ") == right


def test_a_deviation_known_in_one_column_excuses_no_other(site: TestSite) -> None:
    site.write_plan(SUNNERBO, ("belopp: [7 235, 4 059]", "belopp: [7 235, 4 060]"))
    assert [(one.code, one.place.line) for one in site.found()] == [("sum-differs", 37)]


def test_a_deviation_without_its_difference_excuses_nothing(site: TestSite) -> None:
    """Otherwise it would hide whatever the sum becomes later."""
    site.write_plan(SUNNERBO, ("differens: 1, ", ""))
    assert [(one.code, one.place.line) for one in site.found()] == [("key-missing", 40)]


def test_a_deviation_without_its_column_is_a_fault(site: TestSite) -> None:
    site.write_plan(SUNNERBO, ("kontroll: summa-kostnader, kolumn: b2025", "kontroll: summa-kostnader"))
    assert ("key-missing", 40) in [(one.code, one.place.line) for one in site.found()]


# --- What is said of an amount --------------------------------------------------------------------------------------


def test_a_jump_is_told_with_the_amounts_as_they_are_written(site: TestSite) -> None:
    changes = (
        ("enhet: kr", "enhet: mkr"),
        ("[300 000, 300 000]", '["0,02", "2,5"]'),
        ("[200 000, 200 000]", "[1, 1]"),
        ("[500 000, 500 000]", "[1, 1]"),
        ("[1 000 000, 1 000 000]", "[1, 1]"),
        ("summa: {namn: Summa intäkter, belopp: [2 000 000, 2 000 000]}", ""),
        ("[1 500 000, 1 400 000]", "[1, 1]"),
        ("[500 000, 600 000]", "[1, 1]"),
        ("summa: {namn: Summa kostnader, belopp: [2 000 000, 2 000 000]}", ""),
        ("resultat: {namn: Resultat, belopp: [0, 0]}", ""),
    )
    site.write_plan(PLAN, *changes)
    assert site.run("kontrollera") == 0
    assert "”Åby kommun” är 0,02 mnkr" in site.printed.replace("\u00a0", " ")


# --- Texts in the front matter --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("![Styrelsen](styrelsen.jpg)", "image-in-text"),
        ("Läs <b>mer</b>.", "html-in-text"),
        ("[Underlaget](ftp://norr.se)", "link-unsafe"),
    ],
)
def test_a_summary_is_held_to_the_same_rules_as_the_text(site: TestSite, written: str, code: str) -> None:
    site.write_plan(PLAN, ("    år: 2025\n", f'    år: 2025\n    sammanfattning: "{written}"\n'))
    assert {(one.code, one.place.line) for one in site.found()} == {(code, 6)}


# --- No edit gives a traceback --------------------------------------------------------------------------------------


REAL_PLANS = sorted((PROJECT / "content").glob("*/*/plan.md"))
SCRAPS = (
    "[", "]", "{", "}", ":", ": ", "*", "&", "!", "!!", "|", ">", "?", "%", "@", "`", "#", " #", "~", "- ", "-", ",",
    "\t", '"', "'", "\\", "\x00", "\x0c", "\x1b", "\r", "\u0085", "\u2028", "\ufeff", "\u00a0", "😀", "a\u030a", "---",
    "...", "<b>", "<!--", "[^1]", "[^1]: ", "![](", "[](#", "](", "| ", "$", "=", "\n", "0", "1e6", "(", "²",
)  # fmt: skip
REPEATED = (("9", 30), ("9", 5000), ("[", 300), ("[", 3000), ("{a: ", 300), ("- ", 300), ("> ", 300), ("* ", 300))


@dataclass(frozen=True, slots=True)
class Edit:
    kind: str
    line: int
    column: int
    scrap: tuple[str, int]
    """What is typed, and how many times."""

    def made_in(self, lines: list[str]) -> list[str]:
        at = self.line % len(lines)
        line = lines[at]
        cut = self.column % (len(line) + 1)
        typed = self.scrap[0] * self.scrap[1]
        changed_line = {
            "delete": [],
            "duplicate": [line, line],
            "swap": [line[: max(cut - 1, 0)] + line[cut : cut + 1] + line[max(cut - 1, 0) : cut] + line[cut + 1 :]],
            "insert": [line[:cut] + typed + line[cut:]],
            "replace": [line[:cut] + typed],
            "indent": [f"  {line}"],
            "dedent": [line.removeprefix("  ")],
            "amount": [re.sub(r"(belopp: \[)[^],]*", lambda found: found[1] + typed, line)],
        }[self.kind]
        return [*lines[:at], *changed_line, *lines[at + 1 :]] or [""]


KINDS = ("delete", "duplicate", "swap", "insert", "insert", "insert", "replace", "indent", "dedent", "amount", "amount")
scraps = st.one_of(st.tuples(st.sampled_from(SCRAPS), st.just(1)), st.sampled_from(REPEATED))
edits = st.builds(Edit, st.sampled_from(KINDS), st.integers(0, 150), st.integers(0, 120), scraps)


CATALOGUE = read_texts(read_catalogue())


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(file=st.sampled_from(REAL_PLANS), made=st.lists(edits, min_size=1, max_size=5))
def test_no_edit_of_a_real_plan_gives_a_traceback(file: Path, made: list[Edit]) -> None:
    """Anything may be typed. What comes of it is problems, each at a line that is there, or none."""
    lines = file.read_text("utf-8").split("\n")
    for edit in made:
        lines = edit.made_in(lines)
    text = "\n".join(lines)
    for one in problems_of(text, file):
        assert 1 <= one.place.line <= len(normalised(text).split("\n"))
        reports.report(one, CATALOGUE, {one.place.file: text.splitlines()})


def problems_of(text: str, file: Path) -> Iterator[Problem]:
    """Do what a check does with one plan's file."""
    association, year = file.parts[-3:-1]
    path = f"{association}/{year}/plan.md"
    source = SourceText(f"content/{path}", text)
    plan, problems = read_plan_text(SourceFile(path, "", association, int(year)), source)
    yield from problems
    if plan:
        yield from check_plan(plan, problems)
        found = Found()
        render_article(parse(plan.body), Setting(plan.place.file, plan.body_line, 3), found)
        yield from found.problems


ODD_CELLS = ("0", "~", '"---"', "-500 000", "1", "99 999 999 999", "500 000*", "{värde: 0, tryckt: noll}")


@pytest.mark.usefixtures("unlikely_sums")
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    cells=st.lists(st.sampled_from(ODD_CELLS), min_size=12, max_size=12),
    model=st.sampled_from(["separat", "ingår"]),
    unit=st.sampled_from(["kr", "tkr", "mkr"]),
)
def test_an_odd_but_right_budget_becomes_pages(tmp_path: Path, cells: list[str], model: str, unit: str) -> None:
    """No sum, result or next year is printed, so nothing can be wrong: noughts, gaps and minus must all be shown."""
    pairs = [f"[{first}, {second}]" for first, second in zip(cells[::2], cells[1::2], strict=True)]
    first = "namn: Sparat, part: ingående-kapital" if model == "ingår" else "namn: Åby kommun, part: kommun"
    changes = (
        ("enhet: kr", f"enhet: {unit}"),
        ("år: 2026", "år: 2027"),
        ("kapitalmodell: separat", f"kapitalmodell: {model}"),
        ("{namn: Åby kommun, part: kommun, belopp: [300 000, 300 000]}", f"{{{first}, belopp: {pairs[0]}}}"),
        ("[200 000, 200 000]", pairs[1]),
        ("[500 000, 500 000]", pairs[2]),
        ("[1 000 000, 1 000 000]", pairs[3]),
        ("summa: {namn: Summa intäkter, belopp: [2 000 000, 2 000 000]}", ""),
        ("[1 500 000, 1 400 000]", pairs[4]),
        ("[500 000, 600 000]", pairs[5]),
        ("summa: {namn: Summa kostnader, belopp: [2 000 000, 2 000 000]}", ""),
        ("resultat: {namn: Resultat, belopp: [0, 0]}", 'fotnoter: [{not: "*", text: Prövat.}]'),
    )
    site = TestSite(tmp_path)
    site.write_plan(PLAN, *changes)
    assert site.build() == 0, site.printed
    odd = {
        "magnitude-jump",
        "note-unused",
        "unit-unlikely",
        "shares-differ",
        "deficit-unexplained",
        "equity-above-ceiling",
    }
    assert {one.code for one in site.found()} <= odd
    assert "norr/2025/index.html" in site.files()


def test_no_slip_is_seen_in_a_plan_that_can_be_read() -> None:
    for file in REAL_PLANS:
        header = file.read_text("utf-8").removeprefix("---\n").partition("\n---\n")[0]
        assert find_slip(header, header.count("\n")) is None, file


def test_a_folder_with_a_capital_is_told_once_and_renaming_it_as_told_is_enough(site: TestSite) -> None:
    site.write_plan()
    (site.content / "norr").rename(site.content / "Norr")
    assert site.run("kontrollera") == 1
    assert "bindestreck: norr." in site.printed
    assert site.printed.endswith("\n1 fel.\n")
    (site.content / "Norr").rename(site.content / "norr")
    assert site.run("kontrollera") == 0, site.printed
