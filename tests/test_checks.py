"""What is wrong in a plan that can be read: for each check the least that breaks it, and that the five plans hold."""

import re
import textwrap
from pathlib import Path

import pytest

from insyn.problems import Problem
from insyn.texts import Severity, Texts
from tests.site import TestSite

PLAN = """
    ---
    schema: finsam-plan/1
    förbund: norr
    titel: Verksamhetsplan 2025
    år: 2025
    status: förslag
    budget:
      enhet: kr
      kapitalmodell: separat
      kolumner:
        - {id: b2025, år: 2025, typ: budget}
        - {id: p2026, år: 2026, typ: plan}
      intäkter:
        rader:
          - {namn: Staten, part: staten, belopp: [1 000, 1 000]}
          - {namn: Åby kommun, part: kommun, belopp: [520, 520]}
        summa: {namn: Summa intäkter, belopp: [1 520, 1 520]}
      kostnader:
        rader:
          - {namn: Coachning, ändamål: individ, belopp: [1 300, 1 300]}
          - {namn: Kansli, ändamål: administration, belopp: [220, 220]}
        summa: {namn: Summa kostnader, belopp: [1 520, 1 520]}
    ---
"""
"""A plan without a fault. Its incomes stand on lines 13 to 15, its costs on 18 to 20."""
INCLUDED = """
    ---
    schema: finsam-plan/1
    förbund: norr
    titel: Verksamhetsplan 2025
    år: 2025
    status: förslag
    budget:
      enhet: kr
      kapitalmodell: ingår
      kolumner:
        - {id: b2025, år: 2025, typ: budget}
        - {id: p2026, år: 2026, typ: plan}
      intäkter:
        rader:
          - {namn: Sparat, part: ingående-kapital, belopp: [700, 500]}
          - {namn: Staten, part: staten, belopp: [1 000, 1 000]}
      kostnader:
        rader:
          - {namn: Coachning, ändamål: individ, belopp: [1 200, 1 100]}
      resultat: {namn: Kvar, belopp: [500, 400]}
    ---
"""
"""A plan with its saved money among the incomes."""


