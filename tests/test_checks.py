"""The faults of a readable plan: for each check the least that breaks it; and the five plans pass."""

from pathlib import Path

import pytest

from insyn.problems import Problem
from insyn.texts import Severity, Texts
from tests.site import PLAN_FILE, TestSite

HEAD = """\
---
schema: finsam-plan/1
förbund: norr
titel: Verksamhetsplan 2025
år: 2025
status: förslag
budget:
  enhet: kr
"""
END = "---\n"
PLAN = f"""\
{HEAD}
  kapitalmodell: separat
  kolumner:
    - {{id: b2025, år: 2025, typ: budget}}
    - {{id: p2026, år: 2026, typ: plan}}
  intäkter:
    rader:
      - {{namn: Staten, part: staten, belopp: [1 000, 1 000]}}
      - {{namn: Åby kommun, part: kommun, belopp: [520, 520]}}
    summa: {{namn: Summa intäkter, belopp: [1 520, 1 520]}}
  kostnader:
    rader:
      - {{namn: Coachning, ändamål: individ, belopp: [1 300, 1 300]}}
      - {{namn: Kansli, ändamål: administration, belopp: [220, 220]}}
    summa: {{namn: Summa kostnader, belopp: [1 520, 1 520]}}
"""
"""A faultless plan, but for its unfinished budget: a test's additions come last."""
INCLUDED = f"""\
{HEAD}
  kapitalmodell: ingår
  kolumner:
    - {{id: b2025, år: 2025, typ: budget}}
    - {{id: p2026, år: 2026, typ: plan}}
  intäkter:
    rader:
      - {{namn: Sparat, part: ingående-kapital, belopp: [700, 500]}}
      - {{namn: Staten, part: staten, belopp: [1 000, 1 000]}}
  kostnader:
    rader:
      - {{namn: Coachning, ändamål: individ, belopp: [1 200, 1 100]}}
"""
"""A plan with its saved money among the income."""


BESIDE_THE_POINT = frozenset(
    {"unit-wrong", "unit-unlikely", "shares-differ", "deficit-unexplained", "equity-above-ceiling"}
)
"""Problems caused by amounts small enough for mental arithmetic, and by income that exists only to be summed."""


class SmallSite(TestSite):
    """A site with such amounts."""

    def found(self) -> tuple[Problem, ...]:
        return tuple(one for one in super().found() if one.code not in BESIDE_THE_POINT)


@pytest.fixture
def site(tmp_path: Path) -> TestSite:
    return SmallSite(tmp_path)


def write(site: TestSite, *changes: tuple[str, str], plan: str = PLAN, more: str = "") -> None:
    """Write a plan with changes to its lines and more lines after them."""
    site.write_plan(plan + more.lstrip("\n") + END, *changes)


