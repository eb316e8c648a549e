"""No text of the program claims that a plan omits something: the plan's text is never read."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from insyn.disk.materials import read_catalogue
from insyn.texts import read_texts
from tests.site import LAWFUL_PLAN, PLAN, TestSite

PROJECT = Path(__file__).parent.parent
TEXTS = read_texts(read_catalogue())
NOT = r"(?:inte|ingen|inget|inga|ingenting|varken|aldrig)\b"
SAYS = r"(?:säger|visar|skriver|anger|ger|nämner|berättar|uppger|räknar|delar|innehåller)"
CLAIMS = re.compile(
    rf"\b(?:planen|planerna|den|förslaget|underlaget|källan)\s+{SAYS}\s+(?:\w+\s+)?{NOT}"
    rf"|\bplanen\s+har\s+(?:\w+\s+)?{NOT}|\binte\s+(?:sagt|angett|angivet|angiven)\b"
    r"|\b(?:finns|står)\s+inte\s+(?:med\s+)?i\s+(?:\w+\s+)?planen\b|\bplanen\s+ger\s+inget\b"
    r"|\b(?:säger|anger)\s+inte\b|\bsaknas\s+i\s+planen\b",
    re.IGNORECASE,
)
"""Phrases for something missing from a plan."""
OWN_TEXT = re.compile(
    r'<div class="plan-text".*?</details>|<h3 id="rattelser">.*?</section>'
    r'|<details class="remarks".*?</details>',
    re.DOTALL,
)
"""Text written by people: the plan's own, and the corrections of its source."""


@pytest.mark.parametrize(
    "claim",
    [
        "Planen säger inte vilken dag samrådet hölls.",
        "Planen säger inte hur mellanskillnaden betalas.",
        "Det här finns inte i planen: mål för ekonomin.",
        "Underlaget säger inte vad som ändrades.",
        "Planen har inte heller något eget mål för den.",
        "Den säger inte om kostnaderna blev högre.",
        "Förbundet har inte sagt vad det räknar dit.",
        "Inte angivet i planen",
        "De står inte i själva planen.",
        "Planen ger inget skäl.",
    ],
)
def test_such_claims_would_be_found(claim: str) -> None:
    assert CLAIMS.search(claim)


def sentences() -> Iterator[tuple[str, str]]:
    yield from TEXTS.sentences.items()
    yield from TEXTS.hints.items()
    yield from ((code, f"{one.what} {one.advice}") for code, one in TEXTS.problems.items())
    for file in sorted((PROJECT / "templates").rglob("*.html")):
        yield str(file.relative_to(PROJECT)), file.read_text("utf-8")


def test_no_sentence_claims_that_a_plan_does_not_say_something() -> None:
    assert {key: found[0] for key, text in sentences() if (found := CLAIMS.search(text))} == {}


@pytest.mark.parametrize("content", ["content", "tests/sites/stress", "tests/sites/years"])
def test_no_page_claims_that_a_plan_does_not_say_something(content: str, tmp_path: Path) -> None:
    site = TestSite(tmp_path, content=PROJECT / content)
    assert site.build() == 0, site.printed
    claims = {}
    for file in sorted(site.output.rglob("*.html")):
        words = re.sub(r"<[^>]+>", " ", OWN_TEXT.sub(" ", file.read_text("utf-8")))
        found = CLAIMS.search(" ".join(words.split()))
        if found:
            claims[file.relative_to(site.output).as_posix()] = found[0]
    assert claims == {}


# --- What is filled in answers everywhere ---------------------------------------------------------------------------

