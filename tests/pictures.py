"""The pictures of README and of the staff guide, made from its own example: `python -m tests.pictures`.

Each picture of the guide is taken when the example has reached the state that it shows.
"""

import io
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from insyn.disk.materials import read_catalogue
from insyn.texts import read_texts
from tests.browser import program, served
from tests.conftest import PROJECT
from tests.guide import DOCS, START, YEAR, Story
from tests.preview import running, until
from tests.site import TestSite

WIDTH = 900
SHOWN = {
    "kom-igang-minsta": ("norr/2026/", "body", 650),
    "kom-igang-klar": ("norr/2026/", "body", 580),
    "kom-igang-pengarna": ("norr/2026/", "#vad-pengarna-gar-till", 450),
    "aret-utfall": ("norr/2027/", "#blev-det-som-planerat", 525),
}
"""By name: the page, the element at the top of the picture, and the picture's height."""
PREVIEW_WIDTH = 1000
PREVIEWED = {"kom-igang-visa": 620, "kom-igang-formular": 660}
"""By name: the height of a picture of the preview."""
RIGHT, WRONG = "belopp: [1 500 000,", "belopp: [1 500 00o,"
README = "sodra-vatterbygden/2022/"
"""The page of `content/` in README's picture."""


def main() -> None:
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program("chromium", package="chromium"), args=["--no-sandbox"]
        )
        site = TestSite(Path(folder))
        for document in (START, YEAR):
            for picture in re.findall(r"\(bilder/([\w-]+)\.webp\)", document.read_text("utf-8")):
                publish(site, document, picture)
                if picture in PREVIEWED:
                    take_preview(browser, site, Path(folder), picture)
                    continue
                address, top, height = SHOWN[picture]
                take(browser, site, (address, top), (WIDTH, height), picture)
        real = TestSite(Path(folder) / "real", content=PROJECT / "content")
        assert real.build(pdfs=True, search=True) == 0, real.printed
        take(browser, real, (README, "body"), (WIDTH, 1000), "plan", most=760)
        browser.close()


def take(
    browser: Browser, site: TestSite, at: tuple[str, str], size: tuple[int, int], name: str, most: int = WIDTH
) -> None:
    """Save a picture of a page from an element on, opened if need be, at most `most` pixels wide."""
    (address, top), (width, height) = at, size
    with served(site.output) as server:
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme="light", locale="sv-SE")
        page.goto(f"{server.address}{address}{top if top.startswith('#') else ''}")
        box = page.locator(top).first.bounding_box()
        assert box, f"{address} has no {top}"
        clip = {"x": 0, "y": max(0, page.evaluate("scrollY") + box["y"] - 8), "width": width, "height": height}
        shown = page.screenshot(clip=clip, full_page=True)
        page.close()
    save(shown, (most, height), name)


def take_preview(browser: Browser, site: TestSite, folder: Path, name: str) -> None:
    """Save a picture of the preview: of a page with an error in the plan, or of its form without."""
    file, size = site.content / "norr/2026/plan.md", {"width": PREVIEW_WIDTH, "height": PREVIEWED[name]}
    right = file.read_text("utf-8")
    with running(folder) as preview:
        page = browser.new_page(viewport=size, color_scheme="light", locale="sv-SE")
        page.goto(preview.start)
        page.goto(f"{preview.top}norr/2026/#rad.kostnader.coachning")
        until(page, "document.documentElement.dataset.visa")
        if name == "kom-igang-visa":
            file.write_text(right.replace(RIGHT, WRONG), "utf-8")
            until(page, "document.querySelector('.visa-mark')")
            page.evaluate("document.querySelector('.visa-panel details').open = true")
        else:
            page.click(".visa-ribbon a >> text=Redigera")
            until(page, "document.documentElement.dataset.visa")
            page.click("[id='budget.kostnader.rader.0.belopp.0']")
            page.evaluate("scrollBy(0, -100)")
        page.wait_for_timeout(300)
        save(page.screenshot(), (WIDTH, PREVIEWED[name]), name)
        page.close()
    file.write_text(right, "utf-8")


def save(shown: bytes, most: tuple[int, int], name: str) -> None:
    picture = Image.open(io.BytesIO(shown))
    picture.thumbnail(most)
    picture.save(DOCS / "bilder" / f"{name}.webp", quality=70, method=6)


def publish(site: TestSite, document: Path, picture: str) -> None:
    """Carry out the guide up to a picture, and publish the site."""
    for file in site.content.rglob("*.*"):
        file.unlink()
    texts = read_texts(read_catalogue())
    if document is YEAR:
        Story(START, site, texts).write()
    Story(document, site, texts).write(until=f"(bilder/{picture}.webp)")
    assert site.build(pdfs=True, search=True) == 0, site.printed


if __name__ == "__main__":
    main()
