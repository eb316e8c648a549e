"""Searching the plans: what readers find, how they narrow it down, and the page without scripts."""

import json
import re
import shutil
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from insyn.build import pipeline
from insyn.build.search_index import chunks_of
from insyn.build.searched_page import searched_page
from tests.browser import DESKTOP, PHONE, ServedSite, accessibility_faults, axe, complaints, served, tab_stops
from tests.conftest import NewPage, Once
from tests.site import ASSOCIATION, PLAN, SETTINGS, TestSite

SECOND = ASSOCIATION.replace("Norr", "Väst").replace("Åby", "Hamnby").replace("Östby", "Vikby").replace("norr", "väst")
PROPOSED = ("status: beslutad\n    beslut: {organ: styrelsen, datum: 2024-11-20}", "status: förslag")


def plan_of(year: int, text: str, *, association: str = "norr") -> str:
    """Return the plan of a year with a chapter of its own."""
    plan = PLAN.replace("2026", str(year + 1)).replace("2025", str(year)).replace("2024-", f"{year - 1}-")
    return plan.replace("förbund: norr", f"förbund: {association}").replace(
        "Förbundet stödjer samverkan.", f"Förbundet stödjer samverkan.\n\n    # 2. Insatser\n\n    {text}"
    )


def write_site(site: TestSite) -> None:
    """Two förbund, one of them with three years of plans and a proposal that was decided."""
    site.write("webbplats.yaml", SETTINGS.replace("[norr]", "[norr, vast]"))
    site.write("vast/forbund.md", SECOND)
    site.write("norr/2023/plan.md", plan_of(2023, "Kaféverksamheten Gläntan i Åby prövas."))
    site.write("norr/2024/plan.md", plan_of(2024, "Skolorna i Åby får en hälsolots."))
    site.write(
        "norr/2025/plan.md", plan_of(2025, "Skolan i Åby får två hälsolotsar, och [Gläntan](#1-uppdrag) blir kvar.")
    )
    site.write("norr/2025/versioner/forslag.md", plan_of(2025, "En fjärrkurs föreslås.").replace(*PROPOSED))
    site.write(
        "vast/2025/plan.md", plan_of(2025, "Kajen i Hamnby får en hälsolots. O'Learys & co <3.", association="vast")
    )


@pytest.fixture(scope="module")
def searched(once: Once) -> Iterator[ServedSite]:
    with served(once("searched", publish_searched) / "output") as at:
        yield at


def publish_searched(folder: Path) -> None:
    site = TestSite(folder)
    write_site(site)
    assert site.build(search=True) == 0, site.printed


@pytest.fixture
def page(searched: ServedSite, new_page: NewPage) -> Page:
    """The search page, which must have no complaints after all that a test does on it."""
    opened: Page = new_page()
    opened.goto(searched.address + "sok/")
    return opened


def look_for(page: Page, words: str) -> None:
    page.get_by_label("Ord att söka efter").fill(words)
    page.get_by_role("button", name="Sök", exact=True).click()


def told(page: Page, sentence: str) -> None:
    """Wait until the search shows a message."""
    expect(page.get_by_role("status")).to_have_text(sentence)


def hits(page: Page) -> list[str]:
    return page.locator(".hits > li > a").all_inner_texts()


# --- Finding --------------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_a_word_is_found_in_its_chapter_and_the_link_leads_there(page: Page, searched: ServedSite) -> None:
    look_for(page, "kajen")
    told(page, "1 sida innehåller ”kajen”.")
    (hit,) = page.locator(".hits > li").all()
    link = hit.get_by_role("link").first
    assert link.inner_text() == "2. Insatser – Verksamhetsplan 2025"
    assert hit.locator(".hit__where").inner_text() == "Samordningsförbundet Väst · 2025 · Beslutad 20 november 2024"
    assert hit.locator("mark").all_inner_texts() == ["Kajen"]
    assert "O'Learys & co <3." in hit.locator(".hit__text").inner_text()
    link.click()
    expect(page).to_have_url(f"{searched.address}vast/2025/#2-insatser")


