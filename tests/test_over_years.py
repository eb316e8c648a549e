"""A förbund over its years: the money and the goals of all its plans, each stated once and nothing mixed up."""

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from tests.component_checks import SVG
from tests.conftest import YEARS
from tests.site import PLAN, TestSite
from tests.test_comparison import table
from tests.test_pages import PROPOSAL, add_plan, build, first, has, page, said


@pytest.fixture(scope="module")
def years(over_years: Path) -> TestSite:
    """Förbund with plans of several years, for tests that only read."""
    return TestSite(over_years.parent, content=YEARS)


def chart(root: Element, id: str) -> dict[str, str]:
    """Return a chart's title and summary."""
    (found,) = (one for one in root.iter("section") if len(one) and one[0].get("id") == id)
    return {"title": said(found[0]), "summary": said(first(found, "chart__summary"))}


def notes(root: Element) -> list[str]:
    (section,) = (one for one in root.iter("section") if one.get("aria-labelledby") == "pengarna-ar-for-ar")
    return [said(one) for one in section.iter("li")]


NO_DECISION = ("    beslut: {organ: styrelsen, datum: 2025-11-20}\n", "")


# --- Money ----------------------------------------------------------------------------------------------------------


def test_every_year_and_kind_has_a_row_of_its_own_with_the_plan_it_comes_from(years: TestSite) -> None:
    assert table(page(years, "strand/"), "tabell-ar-for-ar") == [
        ["År", "Kostnader", "Intäkter", "Resultat", "Sparat i årets slut", "Källa"],
        ["Budget 2019", "3 200 000", "3 000 000", "−200 000", "700 000", "Planen för 2019"],
        ["Prognos 2019 september 2019", "3 040 000", "3 000 000", "−40 000", "860 000", "Planen för 2020"],
        ["Plan 2020", "3 110 000", "3 000 000", "−110 000", "590 000", "Planen för 2019"],
        ["Budget 2020", "3 310 000", "3 060 000", "−250 000", "610 000", "Planen för 2020"],
        ["Utfall 2022", "3 011 000", "3 180 000", "+169 000", "824 400", "Planen för 2023"],
        ["Budget 2023", "3 340 000", "3 240 000", "−100 000", "724 400", "Planen för 2023"],
        ["Budget 2023", "3 340 000", "3 240 000", "−100 000", "uppgift saknas", "Planen för 2024"],
        ["Prognos 2023 oktober 2023", "3 120 000", "3 240 000", "+120 000", "944 400", "Planen för 2024"],
        ["Plan 2024", "3 160 000", "3 240 000", "+80 000", "804 400", "Planen för 2023"],
        ["Budget 2024", "3 620 000", "3 360 000", "−260 000", "684 400", "Planen för 2024"],
        ["Plan 2025", "3 430 000", "3 360 000", "−70 000", "614 400", "Planen för 2024"],
    ]


def test_a_proposal_stands_beside_the_decided_plans_under_its_own_name(years: TestSite) -> None:
    root = page(years, "strand/")
    assert "Förslaget för 2025, kronor" in said(root)
    assert table(root, "forslag--2025")[1:] == [
        ["Prognos 2024 september 2024", "3 460 000", "3 360 000", "−100 000", "844 400", "Förslaget för 2025"],
        ["Budget 2025", "3 580 000", "3 360 000", "−220 000", "624 400", "Förslaget för 2025"],
        ["Plan 2026", "3 400 000", "3 360 000", "−40 000", "584 400", "Förslaget för 2025"],
    ]


def test_the_source_of_a_figure_is_a_link_to_its_plan(years: TestSite) -> None:
    links = [(said(link), link.get("href")) for link in first(page(years, "strand/"), "table--years").iter("a")]
    assert links[0] == ("Planen för 2019", "../strand/2019/")
    assert links[-1] == ("Planen för 2024", "../strand/2024/")


