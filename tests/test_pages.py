"""The contents and links of each page. `pytest --update-golden` rewrites the pages kept in tests/golden/."""

import re
from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from insyn.swedish import slug
from tests.published import page, said
from tests.site import ASSOCIATION, PLAN, PLAN_FILE, SETTINGS, TestSite, read_page

GOLDEN = Path(__file__).parent / "golden"
GOLDEN_PAGES = {
    "forbund.html": "norr/index.html",
    "plan.html": "norr/2025/index.html",
    "404.html": "404.html",
    "tillganglighet.html": "tillganglighet/index.html",
}
"""For each golden file, the page of the smallest site whose main part it holds."""


def first(root: Element, name: str) -> Element:
    """Return the first element of a class."""
    return next(element for element in root.iter() if name in element.get("class", "").split())


def has(root: Element, name: str) -> bool:
    return any(name in element.get("class", "").split() for element in root.iter())


def banner(site: TestSite, path: str = "norr/2025/") -> str:
    return said(first(page(site, path), "banner"))


def title(site: TestSite, path: str = "norr/2025/") -> str:
    (found,) = page(site, path).iter("title")
    return said(found)


def meta(site: TestSite, path: str, name: str) -> str | None:
    found = [one.get("content") for one in page(site, path).iter("meta") if one.get("name") == name]
    return found[0] if found else None


def canonical(site: TestSite, path: str) -> str | None:
    found = [one.get("href") for one in page(site, path).iter("link") if one.get("rel") == "canonical"]
    return found[0] if found else None


def navigation(root: Element, name: str) -> list[tuple[str, str | None]]:
    """Return text and address of the entries in a menu; None for the address of an entry without a link."""
    (nav,) = (one for one in root.iter("nav") if one.get("aria-label") == name)
    return [(said(item), next((link.get("href") for link in item.iter("a")), None)) for item in nav.iter("li")]


def build(site: TestSite, *changes: tuple[str, str]) -> TestSite:
    """Build the site with a plan, with each change replacing a text that must be in it."""
    site.write_plan(PLAN, *changes)
    assert site.build() == 0, site.printed
    return site


def add_plan(site: TestSite, year: int, *changes: tuple[str, str]) -> None:
    """Write the plan of another year."""
    text = re.sub("202[456]", lambda written: str(int(written[0]) - 2025 + year), PLAN)
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    site.write(f"norr/{year}/plan.md", text)


PROPOSAL = ("status: beslutad", "status: förslag")
NO_DECISION = ("    beslut: {organ: styrelsen, datum: 2024-11-20}\n", "")


# --- Golden pages ---------------------------------------------------------------------------------------------------


def main_part(html: str) -> str:
    """Return the HTML between header and footer, without drawings and checksums, which have tests of their own."""
    (main,) = re.findall(r"<main.*</main>", html, re.DOTALL)
    without = re.sub(r"<svg.*?</svg>", "<svg/>", main, flags=re.DOTALL)
    return re.sub(r"\b[0-9a-f]{64}\b|(?<=xlsx, )\d[^)]*", "…", without) + "\n"


@pytest.mark.parametrize("name", GOLDEN_PAGES)
def test_the_page_is_as_it_was_last_read_by_a_person(name: str, site: TestSite, request: pytest.FixtureRequest) -> None:
    build(site)
    now = main_part(read_page(site.output / GOLDEN_PAGES[name]))
    if request.config.getoption("--update-golden"):
        (GOLDEN / name).write_text(now, "utf-8")
    assert (GOLDEN / name).read_text("utf-8") == now


def test_every_golden_file_is_used() -> None:
    assert sorted(file.name for file in GOLDEN.glob("*.*")) == sorted(GOLDEN_PAGES)


# --- Status ---------------------------------------------------------------------------------------------------------


def test_a_proposal_says_so_first_and_may_be_found_while_it_awaits_a_decision(site: TestSite) -> None:
    build(site, PROPOSAL, NO_DECISION)
    assert title(site) == "Förslag: Verksamhetsplan 2025 – Samordningsförbundet Norr – Provplatsen"
    assert banner(site) == ("Förslag. Om eller när planen har beslutats är inte ifyllt här.")
    assert meta(site, "norr/2025/", "robots") is None