def place_of(site: TestSite, text: str) -> tuple[int, int]:
    """Return line and column of a text that occurs once in the plan."""
    written = (site.content / PLAN_FILE).read_text("utf-8")
    assert written.count(text) == 1, text
    before = written[: written.index(text)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def fault_of(site: TestSite) -> Problem:
    """Return the only problem there is."""
    (fault,) = site.found()
    return fault


def codes(site: TestSite) -> list[str]:
    return [code for code, _, _ in site.problems()]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


# --- The five plans -------------------------------------------------------------------------------------------------


def test_the_five_plans_agree_with_themselves_but_for_one_heading(tmp_path: Path, project: Path, texts: Texts) -> None:
    """003's table is headed "Budget 2023 plan 2024–2025" over columns up to 2026, and is kept as printed.

    What else is told of them is what the law says: tests/test_law.py.
    """
    found = TestSite(tmp_path, content=project / "content").found()
    assert [texts.severity(one) for one in found].count(Severity.ERROR) == 0
    headings = [one.place.file for one in found if one.code == "heading-years"]
    assert headings == ["content/sodra-lappland/2024/plan.md"]


@pytest.mark.parametrize("plan", [PLAN, INCLUDED])
def test_the_plans_that_the_cases_below_change_are_right(plan: str, site: TestSite) -> None:
    write(site, plan=plan)
    assert site.problems() == []


# --- K1: rows and sums ----------------------------------------------------------------------------------------------


def test_a_row_that_differs_by_one_krona_is_found_in_its_column(site: TestSite, texts: Texts) -> None:
    write(site, ("belopp: [520, 520]", "belopp: [520, 521]"))
    assert site.problems() == [("amount-differs", *place_of(site, "521]"))]
    said = plain(texts.what(fault_of(site)))
    assert said == (
        "”Åby kommun”, Plan 2026, ska troligen vara 520 kr: då går siffrorna ihop. I planen står 521 kr. "
        "Skillnaden är 1 kr."
    )


def test_a_sum_that_differs_by_one_krona_is_found_in_its_column(site: TestSite, texts: Texts) -> None:
    write(site, ("intäkter, belopp: [1 520, 1 520]", "intäkter, belopp: [1 520, 1 521]"))
    assert site.problems() == [("sum-differs", *place_of(site, "1 521]"))]
    said = plain(texts.what(fault_of(site)))
    assert said == (
        "Summan stämmer inte: intäkter, Plan 2026. Raderna blir 1 520 kr. I planen står 1 521 kr. Skillnaden är 1 kr."
    )


def test_costs_are_summed_too(site: TestSite) -> None:
    write(site, ("kostnader, belopp: [1 520, 1 520]", "kostnader, belopp: [1 521, 1 520]"))
    assert site.problems() == [("sum-differs", *place_of(site, "1 521, 1 520]"))]


@pytest.mark.parametrize("cell", ["~", '"---"', "0"])
def test_a_blank_counts_as_nothing_in_a_sum(cell: str, site: TestSite) -> None:
    added = f"\n      - {{namn: Ränta, part: ränta, belopp: [{cell}, {cell}]}}"
    write(site, ("belopp: [520, 520]}", f"belopp: [520, 520]}}{added}"))
    assert site.problems() == []


@pytest.mark.parametrize("cell", ["~", '"---"'])
def test_a_sum_that_is_not_printed_is_not_checked(cell: str, site: TestSite) -> None:
    write(site, ("Summa intäkter, belopp: [1 520, 1 520]", f"Summa intäkter, belopp: [{cell}, 1 520]"))
    assert site.problems() == []


def test_a_plan_without_sums_is_right(site: TestSite) -> None:
    write(
        site,
        ("    summa: {namn: Summa intäkter, belopp: [1 520, 1 520]}\n", ""),
        ("    summa: {namn: Summa kostnader, belopp: [1 520, 1 520]}\n", ""),
    )
    assert site.problems() == []


# --- K2: groups and breakdowns --------------------------------------------------------------------------------------

OFFICE = "      - {namn: Kansli, ändamål: administration, belopp: [220, 220]}\n"
OFFICE_IN_GROUPS = """\
      - grupp: Kansli
        summa: {placering: före, belopp: [220, 220]}
        rader:
          - {namn: Chef, belopp: [200, 200]}
          - grupp: Hyra
            summa: {namn: Summa hyra, belopp: [20, 20]}
            rader:
              - {namn: Kontor, belopp: [15, 15]}
              - {namn: Förråd, belopp: [5, 5]}
"""


def test_groups_in_groups_add_up(site: TestSite) -> None:
    write(site, (OFFICE, OFFICE_IN_GROUPS))
    assert site.problems() == []


@pytest.mark.parametrize(("row", "wrong"), [("[15, 15]", "[15, 16]"), ("[200, 200]", "[200, 201]")])
def test_a_wrong_row_is_found_itself_where_the_sums_above_agree_with_each_other(
    row: str, wrong: str, site: TestSite
) -> None:
    write(site, (OFFICE, OFFICE_IN_GROUPS), (row, wrong))
    assert site.problems() == [("amount-differs", *place_of(site, wrong.partition(", ")[2]))]


def test_a_subtotal_alone_may_be_wrong(site: TestSite, texts: Texts) -> None:
    write(site, (OFFICE, OFFICE_IN_GROUPS), ("[20, 20]", "[20, 30]"))
    assert site.problems() == [("subtotal-differs", *place_of(site, "30]"))]
    assert "Hyra, Plan 2026. Raderna blir 20 kr. I planen står 30 kr." in plain(texts.what(fault_of(site)))


STATE = "      - {namn: Staten, part: staten, belopp: [1 000, 1 000]}\n"
IN_PARTS = """\
      - namn: Anslag
        part: parterna
        belopp: [1 000, 1 000]
        nedbrytning:
          rubrik: Anslag från huvudmännen
          enhet: kr
          kolumn: b2025
          rader:
            - {namn: Staten, part: staten, belopp: 600}
            - {namn: Regionen, part: region, belopp: 400}
          summa: {namn: Totalt, belopp: 1 000}
"""


def test_a_row_may_be_broken_down_in_one_of_its_columns(site: TestSite) -> None:
    write(site, (STATE, IN_PARTS))
    assert site.problems() == []


def test_the_parts_of_a_row_must_make_their_sum(site: TestSite, texts: Texts) -> None:
    write(site, (STATE, IN_PARTS), ("belopp: 400", "belopp: 470"), ("belopp: 600", "belopp: 569"))
    assert site.problems() == [("breakdown-sum-differs", *place_of(site, "1 000}"))]
    assert "Delarna blir 1 039 kr. Som summa står 1 000 kr." in plain(texts.what(fault_of(site)))


def test_a_part_that_is_wrong_is_found_itself(site: TestSite) -> None:
    write(site, (STATE, IN_PARTS), ("belopp: 400", "belopp: 401"))
    assert site.problems() == [("amount-differs", *place_of(site, "401}"))]


def test_the_sum_of_the_parts_must_be_the_rows_amount(site: TestSite) -> None:
    write(site, (STATE, IN_PARTS), ("belopp: 400", "belopp: 300"), ("Totalt, belopp: 1 000", "Totalt, belopp: 900"))
    assert site.problems() == [("breakdown-row-differs", *place_of(site, "1 000, 1 000]"))]


def test_parts_in_kronor_make_a_row_in_tkr(site: TestSite) -> None:
    write(
        site,
        (STATE, IN_PARTS),
        ("\n  enhet: kr", "\n  enhet: tkr"),
        ("belopp: 600}", "belopp: 600 000}"),
        ("belopp: 400}", "belopp: 400 000}"),
        ("Totalt, belopp: 1 000", "Totalt, belopp: 1 000 000"),
    )
    assert site.problems() == []


# --- K3: result -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cells", ["0, 0", "0, ~", '"–", 0'])
def test_the_result_is_income_less_costs(cells: str, site: TestSite) -> None:
    write(site, more=f"  resultat: {{namn: Resultat, belopp: [{cells}]}}\n")
    assert site.problems() == []


def test_a_wrong_result_is_found_in_its_column(site: TestSite, texts: Texts) -> None:
    write(site, more="  resultat: {namn: Resultat, belopp: [0, -10]}\n")
    assert site.problems() == [("result-differs", *place_of(site, "-10"))]
    said = plain(texts.what(fault_of(site)))
    assert said == (
        "Raden ”Resultat”, Plan 2026, stämmer inte. Summorna ger 0 kr. I planen står −10 kr. Skillnaden är 10 kr."
    )


def test_with_saved_money_among_the_incomes_the_last_row_is_what_is_left(site: TestSite) -> None:
    write(site, plan=INCLUDED, more="  resultat: {namn: Kvar, belopp: [500, 400]}\n")
    assert site.problems() == []
    write(site, plan=INCLUDED, more="  resultat: {namn: Kvar, belopp: [500, -100]}\n")
    assert site.problems() == [("result-differs", *place_of(site, "-100"))]


def test_a_plan_may_print_the_years_result_although_saved_money_is_among_the_incomes(site: TestSite) -> None:
    write(site, plan=INCLUDED, more="  resultat: {namn: Resultat, roll: årets-resultat, belopp: [-200, -100]}\n")
    assert site.problems() == []


# --- K4: saved money from year to year ------------------------------------------------------------------------------


def test_a_year_must_open_with_what_the_year_before_closed_with(site: TestSite, texts: Texts) -> None:
    write(site, ("[700, 500]", "[700, 510]"), plan=INCLUDED, more="  resultat: {namn: Kvar, belopp: [500, 410]}\n")
    assert site.problems() == [("equity-chain-differs", *place_of(site, "510"))]
    assert "Året före slutar med 500 kr. Här står 510 kr." in plain(texts.what(fault_of(site)))


def test_the_chain_holds_also_where_nothing_left_is_printed(site: TestSite) -> None:
    """003 has no such row."""
    write(site, ("[700, 500]", "[700, 510]"), plan=INCLUDED)
    assert site.problems() == [("equity-chain-differs", *place_of(site, "510"))]


FORECAST = f"""\
{HEAD}
  kapitalmodell: ingår
  kolumner:
    - {{id: b2024, år: 2024, typ: budget}}
    - {{id: p2024, år: 2024, typ: prognos}}
    - {{id: b2025, år: 2025, typ: budget}}
  intäkter:
    rader:
      - {{namn: Sparat, part: ingående-kapital, belopp: [100, 120, 220]}}
      - {{namn: Staten, part: staten, belopp: [500, 500, 500]}}
  kostnader:
    rader:
      - {{namn: Coachning, belopp: [600, 400, 500]}}
"""


def test_a_year_opens_with_the_forecast_rather_than_the_budget_of_the_year_before(site: TestSite) -> None:
    """As 001, whose year 2022 opens with the forecast for 2021."""
    write(site, plan=FORECAST)
    assert site.problems() == []
    write(site, ("typ: prognos", "typ: plan"), plan=FORECAST)
    assert site.problems() == [("equity-chain-differs", *place_of(site, "220"))]


EQUITY = """
  eget_kapital:
    ingående: {namn: Eget kapital från 2024, år: 2024, belopp: 700}
    utgående: {namn: Eget kapital, belopp: [700, 700]}
"""


def test_saved_money_outside_the_table_follows_the_result(site: TestSite) -> None:
    write(site, more=EQUITY)
    assert site.problems() == []


def test_a_closing_that_does_not_follow_is_found_and_the_next_year_goes_on_from_it(site: TestSite) -> None:
    """Both years close with the same, and so it is the opening that is wrong."""
    write(site, more=EQUITY.replace("[700, 700]", "[690, 690]"))
    assert site.problems() == [("amount-differs", *place_of(site, "700}"))]


def test_a_closing_that_agrees_with_neither_year_is_wrong_itself(site: TestSite) -> None:
    write(site, more=EQUITY.replace("[700, 700]", "[690, 700]"))
    assert site.problems() == [("equity-differs", *place_of(site, "690, 700"))]


# --- K8: cells, keys and words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "hint"),
    [
        ("[520]", "cell-count-too-few"),
        ("[520, 520, 520]", "cell-count-too-many"),
        ("[520, 000, 519, 000]", "cell-count-thousands"),
        ("[520, 20, 520, 20]", "cell-count-decimals"),
        ("[5, 4, 20]", "cell-count-too-many"),
        ("[1,5, 520]", "cell-count-too-many"),
        ("520", "cell-count-too-few"),
    ],
)
def test_a_row_has_one_amount_for_each_column(cells: str, hint: str, site: TestSite) -> None:
    write(site, ("kommun, belopp: [520, 520]", f"kommun, belopp: {cells}"))
    fault = fault_of(site)
    assert (fault.code, fault.hint) == ("cell-count", hint)
    assert (fault.place.line, fault.place.column) == place_of(site, f"{cells}}}")


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("520 kr", "amount-unit"),
        ("5 tkr", "amount-unit"),
        ("12.500", "amount-point"),
        ("1e6", "amount-example"),
        ("femhundra", "amount-example"),
        ("52 0", "amount-groups"),
        ("[520]", "amount-list"),
    ],
)
def test_an_unreadable_amount_is_told_once_and_stops_the_sums(cell: str, hint: str, site: TestSite) -> None:
    """The sums would only tell the same fault again in other words."""
    write(site, ("kommun, belopp: [520, 520]", f"kommun, belopp: [{cell}, 520]"))
    fault = fault_of(site)
    assert (fault.code, fault.hint) == ("amount-unreadable", hint)
    assert (fault.place.line, fault.place.column) == place_of(site, f"{cell}, 520]")


