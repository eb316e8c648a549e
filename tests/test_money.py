"""The summarised money of a plan: the figures that are compared, equal to those computed by hand."""

from fractions import Fraction
from pathlib import Path

import pytest
from msgspec.structs import replace

from insyn.model import ColumnKind, Kronor, Unit
from insyn.money.budget import share
from insyn.money.plan_money import ColumnMoney, PlanMoney, common_unit, money_of
from insyn.money.unknown import Money, Unknown, all_known
from insyn.swedish import decimal
from tests.site import PLAN, TestSite, read_content


@pytest.fixture(scope="module")
def monies(project: Path) -> dict[str, PlanMoney]:
    """The money of the five plans, by förbund."""
    associations, plans = read_content(project / "content")
    return {plan.association: money_of(plan, associations[plan.association]) for plan in plans}


def money_in(site: TestSite, *changes: tuple[str, str]) -> PlanMoney:
    """Read the site's plan, with each change replacing a text that must be in it."""
    site.write_plan(PLAN, *changes)
    associations, (plan,) = read_content(site.content)
    return money_of(plan, associations["norr"])


def in_unit(money: PlanMoney, kronor: Money) -> int:
    assert not isinstance(kronor, Unknown)
    whole, rest = divmod(kronor, money.unit.value)
    assert rest == 0
    return whole


# --- The five plans -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("association", "year", "unit", "expected"),
    [
        ("hoglandet", 2024, Unit.KR, [8_086_000, 8_236_000, -150_000, 1_362_650]),
        ("sodra-vatterbygden", 2022, Unit.KR, [8_082_500, 9_142_240, -1_059_740, 1_040_427]),
        ("finnveden", 2014, Unit.KR, [2_992_000, 4_412_000, -1_420_000, 300_000]),
        ("sodra-lappland", 2024, Unit.TKR, [4_052, 4_483, -431, 1_665]),
        ("sunnerbo", 2021, Unit.TKR, [4_184, 7_489, -3_305, 1_118]),
    ],
)
def test_the_comparable_figures_of_the_five_plans(
    monies: dict[str, PlanMoney], association: str, year: int, unit: Unit, expected: list[int]
) -> None:
    """Income, costs, result and savings: in plans that count saved money as income, none is printed as such."""
    money = monies[association]
    main = money.main
    assert (money.year, money.unit, main.year, main.kind) == (year, unit, year, ColumnKind.BUDGET)
    told = [in_unit(money, amount) for amount in (main.income, main.costs, main.result, main.closing)]
    assert told == expected


@pytest.mark.parametrize(
    ("association", "percent"),
    [
        ("hoglandet", "18,5"),
        ("sodra-vatterbygden", "9,9"),
        ("finnveden", "12,6"),
        ("sodra-lappland", None),
        ("sunnerbo", None),
    ],
)
def test_administration_is_told_only_where_the_forbund_has_said_what_it_is(
    monies: dict[str, PlanMoney], association: str, percent: str | None
) -> None:
    main = monies[association].main
    told = all_known(main.administration, main.costs)
    assert percent == (decimal(share(*told) * 100, 1) if told else None)


def test_every_column_is_kept_with_its_kind_and_the_month_of_a_forecast(monies: dict[str, PlanMoney]) -> None:
    columns = monies["sodra-vatterbygden"].columns
    assert [(column.year, column.kind, column.as_of) for column in columns] == [
        (2021, ColumnKind.BUDGET, None),
        (2021, ColumnKind.FORECAST, "2021-09"),
        (2022, ColumnKind.BUDGET, None),
        (2023, ColumnKind.PLAN, None),
        (2024, ColumnKind.PLAN, None),
    ]


def test_what_the_members_pay_leaves_other_incomes_and_saved_money_out(monies: dict[str, PlanMoney]) -> None:
    assert {association: money.contributions for association, money in monies.items()} == {
        "hoglandet": 8_036_000,
        "sodra-vatterbygden": 8_082_500,
        "finnveden": 2_992_000,
        "sodra-lappland": 3_752_000,
        "sunnerbo": 4_184_000,
    }


# --- Any plan -------------------------------------------------------------------------------------------------------

COUNTED = ("medlemmar:", "administration: [administration]\nmedlemmar:")


def test_administration_is_told_when_every_cost_has_a_purpose(site: TestSite) -> None:
    site.edit("norr/forbund.md", *COUNTED)
    money = money_in(site)
    assert [column.administration for column in money.columns] == [500_000, 600_000]
    told = all_known(money.main.administration, money.main.costs)
    assert told
    assert share(*told) == Fraction(1, 4)


def test_administration_is_not_told_when_a_cost_with_money_has_no_purpose(site: TestSite) -> None:
    site.edit("norr/forbund.md", *COUNTED)
    money = money_in(site, ("Coachning, ändamål: individ, belopp: [1 500 000,", "Coachning, belopp: [~,"))
    assert [column.administration for column in money.columns] == [Unknown(("Coachning",)), Unknown()]


def test_no_administration_among_costs_that_all_have_purposes_is_zero(site: TestSite) -> None:
    site.edit("norr/forbund.md", "medlemmar:", "administration: [revision]\nmedlemmar:")
    assert money_in(site).main.administration == 0


def test_what_a_plan_does_not_tell_is_unknown_and_never_zero(site: TestSite) -> None:
    money = money_in(
        site,
        ("[300 000, 300 000]", "[~, 300 000]"),
        ("[200 000, 200 000]", "[~, 200 000]"),
        ("[500 000, 500 000]", '["---", 500 000]'),
        ("[1 000 000, 1 000 000]", "[~, 1 000 000]"),
        ("intäkter, belopp: [2 000 000,", "intäkter, belopp: [~,"),
    )
    payers = Unknown(("Åby kommun", "Östby kommun", "Region Norr", "Försäkringskassan"))
    costs, unknown = Kronor(2_000_000), Unknown()
    main = ColumnMoney(2025, ColumnKind.BUDGET, None, payers, costs, Kronor(0), unknown, unknown, unknown)
    assert replace(money.main, closing=unknown) == main
    assert money.contributions == payers


def test_money_is_known_by_what_it_holds(site: TestSite) -> None:
    first = money_in(site)
    assert hash(first) == hash(money_in(site))
    assert first == money_in(site)
    assert first != money_in(site, ("status: beslutad", "status: förslag"))


def test_amounts_of_plans_in_different_units_are_shown_in_kronor() -> None:
    assert common_unit([Unit.TKR, Unit.TKR]) is Unit.TKR
    assert common_unit([Unit.TKR, Unit.KR]) is Unit.KR
    assert common_unit([Unit.TKR, Unit.MKR]) is Unit.KR
    assert common_unit([]) is Unit.KR