def test_a_year_is_drawn_in_its_most_certain_kind(years: TestSite) -> None:
    root = page(years, "strand/")
    assert table(root, "kostnader-ar-for-ar-tabell")[1:] == [
        ["Prognos 2019", "3 040 000"],
        ["Budget 2020", "3 310 000"],
        ["Utfall 2022", "3 011 000"],
        ["Prognos 2023", "3 120 000"],
        ["Budget 2024", "3 620 000"],
        ["Plan 2025", "3 430 000"],
    ]


def test_the_charts_say_in_words_how_it_changes(years: TestSite) -> None:
    root = page(years, "strand/")
    assert chart(root, "kostnader-ar-for-ar") == {
        "title": "Kostnaderna beräknas öka till 3,62 miljoner kronor 2024",
        "summary": (
            "I budgeten för 2024 är kostnaderna 3 620 000 kronor. Det är 500 000 kronor (16,0 procent) mer än i"
            " prognosen för 2023. I planen för 2025 är kostnaderna 3 430 000 kronor. Uppgift saknas för 2021."
        ),
    }
    assert chart(root, "sparat-ar-for-ar") == {
        "title": "De sparade pengarna beräknas vara 684 400 kronor i slutet av 2024",
        "summary": (
            "Enligt prognosen för 2019 finns 860 000 kronor sparade i slutet av 2019. Enligt budgeten för 2024 finns"
            " 684 400 kronor sparade i slutet av 2024. Enligt planen för 2025 finns 614 400 kronor sparade i slutet"
            " av 2025."
        ),
    }


def test_the_breaks_of_the_series_are_told(years: TestSite) -> None:
    assert notes(page(years, "strand/")) == [
        "Intäkter och kostnader saknas för 2021.",
        "Från och med planen för 2023 står sparade pengar utanför intäkterna i planen.",
        "Här räknas sparade pengar aldrig som intäkter, så åren går att jämföra ändå.",
        "Planerna för 2019 och 2020 är skrivna i tusental kronor (tkr), så beloppen därifrån är avrundade.",
        "Siffror ur ett förslag kan ändras.",
    ]
    assert notes(page(years, "dal/")) == ["Planen för 2024 har upphävts, så dess siffror är inte med."]
    assert notes(page(years, "berg/")) == []


def test_where_a_plan_begins_with_other_savings_both_amounts_are_told_without_blame(years: TestSite) -> None:
    assert table(page(years, "strand/"), "tabell-plan-till-plan") == [
        ["Planer", "Slutar med", "Börjar med", "Skillnad"],
        ["2019 och 2020", "700 000", "860 000", "+160 000"],
        ["2023 och 2024", "724 400", "944 400", "+220 000"],
    ]
    assert "Det är vanligt, eftersom den har nyare uppgifter." in years.text_of("strand/")
    assert "När nästa plan börjar" not in years.text_of("berg/")


def test_a_plan_in_thousands_keeps_its_unit_when_all_the_plans_have_it(years: TestSite) -> None:
    assert table(page(years, "dal/"), "tabell-ar-for-ar")[1:] == [
        ["Budget 2022", "2 500", "2 400", "−100", "200", "Planen för 2022"]
    ]
    assert "Pengarna år för år, tusental kronor (tkr)" in years.text_of("dal/")


def test_a_long_table_is_folded_and_a_short_one_open(years: TestSite) -> None:
    assert first(page(years, "strand/"), "folded").get("open") is None
    assert first(page(years, "berg/"), "folded").get("open") is not None


def test_a_forbund_without_plans_has_no_money_to_tell_of(years: TestSite) -> None:
    assert "Pengarna år för år" not in years.text_of("vik/")


def test_savings_with_a_gap_between_the_years_are_not_joined_by_a_line(site: TestSite) -> None:
    saved = ("resultat: {namn: Resultat, belopp: [0, 0]}",)
    for year in (2019, 2025):
        opening = f"eget_kapital: {{ingående: {{namn: Eget kapital, år: {year - 1}, belopp: 700 000}}}}"
        add_plan(site, year, (saved[0], opening))
    assert site.build() == 0, site.printed
    (drawing,) = (
        one for one in page(site, "norr/").iter("div")
        if "sparade pengar" in (one.get("aria-label") or "")
    )  # fmt: skip
    assert (drawing.get("aria-label") or "").startswith("Diagram över sparade pengar i slutet av varje år")
    assert "Uppgift saknas för 2021–2023." in chart(page(site, "norr/"), "sparat-ar-for-ar")["summary"]