def test_ore_are_refused(site: TestSite) -> None:
    write(site, ("kommun, belopp: [520, 520]", 'kommun, belopp: ["519,50", 520]'))
    assert site.problems() == [("amount-has-ore", *place_of(site, '"519,50"'))]


@pytest.mark.parametrize(
    ("change", "code", "at"),
    [
        (("part: kommun", "part: kommunen"), "choice-unknown", "kommunen"),
        (("ändamål: individ", "ändamål: individuell"), "choice-unknown", "individuell"),
        (("ändamål: individ", "ändmål: individ"), "key-unknown", "ändmål"),
        (("typ: plan}", "typ: plan, typ: budget}"), "key-repeated", "typ: budget}\n  intäkter"),
        (("enhet: kr", "enhet: kronor"), "choice-unknown", "kronor"),
        (("enhet: kr\n", "tecken: naturligt\n"), "key-missing", "tecken"),
    ],
)
def test_misspelt_and_missing_words_are_found_where_they_stand(
    change: tuple[str, str], code: str, at: str, site: TestSite
) -> None:
    write(site, change)
    assert site.problems() == [(code, *place_of(site, at))]


# --- K9: units ------------------------------------------------------------------------------------------------------

RENT = f"""\
{HEAD}
  kapitalmodell: separat
  kolumner:
    - {{id: b2025, år: 2025, typ: budget}}
    - {{id: p2026, år: 2026, typ: plan}}
  intäkter: {{rader: [{{namn: Staten, part: staten, belopp: [~, ~]}}]}}
  kostnader: {{rader: [{{namn: Hyra, belopp: [2, 200]}}]}}
"""