def place_of(site: TestSite, text: str) -> tuple[int, int]:
    """Return line and column of a text that stands once in the plan."""
    written = (site.content / "norr/2025/plan.md").read_text("utf-8")
    assert written.count(text) == 1, text
    before = written[: written.index(text)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def fault_of(site: TestSite) -> Problem:
    """Return the only problem there is."""
    (fault,) = site.found()
    return fault


def with_lines(plan: str, after: str, lines: str) -> tuple[str, str]:
    """Make a change to a plan: lines that follow a line in it, with that line's own margin before them."""
    (line,) = (line for line in plan.splitlines() if line.strip() == after)
    margin = line[: len(line) - len(line.lstrip())]
    return line, f"{line}\n{textwrap.indent(textwrap.dedent(lines).strip(), margin)}"


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


# --- The five plans -------------------------------------------------------------------------------------------------


def test_the_five_plans_have_no_fault_and_one_warning(tmp_path: Path, project: Path, texts: Texts) -> None:
    """003's table is headed "Budget 2023 plan 2024–2025" over columns up to 2026, and is kept as printed."""
    fault = fault_of(TestSite(tmp_path, content=project / "content"))
    assert (fault.code, fault.place.file) == ("heading-years", "content/sodra-lappland/2024/plan.md")
    assert texts.severity(fault) is Severity.WARNING


@pytest.mark.parametrize("plan", [PLAN, INCLUDED])
def test_the_plans_that_the_cases_below_change_are_right(plan: str, site: TestSite) -> None:
    site.write_plan(plan)
    assert site.problems() == []


# --- K1: rows and sums ----------------------------------------------------------------------------------------------


def test_a_row_that_differs_by_one_krona_is_found_at_the_sum_of_its_column(site: TestSite, texts: Texts) -> None:
    site.write_plan(PLAN, ("belopp: [520, 520]", "belopp: [520, 521]"))
    assert site.problems() == [("sum-differs", 15, 48)]
    said = plain(texts.what(fault_of(site)))
    assert said == (
        "Summan stämmer inte: intäkter, Plan 2026. Raderna blir 1 521 kr. I planen står 1 520 kr. Skillnaden är 1 kr."
    )


def test_costs_are_summed_too(site: TestSite) -> None:
    site.write_plan(PLAN, ("belopp: [220, 220]", "belopp: [221, 220]"))
    assert site.problems() == [("sum-differs", 20, 49)]


@pytest.mark.parametrize("cell", ["~", '"---"', "0"])
def test_a_blank_counts_as_nothing_in_a_sum(cell: str, site: TestSite) -> None:
    added = f"- {{namn: Ränta, part: ränta, belopp: [{cell}, {cell}]}}"
    site.write_plan(PLAN, with_lines(PLAN, "- {namn: Åby kommun, part: kommun, belopp: [520, 520]}", added))
    assert site.problems() == []


@pytest.mark.parametrize("cell", ["~", '"---"'])
def test_a_sum_that_is_not_printed_is_not_checked(cell: str, site: TestSite) -> None:
    site.write_plan(PLAN, ("Summa intäkter, belopp: [1 520, 1 520]", f"Summa intäkter, belopp: [{cell}, 1 520]"))
    assert site.problems() == []


def test_a_plan_without_sums_is_right(site: TestSite) -> None:
    site.write_plan(
        PLAN,
        ("        summa: {namn: Summa intäkter, belopp: [1 520, 1 520]}\n", ""),
        ("        summa: {namn: Summa kostnader, belopp: [1 520, 1 520]}\n", ""),
    )
    assert site.problems() == []


# --- K2: groups and breakdowns --------------------------------------------------------------------------------------

GROUPED = (
    "- {namn: Kansli, ändamål: administration, belopp: [220, 220]}",
    """\
    - grupp: Kansli
      summa: {placering: före, belopp: [220, 220]}
      rader:
        - {namn: Chef, belopp: [200, 200]}
        - grupp: Hyra
          summa: {namn: Summa hyra, belopp: [20, 20]}
          rader:
            - {namn: Kontor, belopp: [15, 15]}
            - {namn: Förråd, belopp: [5, 5]}
    """,
)


def grouped(site: TestSite, *changes: tuple[str, str]) -> None:
    line, lines = with_lines(PLAN, *GROUPED)
    site.write_plan(PLAN, (line, lines.removeprefix(f"{line}\n")), *changes)


def test_groups_in_groups_add_up(site: TestSite) -> None:
    grouped(site)
    assert site.problems() == []


@pytest.mark.parametrize(
    ("row", "wrong", "at"),
    [
        ("Kontor, belopp: [15, 15]", "Kontor, belopp: [15, 16]", ["[20, 20]", "[220, 220]", "Summa kostnader"]),
        ("Chef, belopp: [200, 200]", "Chef, belopp: [200, 201]", ["[220, 220]", "Summa kostnader"]),
    ],
)
def test_a_wrong_row_is_found_in_its_group_and_in_every_sum_above(
    row: str, wrong: str, at: list[str], site: TestSite
) -> None:
    grouped(site, (row, wrong))
    lines = [place_of(site, text)[0] for text in at]
    assert sorted(line for _, line, _ in site.problems()) == sorted(lines)
    assert {code for code, _, _ in site.problems()} == {"subtotal-differs", "sum-differs"}


def test_a_subtotal_alone_may_be_wrong(site: TestSite, texts: Texts) -> None:
    grouped(site, ("Summa hyra, belopp: [20, 20]", "Summa hyra, belopp: [20, 30]"))
    line, _ = place_of(site, "[20, 30]")
    assert [(code, where) for code, where, _ in site.problems()] == [("subtotal-differs", line)]
    assert "Hyra, Plan 2026. Raderna blir 20 kr. I planen står 30 kr." in plain(texts.what(fault_of(site)))


PARTS = """
    nedbrytning:
      rubrik: Anslag
      enhet: kr
      kolumn: b2025
      rader:
        - {namn: Staten, part: staten, belopp: 600}
        - {namn: Regionen, part: region, belopp: 400}
      summa: {namn: Totalt, belopp: 1 000}
"""


def broken_down(site: TestSite, *changes: tuple[str, str], plan: str = PLAN) -> None:
    line, lines = with_lines(
        PLAN, "- {namn: Staten, part: staten, belopp: [1 000, 1 000]}", textwrap.indent(PARTS, "  ")
    )
    row = "          - namn: Anslag\n            part: parterna\n            belopp: [1 000, 1 000]"
    site.write_plan(plan, (line, lines.replace(line, row)), *changes)


def test_a_row_may_be_broken_down_in_one_of_its_columns(site: TestSite) -> None:
    broken_down(site)
    assert site.problems() == []


def test_the_parts_of_a_row_must_make_their_sum(site: TestSite) -> None:
    broken_down(site, ("belopp: 400", "belopp: 401"))
    assert site.problems() == [("breakdown-sum-differs", *place_of(site, "1 000}"))]


def test_the_sum_of_the_parts_must_be_the_rows_amount(site: TestSite) -> None:
    broken_down(site, ("belopp: 400", "belopp: 300"), ("Totalt, belopp: 1 000", "Totalt, belopp: 900"))
    assert site.problems() == [("breakdown-row-differs", *place_of(site, "1 000, 1 000]\n            nedbrytning"))]


def test_parts_in_kronor_make_a_row_in_tkr(site: TestSite) -> None:
    broken_down(
        site, ("enhet: kr\n      kapital", "enhet: tkr\n      kapital"), ("600}", "600 000}"), ("400}", "400 000}"),
        ("Totalt, belopp: 1 000", "Totalt, belopp: 1 000 000"),
    )  # fmt: skip
    assert site.problems() == []


# --- K3: result -----------------------------------------------------------------------------------------------------


def with_result(site: TestSite, cells: str, *changes: tuple[str, str]) -> None:
    sums = "summa: {namn: Summa kostnader, belopp: [1 520, 1 520]}"
    lines = f"resultat: {{namn: Resultat, belopp: [{cells}]}}"
    line, changed = with_lines(PLAN, sums, lines)
    site.write_plan(PLAN, (line, changed.replace("        resultat", "      resultat")), *changes)


@pytest.mark.parametrize("cells", ["0, 0", "0, ~", '"–", 0'])
def test_the_result_is_income_less_costs(cells: str, site: TestSite) -> None:
    with_result(site, cells)
    assert site.problems() == []


def test_a_wrong_result_is_found_in_its_column(site: TestSite, texts: Texts) -> None:
    with_result(site, "0, -10")
    assert site.problems() == [("result-differs", *place_of(site, "-10"))]
    said = plain(texts.what(fault_of(site)))
    assert "”Resultat”, Plan 2026, stämmer inte. Summorna ger 0 kr. I planen står −10 kr. Skillnaden är 10 kr." in said


def test_with_saved_money_among_the_incomes_the_last_row_is_what_is_left(site: TestSite) -> None:
    site.write_plan(INCLUDED, ("Kvar, belopp: [500, 400]", "Kvar, belopp: [500, -100]"))
    assert ("result-differs", *place_of(site, "-100")) in site.problems()


def test_a_plan_may_print_the_years_result_although_saved_money_is_among_the_incomes(site: TestSite) -> None:
    site.write_plan(INCLUDED, ("Kvar, belopp: [500, 400]", "Resultat, roll: årets-resultat, belopp: [-200, -100]"))
    assert site.problems() == []


# --- K4: saved money from year to year ------------------------------------------------------------------------------


def test_a_year_must_open_with_what_the_year_before_closed_with(site: TestSite, texts: Texts) -> None:
    site.write_plan(INCLUDED, ("[700, 500]", "[700, 510]"), ("[500, 400]", "[500, 410]"))
    assert site.problems() == [("equity-chain-differs", *place_of(site, "510"))]
    assert "Året före slutar med 500 kr. Här står 510 kr." in plain(texts.what(fault_of(site)))


def test_the_chain_holds_also_where_no_result_is_printed(site: TestSite) -> None:
    site.write_plan(INCLUDED, ("      resultat: {namn: Kvar, belopp: [500, 400]}\n", ""), ("[700, 500]", "[700, 510]"))
    assert site.problems() == [("equity-chain-differs", *place_of(site, "510"))]


FORECAST = """
    ---
    schema: finsam-plan/1
    förbund: norr
    titel: Verksamhetsplan 2025
    år: 2025
    status: förslag
    budget:
      enhet: kr
      kapitalmodell: ingår
      kolumner:
        - {id: b2024, år: 2024, typ: budget}
        - {id: p2024, år: 2024, typ: prognos}
        - {id: b2025, år: 2025, typ: budget}
      intäkter:
        rader:
          - {namn: Sparat, part: ingående-kapital, belopp: [100, 120, 220]}
          - {namn: Staten, part: staten, belopp: [500, 500, 500]}
      kostnader:
        rader:
          - {namn: Coachning, belopp: [600, 400, 500]}
      resultat: {namn: Kvar, belopp: [0, 220, 220]}
    ---
"""


def test_a_year_opens_with_the_forecast_rather_than_the_budget_of_the_year_before(site: TestSite) -> None:
    site.write_plan(FORECAST)
    assert site.problems() == []
    site.write_plan(FORECAST, ("typ: prognos", "typ: plan"))
    assert site.problems() == [("equity-chain-differs", *place_of(site, "220]}\n          - {namn: Staten"))]


EQUITY = """
    eget_kapital:
      ingående: {namn: Eget kapital från 2024, år: 2024, belopp: 700}
      utgående: {namn: Eget kapital, belopp: [700, 700]}
"""


def with_equity(site: TestSite, *changes: tuple[str, str]) -> None:
    line, lines = with_lines(PLAN, "summa: {namn: Summa kostnader, belopp: [1 520, 1 520]}", EQUITY)
    site.write_plan(PLAN, (line, re.sub(r"(?m)^  (?=      +(eget|ingå|utgå))", "", lines)), *changes)


def test_saved_money_outside_the_table_follows_the_result(site: TestSite) -> None:
    with_equity(site)
    assert site.problems() == []


def test_a_closing_that_does_not_follow_is_found_and_the_next_year_goes_on_from_it(site: TestSite) -> None:
    with_equity(site, ("Eget kapital, belopp: [700, 700]", "Eget kapital, belopp: [690, 690]"))
    assert site.problems() == [("equity-differs", *place_of(site, "690, 690"))]


# --- K8: cells, keys and words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "hint"),
    [
        ("[520]", "cell-count-too-few"),
        ("[520, 520, 520]", "cell-count-too-many"),
        ("[1,5, 520]", "cell-count-too-many"),
        ("520", "cell-count-too-few"),
    ],
)
def test_a_row_has_one_amount_for_each_column(cells: str, hint: str, site: TestSite) -> None:
    site.write_plan(PLAN, ("kommun, belopp: [520, 520]", f"kommun, belopp: {cells}"))
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
        ("52 0", "amount-example"),
        ("[520]", "amount-list"),
    ],
)
def test_an_unreadable_amount_is_told_once_and_stops_the_sums(cell: str, hint: str, site: TestSite) -> None:
    """The sums would only tell the same fault again in other words."""
    site.write_plan(PLAN, ("kommun, belopp: [520, 520]", f"kommun, belopp: [{cell}, 520]"))
    fault = fault_of(site)
    assert (fault.code, fault.hint) == ("amount-unreadable", hint)
    assert (fault.place.line, fault.place.column) == place_of(site, f"{cell}, 520]")


