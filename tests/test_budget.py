"""The figures that follow from a budget: for the five plans by value, and for any plan by invariants."""

import textwrap
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as replace_struct

from insyn.model import Budget, Funder, Kronor, Plan, Purpose
from insyn.money.budget import (
    Year,
    block_total,
    costs_by_group,
    costs_by_purpose,
    main_year,
    predecessor,
    rows_of,
    share,
    years_of,
)
from insyn.money.contributions import by_funder, contributions, extra
from insyn.money.unknown import Money, Unknown, added, less
from insyn.problems import Found
from insyn.reading.plan import read_plan
from tests.site import read_content

untimed = settings(deadline=None, max_examples=60)


# --- Plans as they are written --------------------------------------------------------------------------------------


def budget_of(budget: str, *, year: int = 2025) -> Budget:
    """Read the budget of a plan with nothing else in it."""
    head = f"---\nschema: finsam-plan/1\nförbund: norr\ntitel: Plan\når: {year}\nstatus: förslag\nbudget:\n"
    found = Found()
    text = head + textwrap.indent(textwrap.dedent(budget).strip(), "  ") + "\n---\n"
    plan = read_plan(text, "norr/plan.md", association="norr", year=year, found=found)
    assert plan
    assert found.problems == []
    return plan.budget


def figures(year: Year) -> tuple[int | None, ...]:
    """Income, costs, result, and opening and closing saved money of a year; None for an unknown figure."""
    return tuple(told(one) for one in (year.income, year.costs, year.result, year.opening, year.closing))


def told(figure: Money) -> int | None:
    return None if isinstance(figure, Unknown) else figure


@pytest.fixture(scope="module")
def plans(project: Path) -> dict[str, Plan]:
    """The five plans of the project, by förbund."""
    return {plan.association: plan for plan in read_content(project / "content")[1]}


# --- The five plans -------------------------------------------------------------------------------------------------

YEARS = {
    "hoglandet": {
        "p2023": (8_136_068, 7_839_000, 297_068, 1_215_582, 1_512_650),
        "b2024": (8_086_000, 8_236_000, -150_000, 1_512_650, 1_362_650),
        "p2025": (8_086_000, 8_086_000, 0, 1_362_650, 1_362_650),
        "p2026": (8_086_000, 8_086_000, 0, 1_362_650, 1_362_650),
    },
    "sodra-vatterbygden": {
        "b2021": (7_348_000, 8_742_900, -1_394_900, 1_454_413, 59_513),
        "p2021": (7_348_000, 7_084_300, 263_700, 1_836_467, 2_100_167),
        "b2022": (8_082_500, 9_142_240, -1_059_740, 2_100_167, 1_040_427),
        "pl2023": (8_891_000, 9_541_800, -650_800, 1_040_427, 389_627),
        "pl2024": (9_780_000, 10_087_400, -307_400, 389_627, 82_227),
    },
    "finnveden": {
        "b2014": (2_992_000, 4_412_000, -1_420_000, 1_720_000, 300_000),
        "b2015": (3_392_000, 3_692_000, -300_000, 300_000, 0),
    },
    "sodra-lappland": {
        "b2023": (3_752_000, 4_326_000, -574_000, 2_670_000, 2_096_000),
        "b2024": (4_052_000, 4_483_000, -431_000, 2_096_000, 1_665_000),
        "pl2025": (4_052_000, 4_371_000, -319_000, 1_665_000, 1_346_000),
        "pl2026": (3_752_000, 4_071_000, -319_000, 1_346_000, 1_027_000),
    },
    "sunnerbo": {
        "b2021": (4_184_000, 7_489_000, -3_305_000, 4_423_000, 1_118_000),
        "p2022": (4_184_000, 4_184_000, 0, 1_118_000, 1_118_000),
        "p2023": (4_184_000, 4_184_000, 0, 1_118_000, 1_118_000),
    },
}
"""Computed by hand from the source plans, in kronor: income, costs, the difference, opening and closing saved money.

In all but Höglandet's plan the printed sum of income includes the saved money.
"""
OWN_YEARS = {
    "hoglandet": "b2024",
    "sodra-vatterbygden": "b2022",
    "finnveden": "b2014",
    "sodra-lappland": "b2024",
    "sunnerbo": "b2021",
}


