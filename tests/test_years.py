"""A förbund's plans taken together: the newest figure for each year and kind, and breaks in the series."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from insyn.model import ColumnKind, EquityModel, Kronor, Status, Unit
from insyn.money.plan_money import ColumnMoney, PlanMoney
from insyn.money.unknown import Money, Unknown
from insyn.money.years import (
    ModelBreak,
    Seam,
    YearPoint,
    model_breaks,
    most_certain,
    points_of,
    proposed_points,
    seams_of,
    settled,
    untold_years,
)

BUDGET, FORECAST, OUTCOME, LATER = ColumnKind.BUDGET, ColumnKind.FORECAST, ColumnKind.OUTCOME, ColumnKind.PLAN
untimed = settings(deadline=None, max_examples=200)


@dataclass(frozen=True)
class Column:
    """The facts of a column that a test states; the rest is left out."""

    year: int
    kind: ColumnKind
    costs: int | None = None
    opening: int | None = None
    closing: int | None = None
    as_of: str | None = None

    def money(self) -> ColumnMoney:
        costs, opening, closing = (self._told(one) for one in (self.costs, self.opening, self.closing))
        unknown = Unknown()
        return ColumnMoney(self.year, self.kind, self.as_of, unknown, costs, unknown, opening, closing, unknown)

    @staticmethod
    def _told(amount: int | None) -> Money:
        return Unknown() if amount is None else Kronor(amount)


def plan(
    year: int,
    *columns: Column,
    status: Status = Status.ADOPTED,
    unit: Unit = Unit.KR,
    model: EquityModel = EquityModel.SEPARATE,
) -> PlanMoney:
    """Create the money of a plan whose main column is its budget."""
    main = next((place for place, one in enumerate(columns) if (one.year, one.kind) == (year, BUDGET)), 0)
    return PlanMoney("norr", year, status, unit, model, tuple(one.money() for one in columns), main, Unknown())


def told(points: tuple[YearPoint, ...]) -> list[tuple[int, ColumnKind, Money, int]]:
    """Return year, kind, costs and the plan that they come from."""
    return [(point.year, point.kind, point.costs, point.plan) for point in points]


# --- Points ---------------------------------------------------------------------------------------------------------


def test_budget_forecast_and_outcome_of_a_year_are_kept_apart_in_the_order_they_come() -> None:
    points = points_of(
        [
            plan(2023, Column(2023, BUDGET, 10), Column(2024, LATER, 11)),
            plan(2024, Column(2023, FORECAST, 9), Column(2024, BUDGET, 12)),
            plan(2025, Column(2023, OUTCOME, 8), Column(2025, BUDGET, 13)),
        ]
    )
    assert told(points) == [
        (2023, BUDGET, 10, 2023),
        (2023, FORECAST, 9, 2024),
        (2023, OUTCOME, 8, 2025),
        (2024, LATER, 11, 2023),
        (2024, BUDGET, 12, 2024),
        (2025, BUDGET, 13, 2025),
    ]


def test_a_later_plans_figure_for_the_same_year_and_kind_takes_the_place_of_an_older_one() -> None:
    older = plan(2023, Column(2023, BUDGET, 10), Column(2025, LATER, 14))
    newer = plan(2024, Column(2023, BUDGET, 11), Column(2025, LATER, 15))
    expected = [(2023, BUDGET, 11, 2024), (2025, LATER, 15, 2024)]
    assert told(points_of([older, newer])) == told(points_of([newer, older])) == expected


def test_an_older_figure_stays_where_the_newer_plan_leaves_something_out() -> None:
    """A plan often repeats last year's budget without its savings."""
    older = plan(2023, Column(2023, BUDGET, 10, closing=5))
    newer = plan(2024, Column(2023, BUDGET, 11))
    points = points_of([older, newer])
    assert [(point.plan, point.costs, point.closing) for point in points] == [(2023, 10, 5), (2024, 11, Unknown())]


def test_the_newest_forecast_of_a_plan_is_the_one_that_is_shown() -> None:
    spring, autumn = Column(2024, FORECAST, 9, as_of="2024-04"), Column(2024, FORECAST, 8, as_of="2024-09")
    (point,) = points_of([plan(2024, spring, autumn)])
    assert (point.costs, point.as_of) == (8, "2024-09")


def test_a_proposal_never_takes_the_place_of_what_is_decided() -> None:
    decided = plan(2024, Column(2024, BUDGET, 10))
    proposed = plan(2025, Column(2024, BUDGET, 99), Column(2025, BUDGET, 12), status=Status.PROPOSAL)
    assert told(points_of([decided, proposed])) == [(2024, BUDGET, 10, 2024)]
    beside = proposed_points([decided, proposed])
    assert told(beside) == [(2024, BUDGET, 99, 2025), (2025, BUDGET, 12, 2025)]
    assert all(point.is_proposal for point in beside)


def test_a_proposal_tells_the_years_while_nothing_is_decided() -> None:
    proposed = plan(2025, Column(2025, BUDGET, 12), status=Status.PROPOSAL)
    assert told(points_of([proposed])) == [(2025, BUDGET, 12, 2025)]
    assert proposed_points([proposed]) == ()


def test_a_proposal_that_a_later_decision_has_overtaken_says_nothing() -> None:
    decided = plan(2025, Column(2025, BUDGET, 10))
    assert proposed_points([plan(2024, Column(2024, BUDGET, 9), status=Status.PROPOSAL), decided]) == ()