def test_ore_are_refused(site: TestSite) -> None:
    site.write_plan(PLAN, ("kommun, belopp: [520, 520]", 'kommun, belopp: ["519,50", 520]'))
    assert site.problems() == [("amount-has-ore", *place_of(site, '"519,50"'))]


@pytest.mark.parametrize(
    ("change", "code", "at"),
    [
        (("part: kommun", "part: kommunen"), "choice-unknown", "kommunen"),
        (("ändamål: individ", "ändamål: individuell"), "choice-unknown", "individuell"),
        (("ändamål: individ", "ändmål: individ"), "key-unknown", "ändmål"),
        (("typ: plan}", "typ: plan, typ: budget}"), "key-repeated", "typ: budget}\n      intäkter"),
        (("enhet: kr", "enhet: kronor"), "choice-unknown", "kronor"),
        (("      enhet: kr\n", ""), "key-missing", "enhet"),
    ],
)
def test_misspelt_and_missing_words_are_found_where_they_stand(
    change: tuple[str, str], code: str, at: str, site: TestSite
) -> None:
    site.write_plan(PLAN, change)
    fault = fault_of(site)
    assert fault.code == code
    if code != "key-missing":
        assert (fault.place.line, fault.place.column) == place_of(site, at)


# --- K9: units ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cells", "jumps"), [("1, 99", False), ("1, 100", True), ("100, 1", True), ("0, 100", False)])
def test_an_amount_a_hundred_times_the_one_beside_it_is_a_warning(cells: str, jumps: bool, site: TestSite) -> None:
    site.write_plan(
        PLAN, with_lines(PLAN, "- {namn: Kansli, ändamål: administration, belopp: [220, 220]}", f"- {{namn: Hyra, belopp: [{cells}]}}"),
        ("        summa: {namn: Summa kostnader, belopp: [1 520, 1 520]}\n", ""),
    )  # fmt: skip
    assert [code for code, *_ in site.problems()] == (["magnitude-jump"] if jumps else [])


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
    site.write_plan(
        PLAN, with_lines(PLAN, "- {namn: Kansli, ändamål: administration, belopp: [220, 220]}", f"- {{namn: Hyra, belopp: [{cells}]}}"),
        ("enhet: kr", f"enhet: {unit}"), ("        summa: {namn: Summa kostnader, belopp: [1 520, 1 520]}\n", ""),
    )  # fmt: skip
    assert plain(texts.what(fault_of(site))).startswith(said)


