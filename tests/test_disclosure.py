"""No personnummer is published, printed or cached, in any spelling or place."""

import re
import time
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from insyn.build.examine import examine_plan, examine_site
from insyn.model import Association
from insyn.problems import Problem
from insyn.reading.personal_numbers import find, is_in, masked
from insyn.reading.site_files import read_surround
from insyn.reading.sources import SourceFile, SourceText, listing_of
from insyn.reading.surround import Surround
from insyn.reports import as_data, line, report
from insyn.texts import Texts
from tests.site import ASSOCIATION, PLAN, PLAN_FILE, SETTINGS, TestSite

LONG, DAY, LAST = "19121212", "121212", "1212"
"""Skatteverket's number for tests."""
SIGNS = {
    "hyphen": "-", "plus": "+", "minus": "−", "en dash": "–", "em dash": "—", "hyphen U+2010": "‐", "figure dash": "‒",
    "no-break hyphen": "‑", "bar": "―", "small hyphen": "﹣", "full width hyphen": "－", "soft hyphen": "\u00ad",
    "space": " ", "two spaces": "  ", "no-break space": "\u00a0", "thin space": "\u2009", "narrow space": "\u202f",
    "hair space": "\u200a", "em space": "\u2003", "ideographic space": "\u3000", "word joiner": "\u2060",
    "combining mark": "\u0301", "filler": "\u3164", "braille blank": "\u2800", "variation selector": "\ufe0f",
    "slash": "/", "dot": ".", "middle dot": "·", "colon": ":", "underscore": "_", "comma": ",", "comma and space": ", ",
    "semicolon": ";", "equals": "=", "tilde": "~", "bullet": "•", "dash within spaces": " — ", "two hyphens": "--",
    "parenthesis": " (", "arrow": "→", "fraction slash": "\u2044", "no sign": "",
}  # fmt: skip
WHOLE = {
    "year apart": "1912-12-12-1212", "dots in the date": "1912.12.12.1212", "pairs": "12 12 12 12 12",
    "slashes": "1912/12/12/1212", "date and space": "1912-12-12 1212", "spaces": "1912 12 12 1212",
    "fours": "1912 1212 1212", "century apart": "19 121212-1212", "single digits": "1 2 1 2 1 2 1 2 1 2",
    "samordningsnummer": "121272-1219", "samordningsnummer with dots": "1912.12.72.1219",
    "full width digits": "１９１２１２１２－１２１２", "Arabic digits": "١٩١٢١٢١٢-١٢١٢",
    "letter before": "p121212-1212",
    "letter after": "121212-1212s", "comma before": "2024,121212-1212", "within a word": "nr19121212/1212x",
    "zero-width within the date": "19\u206012\u206012\u20601212\u206012",
}  # fmt: skip
MARKUP = {
    "bold halves": f"**{DAY}**-{LAST}", "bold, no sign": f"**{DAY}** {LAST}", "code halves": f"`{DAY}`-`{LAST}`",
    "bold digits": "1**9**121212-1212", "backslash": f"{DAY}\\-{LAST}", "entity": f"{DAY}&#45;{LAST}",
    "named entity": f"{DAY}&hyphen;{LAST}", "entities": "".join(f"&#{ord(sign)};" for sign in f"{DAY}-{LAST}"),
    "soft hyphen entity": f"{DAY}&shy;{LAST}", "emphasis": f"_{DAY}_ {LAST}", "link": f"[{DAY}](https://x.se)-{LAST}",
    "link target": f"[Anna](https://x.se/{DAY}-{LAST})", "escaped target": f"[Anna](https://x.se/{DAY}%2D{LAST})",
}  # fmt: skip
SPELLINGS = {name: f"{DAY}{sign}{LAST}" for name, sign in SIGNS.items()} | WHOLE
ALL_SPELLINGS = SPELLINGS | MARKUP
BROKEN = {"line break": f"{DAY}-\n{LAST}", "hard break": f"{DAY}\\\n{LAST}", "line break in bold": f"**{DAY}\n{LAST}**"}


def quoted(text: str) -> str:
    """Write a text in YAML, with an escape for each character other than ASCII letters and digits."""
    return '"' + "".join(sign if sign.isascii() and sign.isalnum() else f"\\U{ord(sign):08x}" for sign in text) + '"'


PLACES: Mapping[str, tuple[str, str]] = {
    "title": ("titel: Verksamhetsplan 2025", "titel: {}"),
    "row": ("{namn: Coachning,", "{{namn: {},"),
    "note": ("budget:\n", "budget:\n  noter: {{'*': {}}}\n"),
    "goal": ("budget:\n", "mål:\n  - {{text: {}}}\nbudget:\n"),
    "summary": ("budget:\n", "sammanfattning: {}\nbudget:\n"),
    "key": ("budget:\n", "{}: x\nbudget:\n"),
}


