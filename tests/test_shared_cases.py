"""The shared cases of staff's mistakes: each is reported at its line, or its page has the required text.

`Told` matches the words of a problem, not its code, so that a better message may replace another. Skipped if the cases
are missing.
"""

import re
import shutil
from pathlib import Path

import pytest
from msgspec import Struct

from insyn import reports
from insyn.problems import Problem
from insyn.texts import Texts
from tests.site import TestSite

PROJECT = Path(__file__).parent.parent
CASES = PROJECT.parent / "shared" / "cases"
PLAN, TEXT_PAGE = "content/norr/2026/plan.md", "content/sidor/om.md"
COAST = "content/kustlandet/2026/plan.md"
PLAIN_SPACES = str.maketrans("\u00a0", " ")


class Told(Struct, frozen=True):
    """A problem that a case must have, at a line; 0 is any. A case has no other errors."""

    word: str
    line: int
    says: str
    """A pattern for the fault and the remedy."""
    file: str = PLAN


def error(line: int, says: str, file: str = PLAN) -> Told:
    return Told("FEL", line, says, file)


def warning(line: int, says: str, file: str = PLAN) -> Told:
    return Told("VARNING", line, says, file)


def note(line: int, says: str, file: str = PLAN) -> Told:
    return Told("NOTIS", line, says, file)


