"""Shares of all costs: a hundred kronor, and administration compared with the förbund's own limit."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insyn.charts.chart import Chart, Hundred, Unshown, Words
from insyn.charts.figures import Bars
from insyn.charts.hundred import hundred as hundred_of
from insyn.model import Unit
from insyn.swedish import round_half_up
from insyn.texts import Texts
from tests.site import TestSite
from tests.test_budget import budget_of
from tests.test_charts import UNSORTED, chart, charts, number, plain, spent

pytestmark = pytest.mark.usefixtures("unlikely_sums")

HUNDRED, ADMINISTRATION = "en-hundralapp", "hur-mycket-administration"

# --- D4: a hundred kronor -------------------------------------------------------------------------------------------


def hundred(site: TestSite, budget: str) -> Hundred:
    said = charts(site, budget)[HUNDRED]
    assert isinstance(said, Hundred)
    return said


def items(said: Hundred) -> list[str]:
    return [plain(f"{share.amount} {share.words}") for share in said.shares]


def test_a_hundred_kronor_are_divided_as_the_costs_are(site: TestSite) -> None:
    rows = (("A", "individ", "5 515"), ("B", "struktur", "2 393"), ("C", "administration", "1 853"), ("D", "ny", "239"))
    said = hundred(site, spent(*rows))
    assert said.title == "Så används en hundralapp 2025"
    assert plain(said.subtitle) == "Kostnader per ändamål, budget 2025, räknat på 100 kronor"
    assert items(said) == [
        "55 kronor till stöd till enskilda personer",
        "24 kronor till samarbete mellan myndigheter",
        "19 kronor till administration",
        "2 kronor till ny verksamhet",
    ]
    assert plain(said.summary) == (
        "Av varje hundralapp som förbundet använder går 55 kronor till stöd till enskilda personer."
    )


def test_one_krona_is_not_kronor_and_less_than_half_says_so(site: TestSite) -> None:
    rows = (("A", "individ", "9 870"), ("B", "struktur", "90"), ("C", "administration", "40"))
    assert items(hundred(site, spent(*rows))) == [
        "99 kronor till stöd till enskilda personer",
        "1 krona till samarbete mellan myndigheter",
        "mindre än 1 krona till administration",
    ]


def test_the_plans_own_groups_are_named_where_purposes_are_lacking(site: TestSite) -> None:
    said = hundred(site, UNSORTED)
    assert items(said) == ["80 kronor till ”Verksamhet”", "20 kronor till ”Kansli”"]
    assert "ändamål" not in said.subtitle
    assert [plain(cell) for cell in said.table.rows[-1].cells] == ["1 000", "100 kronor"]


def test_costs_that_are_not_divided_make_no_hundred_kronor(site: TestSite) -> None:
    assert HUNDRED not in charts(site, spent(("Allt", "individ", "600")))
    assert HUNDRED not in charts(site, spent(("A", "individ", "1 200"), ("Åter", "övrigt", "-200")))


def test_staff_may_write_the_words_of_the_hundred_kronor(site: TestSite) -> None:
    own = "diagram: {en-hundralapp: {rubrik: Så här delar vi på hundra kronor}}\n"
    said = charts(site, spent(("A", "individ", "6"), ("B", "ny", "4")), more=own)[HUNDRED]
    assert isinstance(said, Hundred)
    assert (said.title, said.by_staff) == ("Så här delar vi på hundra kronor", True)
    hidden = "diagram: {en-hundralapp: {visa: nej}}\n"
    assert HUNDRED not in charts(site, spent(("A", "individ", "6"), ("B", "ny", "4")), more=hidden)


parts = st.lists(st.integers(1, 10**9), min_size=2, max_size=8)


PURPOSES = ("individ", "struktur", "insatser", "ny", "administration", "styrelse", "revision", "övrigt")


@given(amounts=parts)
@settings(deadline=None, max_examples=60)
def test_each_part_is_its_own_share_rounded_and_the_last_row_what_they_come_to(
    texts: Texts, amounts: list[int]
) -> None:
    named = zip("ABCDEFGH", PURPOSES, amounts, strict=False)
    said = hundred_of(budget_of(spent(*((name, word, str(amount)) for name, word, amount in named))), (), words(texts))
    assert said is not None
    exact = sorted((Fraction(amount * 100, sum(amounts)) for amount in amounts), reverse=True)
    kronor = [share.kronor for share in said.shares]
    assert kronor == [int(round_half_up(part, 0)) for part in exact]
    assert plain(said.table.rows[-1].cells[1]) == f"{sum(kronor)} kronor"
    assert f" {sum(kronor)} kronor" in plain(said.help) or sum(kronor) == 100


def words(texts: Texts) -> Words:
    return Words(texts, Unit.KR)


@pytest.mark.parametrize(
    ("amounts", "kronor", "told"),
    [
        (["8 100", "150", "150"], [96, 2, 2], "Varje belopp är avrundat till hela kronor."),
        (["9 700", "150", "150"], [97, 2, 2], "Därför blir de tillsammans 101 kronor och inte 100."),
        (["300", "300", "300"], [33, 33, 33], "Därför blir de tillsammans 99 kronor och inte 100."),
    ],
)
def test_what_the_parts_come_to_is_said_as_it_is(
    amounts: list[str], kronor: list[int], told: str, site: TestSite
) -> None:
    purposes = ("individ", "struktur", "administration")
    said = hundred(site, spent(*zip("ABC", purposes, amounts, strict=True)))
    assert [share.kronor for share in said.shares] == kronor
    assert plain(said.help).endswith(told)
    assert plain(said.table.rows[-1].cells[1]) == f"{sum(kronor)} kronor"


# --- D11: administration --------------------------------------------------------------------------------------------

COSTS = (("Kurs", "individ", "700"), ("Chef", "administration", "185"), ("Råd", "styrelse", "60"), ("Mer", "ny", "55"))


def counts(site: TestSite, purposes: str) -> None:
    """Let the förbund define the costs that it counts as administration."""
    site.edit("norr/forbund.md", "kortnamn: Norr", f"kortnamn: Norr\nadministration: [{purposes}]")


def limit(goal: str) -> str:
    return f"  finansiella_mål: {{punkter: [{{text: En gräns., {goal}}}]}}\n"


LIMIT = limit('mått: andel-administration, riktning: högst, gräns: 20, enhet: "%"')


def test_administration_is_beside_the_limit_that_the_plan_sets(site: TestSite) -> None:
    counts(site, "administration")
    said = chart(site, spent(*COSTS) + LIMIT, ADMINISTRATION)
    assert plain(said.title) == "18,5 procent går till administration 2025, förbundets gräns är 20 procent"
    assert plain(said.summary) == "Administration kostar 185 av 1 000 kronor. Hit räknas ”Chef”."
    assert said.subtitle == "Administration som andel av alla kostnader, budget 2025"
    assert isinstance(said.figure, Bars)
    (bar,) = said.figure.bars
    assert (bar.amount, bar.mark, bar.whole, plain(bar.value)) == (185, 200, 1000, "18,5 %")
    assert [plain(key.label) for key in said.keys] == ["Administration", "Förbundets gräns, 20 %"]
    assert said.help
    assert said.help.endswith("Gränsen står bland förbundets finansiella mål.")


def test_what_is_administration_is_for_the_forbund_to_say(site: TestSite) -> None:
    counts(site, "administration, styrelse")
    said = chart(site, spent(*COSTS), ADMINISTRATION)
    assert plain(said.title) == "24,5 procent av kostnaderna går till administration 2025"
    assert plain(said.summary).endswith("Hit räknas ”Chef” och ”Råd”.")
    assert said.keys == ()
    assert isinstance(said.figure, Bars)
    assert said.figure.bars[0].mark is None


def test_without_its_word_there_is_no_chart(site: TestSite) -> None:
    assert ADMINISTRATION not in charts(site, spent(*COSTS) + LIMIT)


def test_a_cost_without_purpose_might_be_administration_too(site: TestSite) -> None:
    counts(site, "administration")
    budget = spent(*COSTS).replace("namn: Kurs, ändamål: individ,", "namn: Kurs,")
    assert ADMINISTRATION not in charts(site, budget)


@pytest.mark.parametrize(
    ("goal", "told"),
    [
        ('mått: andel-administration, gräns: "12,5"', "12,5"),
        ('mått: andel-administration, gräns: "12.5", enhet: "%"', "12,5"),
        ('mått: andel-administration, gräns: "20 %"', "20"),
        ('mått: andel-administration, riktning: under, gräns: 15, enhet: "%"', "15"),
        ('mått: andel-administration, gräns: "30 %"', "30"),
        ("mått: andel-administration, gräns: 30 procent", "30"),
        ('mått: andel-administration, gräns: "30,50 procent", enhet: procent', "30,5"),
        ("mått: Andel-Administration, gräns: 15", "15"),
        ("mått: andel-administration, gräns: 0", "0"),
        ("mått: andel-administration, gräns: 100", "100"),
        ('mått: andel-administration, riktning: minst, gräns: 20, enhet: "%"', None),
        ('mått: eget-kapital-mot-tak, gräns: 20, enhet: "%"', None),
        ("mått: eget-kapital-mot-tak, gräns: 1e999999999, enhet: kr", None),
        ("mått: andel-administration", None),
    ],
)
def test_only_a_ceiling_in_per_cent_is_a_limit(site: TestSite, goal: str, told: str | None) -> None:
    counts(site, "administration")
    said = chart(site, spent(*COSTS) + limit(goal), ADMINISTRATION)
    assert plain(said.title).endswith(f"förbundets gräns är {told} procent" if told else "till administration 2025")


def test_a_year_without_administration_is_a_sentence(site: TestSite) -> None:
    counts(site, "revision")
    said = charts(site, spent(*COSTS))[ADMINISTRATION]
    assert said == Unshown(ADMINISTRATION, "Inga kostnader räknas som administration 2025.")


def test_an_outcome_went_to_administration(site: TestSite) -> None:
    counts(site, "administration")
    budget = spent(*COSTS).replace("typ: budget", "typ: utfall").replace("b2025", "u2025")
    said = chart(site, f"  huvudkolumn: u2025\n{budget}", ADMINISTRATION)
    assert plain(said.title) == "18,5 procent av kostnaderna gick till administration 2025"
    assert plain(said.summary).startswith("Administration kostade 185 av 1 000 kronor.")


def test_many_rows_are_counted_in_the_text_and_all_in_the_table(site: TestSite) -> None:
    counts(site, "administration")
    rows = [(f"Rad {n}", "administration", "10") for n in range(12)]
    said = chart(site, spent(("Kurs", "individ", "500"), *rows), ADMINISTRATION)
    assert plain(said.summary).endswith("”Rad 6”, ”Rad 7” och fyra till.")
    assert isinstance(said, Chart)
    parts, total = said.table.rows[:-2], said.table.rows[-2]
    assert sum(number(row.cells[0]) for row in parts) == number(total.cells[0]) == 120
    assert total.is_total
    assert [plain(cell) for cell in said.table.rows[-1].cells] == ["620", "100 %"]
