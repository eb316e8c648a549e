"""A missing amount is never zero: nothing that depends on it is stated, on any page or in any file."""

import re
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from insyn.charts.catalogue import charts_of
from insyn.charts.chart import Chart, Hundred, Words
from insyn.disk.materials import read_catalogue
from insyn.law.judging import judge
from insyn.model import Association, Plan
from insyn.money.plan_money import money_of
from insyn.money.unknown import Unknown
from insyn.money.years import points_of
from insyn.pages.lead import lead
from insyn.pages.money_years import years_table
from insyn.problems import Found
from insyn.reading.associations import read_association
from insyn.reading.plan import read_plan
from insyn.texts import Texts, read_texts
from tests.site import PLAN, TestSite

CASES = Path(__file__).parent / "cases" / "money"
CATALOGUE = read_texts(read_catalogue())


def built(tmp_path: Path, case: str) -> TestSite:
    site = TestSite(tmp_path, content=CASES / case)
    assert site.build() == 0, site.printed
    return site


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


# --- The cases that were untrue -------------------------------------------------------------------------------------


def test_an_outcome_without_all_its_amounts_is_compared_with_nothing_and_says_what_it_lacks(tmp_path: Path) -> None:
    text = plain(built(tmp_path, "utfall-okand-summa").text_of("norr/2026/"))
    assert "Kostnaderna i utfallet för 2026 går inte att räkna ut: beloppet saknas för ”Kansli”." in text
    assert "650 000" not in text
    assert "lägre än budgeten" not in text
    assert "Avviker" not in text


def test_an_outcome_whose_sums_are_all_unknown_is_no_line_of_the_file_over_years(tmp_path: Path) -> None:
    site = built(tmp_path, "utfall-okand-summa")
    lines = (site.output / "norr" / "data" / "ar-for-ar.csv").read_text("utf-8").splitlines()
    assert [line.split(",")[1:3] for line in lines[1:]] == [["2026", "budget"], ["2027", "plan"], ["2028", "plan"]]


def test_one_unknown_sum_is_empty_in_the_file_over_years_and_its_result_too(site: TestSite) -> None:
    blank = (
        ("[500 000, 600 000]}\n", "[~, 600 000]}\n"),
        ("kostnader, belopp: [2 000 000,", "kostnader, belopp: [~,"),
        ("resultat: {namn: Resultat, belopp: [0, 0]}", "resultat: {namn: Resultat, belopp: [~, 0]}"),
    )
    site.write_plan(PLAN, *blank)
    assert site.build() == 0, site.printed
    _, line, *_ = (site.output / "norr" / "data" / "ar-for-ar.csv").read_text("utf-8").splitlines()
    assert line == "norr,2025,budget,,2025,nej,2000000,,,,,SEK"


def test_a_new_cost_with_a_dash_last_year_is_said_to_be_new_and_is_ranked(tmp_path: Path) -> None:
    text = plain(built(tmp_path, "streck-ny-insats").text_of("kustlandet/2025/"))
    assert "”Språkslussen” är en ny rad: 600 000 kronor i budgeten för 2025" in text
    assert "”Språkslussen” är en ny rad: 600 000 kronor." in text
    assert "Steget vidare ökar mest" not in text


def test_a_krona_more_is_not_nothing_percent_higher(tmp_path: Path) -> None:
    text = plain(built(tmp_path, "liten-andring").text_of("norr/2026/"))
    assert not re.search(r"(?<!\d)0,0 (%|procent)", text)
    assert "mindre än 0,1 % högre än budgeten för 2025" in text


def test_an_amount_that_no_file_can_hold_is_an_error_at_its_row(tmp_path: Path) -> None:
    site = TestSite(tmp_path, content=CASES / "huge-amounts-mnkr")
    assert "amount-unreadable" in {one.code for one in site.found()}
    assert site.build() == 1


# --- No sums, no result ---------------------------------------------------------------------------------------------

SUMS = (
    "        summa: {namn: Summa intäkter, belopp: [2 000 000, 2 000 000]}\n",
    "        summa: {namn: Summa kostnader, belopp: [2 000 000, 2 000 000]}\n",
    "      resultat: {namn: Resultat, belopp: [0, 0]}\n",
)
EQUITY = "eget_kapital: {ingående: {namn: Eget kapital, år: 2024, belopp: 500 000}}"