# --- K10: columns and headings --------------------------------------------------------------------------------------


def test_columns_stand_in_the_order_of_time(site: TestSite) -> None:
    site.write_plan(PLAN, ("{id: b2025, år: 2025, typ: budget}", "{id: x, år: 2027, typ: plan}"),
                    ("{id: p2026, år: 2026, typ: plan}", "{id: b2025, år: 2025, typ: budget}"))  # fmt: skip
    assert [code for code, *_ in site.problems()] == ["columns-out-of-order"]


def test_a_year_without_budget_is_an_error(site: TestSite) -> None:
    site.write_plan(PLAN, ("{id: b2025, år: 2025, typ: budget}", "{id: p2025, år: 2025, typ: prognos}"))
    assert [code for code, *_ in site.problems()] == ["main-column-missing"]


@pytest.mark.parametrize(
    ("written", "code"), [("p2026", "main-column-year"), ("b2024", "column-unknown"), ("b2025", None)]
)
def test_the_main_column_is_one_of_the_columns_and_of_the_plans_year(
    written: str, code: str | None, site: TestSite
) -> None:
    site.write_plan(PLAN, ("kapitalmodell: separat", f"kapitalmodell: separat\n      huvudkolumn: {written}"))
    assert [found for found, *_ in site.problems()] == ([code] if code else [])


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
    site.write_plan(PLAN, ("enhet: kr", f"rubrik: {heading}\n      enhet: kr"))
    assert [code for code, *_ in site.problems()] == ([] if agrees else ["heading-years"])