def test_a_proposal_that_a_later_decision_has_overtaken_is_kept_from_search_engines(site: TestSite) -> None:
    add_plan(site, 2026)
    build(site, PROPOSAL, NO_DECISION)
    assert meta(site, "norr/2025/", "robots") == "noindex"
    assert "Aktuella förslag" not in site.text_of("")


def test_a_proposal_is_not_held_against_the_law_of_a_decision_that_is_still_to_come(site: TestSite) -> None:
    site.write_plan()
    assert site.build() == 0, site.printed
    assert "Reglerna är de som gällde när planen beslutades" in site.text_of("norr/2025/")
    site.write_plan(PLAN, ("    beslut: {organ: styrelsen, datum: 2024-11-20}\n", ""), ("beslutad", "förslag"))
    assert site.build() == 0, site.printed
    page = site.text_of("norr/2025/").replace("\u00a0", " ")
    assert "när planen beslutades" not in page
    assert "Reglerna är de som gällde den 30 november 2024, sista dagen att besluta om budgeten" in page


def test_a_proposal_names_the_meeting_that_will_decide_on_it(site: TestSite) -> None:
    meeting = "    sammanträde: {datum: 2024-11-20, tid: 09.00, plats: Kommunhuset i Åby}\n"
    build(site, PROPOSAL, (NO_DECISION[0], meeting))
    assert banner(site) == (
        "Förslag. Planen är inte beslutad. Den tas upp på ett möte"
        " den 20 november 2024 klockan 09.00 i Kommunhuset i Åby. Mötet är öppet för allmänheten."
        " Siffror och text kan ändras."
    )


def test_an_adopted_plan_has_its_day_and_no_banner(site: TestSite) -> None:
    build(site)
    assert not has(page(site, "norr/2025/"), "banner")
    assert said(first(page(site, "norr/2025/"), "status")) == "Beslutad 20 november 2024"
    assert meta(site, "norr/2025/", "robots") is None
    assert title(site) == "Verksamhetsplan 2025 – Samordningsförbundet Norr – Provplatsen"


def test_an_adopted_plan_whose_day_is_unknown_says_only_that(site: TestSite) -> None:
    build(site, NO_DECISION)
    assert said(first(page(site, "norr/2025/"), "status")) == "Beslutad"


def test_an_older_plan_leads_to_the_one_that_applies(site: TestSite) -> None:
    add_plan(site, 2023)
    add_plan(site, 2024)
    build(site)
    assert banner(site, "norr/2023/") == "Äldre plan. Den gällde 2023. Gå till planen för 2025"
    (link,) = first(page(site, "norr/2024/"), "banner").iter("a")
    assert link.get("href") == "../../norr/2025/"
    assert not has(page(site, "norr/2025/"), "banner")


def test_a_plan_is_not_older_because_of_a_proposal(site: TestSite) -> None:
    add_plan(site, 2026, PROPOSAL, ("    beslut: {organ: styrelsen, datum: 2025-11-20}\n", ""))
    site.write("soder/forbund.md", ASSOCIATION.replace("Norr", "Söder"))
    site.write("webbplats.yaml", SETTINGS.replace("[norr]", "[norr, soder]"))
    build(site)
    assert not has(page(site, "norr/2025/"), "banner")
    assert "Verksamhetsplan 2025" in site.text_of("")
    waiting, _, rest = site.text_of("").partition("Hitta ditt förbund")
    assert "Aktuella förslag Verksamhetsplan 2026" in waiting
    assert "Verksamhetsplan 2026" not in rest


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("ersatt", "Ersatt. Planen gäller inte längre."),
        ("upphävd", "Upphävd. Planen gäller inte."),
    ],
)
def test_a_plan_that_no_longer_applies_says_so(status: str, says: str, site: TestSite) -> None:
    build(site, ("status: beslutad", f"status: {status}"))
    assert banner(site) == says


