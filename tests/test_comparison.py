"""Which förbund are compared with each other, for which year and why; and the pages that show it."""

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from insyn.model import Association, ColumnKind, EquityModel, Kronor, Status, Unit
from insyn.money.comparison import Choice, Comparison, Reason, compare, compilation_of
from insyn.money.plan_money import ColumnMoney, PlanMoney
from insyn.money.unknown import Unknown
from insyn.problems import Place
from tests.conftest import YEARS
from tests.published import page, said
from tests.site import ASSOCIATION, PLAN, SETTINGS, TestSite
from tests.test_pages import first, has

BUDGET, OUTCOME = ColumnKind.BUDGET, ColumnKind.OUTCOME


def association(name: str) -> Association:
    return Association(name.lower(), name, name, None, None, (), (), None, None, None, "", 1, Place(name))


def plan(
    name: str, year: int, *kinds: ColumnKind, main: ColumnKind | None = None, status: Status = Status.ADOPTED
) -> PlanMoney:
    """Create the money of a plan with columns of its own year, the first of them the main one."""
    told = kinds or (BUDGET,)
    columns = tuple(
        ColumnMoney(year, kind, None, Kronor(3), Kronor(kind.value), Kronor(0), *[Unknown()] * 3) for kind in told
    )
    place = told.index(main or told[0])
    return PlanMoney(name.lower(), year, status, Unit.KR, EquityModel.SEPARATE, columns, place, Kronor(2))


A, B, C, D = (association(name) for name in ("Alfa", "Beta", "Gamma", "Delta"))


def compare_2024(associations: list[Association], plans: list[PlanMoney]) -> Comparison:
    found = compilation_of(associations, plans)
    assert found
    return compare(associations, {one.association: one for one in plans if one.year == 2024}, found.latest, 2024)


def compared(comparison: Comparison) -> list[str]:
    return [one.association.name for one in comparison.compared]


# --- Which year -----------------------------------------------------------------------------------------------------


def test_the_newest_year_that_most_forbund_have_a_plan_for_is_compared() -> None:
    """One early plan for a year to come doesn't hide the year that the others have."""
    plans = [plan(name, year) for name in ("Alfa", "Beta", "Gamma") for year in (2023, 2024)]
    found = compilation_of([A, B, C, D], [*plans, plan("Alfa", 2025)])
    assert found
    assert found.choice == Choice(2024, is_common=True, is_shared=False)


def test_a_newer_year_wins_as_soon_as_more_than_half_have_it() -> None:
    older = [plan(name, 2024) for name in ("Alfa", "Beta", "Gamma", "Delta")]
    newer = [plan(name, 2025) for name in ("Alfa", "Beta")]
    assert compilation_of([A, B, C, D], [*older, *newer]).choice.year == 2024  # type: ignore[union-attr]
    newer.append(plan("Gamma", 2025, status=Status.PROPOSAL))
    assert compilation_of([A, B, C, D], [*older, *newer]).choice.year == 2025  # type: ignore[union-attr]


def test_without_a_common_year_the_one_with_the_most_plans_is_compared() -> None:
    plans = [plan("Alfa", 2024), plan("Beta", 2024), plan("Gamma", 2021)]
    found = compilation_of([A, B, C, D], plans)
    assert found
    assert found.choice == Choice(2024, is_common=False, is_shared=False)
    found = compilation_of([A, B, C, D], [plan("Alfa", 2024), plan("Beta", 2023)])
    assert found
    assert found.choice == Choice(2024, is_common=False, is_shared=True)


def test_every_year_with_two_forbund_can_be_compared() -> None:
    plans = [plan("Alfa", 2022), plan("Beta", 2022), plan("Alfa", 2023), plan("Alfa", 2024), plan("Beta", 2024)]
    found = compilation_of([A, B], plans)
    assert found
    assert found.years == (2024, 2022)


def test_one_forbund_alone_is_not_compared() -> None:
    assert compilation_of([A], [plan("Alfa", 2024)]) is None
    assert compilation_of([A, B], []) is None


# --- The same kind --------------------------------------------------------------------------------------------------


