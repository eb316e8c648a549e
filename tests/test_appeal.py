"""How to appeal a decision, as its page explains it: who may, on which grounds, until when, and in whose words."""

from datetime import date

import pytest

from insyn.law.appeal import last_day_to_appeal
from tests.site import ASSOCIATION, LAWFUL_PLAN, LAWFUL_PROPOSAL, PLAN_FILE, TestSite

PAGE = "norr/2025/"
DECIDED = "beslut: {organ: styrelsen, datum: 2024-11-20}"
OURS, UNKNOWN = "Texten är webbplatsens, inte förbundets.", "Vilken dag som är den sista är inte känt här"


def posted(day: str) -> tuple[str, str]:
    return DECIDED, DECIDED.replace("}", f", anslaget: {day}}}")


@pytest.mark.parametrize(
    ("announced", "last"),
    [
        ("2024-11-27", "2024-12-18"),  # three weeks to the day
        ("2025-11-28", "2025-12-19"),
        ("2025-12-03", "2025-12-29"),  # julafton, juldagen, annandag jul, then a weekend
        ("2025-12-02", "2025-12-23"),
        ("2025-12-10", "2026-01-02"),  # nyårsafton, nyårsdagen
        ("2025-12-16", "2026-01-07"),  # trettondedag jul
        ("2025-12-15", "2026-01-05"),
        ("2026-03-13", "2026-04-07"),  # långfredagen to annandag påsk
        ("2026-03-12", "2026-04-02"),
        ("2026-04-10", "2026-05-04"),  # första maj, then a weekend
        ("2026-04-23", "2026-05-15"),  # Kristi himmelsfärdsdag
        ("2025-05-16", "2025-06-09"),  # nationaldagen, a Friday, then a weekend
        ("2026-05-29", "2026-06-22"),  # midsommarafton
        ("2026-05-28", "2026-06-18"),
        ("2026-10-09", "2026-10-30"),  # the day before alla helgons dag is a working day
        ("2026-10-10", "2026-11-02"),
    ],
)
def test_the_last_day_is_three_weeks_later_or_the_next_working_day(announced: str, last: str) -> None:
    assert last_day_to_appeal(date.fromisoformat(announced)) == date.fromisoformat(last)


def test_without_words_of_their_own_the_site_says_what_the_law_says_and_whose_words_it_is(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN)
    assert site.build() == 0, site.printed
    words = site.text_of(PAGE).replace("\u00a0", " ")
    assert "28 § lagen (2003:1210) om finansiell samordning och 13 kap. kommunallagen (2017:725)" in words
    assert UNKNOWN in words
    assert OURS in words


def test_the_last_day_is_told_when_the_day_of_the_notice_is(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN, posted("2024-12-04"))
    assert site.build() == 0, site.printed
    assert "Sista dagen att överklaga: 27 december 2024, räknat från anslaget den 4 december 2024." in site.text_of(
        PAGE
    )
    assert UNKNOWN not in site.text_of(PAGE)


def test_a_revision_has_a_last_day_of_its_own(site: TestSite) -> None:
    revised = ("status: beslutad", "status: reviderad\n    revideringar: [{datum: 2025-02-03, finansiering: Sparat.}]")
    site.write_plan(LAWFUL_PLAN, posted("2024-12-04"), revised)
    assert site.build() == 0, site.printed
    assert UNKNOWN in site.text_of(PAGE)
    site.edit(PLAN_FILE, "finansiering: Sparat.", "finansiering: Sparat., anslaget: 2025-02-10")
    assert site.build() == 0, site.printed
    assert "Sista dagen att överklaga: 3 mars 2025, räknat från anslaget den 10 februari 2025." in site.text_of(PAGE)


def test_the_forbunds_own_words_go_before_the_sites(site: TestSite) -> None:
    own = ASSOCIATION.replace("medlemmar:", "laglighetsprövning: Fråga oss hur beslutet prövas.\n    medlemmar:")
    site.write("norr/forbund.md", own)
    site.write_plan(LAWFUL_PLAN, posted("2024-12-04"))
    assert site.build() == 0, site.printed
    words = site.text_of(PAGE)
    assert "Fråga oss hur beslutet prövas." in words
    assert "Sista dagen att överklaga: 27 december 2024" in words
    assert "Dagen är uträknad av webbplatsen." in words
    assert OURS not in words
    site.edit(PLAN_FILE, ", anslaget: 2024-12-04", "")
    site.build()
    assert UNKNOWN not in site.text_of(PAGE)


