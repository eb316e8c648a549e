"""The accessibility statement: what readers find in it, and what staff are told if it doesn't meet the law."""

import pytest

from tests.site import PLAN, SETTINGS, TestSite, read_page

SETTINGS_WITHOUT = SETTINGS.partition("    tillgänglighet:")[0]
FULL = """
    tillgänglighet:
      aktör: Samordningsförbundet Norr
      tjänst: Norrs planer
      förenlighet: delvis förenlig
      brister:
        - {text: Kartan kan bara användas med mus., skäl: brist, åtgärdas: 2026-06-30}
        - {text: Filmen saknar syntolkning., skäl: brist}
        - {text: Inlästa protokoll., skäl: oskäligt-betungande, motivering: Det är 4 000 sidor.}
        - {text: Äldre dokument., skäl: utanför-lagen}
      bedömd: 2024-11-03
      uppdaterad: 2024-11-04
      metod: Vi har testat själva med skärmläsare.
      rapportera: {e-post: info@norr.se, telefon: "0123-456 78", svarstid: inom två arbetsdagar}
"""


def write_statement(site: TestSite, statement: str = FULL, *changes: tuple[str, str]) -> None:
    """Write the settings with a statement, with each change replacing a text that must be in it."""
    for before, after in changes:
        assert before in statement, f"{before!r} isn't in the statement"
        statement = statement.replace(before, after)
    site.write("webbplats.yaml", SETTINGS_WITHOUT + statement.lstrip("\n"))


def statement_of(site: TestSite, *changes: tuple[str, str]) -> str:
    """Build a site with the statement, and return the text of its page."""
    site.write_plan()
    write_statement(site, FULL, *changes)
    assert site.build() == 0, site.printed
    return site.text_of("tillganglighet/").replace("\u00a0", " ")


# --- The page -------------------------------------------------------------------------------------------------------


ASKED_FOR = (
    "Samordningsförbundet Norr står bakom den här webbplatsen.",
    "hur Norrs planer uppfyller lagen om tillgänglighet till digital offentlig service",
    "är delvis förenlig med lagen om tillgänglighet till digital offentlig service (2018:1937).",
    "Det här uppfyller inte lagens krav: Kartan kan bara användas med mus."
    " Ska vara åtgärdat senast den 30 juni 2026. Filmen saknar syntolkning.",
    "oskäligt betungande anpassning i 12 § lagen om tillgänglighet till digital offentlig service:"
    " Inlästa protokoll. Det är 4 000 sidor.",
    "Det här omfattas inte av lagen, enligt 9 § lagen om tillgänglighet till digital offentlig service:"
    " Äldre dokument.",
    "Den senaste bedömningen av webbplatsen gjordes den 3 november 2024.",
    "Redogörelsen uppdaterades den 4 november 2024.",
    "Vi har testat själva med skärmläsare.",
    "E-post: info@norr.se Telefon: 0123-456 78",
    "Vi svarar normalt inom två arbetsdagar.",
    "Anmäl till Myndigheten för digital förvaltning (Digg)",
    "Webbplatsen bedöms efter EN 301 549 V3.2.1 (WCAG 2.1).",
)


def test_everything_that_the_law_asks_for_stands_on_the_page(site: TestSite) -> None:
    said = statement_of(site)
    assert [sentence for sentence in ASKED_FOR if sentence not in said] == []


def test_the_page_has_the_headings_that_readers_know_from_other_authorities(site: TestSite) -> None:
    said = statement_of(site)
    headings = (
        "Vad kan du göra om du inte kan använda delar av webbplatsen?",
        "Rapportera brister",
        "Tillsyn",
        "Teknisk information om webbplatsens tillgänglighet",
        "Innehåll som inte är tillgängligt",
        "Oskäligt betungande anpassning",
        "Hur vi testat",
    )
    places = [said.index(heading) for heading in headings]
    assert places == sorted(places)