def test_only_figures_of_the_same_year_and_kind_stand_side_by_side() -> None:
    plans = [plan("Alfa", 2024, BUDGET, OUTCOME), plan("Beta", 2024), plan("Gamma", 2024, OUTCOME), plan("Delta", 2024)]
    comparison = compare_2024([A, B, C, D], plans)
    assert comparison.kind is BUDGET
    assert compared(comparison) == ["Alfa", "Beta", "Delta"]
    assert {(one.money.year, one.money.kind) for one in comparison.compared} == {(2024, BUDGET)}
    assert [(one.association.name, one.reason) for one in comparison.missing] == [("Gamma", Reason.NO_COLUMN)]


def test_contributions_are_known_of_the_main_column_alone() -> None:
    plans = [plan("Alfa", 2024), plan("Beta", 2024, BUDGET, OUTCOME, main=OUTCOME), plan("Gamma", 2024)]
    assert [one.contributions for one in compare_2024([A, B, C], plans).compared] == [2, Unknown(), 2]


def test_those_that_are_missing_are_named_with_the_reason() -> None:
    plans = [
        plan("Alfa", 2024),
        plan("Beta", 2021),
        plan("Gamma", 2024, status=Status.REVOKED),
        plan("Delta", 2024, status=Status.REPLACED),
    ]
    found = compare_2024([A, B, C, D, association("Epsilon")], plans)
    assert [(one.association.name, one.reason, one.latest) for one in found.missing] == [
        ("Beta", Reason.NO_PLAN, 2021),
        ("Delta", Reason.REPLACED, 2024),
        ("Epsilon", Reason.NO_PLANS, None),
        ("Gamma", Reason.REVOKED, 2024),
    ]


def test_the_order_is_that_of_swedish_names() -> None:
    names = ["Öland", "Zeta", "Ådal", "Älv", "Alfa"]
    found = compare_2024([association(name) for name in names], [plan(name, 2024) for name in names])
    assert compared(found) == ["Alfa", "Zeta", "Ådal", "Älv", "Öland"]


# --- The pages ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def years(over_years: Path) -> TestSite:
    """Five förbund with plans of several years, for tests that only read."""
    return TestSite(over_years.parent, content=YEARS)


def table(root: Element, id: str) -> list[list[str]]:
    """Return the rows of a table, its headings first."""
    (found,) = (one for one in root.iter("table") if any(part.get("id") == id for part in one.iter("caption")))
    return [[said(cell) for cell in row] for row in found.iter("tr")]


def missing(root: Element) -> dict[str, str]:
    (section,) = (one for one in root.iter("section") if one.get("aria-labelledby") == "saknas")
    return {said(one): said(other) for one, other in zip(section.iter("dt"), section.iter("dd"), strict=True)}


def test_the_forbund_stand_side_by_side_with_derived_figures(years: TestSite) -> None:
    assert table(page(years, "jamfor/"), "tabell-jamfor") == [
        ["Förbund", "Årets intäkter", "Kostnader", "Årets resultat", "Sparat i årets slut", "Medlemsbidrag",
         "Andel administration"],
        ["Bergslands samordningsförbund", "960 000", "920 000", "uppgift saknas", "uppgift saknas", "960 000",
         "13,0 %"],
        ["Samordningsförbundet Strand", "3 360 000", "3 620 000", "−260 000", "684 400", "3 360 000", "18,5 %"],
    ]  # fmt: skip


def test_what_is_missing_is_told_with_its_reason(years: TestSite) -> None:
    assert missing(page(years, "jamfor/")) == {
        "Inga publicerade planer": "Samordningsförbundet Vik",
        "Planen för 2024 har upphävts": "Samordningsförbundet Dal",
        "Planen för 2024 har inga siffror av sorten budget": "Samordningsförbundet Ekbygden",
        "Årets resultat: går inte att räkna fram ur det som är ifyllt": "Bergslands samordningsförbund",
        "Sparat i årets slut: går inte att räkna fram ur det som är ifyllt": "Bergslands samordningsförbund",
    }


def test_the_page_says_which_year_it_shows_and_why(years: TestSite) -> None:
    text = years.text_of("jamfor/")
    assert "Budget 2024 för två av fem förbund, sida vid sida." in text
    assert "2024 är det senaste året som mer än hälften av förbunden har en plan för." in text
    assert "har en plan för" not in years.text_of("jamfor/2023/")