@pytest.mark.parametrize("name", YEARS)
def test_every_year_of_the_five_plans_is_worked_out_right(name: str, plans: dict[str, Plan]) -> None:
    years = years_of(plans[name].budget)
    assert {year.column.id: figures(year) for year in years} == YEARS[name]


@pytest.mark.parametrize(("name", "column"), OWN_YEARS.items())
def test_a_plan_speaks_first_of_its_own_year(name: str, column: str, plans: dict[str, Plan]) -> None:
    assert main_year(plans[name].budget).column.id == column
    assert figures(main_year(plans[name].budget)) == YEARS[name][column]


PAYERS = {
    "hoglandet": (4_018_000, 2_009_000, 2_009_000),
    "sodra-vatterbygden": (4_041_000, 2_020_500, 2_021_000),
    "finnveden": (1_496_000, 748_000, 748_000),
    "sodra-lappland": (1_876_000, 938_000, 938_000),
    "sunnerbo": (2_092_000, 1_046_000, 1_045_998),
}


@pytest.mark.parametrize(("name", "paid"), PAYERS.items())
def test_staten_the_region_and_the_kommuner_pay_what_their_rows_say(
    name: str, paid: tuple[int, int, int], plans: dict[str, Plan]
) -> None:
    found = contributions(plans[name].budget, ())
    assert not isinstance(found, Unknown)
    sums = by_funder(found)
    assert tuple(sums.items()) == tuple(zip((Funder.STATE, Funder.REGION, Funder.MUNICIPALITY), paid, strict=True))


def test_the_shares_that_hoglandet_prints_in_its_text_follow_from_its_rows(plans: dict[str, Plan]) -> None:
    costs = costs_by_purpose(plans["hoglandet"].budget)
    assert not isinstance(costs, Unknown)
    shares = {purpose: round(100 * share(amount, 8_236_000), 1) for purpose, amount in costs.items()}
    assert shares == {
        Purpose.INDIVIDUAL: Fraction("55.2"),
        Purpose.STRUCTURE: Fraction("23.9"),
        Purpose.ADMINISTRATION: Fraction("18.5"),
        Purpose.NEW: Fraction("2.4"),
    }


def test_what_is_neither_a_contribution_nor_saved_is_other_income(plans: dict[str, Plan]) -> None:
    assert [row.name for row, _ in extra(plans["hoglandet"].budget).incomes] == ["Ränta (3,57%)"]
    assert [row.name for row, _ in extra(plans["sodra-lappland"].budget).incomes] == ["ESF medel"]
    assert extra(plans["sunnerbo"].budget).incomes == ()


# --- Saved money is never income ------------------------------------------------------------------------------------

AMOUNTS = st.integers(0, 99_999_999)
CELLS = st.one_of(AMOUNTS.map(str), st.sampled_from(["~", '"---"', "0"]))
PARTS = st.sampled_from(["staten", "region", "kommun", "övrigt", "ränta", "eu"])
PURPOSES = st.sampled_from(
    ["individ", "struktur", "insatser", "ny", "administration", "styrelse", "revision", "övrigt"]
)


@dataclass(frozen=True, slots=True)
class Written:
    """A budget of one or more years as its author writes it: rows of cells, and the sums printed above them."""

    incomes: tuple[tuple[str, tuple[str, ...]], ...]
    """Part and cells of each row."""
    costs: tuple[tuple[str, tuple[str, ...]], ...]
    """Purpose and cells."""
    opening: tuple[int, ...] = ()
    """Saved money among the income."""
    prints_sums: bool = False
    unit: str = "kr"

    def read(self) -> Budget:
        return budget_of(self.text())

    def text(self) -> str:
        years = range(len(self.costs[0][1]))
        columns = [f"  - {{id: b{2025 + year}, år: {2025 + year}, typ: budget}}" for year in years]
        saved = [("ingående-kapital", tuple(map(str, self.opening)))] if self.opening else []
        return "\n".join(
            [
                f"enhet: {self.unit}",
                f"kapitalmodell: {'ingår' if self.opening else 'separat'}",
                "kolumner:",
                *columns,
                "intäkter:",
                *self._block("part", [*self.incomes, *saved]),
                "kostnader:",
                *self._block("ändamål", [*self.costs]),
            ]
        )

    def _block(self, key: str, rows: list[tuple[str, tuple[str, ...]]]) -> list[str]:
        lines = [
            f"    - {{namn: Rad {number}, {key}: {word}, belopp: [{', '.join(cells)}]}}"
            for number, (word, cells) in enumerate(rows, 1)
        ]
        sums = [
            sum(int(cell) for cell in column if cell.isdigit())
            for column in zip(*(row[1] for row in rows), strict=True)
        ]
        printed = f"  summa: {{namn: Summa, belopp: [{', '.join(map(str, sums))}]}}"
        return ["  rader:", *lines, *([printed] if self.prints_sums else [])]