def test_a_plan_that_prints_no_sums_has_no_surplus_and_says_what_its_rows_come_to(site: TestSite) -> None:
    less = ("[1 500 000, 1 400 000]", "[1 200 000, 1 400 000]")
    site.write_plan(PLAN, less, *((line, "") for line in SUMS[:2]), (SUMS[2], f"      {EQUITY}\n"))
    assert site.build() == 0, site.printed
    text = plain(site.text_of("norr/2025/"))
    assert (
        "Raderna för intäkter blir tillsammans 2 miljoner kronor och raderna för kostnader 1,7 miljoner kronor. "
        "Summorna är inte ifyllda här." in text
    )
    for claim in ("sparas", "läggs till de sparade pengarna", "överskott", "300 000 kr"):
        assert claim not in text.replace("300 000 kronor 2025", "").replace("Åby 300 000 kr", ""), claim
    assert "Alla stämmer" not in text
    assert "Inga summor som går att räkna efter är ifyllda här." in text


def test_a_check_of_no_sums_has_not_passed(site: TestSite) -> None:
    site.write_plan(PLAN, *((line, "") for line in SUMS))
    assert site.build() == 0, site.printed
    assert "0 summor" not in site.text_of("norr/2025/")


# --- Whatever is left blank -----------------------------------------------------------------------------------------

ASSOCIATION = """---
schema: finsam-förbund/1
namn: Samordningsförbundet Norr
kortnamn: Norr
administration: [administration, styrelse]
medlemmar:
  - {namn: Åby kommun, kort: Åby, typ: kommun}
  - {namn: Östby kommun, kort: Östby, typ: kommun}
  - {namn: Region Norr, kort: regionen, typ: region}
  - {namn: Försäkringskassan, typ: staten}
---
"""
COLUMNS = (("prognos", 2025), ("budget", 2026), ("utfall", 2026), ("plan", 2027))
INCOMES = (
    ("Åby kommun", "part: kommun", (301_013, 310_019, 310_019, 320_027)),
    ("Östby kommun", "part: kommun", (203_017, 207_031, 207_031, 211_037)),
    ("Region Norr", "part: region", (504_030, 517_050, 517_050, 531_064)),
    ("Försäkringskassan", "part: staten", (1_008_060, 1_034_100, 1_034_100, 1_062_128)),
    ("Ränta", "part: ränta", (7_043, 9_049, 8_059, 6_067)),
)
COSTS = (
    ("Coachning", "ändamål: individ", (901_073, 1_107_083, 1_011_089, 1_203_091)),
    ("Nätverk", "ändamål: struktur", (402_103, 509_107, 487_113, 411_127)),
    ("Kansli", "ändamål: administration", (300_131, 333_137, 347_139, 351_149)),
    ("Styrelse", "ändamål: styrelse", (41_151, 43_157, 47_163, 53_167)),
)
ROWS = (*INCOMES, *COSTS)

cells = st.sets(st.tuples(st.integers(0, len(ROWS) + 2), st.integers(0, len(COLUMNS) - 1)), min_size=1, max_size=6)
Blank = set[tuple[int, int]]
OUTCOME = {(number, 2) for number in range(len(ROWS) + 3)}


def plan_of(blank: Blank, filled: dict[tuple[int, int], int] | None = None) -> Plan:
    """A plan with blank cells, by row and column; sums come after the rows. `filled` are other amounts of rows."""
    columns = ", ".join(f"{{id: {kind}{year}, år: {year}, typ: {kind}}}" for kind, year in COLUMNS)
    lines = [_row(number, row, blank, filled or {}) for number, row in enumerate(ROWS)]
    sums = [[sum(row[2][place] for row in rows) for place in range(len(COLUMNS))] for rows in (INCOMES, COSTS)]
    results = [income - cost for income, cost in zip(*sums, strict=True)]
    income, cost, result = (
        ", ".join("~" if (len(ROWS) + number, place) in blank else str(amount) for place, amount in enumerate(amounts))
        for number, amounts in enumerate((*sums, results))
    )
    text = (
        "---\nschema: finsam-plan/1\nförbund: norr\ntitel: Plan\når: 2026\nstatus: beslutad\nbudget:\n  enhet: kr\n"
        f"  kapitalmodell: separat\n  huvudkolumn: budget2026\n  kolumner: [{columns}]\n"
        f"  intäkter:\n    rader:\n{''.join(lines[: len(INCOMES)])}    summa: {{namn: Summa, belopp: [{income}]}}\n"
        f"  kostnader:\n    rader:\n{''.join(lines[len(INCOMES) :])}    summa: {{namn: Summa, belopp: [{cost}]}}\n"
        f"  resultat: {{namn: Resultat, belopp: [{result}]}}\n"
        "  eget_kapital: {ingående: {namn: Eget kapital, år: 2024, belopp: 700 171}}\n---\n"
    )
    plan = read_plan(text, "norr/plan.md", association="norr", year=2026, found=Found())
    assert plan
    return plan