# --- The förbund's page ---------------------------------------------------------------------------------------------


def test_a_proposal_that_awaits_its_decision_has_a_box_with_the_day(years: TestSite) -> None:
    box = first(page(years, "strand/"), "banner")
    assert said(box).startswith("Förslag för 2025. Planen är inte beslutad.")
    assert "ett möte den 21 november 2024 i Sandby" in said(box)
    assert next(box.iter("a")).get("href") == "../strand/2025/"


def test_a_proposal_has_its_box_also_when_nothing_is_decided_yet(site: TestSite) -> None:
    build(site, PROPOSAL, ("    beslut: {organ: styrelsen, datum: 2024-11-20}\n", ""))
    assert said(first(page(site, "norr/"), "banner")).startswith("Förslag för 2025.")


def test_a_proposal_that_a_later_decision_has_overtaken_awaits_nothing(site: TestSite) -> None:
    add_plan(site, 2024, PROPOSAL, ("    beslut: {organ: styrelsen, datum: 2023-11-20}\n", ""))
    build(site)
    assert not has(page(site, "norr/"), "banner")


def test_the_list_of_plans_tells_year_name_and_status_newest_first(years: TestSite) -> None:
    assert [said(one) for one in first(page(years, "strand/"), "plan-list").iter("li")] == [
        "2025 Verksamhetsplan 2025 Förslag",
        "2024 Verksamhetsplan 2024 Beslutad 23 november 2023",
        "2023 Verksamhetsplan 2023 Reviderad 16 mars 2023",
        "2020 Verksamhetsplan 2020 Beslutad 21 november 2019",
        "2019 Verksamhetsplan 2019 Beslutad 22 november 2018",
    ]


# --- Goals ----------------------------------------------------------------------------------------------------------


def goal(root: Element, id: str) -> tuple[list[str], list[list[str]]]:
    """Return the text of a goal, and its table without headings."""
    (section,) = (one for one in root.iter("section") if one.get("aria-labelledby") == id)
    return [said(section[0]), *(said(one) for one in section.findall("p"))], table(root, f"{id}-tabell")[1:]


def test_a_goal_is_followed_over_the_years_by_its_id_also_when_its_words_change(years: TestSite) -> None:
    told, rows = goal(page(years, "strand/mal/"), "mal-arbete")
    assert told == [
        "Fler ska komma i arbete eller studier",
        "Med i planen: 2019–2020 och 2023–2024.",
        "I en äldre plan står det: ”Fler ska komma i arbete”.",
    ]
    assert rows == [
        ["Deltagare i arbete eller studier"],
        ["2019", "Uppnått", "minst 40 %", "43 %"],
        ["2020", "Delvis", "minst 45 %", "44 %"],
        ["2023", "Uppnått", "minst 45 %", "47 %"],
        ["2024", "uppgift saknas", "minst 50 %", "uppgift saknas"],
        ["Nöjda deltagare"],
        ["2019", "Inte mätt än", "minst 8 av 10", "uppgift saknas"],
        ["2020", "Uppnått", "minst 8 av 10", "8,4"],
        ["2023", "Delvis", "minst 8 av 10", "7,6"],
    ]


def test_goals_that_newer_plans_have_left_stand_last_with_their_comments(years: TestSite) -> None:
    root = page(years, "strand/mal/")
    headings = [said(one) for one in root.iter("h2")]
    assert headings == [
        "Hur det gick, år för år",
        "Fler ska komma i arbete eller studier",
        "Myndigheterna ska samarbeta bättre",
        "Kortare väntan",
    ]
    _, rows = goal(root, "mal-kortare-vantan")
    assert rows[1] == ["2019", "Inte uppnått", "högst 14 dagar", "19 dagar Två coacher slutade under våren."]