def test_a_reader_can_write_call_and_complain(site: TestSite) -> None:
    statement_of(site)
    html = site.page("tillganglighet/")
    assert 'href="mailto:info@norr.se"' in html
    assert 'href="tel:012345678"' in html
    assert 'href="https://www.digg.se/tdosanmalan"' in html


def test_two_numbers_in_one_are_shown_and_not_called(site: TestSite) -> None:
    said = statement_of(site, ('"0123-456 78"', '"0123-456 78 eller 0123-456 79"'))
    assert "0123-456 78 eller 0123-456 79" in said
    assert "tel:" not in site.page("tillganglighet/")


def test_authority_address_and_standard_are_settings_since_they_change(site: TestSite) -> None:
    supervision = '  tillsyn: {namn: Post- och telestyrelsen, länk: "https://www.pts.se/anmal"}\n'
    said = statement_of(
        site,
        ("      metod:", f"    {supervision}      standard: EN 301 549 V4.1.1 (WCAG 2.2)\n      metod:"),
    )
    assert "Post- och telestyrelsen har tillsyn över lagen" in said
    assert "EN 301 549 V4.1.1 (WCAG 2.2)." in said
    assert "Digg" not in said
    assert 'href="https://www.pts.se/anmal"' in site.page("tillganglighet/")


def test_the_service_is_the_site_when_nothing_else_is_said(site: TestSite) -> None:
    assert "Webbplatsen Provplatsen är delvis förenlig med" in statement_of(site, ("      tjänst: Norrs planer\n", ""))


def test_full_conformance_is_only_what_staff_have_written(site: TestSite) -> None:
    without_gaps = FULL[FULL.index("      brister:") : FULL.index("      bedömd:")]
    said = statement_of(site, ("delvis förenlig", "helt förenlig"), (without_gaps, ""))
    assert "Webbplatsen Norrs planer är helt förenlig med lagen" in said
    assert "Innehåll som inte är tillgängligt" not in said


@pytest.mark.parametrize(
    "left_out",
    ["aktör", "förenlighet", "bedömd", "uppdaterad", "metod", "rapportera"],
)
def test_what_is_missing_is_told_and_never_filled_in(site: TestSite, left_out: str) -> None:
    line = next(line for line in FULL.splitlines() if line.strip().startswith(f"{left_out}:"))
    said = statement_of(site, (f"{line}\n", ""))
    assert [(one.code, dict(one.values)["key"]) for one in site.found()] == [("statement-incomplete", left_out)]
    assert "tillgänglighetsredogörelse-ofullständig" in site.printed
    assert f"saknas ”{left_out}”" in site.printed
    if left_out == "förenlighet":
        assert "förenlig" not in said
    if left_out == "aktör":
        assert "står bakom" not in said


def test_what_staff_write_is_text_and_never_markup(site: TestSite) -> None:
    statement_of(site, ("aktör: Samordningsförbundet Norr", "aktör: Norr <b>& Söder"))
    assert "Norr &lt;b&gt;&amp; Söder står bakom" in site.page("tillganglighet/")


# --- From every page ------------------------------------------------------------------------------------------------


def test_every_page_leads_to_the_statement(site: TestSite) -> None:
    statement_of(site)
    pages = sorted(path for path in site.files() if path.endswith(".html"))
    assert len(pages) == 9
    for path in pages:
        footer = read_page(site.output / path).partition("<footer")[2]
        assert 'tillganglighet/"' in footer, path
        assert "Tillgänglighetsredogörelse</a>" in footer, path


def test_without_a_statement_there_is_no_page_no_link_and_a_warning(site: TestSite) -> None:
    site.write_plan()
    site.write("webbplats.yaml", SETTINGS_WITHOUT)
    assert site.build() == 0
    assert "content/webbplats.yaml:1:1  VARNING  tillgänglighetsredogörelse-saknas" in site.printed
    assert not (site.output / "tillganglighet").exists()
    assert [path for path, body in site.files().items() if b"tillganglighet/" in body] == []