REVISED = (
    "status: beslutad",
    """status: reviderad
    revideringar:
      - {datum: 2025-02-10, sammanfattning: Mer till coachning.}
      - {datum: 2025-04-01}""",
)


def test_a_revised_plan_tells_when_and_what_was_changed_newest_first(site: TestSite) -> None:
    build(site, REVISED)
    assert banner(site) == "Reviderad. Planen beslutades den 20 november 2024 och ändrades den 1 april 2025."
    root = page(site, "norr/2025/")
    assert not has(root, "status")
    (section,) = (one for one in root.iter("section") if one.get("aria-labelledby") == "andringar")
    assert [said(one) for one in section.iter("li")] == [
        "1 april 2025 Planen reviderades. Vad som ändrades är inte ifyllt här.",
        "10 februari 2025 Planen reviderades. Mer till coachning.",
        "20 november 2024 Styrelsen beslutade om planen. "
        "Det var i tid: enligt lagen är sista dagen den 30 november 2024.",
    ]
    assert [one.get("datetime") for one in section.iter("time")] == ["2025-04-01", "2025-02-10", "2024-11-20"]


# --- Order and notices ----------------------------------------------------------------------------------------------


def sections(site: TestSite) -> list[str]:
    return [
        one.get("aria-labelledby", "") for one in page(site, "norr/2025/").iter("section") if has_class(one, "section")
    ]


def has_class(element: Element, name: str) -> bool:
    return name in element.get("class", "").split()


def contents(site: TestSite) -> list[str]:
    nav = next(one for one in page(site, "norr/2025/").iter("nav") if one.get("id") == "innehall")
    return [link.get("href", "") for link in nav.iter("a")]


def test_figures_come_before_the_text_unless_the_forbund_wants_the_text_first(site: TestSite) -> None:
    figures = ["betalar", "pengarna", "vad-som-andras", "resultat", "sa-stammer-planen", "hela-budgeten"]
    build(site)
    last = ["beslut", "andringar", "ladda-ner", "fragor", "ord-pa-sidan", "om-sidan"]
    assert sections(site) == ["i-korthet", *figures, "planen", *last]
    build(site, ("status: beslutad", "status: beslutad\n    ordning: text-först"))
    assert sections(site) == ["i-korthet", "planen", *figures, *last]
    assert contents(site)[:3] == ["#i-korthet", "#planen", "#1-uppdrag"]


def test_the_contents_lead_to_every_section_in_its_order(site: TestSite) -> None:
    build(site, REVISED)
    chapters = {"#1-uppdrag"}
    assert [href for href in contents(site) if href not in chapters] == [f"#{id}" for id in sections(site)]


def test_a_retold_plan_says_so_at_the_top_and_over_the_text(site: TestSite) -> None:
    build(site, ("status: beslutad", "status: beslutad\n    återberättad: ja"))
    text = site.text_of("norr/2025/")
    assert (
        "återberättad med egna ord av provplatsens utgivare, inte av förbundet. Siffror, namn och datum är planens."
        in text
    )
    assert "Återberättad kapitel för kapitel." in text
    build(site)
    assert "återberätta" not in site.text_of("norr/2025/")


def test_what_is_made_from_the_budget_is_never_taken_for_the_decision(site: TestSite) -> None:
    build(site)
    root = page(site, "norr/2025/")
    generated = [
        one
        for one in root.iter("section")
        if one.get("aria-labelledby") in {"betalar", "pengarna", "vad-som-andras", "resultat"}
    ]
    assert len(generated) == 4
    assert said(first(generated[0], "origin")).startswith(
        "Framtaget ur budgeten. Rubriker, meningar och diagram är webbplatsens, inte planens."
    )
    assert said(first(root, "hero__origin")).startswith("Framtaget ur planens budget.")


def test_a_plan_can_be_cited(site: TestSite) -> None:
    build(site)
    assert "Samordningsförbundet Norr. Verksamhetsplan 2025." in site.text_of("norr/2025/")
    site.write("webbplats.yaml", f"{SETTINGS}    adress: https://www.norr.se/planer\n")
    build(site)
    cited = "Samordningsförbundet Norr. Verksamhetsplan 2025. Beslutad 20 november 2024. https://www.norr.se/planer/norr/2025/"
    assert cited in site.text_of("norr/2025/")


