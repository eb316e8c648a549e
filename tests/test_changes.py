"""What changes: costs over the years, rows against the year before, and a year beside its own budget."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insyn.charts.changes import RowSource, row_changes
from insyn.charts.changes import rows as row_changes_of
from insyn.charts.chart import Chart, Unshown, Words, turn
from insyn.charts.costs import costs
from insyn.charts.figures import Bars, Columns, Series
from insyn.charts.planned import planned
from insyn.model import ColumnKind, Kronor, Purpose, Unit
from insyn.money.budget import Entry, cost_entries, paired
from insyn.money.unknown import Unknown
from insyn.texts import Texts
from tests.site import TestSite
from tests.test_budget import budget_of
from tests.test_charts import chart, charts, plain, total, years

pytestmark = pytest.mark.usefixtures("unlikely_sums")

COSTS, ROWS, PLANNED = "hur-kostnaderna-andras", "vad-okar-och-minskar", "blev-det-som-planerat"


def rows_of_costs(columns: tuple[tuple[str, int], ...], *rows: str, main: str = "budget-2025", unit: str = "kr") -> str:
    """A budget whose costs are these rows: "A, individ: 100, 200"."""
    listed = "\n".join(f"    - {{id: {kind}-{year}, år: {year}, typ: {kind}}}" for kind, year in columns)
    lines = []
    for row in rows:
        head, _, amounts = row.partition(":")
        name, _, purpose = head.partition(", ")
        lines.append(
            f"      - {{namn: {name}, {f'ändamål: {purpose}, ' if purpose else ''}belopp: [{amounts.strip()}]}}"
        )
    zeros = ", ".join("0" for _ in columns)
    costs = "\n".join(lines)
    printed = total(*(row.partition(":")[2].strip() for row in rows))
    return (
        f"  enhet: {unit}\n  kapitalmodell: separat\n  huvudkolumn: {main}\n  kolumner:\n{listed}\n"
        f"  intäkter:\n    rader: [{{namn: Staten, part: staten, belopp: [{zeros}]}}]\n{total(zeros)}"
        f"  kostnader:\n    rader:\n{costs}\n{printed}"
    )


LAST_AND_NOW = (("prognos", 2024), ("budget", 2025))


def sentence(site: TestSite, budget: str, wanted: str) -> str:
    said = charts(site, budget)[wanted]
    assert isinstance(said, Unshown)
    return plain(said.text)


# --- D6: costs over the years ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now", "way"),
    [(100, 100, "same"), (1000, 1009, "near"), (1000, 1010, "up"), (1000, 990, "down"), (1000, 991, "near")],
)
def test_a_change_has_to_be_one_per_cent_to_be_called_one(before: int, now: int, way: str) -> None:
    assert turn(before, now) == way


def test_from_nothing_to_something_is_a_change_however_small() -> None:
    assert (turn(0, 1), turn(0, 0), turn(-100, -102), turn(-1000, -1001)) == ("up", "same", "down", "near")


@pytest.mark.parametrize(
    ("kind", "amounts", "title"),
    [
        ("budget", "1 000, 1 100", "Kostnaderna beräknas öka till 1 100 kronor 2025"),
        ("budget", "1 000, 900", "Kostnaderna beräknas minska till 900 kronor 2025"),
        ("utfall", "1 000, 1 100", "Kostnaderna ökade till 1 100 kronor 2025"),
        ("utfall", "1 000, 900", "Kostnaderna minskade till 900 kronor 2025"),
        ("prognos", "1 000, 1 100", "Kostnaderna väntas öka till 1 100 kronor 2025"),
        ("prognos", "1 000, 1 001", "Kostnaderna väntas vara nästan oförändrade 2025: 1 001 kronor"),
        ("budget", "1 000, 1 001", "Kostnaderna beräknas vara nästan oförändrade 2025: 1 001 kronor"),
    ],
)
def test_costs_are_told_in_the_tense_of_their_column(site: TestSite, kind: str, amounts: str, title: str) -> None:
    budget = years("separat", "0", "0, 0", amounts, columns=(("utfall", 2024), (kind, 2025)), main=f"{kind}-2025")
    assert plain(chart(site, budget, COSTS).title) == title


def test_costs_that_stay_are_told_beside_those_that_change_later(site: TestSite) -> None:
    budget = years(
        "separat", "0", "0, 0, 0", "500, 500, 700", columns=(("prognos", 2024), ("budget", 2025), ("plan", 2026))
    )
    said = chart(site, budget, COSTS)
    assert plain(said.title) == "Kostnaderna beräknas vara oförändrade 2025: 500 kronor"
    assert plain(said.summary) == (
        "Prognosen för 2024 är 500 kronor. Budgeten för 2025 är lika stor. Kostnaderna planeras till 700 kronor 2026."
    )


def test_a_plan_that_begins_with_its_own_year_compares_it_with_the_next(site: TestSite) -> None:
    said = chart(site, years("separat", "0", "0, 0", "500, 700"), COSTS)
    assert plain(said.title) == "Kostnaderna beräknas öka från 500 kronor 2025 till 700 kronor 2026"
    assert plain(said.summary) == "Budgeten för 2025 är 500 kronor. Kostnaderna planeras till 700 kronor 2026."


def test_costs_after_a_year_without_any_have_no_percentage(site: TestSite) -> None:
    budget = years("separat", "0", "0, 0", "0, 500", columns=LAST_AND_NOW)
    assert plain(chart(site, budget, COSTS).summary).endswith(
        "Budgeten för 2025 är 500 kronor, alltså 500 kronor högre."
    )


def test_of_two_columns_of_the_year_before_the_surer_is_drawn_and_named(site: TestSite) -> None:
    columns = (("budget", 2024), ("utfall", 2024), ("budget", 2025))
    said = chart(site, years("separat", "0", "0, 0, 0", "900, 700, 800", columns=columns), COSTS)
    assert isinstance(said.figure, Columns)
    assert [group.label for group in said.figure.groups] == ["Utfall 2024", "Budget 2025"]
    assert plain(said.summary).startswith(
        "Utfallet för 2024 var 700 kronor. Budgeten för 2025 är 800 kronor, alltså 100 kronor"
    )
    assert [row.name for row in said.table.rows] == ["Budget 2024", "Utfall 2024", "Budget 2025"]


def test_planned_years_are_light_and_the_chart_says_so(site: TestSite) -> None:
    said = chart(site, years("separat", "0", "0, 0", "500, 700"), COSTS)
    assert isinstance(said.figure, Columns)
    assert [bar.tentative for group in said.figure.groups for bar in group.bars] == [False, True]
    assert said.help == "Ljusa staplar är år som bara är planerade."
    both = years("separat", "0", "0, 0", "500, 700", columns=(("budget", 2025), ("budget", 2026)))
    assert chart(site, both, COSTS).help is None


@pytest.mark.parametrize(
    ("amounts", "columns", "said"),
    [
        ("0, 0", (("budget", 2025), ("plan", 2026)), "Kostnaderna är noll alla år i planen."),
        (
            "1 500, 1 500",
            (("budget", 2025), ("plan", 2026)),
            "Kostnaderna är lika stora alla år i planen: 1 500 kronor per år.",
        ),
        (
            "1 500",
            (("budget", 2025),),
            "Budgeten har kostnader för bara ett år, 2025. Därför går det inte att visa hur de ändras över åren.",
        ),
        (
            "1 500, ~",
            (("budget", 2025), ("plan", 2026)),
            "Budgeten för 2025 är 1 500 kronor. Kostnaderna i planen för 2026 går inte att räkna ut: "
            "beloppet saknas för ”Insats”.",
        ),
    ],
)
def test_costs_that_columns_would_say_nothing_of_are_told_in_a_sentence(
    site: TestSite, amounts: str, columns: tuple[tuple[str, int], ...], said: str
) -> None:
    incomes = ", ".join("0" for _ in columns)
    assert sentence(site, years("separat", "0", incomes, amounts, columns=columns), COSTS) == said


def test_marks_are_never_finer_than_a_plan_in_millions(site: TestSite) -> None:
    said = chart(site, years("separat", "0", "0, 0", '"2,5", "3,125"', unit="mkr"), COSTS)
    assert isinstance(said.figure, Columns)
    values = [plain(bar.value) for group in said.figure.groups for bar in group.bars]
    assert values == ["2,5 mnkr", "3,125 mnkr"]


# --- D10: rows ------------------------------------------------------------------------------------------------------


def test_rows_are_counted_by_how_they_change(site: TestSite) -> None:
    budget = rows_of_costs(
        LAST_AND_NOW,
        "A, individ: 100 000, 150 000",
        "B, struktur: 100 000, 80 000",
        "C, individ: 100 000, 100 500",
        "D, individ: 0, 0",
        "E, administration: 70, 70",
    )
    said = chart(site, budget, ROWS)
    assert plain(said.title) == "”A” ökar mest: 50 000 kronor mer än i prognosen för 2024"
    assert plain(said.summary) == (
        "En rad ökar med 50 000 kronor och en minskar med 20 000 kronor. En ändras med mindre än 1 procent. "
        "Två är oförändrade."
    )


def test_what_shrinks_most_is_the_message_when_it_is_larger(site: TestSite) -> None:
    said = chart(site, rows_of_costs(LAST_AND_NOW, "A: 100, 150", "B: 100, 20"), ROWS)
    assert plain(said.title) == "”B” minskar mest: 80 kronor mindre än i prognosen för 2024"


def test_an_outcome_has_changed(site: TestSite) -> None:
    columns = (("utfall", 2024), ("utfall", 2025))
    said = chart(site, rows_of_costs(columns, "A: 100, 150", "B: 100, 180", "C: 5, 5", main="utfall-2025"), ROWS)
    assert plain(said.title) == "”B” ökade mest: 80 kronor mer än i utfallet för 2024"
    assert plain(said.summary) == "Två rader ökade med sammanlagt 130 kronor. En var oförändrad."


def test_rows_that_change_as_much_are_not_ranked(site: TestSite) -> None:
    said = chart(site, rows_of_costs(LAST_AND_NOW, "A: 100, 150", "B: 100, 150", "C: 100, 90"), ROWS)
    assert plain(said.title) == "Två rader ökar mest, med 50 kronor vardera jämfört med prognosen för 2024"


def test_the_largest_change_is_the_message_though_it_is_less_than_one_per_cent(site: TestSite) -> None:
    """It is not called an increase, but nothing smaller is said to be the largest."""
    said = chart(site, rows_of_costs(LAST_AND_NOW, "A: 20 000 000, 20 100 000", "B: 100, 150"), ROWS)
    assert plain(said.title) == "”A” ändras mest: 100 000 kronor mer än i prognosen för 2024"
    assert plain(said.summary) == "En rad ökar med 50 kronor. En ändras med mindre än 1 procent."


def test_a_blank_is_not_compared_and_said_so(site: TestSite) -> None:
    budget = rows_of_costs(LAST_AND_NOW, "A: ~, 500", "B: 100, 150", "C: 100, 160", 'D: 70, "---"', "E: ~, ~")
    said = chart(site, budget, ROWS)
    assert plain(said.summary) == (
        "Två rader ökar med sammanlagt 110 kronor. ”A” har inget belopp i prognosen för 2024 och går inte att jämföra. "
        "”D” har inget belopp i budgeten för 2025 och går inte att jämföra."
    )
    assert isinstance(said.figure, Bars)
    assert [bar.label for bar in said.figure.bars] == ["C", "B"]
    assert [(row.name, row.cells[-1]) for row in said.table.rows][:1] == [("A", "uppgift saknas")]
    assert "E" not in [row.name for row in said.table.rows]


def test_from_zero_is_an_increase_without_percentage(site: TestSite) -> None:
    said = chart(site, rows_of_costs(LAST_AND_NOW, "A: 0, 150 000", "B: 100, 90"), ROWS)
    assert plain(said.title) == "”A” ökar mest: 150 000 kronor mer än i prognosen för 2024"
    assert "%" not in plain(said.summary)


def test_bars_go_right_and_left_from_the_largest_increase_to_the_largest_decrease(site: TestSite) -> None:
    said = chart(site, rows_of_costs(LAST_AND_NOW, "A: 100, 20", "B: 100, 150", "C: 5, 5", "D: 10, 9"), ROWS)
    assert isinstance(said.figure, Bars)
    assert [(bar.label, bar.amount, bar.value) for bar in said.figure.bars] == [
        ("B", 50, "+50\u00a0kr"),
        ("D", -1, "−1\u00a0kr"),
        ("A", -80, "−80\u00a0kr"),
    ]


def test_nine_bars_at_the_most_and_the_rest_as_one(site: TestSite) -> None:
    rows = [f"Rad {number}: {1000 - number * 10}, 1 000" for number in range(1, 13)]
    said = chart(site, rows_of_costs(LAST_AND_NOW, *rows), ROWS)
    assert isinstance(said.figure, Bars)
    assert len(said.figure.bars) == 9
    assert (said.figure.bars[-1].label, said.figure.bars[-1].amount) == ("Övriga fyra tillsammans", 100)
    nine = chart(site, rows_of_costs(LAST_AND_NOW, *rows[:9]), ROWS)
    assert isinstance(nine.figure, Bars)
    assert [bar.label for bar in nine.figure.bars] == [f"Rad {number}" for number in range(9, 0, -1)]


def test_colours_are_purposes_when_every_row_has_one_and_costs_else(site: TestSite) -> None:
    rows = ("A, individ: 1, 2", "B, ny: 1, 3", "C, styrelse: 1, 4", "D, administration: 1, 5")
    said = chart(site, rows_of_costs(LAST_AND_NOW, *rows), ROWS)
    assert [(key.series, key.label) for key in said.keys] == [
        (Series.INDIVIDUAL, "Individinriktade insatser"),
        (Series.NEW, "Ny verksamhet"),
        (Series.ADMINISTRATION, "Administration och styrelse"),
    ]
    bare = chart(site, rows_of_costs(LAST_AND_NOW, *rows, "E: 1, 9"), ROWS)
    assert isinstance(bare.figure, Bars)
    assert {bar.series for bar in bare.figure.bars} == {Series.COSTS}
    assert bare.keys == ()


def test_one_change_or_none_is_a_sentence(site: TestSite) -> None:
    one = rows_of_costs(LAST_AND_NOW, "A: 100, 120", "B: 70, 70")
    assert sentence(site, one, ROWS) == (
        "Bara en rad i kostnaderna ändras jämfört med prognosen för 2024: ”A” blir 20 kronor högre."
    )
    none = rows_of_costs(LAST_AND_NOW, "A: 100, 100", "B: ~, 70")
    assert sentence(site, none, ROWS) == (
        "Ingen rad i kostnaderna ändras jämfört med prognosen för 2024. "
        "”B” har inget belopp i prognosen för 2024 och går inte att jämföra."
    )


def test_a_plan_without_the_year_before_has_no_changes_to_show(site: TestSite) -> None:
    assert ROWS not in charts(site, rows_of_costs((("budget", 2025), ("plan", 2026)), "A: 1, 2", "B: 1, 3"))
    assert ROWS not in charts(site, rows_of_costs((("utfall", 2023), ("budget", 2025)), "A: 1, 2", "B: 1, 3"))
    assert ROWS not in charts(site, rows_of_costs(LAST_AND_NOW, "A: 0, 0", "B: 0, 0"))
    assert ROWS not in charts(site, rows_of_costs(LAST_AND_NOW, "A: ~, 5", "B: ~, 7"))


def test_rows_with_one_name_are_told_apart_by_their_groups() -> None:
    budget = budget_of(
        """
        enhet: kr
        kapitalmodell: separat
        kolumner: [{id: b2025, år: 2025, typ: budget}]
        intäkter: {rader: []}
        kostnader:
          rader:
            - {grupp: Kansli, rader: [{namn: Övrigt, belopp: [1]}, {namn: Hyra, belopp: [2]}]}
            - {grupp: Styrelse, rader: [{namn: Övrigt, belopp: [3]}]}
            - {grupp: Insatser, rader: [], summa: {belopp: [4]}}
        """
    )
    told = [(entry.id, entry.name, entry.amount) for entry in cost_entries(budget, "b2025")]
    assert told == [
        ("ovrigt", "Övrigt (Kansli)", 1),
        ("hyra", "Hyra", 2),
        ("ovrigt-2", "Övrigt (Styrelse)", 3),
        ("grupp-insatser", "Insatser", 4),
    ]


# Two plans


def entries(**amounts: int | None) -> tuple[Entry, ...]:
    return tuple(
        Entry(id, id.capitalize(), None if amount is None else Kronor(amount), Purpose.INDIVIDUAL)
        for id, amount in amounts.items()
    )


def source(kind: ColumnKind, year: int, told: tuple[Entry, ...]) -> RowSource:
    return RowSource(f"Budget {year}", f"budgeten för {year}", kind, told, Unknown())


def between_plans(texts: Texts, before: tuple[Entry, ...], now: tuple[Entry, ...]) -> Chart | Unshown | None:
    words = Words(texts, Unit.KR)
    return row_changes(source(ColumnKind.BUDGET, 2024, before), source(ColumnKind.BUDGET, 2025, now), words)


def test_rows_are_matched_by_id_whatever_they_are_called() -> None:
    before, now = Entry("a", "Förr", Kronor(1), None), Entry("a", "Nu", Kronor(3), None)
    (pair,) = paired([before], [now])
    assert (pair.told.name, pair.difference) == ("Nu", 2)


def test_new_and_ended_rows_are_said_to_be_so(texts: Texts) -> None:
    said = between_plans(texts, entries(kurs=500, coach=100, kansli=70), entries(coach=120, kansli=70, praktik=900))
    assert isinstance(said, Chart)
    assert plain(said.title) == "”Praktik” är en ny rad: 900 kronor i budgeten för 2025"
    assert plain(said.summary) == (
        "En rad ökar med 20 kronor. En är oförändrad. ”Praktik” är en ny rad: 900 kronor. "
        "En finns inte kvar: ”Kurs” med 500 kronor."
    )
    assert isinstance(said.figure, Bars)
    assert [(bar.label, plain(bar.value)) for bar in said.figure.bars] == [
        ("Praktik", "+900 kr (ny rad)"),
        ("Coach", "+20 kr"),
        ("Kurs", "−500 kr (utgår)"),
    ]
    assert [(row.name, *map(plain, row.cells)) for row in said.table.rows] == [
        ("Coach", "100", "120", "+20"),
        ("Kansli", "70", "70", "0"),
        ("Praktik", "finns inte", "900", "+900"),
        ("Kurs", "500", "finns inte", "−500"),
    ]


def test_a_row_that_ends_may_be_the_largest_change(texts: Texts) -> None:
    said = between_plans(texts, entries(kurs=5_000_000, coach=1), entries(coach=2))
    assert isinstance(said, Chart)
    assert plain(said.title) == ("Största ändringen är en rad som utgår: ”Kurs”, 5 miljoner kronor i budgeten för 2024")


def test_many_new_rows_are_named_by_the_largest_and_counted(texts: Texts) -> None:
    now = entries(coach=2, **{f"rad{number}": number * 10 for number in range(1, 8)})
    said = between_plans(texts, entries(coach=2), now)
    assert isinstance(said, Chart)
    assert "Sju är nya: ”Rad7” med 70 kronor, ”Rad6” med 60 kronor, ”Rad5” med 50 kronor och fyra till." in plain(
        said.summary
    )


def test_a_new_row_without_amount_is_not_there_at_all(texts: Texts) -> None:
    said = between_plans(texts, entries(a=1, b=1), entries(a=2, b=3, c=None))
    assert isinstance(said, Chart)
    assert [row.name for row in said.table.rows] == ["A", "B"]


# --- D13: beside the budget -----------------------------------------------------------------------------------------

FOLLOWED = (("budget", 2025), ("utfall", 2025))


def test_an_outcome_became_what_a_forecast_is_expected_to_become(site: TestSite) -> None:
    rows = ("A: 1 000, 1 200", "B: 500, 400")
    became = chart(site, rows_of_costs(FOLLOWED, *rows), PLANNED)
    assert plain(became.title) == "Kostnaderna blev 100 kronor högre än i budgeten för 2025"
    assert became.subtitle == "Kostnader 2025, utfall jämfört med budget"
    assert plain(became.summary) == (
        "Budgeten var 1 500 kronor och utfallet blev 1 600 kronor. Störst är skillnaden för ”A”: 200 kronor högre."
    )
    expected = chart(site, rows_of_costs((("budget", 2025), ("prognos", 2025)), *rows), PLANNED)
    assert plain(expected.title) == "Kostnaderna väntas bli 100 kronor högre än i budgeten för 2025"
    assert plain(expected.summary).startswith("Budgeten var 1 500 kronor och prognosen är 1 600 kronor.")
    assert expected.subtitle == "Kostnader 2025, prognos jämförd med budget"


def test_deviations_are_said_to_be_normal(site: TestSite) -> None:
    said = chart(site, rows_of_costs(FOLLOWED, "A: 1 000, 900", "B: 1, 2"), PLANNED)
    assert said.help
    assert "Det är normalt att det blir skillnader" in said.help
    assert plain(said.title) == "Kostnaderna blev 99 kronor lägre än i budgeten för 2025"


def test_the_month_of_a_forecast_stands_under_the_title(site: TestSite) -> None:
    budget = rows_of_costs((("budget", 2025), ("prognos", 2025)), "A: 1, 2", "B: 2, 3")
    budget = budget.replace("typ: prognos}", 'typ: prognos, per: "2025-08"}')
    assert chart(site, budget, PLANNED).subtitle == "Kostnader 2025, prognos från augusti 2025 jämförd med budget"


def test_costs_as_budgeted_are_said_to_be(site: TestSite) -> None:
    said = chart(site, rows_of_costs(FOLLOWED, "A: 100, 90", "B: 50, 60"), PLANNED)
    assert plain(said.title) == "Kostnaderna blev lika stora som i budgeten för 2025"
    assert plain(said.summary).startswith("Budgeten var 150 kronor, och utfallet blev lika stort.")


def test_the_budget_is_a_mark_and_all_costs_come_first(site: TestSite) -> None:
    said = chart(site, rows_of_costs(FOLLOWED, "A: 100, 110", "B: 50, 80", "C: 7, 7"), PLANNED)
    assert isinstance(said.figure, Bars)
    assert [(bar.label, bar.amount, bar.mark, plain(bar.value)) for bar in said.figure.bars] == [
        ("Alla kostnader", 197, 157, "197 kr (budget 157)"),
        ("B", 80, 50, "80 kr (budget 50)"),
        ("A", 110, 100, "110 kr (budget 100)"),
        ("C", 7, 7, "7 kr (budget 7)"),
    ]
    assert [(key.series, key.label) for key in said.keys] == [(Series.COSTS, "Utfall"), (None, "Budget")]


def test_a_row_without_amount_has_only_its_mark_and_is_named(site: TestSite) -> None:
    printed = "    summa: {namn: Summa, belopp: [7 900, 7 180]}"
    budget = rows_of_costs(FOLLOWED, "A: 900, ~", "B: ~, 80", "C: 7 000, 7 100")
    said = chart(site, budget.replace(total("~, ~").rstrip(), printed), PLANNED)
    assert isinstance(said.figure, Bars)
    assert [(bar.label, bar.amount, bar.mark, plain(bar.value)) for bar in said.figure.bars[1:]] == [
        ("A", 0, 900, "inget belopp (budget 900 kr)"),
        ("C", 7100, 7000, "7 100 kr (budget 7 000)"),
        ("B", 80, None, "80 kr (inget belopp i budgeten)"),
    ]
    assert plain(said.summary) == (
        "Budgeten var 7 900 kronor och utfallet blev 7 180 kronor. ”A” (900 kronor i budgeten) har inget belopp i "
        "utfallet. ”B” (80 kronor i utfallet) har inget belopp i budgeten. "
        "Störst är skillnaden annars för ”C”: 100 kronor högre."
    )


def test_rows_that_differ_least_are_gathered(site: TestSite) -> None:
    rows = [f"Rad {number}: 1 000, {1000 + number * 10}" for number in range(12)]
    said = chart(site, rows_of_costs(FOLLOWED, *rows), PLANNED)
    assert isinstance(said.figure, Bars)
    assert len(said.figure.bars) == 9
    rest = said.figure.bars[-1]
    assert (rest.label, rest.amount, rest.mark) == ("Övriga fem rader", 5100, 5000)
    assert sum(bar.amount for bar in said.figure.bars[1:]) == said.figure.bars[0].amount


def test_an_outcome_is_chosen_before_a_forecast_and_the_plans_own_year_before_others(site: TestSite) -> None:
    columns = (("budget", 2024), ("utfall", 2024), ("budget", 2025), ("prognos", 2025), ("utfall", 2025))
    said = chart(site, rows_of_costs(columns, "A: 1, 2, 3, 4, 5", "B: 1, 1, 1, 1, 1"), PLANNED)
    assert plain(said.title) == "Kostnaderna blev 2 kronor högre än i budgeten för 2025"
    earlier = chart(site, rows_of_costs(columns[:3], "A: 1, 2, 3", "B: 1, 1, 1"), PLANNED)
    assert plain(earlier.title) == "Kostnaderna blev 1 krona högre än i budgeten för 2024"


def test_a_year_told_once_is_not_compared_with_itself(site: TestSite) -> None:
    assert PLANNED not in charts(site, rows_of_costs(LAST_AND_NOW, "A: 1, 2", "B: 1, 3"))
    assert PLANNED not in charts(site, rows_of_costs((("plan", 2025), ("utfall", 2025)), "A: 1, 2", main="plan-2025"))
    assert PLANNED not in charts(site, rows_of_costs(FOLLOWED, "A: 0, 0", "B: 0, 0"))
    assert PLANNED not in charts(site, rows_of_costs(FOLLOWED, "A: 5, ~", "B: 5, ~"))


# --- Whatever a plan holds ------------------------------------------------------------------------------------------

CELLS = st.one_of(st.integers(-(10**6), 10**10).map(str), st.just("~"), st.just("0"), st.just('"---"'))
FOUR = (("budget", 2024), ("prognos", 2024), ("budget", 2025), ("utfall", 2025))
WORDS = st.sampled_from(("individ", "ny", "administration", "övrigt", ""))
LINES = st.lists(st.tuples(WORDS, st.tuples(CELLS, CELLS, CELLS, CELLS)), min_size=1, max_size=40)


@given(LINES, st.sampled_from(("kr", "tkr")))
@settings(deadline=None, max_examples=60)
def test_whatever_the_rows_are_bars_come_to_what_they_are_parts_of(
    texts: Texts, lines: list[tuple[str, tuple[str, ...]]], unit: str
) -> None:
    rows = (
        f"Rad {place}{f', {purpose}' if purpose else ''}: {', '.join(cells)}"
        for place, (purpose, cells) in enumerate(lines)
    )
    budget = budget_of(textwrap.dedent(rows_of_costs(FOUR, *rows, unit=unit)))
    words = Words(texts, budget.unit)
    told = paired(cost_entries(budget, "prognos-2024"), cost_entries(budget, "budget-2025"))
    changed, beside = row_changes_of(budget, words), planned(budget, words)
    costs(budget, words)
    if isinstance(changed, Chart):
        assert isinstance(changed.figure, Bars)
        assert sum(bar.amount for bar in changed.figure.bars) == sum(pair.difference or 0 for pair in told)
        assert 2 <= len(changed.figure.bars) <= 9
    if isinstance(beside, Chart):
        assert isinstance(beside.figure, Bars)
        everything, *parts = beside.figure.bars
        assert len(parts) <= 8
        assert len(parts) == 0 or sum(bar.amount for bar in parts) == everything.amount
        assert len(parts) == 0 or sum(bar.mark or 0 for bar in parts) == everything.mark
    for made in (changed, beside):
        if isinstance(made, Chart):
            assert "{" not in f"{made.title}{made.summary}"
            assert made.summary.endswith(".")


# --- On the page ----------------------------------------------------------------------------------------------------


def test_comments_stand_with_the_changes_and_explanations_with_the_purposes(site: TestSite) -> None:
    budget = rows_of_costs(LAST_AND_NOW, "A: 100, 150", "B: 100, 180").replace(
        "{namn: A, ", "{namn: A, förklaring: Stöd till unga., kommentar: En *coach* till., "
    )
    charts(site, budget)
    assert site.build() == 0, site.printed
    text = site.text_of("norr/2025/")
    assert text.index("Vad posterna är") < text.index("Stöd till unga.") < text.index("A En coach till.")
    assert text.index("Kommentarer till ändringarna") < text.index("A En coach till.")
    assert "<em>coach</em>" in site.page("norr/2025/")


def test_incomes_beside_costs_are_left_out_where_the_waterfall_is_shown(site: TestSite) -> None:
    found = charts(site, years("ingår", "200, 100", "400, 400", "500, 400"))
    assert "hur-det-gar-ihop" in found
    assert "racker-pengarna" not in found


def test_what_changes_and_how_it_went_stand_between_the_purposes_and_the_result(site: TestSite) -> None:
    charts(site, rows_of_costs((("prognos", 2024), ("budget", 2025), ("utfall", 2025)), "A: 1, 2, 3", "B: 1, 3, 5"))
    assert site.build() == 0, site.printed
    page = site.page("norr/2025/")
    sections = ["vad-som-andras", "som-planerat", "resultat", "hela-budgeten"]
    places = [page.index(f'<h2 id="{id}">') for id in sections]
    assert places == sorted(places)
    assert [page.index(f'<a href="#{id}">') < places[0] for id in sections] == [True] * 4