@pytest.mark.parametrize(("cells", "jumps"), [("1, 99", False), ("1, 100", True), ("100, 1", True), ("0, 100", False)])
def test_an_amount_a_hundred_times_the_one_beside_it_is_a_warning(
    cells: str, jumps: bool, site: TestSite, texts: Texts
) -> None:
    write(site, ("2, 200", cells), plan=RENT)
    assert codes(site) == (["magnitude-jump"] if jumps else [])
    assert all(texts.severity(fault) is Severity.WARNING for fault in site.found())


@pytest.mark.parametrize(
    ("unit", "cells", "said"),
    [
        ("kr", "2, 200", "Raden ”Hyra” är 2 kr i Budget 2025 men 200 kr i Plan 2026."),
        ("tkr", "2, 200", "Raden ”Hyra” är 2 tkr i Budget 2025 men 200 tkr i Plan 2026."),
        ("mkr", '"0,5", 60', "Raden ”Hyra” är 0,5 mnkr i Budget 2025 men 60 mnkr i Plan 2026."),
        ("tkr", '"-1,5", -200', "Raden ”Hyra” är −1,5 tkr i Budget 2025 men −200 tkr i Plan 2026."),
    ],
)
def test_the_amounts_are_said_as_they_are_written(
    unit: str, cells: str, said: str, site: TestSite, texts: Texts
) -> None:
    write(site, ("2, 200", cells), ("enhet: kr", f"enhet: {unit}"), plan=RENT)
    assert plain(texts.what(fault_of(site))).startswith(said)


