"""Costs and saved money over the years of several plans: what is kept of each year, and what is said."""

import pytest

from insyn.charts.chart import Chart, Unshown, Words
from insyn.charts.figures import Columns, Line
from insyn.charts.years import YearPoint, costs_over_years, savings_over_years
from insyn.model import ColumnKind, Kronor, Unit
from insyn.texts import Texts
from tests.test_charts import plain

KINDS = {
    "utfall": ColumnKind.OUTCOME,
    "prognos": ColumnKind.FORECAST,
    "budget": ColumnKind.BUDGET,
    "plan": ColumnKind.PLAN,
}


def point(told: str) -> YearPoint:
    """Read "2023 utfall 2025: 700, 90": year, kind, the plan that says so, costs and saved money."""
    head, _, amounts = told.partition(": ")
    year, kind, source = head.split()
    costs, closing = (None if cell == "~" else Kronor(int(cell)) for cell in amounts.split(", "))
    return YearPoint(int(year), KINDS[kind], int(source), None, costs, closing)


def points(*told: str) -> list[YearPoint]:
    return [point(one) for one in told]


THREE_PLANS = points(
    "2022 budget 2022: 700, 90",
    "2023 plan 2022: 705, 80",
    "2024 plan 2022: 710, 70",
    "2022 utfall 2023: 680, 95",
    "2023 budget 2023: 730, 85",
    "2024 plan 2023: 735, 60",
    "2023 prognos 2024: 720, 88",
    "2024 budget 2024: 800, 50",
    "2025 plan 2024: 790, 40",
)


@pytest.fixture
def words(texts: Texts) -> Words:
    return Words(texts, Unit.KR)


def drawn(made: Chart | Unshown | None) -> Chart:
    assert isinstance(made, Chart)
    return made


def test_each_year_is_told_by_what_is_surest_with_a_mark_for_its_budget(words: Words) -> None:
    said = drawn(costs_over_years(THREE_PLANS, words))
    assert isinstance(said.figure, Columns)
    columns = [(group.label, bar.amount, bar.mark, bar.tentative) for group in said.figure.groups for bar in group.bars]
    assert columns == [
        ("Utfall 2022", 680, 700, False),
        ("Prognos 2023", 720, 730, False),
        ("Budget 2024", 800, None, False),
        ("Plan 2025", 790, None, True),
    ]
    assert [key.label for key in said.keys] == ["Kostnader", "Budget för samma år"]


def test_costs_are_compared_to_the_last_year_that_is_more_than_planned(words: Words) -> None:
    said = drawn(costs_over_years(THREE_PLANS, words))
    assert plain(said.title) == "Kostnaderna beräknas öka från 680 kronor 2022 till 800 kronor 2024"
    assert plain(said.summary) == (
        "Utfallet för 2022 var 680 kronor. Budgeten för 2024 är 800 kronor. "
        "Den nyaste uppgiften kommer från planen för 2024."
    )
    assert said.subtitle == "Summa kostnader per år enligt planerna för 2022–2024"


def test_budget_forecast_and_outcome_are_kept_apart_in_the_table_each_with_its_source(words: Words) -> None:
    said = drawn(costs_over_years(THREE_PLANS, words))
    assert [(row.name, *row.cells) for row in said.table.rows] == [
        ("Budget 2022", "Planen för 2022", "700"),
        ("Utfall 2022", "Planen för 2023", "680"),
        ("Budget 2023", "Planen för 2023", "730"),
        ("Prognos 2023", "Planen för 2024", "720"),
        ("Budget 2024", "Planen för 2024", "800"),
        ("Plan 2025", "Planen för 2024", "790"),
    ]


def test_the_newest_plan_is_believed_in_whatever_order_they_come(words: Words) -> None:
    both = points("2024 plan 2022: 1, 1", "2024 plan 2023: 2, 2", "2023 budget 2023: 3, 3")
    for given in (both, both[::-1]):
        said = drawn(costs_over_years(given, words))
        assert [(row.name, *row.cells) for row in said.table.rows][-1] == ("Plan 2024", "Planen för 2023", "2")