# --- K11: notes -----------------------------------------------------------------------------------------------------

NOTES = ("kapitalmodell: separat", 'kapitalmodell: separat\n      fotnoter: [{not: "*", text: Preliminärt.}]')


@pytest.mark.parametrize(
    "change",
    [
        ("Coachning, ", 'Coachning, not: "*", '),
        ("Coachning, ändamål: individ, belopp: [1 300,", "Coachning, ändamål: individ, belopp: [1 300*,"),
        ("Summa intäkter, belopp: [1 520, 1 520]", "Summa intäkter, belopp: [1 520, 1 520 *]"),
        ("Coachning, ", 'Coachning, not: "*, *", '),
    ],
)
def test_a_mark_and_its_note_belong_together(change: tuple[str, str], site: TestSite) -> None:
    site.write_plan(PLAN, change, NOTES)
    assert site.problems() == []
    site.write_plan(PLAN, change)
    assert {code for code, *_ in site.problems()} == {"note-undefined"}
    site.write_plan(PLAN, NOTES)
    assert [code for code, *_ in site.problems()] == ["note-unused"]


def test_a_mark_on_the_opening_equity_belongs_to_its_note(site: TestSite) -> None:
    with_equity(site, ("belopp: 700}", "belopp: 700*}"), NOTES)
    assert site.problems() == []
    with_equity(site, ("belopp: 700}", "belopp: 700*}"))
    assert [code for code, *_ in site.problems()] == ["note-undefined"]