def _row(number: int, row: tuple[str, str, tuple[int, ...]], blank: Blank, filled: dict[tuple[int, int], int]) -> str:
    name, key, amounts = row
    shown = (
        "~" if (number, place) in blank else str(filled.get((number, place), amount))
        for place, amount in enumerate(amounts)
    )
    return f"      - {{namn: {name}, {key}, belopp: [{', '.join(shown)}]}}\n"


def association() -> Association:
    found = read_association(ASSOCIATION, "norr/forbund.md", id="norr", found=Found())
    assert found
    return found


def stated(plan: Plan, texts: Texts) -> Iterator[str]:
    """Yield all text generated from a plan: lead, charts with their marks and tables, verdicts, and its series."""
    norr, words = association(), Words(texts, plan.budget.unit)
    yield lead(plan, norr, texts)
    for shown in charts_of(plan, norr, texts).shown():
        if shown.id == "vad-okar-och-minskar":
            continue  # it tells only of the rows that can be compared, and says so
        yield from _said(shown)
    for judgement in judge(plan, norr, texts):
        if judgement.check != "sums":  # how many sums were worked out again depends on what is blank, as it must
            yield from (*judgement.found, *judgement.calculation)
    money = money_of(plan, norr)
    figures = (figure for one in money.columns for figure in (one.income, one.costs, one.result, one.opening,
                                                              one.closing, one.administration))  # fmt: skip
    yield from (str(figure) for figure in (*figures, money.contributions) if not isinstance(figure, Unknown))
    for row in years_table("", "norr", points_of([money]), words).rows:
        yield from (row.costs, row.income, row.result, row.closing)


def _said(shown: object) -> Iterator[str]:
    if isinstance(shown, Chart | Hundred):
        yield from (shown.title, shown.summary, shown.help or "")
        yield from (cell for row in shown.table.rows for cell in row.cells)
    if isinstance(shown, Chart):
        yield from re.findall(r"value='([^']*)'", repr(shown.figure))
    if text := getattr(shown, "text", None):
        yield text


NUMBER = re.compile(r"\d[\d\u00a0 ]*(?:,\d+)?")


def numbers(plan: Plan, texts: Texts) -> set[str]:
    found = (number for said in stated(plan, texts) for number in NUMBER.findall(said))
    return {re.sub(r"[\u00a0 ]", "", number) for number in found}


@given(cells, st.integers(1, 9))
@settings(deadline=None, max_examples=150, derandomize=True)
def test_whichever_amounts_are_unknown_no_figure_that_depends_on_them_is_stated(blank: Blank, more: int) -> None:
    """A figure that is stated of the plan stands, too, whatever the unknown amounts of its rows might be.

    The year is told by its budget for as long as its outcome isn't known, and so in other figures.
    """
    rows = {cell for cell in blank if cell[0] < len(ROWS)}
    small, large = ({cell: 100_003 * number + 7 * cell[0] + cell[1] for cell in rows} for number in (more, more + 11))
    possible = [
        numbers(plan_of(blank - rows, filled), CATALOGUE) | numbers(plan_of(blank - rows | OUTCOME, filled), CATALOGUE)
        for filled in (small, large)
    ]
    told = {str(amount) for number, row in enumerate(ROWS) for place, amount in enumerate(row[2])
            if (number, place) not in blank}  # fmt: skip
    assert numbers(plan_of(blank), CATALOGUE) - (possible[0] & possible[1]) - told == set()


@given(cells)
@settings(deadline=None, max_examples=60, derandomize=True)
def test_every_sum_that_lacks_an_amount_says_of_which_rows(blank: Blank) -> None:
    for column in money_of(plan_of(blank), association()).columns:
        for figure in (column.income, column.costs):
            if isinstance(figure, Unknown):
                assert figure.rows
                assert set(figure.rows) <= {name for name, *_ in ROWS}