def test_the_years_after_the_newest_plans_own_are_told_by_that_plan_alone() -> None:
    older = plan(2024, Column(2024, BUDGET, 10), Column(2026, ColumnKind.PLAN, 11), Column(2027, ColumnKind.PLAN, 12))
    newer = plan(2025, Column(2025, BUDGET, 20), Column(2026, ColumnKind.PLAN, 21))
    assert told(points_of([older, newer])) == [
        (2024, BUDGET, 10, 2024), (2025, BUDGET, 20, 2025), (2026, ColumnKind.PLAN, 21, 2025),
    ]  # fmt: skip


def test_plans_that_were_replaced_or_revoked_say_nothing() -> None:
    for status in (Status.REPLACED, Status.REVOKED):
        assert points_of([plan(2024, Column(2024, BUDGET, 10), status=status)]) == ()


def test_a_column_that_tells_nothing_is_no_point() -> None:
    assert points_of([plan(2024, Column(2024, BUDGET))]) == ()


amounts = st.none() | st.integers(-9, 9)
columns = st.builds(
    Column, st.integers(2020, 2024), st.sampled_from(ColumnKind), costs=amounts, opening=amounts, closing=amounts
)
plans = st.lists(
    st.builds(
        lambda year, cells, status: plan(year, *cells, status=status),
        st.integers(2020, 2024),
        st.lists(columns, min_size=1, max_size=4),
        st.sampled_from([Status.ADOPTED, Status.REVISED, Status.PROPOSAL, Status.REVOKED]),
    ),
    max_size=5,
    unique_by=lambda money: money.year,
)


@given(plans)
@untimed
def test_points_never_mix_kinds_years_or_plans(monies: list[PlanMoney]) -> None:
    """Every figure of a point stands in one and the same column of the plan that it names."""
    by_year = {money.year: money for money in monies}
    for point in points_of(monies):
        said = by_year[point.plan]
        assert said.is_used
        assert point.is_proposal == said.is_proposal
        alike = [one for one in said.columns if (one.year, one.kind) == (point.year, point.kind)]
        figures = (point.income, point.costs, point.result, point.opening, point.closing)
        assert figures in [(one.income, one.costs, one.result, one.opening, one.closing) for one in alike]


@given(plans)
@untimed
def test_nothing_that_a_plan_in_use_tells_is_lost_of_the_years_up_to_the_newest_plans(monies: list[PlanMoney]) -> None:
    points, used = points_of(monies), settled(monies)
    newest = max((money.year for money in used), default=0)
    for money in used:
        for column in (one for one in money.columns if money.year == newest or one.year <= newest):
            same = [point for point in points if (point.year, point.kind) == (column.year, column.kind)]
            assert is_unknown(column.costs) or not all(is_unknown(point.costs) for point in same)
            assert is_unknown(column.closing) or not all(is_unknown(point.closing) for point in same)


def is_unknown(figure: Money) -> bool:
    return isinstance(figure, Unknown)


@given(plans)
@untimed
def test_one_point_a_year_is_drawn_and_none_is_more_certain(monies: list[PlanMoney]) -> None:
    points = points_of(monies)
    drawn = most_certain(points)
    assert [point.year for point in drawn] == sorted({point.year for point in points})
    for point in drawn:
        assert all(point.kind.value <= other.kind.value for other in points if other.year == point.year)


# --- Breaks ---------------------------------------------------------------------------------------------------------


def test_years_that_no_plan_tells_of_are_named_as_spans() -> None:
    assert untold_years([2014, 2015, 2019, 2021]) == ((2016, 2018), (2020, 2020))
    assert untold_years([2014, 2015]) == ()
    assert untold_years([]) == ()


def test_a_plan_that_begins_with_other_savings_than_the_one_before_ends_with_is_a_seam() -> None:
    first = plan(2023, Column(2023, BUDGET, 1, closing=500))
    second = plan(2024, Column(2024, BUDGET, 1, opening=560, closing=400))
    third = plan(2025, Column(2025, BUDGET, 1, opening=400))
    assert seams_of([third, first, second]) == (Seam(2023, Kronor(500), 2024, Kronor(560)),)


def test_plans_with_a_year_between_them_have_no_seam() -> None:
    first, third = plan(2023, Column(2023, BUDGET, closing=500)), plan(2025, Column(2025, BUDGET, opening=1))
    assert seams_of([first, third]) == ()


def test_savings_that_differ_only_by_the_unit_they_are_written_in_are_no_seam() -> None:
    exact = plan(2023, Column(2023, BUDGET, closing=1_362_650))
    rounded = plan(2024, Column(2024, BUDGET, opening=1_363_000), unit=Unit.TKR)
    other = plan(2024, Column(2024, BUDGET, opening=1_364_000), unit=Unit.TKR)
    assert seams_of([exact, rounded]) == ()
    assert len(seams_of([exact, other])) == 1


def test_a_changed_way_to_print_saved_money_is_told_from_the_plan_that_changes_it() -> None:
    included, separate = EquityModel.INCLUDED, EquityModel.SEPARATE
    monies = [plan(year, Column(year, BUDGET, 1), model=model) for year, model in
              ((2021, included), (2022, included), (2023, separate))]  # fmt: skip
    assert model_breaks(monies) == (ModelBreak(2023, separate),)