def test_a_bracket_after_a_mark_does_not_make_it_another(site: TestSite) -> None:
    site.write_plan(PLAN, ("Coachning, ", 'Coachning, not: "1)", '),
                    ("enhet: kr", 'enhet: kr\n      fotnoter: [{not: "1", text: Preliminärt.}]'))  # fmt: skip
    assert site.problems() == []


def test_the_same_mark_in_two_lists_needs_a_note_in_each(site: TestSite) -> None:
    """In 000 "*" means three different things in three chapters."""
    goals = 'finansiella_mål: {punkter: [{text: Balans, not: "*"}]}'
    site.write_plan(PLAN, NOTES, ("Coachning, ", 'Coachning, not: "*", '), ("enhet: kr", f"enhet: kr\n      {goals}"))
    assert site.problems() == [("note-undefined", *place_of(site, "{text: Balans"))]


def test_two_notes_cannot_share_a_mark(site: TestSite) -> None:
    """The mark could lead to only one of them."""
    twice = NOTES[1].replace("}]", '}, {not: "*", text: Slutligt.}]')
    site.write_plan(PLAN, (NOTES[0], twice), ("Coachning, ", 'Coachning, not: "*", '))
    assert site.problems() != []


def test_an_unknown_chart_is_found_among_staffs_own_words(site: TestSite, texts: Texts) -> None:
    site.write_plan(PLAN, ("status: förslag", "status: förslag\n    diagram: {vem-betalr: {visa: nej}}"))
    assert site.problems() == [("chart-unknown", *place_of(site, "vem-betalr"))]
    assert "vem-betalar, vad-kommunerna-betalar" in texts.advice(fault_of(site))


# --- Known deviations -----------------------------------------------------------------------------------------------


def deviating(site: TestSite, row: str, deviation: str) -> None:
    """Write a plan whose costs of 2025 have another amount than 220 for Kansli, with what it says of it."""
    line, changed = with_lines(
        PLAN, "summa: {namn: Summa kostnader, belopp: [1 520, 1 520]}", f"avvikelser: [{deviation}]"
    )
    site.write_plan(
        PLAN, (line, changed.replace("        avvikelser", "      avvikelser")), ("[220, 220]", f"[{row}, 220]")
    )


KNOWN = "{kontroll: summa-kostnader, kolumn: b2025, differens: 1, orsak: avrundning, text: Avrundat.}"


def test_a_deviation_with_its_exact_difference_is_known(site: TestSite) -> None:
    deviating(site, "221", KNOWN)
    assert site.problems() == []


@pytest.mark.parametrize("row", ["222", "218"])
def test_another_difference_than_the_known_is_a_fault(row: str, site: TestSite) -> None:
    deviating(site, row, KNOWN)
    fault = fault_of(site)
    assert (fault.code, fault.hint) == ("sum-differs", "deviation-other-difference")


def test_a_deviation_that_is_gone_must_go(site: TestSite) -> None:
    deviating(site, "220", KNOWN)
    assert site.problems() == [("deviation-gone", *place_of(site, "{kontroll: "))]