# --- K10: columns and headings --------------------------------------------------------------------------------------


def test_columns_stand_in_the_order_of_time(site: TestSite) -> None:
    write(site, ("id: p2026, år: 2026, typ: plan", "id: u2024, år: 2024, typ: utfall"))
    assert site.problems() == [("columns-out-of-order", *place_of(site, "{id: u2024"))]


def test_a_year_without_budget_is_an_error(site: TestSite) -> None:
    write(site, ("typ: budget", "typ: prognos"))
    assert codes(site) == ["main-column-missing"]


@pytest.mark.parametrize(
    ("written", "code"), [("p2026", "main-column-year"), ("b2024", "column-unknown"), ("b2025", None)]
)
def test_the_main_column_is_one_of_the_columns_and_of_the_plans_year(
    written: str, code: str | None, site: TestSite
) -> None:
    write(site, more=f"  huvudkolumn: {written}\n")
    assert site.problems() == ([(code, *place_of(site, f"{written}\n---"))] if code else [])


@pytest.mark.parametrize(
    ("heading", "agrees"),
    [
        ("Budget 2025", True),
        ("Budget", True),
        ("Budget 2025 och plan 2026", True),
        ("Förslag budget 2025 - 2026", True),
        ("Budget 2024", False),
        ("Budget 2025–2027", False),
        ("Budget 2024 plan 2025", False),
    ],
)
def test_the_heading_of_the_table_names_the_years_of_its_columns(heading: str, agrees: bool, site: TestSite) -> None:
    write(site, more=f"  rubrik: {heading}\n")
    assert site.problems() == ([] if agrees else [("heading-years", *place_of(site, heading))])