@pytest.fixture
def association() -> Association:
    (found,) = surround_of({"webbplats.yaml": SETTINGS, "norr/forbund.md": ASSOCIATION}).associations
    return found


def surround_of(files: Mapping[str, str]) -> Surround:
    texts = {path: SourceText(f"content/{path}", dedent(text).lstrip("\n")) for path, text in files.items()}
    return read_surround(listing_of(dict.fromkeys(files, "")), texts, "content")


def in_plan(association: Association, texts: Texts, before: str, after: str) -> tuple[Problem, ...]:
    text = dedent(PLAN).lstrip("\n")
    assert before in text
    file = SourceFile(PLAN_FILE, "", "norr", 2025)
    found = examine_plan(file, SourceText(f"content/{PLAN_FILE}", text.replace(before, after)), association, texts)
    assert found.work is None or not alarms(found.facts.problems)
    return found.facts.problems


def alarms(problems: tuple[Problem, ...]) -> list[Problem]:
    return [one for one in problems if one.code == "personal-number"]


def assert_told_without_it(problems: tuple[Problem, ...], texts: Texts, spelling: str) -> None:
    found = alarms(problems)
    assert found, spelling
    assert all(one.place.line >= 1 and texts.would_stop(one) for one in found)
    for one in found:
        told = f"{report(one, texts, {})}{line(one, texts, str)}{as_data([one], texts, str, is_published=False)}"
        assert not any(find(told)), spelling


@pytest.mark.parametrize("place", PLACES)
def test_no_spelling_gets_through_the_front_matter(association: Association, texts: Texts, place: str) -> None:
    before, after = PLACES[place]
    for name, spelling in ALL_SPELLINGS.items():
        problems = in_plan(association, texts, before, after.format(quoted(f"Anna {spelling}")))
        assert_told_without_it(problems, texts, f"{name} in {place}")


@pytest.mark.parametrize("form", ["> \n  Anna 121212-\n  1212", "|\n  Anna 121212\n  1212", "Anna 121212\n  1212"])
def test_nor_a_folded_text(association: Association, texts: Texts, form: str) -> None:
    problems = in_plan(association, texts, "budget:\n", f"sammanfattning: {form}\nbudget:\n")
    assert_told_without_it(problems, texts, form)


@pytest.mark.parametrize("frame", ["Se {} här.", "# Rubrik {}", "- {}", "> {}", "| a | b |\n|---|---|\n| {} | 5 |"])
def test_nor_the_text(association: Association, texts: Texts, frame: str) -> None:
    for name, spelling in ALL_SPELLINGS.items():
        problems = in_plan(association, texts, "Förbundet stödjer samverkan.", frame.format(spelling))
        assert_told_without_it(problems, texts, f"{name} in {frame}")


@pytest.mark.parametrize("frame", ["Se {} här.", "```\n{}\n```", "Se.[^1]\n\n[^1]: {}\n"])
def test_nor_a_text_of_several_lines_or_code(association: Association, texts: Texts, frame: str) -> None:
    for name, spelling in BROKEN.items() if "Se" in frame else SPELLINGS.items():
        problems = in_plan(association, texts, "Förbundet stödjer samverkan.", frame.format(spelling))
        assert_told_without_it(problems, texts, f"{name} in {frame}")


FILES: Mapping[str, tuple[str, str, str]] = {
    "member": ("norr/forbund.md", "{namn: Åby kommun,", "{{namn: {},"),
    "association's text": ("norr/forbund.md", "Förbundet finns i norr.", "Hos {} i norr."),
    "settings": ("webbplats.yaml", "beskrivning: En plats för prov.", "beskrivning: {}"),
    "page's title": ("sidor/om.md", "titel: Om", "titel: {}"),
    "page's text": ("sidor/om.md", "Text.", "Skriv {} här."),
}


@pytest.mark.parametrize("place", FILES)
def test_nor_settings_members_and_pages(texts: Texts, place: str) -> None:
    path, before, after = FILES[place]
    written = {
        "webbplats.yaml": SETTINGS,
        "norr/forbund.md": ASSOCIATION,
        "sidor/om.md": "---\ntitel: Om\n---\nText.\n",
    }
    for name, spelling in ALL_SPELLINGS.items():
        shown = spelling if "text" in place else quoted(f"Anna {spelling}")
        files = {**written, path: dedent(written[path]).replace(before, after.format(shown))}
        site = examine_site(surround_of(files))
        assert_told_without_it(site.problems, texts, f"{name} in {place}")


@pytest.mark.parametrize("path", ["sidor/{}.md", "norr/2025/{}.md", "{}/forbund.md", "norr/2025/versioner/{}.md", "{}"])
def test_nor_a_name(texts: Texts, path: str) -> None:
    for name, spelling in SPELLINGS.items():
        listing = listing_of({"webbplats.yaml": "", "norr/2025/plan.md": "", path.format(spelling): ""})
        assert_told_without_it(read_surround(listing, {}, "content").problems, texts, f"{name} in {path}")