@pytest.mark.browser
@pytest.mark.parametrize("written", ["skola", "skolan", "skolor", "Skolorna"])
def test_a_word_is_found_in_all_its_forms(page: Page, written: str) -> None:
    look_for(page, written)
    told(page, f"1 sida innehåller ”{written}”.")


@pytest.mark.browser
@pytest.mark.parametrize("written", ["halsolots", "hälsolots", "HÄLSOLOTS", "Hamnby halsolots"])
def test_letters_with_and_without_their_dots_find_each_other(page: Page, written: str) -> None:
    look_for(page, written)
    expect(page.get_by_role("status")).to_contain_text(f"innehåller ”{written}”")
    assert "2. Insatser – Verksamhetsplan 2025" in hits(page)


@pytest.mark.browser
def test_dots_that_are_too_many_do_no_harm(page: Page) -> None:
    look_for(page, "Hämnby")
    expect(page.get_by_role("status")).to_contain_text("innehåller ”Hämnby”")


@pytest.mark.browser
@pytest.mark.parametrize("written", ["1 400 000", "1400000", "1 400 000 kr"])
def test_an_amount_is_found_however_it_is_written(page: Page, written: str) -> None:
    look_for(page, written)
    expect(page.get_by_role("status")).to_contain_text(f"innehåller ”{written}”")
    assert re.search("1.400.000", page.locator(".hit__text mark").first.inner_text())


@pytest.mark.browser
def test_a_chart_is_found_by_its_heading_and_the_link_leads_there(page: Page) -> None:
    look_for(page, "hundralapp")
    expect(page.get_by_role("status")).to_contain_text("innehåller ”hundralapp”")
    assert hits(page)[0] == "Så används en hundralapp 2025 – Verksamhetsplan 2025"


@pytest.mark.browser
def test_a_kommun_leads_first_to_the_forbund_that_it_is_a_member_of(page: Page) -> None:
    for written in ("Hamnby kommun", "hamnby"):
        look_for(page, written)
        expect(page.get_by_role("status")).to_contain_text(f"innehåller ”{written}”")
        assert hits(page)[0].endswith("– Samordningsförbundet Väst")


@pytest.mark.browser
@pytest.mark.parametrize(("written", "like"), [("hälsolåts", "hälsolots"), ("FK", "försäkringskassan")])
def test_what_no_page_contains_is_said_not_to_be_found_and_what_is_like_it_is_shown(
    page: Page, written: str, like: str
) -> None:
    look_for(page, written)
    told(page, f"Vi hittade inget om ”{written}”. Liknande: ”{like}”.")
    assert hits(page)


@pytest.mark.browser
def test_pages_that_have_some_of_the_words_are_shown_as_such(page: Page) -> None:
    look_for(page, "kajen xylofon")
    told(page, "Ingen sida innehåller alla orden i ”kajen xylofon”. Här är sidor som innehåller några av dem.")
    assert hits(page) == ["2. Insatser – Verksamhetsplan 2025"]


@pytest.mark.browser
def test_a_part_of_a_compound_is_found(page: Page) -> None:
    look_for(page, "lots")
    told(page, "2 sidor innehåller ”lots”.")


@pytest.mark.browser
def test_without_a_hit_there_is_no_list_and_a_way_on(page: Page) -> None:
    look_for(page, "xylofon")
    told(page, "Vi hittade inget om ”xylofon” i de senaste planerna.")
    assert page.locator("ol.hits").count() == 0
    page.get_by_label("Ta med äldre planer").check()
    told(page, "Vi hittade inget om ”xylofon”.")
    assert page.get_by_role("button", name="Sök i alla planer").count() == 0


@pytest.mark.browser
def test_without_a_hit_what_was_chosen_is_told_and_one_press_searches_everywhere(page: Page) -> None:
    page.get_by_label("Förbund").select_option("Samordningsförbundet Väst")
    page.get_by_label("År", exact=True).select_option("2024")
    look_for(page, "fjärrkurs")
    told(page, "Vi hittade inget om ”fjärrkurs” i det du har valt: Samordningsförbundet Väst, 2024.")
    page.get_by_role("button", name="Sök i alla planer, även äldre").click()
    told(page, "1 sida innehåller ”fjärrkurs”.")
    assert page.get_by_label("Förbund").input_value() == page.get_by_label("År", exact=True).input_value() == ""
    assert page.get_by_label("Ta med äldre planer").is_checked()
    assert page.locator(":focus").inner_text() == "Sök"
    assert "aldre=ja" in page.url
    assert "forbund" not in page.url