# --- K11: notes -----------------------------------------------------------------------------------------------------

NOTE = '  fotnoter: [{not: "*", text: Preliminärt.}]\n'
MARKED = ("namn: Coachning, ", 'namn: Coachning, not: "*", ')


@pytest.mark.parametrize(
    "change",
    [
        MARKED,
        ("belopp: [1 300, 1 300]", "belopp: [1 300*, 1 300]"),
        ("Summa intäkter, belopp: [1 520, 1 520]", "Summa intäkter, belopp: [1 520, 1 520 *]"),
        ("namn: Coachning, ", 'namn: Coachning, not: "*, *", '),
    ],
)
def test_a_mark_and_its_note_belong_together(change: tuple[str, str], site: TestSite) -> None:
    write(site, change, more=NOTE)
    assert site.problems() == []
    write(site, change)
    assert set(codes(site)) == {"note-undefined"}
    write(site, more=NOTE)
    assert site.problems() == [("note-unused", *place_of(site, '{not: "*"'))]


def test_a_mark_on_the_opening_equity_belongs_to_its_note(site: TestSite) -> None:
    marked = EQUITY.replace("belopp: 700}", "belopp: 700*}")
    write(site, more=marked)
    assert codes(site) == ["note-undefined"]
    write(site, more=marked + NOTE)
    assert site.problems() == []


def test_a_bracket_after_a_mark_does_not_make_it_another(site: TestSite) -> None:
    """002 prints "1)" in its table and "1." at the note."""
    marked = ("namn: Coachning, ", 'namn: Coachning, not: "1)", ')
    write(site, marked, more='  fotnoter: [{not: "1", text: Preliminärt.}]\n')
    assert site.problems() == []


def test_the_same_mark_in_two_lists_needs_a_note_in_each(site: TestSite) -> None:
    """In 000 "*" means three different things in three chapters."""
    write(site, MARKED, more=NOTE + '  finansiella_mål: {punkter: [{text: Balans, not: "*"}]}\n')
    assert site.problems() == [("note-undefined", *place_of(site, "{text: Balans"))]


def test_two_notes_cannot_share_a_mark(site: TestSite) -> None:
    """The mark could lead to only one of them."""
    write(site, MARKED, more='  fotnoter: [{not: "*", text: Preliminärt.}, {not: "*", text: Slutligt.}]\n')
    assert site.problems() != []


def test_an_unknown_chart_is_found_among_staffs_own_words(site: TestSite, texts: Texts) -> None:
    write(site, more="diagram: {vem-betalr: {visa: nej}}\n")
    assert site.problems() == [("chart-unknown", *place_of(site, "vem-betalr"))]
    assert "vem-betalar, vad-kommunerna-betalar" in texts.advice(fault_of(site))


# --- Known deviations -----------------------------------------------------------------------------------------------

ONE_OFF = ("belopp: [220, 220]", "belopp: [221, 220]")
KNOWN = """
  avvikelser:
    - {kontroll: summa-kostnader, kolumn: b2025, differens: 1, orsak: avrundning, text: Avrundat.}
"""


def test_a_deviation_with_its_exact_difference_is_known(site: TestSite) -> None:
    write(site, ONE_OFF, more=KNOWN)
    assert site.problems() == []


@pytest.mark.parametrize("amount", [222, 218])
def test_another_difference_than_the_known_is_a_fault(amount: int, site: TestSite) -> None:
    write(site, ("belopp: [220, 220]", f"belopp: [{amount}, 220]"), more=KNOWN)
    fault = fault_of(site)
    assert fault.code == "amount-differs"
    assert fault.hint.split()[-1] == "deviation-other-difference"