def test_the_note_on_what_can_be_compared_comes_before_the_figures(years: TestSite) -> None:
    text = years.text_of("jamfor/")
    assert 0 < text.index("Siffrorna går bara delvis att jämföra") < text.index("Budget 2024 per")
    assert text.index("Budget 2024 per") < text.index("Ett högre belopp är varken bättre eller sämre.")


def test_every_forbund_has_its_newest_plan_in_shares_with_its_year(built: Path) -> None:
    root = page(TestSite(built.parent, content=built), "jamfor/")
    assert [row[1:] for row in table(root, "tabell-senaste")[1:]] == [
        ["Budget 2014", "147,5 %", "10,0 %", "12,6 %"],
        ["Budget 2024", "101,9 %", "17,0 %", "18,5 %"],
        ["Budget 2024", "110,6 %", "44,4 %", "uppgift saknas"],
        ["Budget 2022", "113,1 %", "12,9 %", "9,9 %"],
        ["Budget 2021", "179,0 %", "26,7 %", "uppgift saknas"],
    ]


def test_each_year_has_an_address_of_its_own(years: TestSite) -> None:
    root = page(years, "jamfor/2023/")
    links = {said(link): link.get("href") for link in first(root, "year-choice").iter("a")}
    assert links == {"2024": "../../jamfor/2024/", "2023": "../../jamfor/2023/"}
    assert [said(link) for link in first(root, "year-choice").iter("a") if link.get("aria-current")] == ["2023"]
    assert [row[0] for row in table(root, "tabell-jamfor")[1:]] == [
        "Bergslands samordningsförbund",
        "Samordningsförbundet Strand",
    ]


def test_each_forbund_has_its_years_on_the_page_that_is_met_first(years: TestSite) -> None:
    root = page(years, "jamfor/")
    assert table(root, "ar-dal")[1:] == [
        ["Budget 2022", "2 500 000", "2 400 000", "−100 000", "200 000", "Planen för 2022"]
    ]
    assert not any(part.get("id") == "ar-dal" for part in page(years, "jamfor/2023/").iter("caption"))


def test_what_the_figures_rest_on_is_told_for_each_forbund(years: TestSite) -> None:
    assert table(page(years, "jamfor/"), "tabell-definitioner")[1:] == [
        ["Bergslands samordningsförbund", "administration", "utanför intäkterna", "kronor"],
        ["Samordningsförbundet Strand", "administration och styrelsen", "utanför intäkterna", "kronor"],
    ]


def test_the_real_forbund_are_compared_for_2024(built: Path) -> None:
    site = TestSite(built.parent, content=built)
    root = page(site, "jamfor/")
    assert table(root, "tabell-jamfor")[1:] == [
        ["Höglandets samordningsförbund Förslag", "8 086 000", "8 236 000", "−150 000", "1 362 650",
         "8 036 000", "18,5 %"],
        ["Samordningsförbundet Södra Lappland", "4 052 000", "4 483 000", "−431 000", "1 665 000", "3 752 000",
         "uppgift saknas"],
    ]  # fmt: skip
    assert (
        "Inget år har planer från mer än hälften av förbunden. 2024 är det år som flest har en plan för."
        in site.text_of("jamfor/")
    )
    assert "har inte beslutat om sin plan" in site.text_of("jamfor/")
    assert "Är planen skriven i en större enhet är beloppen avrundade." in site.text_of("jamfor/")
    assert missing(root)["Ingen plan för 2024"] == (
        "Finnvedens samordningsförbund (den senaste planen gäller 2014), Samordningsförbundet Södra Vätterbygden"
        " (den senaste planen gäller 2022), Sunnerbo Samordningsförbund (den senaste planen gäller 2021)"
    )
    assert missing(root)["Andel administration: vad som räknas dit är inte ifyllt"] == (
        "Samordningsförbundet Södra Lappland"
    )


# --- Small and large sites ------------------------------------------------------------------------------------------