@pytest.mark.browser
@pytest.mark.parametrize("written", ["", "   "])
def test_who_searches_for_nothing_is_told_what_to_write(page: Page, written: str) -> None:
    expect(page.get_by_role("status")).to_be_empty()
    look_for(page, "kajen")
    told(page, "1 sida innehåller ”kajen”.")
    look_for(page, written)
    told(page, "Skriv ett ord att söka efter, till exempel rehabilitering.")
    assert page.locator("ol.hits").count() == 0
    assert page.get_by_label("Ord att söka efter").evaluate("field => field === document.activeElement")


@pytest.mark.browser
def test_an_excerpt_keeps_cells_and_rows_of_a_table_apart(site: TestSite, new_page: NewPage) -> None:
    site.write_plan(PLAN, ("    status: beslutad\n", f"    status: beslutad\n{GOALS}"))
    assert site.build(search=True) == 0, site.printed
    page = new_page()
    with served(site.output) as at:
        page.goto(f"{at.address}sok/?q=kompetensveckan")
        told(page, "1 sida innehåller ”kompetensveckan”.")
        excerpt = page.locator(".hit__text").inner_text()
    assert "Personal möts. Aktiviteter: Kompetensveckan." in excerpt
    assert "Inte angivet" not in excerpt


@pytest.mark.browser
def test_words_that_look_like_markup_are_only_words(page: Page) -> None:
    look_for(page, "<img src=x onerror=alert(1)>")
    expect(page.get_by_role("status")).to_contain_text("”<img src=x onerror=alert(1)>”")
    assert page.locator("main img").count() == 0


GOALS = """    mål:
    - text: Fler i arbete
      delmål:
        - {text: Personal möts, aktiviteter: [Kompetensveckan], mått: [Antal möten]}
        - {text: Chefer möts, aktiviteter: [Frukostar]}
"""


# --- Narrowing down -------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_older_plans_and_earlier_versions_are_found_by_those_who_ask(page: Page) -> None:
    look_for(page, "fjärrkurs")
    expect(page.get_by_role("status")).to_contain_text("Vi hittade inget")
    page.get_by_label("Ta med äldre planer").check()
    told(page, "1 sida innehåller ”fjärrkurs”.")
    assert page.locator(".hit__where").inner_text() == "Samordningsförbundet Norr · 2025 · Förslag"
    look_for(page, "Gläntan")
    told(page, "2 sidor innehåller ”Gläntan”.")
    page.get_by_label("Ta med äldre planer").uncheck()
    told(page, "1 sida innehåller ”Gläntan”.")


@pytest.mark.browser
def test_who_picks_a_year_gets_its_plan_however_old(page: Page) -> None:
    page.get_by_label("År", exact=True).select_option("2023")
    look_for(page, "Gläntan")
    told(page, "1 sida innehåller ”Gläntan”.")
    assert page.locator(".hit__where").inner_text() == "Samordningsförbundet Norr · 2023 · Beslutad 20 november 2022"
    page.get_by_label("År", exact=True).select_option("2025")
    look_for(page, "fjärrkurs")
    expect(page.get_by_role("status")).to_contain_text("Vi hittade inget")


@pytest.mark.browser
def test_a_search_can_be_kept_to_one_forbund(page: Page) -> None:
    look_for(page, "hälsolots")
    told(page, "2 sidor innehåller ”hälsolots”.")
    page.get_by_label("Förbund").select_option("Samordningsförbundet Väst")
    told(page, "1 sida innehåller ”hälsolots”.")
    assert page.locator(".hit__where").inner_text().startswith("Samordningsförbundet Väst")