DEFICIT = (
    ("belopp: [1 500 000, 1 400 000]", "belopp: [1 600 000, 1 400 000]"),
    ("namn: Summa kostnader, belopp: [2 000 000,", "namn: Summa kostnader, belopp: [2 100 000,"),
    ("namn: Resultat, belopp: [0, 0]", "namn: Resultat, belopp: [-100 000, 0]"),
)
DECISION = "beslut: {organ: styrelsen, datum: 2024-11-20}\n"
REVISED = (
    ("status: beslutad", "status: reviderad"),
    (DECISION, DECISION + "    revideringar: [{datum: 2025-03-21, finansiering: Sparade pengar används.}]\n"),
)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            (("    år: 2025\n", "    år: 2025\n    motivering_underskott: Pengarna är sparade.\n"),),
            "Pengarna är sparade.",
        ),
        (REVISED, "Sparade pengar används."),
    ],
)
def test_how_a_deficit_is_paid_is_answered_everywhere(
    site: TestSite, changes: tuple[tuple[str, str], ...], reason: str
) -> None:
    site.write_plan(PLAN, *DEFICIT, *changes)
    assert site.build() == 0, site.printed
    words = site.text_of("norr/2025/").replace("\u00a0", " ")
    assert "Mellanskillnaden är 100 000 kronor. Skälet till den står under Så stämmer planen." in words
    assert f"Förbundets skäl: {reason}" in words
    assert "betalas är inte ifyllt" not in words
    assert "deficit-unexplained" not in [one.code for one in site.found()]


def test_how_a_deficit_is_paid_is_said_not_to_be_filled_in(site: TestSite) -> None:
    site.write_plan(PLAN, *DEFICIT)
    assert site.build() == 0, site.printed
    words = site.text_of("norr/2025/").replace("\u00a0", " ")
    assert "Hur mellanskillnaden, 100 000 kronor, betalas är inte ifyllt här." in words
    assert "deficit-unexplained" in [one.code for one in site.found()]


def test_an_empty_cell_among_the_goals_says_nothing_of_the_plan(site: TestSite) -> None:
    goals = (
        "    mål:\n      - text: Fler ska delta.\n        delmål:\n"
        "          - {text: Minst 60 nya deltagare}\n"
        "          - {text: Nöjda deltagare, målvärde: {riktning: minst, värde: 7}, mått: [Enkät], ansvarig: Chefen}\n"
    )
    site.write_plan(PLAN, ("    budget:\n", f"{goals}    budget:\n"))
    assert site.build() == 0, site.printed
    table = site.text_of("norr/2025/").partition("Minst 60 nya deltagare")[2].partition("Nöjda deltagare")[0]
    assert table.split() == ["Inte", "ifyllt"] * 3


# --- Months ---------------------------------------------------------------------------------------------------------


def test_a_month_is_told_as_a_month_everywhere(site: TestSite) -> None:
    months = (
        ("samråd: 2024-09-10", "samråd: 2024-09"),
        ("förslag_publicerat: 2024-11-06", "förslag_publicerat: 2024-10"),
    )
    site.write("webbplats.yaml", (site.content / "webbplats.yaml").read_text("utf-8") + "adress: https://norr.se/\n")
    site.write_plan(LAWFUL_PLAN, *months)
    assert site.build() == 0, site.printed
    page = site.page("norr/2025/")
    words = site.text_of("norr/2025/").replace("\u00a0", " ")
    assert "Samrådet hölls i september 2024." in words
    assert "Förslaget lades ut i oktober 2024." in words
    assert 'datetime="2024-09">september 2024</time>' in page
    assert 'datetime="2024-09">september 2024</time>' in site.page("insyn/")
    assert "2024-09-" not in page
    assert '"samrad": "2024-09"' in (site.output / "norr/2025/plan.json").read_text("utf-8").replace('":"', '": "')
    feed = (site.output / "atom.xml").read_text("utf-8")
    assert "Planen beslutades" in feed or "beslutade om planen" in feed
    assert "Samråd" not in feed  # an entry needs a day, and none is made up


@pytest.mark.parametrize("written", ["2024-13", "2024-00", "2024", "0000-05", "2024-9"])
def test_what_is_neither_a_day_nor_a_month_is_a_problem(site: TestSite, written: str) -> None:
    site.write_plan(LAWFUL_PLAN, ("samråd: 2024-09-10", f'samråd: "{written}"'))
    assert [one.code for one in site.found()] == ["date-unreadable"]


def test_the_day_of_a_decision_is_a_day(site: TestSite) -> None:
    """It names the version's address, which never changes."""
    site.write_plan(LAWFUL_PLAN, ("organ: styrelsen, datum: 2024-11-20", "organ: styrelsen, datum: 2024-11"))
    assert "date-unreadable" in [one.code for one in site.found()]