@st.composite
def written_budgets(draw: st.DrawFn) -> Written:
    width = draw(st.integers(1, 3))
    cells = st.tuples(*[CELLS] * width)
    return Written(
        incomes=tuple(draw(st.lists(st.tuples(PARTS, cells), min_size=1, max_size=6))),
        costs=tuple(draw(st.lists(st.tuples(PURPOSES, cells), min_size=1, max_size=6))),
        opening=tuple(draw(st.tuples(*[AMOUNTS] * width))),
        prints_sums=draw(st.booleans()),
    )


@untimed
@given(written_budgets(), AMOUNTS)
def test_however_much_is_saved_the_year_brings_in_the_same(written: Written, more: int) -> None:
    poor, rich = written, replace(written, opening=tuple(amount + more for amount in written.opening))
    for before, after in zip(years_of(poor.read()), years_of(rich.read()), strict=True):
        assert (after.income, after.costs, after.result) == (before.income, before.costs, before.result)


@untimed
@given(written_budgets(), AMOUNTS)
def test_what_is_saved_can_be_used(written: Written, more: int) -> None:
    """The printed sum of incomes, which is what there is to use, rises with it, and so does what is left."""
    poor, rich = written.read(), replace(written, opening=tuple(amount + more for amount in written.opening)).read()
    for index, (before, after) in enumerate(zip(years_of(poor), years_of(rich), strict=True)):
        assert rise(block_total(poor.income, index), block_total(rich.income, index)) in (more, None)
        assert rise(before.opening, after.opening) == more
        assert rise(before.closing, after.closing) in (more, None)


def rise(before: Money, after: Money) -> int | None:
    return told(less(after, before))


@untimed
@given(written_budgets())
def test_a_year_is_what_comes_in_less_what_it_costs(written: Written) -> None:
    for year in years_of(written.read()):
        if written.prints_sums:
            assert year.result == less(year.income, year.costs)
            assert year.closing == added((year.opening, year.result))
        else:
            assert isinstance(year.result, Unknown)
            assert isinstance(year.closing, Unknown)


@untimed
@given(written_budgets())
def test_the_year_brings_in_the_rows_that_are_not_saved_money(written: Written) -> None:
    for index, year in enumerate(years_of(written.read())):
        cells = [cells[index] for _, cells in written.incomes]
        if written.prints_sums or all(cell.isdigit() for cell in cells):
            assert year.income == sum(int(cell) for cell in cells if cell.isdigit())
        else:
            assert isinstance(year.income, Unknown)
            assert year.income.rows == tuple(
                dict.fromkeys(f"Rad {number}" for number, cell in enumerate(cells, 1) if not cell.isdigit())
            )


def test_a_year_that_only_tells_what_is_saved_does_not_tell_what_comes_in() -> None:
    """A blank is not zero: the plan says nothing of the incomes of 2026, so neither do we."""
    budget = budget_of("""
        enhet: kr
        kapitalmodell: ingår
        kolumner:
          - {id: b2025, år: 2025, typ: budget}
          - {id: p2026, år: 2026, typ: plan}
        intäkter:
          rader:
            - {namn: Sparat, part: ingående-kapital, belopp: [500, 400]}
            - {namn: Bidrag, part: staten, belopp: [1 000, ~]}
        kostnader:
          rader:
            - {namn: Insats, belopp: [1 100, 900]}
        resultat: {namn: Kvar, belopp: [400, ~]}
    """)
    this, following = years_of(budget)
    assert figures(this) == (1_000, 1_100, -100, 500, 400)
    assert following.income == following.result == Unknown(("Bidrag",))