def add_associations(site: TestSite, names: list[str], year: int = 2025) -> None:
    """Write more förbund beside the first one, each with the plan of one year."""
    for name in names:
        region = f"Region {name.capitalize()}"
        site.write(f"{name}/forbund.md", ASSOCIATION.replace("Norr", name.capitalize()))
        site.write(
            f"{name}/{year}/plan.md", PLAN.replace("förbund: norr", f"förbund: {name}").replace("Region Norr", region)
        )
    site.write("webbplats.yaml", SETTINGS.replace("[norr]", f"[norr, {', '.join(names)}]"))


def test_a_site_of_one_forbund_compares_nothing_and_links_nowhere(site: TestSite) -> None:
    site.write_plan()
    assert site.build() == 0, site.printed
    assert not (site.output / "jamfor").exists()
    assert not any("jamfor" in site.page(path) for path in ("", "norr/", "norr/2025/"))


def test_a_second_forbund_brings_the_comparison_to_menu_footer_start_and_forbund(site: TestSite) -> None:
    site.write_plan()
    add_associations(site, ["soder"])
    assert site.build() == 0, site.printed
    for path, times in (("", 3), ("norr/", 3), ("norr/2025/", 2)):
        links = [said(link) for link in page(site, path).iter("a") if (link.get("href") or "").endswith("/jamfor/")]
        assert links == ["Jämför förbunden"] * times, path


def test_plans_that_are_all_revoked_leave_a_page_that_says_why_it_is_empty(site: TestSite) -> None:
    site.write_plan(PLAN, ("status: beslutad", "status: upphävd"))
    add_associations(site, ["soder"])
    site.edit("soder/2025/plan.md", "status: beslutad", "status: ersatt")
    assert site.build() == 0, site.printed
    root = page(site, "jamfor/")
    assert missing(root) == {
        "Planen för 2025 har ersatts": "Samordningsförbundet Soder",
        "Planen för 2025 har upphävts": "Samordningsförbundet Norr",
    }
    assert not has(root, "table--comparison")


def test_with_many_forbund_their_years_are_on_their_own_pages(site: TestSite) -> None:
    site.write_plan()
    names = [f"f{number}" for number in range(8)]
    add_associations(site, names)
    assert site.build() == 0, site.printed
    root = page(site, "jamfor/")
    assert not has(root, "table--years")
    links = {link.get("href") for link in first(root, "columns").iter("a")}
    assert links == {f"../{name}/#pengarna-ar-for-ar" for name in (*names, "norr")}
    assert 'id="pengarna-ar-for-ar"' in site.page("f0/")


def test_staff_can_link_to_the_pages_that_are_made_for_them(site: TestSite) -> None:
    site.write_plan(PLAN, ("stödjer samverkan", "stödjer [samverkan](../../jamfor/2025/)"))
    assert [found.code for found in site.found()] == ["link-broken"]
    add_associations(site, ["soder"])
    assert site.found() == ()


# --- The start page -------------------------------------------------------------------------------------------------


def test_the_three_plans_decided_last_stand_on_the_start_page(years: TestSite) -> None:
    (section,) = (one for one in page(years, "").iter("section") if one.get("aria-labelledby") == "senast-beslutade")
    decided = [said(one) for one in section.iter("li")]
    assert decided == [
        "Uppföljning av verksamhetsplan 2024, Samordningsförbundet Ekbygden Beslutad 20 februari 2025",
        "Plan och budget 2024, Bergslands samordningsförbund Beslutad 7 december 2023",
        "Verksamhetsplan 2024, Samordningsförbundet Strand Beslutad 23 november 2023",
    ]


def test_a_revised_plan_is_as_new_as_its_revision(site: TestSite) -> None:
    site.write_plan()
    add_associations(site, ["soder"])
    site.edit("norr/2025/plan.md", "status: beslutad", "status: reviderad\nrevideringar: [{datum: 2025-03-01}]")
    assert site.build() == 0, site.printed
    text = site.text_of("")
    assert re.search("Senast beslutade .*Norr Reviderad 1 mars 2025 .*Soder Beslutad 20 november 2024", text)


def test_nothing_undecided_stands_among_the_plans_decided_last(site: TestSite) -> None:
    site.write_plan(
        PLAN, ("status: beslutad", "status: förslag"), ("    beslut: {organ: styrelsen, datum: 2024-11-20}\n", "")
    )
    assert site.build() == 0, site.printed
    assert "Senast beslutade" not in site.text_of("")
