"""The cost of a page to a reader on a slow connection: bytes, requests, and layout shifts while it loads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response

from tests.browser import DESKTOP, PHONE, ServedSite, served
from tests.conftest import NewPage

pytestmark = pytest.mark.browser

MOST_BYTES, MOST_REQUESTS = 100_000, 12
MOST_SCRIPT = 25_000
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""A phone far from a mast: bytes per second, and milliseconds of latency."""
WATCH_SHIFTS = """
    window.moved = [];
    new PerformanceObserver(list => {
        for (const shift of list.getEntries())
            window.moved.push([shift.value, shift.sources.map(({node}) => node?.className || node?.nodeName)]);
    }).observe({type: "layout-shift", buffered: true});
"""
HAS_STAND_IN = """Promise.any(["Arial", "Liberation Sans", "Helvetica"]
    .map(name => new FontFace("found", `local("${name}")`).load())).then(() => true, () => false)"""
"""Without it, text moves if the fonts arrive after the first paint, which depends on the machine's load."""


@pytest.fixture(scope="module")
def compressed(built: Path) -> Iterator[ServedSite]:
    with served(built, compressed=True) as site:
        yield site


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_plan_with_all_its_charts_and_fonts_is_light(compressed: ServedSite, new_page: NewPage, width: int) -> None:
    for path in compressed.plans:
        page = new_page(width=width)
        answers: list[Response] = []
        page.on("response", lambda answer, answers=answers: answers.append(answer))
        page.goto(compressed.address + path)
        page.evaluate("document.fonts.ready.then(() => true)")
        page.wait_for_load_state("networkidle")
        carried = {answer.url.removeprefix(compressed.address): _carried(answer) for answer in answers}
        assert sum(carried.values()) <= MOST_BYTES, (path, carried)
        assert len(answers) <= MOST_REQUESTS, (path, carried)
        assert any(name.endswith(".woff2") for name in carried), "the fonts weren't counted"


def _carried(answer: Response) -> int:
    """Return the bytes transferred, headers included."""
    sizes = answer.request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def test_our_scripts_are_small(built: Path) -> None:
    ours = {file.name: file.stat().st_size for file in (built / "assets").glob("*.js")}
    assert set(ours) == {"insyn.js", "sok.js", "sokmotor.js"}
    assert sum(ours.values()) <= MOST_SCRIPT, ours


def test_only_the_stylesheet_keeps_a_page_from_being_painted(compressed: ServedSite, new_page: NewPage) -> None:
    blocking = "performance.getEntriesByType('resource').filter(one => one.renderBlockingStatus === 'blocking')"
    page = new_page()
    for path in ("", "hoglandet/", "hoglandet/2024/", "sok/"):
        page.goto(compressed.address + path)
        waited_for = page.evaluate(f"{blocking}.map(one => one.name)")
        assert [name.removeprefix(compressed.address) for name in waited_for] == ["assets/insyn.css"], path


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("path", ["", "hoglandet/", "hoglandet/2024/", "sok/"])
def test_nothing_moves_while_a_page_comes_over_a_slow_line(
    compressed: ServedSite, new_page: NewPage, width: int, path: str
) -> None:
    page = new_page(width=width, first=WATCH_SHIFTS)
    if not page.evaluate(HAS_STAND_IN):
        pytest.skip("No font that stands in is installed here. On Debian: sudo apt-get install fonts-liberation")
    _slow_down(page)
    page.goto(compressed.address + path)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_load_state("networkidle")
    moved = page.evaluate("window.moved")
    assert sum(value for value, _ in moved) < 0.01, moved


def _slow_down(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