def test_a_deviation_that_is_gone_must_go(site: TestSite) -> None:
    write(site, more=KNOWN)
    assert site.problems() == [("deviation-gone", *place_of(site, "{kontroll: "))]


def test_a_deviation_in_another_column_excuses_nothing(site: TestSite) -> None:
    write(site, ONE_OFF, more=KNOWN.replace("b2025", "p2026"))
    assert codes(site) == ["amount-differs", "deviation-gone"]


def test_a_deviation_that_does_not_say_how_large_it_is_excuses_nothing(site: TestSite) -> None:
    write(site, ("belopp: [220, 220]", "belopp: [9 999, 220]"), more=KNOWN.replace("differens: 1, ", ""))
    assert site.problems() != []


def test_a_missing_minus_in_the_sum_is_a_fault_unless_it_is_known(site: TestSite) -> None:
    """004 prints its costs with minus, and the sums of two years without."""
    printed = ("kostnader, belopp: [1 520, ", 'kostnader, belopp: [{värde: 1 520, tryckt: "1 520"}, ')
    negative = "  tecken: kostnader-negativa\n"
    write(site, printed, more=negative)
    assert site.problems() == [("sign-differs", *place_of(site, '1 520, tryckt: "1 520"'))]
    known = "  avvikelser: [{kontroll: tecken, kolumn: b2025, rad: Summa kostnader, orsak: skrivfel, text: Fel.}]\n"
    write(site, printed, more=negative + known)
    assert site.problems() == []


# --- Hints ----------------------------------------------------------------------------------------------------------


def sum_fault(site: TestSite, rows: tuple[str, ...], total: str) -> Problem:
    """Return the only fault of a plan with these rows of costs above this sum."""
    width = rows[0].count(",") + 1
    columns = "".join(f"    - {{id: k{year}, år: {year}, typ: budget}}\n" for year in range(2025, 2025 + width))
    lines = "".join(f"      - {{namn: Rad {number}, belopp: [{row}]}}\n" for number, row in enumerate(rows, 1))
    incomes = f"  intäkter: {{rader: [{{namn: Staten, part: staten, belopp: [{', '.join('~' * width)}]}}]}}\n"
    costs = f"  kostnader:\n    rader:\n{lines}    summa: {{namn: Summa kostnader, belopp: [{total}]}}\n"
    site.write_plan(f"{HEAD}  kapitalmodell: separat\n  kolumner:\n{columns}{incomes}{costs}{END}")
    return fault_of(site)


@pytest.mark.parametrize(
    ("rows", "total", "code", "words"),
    [
        (("1 000", "500", "320"), "1 500", "sum-differs", "just raden ”Rad 3”, som inte är inräknad"),
        (("1 000", "500", "320"), "2 140", "sum-differs", "just raden ”Rad 3”, som är räknad två gånger"),
        (("1 000", "500", "500"), "1 500", "sum-differs", "Se först efter ”Rad 2” eller ”Rad 3”"),
        (("1 000", "-200"), "1 200", "amount-differs", "fel tecken"),
        (("2 000", "500 000"), "2 500 000", "amount-differs", "2 000 kr är tusen gånger för litet"),
        (("2 500 000", "1 000"), "3 500", "amount-differs", "2 500 000 kr är tusen gånger för stort"),
        (("1 540", "200"), "1 650", "amount-differs", "1 540 kr är 1 450 kr med två siffror i fel ordning"),
        (("1 000, 1 000", "500, 500"), "1 507, 1 500", "sum-differs", "I Budget 2026 står 1 500 kr"),
        (("1 000, 1 000", "500, 500"), "1 507, 1 508", "sum-differs", "skiljer också i Budget 2026 (8 kr)"),
        (("1 023, 1 000", "511, 500"), "1 611, 1 500", "sum-differs", "i den här kolumnen"),
        (("1 023, 1 001", "511, 502"), "1 611, 1 616", "sum-differs", "Jämför raderna med underlaget"),
    ],
)
def test_staff_get_the_likeliest_reason(
    rows: tuple[str, ...], total: str, code: str, words: str, site: TestSite, texts: Texts
) -> None:
    fault = sum_fault(site, rows, total)
    assert fault.code == code
    assert words in plain(texts.advice(fault))