TOLD = {
    "public/01-opening-equity-comma": (error(26, "300,000.*tusental"),),
    "public/03-table-extra-cells": (error(46, "”17”"), error(47, "”29”")),
    "public/05-table-extra-cells-text-page": (error(6, "”Ekonomi”", TEXT_PAGE),),
    "public/06-rule-under-paragraph": (warning(44, "rubrik"),),
    "public/08-tab-before-paragraph": (warning(46, "programkod.*tabbar"),),
    "public/10-open-fence": (error(44, "programkod"),),
    "public/13-word-bullets": (warning(46, "bindestreck"),),
    "public/14-word-symbol-bullets": (warning(46, "bindestreck"),),
    "public/16-letter-list": (warning(46, "bindestreck"),),
    "public/17-hash-number-no-space": (warning(44, "fyrkantstecken.*mellanslag"),),
    "public/19-table-under-paragraph": (warning(45, "tom rad före tabellen"),),
    "public/21-link-gap": (warning(44, r"mellanslaget mellan \] och \("),),
    "public/22-link-with-space": (warning(44, "%20"),),
    "public/24-reference-without-target": (warning(44, r"\[texten\]\(https://"),),
    "public/25-bold-with-space": (warning(44, "intill orden"),),
    "public/26-bold-unclosed": (warning(44, "både före och efter"),),
    "public/27-struck-text": (warning(44, "överstruken"),),
    "public/29-zwsp-in-key": (error(4, r"U\+200B.*syns inte"),),
    "public/32-zwsp-in-amount": (error(22, r"U\+200B.*syns inte"),),
    "public/33-left-to-right-mark-in-amount": (error(22, r"U\+200E.*syns inte"),),
    "public/36-negative-in-parentheses": (error(26, "-150 000"),),
    "public/38-vertical-tab": (error(44, r"U\+000B.*radbrytning"),),
    "public/40-escape-in-text-page": (error(4, r"U\+001B.*styrtecken", TEXT_PAGE),),
    "public/41-bidi-override-title": (error(4, r"U\+202E.*syns inte"),),
    "public/45-mail-without-mailto": (error(44, "mailto:info@norr.se"),),
    "public/47-footnote-name-with-space": (error(44, "mellanslag.*utan mellanslag"),),
    "public/48-footnote-name-with-space-long": (error(44, "mellanslag.*utan mellanslag"),),
    "public/51-nbsp-in-member-name": (error(17, "typen region"),),
    "public/53-huge-amounts-mnkr": (error(22, "siffror"), error(24, "siffror")),
    "public/55-one-wrong-byte": (error(38, "UTF-8"),),
    "public/57-page-not-found-deep": (note(1, "404.html.*inte i en mapp.*adress:", "content/webbplats.yaml"),),
    "year/beslutad-utan-forslagsversion": (warning(11, "versioner/forslag.md", COAST),),
    "year/ej-uppnatt": (error(99, "(?!.*Menade du ”uppnått”).*inte-uppnått", COAST),),
    "year/fel-enhet-allt": (error(0, "enhet", COAST),),
    "year/gammalt-ar-i-texten": (
        warning(114, "tidigare år", COAST),
        warning(134, "tidigare år", COAST),
        note(102, "2025", COAST),
    ),
    "year/git-konflikt-i-text": (error(142, "Två personers ändringar.*krockat", COAST),),
    "year/glomd-kolumn": (error(0, "4 belopp.*(3|tre) kolumner|(3|tre) kolumner.*(4|fyra) belopp", COAST),),
    "year/glomt-komma": (error(52, "kommatecken mellan 1 115 och 1 150", COAST),),
    "year/kolon-i-klammer": (error(65, "kolon.*citattecken", COAST),),
    "year/medlem-annat-namn": (warning(27, "ingen medlem av den typen heter så", COAST),),
    "year/oavslutat-citat": (error(8, "citattecken", COAST),),
    "year/omkastade-summa": (error(55, "6 470.*fel ordning|fel ordning.*6 470|6 470.*bytt plats", COAST),),
    "year/rad-tva-ganger": (error(40, "Unga i hamn.*två gånger|två gånger.*Unga i hamn", COAST),),
    "year/rubrik-utan-mellanslag": (warning(142, "fyrkantstecken.*mellanslag", COAST),),
    "year/rubriker-utan-text": (warning(94, "bara av rubriker", COAST),),
    "year/semikolon": (error(52, "kommatecken mellan beloppen", COAST),),
    "year/tankstreck-lista": (warning(108, "bindestreck", COAST),),
    "year/word-citat-not": (error(38, "raka citattecken", COAST),),
    "year/word-inklistrad": tuple(
        warning(line, says, COAST.replace("2026", "2025"))
        for line, says in (
            *((101, "fotnot"), (103, "rubrik"), (109, "punkter i en lista"), (130, "programkod"), (136, "fotnot")),
            *((138, "står ingenting"), (142, "fotnot")),
        )
    ),
}
PAGES = {
    "public/11-nbsp-after-hash": ("norr/2026/", '<h3 id="fler-mal">Fler mål</h3>'),
    "public/30-nbsp-after-colon": ("norr/2026/", "<h1>Verksamhetsplan 2026</h1>"),
    "public/34-nonbreaking-hyphen-minus": ("norr/2026/", "−150 000"),
    "public/35-figure-dash-date": ("norr/2026/", "20 oktober 2025"),
    "public/43-link-to-own-csv": ("norr/2026/", '<a href="budget.csv">'),
    "public/49-two-revisions-one-day": ("insyn/", "Planen reviderades. Ett nytt mål."),
    "public/58-ascii-console": ("norr/2026/", "<h1>Verksamhetsplan 2026</h1>"),
    "public/60-litter-windows": ("norr/2026/", "<h1>Verksamhetsplan 2026</h1>"),
    "public/62-less-than": ("norr/2026/", "mellan x&lt;y och z&gt;w."),
    "year/forslag-blandas": ("kustlandet/", "Förslaget för 2027"),
    "year/mal-rubrik": ("kustlandet/2026/", "Tre av fyra uppföljda delmål nåddes 2026"),
    "year/streck-ny-insats": ("kustlandet/2025/", "”Språkslussen” är en ny rad: 600 000 kronor"),
    "year/utfall-kolumn": ("kustlandet/2026/", "<h1>Verksamhetsplan och budget 2026</h1>"),
}
"""The published result: a page, and its text."""
BY_ITSELF = {"year/start-minsta-planen"}
AS_SHORT_AS_IT_IS = {"tillgänglighetsredogörelse-saknas"}
"""Reported for every case: none has a statement."""


@pytest.fixture(autouse=True)
def _cases_at_hand() -> None:
    if not CASES.is_dir():
        pytest.skip("the shared cases aren't beside the project")


def case_site(case: str, folder: Path) -> TestSite:
    return TestSite(folder, content=CASES / case / "content")


def told_of(found: Problem, texts: Texts) -> tuple[str, str]:
    words = f"{texts.what(found)} {texts.advice(found)}".translate(PLAIN_SPACES)
    return texts.severities[texts.severity(found)], words


def test_every_shared_case_is_tried() -> None:
    cases = {f"{kind}/{case.name}" for kind in ("public", "year") for case in (CASES / kind).iterdir()}
    assert cases == {*TOLD, *PAGES, *BY_ITSELF}


