"""One question has one answer on a page: what administration is, which column counts, what a sum is."""

import re
from fractions import Fraction

import pytest

from insyn.charts.chart import Chart, Hundred
from tests.site import PLAN, TestSite
from tests.test_charts import chart, charts, plain, spent

pytestmark = pytest.mark.usefixtures("unlikely_sums")

# --- What is administration -----------------------------------------------------------------------------------------

COUNTED = ("medlemmar:", "administration: [administration, styrelse]\nmedlemmar:")
GROUPED = """
  enhet: kr
  kapitalmodell: separat
  kolumner: [{id: b2025, år: 2025, typ: budget}]
  intäkter:
    rader: [{namn: Försäkringskassan, part: staten, belopp: [1 000]}]
    summa: {namn: Summa, belopp: [1 000]}
  kostnader:
    rader:
      - grupp: Verksamhet
        ändamål: insatser
        rader: [{namn: Coachning, belopp: [500]}, {namn: Nytt, ändamål: ny, belopp: [300]}]
      - grupp: Administration
        ändamål: administration
        rader:
          - {namn: Kansli, belopp: [120]}
          - {namn: Revision, ändamål: revision, belopp: [50]}
      - {grupp: Styrning, ändamål: styrelse, rader: [{namn: Styrelse, belopp: [30]}]}
    summa: {namn: Summa, belopp: [1 000]}
"""


def test_administration_is_the_same_in_every_chart_verdict_and_file(site: TestSite) -> None:
    site.edit("norr/forbund.md", *COUNTED)
    shown = charts(site, GROUPED)
    purposes, hundred, administration = (
        shown[id] for id in ("vad-pengarna-gar-till", "en-hundralapp", "hur-mycket-administration")
    )
    assert isinstance(purposes, Chart)
    assert isinstance(hundred, Hundred)
    assert isinstance(administration, Chart)
    assert {row.name: plain(row.cells[2]) for row in purposes.table.rows}["Administration"] == "15,0 %"
    assert {row.name: plain(row.cells[1]) for row in hundred.table.rows}["Administration"] == "15 kronor"
    assert administration.title.startswith("15,0")
    assert site.build() == 0, site.printed
    assert "Styrelse" not in [row.name for row in purposes.table.rows]
    assert "150 kronor till administration under 2025. Det är 15,0 procent" in plain(site.text_of("norr/2025/"))
    file = (site.output / "norr" / "2025" / "vad-pengarna-gar-till.csv").read_text("utf-8")
    assert "Administration,Kansli och Styrelse,150,15.0" in file


@pytest.mark.parametrize("id", ["vad-pengarna-gar-till", "hur-mycket-administration"])
def test_a_group_of_the_plan_with_the_same_name_and_another_sum_is_told_beside(id: str, site: TestSite) -> None:
    site.edit("norr/forbund.md", *COUNTED)
    said = plain(chart(site, GROUPED, id).summary)
    assert "Planens egen grupp ”Administration” är 170 kronor: där ingår inte samma rader som här." in said


def test_a_group_with_the_same_sum_is_not_spoken_of(site: TestSite) -> None:
    site.edit("norr/forbund.md", "medlemmar:", "administration: [administration, revision]\nmedlemmar:")
    assert "Planens egen grupp" not in chart(site, GROUPED, "vad-pengarna-gar-till").summary


def test_only_one_sum_is_called_insatser(site: TestSite) -> None:
    shown = charts(site, GROUPED)
    purposes, activities = shown["vad-pengarna-gar-till"], shown["vilka-insatser-kostar-mest"]
    assert isinstance(purposes, Chart)
    assert isinstance(activities, Chart)
    assert ("Insatser", "500") in [(row.name, plain(row.cells[1])) for row in purposes.table.rows]
    assert activities.table.rows[-1].name == "Raderna tillsammans"


# --- Which column counts --------------------------------------------------------------------------------------------

TWO_BUDGETS = (
    ("{id: b2025, år: 2025, typ: budget}", "{id: b2025, år: 2025, typ: budget, etikett: Budget 2025}"),
    ("{id: p2026, år: 2026, typ: plan}", "{id: r2025, år: 2025, typ: budget, etikett: Reviderad budget 2025}"),
    ("[1 500 000, 1 400 000]", "[1 400 000, 1 500 000]"),
    ("[500 000, 600 000]}\n        summa", "[500 000, 600 000]}\n        summa"),
    ("kostnader, belopp: [2 000 000, 2 000 000]", "kostnader, belopp: [1 900 000, 2 100 000]"),
    ("belopp: [0, 0]", "belopp: [100 000, -100 000]"),
)