# --- The money in a few words ---------------------------------------------------------------------------------------


def lead(site: TestSite) -> str:
    return said(first(page(site, "norr/2025/"), "hero__lead"))


def key_figures(site: TestSite) -> list[tuple[str, ...]]:
    """Return the parts of each key figure: label, value and note."""
    found = (one for one in page(site, "norr/2025/").iter("div") if has_class(one, "key-figures__figure"))
    return [tuple(said(part) for part in figure) for figure in found]


SAVED = (
    "resultat: {namn: Resultat, belopp: [0, 0]}",
    "eget_kapital: {ingående: {namn: Eget kapital, år: 2024, belopp: 700 000}}",
)
COSTS_MORE = (
    ("[1 500 000, 1 400 000]", "[1 750 000, 1 400 000]"),
    ("kostnader, belopp: [2 000 000", "kostnader, belopp: [2 250 000"),
)
COSTS_LESS = (
    ("[1 500 000, 1 400 000]", "[1 400 000, 1 400 000]"),
    ("kostnader, belopp: [2 000 000", "kostnader, belopp: [1 900 000"),
)


def test_an_even_year_in_a_few_words(site: TestSite) -> None:
    build(site)
    assert lead(site) == (
        "Samordningsförbundet Norr räknar med intäkter på 2 miljoner kronor under 2025"
        " och planerar att använda lika mycket."
    )
    assert key_figures(site)[2] == ("Resultat 2025", "0 kr", "intäkter och kostnader är lika stora")


def test_a_deficit_that_savings_pay(site: TestSite) -> None:
    build(site, SAVED, *COSTS_MORE)
    assert lead(site).endswith(
        "och planerar att använda 2,25 miljoner kronor. Mellanskillnaden, 250 000 kronor, tas från sparade pengar."
    )
    assert key_figures(site) == [
        ("Intäkter 2025", "2,00 mnkr", "sparade pengar inte inräknade"),
        ("Kostnader 2025", "2,25 mnkr"),
        ("Resultat 2025", "−250 000 kr", "tas från sparade pengar"),
        ("Sparade pengar i slutet av 2025", "450 000 kr", "22,5 % av årets medlemsbidrag"),
    ]


def test_a_surplus_is_saved(site: TestSite) -> None:
    build(site, SAVED, *COSTS_LESS)
    assert lead(site).endswith("planerar att använda 1,9 miljoner kronor. Resten, 100 000 kronor, sparas.")
    assert key_figures(site)[2:] == [
        ("Resultat 2025", "+100 000 kr", "läggs till de sparade pengarna"),
        ("Sparade pengar i slutet av 2025", "800 000 kr", "40,0 % av årets medlemsbidrag"),
    ]


def test_a_plan_that_says_nothing_of_savings_is_not_said_to_lack_them(site: TestSite) -> None:
    """The plan doesn't tell how the deficit is paid, so the page doesn't either."""
    build(
        site,
        *COSTS_MORE,
        ("resultat: {namn: Resultat, belopp: [0, 0]}", "resultat: {namn: Resultat, belopp: [-250 000, 0]}"),
    )
    assert "Det fattas" not in lead(site)
    assert key_figures(site)[2][:2] == ("Resultat 2025", "−250 000 kr")
    assert "räcker inte" not in " ".join(key_figures(site)[2])


def test_when_savings_pay_a_part_only_the_rest_is_lacking(site: TestSite) -> None:
    build(site, (SAVED[0], SAVED[1].replace("700 000", "100 000")), *COSTS_MORE)
    assert "150 000 kronor" in lead(site)
    assert key_figures(site)[2] == ("Resultat 2025", "−250 000 kr", "sparade pengar räcker inte")


