"""What readers meet in a real browser: on a phone and a desktop, in light and dark, by keyboard, and on paper."""

import re
import subprocess
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Route

from tests import components
from tests.browser import (
    AXE_RULES,
    DESKTOP,
    LAYOUT_RULES,
    PHONE,
    ServedSite,
    accessibility_faults,
    axe,
    complaints,
    drawn,
    faint_texts,
    foreign_fonts,
    has_new_parts,
    marks,
    program,
    served,
    tab_stops,
    unfold,
    wear,
)
from tests.conftest import NewPage
from tests.site import TestSite
from tests.versions import OWN

pytestmark = pytest.mark.browser

PLAN = "hoglandet/2024/"
SCROLLED = """async box => {
    for (let frames = 0; frames < 60 && box.scrollLeft === 0; frames++) await new Promise(requestAnimationFrame);
    return box.scrollLeft > 0;
}"""

both_widths = pytest.mark.parametrize("width", [PHONE, DESKTOP])


@pytest.fixture(scope="session")
def real(built: Path) -> Iterator[ServedSite]:
    with served(built) as site:
        yield site


@pytest.fixture(scope="session")
def stress(stressed: Path) -> Iterator[ServedSite]:
    with served(stressed) as site:
        yield site


@pytest.fixture(scope="session")
def years(over_years: Path) -> Iterator[ServedSite]:
    with served(over_years) as site:
        yield site


@pytest.fixture(scope="session")
def versions(revised: Path) -> Iterator[ServedSite]:
    with served(revised) as site:
        yield site


@pytest.fixture(params=["real", "stress", "years", "versions"])
def each_site(request: pytest.FixtureRequest) -> ServedSite:
    site = request.getfixturevalue(request.param)
    assert isinstance(site, ServedSite)
    return site


@pytest.fixture(params=["real", "stress", "years"])
def any_site(request: pytest.FixtureRequest) -> ServedSite:
    site = request.getfixturevalue(request.param)
    assert isinstance(site, ServedSite)
    return site


# --- Every page -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def seen_looks() -> dict[str, set[str]]:
    """The looks of texts whose contrast is known, by theme. All sites have the same stylesheet."""
    return {"light": set(), "dark": set()}


@pytest.fixture(scope="session")
def seen_parts() -> set[int]:
    """The parts of pages that have been looked at on a phone."""
    return set()


def test_no_page_has_an_accessibility_fault_a_pale_text_or_a_complaint_from_the_browser(
    each_site: ServedSite, new_page: NewPage, seen_looks: dict[str, set[str]], seen_parts: set[int]
) -> None:
    """Slow, since each page of four sites is looked at: what stands on one may stand nowhere else.

    On a phone all rules are tried on pages with a part that was on none before, and on others the rules that depend on
    where things stand. The browser complains of what breaks the page's policy, of another host and of a missing file,
    also when a reader turns to dark, to few colours or to stillness.
    """
    page, found = new_page(first=axe()), []
    noted = complaints(page, each_site)
    for path in each_site.paths:
        page.emulate_media(forced_colors="none", reduced_motion="no-preference")
        page.goto(each_site.address + path)
        for width in (DESKTOP, PHONE):
            page.set_viewport_size({"width": width, "height": 800})
            for theme, seen in seen_looks.items():
                page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
                found += [(path, width, f"{theme}: {text}") for text in faint_texts(page, seen)]
            rules = AXE_RULES if width == DESKTOP or has_new_parts(page, seen_parts) else LAYOUT_RULES
            found += [(path, width, fault) for fault in accessibility_faults(page, colours=False, rules=rules)]
        page.emulate_media(forced_colors="active", reduced_motion="reduce")
        unfold(page)
    assert len(each_site.paths) > 5
    assert len(seen_parts) > 50
    assert min(len(seen) for seen in seen_looks.values()) > 10
    assert found == []
    assert noted == []


def test_text_paler_than_aaa_is_a_fault(real: ServedSite, new_page: NewPage) -> None:
    page = new_page(first=axe())
    page.goto(real.address + PLAN)
    wear(page, "h1 { color: #6a6a6a !important }")  # enough for what is large
    assert accessibility_faults(page) == []
    wear(page, ".hero__lead { color: #6a6a6a !important }")
    (fault,) = accessibility_faults(page)
    assert fault.startswith("color-contrast-enhanced: ")
    assert ".hero__lead" in fault
    assert accessibility_faults(page, colours=False) == []
    seen: set[str] = set()
    (text,) = faint_texts(page, seen)
    assert ".hero__lead" in text
    assert faint_texts(page, seen) == []  # known