@pytest.mark.browser
def test_the_address_holds_the_search_and_the_way_back_leads_to_it(
    page: Page, searched: ServedSite, new_page: NewPage
) -> None:
    look_for(page, "Gläntan")
    told(page, "1 sida innehåller ”Gläntan”.")
    page.get_by_label("Ta med äldre planer").check()
    told(page, "2 sidor innehåller ”Gläntan”.")
    address = page.url
    assert address == f"{searched.address}sok/?q=Gl%C3%A4ntan&aldre=ja"
    page.go_back()
    told(page, "1 sida innehåller ”Gläntan”.")
    again = new_page()
    again.goto(address)
    told(again, "2 sidor innehåller ”Gläntan”.")
    assert again.get_by_label("Ta med äldre planer").is_checked()
    again.locator(".hits a").first.click()
    again.go_back()
    told(again, "2 sidor innehåller ”Gläntan”.")


@pytest.mark.browser
def test_ten_hits_are_shown_and_the_rest_when_asked_for(site: TestSite, new_page: NewPage) -> None:
    for year in range(2010, 2025):
        site.write(f"norr/{year}/plan.md", plan_of(year, "En hälsolots anställs."))
    assert site.build(search=True) == 0, site.printed
    page = new_page()
    with served(site.output) as at:
        page.goto(f"{at.address}sok/?q=hälsolots&aldre=ja")
        told(page, "15 sidor innehåller ”hälsolots”. De 10 bästa visas.")
        assert len(hits(page)) == 10
        page.get_by_role("button", name="Visa fler träffar").click()
        expect(page.locator(".hits > li")).to_have_count(15)
        expect(page.get_by_role("button", name="Visa fler träffar")).to_have_count(0)
        assert page.locator(".hits > li").nth(10).locator("a:focus").count() == 1


# --- For everyone ---------------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_search_breaks_no_policy_and_has_no_accessibility_fault(
    searched: ServedSite, new_page: NewPage, width: int, theme: str
) -> None:
    page = new_page(width=width, theme=theme, first=axe())
    noted = complaints(page, searched)
    page.goto(searched.address + "sok/")
    assert accessibility_faults(page) == []
    for words in ("hälsolots", "xylofon"):
        look_for(page, words)
        expect(page.get_by_role("status")).to_contain_text(words)
        assert accessibility_faults(page) == []
    page.get_by_label("Ta med äldre planer").check()
    expect(page.get_by_role("status")).to_have_text("Vi hittade inget om ”xylofon”.")
    look_for(page, "")
    expect(page.get_by_role("status")).to_contain_text("Skriv ett ord")
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert noted == []


@pytest.mark.browser
def test_all_of_the_search_is_reached_by_keyboard_and_focus_stays_in_the_field(page: Page) -> None:
    page.get_by_label("Ord att söka efter").focus()
    page.keyboard.type("hälsolots")
    page.keyboard.press("Enter")
    told(page, "2 sidor innehåller ”hälsolots”.")
    assert page.get_by_label("Ord att söka efter").evaluate("field => field === document.activeElement")
    reached = [page.evaluate(FOCUSED) for _ in range(5) if page.keyboard.press("Tab") is None]
    assert reached == ["sok", "sokforbund", "sokar", "sokaldre", "hit"]


FOCUSED = """() => {
    const at = document.activeElement;
    return at.id || (at.type === "submit" ? "sok" : at.closest(".hit") ? "hit" : at.localName);
}"""


@pytest.mark.browser
def test_focus_is_always_seen_on_the_search_page(searched: ServedSite, new_page: NewPage) -> None:
    page = new_page(width=PHONE, reduced_motion="reduce")
    page.goto(searched.address + "sok/?q=hälsolots")
    told(page, "2 sidor innehåller ”hälsolots”.")
    for stop in tab_stops(page):
        assert stop.outline == "solid", stop
        assert stop.contrast >= 3, stop
        assert stop.in_view, stop


@pytest.mark.browser
def test_every_page_leads_to_the_search(searched: ServedSite, new_page: NewPage) -> None:
    page = new_page()
    for path in ("", "norr/", "norr/2025/", "norr/2025/forslag/", "insyn/"):
        page.goto(searched.address + path)
        page.get_by_role("banner").get_by_role("link", name="Sök").click()
        expect(page).to_have_url(f"{searched.address}sok/")