@pytest.mark.parametrize("own", [True, False])
def test_nothing_says_that_a_proposal_can_be_appealed(site: TestSite, own: bool) -> None:
    if own:
        site.write("norr/forbund.md", ASSOCIATION.replace("medlemmar:", "laglighetsprövning: Prövas.\n    medlemmar:"))
    signed = ("budget:", "underskrifter: {datum: 2024-11-21}\n    budget:")
    site.write_plan(LAWFUL_PROPOSAL, (f"    {signed[0]}\n", f"    {signed[1]}\n"))
    assert site.build() == 0, site.printed
    assert "överklaga" not in site.text_of(PAGE)
    assert 'id="provas"' not in site.page(PAGE)


def test_a_law_that_has_not_been_read_is_not_told(site: TestSite) -> None:
    """Kommunallagen (1991:900) was in force until 2018."""
    earlier = LAWFUL_PLAN
    for year in (2027, 2026, 2025, 2024):
        earlier = earlier.replace(str(year), str(year - 8))
    site.write("norr/2017/plan.md", earlier)
    assert site.build() == 0, site.printed
    assert "överklaga" not in site.text_of("norr/2017/")


def test_the_history_leads_to_the_notice_the_minutes_and_the_notice_board(site: TestSite) -> None:
    linked = DECIDED.replace(
        "}",
        ", protokoll: Protokoll 5/2024, protokoll_länk: https://norr.se/5.pdf, anslaget: 2024-12-04, "
        "anslag_länk: https://norr.se/anslag}",
    )
    notice = ("offentligt: ja", "offentligt: ja, kallelse: https://norr.se/kallelse.pdf")
    site.write_plan(LAWFUL_PLAN, (DECIDED, linked), notice)
    assert site.build() == 0, site.printed
    history = site.page(PAGE).partition('id="andringar"')[2].partition("</section>")[0]
    lines = [line for line in history.splitlines() if line.startswith("<li>")]
    assert lines[0].endswith('Protokollet anslogs som justerat. <a href="https://norr.se/anslag">Anslaget</a></li>')
    decided = next(line for line in lines if "beslutade" in line)
    assert decided.endswith('<a href="https://norr.se/5.pdf">Protokoll 5/2024</a></li>')
    held = next(line for line in lines if "Mötet om planen hölls" in line)
    assert held.endswith('<a href="https://norr.se/kallelse.pdf">Kallelsen</a></li>')


def test_links_without_a_day_of_their_own_stand_at_the_nearest_event(site: TestSite) -> None:
    linked = DECIDED.replace("}", ", anslag_länk: https://norr.se/anslag}")
    notice = ("{datum: 2024-11-20, plats: Åby,", "{kallelse: https://norr.se/kallelse.pdf, plats: Åby,")
    site.write_plan(LAWFUL_PLAN, (DECIDED, linked), notice)
    assert site.build() == 0, site.printed
    history = site.page(PAGE).partition('id="andringar"')[2].partition("</section>")[0]
    assert "tillkännagavs." in next(line for line in history.splitlines() if "Kallelsen" in line)
    assert "beslutade om planen." in next(line for line in history.splitlines() if "Anslaget" in line)


def test_where_nobody_has_given_a_way_to_reach_them_the_page_says_so(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN)
    site.build()
    assert "Hur man når förbundet är inte ifyllt här." in site.text_of(PAGE)
    site.edit("norr/forbund.md", "kortnamn: Norr", "kortnamn: Norr\nkontakt: {webb: 'https://norr.se/'}")
    site.build()
    assert "Det har en egen webbplats." in site.text_of(PAGE)
    assert 'href="https://norr.se/"' in site.page(PAGE)
    site.edit("norr/forbund.md", "{webb:", "{e-post: info@norr.se, webb:")
    site.build()
    assert "Hör av dig till förbundet." in site.text_of(PAGE)