def test_years_that_are_over_are_told_in_the_past(words: Words) -> None:
    said = drawn(costs_over_years(points("2022 utfall 2023: 700, 9", "2023 utfall 2024: 600, 5"), words))
    assert plain(said.title) == "Kostnaderna minskade från 700 kronor 2022 till 600 kronor 2023"
    savings = drawn(savings_over_years(points("2022 utfall 2023: 700, 9", "2023 utfall 2024: 600, 5"), words))
    assert plain(savings.title) == "Sparade pengar var 5 kronor i slutet av 2023"
    assert plain(savings.summary).startswith("Enligt utfallet för 2022 fanns 9 kronor kvar i slutet av året.")


def test_no_keys_are_needed_where_no_year_has_a_mark(words: Words) -> None:
    said = drawn(costs_over_years(points("2022 budget 2022: 1, 1", "2023 budget 2023: 2, 2"), words))
    assert said.keys == ()


def test_years_that_are_only_planned_are_compared_too(words: Words) -> None:
    said = drawn(costs_over_years(points("2024 plan 2023: 1, 1", "2025 plan 2023: 2, 2"), words))
    assert plain(said.title) == "Kostnaderna beräknas öka från 1 krona 2024 till 2 kronor 2025"
    first = drawn(costs_over_years(points("2024 budget 2024: 9, 1", "2025 plan 2024: 9, 2"), words))
    assert plain(first.title) == "Kostnaderna beräknas vara lika stora 2024 och 2025: 9 kronor"


def test_saved_money_is_a_line_through_what_is_surest(words: Words) -> None:
    said = drawn(savings_over_years(THREE_PLANS, words))
    assert isinstance(said.figure, Line)
    assert [(one.label, one.amount, one.tentative) for one in said.figure.points] == [
        ("Utfall 2022", 95, False),
        ("Prognos 2023", 88, False),
        ("Budget 2024", 50, False),
        ("Plan 2025", 40, True),
    ]
    assert plain(said.title) == "Sparade pengar beräknas vara 50 kronor i slutet av 2024"
    assert plain(said.summary) == (
        "Enligt utfallet för 2022 fanns 95 kronor kvar i slutet av året. "
        "Enligt budgeten för 2024 finns 50 kronor kvar i slutet av året. "
        "Den nyaste uppgiften kommer från planen för 2024."
    )


def test_lacking_money_is_not_said_to_be_left(words: Words) -> None:
    said = drawn(savings_over_years(points("2023 utfall 2024: 1, 50", "2024 budget 2024: 1, -20"), words))
    assert plain(said.title) == "Det beräknas fattas 20 kronor i slutet av 2024"
    assert "Enligt budgeten för 2024 fattas 20 kronor i slutet av året." in plain(said.summary)


def test_one_year_or_nothing_but_zero_is_a_sentence(words: Words) -> None:
    one = points("2024 budget 2024: 700, 90")
    assert costs_over_years(one, words) == Unshown(
        "kostnader-over-aren",
        "Planerna har kostnader för bara ett år, 2024. Därför går det inte att visa hur de ändras över åren.",
    )
    savings = savings_over_years(one, words)
    assert isinstance(savings, Unshown)
    assert plain(savings.text) == "Planerna säger hur mycket som finns sparat för bara ett år, 2024: 90 kronor."
    zero = points("2024 budget 2024: 0, 0", "2025 budget 2025: 0, 0")
    assert costs_over_years(zero, words) == Unshown("kostnader-over-aren", "Kostnaderna är noll alla år.")
    assert savings_over_years(zero, words) == Unshown(
        "sparade-pengar-over-aren", "Inga pengar finns sparade något av åren."
    )


def test_what_no_plan_tells_is_not_drawn(words: Words) -> None:
    assert costs_over_years([], words) is None
    assert costs_over_years(points("2024 budget 2024: ~, 90"), words) is None
    assert savings_over_years(points("2024 budget 2024: 700, ~"), words) is None
    untold = points("2023 utfall 2024: ~, 1", "2023 budget 2023: 5, 1", "2024 budget 2024: 6, 1")
    said = drawn(costs_over_years(untold, words))
    assert [row.name for row in said.table.rows] == ["Budget 2023", "Budget 2024"]