@pytest.mark.browser
def test_without_scripts_the_list_from_a_to_o_leads_everywhere(searched: ServedSite, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(searched.address + "sok/")
    assert not page.get_by_label("Ord att söka efter").is_visible()
    assert page.get_by_text("Sökrutan visas när webbläsaren kan köra JavaScript").is_visible()
    assert page.locator(".index h3").all_inner_texts() == ["H", "S", "V", "Å", "Ö"]
    entry = page.locator(".index__entries > li", has_text="Samordningsförbundet Norr").first
    assert entry.get_by_role("link").all_text_contents()[1:] == [
        f"{year}, Samordningsförbundet Norr" for year in (2025, 2024, 2023)
    ]
    entry = page.locator(".index__entries > li", has_text="Östby kommun")
    entry.get_by_role("link").click()
    assert page.url == f"{searched.address}norr/"


@pytest.mark.browser
def test_with_scripts_the_sentence_about_them_is_gone(page: Page) -> None:
    assert page.get_by_label("Ord att söka efter").is_visible()
    assert not page.get_by_text("Sökrutan visas när").is_visible()


@pytest.mark.browser
def test_opened_from_a_disk_the_page_says_why_there_is_no_form(searched: ServedSite, new_page: NewPage) -> None:
    page = new_page()
    page.goto((searched.folder / "sok" / "index.html").as_uri())
    assert not page.get_by_label("Ord att söka efter").is_visible()
    assert page.get_by_text("sidan hämtas från en webbserver").is_visible()
    page.get_by_role("link", name=re.compile("^2024 ?, Samordningsförbundet Norr")).click()
    assert page.url == (searched.folder / "norr" / "2024" / "index.html").as_uri()


@pytest.mark.browser
def test_when_the_index_cant_be_reached_the_page_says_so_and_the_next_search_tries_again(page: Page) -> None:
    page.route("**/sok/nu/**", lambda route: route.abort())
    look_for(page, "kajen")
    expect(page.get_by_role("status")).to_contain_text("Sökningen går inte att nå just nu.")
    page.unroute_all()
    page.reload()
    look_for(page, "kajen")
    told(page, "1 sida innehåller ”kajen”.")


# --- The index and the build ----------------------------------------------------------------------------------------


def quiet(_step: str, _done: int, _total: int) -> None:
    """Show no progress."""


def build(site: TestSite, *, search: bool = True) -> pipeline.WorkCounts:
    outcome = pipeline.build(site.content, site.output, quiet, search=search)
    assert not outcome.has_errors
    pipeline.write_record(outcome, site.content, site.output, "", "")
    return outcome.work


def indexed(site: TestSite, name: str) -> dict[str, str]:
    """Return the indexed words of each page, by its address."""
    folder = site.output / "sok" / name
    pages = json.loads((folder / "sok.json").read_text("utf-8"))["pages"]
    return {page["url"]: (folder / page["text"]).read_text("utf-8") for page in pages}


def test_what_applies_and_what_is_older_have_an_index_each(site: TestSite) -> None:
    write_site(site)
    assert build(site).indexes == ("sok/aldre/0/", "sok/aldre/1/", "sok/nu/")
    about = {"jamfor/", "jamfor/2025/", "om-uppgifterna/"}
    assert set(indexed(site, "nu")) == about | {"norr/", "norr/2025/", "vast/", "vast/2025/"}
    assert sorted(indexed(site, "aldre/0")) == ["norr/2024/"]
    assert sorted(indexed(site, "aldre/1")) == ["norr/2023/", "norr/2025/forslag/"]


def test_a_proposal_to_change_what_applies_is_searched_with_it(site: TestSite) -> None:
    site.write("norr/2025/versioner/2024-11-20.md", PLAN)
    proposal = PLAN.replace(*PROPOSED).replace("status:", "förslag_publicerat: 2025-03-01\n    status:")
    site.write("norr/2025/plan.md", proposal)
    build(site)
    assert {"norr/2025/", "norr/2025/forslag/"} <= set(indexed(site, "nu"))
    assert not (site.output / "sok" / "aldre").exists()


def test_an_edit_makes_only_the_index_that_it_is_in(site: TestSite) -> None:
    write_site(site)
    build(site)
    site.edit("norr/2025/plan.md", "två hälsolotsar", "tre hälsolotsar")
    assert build(site).indexes == ("sok/nu/",)
    assert "tre hälsolotsar" in indexed(site, "nu")["norr/2025/"]
    site.edit("norr/2023/plan.md", "prövas", "läggs ned")
    assert build(site).indexes == ("sok/aldre/1/",)
    assert "läggs ned" in indexed(site, "aldre/1")["norr/2023/"]


def test_what_changes_no_indexed_page_makes_no_index(site: TestSite) -> None:
    write_site(site)
    build(site)
    assert build(site).indexes == ()
    (site.output / "index.html").write_text("förstörd", "utf-8")
    assert build(site).indexes == ()


def test_a_lost_or_altered_part_of_an_index_is_mended(site: TestSite) -> None:
    write_site(site)
    build(site)
    before = site.files()
    fragments = sorted((site.output / "sok/nu/sida").iterdir())
    fragments[0].unlink()
    assert build(site).indexes == ("sok/nu/",)
    fragments[1].write_bytes(b"something else")
    assert build(site).indexes == ("sok/nu/",)
    assert site.files() == before


def test_an_index_without_pages_goes(site: TestSite) -> None:
    write_site(site)
    build(site)
    shutil.rmtree(site.content / "norr/2023")
    shutil.rmtree(site.content / "norr/2024")
    shutil.rmtree(site.content / "norr/2025/versioner")
    build(site)
    assert not (site.output / "sok" / "aldre").exists()
    assert 'id="sokaldre"' not in site.page("sok")


def test_the_same_plans_give_the_same_index_to_the_byte(site: TestSite, tmp_path: Path) -> None:
    write_site(site)
    build(site)
    first = site.files()
    for _ in range(4):
        shutil.rmtree(site.output)
        shutil.rmtree(tmp_path / ".insyn-cache")
        build(site)
        assert site.files() == first


def test_an_edit_can_be_looked_at_without_waiting_for_the_index_which_the_next_build_makes(site: TestSite) -> None:
    write_site(site)
    build(site)
    site.edit("norr/2025/plan.md", "två hälsolotsar", "tre hälsolotsar")
    assert build(site, search=False).indexes == ()
    assert "tre hälsolotsar" in site.page("norr/2025")
    assert not (site.output / "sok" / "nu").exists(), "a search that is stale is worse than none"
    assert site.build(search=True) == 0
    assert "tre hälsolotsar" in indexed(site, "nu")["norr/2025/"]


def test_a_row_is_read_with_its_columns_and_signs_for_the_eye_are_not_read() -> None:
    page = searched_page(
        """<body><nav><p>Meny</p></nav><main data-lage="nu" data-namn="A&amp;B|C"><h1>Verksam\u00adhetsplan</h1>
        <p data-unsearched>Inte detta</p><h2 id="intakter">Intäkter</h2><table><caption>Kronor</caption>
        <thead><tr><th>Part</th><th>Budget 2025</th></tr></thead>
        <tr><th>Åby<wbr> kommun<sup>*</sup></th><td>557\u00a0750</td></tr></table><h3>Utan namn</h3></main></body>
        """.encode()
    )
    assert page.title == "Verksamhetsplan"
    assert page.tags == {"lage": "nu", "namn": "A&B|C"}
    (_, part) = page.parts
    assert (part.id, part.heading) == ("intakter", "Intäkter")
    assert part.blocks == ("Kronor", "Åby kommun*. Budget 2025: 557\u00a0750", "Utan namn")
    assert page.words["557750"] == page.words["åby"] == 0
    assert page.words["intäkter"] == page.words["verksamhetsplan"] == 1


def test_an_index_too_large_for_one_answer_is_cut_in_chunks_that_have_every_word() -> None:
    places = {f"ord{number:05}": list(range(0, 400, 3)) for number in range(2000)}
    chunks = [(first, json.loads(body)) for first, body in chunks_of(places)]
    assert len(chunks) > 2
    assert all(next(iter(chunk)) == first for first, chunk in chunks)
    joined = {word: list(accumulate(steps)) for _, chunk in chunks for word, steps in chunk.items()}
    assert joined == places
