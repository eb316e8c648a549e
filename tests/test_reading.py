"""Every mode of reading: large text, wider spacing, any width, contrast of level AAA, and the headings of paper.

One page of each kind represents the others where a mode is slow to test.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Page

from insyn.charts.figures import FLOWS, PAYERS, PURPOSES, Series
from tests.browser import (
    DESKTOP,
    PHONE,
    ServedSite,
    accessibility_faults,
    axe,
    contrast,
    drawn,
    served,
    set_text_size,
    unfold,
    wear,
)
from tests.colour_vision import SEEN_BY, unlikeness
from tests.conftest import NewPage
from tests.versions import OWN

LIGHT, DARK = ":root {", "@media screen and (prefers-color-scheme: dark)"
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{3,6}|rgb\([^)]+\));")
TEXT_ON_GROUND = [
    *((ink, ground) for ink in ("ink", "ink-muted", "link") for ground in ("ground", "ground-tint")),
    *(("ink", "ground-strong"), ("warn-ink", "warn-ground"), ("good-ink", "good-ground")),
]
MARKS = ("focus", "diagram-axel", *(series.value for series in Series))

KINDS = {
    "built": ["", "hoglandet/", "hoglandet/2024/", "jamfor/", "om-uppgifterna/", "insyn/", "sok/", "404.html"],
    "stressed": ["tillganglighet/", "ordlista/", "langa-namn/2025/", "spann/2024/", "minus/2025/"],
    "over_years": ["strand/", "strand/mal/"],
    "revised": [OWN, "granbygden/2025/forslag/"],
}
SPACING = """
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }
"""
"""The text spacing that WCAG 2.1, 1.4.12, lets a reader set."""
WIDTHS = [PHONE, 375, 768, 1024, 1920]
CUT = """() => [...document.querySelectorAll("body *")].filter(part => {
    const style = getComputedStyle(part);
    return /hidden|clip/.test(style.overflowX + style.overflowY)
        && !part.closest("svg, .visually-hidden, .table--stacks thead")
        && (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1);
}).map(part => part.outerHTML.slice(0, 80))"""
LONGEST_LINE = """() => Math.max(...[...document.querySelectorAll("main p:not(.hero__meta), main dd")]
    .filter(part => part.textContent.length > 120)
    .map(part => part.getBoundingClientRect().width / parseFloat(getComputedStyle(part).fontSize)), 0)"""
"""In ems; a line of 37 ems has about 85 letters."""


@pytest.fixture(scope="session")
def kinds(built: Path, stressed: Path, over_years: Path, revised: Path) -> Iterator[list[tuple[ServedSite, str]]]:
    """One page of each kind, with its site."""
    folders = {"built": built, "stressed": stressed, "over_years": over_years, "revised": revised}
    with ExitStack() as stack:
        sites = {name: stack.enter_context(served(folder)) for name, folder in folders.items()}
        yield [(sites[name], path) for name, paths in KINDS.items() for path in paths]


# --- Contrast -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_of_text_have_the_contrast_of_level_aaa(project: Path, theme: str) -> None:
    colours = colours_of(project, theme)
    assert {pair: ratio for pair in TEXT_ON_GROUND if (ratio := contrast(*(colours[name] for name in pair))) < 7} == {}
    assert {name: ratio for name in MARKS if (ratio := contrast(colours[name], colours["ground"])) < 3} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_two_meanings_share_a_colour(project: Path, theme: str) -> None:
    """Those of one subject stand beside each other, and differ in lightness and to those with colour blindness too."""
    colours = colours_of(project, theme)
    alike = {pair for pair in combinations(Series, 2) if unlikeness(*(colours[one.value] for one in pair)) < 7.5}
    for subject in (PURPOSES, PAYERS, FLOWS):
        for pair in combinations(subject, 2):
            one, other = (colours[series.value] for series in pair)
            if contrast(one, other) < 1.1 or min(unlikeness(one, other, sight) for sight in SEEN_BY) < 7:
                alike.add(pair)
    assert alike == set()


@pytest.mark.browser
def test_paper_has_the_colours_of_the_light_page(built: Path, project: Path, new_page: NewPage) -> None:
    light = colours_of(project, "light")
    with served(built) as site:
        page = new_page(theme="dark")
        page.goto(site.address)
        page.emulate_media(media="print", color_scheme="dark")
        colour = "name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`)"
        paper = {series: as_rgb(page.evaluate(colour, series.value)) for series in Series}
    assert paper == {series: light[series.value] for series in Series}


def colours_of(project: Path, theme: str) -> dict[str, str]:
    """Return the settings' colours in the browser's notation; a dark page has its own, and the light one's others."""
    light, dark = (project / "assets" / "css" / "10-settings.css").read_text("utf-8").split(DARK)
    found = COLOUR.findall(light.partition(LIGHT)[2]) + (COLOUR.findall(dark) if theme == "dark" else [])
    return {name: as_rgb(colour) for name, colour in found}