def test_the_change_since_the_year_before_is_told(site: TestSite) -> None:
    columns = ("        - {id: b2025,", "        - {id: p2024, år: 2024, typ: prognos}\n        - {id: b2025,")
    before = (
        ("[300 000, 300 000]", "[250 000, 300 000, 300 000]"),
        ("[1 500 000, 1 400 000]", "[1 550 000, 1 500 000, 1 400 000]"),
    )
    same = [(f"[{cell}, {cell}]", f"[{cell}, {cell}, {cell}]") for cell in ("200 000", "500 000", "1 000 000", "0")]
    sums = (
        ("intäkter, belopp: [2 000 000,", "intäkter, belopp: [1 950 000, 2 000 000,"),
        ("kostnader, belopp: [2 000 000,", "kostnader, belopp: [2 050 000, 2 000 000,"),
        ("[500 000, 600 000]", "[500 000, 500 000, 600 000]"),
        ("Resultat, belopp: [0, 0, 0]", "Resultat, belopp: [-100 000, 0, 0]"),
    )
    build(site, columns, *before, *same, *sums)
    assert [figure[1:] for figure in key_figures(site)[:2]] == [
        ("2,00 mnkr", "2,6 % högre än prognosen för 2024"),
        ("2,00 mnkr", "2,4 % lägre än prognosen för 2024"),
    ]


# --- Ways between pages ---------------------------------------------------------------------------------------------

ABOUT = """
    ---
    titel: Om webbplatsen
    meny: %s
    ---
    # Vad du kan läsa
"""


def test_the_menu_names_every_forbund_and_the_pages_that_ask_for_it(site: TestSite) -> None:
    site.write("sidor/om.md", ABOUT % "ja")
    site.write("sidor/ord.md", (ABOUT % "nej").replace("Om webbplatsen", "Ordlista"))
    build(site)
    assert navigation(page(site, ""), "Huvudmeny") == [
        ("Norr", "./norr/"),
        ("Om webbplatsen", "./om/"),
        ("Sök", "./sok/"),
    ]
    assert navigation(page(site, "norr/2025/"), "Huvudmeny") == [
        ("Norr", "../../norr/"),
        ("Om webbplatsen", "../../om/"),
        ("Sök", "../../sok/"),
    ]
    (footer,) = page(site, "norr/").iter("footer")
    assert [(said(one), one.get("href")) for one in footer.iter("a")] == [
        ("Beslut och ändringar", "../insyn/"),
        ("Öppna data", "../data/"),
        ("Om webbplatsen", "../om/"),
        ("Ordlista", "../ord/"),
        ("Om uppgifterna", "../om-uppgifterna/"),
        ("Tillgänglighetsredogörelse", "../tillganglighet/"),
    ]


def test_the_menu_shows_where_the_reader_is_also_on_pages_beneath(site: TestSite) -> None:
    site.write("webbplats.yaml", SETTINGS.replace("[norr]", "[norr, norra]"))
    site.write("norra/forbund.md", ASSOCIATION.replace("Norr", "Norra"))
    build(site)
    for path, current in (("", []), ("norr/", ["Norr"]), ("norr/2025/", ["Norr"]), ("norra/", ["Norra"])):
        header = next(one for one in page(site, path).iter("header") if has_class(one, "site-header"))
        assert [said(link) for link in header.iter("a") if link.get("aria-current")] == current


def test_breadcrumbs_lead_back_and_end_where_the_reader_is(site: TestSite) -> None:
    build(site)
    assert navigation(page(site, "norr/2025/"), "Du är här") == [
        ("Start", "../../"),
        ("Samordningsförbundet Norr", "../../norr/"),
        ("Verksamhetsplan 2025", None),
    ]
    assert navigation(page(site, "norr/"), "Du är här") == [("Start", "../"), ("Samordningsförbundet Norr", None)]
    assert not has(page(site, ""), "breadcrumbs")