def test_saved_money_outside_the_table_is_carried_from_year_to_year() -> None:
    budget = budget_of("""
        enhet: kr
        kapitalmodell: separat
        kolumner:
          - {id: b2025, år: 2025, typ: budget}
          - {id: p2026, år: 2026, typ: plan}
          - {id: p2027, år: 2027, typ: plan}
        intäkter:
          rader:
            - {namn: Bidrag, part: staten, belopp: [1 000, 1 000, 1 000]}
        kostnader:
          rader:
            - {namn: Insats, belopp: [1 200, 900, 1 050]}
        resultat: {namn: Resultat, belopp: [-200, 100, -50]}
        eget_kapital:
          ingående: {namn: Eget kapital, år: 2024, belopp: 700}
    """)
    assert [(year.opening, year.closing) for year in years_of(budget)] == [(700, 500), (500, 600), (600, 550)]


def test_without_a_word_of_savings_nothing_is_said_of_them() -> None:
    budget = budget_of("""
        enhet: kr
        kapitalmodell: separat
        kolumner: [{id: b2025, år: 2025, typ: budget}]
        intäkter:
          rader:
            - {namn: Bidrag, part: staten, belopp: [1 000]}
        kostnader:
          rader:
            - {namn: Insats, belopp: [1 200]}
        resultat: {namn: Resultat, belopp: [-200]}
    """)
    assert figures(main_year(budget)) == (1_000, 1_200, -200, None, None)


# --- What isn't told is unknown, and never zero ---------------------------------------------------------------------


@untimed
@given(written_budgets())
def test_a_row_of_dashes_changes_no_figure_where_the_sums_hold_without_it(written: Written) -> None:
    printed = replace(written, prints_sums=True)
    row = tuple('"---"' for _ in written.opening)
    with_dashes = replace(
        printed, incomes=(*written.incomes, ("kommun", row)), costs=(*written.costs, ("individ", row))
    ).read()
    before = printed.read()
    assert years_of(with_dashes) == years_of(before)
    assert contributions(with_dashes, ()) == contributions(before, ())
    assert costs_by_purpose(with_dashes) == costs_by_purpose(before)


@untimed
@given(written_budgets(), st.sampled_from(["~", '"---"']))
def test_where_no_sum_is_printed_one_row_without_amount_leaves_its_side_unknown(written: Written, blank: str) -> None:
    row = tuple(blank for _ in written.opening)
    lacking = replace(written, prints_sums=False, incomes=(*written.incomes, ("kommun", row))).read()
    for year in years_of(lacking):
        assert isinstance(year.income, Unknown)
        assert f"Rad {len(written.incomes) + 1}" in year.income.rows
    assert isinstance(contributions(lacking, ()), Unknown)


def test_a_blank_is_unknown_also_where_the_sum_is_printed_and_leaves_the_sum_known() -> None:
    written = Written(
        incomes=(("staten", ("100",)), ("kommun", ("~",))),
        costs=(("individ", ("60",)), ("administration", ("~",))),
        prints_sums=True,
    ).read()
    assert figures(main_year(written))[:3] == (100, 60, 40)
    assert contributions(written, ()) == costs_by_purpose(written) == Unknown(("Rad 2",))


@pytest.mark.parametrize(("cell", "costs"), [("~", None), ('"---"', None), ("0", 0)])
def test_nothing_but_blanks_has_no_sum_but_zero_has(cell: str, costs: int | None) -> None:
    written = Written(incomes=(("staten", ("100",)),), costs=(("individ", (cell,)),))
    (year,) = years_of(written.read())
    assert told(year.costs) == costs


def test_a_sum_with_anything_unknown_is_unknown_and_says_of_what() -> None:
    assert added([]) == Unknown()
    assert added([Kronor(1), Unknown(("A",)), Unknown(("B", "A"))]) == Unknown(("A", "B"))
    assert added([Kronor(1), Kronor(2)]) == 3
    assert less(Kronor(5), Unknown(("A",))) == Unknown(("A",))


def test_what_is_unknown_cannot_be_added_by_mistake() -> None:
    with pytest.raises(TypeError):
        Unknown() + 1  # type: ignore[operator]


