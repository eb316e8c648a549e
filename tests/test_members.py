"""Members are those of forbund.md, and are counted by them: a row may be a member's second, or belong to nobody."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from insyn.charts import payers
from insyn.charts.chart import Chart, Words
from insyn.disk.materials import read_catalogue
from insyn.model import Funder, Member, Unit
from insyn.money.contributions import member_of
from insyn.texts import read_texts
from tests.site import PLAN, TestSite
from tests.test_budget import budget_of
from tests.test_charts import chart, paid, plain, sentence
from tests.test_unknown import CASES

pytestmark = pytest.mark.usefixtures("unlikely_sums")

ABY = Member("Åby kommun", "Åby", Funder.MUNICIPALITY, ("Åby k:n",))
OSTBY = Member("Östby kommun", "Östby", Funder.MUNICIPALITY, ())
NORR = Member("Region Norr", "regionen", Funder.REGION, ())
MEMBERS = (ABY, OSTBY, NORR, Member("Försäkringskassan", "Försäkringskassan", Funder.STATE, ()))
WORDS = Words(read_texts(read_catalogue()), Unit.KR)


def fault_codes(site: TestSite) -> list[str]:
    return [one.code for one in site.found() if one.code.startswith(("member", "funder"))]


# --- Whose a row is -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("Åby kommun", ABY),
        ("Åby\u00a0kommun", ABY),
        ("Åby\u202fkommun", ABY),
        ("ÅBY KOMMUN", ABY),
        ("Åby", ABY),
        ("Åby k:n", ABY),
        ("Åby kommun, extra bidrag", ABY),
        ("Bidrag från Åby kommun", ABY),
        ("Bidrag från regionen", NORR),
        ("Åbys kommun", None),
        ("Nyåby kommun", None),
        ("Återbetalning till kommunerna", None),
        ("Åby kommun och Östby kommun", None),
        ("Ränta", None),
    ],
)
def test_a_row_is_the_members_whose_name_it_holds(name: str, member: Member | None) -> None:
    assert member_of(name, MEMBERS) == member


def test_a_row_may_say_whose_it_is() -> None:
    assert member_of("Extra bidrag", MEMBERS, "Östby") == OSTBY
    assert member_of("Åby kommun", MEMBERS, "östby\u00a0KOMMUN") == OSTBY
    assert member_of("Åby kommun", MEMBERS, "Ekby") is None


# --- Counted and added ----------------------------------------------------------------------------------------------

OWN = (("Åby kommun", "kommun", "300"), ("Östby kommun", "kommun", "200"), ("Region Norr", "region", "500"))


def test_a_members_second_row_makes_no_second_member(site: TestSite) -> None:
    budget = paid(*OWN, ('"Åby kommun, extra bidrag"', "kommun", "50"))
    said = chart(site, budget, "vem-betalar")
    assert "Två kommuner" in [row.name for row in said.table.rows]
    each = chart(site, budget, "vad-kommunerna-betalar")
    assert [(row.name, plain(row.cells[0])) for row in each.table.rows] == [
        ("Åby kommun", "350"),
        ("Östby kommun", "200"),
        ("Kommunerna tillsammans", "550"),
    ]


def test_a_row_that_says_whose_it_is_is_added_to_that_members(site: TestSite) -> None:
    budget = paid(*OWN, ("Extra bidrag", "kommun, medlem: Östby", "150"))
    each = chart(site, budget, "vad-kommunerna-betalar")
    assert [(row.name, plain(row.cells[0])) for row in each.table.rows][:2] == [
        ("Östby kommun", "350"),
        ("Åby kommun", "300"),
    ]


def test_money_of_no_member_is_no_bar_and_no_kommun(site: TestSite) -> None:
    budget = paid(*OWN, ("Extra bidrag", "kommun", "50"))
    assert "Två kommuner" in [row.name for row in chart(site, budget, "vem-betalar").table.rows]
    assert sentence(site, budget, "vad-kommunerna-betalar") == (
        "En del av kommunernas pengar 2025 står inte på någon viss kommun: ”Extra bidrag”. "
        "Därför visas inget diagram över vad varje kommun betalar."
    )


def test_where_it_may_be_another_members_the_kommuner_are_not_counted(site: TestSite) -> None:
    budget = paid(("Åby kommun", "kommun", "300"), ("Ostby kommun", "kommun", "200"), ("Region Norr", "region", "500"))
    said = chart(site, budget, "vem-betalar")
    assert [row.name for row in said.table.rows] == ["Regionen", "Kommunerna", "Medlemsbidrag totalt"]
    assert "och kommunerna tillsammans med 500 kronor." in plain(said.summary)


def test_money_that_is_paid_back_is_nobodys_contribution_or_income(site: TestSite) -> None:
    budget = paid(*OWN, ("Försäkringskassan", "staten", "1 000"), ("Återbetalning till staten", "staten", "-200"))
    said = chart(site, budget, "vem-betalar")
    assert "Försäkringskassan bidrar med 1 000 kronor" in plain(said.summary)
    assert plain(said.summary).endswith(
        "Förbundet räknar också med att betala tillbaka eller dra av 200 kronor (”Återbetalning till staten”)."
    )
    assert "andra intäkter" not in said.summary


def test_the_case_of_money_paid_back(tmp_path: Path) -> None:
    site = TestSite(tmp_path, content=CASES / "negativ-intakt")
    assert site.build() == 0, site.printed
    text = plain(site.text_of("norr/2026/"))
    assert "andra intäkter" not in text
    assert "betala tillbaka eller dra av 200 000 kronor (”Återbetalning till staten”)" in text


names = st.sampled_from(
    ("Extra bidrag", "Återbetalning till kommunerna", "Kommunerna", "Övrigt", "Bidrag från medlemmar", "Ekby kommun")
)
unnamed = st.lists(st.tuples(names, st.sampled_from(("kommun", "region", "staten", "övrigt")), st.integers(-99, 99)))


@given(unnamed)
@settings(deadline=None, max_examples=100, derandomize=True)
def test_whichever_rows_are_added_that_name_no_member_no_count_of_members_changes(
    rows: list[tuple[str, str, int]],
) -> None:
    added = [(f"{name} {number}", part, str(amount)) for number, (name, part, amount) in enumerate(rows)]
    assert counts(*OWN, *added) <= counts(*OWN) == {"två"}


def counts(*rows: tuple[str, str, str]) -> set[str]:
    """Return every number of kommuner or regioner stated by the charts of who pays."""
    budget = budget_of(paid(*rows))
    made = (payers.who_pays(budget, MEMBERS, WORDS), payers.municipalities(budget, MEMBERS, WORDS))
    said = " ".join(repr(one) for one in made if isinstance(one, Chart))
    return {count.lower() for count in re.findall(r"(\w+) (?:kommuner|kommunerna|regioner)\b", said)} & set(NUMBERS)


NUMBERS = ("en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio")


# --- Staff are told -------------------------------------------------------------------------------------------------


def test_a_name_that_no_member_has_is_a_warning(tmp_path: Path) -> None:
    site = TestSite(tmp_path, content=CASES / "medlem-annat-namn")
    (fault,) = (one for one in site.found() if one.code == "member-unnamed")
    assert dict(fault.values)["name"] == "Strandbys kommun"
    assert dict(fault.values)["suggestion"] == "Strandby kommun"


def test_a_hard_space_makes_no_other_name(tmp_path: Path) -> None:
    assert "funder-differs" in fault_codes(TestSite(tmp_path, content=CASES / "nbsp-in-member-name"))


@pytest.mark.parametrize("name", ["Staten (FK och AF)", "Statliga parter", "Försäkringskassan och Arbetsförmedlingen"])
def test_a_row_of_the_state_may_be_called_that(name: str, site: TestSite) -> None:
    site.write_plan(PLAN, ("{namn: Försäkringskassan,", f"{{namn: {name},"))
    assert fault_codes(site) == []


def test_a_row_of_all_the_kommuner_is_no_misspelt_member(site: TestSite) -> None:
    site.write_plan(PLAN, ("{namn: Åby kommun,", "{namn: Kommunerna tillsammans,"))
    assert fault_codes(site) == []


def test_a_member_that_is_written_must_be_one(site: TestSite) -> None:
    site.write_plan(PLAN, ("{namn: Åby kommun, part: kommun,", "{namn: Extra, part: kommun, medlem: Ekby,"))
    assert fault_codes(site) == ["member-unknown"]
    site.write_plan(PLAN, ("{namn: Åby kommun, part: kommun,", "{namn: Extra, part: kommun, medlem: regionen,"))
    assert fault_codes(site) == ["funder-differs"]
    site.write_plan(PLAN, ("{namn: Åby kommun, part: kommun,", "{namn: Extra, part: kommun, medlem: Åby,"))
    assert fault_codes(site) == []


def test_whose_a_row_is_stands_in_the_plans_json_where_it_is_written(site: TestSite) -> None:
    site.write_plan(PLAN, ("{namn: Åby kommun, part: kommun,", "{namn: Extra, part: kommun, medlem: Åby,"))
    assert site.build() == 0, site.printed
    plan = json.loads((site.output / "norr" / "2025" / "plan.json").read_text("utf-8"))
    schema = json.loads((Path(__file__).parent.parent / "assets" / "schema" / "plan-1.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(plan)
    rows = plan["budget"]["intakter"]["rader"]
    assert [row.get("medlem") for row in rows] == ["Åby", None, None, None]
