"""Questions of citizens, journalists and staff about the site's own plans: the answer must be among the first hits."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import served
from tests.conftest import NewPage

FIRST = 3
USEFUL = 0.9
"""Minimum share of questions with an answer."""

# The question, the page that answers it, and the expected text of its hit.
QUESTIONS = (
    ("hur mycket betalar Nässjö", "hoglandet/2024/", "557.750"),
    ("557 750", "hoglandet/2024/", "557.750"),
    ("557750", "hoglandet/2024/", "557.750"),
    ("1 059 740 kr", "sodra-vatterbygden/", "1.059.740"),
    ("medlemsbidrag Ljungby", "sunnerbo/2021/", "348.66"),
    ("underskott", "[a-z-]+/20", "underskott"),
    ("underskott 2024", "(hoglandet|sodra-lappland)/2024/", "underskott"),
    ("Jönköpings kommun", "sodra-vatterbygden/$|sodra-vatterbygden/#", "Jönköping"),
    ("jonkoping", "sodra-vatterbygden/", "Jönköping"),
    ("Nässjö", "hoglandet/", "Nässjö"),
    ("Lycksele samordningsforbund", "sodra-lappland/", "Lycksele"),
    ("vem bestämmer", "", "[Ss]tyrelsen"),
    ("vem bestämmer i Sunnerbo", "sunnerbo/", "[Ss]tyrelsen"),
    ("när beslutades planen", "[a-z-]+/20", "(?i)beslut"),
    ("överklaga", "", "(?i)laglighetsprövning"),
    ("hur klagar man på ett beslut", "", "(?i)laglighetsprövning"),
    ("rehabilitering", "", "rehabilitering"),
    ("kvarvarande medel", "", "(?i)medel|sparade pengar"),
    ("FK", "", "Försäkringskassan"),
    ("AF betalar", "", "Arbetsförmedlingen"),
    ("IPS", "sunnerbo/", "IPS"),
    ("SIP", "sunnerbo/", "SIP"),
    ("landsting", "finnveden/", "(?i)landsting"),
    ("Landstinget i Jönköpings län", "finnveden/", "Landstinget"),
    ("försäkringskasan", "", "Försäkringskassan"),
    ("lön förbundschef", "", "(?i)förbundschef"),
    ("vad kostar administrationen i Höglandet", "hoglandet/2024/", "(?i)administration"),
    ("sparade pengar", "", "(?i)sparade pengar|eget kapital"),
    ("Räkna med oss", "hoglandet/2024/", "Räkna med oss"),
    ("psykisk ohälsa", "", "(?i)psyki"),
    ("mål Södra Lappland", "sodra-lappland/2024/", "(?i)mål"),
    ("ungdommar", "", "(?i)ung"),
    ("jämföra kostnader", "jamfor/", "(?i)kostnad"),
    ("revisorer", "", "(?i)revis"),
    ("budjet 2022", "sodra-vatterbygden/2022/", "(?i)budget"),
)

ASK = """async questions => {
    const form = document.getElementById("sokformular"), status = document.getElementById("sokstatus"), told = [];
    for (const question of questions) {
        form.elements.q.value = question;
        form.requestSubmit();
        while (!status.textContent || status.textContent.startsWith("Söker"))
            await new Promise(go => setTimeout(go, 5));
        const hits = [...document.querySelectorAll(".hits > li")];
        told.push([status.textContent, hits.map(hit => [hit.querySelector("a").getAttribute("href"), hit.innerText])]);
    }
    return told;
}"""


def rank(path: str, words: str, hits: list[list[str]]) -> int | None:
    """Return the rank of the hit that answers, from 1."""
    for number, (href, text) in enumerate(hits, 1):
        if re.search(f"(?:\\.\\./|plats/)(?:{path})", href) and re.search(words, text):
            return number
    return None


@pytest.mark.browser
def test_nine_questions_in_ten_are_answered_by_one_of_the_first_three_hits(built: Path, new_page: NewPage) -> None:
    page: Page = new_page()
    with served(built) as at:
        page.goto(f"{at.address}sok/")
        answers = page.evaluate(ASK, [question for question, _, _ in QUESTIONS])
    ranks = [rank(path, words, hits) for (_, path, words), (_, hits) in zip(QUESTIONS, answers, strict=True)]
    missed = [question for (question, _, _), place in zip(QUESTIONS, ranks, strict=True) if (place or 99) > FIRST]
    assert len(missed) <= len(QUESTIONS) * (1 - USEFUL), missed