def test_a_goal_that_was_not_measured_counts_neither_as_reached_nor_as_missed(years: TestSite) -> None:
    root = page(years, "strand/mal/")
    assert said(first(root, "hero__lead")) == "Ett av tre uppföljda delmål nåddes 2023."
    assert table(root, "tabell-oversikt") == [
        ["År", "Delmål", "Uppnått", "Delvis", "Inte uppnått", "Inte mätt än", "Uppgift saknas"],
        ["2019", "3", "1", "0", "1", "1", "0"],
        ["2020", "2", "1", "1", "0", "0", "0"],
        ["2023", "3", "1", "1", "1", "0", "0"],
        ["2024", "1", "0", "0", "0", "0", "1"],
    ]


def test_how_it_went_is_told_in_words_beside_a_symbol_of_its_own_shape(years: TestSite) -> None:
    told = [one for one in page(years, "strand/mal/").iter("span") if one.get("class") == "goal-status"]
    shapes = {said(one): next(one.iter(SVG)) for one in told}
    assert set(shapes) == {"Uppnått", "Delvis", "Inte uppnått", "Inte mätt än"}
    assert {shape.get("aria-hidden") for shape in shapes.values()} == {"true"}
    drawn = {tuple(mark.get("d") for mark in shape) for shape in shapes.values()}
    assert len(drawn) == len(shapes)


def test_the_forbund_leads_to_its_goals(years: TestSite) -> None:
    links = {said(link): link.get("href") for link in page(years, "strand/").iter("a")}
    assert links["Målen år för år"] == "../strand/mal/"
    assert "Målen år för år" not in years.text_of("berg/")
    assert not (years.output / "berg" / "mal").exists()


GOALS = ("status: beslutad", "status: beslutad\n    mål: [{text: Fler i arbete, delmål: [{text: Kurser%s}]}]")


def test_one_plan_with_goals_that_no_one_has_followed_up_needs_no_page(site: TestSite) -> None:
    build(site, (GOALS[0], GOALS[1] % ""))
    assert not (site.output / "norr" / "mal").exists()


def test_a_goal_that_was_followed_up_brings_the_page_also_in_a_single_plan(site: TestSite) -> None:
    build(site, (GOALS[0], GOALS[1] % ", utfall: 3 kurser"))
    assert goal(page(site, "norr/mal/"), "mal-fler-i-arbete")[1] == [
        ["Kurser"],
        ["2025", "uppgift saknas", "inte ifyllt", "3 kurser"],
    ]
    assert said(first(page(site, "norr/mal/"), "hero__lead")) == "Om målen nåddes är inte ifyllt än."


def test_goals_in_two_plans_bring_the_page_and_a_proposal_is_said_to_be_one(site: TestSite) -> None:
    without = (GOALS[0], GOALS[1] % "")
    add_plan(site, 2026, without, ("status: beslutad", "status: förslag"), NO_DECISION)
    build(site, without)
    _, rows = goal(page(site, "norr/mal/"), "mal-fler-i-arbete")
    assert [row[0] for row in rows] == ["Kurser", "2025", "2026, förslag"]


def test_a_plan_that_was_revoked_has_no_goals_to_follow(site: TestSite) -> None:
    without = (GOALS[0], GOALS[1] % "")
    add_plan(site, 2026, without, ("status: beslutad", "status: upphävd"))
    build(site, without)
    assert not (site.output / "norr" / "mal").exists()


# --- What is remembered ---------------------------------------------------------------------------------------------


def test_a_changed_amount_reaches_the_pages_over_years(site: TestSite) -> None:
    site.write_plan(PLAN)
    assert site.build() == 0, site.printed
    before = site.page("norr/")
    site.edit("norr/2025/plan.md", "[1 500 000, 1 400 000]", "[1 500 000, 1 500 000]")
    site.edit(
        "norr/2025/plan.md", "kostnader, belopp: [2 000 000, 2 000 000]", "kostnader, belopp: [2 000 000, 2 100 000]"
    )
    site.edit("norr/2025/plan.md", "Resultat, belopp: [0, 0]", "Resultat, belopp: [0, -100 000]")
    assert site.build() == 0, site.printed
    assert site.page("norr/") != before
    assert table(page(site, "norr/"), "tabell-ar-for-ar")[2][1:4] == ["2 100 000", "2 000 000", "−100 000"]
