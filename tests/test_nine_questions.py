"""A citizen's first questions are answered within three phone screens, or one tap from the top."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import ServedSite, served, unfold
from tests.conftest import NewPage

PLANS = ("hoglandet/2024", "sodra-vatterbygden/2022", "finnveden/2014", "sodra-lappland/2024", "sunnerbo/2021")
WIDTH, HEIGHT = 390, 844
SCREENS, WHOLE = 3, 12
"""Maximum number of screens before an answer, and of the whole page before anything is opened."""
MOST_STOPS = 12
"""Maximum number of Tab stops before the page's heading."""
QUESTIONS = {
    "what it costs": ".key-figures",
    "who pays": "[aria-labelledby='betalar'] > .glance > li",
    "what my kommun pays": "[id^='kommun.']",
    "what it is for": "[aria-labelledby='pengarna'] > .glance > li",
    "what changes": "#vad-som-andras",
    "whether the goals are met": "#nades-malen",
    "whether it keeps the law": "#sa-stammer-planen",
    "when it was decided": ".hero__meta, .banner",
    "where the original is": "#underlaget",
    "the plan's own text": "#planens_text",
}
"""Selector of the first element that answers each question."""
ANSWERED = """(answer) => {
  const part = answer.closest("section[aria-labelledby]"), bottom = answer.getBoundingClientRect().bottom;
  if (answer.checkVisibility({ contentVisibilityAuto: true }) && bottom <= SCREENS * innerHeight) return "seen";
  const leadsHere = (way) => {
    const target = document.getElementById(way.hash.slice(1));
    const isHere = target && (target === answer || part?.contains(target));
    return isHere && way.getBoundingClientRect().bottom < 2 * innerHeight;
  };
  return [...document.querySelectorAll(".hero__ways a")].some(leadsHere) ? "tapped" : bottom / innerHeight;
}"""
STOPS = """(heading) => [...document.querySelectorAll(
  "a[href], summary, button, input, select, [tabindex='0']")].filter(
  (stop) => stop.checkVisibility({ contentVisibilityAuto: true }) && stop.compareDocumentPosition(heading) & 4
).length"""


@pytest.fixture(scope="module")
def real(built: Path) -> Iterator[ServedSite]:
    with served(built) as at:
        yield at


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    page: Page = new_page(reduced_motion="reduce")
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    return page


@pytest.mark.browser
@pytest.mark.parametrize("plan", PLANS)
def test_what_is_asked_first_is_answered_soon(plan: str, real: ServedSite, phone: Page) -> None:
    phone.goto(f"{real.address}{plan}/")
    found = {
        question: phone.locator(answer).first.evaluate(ANSWERED.replace("SCREENS", str(SCREENS)))
        for question, answer in QUESTIONS.items()
    }
    assert {question: answer for question, answer in found.items() if answer not in ("seen", "tapped")} == {}
    assert phone.evaluate("document.documentElement.scrollHeight") <= WHOLE * HEIGHT
    assert phone.locator("h1").evaluate(STOPS) <= MOST_STOPS


@pytest.mark.browser
def test_a_kommun_leads_to_what_it_pays(real: ServedSite, phone: Page) -> None:
    phone.goto(real.address)
    phone.get_by_role("link", name="Nässjö").click()
    paid = phone.locator(":target")
    assert paid.inner_text().replace("\u00a0", " ").split() == ["varav", "Nässjö", "557", "750", "kr"]
    assert paid.evaluate("row => row.getBoundingClientRect().top") < HEIGHT


@pytest.mark.browser
def test_a_row_of_the_budget_has_an_address_that_opens_it(real: ServedSite, phone: Page) -> None:
    phone.goto(f"{real.address}hoglandet/2024/#rad.kostnader.se-hoglandet")
    row = phone.locator("tr:target")
    assert row.is_visible()
    assert "3 980 000" in row.inner_text().replace("\u00a0", " ")


NAMED = """(part) => part.getAttribute("aria-label") ?? part.textContent.trim().replace(/\\s+/g, " ")"""


@pytest.mark.browser
@pytest.mark.parametrize("plan", PLANS)
def test_what_is_listed_by_name_has_a_name_of_its_own(plan: str, real: ServedSite, phone: Page) -> None:
    """A table by its caption, and by nothing around it; a link by what it leads to, but for notes, which each
    table numbers anew.
    """
    phone.goto(f"{real.address}{plan}/")
    unfold(phone)
    tree = phone.get_by_role("main").aria_snapshot()
    tables = re.findall(r'- table "(.+)":', tree)
    assert len(set(tables)) == len(tables) > 5
    assert [name for name in tables if f'- region "{name}"' in tree or f'- group "{name}"' in tree] == []
    links = phone.locator("main a[href]:not(.note-mark a, .note-back)").evaluate_all(
        f"links => links.map(link => [({NAMED})(link), link.href])"
    )
    leads = {name: {href for named, href in links if named == name} for name, _ in links}
    assert {name: hrefs for name, hrefs in leads.items() if len(hrefs) > 1} == {}