def as_rgb(colour: str) -> str:
    if not colour.startswith("#"):
        return colour
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    return f"rgb({', '.join(str(int(digits[place : place + 2], 16)) for place in (0, 2, 4))})"


# --- Large text, and text set wider ---------------------------------------------------------------------------------


@pytest.mark.browser
def test_text_of_twice_the_size_leaves_all_in_its_place(kinds: list[tuple[ServedSite, str]], new_page: NewPage) -> None:
    page = new_page(first=axe())
    set_text_size(page, 2)
    for site, path in kinds:
        page.goto(site.address + path)
        assert_all_is_there(page, path, DESKTOP)
        assert accessibility_faults(page, colours=False) == [], path
    assert page.locator("p").first.evaluate("text => parseFloat(getComputedStyle(text).fontSize)") > 30


@pytest.mark.browser
def test_text_made_larger_on_the_page_alone_takes_charts_with_it(
    kinds: list[tuple[ServedSite, str]], new_page: NewPage
) -> None:
    page = new_page()
    for site, path in kinds:
        page.goto(site.address + path)
        wear(page, "html { font-size: 212.5% !important }")
        assert_all_is_there(page, path, DESKTOP)
        assert [chart for chart in drawn(page) if chart.smallest < 24] == [], path


@pytest.mark.browser
def test_text_of_twice_the_size_needs_no_sideways_scrolling_on_a_phone(
    kinds: list[tuple[ServedSite, str]], new_page: NewPage
) -> None:
    page = new_page(width=PHONE)
    set_text_size(page, 2)
    for site, path in kinds:
        if "langa-namn" not in path:  # its words of 80 letters stand in a menu, too
            page.goto(site.address + path)
            assert_all_is_there(page, path, PHONE)


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_text_may_be_set_wider(kinds: list[tuple[ServedSite, str]], new_page: NewPage, width: int) -> None:
    page = new_page(width=width)
    for site, path in kinds:
        page.goto(site.address + path)
        wear(page, SPACING)
        assert_all_is_there(page, path, width)
    assert page.locator("p").first.evaluate("text => getComputedStyle(text).letterSpacing") != "normal"


def assert_all_is_there(page: Page, path: str, width: int) -> None:
    """Assert that nothing is wider than the window, no text is cut off, and the words of charts are whole and apart."""
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert page.evaluate(CUT) == [], path
    for chart in drawn(page):
        assert (path, chart.name, chart.cut_off, chart.overlapping) == (path, chart.name, [], [])


# --- Any width ------------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_pages_fit_every_width_and_lines_never_grow_long(
    kinds: list[tuple[ServedSite, str]], new_page: NewPage
) -> None:
    page = new_page()
    for site, path in kinds:
        page.goto(site.address + path)
        unfold(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            assert page.evaluate(LONGEST_LINE) <= 37, (path, width)