@pytest.mark.parametrize(("main", "costs"), [("b2025", "1 900 000"), ("r2025", "2 100 000")])
def test_of_two_budgets_of_a_year_the_main_one_is_told_everywhere(main: str, costs: str, site: TestSite) -> None:
    site.write_plan(PLAN, *TWO_BUDGETS, ("kolumner:", f"huvudkolumn: {main}\n      kolumner:"))
    assert site.build() == 0, site.printed
    assert "main-column-unstated" not in {one.code for one in site.found()}
    table = plain(site.text_of("norr/"))
    assert re.search(rf"Budget 2025 {costs} 2 000 000", table)
    series = (site.output / "norr" / "data" / "ar-for-ar.csv").read_text("utf-8").splitlines()
    assert [line.split(",")[7] for line in series[1:]] == [costs.replace(" ", "")]
    lead = site.text_of("norr/2025/")
    assert f"{Fraction(int(costs.replace(' ', '')), 10**6).__float__():.1f}".replace(".", ",") in lead


def test_columns_of_one_year_and_kind_are_told_apart_by_their_printed_headings(site: TestSite) -> None:
    result = "belopp: [100 000, -100 000]}\n"
    equity = (result, f"{result}      eget_kapital: {{ingående: {{namn: Kapital, år: 2024, belopp: 500 000}}}}\n")
    site.write_plan(PLAN, *TWO_BUDGETS, equity, ("kolumner:", "huvudkolumn: b2025\n      kolumner:"))
    assert site.build() == 0, site.printed
    lines = (site.output / "norr" / "2025" / "sparade-pengar.csv").read_text("utf-8").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["Budget 2025", "Reviderad budget 2025"]


# --- What a sum is --------------------------------------------------------------------------------------------------

ROUNDED = """
  enhet: tkr
  kapitalmodell: separat
  kolumner: [{id: b2025, år: 2025, typ: budget}]
  intäkter:
    rader: [{namn: Försäkringskassan, part: staten, belopp: [101]}]
    summa: {namn: Summa, belopp: [101]}
  kostnader:
    rader:
      - grupp: Insatser
        ändamål: individ
        summa: {namn: Delsumma, belopp: [51]}
        rader: [{namn: A, belopp: [25]}, {namn: B, belopp: [25]}]
      - grupp: Kansli
        ändamål: administration
        summa: {namn: Delsumma, belopp: [50]}
        rader: [{namn: Chef, belopp: [50]}]
    summa: {namn: Summa, belopp: [101]}
  avvikelser:
    - {kontroll: delsumma, kolumn: b2025, rad: Insatser, differens: 1, orsak: avrundning, text: Avrundat.}
"""


def test_one_rounding_needs_one_deviation_and_charts_show_what_is_printed(site: TestSite) -> None:
    said = chart(site, ROUNDED, "vad-pengarna-gar-till")
    assert [(row.name, row.cells[1]) for row in said.table.rows] == [
        ("Individinriktade insatser", "51"),
        ("Administration", "50"),
        ("Raderna tillsammans", "101"),
    ]
    assert "I planen står" not in said.summary


def test_a_deviation_that_is_stated_for_the_sum_too_is_still_right(site: TestSite) -> None:
    more = "    - {kontroll: summa-kostnader, kolumn: b2025, differens: 1, orsak: avrundning, text: Avrundat.}\n"
    assert charts(site, ROUNDED + more)


# --- What is taken off, and set aside -------------------------------------------------------------------------------


def test_a_sold_service_among_the_costs_leaves_the_chart_of_purposes(site: TestSite) -> None:
    rows = (("A", "individ", "50 000"), ("Chef", "administration", "50 000"), ("Såld tjänst", "övrigt", "-10 000"))
    said = chart(site, spent(*rows), "vad-pengarna-gar-till")
    assert "Från kostnaderna dras 10 000 kronor (”Såld tjänst”)." in plain(said.summary)
    assert [plain(row.cells[1]) for row in said.table.rows] == ["50 000", "50 000", "−10 000", "90 000"]


SET_ASIDE = """
  enhet: kr
  kapitalmodell: separat
  kolumner: [{id: b2025, år: 2025, typ: budget}]
  intäkter:
    rader: [{namn: Försäkringskassan, part: staten, belopp: [1 000]}]
    summa: {namn: Summa, belopp: [1 000]}
  kostnader:
    rader: [{namn: Coachning, ändamål: individ, belopp: [1 100]}]
    summa: {namn: Summa, belopp: [1 100]}
  eget_kapital:
    ingående: {namn: Eget kapital, år: 2024, belopp: 900}
    utgående: {namn: Eget kapital, belopp: [600]}
  avvikelser:
    - {kontroll: eget-kapital, kolumn: b2025, differens: 200, orsak: avsatt, text: Avsatt till ett projekt.}
"""


def test_money_set_aside_within_what_is_saved_is_not_said_to_be_used(site: TestSite) -> None:
    said = plain(chart(site, SET_ASIDE, "sparade-pengar").summary)
    assert "Under året används 100 kronor och tas 200 kronor undan utöver årets resultat, så att 600 kronor" in said


def test_a_difference_that_is_only_rounding_is_not_set_aside(site: TestSite) -> None:
    rounded = SET_ASIDE.replace("orsak: avsatt", "orsak: avrundning")
    assert "undan" not in chart(site, rounded, "sparade-pengar").summary