# --- Parts make the whole -------------------------------------------------------------------------------------------


@untimed
@given(written_budgets())
def test_the_parties_together_pay_what_all_contributions_come_to(written: Written) -> None:
    paid = contributions(written.read(), ())
    cells = [cells[0] for part, cells in written.incomes if part in {"staten", "region", "kommun"}]
    if isinstance(paid, Unknown):
        assert not all(cell.isdigit() for cell in cells)
    else:
        rows = [int(cell) for cell in cells if cell.isdigit()]
        assert sum(by_funder(paid).values()) == sum(one.amount for one in paid) == sum(rows)


@untimed
@given(written_budgets())
def test_the_purposes_together_cost_what_all_rows_cost(written: Written) -> None:
    cells = [cells[0] for _, cells in written.costs]
    by_purpose = costs_by_purpose(written.read())
    if isinstance(by_purpose, Unknown):
        assert not all(cell.isdigit() for cell in cells)
    else:
        assert sum(by_purpose.values()) == sum(int(cell) for cell in cells if cell.isdigit())
        assert list(by_purpose.values()) == sorted(by_purpose.values(), reverse=True)


def test_one_row_with_money_and_no_purpose_leaves_the_costs_undivided() -> None:
    text = """
        enhet: kr
        kapitalmodell: separat
        kolumner: [{id: b2025, år: 2025, typ: budget}]
        intäkter: {rader: [{namn: Bidrag, part: övrigt, belopp: [100]}]}
        kostnader:
          rader:
            - {namn: Insats, ändamål: individ, belopp: [60]}
            - {namn: Hyra, belopp: [%s]}
    """
    assert costs_by_purpose(budget_of(text % "40")) == Unknown()
    assert costs_by_purpose(budget_of(text % "0")) == {Purpose.INDIVIDUAL: 60}


GROUPS = """
    enhet: kr
    kapitalmodell: separat
    kolumner: [{id: b2025, år: 2025, typ: budget}]
    intäkter: {rader: [{namn: Bidrag, part: övrigt, belopp: [100]}]}
    kostnader:
      rader:
        - grupp: Verksamhet
          ändamål: insatser
          rader:
            - {namn: Coachning, belopp: [60]}
            - grupp: Unga
              rader:
                - {namn: Kurs, ändamål: individ, belopp: [15]}
                - {namn: Läger, belopp: [5]}
        - grupp: Kansli
          ändamål: administration
          rader:
            - {namn: Chef, belopp: [20]}
"""


def test_a_row_inherits_the_purpose_of_its_group_unless_it_has_its_own() -> None:
    assert costs_by_purpose(budget_of(GROUPS)) == {
        Purpose.ACTIVITIES: 65,
        Purpose.ADMINISTRATION: 20,
        Purpose.INDIVIDUAL: 15,
    }


def test_the_plans_own_groups_hold_what_stands_in_groups_beneath_them() -> None:
    assert costs_by_group(budget_of(GROUPS)) == {"Verksamhet": 80, "Kansli": 20}
    assert [row.name for row in rows_of(budget_of(GROUPS).costs.rows)] == ["Coachning", "Kurs", "Läger", "Chef"]


def test_two_groups_of_the_same_name_both_count() -> None:
    assert costs_by_group(budget_of(GROUPS.replace("grupp: Kansli", "grupp: Verksamhet"))) == {"Verksamhet": 100}


def test_a_group_that_prints_only_its_sum_counts_among_the_purposes() -> None:
    budget = budget_of("""
        enhet: kr
        kapitalmodell: separat
        kolumner: [{id: b2025, år: 2025, typ: budget}]
        intäkter: {rader: [{namn: Bidrag, part: övrigt, belopp: [100]}]}
        kostnader:
          rader:
            - {namn: Coachning, ändamål: individ, belopp: [60]}
            - {grupp: Kansli, ändamål: administration, rader: [], summa: {placering: före, belopp: [40]}}
          summa: {namn: Summa, belopp: [100]}
    """)
    assert costs_by_purpose(budget) == {Purpose.INDIVIDUAL: 60, Purpose.ADMINISTRATION: 40}