def test_a_deviation_in_another_column_excuses_nothing(site: TestSite) -> None:
    deviating(site, "221", KNOWN.replace("b2025", "p2026"))
    assert [code for code, *_ in site.problems()] == ["sum-differs", "deviation-gone"]


def test_a_deviation_that_does_not_say_how_large_it_is_excuses_nothing(site: TestSite) -> None:
    deviating(site, "9 999", KNOWN.replace("differens: 1, ", ""))
    assert site.problems() != []


def test_a_missing_minus_in_the_sum_is_a_fault_unless_it_is_known(site: TestSite) -> None:
    """004 prints its costs with minus, and the sums of two years without."""
    printed = ("kostnader, belopp: [1 520, 1 520]", 'kostnader, belopp: [{värde: 1 520, tryckt: "1 520"}, 1 520]')
    negative = ("kapitalmodell: separat", "kapitalmodell: separat\n      tecken: kostnader-negativa")
    site.write_plan(PLAN, printed, negative)
    assert [code for code, *_ in site.problems()] == ["sign-differs"]
    known = "{kontroll: tecken, kolumn: b2025, rad: Summa kostnader, orsak: skrivfel, text: Utan minus.}"
    site.edit("norr/2025/plan.md", "  tecken:", f"  avvikelser: [{known}]\n  tecken:")
    assert site.problems() == []


# --- Hints ----------------------------------------------------------------------------------------------------------


def hinted(site: TestSite, texts: Texts, rows: tuple[str, ...], total: str) -> tuple[str, str]:
    """Return which hint staff get for costs of these rows under this sum, and the words of it."""
    width = rows[0].count(",") + 1
    more = "".join(f"\n          - {{namn: Rad {number}, belopp: [{row}]}}" for number, row in enumerate(rows, 1))
    plan = re.sub(r"(?m)^.*namn: (Coachning|Kansli).*\n", "", PLAN)
    kept = (
        plan
        if width == 2
        else plan.replace("        - {id: p2026, år: 2026, typ: plan}\n", "").replace(", 1 000]", "]")
    )
    kept = kept if width == 2 else kept.replace(", 520]", "]").replace(", 1 520]", "]")
    cells = "[1 520, 1 520]" if width == 2 else "[1 520]"
    site.write_plan(kept.replace(f"kostnader:\n        rader:\n        summa: {{namn: Summa kostnader, belopp: {cells}}}",
                                 f"kostnader:\n        rader:{more}\n        summa: {{namn: Summa kostnader, belopp: [{total}]}}"))  # fmt: skip
    first, *_ = (found for found in site.found() if found.code == "sum-differs")
    return first.hint, texts.advice(first)


@pytest.mark.parametrize(
    ("rows", "total", "hint", "words"),
    [
        (("1 000", "500", "320"), "1 500", "hint-row-missed", "exakt raden ”Rad 3”"),
        (("1 000", "500", "320"), "2 140", "hint-row-missed", "exakt raden ”Rad 3”"),
        (("1 000", "-200"), "1 200", "hint-row-sign", "dubbelt så stor som raden ”Rad 2”"),
        (("2 000", "500 000"), "2 500 000", "hint-unit", "fel enhet"),
        (("2 500 000", "1 000"), "3 500", "hint-unit", "fel enhet"),
        (("1 540", "200"), "1 650", "hint-digits-swapped", "jämnt delbar med 9"),
        (("1 000, 1 000", "500, 500"), "1 507, 1 500", "hint-one-column", "i den här kolumnen"),
        (("1 000, 1 000", "500, 500"), "1 507, 1 508", "hint-check-all", "Flera kolumner avviker"),
    ],
)
def test_staff_get_the_likeliest_reason(
    rows: tuple[str, ...], total: str, hint: str, words: str, site: TestSite, texts: Texts
) -> None:
    assert hinted(site, texts, rows, total)[0] == hint
    assert words in hinted(site, texts, rows, total)[1]


def test_several_rows_with_the_difference_are_all_named(site: TestSite, texts: Texts) -> None:
    _, words = hinted(site, texts, ("1 000", "500", "500"), "1 500")
    assert "”Rad 2” och ”Rad 3”" in words