def test_a_statement_that_is_taken_away_takes_its_page_and_its_links(site: TestSite) -> None:
    statement_of(site)
    site.write("webbplats.yaml", SETTINGS_WITHOUT)
    assert site.build() == 0
    assert not (site.output / "tillganglighet").exists()
    assert "tillganglighet" not in site.page("norr/2025/")


def test_staff_can_lead_to_the_statement_from_a_text(site: TestSite) -> None:
    link = "Läs [tillgänglighetsredogörelsen](../../tillganglighet/)."
    site.write_plan(PLAN, ("Förbundet stödjer samverkan.", link))
    assert site.found() == ()
    site.write("webbplats.yaml", SETTINGS_WITHOUT)
    assert sorted(one.code for one in site.found()) == ["link-broken", "statement-missing"]


# --- Age ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("assessed", "updated", "is_old"),
    [
        ("2024-11-19", "2024-11-20", False),
        ("2023-11-20", "2023-11-20", False),
        ("2023-11-19", "2024-11-20", True),
        ("2024-11-20", "2023-11-19", True),
        ("2039-01-01", "2039-01-01", False),
        ("9999-12-31", "9999-12-31", False),
    ],
)
def test_a_statement_is_old_a_year_before_the_newest_day_in_the_plans(
    site: TestSite, assessed: str, updated: str, is_old: bool
) -> None:
    """The plan was decided on 20 November 2024."""
    site.write_plan()
    write_statement(site, FULL, ("2024-11-03", assessed), ("2024-11-04", updated))
    assert [one.code for one in site.found()] == ["statement-old"] * is_old
    assert site.build() == 0


def test_an_old_statement_is_told_of_at_its_oldest_day_with_both_days(site: TestSite) -> None:
    site.write_plan()
    write_statement(site, FULL, ("2024-11-03", "2022-02-28"), ("2024-11-04", "2023-01-01"))
    site.build()
    assert "bedömd: 2022-02-28" in site.printed
    told = site.printed.replace("\u00a0", " ")
    assert "Här står 28 februari 2022, och det senaste som har hänt i planerna är från 20 november 2024." in told


def test_a_leap_day_is_a_year_old_on_the_first_of_march(site: TestSite) -> None:
    for decided, is_old in (("2025-02-28", False), ("2025-03-01", True)):
        site.write_plan(PLAN, ("2024-11-20", decided))
        write_statement(site, FULL, ("2024-11-03", "2024-02-29"))
        assert [one.code for one in site.found() if one.code != "decided-late"] == ["statement-old"] * is_old


@pytest.mark.parametrize(
    ("change", "is_old"),
    [
        (("status: beslutad", "status: beslutad\n    samråd: 2025-12-01"), True),
        (("status: beslutad", "status: reviderad\n    revideringar: [{datum: 2025-12-01}]"), True),
        (("2024-11-20}", "2024-11-20}\n    sammanträde: {datum: 2025-12-01}"), False),
        (("datum: 2024-11-20", "datum: 2054-11-20"), False),
        (("status: beslutad", "status: utkast\n    samråd: 2025-12-01"), False),
    ],
    ids=["consulted", "revised", "a meeting ahead", "a slip of the pen", "a draft"],
)
def test_what_has_happened_to_a_published_plan_tells_the_time(
    site: TestSite, change: tuple[str, str], is_old: bool
) -> None:
    site.write_plan(PLAN, change)
    write_statement(site)
    assert ("statement-old" in [one.code for one in site.found()]) is is_old


def test_the_same_content_says_the_same_whatever_day_it_is(site: TestSite) -> None:
    """A build with nothing to do repeats the words of the latest, so they must not have been about that day."""
    site.write_plan()
    write_statement(site, FULL, ("2024-11-03", "2022-02-28"))
    site.build()
    first = site.printed
    site.build()
    assert site.printed == first
    assert "tillgänglighetsredogörelse-gammal" in first
