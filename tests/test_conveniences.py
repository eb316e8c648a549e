"""Small things that readers expect: links to headings, a citation to copy, contents that follow along, pictures."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from insyn.charts.measuring import Fonts
from insyn.charts.preview import HEIGHT, MARGIN, WIDTH, draw_preview
from insyn.pages.other_files import Preview
from tests.browser import DESKTOP, PHONE, ServedSite, served
from tests.conftest import NewPage
from tests.site import PLAN, TestSite

PLAN_PATH = "hoglandet/2024/"


@pytest.fixture(scope="module")
def real(built: Path) -> Iterator[ServedSite]:
    with served(built) as at:
        yield at


@pytest.fixture
def plan(real: ServedSite, new_page: NewPage) -> Page:
    page: Page = new_page(reduced_motion="reduce")
    page.goto(real.address + PLAN_PATH)
    return page


# --- Links to headings ----------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_each_heading_of_a_plan_has_a_link_to_itself_with_a_name(plan: Page) -> None:
    headings = plan.locator(".page__content :is(h2, h3)[id]")
    for heading in headings.all():
        if heading.evaluate("heading => heading.closest('details') !== null"):
            continue
        words, id = heading.inner_text(), heading.get_attribute("id")
        link = plan.locator(f'.permalink[href="#{id}"]')
        expect(link).to_have_accessible_name(f"Länk till avsnittet ”{words}”")
        expect(heading).to_have_accessible_name(words)
    assert plan.locator(".permalink").count() > 10


@pytest.mark.browser
def test_each_part_that_opens_has_a_link_to_itself_and_the_link_opens_it(plan: Page) -> None:
    heads = plan.locator(".fold__head > h3[id]")
    for head in heads.all():
        id = head.get_attribute("id")
        expect(plan.locator(f'.fold__link a[href="#{id}"]')).to_have_text(f"Länk hit: {head.text_content()}")
    plan.goto(f"{plan.url}#sparade-pengar")
    expect(plan.get_by_role("img", name=re.compile("sparade pengar", re.IGNORECASE)).first).to_be_visible()
    assert heads.count() > 10


@pytest.mark.browser
def test_all_parts_open_and_close_by_one_button(plan: Page) -> None:
    folds = plan.locator(".fold")
    plan.get_by_role("button", name="Öppna alla delar").click()
    assert folds.evaluate_all("folds => folds.every((fold) => fold.open)")
    plan.get_by_role("button", name="Stäng alla delar").click()
    assert folds.evaluate_all("folds => folds.every((fold) => !fold.open)")


@pytest.mark.browser
def test_the_link_is_seen_when_it_has_focus_or_its_heading_is_pointed_at(plan: Page) -> None:
    link = plan.locator('.permalink[href="#hela-budgeten"]')
    assert link.evaluate(OPACITY) == "0"
    link.focus()
    plan.keyboard.press("Shift+Tab")
    plan.keyboard.press("Tab")
    assert link.evaluate(OPACITY) == "1"
    link.blur()
    plan.get_by_role("heading", name="Hela budgeten").hover()
    assert link.evaluate(OPACITY) == "1"
    link.click()
    assert plan.url.endswith("/hoglandet/2024/#hela-budgeten")


OPACITY = "link => getComputedStyle(link).opacity"


# --- The citation ---------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_the_citation_is_copied_with_the_pages_address(real: ServedSite, new_page: NewPage) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{real.address}{PLAN_PATH}#hanvisa")
    page.get_by_role("button", name="Kopiera hänvisningen").click()
    expect(page.locator(".copy [role=status]")).to_have_text("Hänvisningen är kopierad.")
    assert page.evaluate("navigator.clipboard.readText()") == (
        f"Höglandets samordningsförbund. Verksamhetsplan 2024. Förslag. {real.address}{PLAN_PATH}"
    )


@pytest.mark.browser
def test_there_is_no_button_that_can_do_nothing(real: ServedSite, new_page: NewPage) -> None:
    without_script = new_page(java_script_enabled=False)
    without_clipboard = new_page(first="Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    for page in (without_script, without_clipboard):
        page.goto(real.address + PLAN_PATH)
        assert page.get_by_role("button", name="Kopiera").count() == 0
    assert without_script.get_by_role("button").count() == 0


# --- Contents -------------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_the_list_of_contents_stands_still_and_marks_what_is_read(plan: Page) -> None:
    contents = plan.get_by_role("navigation", name="Innehåll på sidan")
    current = contents.locator("[aria-current]")
    for name in ("Vem betalar", "Hela budgeten", "3. Vision och hållbar utveckling", "I korthet"):
        contents.get_by_role("link", name=name).click()
        expect(current).to_have_text(name)
        assert contents.evaluate("list => list.getBoundingClientRect().top >= 0"), name
    plan.locator("#i-korthet").click()  # else the key scrolls the list, which is longer than the window
    plan.keyboard.press("End")
    expect(current).to_have_text("Om den här sidan")


@pytest.mark.browser
def test_a_list_of_contents_longer_than_the_window_shows_what_is_read(real: ServedSite, new_page: NewPage) -> None:
    page = new_page(reduced_motion="reduce")
    page.set_viewport_size({"width": DESKTOP, "height": 400})
    page.goto(real.address + PLAN_PATH)
    page.keyboard.press("End")
    current = page.locator(".contents [aria-current]")
    expect(current).to_have_text("Om den här sidan")
    expect(current).to_be_in_viewport()


# --- Ways on --------------------------------------------------------------------------------------------------------


def test_a_plan_leads_to_the_years_before_and_after(site: TestSite) -> None:
    for year in (2021, 2023, 2024):
        site.write(f"norr/{year}/plan.md", PLAN.replace("2026", str(year + 1)).replace("2025", str(year)))
    assert site.build() == 0, site.printed
    found = {year: site.page(f"norr/{year}") for year in (2021, 2023, 2024)}
    ways = {year: re.findall('<a href="([^"]+)" rel="(prev|next)">', page) for year, page in found.items()}
    assert ways == {
        2021: [("../../norr/2023/", "next")],
        2023: [("../../norr/2021/", "prev"), ("../../norr/2024/", "next")],
        2024: [("../../norr/2023/", "prev")],
    }
    assert "Planen för 2023" in site.text_of("norr/2021")


def test_a_lone_plan_has_no_list_of_other_years(site: TestSite) -> None:
    site.write_plan()
    assert site.build() == 0
    assert "Planer för andra år" not in site.page("norr/2025")


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_long_page_leads_back_to_its_top(real: ServedSite, new_page: NewPage, width: int) -> None:
    page = new_page(width=width, reduced_motion="reduce")
    for path in (PLAN_PATH, "sok/"):
        page.goto(real.address + path)
        page.get_by_role("link", name="Till toppen").click()
        expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_the_page_for_missing_addresses_leads_to_the_search(site: TestSite) -> None:
    site.write_plan()
    assert site.build() == 0
    missing = (site.output / "404.html").read_text("utf-8")
    assert '<li><a href="/sok/">Sök, eller välj i listan från A till Ö</a></li>' in missing


def test_the_browsers_own_frame_has_the_colour_of_the_page(built: Path) -> None:
    told = re.findall(
        r'<meta name="theme-color" content="(#\w+)" media="\(prefers-color-scheme: (\w+)\)">',
        (built / "index.html").read_text("utf-8"),
    )
    style = (built / "assets" / "insyn.css").read_text("utf-8")
    light, dark = re.findall(r"--ground: (#\w+);", style)[:2]
    expanded = {scheme: colour for colour, scheme in told}
    assert expanded == {"light": light.replace("#fff", "#ffffff"), "dark": dark}


# --- Where links are shared -----------------------------------------------------------------------------------------

ADDRESS = "https://www.exempel.se/planer/"


def shared(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">', html))


def with_address(site: TestSite) -> TestSite:
    site.write_plan()
    site.edit("webbplats.yaml", "namn: Provplatsen", f"namn: Provplatsen\nadress: {ADDRESS}")
    assert site.build() == 0, site.printed
    return site


def test_a_plan_on_a_site_with_an_address_is_shared_with_a_picture(site: TestSite) -> None:
    told = shared(with_address(site).page("norr/2025"))
    assert told["og:title"] == "Verksamhetsplan 2025 – Samordningsförbundet Norr"
    assert told["og:url"] == f"{ADDRESS}norr/2025/"
    assert told["og:image"] == f"{ADDRESS}norr/2025/bild.png"
    picture = (site.output / "norr/2025/bild.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert [int.from_bytes(picture[at : at + 4]) for at in (16, 20)] == [1200, 630]
    assert len(picture) < 30_000
    assert shared(site.page(""))["og:url"] == ADDRESS
    assert "og:image" not in shared(site.page(""))


def test_a_site_without_an_address_has_no_pictures(site: TestSite) -> None:
    site.write_plan()
    assert site.build() == 0
    assert shared(site.page("norr/2025")) == {}
    assert not list(site.output.rglob("*.png"))


def test_a_picture_is_drawn_anew_only_when_its_words_change(site: TestSite) -> None:
    picture = with_address(site).output / "norr/2025/bild.png"
    first, file = picture.read_bytes(), picture.stat().st_ino
    site.edit("norr/2025/plan.md", "stödjer samverkan", "stödjer all samverkan")
    assert site.build() == 0
    assert picture.stat().st_ino == file
    site.edit("norr/2025/plan.md", "titel: Verksamhetsplan 2025", "titel: Plan för 2025")
    assert site.build() == 0
    assert picture.read_bytes() != first


@pytest.mark.parametrize(
    "title", ["Plan", "Verksamhetsplan med budget för verksamhetsåret 2025 och flerårsplan 2026–2030", "E" * 90]
)
def test_the_words_of_a_picture_stay_within_it_and_apart(project: Path, title: str) -> None:
    regular, strong = (
        (project / f"assets/fonts/source-sans-3-{one}.ttf").read_bytes() for one in ("regular", "semibold")
    )
    preview = Preview("Provplatsen", title, "Samordningsförbundet Norr", "Beslutad 20 november 2024")
    body = draw_preview(preview, Fonts(regular, strong))
    pixels = Image.open(io.BytesIO(body)).tobytes()
    lines = [pixels[start : start + WIDTH] for start in range(0, len(pixels), WIDTH)]
    assert len(lines) == HEIGHT
    assert not any(any(line[: MARGIN - 8]) or any(line[8 - MARGIN :]) for line in lines)
    inked = "".join("x" if any(line) else " " for line in lines)
    assert 4 <= len(inked.split()) <= 7, "the site, one to four lines of title, the förbund and the status"