@pytest.mark.parametrize("case", TOLD)
def test_a_case_is_told_at_its_line(case: str, tmp_path: Path, texts: Texts) -> None:
    outcome = case_site(case, tmp_path).check_all()
    found = [(*told_of(one, texts), one.place) for one in reports.in_order([*outcome.problems, *outcome.notes])]
    for wanted in TOLD[case]:
        assert [
            words
            for word, words, place in found
            if (word, place.file) == (wanted.word, wanted.file)
            and wanted.line in {0, place.line}
            and re.search(wanted.says, words)
        ], (wanted, found)
    errors = [words for word, words, _ in found if word == "FEL"]
    assert len(errors) == len([wanted for wanted in TOLD[case] if wanted.word == "FEL"]), errors


@pytest.mark.parametrize("case", PAGES)
def test_a_case_is_published_as_it_was_meant(case: str, tmp_path: Path) -> None:
    site = case_site(case, tmp_path)
    assert site.build() == 0, site.printed
    page, says = PAGES[case]
    assert says in site.page(page).translate(PLAIN_SPACES)


@pytest.mark.parametrize("case", [case for case in PAGES if case.startswith("public/")])
def test_what_is_read_as_it_was_meant_needs_no_warning(case: str, tmp_path: Path, texts: Texts) -> None:
    told = {texts.problems[one.code].name for one in case_site(case, tmp_path).check().problems}
    assert told <= AS_SHORT_AS_IT_IS | ({"revidering-ökade-kostnader"} if "revisions" in case else set())


def test_two_revisions_on_one_day_have_each_an_entry_in_both_feeds(tmp_path: Path) -> None:
    site = case_site("public/49-two-revisions-one-day", tmp_path)
    assert site.build() == 0, site.printed
    for feed in ("atom.xml", "norr/atom.xml"):
        written = (site.output / feed).read_text("utf-8")
        ids = re.findall("<id>(.*?)</id>", written)
        assert len(ids) == len(set(ids)) == 4
        assert "Ett nytt mål" in written
        assert "Nya belopp för coachning" in written


def test_one_plan_at_a_time_is_told_after_the_latest_outcome(tmp_path: Path) -> None:
    """What is proposed of the same years stands in a table of its own."""
    site = case_site("year/forslag-blandas", tmp_path)
    assert site.build() == 0, site.printed
    decided, _, proposed = site.text_of("kustlandet/").translate(PLAIN_SPACES).partition("Förslaget för 2027, ")
    assert [amount for amount in ("7 375", "2 398", "7 485") if amount in decided or amount not in proposed] == []


def test_goals_are_counted_alike_on_both_pages(tmp_path: Path) -> None:
    site = case_site("year/mal-rubrik", tmp_path)
    assert site.build() == 0, site.printed
    for page in ("kustlandet/2026/", "kustlandet/mal/"):
        assert "Tre av fyra uppföljda delmål nåddes 2026" in site.text_of(page)


def test_a_terminal_without_swedish_letters_gets_the_code_of_the_build(tmp_path: Path) -> None:
    """The rest stands in `test_command.py`."""
    assert case_site("public/58-ascii-console", tmp_path).run("kontrollera") == 0


def test_the_least_plan_among_the_plans_of_the_example_is_told_once(tmp_path: Path, texts: Texts) -> None:
    site = TestSite(tmp_path)
    shutil.rmtree(site.content)
    shutil.copytree(PROJECT / "content", site.content)
    for file in (CASES / "public/13-word-bullets/content").rglob("*.*"):
        copy = site.content / file.relative_to(CASES / "public/13-word-bullets/content")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)
    errors = [one for one in site.check().problems if texts.is_error(one)]
    assert [texts.problems[one.code].name for one in errors] == ["förbund-inte-nämnt"]
    advice = texts.advice(errors[0])
    strangers = ("finnveden", "hoglandet", "sodra-lappland", "sodra-vatterbygden", "sunnerbo")
    assert "tar du bort mapparna" in advice
    assert all(f"content/{folder}" in advice for folder in strangers)
    for folder in strangers:
        shutil.rmtree(site.content / folder)
    (site.content / "publicerat.txt").unlink()
    assert not [one for one in site.check().problems if texts.is_error(one)]
