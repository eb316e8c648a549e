"""Six kinds of pages in Firefox and in WebKit, as wide as a phone, a tablet and a desktop."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.browser import DESKTOP, MEASURE_CHARTS, PHONE, UNFOLD, ServedSite, served
from tests.webdriver import Browser, firefox, webkit

PAGES = {
    "": "main",
    "hoglandet/": "main",
    "hoglandet/2024/": ".permalink",
    "jamfor/": "main",
    "data/": "main",
    "sok/?q=försäkringskassan": ".hits li",
}
"""Each with what is there when its scripts have done their work."""
WIDTHS = (PHONE, 768, DESKTOP)
WATCH = """window.noted = [];
addEventListener("error", (fault) => noted.push(fault.message ?? fault.target.outerHTML), true);
addEventListener("unhandledrejection", ({ reason }) => noted.push(`${reason}`));
document.addEventListener("securitypolicyviolation", ({ blockedURI }) => noted.push(`policy stops ${blockedURI}`));
console.error = (...said) => noted.push(said.join(" "));
"""
"""Notes what goes wrong, from before the site's own scripts."""
OWN_SCRIPT = "assets/insyn.js"
OUTSIDE = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), outside = [];
  const scrolls = (part) => getComputedStyle(part).overflowX !== "visible";
  const page = { left: 0, right: document.documentElement.clientWidth };
  const boxOf = (part) => {
    if (part === document.body) return page;
    if (part.matches("td, th")) return part.getBoundingClientRect();
    return scrolls(part) ? null : boxOf(part.parentElement);
  };
  for (let text; (text = texts.nextNode()); ) {
    const part = text.parentElement, range = document.createRange();
    if (!text.data.trim() || part.closest("svg, script, .visually-hidden") || !part.checkVisibility()) continue;
    range.selectNodeContents(text);
    const { left, right } = range.getBoundingClientRect(), box = boxOf(part);
    if (box && (left < box.left - 1 || right > box.right + 1)) outside.push(text.data.trim());
  }
  return outside;
}"""
"""Text that is wider than the cell or the page that it stands in, if it is in nothing that scrolls."""
Opened = Callable[[], AbstractContextManager[Browser]]


@pytest.fixture(scope="module")
def watched(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    """The site with a script before its own that notes what goes wrong."""
    folder = tmp_path_factory.mktemp("watched") / "output"
    shutil.copytree(built, folder)
    script = folder / OWN_SCRIPT
    script.write_text(WATCH + script.read_text("utf-8"), "utf-8")
    with served(folder) as site:
        yield site


@pytest.mark.browser
@pytest.mark.parametrize("opened", [firefox, webkit])
def test_pages_are_whole_and_keep_within_the_window(opened: Opened, watched: ServedSite) -> None:
    found = []
    with opened() as browser:
        for path, awaited in PAGES.items():
            for width in WIDTHS:
                browser.open(watched.address, path, width)
                found += [(path, width, fault) for fault in faults(browser, awaited)]
        assert browser.run(SPOIL) is None
        spoilt = [fault.split()[0] for fault in faults(browser, "main")]
    assert found == []
    assert spoilt == ["is", "outside:", "Error:"]


SPOIL = """document.querySelector("h1").append("å".repeat(999));
document.querySelector("h1").style.overflowWrap = "normal";
console.error(new Error("slip"));
return null;"""
"""What is found wrong when something is."""
AWAIT = """const [awaited] = arguments, last = performance.now() + 20_000;
return new Promise((found) => {
  const look = () => {
    const isThere = !!document.querySelector(awaited);
    if (isThere || performance.now() > last) found(isThere);
    else setTimeout(look, 20);
  };
  look();
});"""
ROOM = 1
"""Pixels by which words in drawings may be wider than in Chromium: WebKit rounds each letter, Firefox each word."""


def faults(browser: Browser, awaited: str) -> Iterator[str]:
    """Unfold the page and yield what is wrong with it."""
    if not browser.run(AWAIT, awaited):
        yield f"never gets a {awaited}"
    browser.run(f"return ({UNFOLD})()")
    if not browser.run("return [...document.fonts].some((font) => font.status === 'loaded')"):
        yield "has none of its fonts"
    wide = browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        yield f"is {wide} px wider than the window"
    for text in browser.run(f"return ({OUTSIDE})()"):
        yield f"outside: {text}"
    for chart in browser.run(f"return ({MEASURE_CHARTS})({ROOM})"):
        if chart["seen"] != 1 or chart["smallest"] < 12 or chart["cut_off"] or chart["overlapping"]:
            yield f"{chart}"
    yield from browser.run("return noted")