def test_the_parts_of_a_row_tell_who_pays_it_in_their_own_unit() -> None:
    budget = budget_of("""
        enhet: tkr
        kapitalmodell: separat
        kolumner: [{id: b2025, år: 2025, typ: budget}]
        intäkter:
          rader:
            - namn: Anslag
              part: parterna
              belopp: [4]
              nedbrytning:
                rubrik: Anslag
                enhet: kr
                kolumn: b2025
                rader:
                  - {namn: Staten, part: staten, belopp: 2 000}
                  - {namn: Regionen, part: region, belopp: 1 000}
                  - {namn: Åby, part: kommun, belopp: 999}
        kostnader: {rader: [{namn: Insats, belopp: [4]}]}
    """)
    paid = contributions(budget, ())
    assert not isinstance(paid, Unknown)
    assert by_funder(paid) == {Funder.STATE: 2_000, Funder.REGION: 1_000, Funder.MUNICIPALITY: 999}
    assert main_year(budget).income == 4_000


@untimed
@given(st.integers(), st.integers(1))
def test_a_share_is_exact(part: int, whole: int) -> None:
    assert share(part, whole) * whole == part


def test_nothing_of_nothing_is_no_share() -> None:
    assert share(0, 0) == 0


# --- Which year comes before ----------------------------------------------------------------------------------------

KINDS = ("utfall", "prognos", "budget", "plan")
"""From the most certain to the least."""


def columns(*named: tuple[str, int]) -> Budget:
    lines = "\n".join(
        f"          - {{id: k{number}, år: {year}, typ: {kind}}}" for number, (kind, year) in enumerate(named)
    )
    cells = ", ".join("1" for _ in named)
    return budget_of(f"""
        enhet: kr
        kapitalmodell: separat
        huvudkolumn: k{len(named) - 1}
        kolumner:
{lines}
        intäkter: {{rader: [{{namn: Bidrag, part: övrigt, belopp: [{cells}]}}]}}
        kostnader: {{rader: [{{namn: Insats, belopp: [{cells}]}}]}}
    """)


@pytest.mark.parametrize("certain", range(len(KINDS)))
def test_a_year_builds_on_the_most_certain_column_of_the_year_before(certain: int) -> None:
    before = [(kind, 2024) for kind in reversed(KINDS[certain:])]
    budget = columns(*before, ("budget", 2025))
    *earlier, this = budget.columns
    assert predecessor(budget, this) == earlier[-1]


def test_a_year_never_builds_on_its_own_year_or_on_one_farther_back() -> None:
    budget = columns(("budget", 2023), ("prognos", 2025), ("budget", 2025))
    assert predecessor(budget, budget.columns[-1]) is None


def test_of_two_budgets_of_a_year_the_main_one_counts_else_the_last() -> None:
    budget = columns(("budget", 2024), ("budget", 2024), ("budget", 2025))
    first, second, after = budget.columns
    assert predecessor(budget, after) == second
    assert predecessor(replace_struct(budget, main_column=first.id), after) == first


# --- Units ----------------------------------------------------------------------------------------------------------

UNITS = {"kr": 0, "tkr": 3, "mkr": 6, "mnkr": 6}
"""Number of decimals needed to write any number of kronor in each unit."""


def in_unit(cell: str, unit: str) -> str:
    """Convert a cell from kronor to another unit: 1500 as "1,500" tkr."""
    places = UNITS[unit]
    if not cell.isdigit() or not places:
        return cell
    return f'"{int(cell) // 10**places},{int(cell) % 10**places:0{places}}"'


@untimed
@given(written_budgets(), st.sampled_from(["tkr", "mkr", "mnkr"]))
def test_a_plan_says_the_same_in_kr_tkr_and_mnkr_also_when_that_is_written_mkr(written: Written, unit: str) -> None:
    kronor = replace(written, opening=(), prints_sums=False)
    other = replace(
        kronor,
        unit=unit,
        incomes=tuple((part, tuple(in_unit(cell, unit) for cell in cells)) for part, cells in kronor.incomes),
        costs=tuple((purpose, tuple(in_unit(cell, unit) for cell in cells)) for purpose, cells in kronor.costs),
    )
    assert years_of(other.read()) == years_of(kronor.read())
    assert contributions(other.read(), ()) == contributions(kronor.read(), ())
    assert costs_by_purpose(other.read()) == costs_by_purpose(kronor.read())
