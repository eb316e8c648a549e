"""The pictures of the staff guide, made of its own example: `python -m tests.pictures`.

Each picture stands in the guide where the example has come as far as the picture shows.
"""

import io
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import sync_playwright

from insyn.disk.materials import read_catalogue
from insyn.texts import read_texts
from tests.browser import program, served
from tests.guide import DOCS, START, YEAR, Story
from tests.site import TestSite

WIDTH = 900
SHOWN = {
    "kom-igang-minsta": ("norr/2026/", "body", 650),
    "kom-igang-klar": ("norr/2026/", "body", 580),
    "kom-igang-pengarna": ("norr/2026/", "#vad-pengarna-gar-till", 450),
    "aret-utfall": ("norr/2027/", "#blev-det-som-planerat", 525),
}
"""By name: the page, what is at the top of the picture, and its height."""


def main() -> None:
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = TestSite(Path(folder))
        browser = playwright.chromium.launch(
            executable_path=program("chromium", package="chromium"), args=["--no-sandbox"]
        )
        for document in (START, YEAR):
            for picture in re.findall(r"\(bilder/([\w-]+)\.webp\)", document.read_text("utf-8")):
                publish(site, document, picture)
                address, top, height = SHOWN[picture]
                with served(site.output) as at:
                    page = browser.new_page(
                        viewport={"width": WIDTH, "height": 800}, color_scheme="light", locale="sv-SE"
                    )
                    page.goto(f"{at.address}{address}")
                    box = page.locator(top).first.bounding_box()
                    assert box, f"{address} has no {top}"
                    clip = {"x": 0, "y": max(0, box["y"] - 8), "width": WIDTH, "height": height}
                    shown = page.screenshot(clip=clip, full_page=True)
                    page.close()
                Image.open(io.BytesIO(shown)).save(DOCS / "bilder" / f"{picture}.webp", quality=70, method=6)
        browser.close()


def publish(site: TestSite, document: Path, picture: str) -> None:
    """Live the guide as far as a picture, and publish the site."""
    for file in site.content.rglob("*.*"):
        file.unlink()
    texts = read_texts(read_catalogue())
    if document is YEAR:
        Story(START, site, texts).write()
    Story(document, site, texts).write(until=f"(bilder/{picture}.webp)")
    assert site.build(pdfs=True, search=True) == 0, site.printed


if __name__ == "__main__":
    main()