OTHERS = (
    "222000-2873", "org.nr 802400-1234", "16222000-2873", "8 086 000", "12121212", "1,1212121212", "19121212-1213",
    "121 212 121 2", "1 212 121 212 kr", "1212121212 kr", "kr 1212121212", "1212121212,50", "1.212.121.212",
    "070-121 21 21", "0701212121", "0101212121", "tel. 0812121212", "08-121 212 12", "0701-21 21 21", "0701-212121",
    "+46 70 121 21 21", "dnr 2012-121212", "dnr 20121212-1212", "dnr 2012:121212", "ärende 20121212-1212",
    "OCR 1212121212", "OCR-nummer: 12 12 12 1212", "https://doi.org/10.1000/1212121212", "doi 10.1212/121212-1212",
    "978-91-2121212-1", "SE12 1212 1212 1212 1212 1212", "2024-11-20–2025-01-31", "2012-12-12–2020",
    "2024-11-20/2024-12-31",
    "2012-12-12 12:12", "121 212, 1 212",
    "550e8400-e29b-41d4-a716-121212121212", "9fceb02d0ae598e95dc970b74767f19372d61af8",
    "2024, 2025 och 2026", "12 000 121 212 000", "12–12 § lagen (2003:1210)", "bankgiro 5012-1212", "12121212121212",
    "121212 personer 1212 timmar", "13,5 procent av 1 212 121", "991399-1212",
)  # fmt: skip


def test_no_other_number_is_taken_for_one(association: Association, texts: Texts) -> None:
    found = [written for written in OTHERS if is_in(f"Se {written} här.")]
    assert found == []
    text = "\n\n".join(f"Se {written} här." for written in OTHERS)
    assert not alarms(in_plan(association, texts, "Förbundet stödjer samverkan.", text))


def test_amounts_beside_each_other_are_none(association: Association, texts: Texts) -> None:
    rows = "| a | b | c |\n|---|---|---|\n| 121212 | 1212 | 121212 |\n"
    assert not alarms(in_plan(association, texts, "Förbundet stödjer samverkan.", rows))
    assert not alarms(in_plan(association, texts, "[1 500 000, 1 400 000]", "[121212, 1212]"))


def test_masking_keeps_the_length_and_hides_every_spelling() -> None:
    for spelling in SPELLINGS.values():
        hidden = masked(f"Se {spelling} här.")
        assert len(hidden) == len(f"Se {spelling} här.")
        assert next(find(hidden), None) is None


@pytest.mark.parametrize(
    "many", ["070-123 45 67 ", "121212-1212 ", "1 ", "1", "12.12.", "a1", "121212" + "-" * 9, "9f"]
)
def test_looking_takes_no_longer_than_the_text_is_long(many: str) -> None:
    began = time.process_time()
    masked(many * (50_000 // len(many)))
    assert time.process_time() - began < 3


@pytest.mark.parametrize("options", [[], ["--kort"], ["--json"]])
def test_no_form_of_a_report_holds_it(site: TestSite, options: list[str]) -> None:
    site.write_plan(PLAN, ("titel: Verksamhetsplan 2025", f"titel: {DAY}/{LAST}\nokänd {DAY}–{LAST}: x"))
    site.write(f"norr/2025/{DAY}_{LAST}.md", "Text.")
    assert site.run("kontrollera", *options) == 1
    assert "personnummer" in site.printed
    assert not any(find(site.printed))
    assert LAST not in site.printed


@pytest.mark.parametrize("draft", [True, False])
def test_neither_terminal_nor_cache_holds_the_number(site: TestSite, draft: bool) -> None:
    texts = "\n\n".join(spelling for spelling in ALL_SPELLINGS.values())
    site.write_plan()
    site.write(
        "norr/2026/plan.md", dedent(PLAN).replace("2025", "2026").replace("samverkan.", f"samverkan.\n\n{texts}")
    )
    if draft:
        site.edit("norr/2026/plan.md", "status: beslutad", f"status: utkast\nskrivet: {DAY}/{LAST}")
    assert site.build() == (0 if draft else 1)
    assert "personnummer" in site.printed
    kept = [file for folder in (site.output, site.output.parent / ".insyn-cache") for file in files_in(folder)]
    assert not any(find(site.printed))
    for file in kept:
        body = file.read_bytes()
        assert not re.search(rb"121212[^0-9a-zA-Z]{0,4}1212", body), file


def test_a_site_that_holds_one_is_not_cached(site: TestSite) -> None:
    site.write_plan()
    site.edit("norr/forbund.md", "Förbundet finns i norr.", f"Förbundet finns hos {DAY}/{LAST}.")
    assert site.build() == 1
    for file in files_in(site.output.parent / ".insyn-cache"):
        assert f"{DAY}/{LAST}".encode() not in file.read_bytes(), file


def files_in(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]