def test_kommuner_are_found_by_letter_in_swedish_order(site: TestSite) -> None:
    more = "{namn: Älvby kommun, kort: Älvby, typ: kommun}\n  - {namn: Zinkby kommun, kort: Zinkby, typ: kommun}\n  - "
    site.write("webbplats.yaml", SETTINGS.replace("[norr]", "[norr, soder]"))
    site.write("soder/forbund.md", ASSOCIATION.replace("Norr", "Söder").replace("by", "mark"))
    build(site)
    site.edit("norr/forbund.md", "{namn: Östby", f"{more}{{namn: Östby")
    assert site.build() == 0, site.printed
    assert [said(letter) for letter in page(site, "").iter("dt")] == ["Z", "Å", "Ä", "Ö"]
    kommuner = list(page(site, "").iter("dd"))
    assert said(kommuner[1]) == "Åby, Samordningsförbundet Norr"
    assert next(kommuner[1].iter("a")).get("href") == "./norr/2025/#kommun.aby"


def test_a_kommun_in_two_forbund_leads_to_both(site: TestSite) -> None:
    site.write("webbplats.yaml", SETTINGS.replace("[norr]", "[norr, soder]"))
    site.write("soder/forbund.md", ASSOCIATION.replace("Norr", "Söder"))
    build(site)
    kommun = next(one for one in page(site, "").iter("dd"))
    assert [link.get("href") for link in kommun.iter("a")] == ["./norr/2025/#kommun.aby", "./soder/"]


def test_a_forbund_without_plans_has_a_page_that_says_so(site: TestSite) -> None:
    site.write("webbplats.yaml", SETTINGS.replace("[norr]", "[norr, soder]"))
    site.write("soder/forbund.md", ASSOCIATION.replace("Norr", "Söder"))
    build(site)
    assert "Förbundet har inga publicerade planer." in site.text_of("soder/")


def test_a_forbund_lists_its_plans_newest_first_and_shows_the_one_that_applies(site: TestSite) -> None:
    add_plan(site, 2024)
    add_plan(site, 2026, PROPOSAL, ("    beslut: {organ: styrelsen, datum: 2025-11-20}\n", ""))
    build(site)
    root = page(site, "norr/")
    assert [said(link) for link in first(root, "plan-list").iter("a")] == [
        "Verksamhetsplan 2026",
        "Verksamhetsplan 2025",
        "Verksamhetsplan 2024",
    ]
    assert "Verksamhetsplan 2025" in said(first(root, "card"))


# --- Addresses ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["https://www.norr.se/planer", "https://www.norr.se/planer/"])
def test_a_page_names_its_own_address_when_the_site_has_one(address: str, site: TestSite) -> None:
    site.write("webbplats.yaml", f"{SETTINGS}    adress: {address}\n")
    build(site)
    assert canonical(site, "") == "https://www.norr.se/planer/norr/"
    assert canonical(site, "norr/") == "https://www.norr.se/planer/norr/"
    assert canonical(site, "norr/2025/") == "https://www.norr.se/planer/norr/2025/"


def test_pages_that_no_one_should_find_name_no_address(site: TestSite) -> None:
    site.write("webbplats.yaml", f"{SETTINGS}    adress: https://www.norr.se\n")
    site.write("norr/2025/versioner/forslag.md", PLAN.replace(*PROPOSAL).replace(*NO_DECISION))
    build(site)
    assert canonical(site, "norr/2025/forslag/") is None
    assert canonical(site, "404.html") is None
    assert meta(site, "404.html", "robots") == "noindex"


def test_without_an_address_no_page_names_one(site: TestSite) -> None:
    build(site)
    assert [canonical(site, path) for path in ("", "norr/", "norr/2025/")] == [None, None, None]


def addresses(root: Element) -> set[str]:
    """Return every address inside the site that a page uses."""
    found = {one.get(name, "") for one in root.iter() for name in ("href", "src")}
    return {address for address in found if address and not address.startswith("#")}


@pytest.mark.parametrize(
    ("address", "top"), [("https://www.norr.se/planer", "/planer/"), ("https://www.norr.se", "/"), (None, "/")]
)
def test_the_page_for_missing_addresses_works_at_any_of_them(address: str | None, top: str, site: TestSite) -> None:
    """It is shown at /planer/norr/1999/x, where a relative link would lead astray."""
    site.write("webbplats.yaml", f"{SETTINGS}    adress: {address}\n" if address else SETTINGS)
    build(site)
    root = page(site, "404.html")
    assert {used for used in addresses(root) if not used.startswith(top)} == set()
    assert f"{top}norr/" in addresses(root)