def test_a_target_too_small_for_a_finger_is_a_fault(real: ServedSite, new_page: NewPage) -> None:
    page = new_page(width=PHONE, first=axe())
    page.goto(real.address)
    assert accessibility_faults(page, colours=False, rules=LAYOUT_RULES) == []
    wear(page, "li, li a { display: block; width: 9px; height: 9px; margin: 0; padding: 0; overflow: hidden }")
    faults = accessibility_faults(page, colours=False, rules=LAYOUT_RULES)
    assert [fault.split(":")[0] for fault in faults] == ["target-size"]


@pytest.mark.parametrize(
    "slipped_in",
    [
        "<script>document.title = 'inbrott'</script>",
        "<p onclick=''>",
        "<p style='color: red'>",
        "<style>p { color: red }</style>",
        "<img src='https://exempel.se/' alt=''>",
        "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' alt=''>",
        "<script src='https://exempel.se/'></script>",
        "<iframe src='https://exempel.se/' title='Ram'></iframe>",
        "<base href='https://exempel.se/'>",
    ],
)
def test_what_is_slipped_into_a_page_is_stopped_by_its_policy(
    real: ServedSite, new_page: NewPage, slipped_in: str
) -> None:
    page = new_page()

    def slip_in(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</main>", f"{slipped_in}</main>"))

    page.route(real.address, slip_in)
    noted = complaints(page, real)
    page.goto(real.address)
    assert [said for said in noted if "Content Security Policy" in said]
    assert page.title() != "inbrott"


def test_a_missing_address_anywhere_shows_a_page_that_leads_on(site: TestSite, new_page: NewPage) -> None:
    site.write_plan()
    site.edit("webbplats.yaml", "namn: Provplatsen", "namn: Provplatsen\nadress: https://www.exempel.se/prov/plats/")
    assert site.build() == 0, site.printed
    page = new_page()
    with served(site.output) as at:
        answer = page.goto(f"{at.address}norr/finns/inte/")
        assert answer is not None
        assert answer.status == 404
        assert page.evaluate("document.fonts.check('1rem \"Source Sans 3\"')")
        assert page.locator("body").evaluate("body => getComputedStyle(body).marginTop") == "0px"
        page.get_by_role("main").get_by_role("link", name="Samordningsförbundet Norr").click()
        assert page.url == f"{at.address}norr/"


# --- Components -----------------------------------------------------------------------------------------------------

MANY_OF_A_KIND = {"landmark-unique"}
"""Rules that can't hold on a page with several examples of the same part of a page."""


@pytest.mark.parametrize(("width", "theme"), [(PHONE, "dark"), (DESKTOP, "light")])
def test_no_component_has_an_accessibility_fault_or_is_wider_than_the_window(
    new_page: NewPage, width: int, theme: str, tmp_path: Path
) -> None:
    components.write(tmp_path)
    page = new_page(width=width, theme=theme, first=axe())
    with served(tmp_path) as site:
        noted = complaints(page, site)
        page.goto(f"{site.address}komponenter/")
        faults = accessibility_faults(page)
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert [fault for fault in faults if fault.split(":")[0] not in MANY_OF_A_KIND] == []
    assert noted == []


# --- Phones ---------------------------------------------------------------------------------------------------------


def test_a_table_wider_than_a_phone_scrolls_in_its_own_box_also_by_keyboard(
    any_site: ServedSite, new_page: NewPage
) -> None:
    """Each kind of table is tried by keyboard once; that all such boxes can have focus is known from axe."""
    page = new_page(width=PHONE, reduced_motion="reduce")
    wide, tried = 0, set()
    for path in any_site.plans:
        page.goto(any_site.address + path)
        unfold(page)
        for box in page.locator(".table-scroll").all():
            if box.evaluate("box => box.scrollWidth <= box.clientWidth"):
                continue
            wide += 1
            kind = box.locator("table").first.get_attribute("class")
            if kind in tried:
                continue
            tried.add(kind)
            box.focus()
            page.keyboard.press("ArrowRight")
            assert box.evaluate(SCROLLED), (path, kind)
    assert wide >= len(any_site.plans) // 2


BROKEN_WORDS = """() => [...document.querySelectorAll("th, td")].flatMap(cell => {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), broken = [];
    for (let text; (text = texts.nextNode());)
        for (const word of text.data.matchAll(/[\\w\u00c0-\u00ff]+/g)) {
            const place = document.createRange();
            place.setStart(text, word.index);
            place.setEnd(text, word.index + word[0].length);
            if (new Set([...place.getClientRects()].map(part => part.top)).size > 1) broken.push(word[0]);
        }
    return broken;
})"""


def test_where_there_is_room_no_word_of_a_table_is_broken(real: ServedSite, new_page: NewPage) -> None:
    page = new_page()
    for path in real.paths:
        page.goto(real.address + path)
        unfold(page)
        assert page.evaluate(BROKEN_WORDS) == [], path
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.goto(f"{real.address}data/")
    assert [word for word in page.evaluate(BROKEN_WORDS) if len(word) < 9] == []


def test_a_phone_shows_the_plans_own_year_without_scrolling(real: ServedSite, new_page: NewPage) -> None:
    page, seen = new_page(width=PHONE), 0
    for path in real.plans:
        page.goto(real.address + path)
        for table in page.locator(".table--budget").all():
            main, *_ = table.locator("thead .table__main").all()
            if main.evaluate("cell => cell.cellIndex") <= 2:
                seen += 1
                box = main.bounding_box()
                assert box
                assert box["x"] + box["width"] <= PHONE, path
    assert seen >= 4


TEXT_TABLES = ".table-scroll:has(> .table--stacks)"


def test_on_a_phone_no_page_is_wider_and_tables_of_text_are_read_without_scrolling(
    any_site: ServedSite, new_page: NewPage
) -> None:
    page, tables, wide = new_page(width=PHONE), 0, {}
    for path in any_site.paths:
        page.goto(any_site.address + path)
        unfold(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        boxes = page.locator(TEXT_TABLES).evaluate_all("boxes => boxes.map(box => [box.scrollWidth, box.clientWidth])")
        tables += len(boxes)
        if width > PHONE or any(needs > has for needs, has in boxes):
            wide[path] = width, boxes
    assert wide == {}
    assert tables > 5


def test_a_table_whose_cells_stand_below_each_other_is_still_told_as_a_table(
    real: ServedSite, new_page: NewPage
) -> None:
    told = {}
    for width in (PHONE, DESKTOP):
        page = new_page(width=width)
        page.goto(real.address + PLAN)
        unfold(page)
        table = page.get_by_role("table", name="Mål i planen")
        told[width] = table.aria_snapshot()
        stands = table.evaluate("table => getComputedStyle(table.querySelector('td')).display")
        assert stands == ("block" if width == PHONE else "table-cell")
        assert table.get_by_role("columnheader").all_inner_texts() == [
            "Delmål",
            "Aktivitet",
            "Mätning av måluppfyllelse",
        ]
    assert told[PHONE] == told[DESKTOP]


@pytest.mark.parametrize("part", ["table", "thead", "tbody", "tr", "th[scope='col']", "th[scope='row']", "td"])
def test_each_part_of_such_a_table_has_its_role_whatever_it_looks_like(
    real: ServedSite, new_page: NewPage, part: str
) -> None:
    page = new_page(width=PHONE)
    page.goto(real.address + PLAN)
    roles = page.locator(f"{TEXT_TABLES} {part}").evaluate_all("parts => parts.map(part => part.getAttribute('role'))")
    named = {"thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    named |= {"th[scope='col']": "columnheader", "th[scope='row']": "rowheader"}
    assert set(roles) == {named.get(part, part)}


def test_without_scripts_a_table_of_text_scrolls_and_stays_a_table(real: ServedSite, new_page: NewPage) -> None:
    page = new_page(width=PHONE, java_script_enabled=False)
    page.goto(real.address + PLAN)
    page.locator("summary", has_text="Visa målen i en tabell").click()
    box = page.locator(TEXT_TABLES).first
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert box.locator("td").first.evaluate("cell => getComputedStyle(cell).display") == "table-cell"


# --- Charts ---------------------------------------------------------------------------------------------------------


def test_each_chart_shows_one_drawing_with_words_of_at_least_12_pixels_whole_and_apart(
    any_site: ServedSite, new_page: NewPage
) -> None:
    page = new_page()
    charts = dict.fromkeys((DESKTOP, PHONE), 0)
    for path in any_site.charted:
        page.goto(any_site.address + path)
        for width in charts:
            page.set_viewport_size({"width": width, "height": 800})
            for chart in drawn(page):
                charts[width] += 1
                at = path, width, chart.name
                assert (at, chart.seen) == (at, 1)
                assert chart.smallest >= 12, (at, chart)
                assert (at, chart.cut_off, chart.overlapping) == (at, [], [])
    assert min(charts.values()) >= 5


def test_charts_stand_out_from_the_page(real: ServedSite, new_page: NewPage) -> None:
    page, faint, seen = new_page(), set(), 0
    for path in real.charted:
        page.goto(real.address + path)
        for theme, forced in product(("light", "dark"), ("none", "active")):
            page.emulate_media(color_scheme=theme, forced_colors=forced)  # type: ignore[arg-type]
            for mark in marks(page):
                seen += 1
                if mark.contrast < (4.5 if mark.is_word else 3) and mark.look not in {"hole", "mark-rim", "ground"}:
                    faint.add((theme, forced, mark.look, mark.paint))
    assert seen > 400
    assert faint == set()


def test_what_is_told_apart_in_a_chart_looks_different(any_site: ServedSite, new_page: NewPage) -> None:
    page = new_page()
    for path in any_site.plans:
        page.goto(any_site.address + path)
        looks: dict[str, dict[str, tuple[str, ...]]] = {}
        for mark in marks(page):
            if mark.look.startswith("serie"):
                looks.setdefault(mark.chart, {})[mark.look] = mark.paint
        for chart, paints in looks.items():
            assert len(set(paints.values())) == len(paints), (path, chart, paints)


def test_a_key_has_the_colour_of_the_bars_it_explains(real: ServedSite, new_page: NewPage) -> None:
    page = new_page()
    page.goto(real.address + PLAN)
    chart = page.locator(".chart", has=page.locator("#racker-pengarna"))
    keys = chart.locator(".key__colour").evaluate_all(
        "keys => keys.map(key => [key.className.match(/serie-[a-z]+/)[0], getComputedStyle(key).backgroundColor])"
    )
    assert len(keys) == 2
    for series, colour in keys:
        bar = chart.locator(f".diagram--wide .{series}:not(.tentative)").first
        assert bar.evaluate("bar => getComputedStyle(bar).fill") == colour


# --- Words that are explained ---------------------------------------------------------------------------------------


WORD = "medlemsbidrag"


@both_widths
@pytest.mark.parametrize("scripts", [True, False])
def test_an_explanation_comes_to_the_reader_who_stays_in_the_text(
    real: ServedSite, new_page: NewPage, width: int, scripts: bool
) -> None:
    page = new_page(width=width, reduced_motion="reduce", java_script_enabled=scripts)
    page.goto(real.address + PLAN)
    word, entry = page.locator(f"#ordet-{WORD}-i-texten"), page.locator(f"#ordet-{WORD}")
    word.scroll_into_view_if_needed()
    before = word.bounding_box()
    word.click()
    assert word.bounding_box() == before
    assert page.url.endswith(f"#ordet-{WORD}")
    box = entry.bounding_box()
    assert box
    assert 0 <= box["y"] < box["y"] + box["height"] <= 800
    assert "Pengarna som förbundets medlemmar betalar" in entry.inner_text()
    entry.get_by_role("link").click()
    assert page.url.endswith(f"#ordet-{WORD}-i-texten")
    after = word.bounding_box()
    assert after
    assert 0 <= after["y"] < 800
    assert entry.evaluate("entry => getComputedStyle(entry).position") == "static"


def test_an_explanation_is_reached_and_left_by_keyboard_alone(real: ServedSite, new_page: NewPage) -> None:
    page = new_page(reduced_motion="reduce")
    page.goto(real.address + PLAN)
    page.locator(f"#ordet-{WORD}-i-texten").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    back = page.locator(":focus")
    assert back.get_attribute("href") == f"#ordet-{WORD}-i-texten"
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("id") == f"ordet-{WORD}-i-texten"


@pytest.mark.parametrize(("width", "theme"), [(PHONE, "dark"), (DESKTOP, "light")])
def test_an_open_explanation_has_no_accessibility_fault(
    real: ServedSite, new_page: NewPage, width: int, theme: str
) -> None:
    page = new_page(width=width, theme=theme, first=axe())
    page.goto(f"{real.address}{PLAN}#ordet-{WORD}")
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_the_words_are_a_list_and_lead_nowhere(real: ServedSite, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{real.address}{PLAN}#ordet-{WORD}")
    page.emulate_media(media="print")
    entry = page.locator(f"#ordet-{WORD}")
    assert entry.evaluate("entry => getComputedStyle(entry).position") == "static"
    assert not entry.get_by_role("link").is_visible()


def test_what_differs_in_a_forbunds_plans_unfolds_and_is_unfolded_on_paper(real: ServedSite, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{real.address}om-uppgifterna/")
    summary = page.locator("summary", has_text="Sunnerbo")
    table = page.get_by_role("table", name="Rättelser, Sunnerbo 2021")
    assert not table.is_visible()
    summary.click()
    assert table.is_visible()
    page.reload()
    page.emulate_media(media="print")
    assert summary.is_visible()
    assert table.is_visible()


# --- Keyboard -------------------------------------------------------------------------------------------------------


@both_widths
def test_the_skip_link_is_first_and_moves_to_the_content(real: ServedSite, new_page: NewPage, width: int) -> None:
    page = new_page(width=width)
    for path in ("", "404.html", "hoglandet/", PLAN):
        page.goto(real.address + path)
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Hoppa till innehållet"
        assert page.locator(":focus").evaluate("link => link.getBoundingClientRect().top") >= 0
        page.keyboard.press("Enter")
        assert page.locator(":focus").evaluate("focused => focused.localName") == "main"
        page.keyboard.press("Tab")
        assert page.locator("main :focus").count() == 1


def test_tab_goes_through_a_plan_in_the_order_of_the_page(real: ServedSite, new_page: NewPage) -> None:
    page = new_page()
    page.goto(real.address + PLAN)
    parts = list(dict.fromkeys(stop.part for stop in tab_stops(page)))
    assert parts == ["header", "Huvudmeny", "Du är här", "Innehåll på sidan", "main", "footer"]


@pytest.mark.parametrize(("width", "theme"), [(PHONE, "dark"), (DESKTOP, "light")])
def test_focus_is_always_seen(any_site: ServedSite, new_page: NewPage, width: int, theme: str) -> None:
    page = new_page(width=width, theme=theme, reduced_motion="reduce")
    for path in ("", any_site.plans[1]):
        page.goto(any_site.address + path)
        unfold(page)
        stops = list(tab_stops(page))
        assert len(stops) > 10
        for stop in stops:
            assert stop.outline == "solid", (path, stop)
            assert stop.outline_width >= 2, (path, stop)
            assert stop.contrast >= 3, (path, stop)
            assert stop.in_view, (path, stop)


# --- Faces ----------------------------------------------------------------------------------------------------------


def test_all_text_is_set_in_the_sites_own_fonts(real: ServedSite, stress: ServedSite, new_page: NewPage) -> None:
    page = new_page()
    loaded = "[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)"
    for site, path in ((real, ""), (real, PLAN), (stress, "ordlista/"), (stress, "langa-namn/2025/")):
        page.goto(site.address + path)
        page.reload()  # the headings' own font comes with the first page, and stands on the next
        unfold(page)
        assert {family.strip('"') for family in page.evaluate(loaded)} == {"Source Sans 3", "Insyn Serif"}
        assert foreign_fonts(page) == {}, path


# --- When something is missing --------------------------------------------------------------------------------------


def test_without_scripts_everything_is_there(real: ServedSite, new_page: NewPage) -> None:
    usual, bare = new_page(), new_page(java_script_enabled=False)
    for path in (
        "",
        "404.html",
        "hoglandet/",
        PLAN,
        "om-webbplatsen/",
        "om-uppgifterna/",
        "data/",
        "jamfor/",
        "insyn/",
    ):
        texts = []
        for page in (usual, bare):
            page.goto(real.address + path)
            for only_with_script in reversed(page.locator("button").all()):
                only_with_script.evaluate("button => (button.closest('p') ?? button).remove()")
            texts.append(page.locator("body").inner_text())
        assert texts[0] == texts[1], path
    bare.goto(real.address + PLAN)
    bare.locator("summary", has_text="Visa hela budgeten").click()
    assert bare.locator("#hela-budgeten ~ details table").first.is_visible()


def test_opened_from_a_disk_the_links_lead_from_page_to_page(built: Path, new_page: NewPage) -> None:
    page = new_page()
    page.goto((built / "index.html").as_uri())
    page.get_by_role("main").get_by_role("link", name="Eksjö").click()
    assert page.url == f"{(built / 'hoglandet' / '2024' / 'index.html').as_uri()}#kommun.eksjo"
    assert page.get_by_role("heading", level=1).inner_text() == "Verksamhetsplan 2024"
    assert page.locator("body").evaluate("body => getComputedStyle(body).marginTop") == "0px"
    page.get_by_label("Innehåll på sidan").get_by_role("link", name="Hela budgeten").click()
    assert page.url.endswith("2024/index.html#hela-budgeten")
    page.get_by_label("Du är här").get_by_role("link", name="Start").click()
    assert page.url == (built / "index.html").as_uri()


def test_without_styles_a_plan_reads_from_top_to_bottom(real: ServedSite, new_page: NewPage) -> None:
    page = new_page()
    page.route("**/*.css", lambda route: route.abort())
    page.goto(real.address + PLAN)
    unfold(page)
    assert page.locator("body").evaluate("body => getComputedStyle(body).marginTop") != "0px"
    drawings = page.locator(".diagram")
    assert drawings.count() > 10
    assert not any(drawing.is_visible() for drawing in drawings.all()), "without colours its words can't be read"
    heights = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4, caption, tr')].map(part => part.getBoundingClientRect().top)"
    )
    assert len(heights) > 50
    assert heights == sorted(heights)
    row = page.get_by_role("table", name="Intäkter, kronor").get_by_role("row", name="Eksjö kommun")
    lefts = row.locator("th, td").evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect().left)")
    assert len(lefts) == 5
    assert lefts == sorted(lefts)
    assert page.locator("body").inner_text().startswith("Hoppa till innehållet")


# --- What readers have asked their system for -----------------------------------------------------------------------


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_for_those_who_want_stillness(real: ServedSite, new_page: NewPage, motion: str) -> None:
    """Nor does a jump scroll for anyone: over a long page a focus stop would be out of sight meanwhile."""
    page = new_page(reduced_motion=motion)
    page.goto(real.address + PLAN)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    if motion == "reduce":
        moving = "[...document.querySelectorAll('*')].map(part => getComputedStyle(part)).filter(style => "
        moving += "style.animationName !== 'none' || style.transitionDuration !== '0s').length"
        assert page.evaluate(moving) == 0


# --- Paper ----------------------------------------------------------------------------------------------------------


def test_a_printed_plan_is_a4_with_every_amount_and_no_navigation(
    real: ServedSite, new_page: NewPage, tmp_path: Path
) -> None:
    pdftotext, pdfinfo = (program(name, package="poppler-utils") for name in ("pdftotext", "pdfinfo"))
    page, paper = new_page(theme="dark"), tmp_path / "plan.pdf"
    for path in real.plans:
        page.goto(real.address + path)
        rows = page.locator(".table--budget tbody tr").evaluate_all(READ_ROWS)
        tables = page.locator(".chart__figures caption").all_text_contents()
        page.pdf(path=paper, prefer_css_page_size=True)
        assert set(re.findall(r"Page +\d+ size: +(.+)", _run(pdfinfo, "-l", "999", str(paper)))) == {
            "594.96 x 841.92 pts (A4)"
        }
        lines = [_closed_up(line) for line in _run(pdftotext, "-layout", str(paper), "-").splitlines()]
        assert len(rows) > 10
        for name, amounts in rows:
            start, end = _closed_up(name.split()[0]), _closed_up("".join(amounts))
            assert any(line.startswith(start) and line.endswith(end) for line in lines), (path, name, amounts)
        paged = "".join(lines)
        assert {caption: lines.count(_closed_up(caption)) for caption in tables} == dict.fromkeys(tables, 1)
        assert [line[1:] for line in lines if line.endswith(".Helabudgeten")] == [".Helabudgeten"]
        first = _closed_up(_run(pdftotext, "-l", "1", str(paper), "-"))
        assert _closed_up(page.locator(".citation").inner_text()) in first
        addresses = page.locator("main a[href^=http]").evaluate_all(
            "links => links.map(link => link.getAttribute('href'))"
        )
        assert [address for address in addresses if _closed_up(address) not in paged] == []
        assert [line for line in lines if line.startswith(("Start", "Innehåll", "Hoppatill", "Omwebbplatsen"))] == []


READ_ROWS = """rows => rows.map(row => {
    const shown = row.cloneNode(true);
    for (const hidden of shown.querySelectorAll(".visually-hidden")) hidden.remove();
    return [shown.querySelector("th").textContent, [...shown.querySelectorAll("td")].map(cell => cell.textContent)];
})"""


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def _closed_up(text: str) -> str:
    """Remove all spaces: their width on paper carries no meaning."""
    return "".join(text.split())


# --- Addresses that lead on -----------------------------------------------------------------------------------------


def test_an_address_without_a_page_of_its_own_leads_on_without_scripts(versions: ServedSite, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    assert versions.pointers
    for pointer in versions.pointers:
        page.goto(versions.address + pointer)
        page.wait_for_url(re.compile(r"/granbygden/2025/(forslag/)?$"))


def test_an_address_without_a_page_of_its_own_leads_on_also_from_a_disk(
    versions: ServedSite, new_page: NewPage
) -> None:
    page = new_page()
    for pointer in versions.pointers:
        page.goto((versions.folder / pointer / "index.html").as_uri())
        page.wait_for_url(re.compile(r"/granbygden/2025/(forslag/)?index\.html$"))
        page.goto(versions.address + pointer)
        page.wait_for_url(re.compile(r"/granbygden/2025/(forslag/)?$"))


# --- What differs between two versions ------------------------------------------------------------------------------


def test_on_a_phone_every_difference_is_seen_without_scrolling(versions: ServedSite, new_page: NewPage) -> None:
    page = new_page(width=PHONE)
    page.goto(versions.address + OWN)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE
    changes = page.locator(".table__change")
    assert changes.count() > 20
    rights = changes.evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect().right)")
    assert max(rights) <= PHONE


@pytest.mark.parametrize("wishes", [{}, {"forced_colors": "active"}, {"theme": "dark"}])
def test_removed_and_added_are_told_apart_without_colour(
    versions: ServedSite, new_page: NewPage, wishes: dict[str, str]
) -> None:
    page = new_page(**wishes)
    page.goto(versions.address + OWN)
    for kind, line in (("removed", "line-through"), ("added", "underline")):
        marks = page.locator(f".passage .{kind}")
        assert marks.count() > 3
        lines = marks.evaluate_all("marks => marks.map(mark => getComputedStyle(mark).textDecorationLine)")
        assert set(lines) == {line}


def test_a_listener_gets_a_changed_sentence_as_running_text(versions: ServedSite, new_page: NewPage) -> None:
    """The roles of <del> and <ins> are said in some browsers, and in one they hide what stands before."""
    page = new_page()
    page.goto(versions.address + OWN)
    tree = page.get_by_role("main").aria_snapshot()
    assert "- deletion" not in tree
    assert "- insertion" not in tree
    assert 'paragraph: "Ändrad punkt: unga vuxna mellan , borttaget: 18 , tillagt: 16 , oförändrat: och 29 år"' in tree


def test_the_printed_page_of_changes_has_its_marks_and_none_of_the_hidden_words(
    versions: ServedSite, new_page: NewPage, tmp_path: Path
) -> None:
    pdftotext = program("pdftotext", package="poppler-utils")
    page, paper = new_page(theme="dark"), tmp_path / "andringar.pdf"
    page.goto(versions.address + OWN)
    page.pdf(path=paper, prefer_css_page_size=True)
    text = " ".join(_run(pdftotext, "-layout", str(paper), "-").split())
    assert "Styrelsen har inte beslutat om den här sammanställningen." in text
    assert "Nytt kapitel: 7. Barnets bästa" in text
    assert "unga vuxna mellan 18 16 och 29 år" in text
    assert "borttaget:" not in text