def test_all_other_links_are_relative_so_that_the_site_can_lie_anywhere(site: TestSite) -> None:
    site.write("webbplats.yaml", f"{SETTINGS}    adress: https://www.norr.se/planer\n")
    build(site)
    for path in ("", "norr/", "norr/2025/"):
        inside = {used for used in addresses(page(site, path)) if not used.startswith("https://www.norr.se/planer/")}
        assert {used for used in inside if not used.startswith(("./", "../"))} == set()


# --- Ids ------------------------------------------------------------------------------------------------------------

FULL_PLAN = (
    *COSTS_MORE,
    (
        SAVED[0],
        SAVED[1]
        + """
      fotnoter: [{not: "*", text: Preliminärt.}]
      finansiella_mål: {punkter: [{text: Balans, not: "*"}], fotnoter: [{not: "*", text: Alltid.}]}""",
    ),
    ("namn: Kansli,", 'namn: Kansli, not: "*",'),
    (
        "status: beslutad",
        """status: beslutad
    källa: {rättelser: [{tryckt: Valfärd, rättat: Välfärd}]}
    mål: [{text: Fler i arbete, delmål: [{text: Kurs, aktiviteter: [Start], mått: [Antal]}]}]
    uppföljning: {punkter: [{text: Närvaro, not: "*"}], fotnoter: [{not: "*", text: Minst 75 %.}]}
    underskrifter: {personer: [{namn: Ada Ek, roll: Ordförande, organisation: Åby kommun}]}""",
    ),
)
"""A plan with every part that a page can have."""


def ids(site: TestSite, path: str) -> list[str]:
    return [one.get("id", "") for one in page(site, path).iter() if one.get("id")]


@pytest.mark.parametrize("path", ["norr/2025/", "norr/", "om/"])
def test_no_id_stands_twice_whatever_the_headings_in_a_text_are_called(path: str, site: TestSite) -> None:
    """Each id that a page has is tried as a heading: "Medlemmar" on a förbund's page, "Innehåll" on any."""
    site.write("sidor/om.md", f"{ABOUT % 'nej'}\n    # Två\n\n    # Tre\n")
    build(site, *FULL_PLAN)
    headings = "".join(f"\n# {id}\n" for id in ids(site, path) if slug(id) == id)
    file = {"norr/2025/": PLAN_FILE, "norr/": "norr/forbund.md", "om/": "sidor/om.md"}[path]
    text = (site.content / file).read_text("utf-8")
    (site.content / file).write_text(f"{text}{headings}", "utf-8")
    assert site.build() == 0, site.printed
    assert [id for id, times in Counter(ids(site, path)).items() if times > 1] == []


# --- A single förbund -----------------------------------------------------------------------------------------------


def test_the_page_of_the_only_forbund_is_the_start_page_too(site: TestSite) -> None:
    site.write("norr/forbund.md", f"{ASSOCIATION}    Läs [planen](2025/) och [öppna data](../data/).\n")
    site.write("webbplats.yaml", f"{SETTINGS}    adress: https://norr.se/insyn/\n")
    build(site)
    start, own = (site.page(path) for path in ("", "norr/"))
    for html in (start, own):
        assert '<h1 id="' not in html
        assert "<h1>Samordningsförbundet Norr</h1>" in html
        assert '<link rel="canonical" href="https://norr.se/insyn/norr/">' in html
    assert 'href="norr/2025/">planen</a>' in start
    assert 'href="norr/../data/">öppna data</a>' in start
    assert 'href="2025/">planen</a>' in own
    texts = [site.text_of(path) for path in ("", "norr/", "norr/2025/", "data/", "sok/", "om-uppgifterna/", "insyn/")]
    assert [
        text for text in texts if re.search("förbunden\\b|ditt förbund|kommunen där du bor", text, re.IGNORECASE)
    ] == []
