"""Differences between two versions of a plan, as values: by small plans in staff's notation, and by invariants."""

import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insyn.differences import Difference, compare
from insyn.differences.alignment import Fate, Move
from insyn.differences.amounts import AmountChange
from insyn.differences.budgets import Measure
from insyn.differences.facts import FactKind, Introduction
from insyn.differences.goals import Aspect
from insyn.differences.passages import Passage
from insyn.differences.row_pairing import LineKind
from insyn.differences.rows import RowChange
from insyn.differences.words import Change
from insyn.disk.store import Store
from insyn.model import Amount, Blank, Cell, Dash, Plan, Purpose, Status
from insyn.problems import Found
from insyn.reading.plan import read_plan
from insyn.texts import Texts
from tests.versions import TEXTS, decided, proposal

untimed = settings(deadline=None, max_examples=80)

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
      - {namn: Åby kommun, part: kommun, belopp: [500 000, 500 000]}
      - {namn: Region Norr, part: region, belopp: [500 000, 500 000]}
    summa: {namn: Summa intäkter, belopp: [1 000 000, 1 000 000]}
  kostnader:
    rader:
      - {namn: Coachning, ändamål: individ, belopp: [600 000, ~]}
      - {namn: Utbildning, ändamål: struktur, belopp: [100 000, "---"]}
      - {namn: Kansli, ändamål: administration, belopp: [200 000, 0]}
    summa: {namn: Summa kostnader, belopp: [900 000, ~]}
---
# 1. Uppdrag

Förbundet stödjer samverkan.
"""


def plan(*changes: tuple[str, str], text: str = PLAN) -> Plan:
    """Read the small plan, with each change replacing a text that must be in it."""
    for before, after in changes:
        assert before in text, f"{before!r} isn't in the plan"
        text = text.replace(before, after)
    read = read_plan(text.lstrip(), "norr/plan.md", association="norr", year=2025, found=Found())
    assert read is not None
    return read


def difference(*changes: tuple[str, str]) -> Difference:
    """Compare the small plan with a changed one."""
    return compare(plan(), plan(*changes))


def shown(cell: Cell | None) -> int | str | None:
    match cell:
        case Amount():
            return cell.kronor
        case Dash():
            return cell.text
        case Blank():
            return "tomt"
    return None


def told(changes: tuple[AmountChange, ...]) -> list[tuple[str, int | str | None, int | str | None, int | None]]:
    return [(change.name, shown(change.older), shown(change.newer), change.difference) for change in changes]


def amounts(found: Difference, column: int = 0) -> list[tuple[str, int | str | None, int | str | None, int | None]]:
    return told(found.budget.columns[column].amounts)


def rows(found: Difference) -> list[tuple[str, str]]:
    return [(row.name, row.fate.value) for row in found.budget.rows]


def only_row(found: Difference) -> RowChange:
    (row,) = found.budget.rows
    return row


def marked(passage: Passage | None) -> str:
    """Write a passage on one line: [removed] and {added}."""
    assert passage is not None
    pens = {Change.SAME: "{}", Change.REMOVED: "[{}]", Change.ADDED: "{{{}}}"}
    return "".join(pens[span.change].format(span.text) for span in passage.spans)


# --- Amounts --------------------------------------------------------------------------------------------------------


def test_a_changed_amount_is_told_with_both_amounts_and_the_difference() -> None:
    found = difference(('[100 000, "---"]', '[130 000, "---"]'), ("[900 000, ~]", "[930 000, ~]"))
    assert amounts(found) == [("Utbildning", 100000, 130000, 30000), ("Summa kostnader", 900000, 930000, 30000)]
    assert amounts(found, 1) == []
    assert found.budget.rows == ()


def test_nothing_zero_and_a_printed_sign_are_three_things() -> None:
    found = difference(
        ("[600 000, ~]", "[600 000, 0]"), ('[100 000, "---"]', "[100 000, ~]"), ("[200 000, 0]", '[200 000, "-"]')
    )
    assert amounts(found, 1) == [
        ("Coachning", "tomt", 0, None),
        ("Utbildning", "---", "tomt", None),
        ("Kansli", 0, "-", None),
    ]


def test_two_ways_to_print_the_same_sign_are_no_difference() -> None:
    assert difference(('"---"', '"–"')).is_empty


def test_a_note_mark_or_the_way_an_amount_is_printed_is_no_other_amount() -> None:
    changed = ("[200 000, 0]", '[{värde: 200 000, tryckt: "200000"}, 0]')
    assert difference(changed).budget.is_empty


def test_the_result_and_what_it_stands_for_are_told() -> None:
    result = "  resultat: {namn: Årets resultat, belopp: [100 000, ~]}\n---\n# 1."
    found = difference(("---\n# 1.", result))
    assert amounts(found) == [("Årets resultat", None, 100000, None)]
    other = (
        "resultat: {namn: Årets resultat, belopp: [100 000, ~]}",
        "resultat: {namn: Resultat, belopp: [90 000, ~]}",
    )
    assert amounts(compare(plan(("---\n# 1.", result)), plan(("---\n# 1.", result), other))) == [
        ("Resultat", 100000, 90000, -10000)
    ]


EQUITY = """
  eget_kapital:
    ingående: {namn: Eget kapital 2024, år: 2024, belopp: 300 000}
    utgående: {namn: Kvar, belopp: [400 000, ~]}
---
# 1."""


def test_saved_money_is_told_apart_from_the_columns() -> None:
    before = plan(("\n---\n# 1.", EQUITY))
    after = plan(("\n---\n# 1.", EQUITY.replace("300 000", "320 000").replace("400 000", "420 000")))
    found = compare(before, after)
    assert told(found.budget.equity) == [
        ("Eget kapital 2024", 300000, 320000, 20000),
        ("Kvar 2025", 400000, 420000, 20000),
    ]
    assert amounts(found) == []


BREAKDOWN = """
        nedbrytning:
          rubrik: Parternas bidrag
          enhet: kr
          kolumn: b2025
          rader:
            - {namn: Åby, part: kommun, belopp: 200 000}
            - {namn: Östby, part: kommun, belopp: 300 000}
          summa: {namn: Totalt, belopp: 500 000}
"""
DIVIDED = (
    "      - {namn: Åby kommun, part: kommun, belopp: [500 000, 500 000]}\n",
    "      - namn: Åby kommun\n        part: parterna\n        belopp: [500 000, 500 000]" + BREAKDOWN,
)


def test_the_parts_of_a_row_are_compared_by_name() -> None:
    changes = (
        ("belopp: 200 000}", "belopp: 150 000}"),
        ("namn: Östby", "namn: Östby kommun"),
    )
    (found,) = compare(plan(DIVIDED), plan(DIVIDED, *changes)).budget.breakdowns
    (part,) = found.renamed
    assert (found.row, part.former, part.name, part.is_guessed) == ("Åby kommun", "Östby", "Östby kommun", True)
    assert told(found.amounts) == [("Åby", 200000, 150000, -50000)]


def test_a_breakdown_that_has_come_is_told_part_by_part() -> None:
    (found,) = compare(plan(), plan(DIVIDED)).budget.breakdowns
    assert told(found.amounts) == [
        ("Åby", None, 200000, None),
        ("Östby", None, 300000, None),
        ("Totalt", None, 500000, None),
    ]


def test_what_follows_for_the_year_is_told_with_what_stands() -> None:
    found = difference(('[100 000, "---"]', '[130 000, "---"]'), ("[900 000, ~]", "[930 000, ~]"))
    measures = {change.measure: (change.older, change.newer) for change in found.budget.measures}
    assert measures[Measure.INCOME] == (1000000, 1000000)
    assert measures[Measure.COSTS] == (900000, 930000)
    assert measures[Measure.RESULT] == (100000, 70000)


# --- Units ----------------------------------------------------------------------------------------------------------

IN_THOUSANDS = (("enhet: kr", "enhet: tkr"), (" 000", ""))


def test_another_unit_makes_no_other_amounts() -> None:
    changes = (("enhet: kr", "enhet: tkr"), *((f"{n} 000", f"{n}") for n in ("500", "600", "100", "200", "900")))
    found = difference(*changes, ("1 000 000", "1 000"))
    assert [column.amounts for column in found.budget.columns] == [(), ()]
    assert found.budget.has_other_unit
    assert found.budget.rounded == 0
    assert not found.is_empty


def test_an_amount_that_was_rounded_in_the_coarser_unit_is_the_same() -> None:
    coarse = plan(
        ("enhet: kr", "enhet: tkr"),
        *((f"{n} 000", f"{n}") for n in ("500", "600", "100", "200", "900")),
        ("1 000 000", "1 000"),
    )
    fine = plan(("[600 000, ~]", "[600 400, ~]"), ('[100 000, "---"]', '[101 000, "---"]'))
    found = compare(coarse, fine)
    assert amounts(found) == [("Utbildning", 100000, 101000, 1000)]
    assert found.budget.rounded == 1
    assert found.budget.units.shown.value == 1


def test_in_one_unit_a_single_krona_is_a_difference() -> None:
    assert amounts(difference(("[600 000, ~]", "[600 001, ~]"))) == [("Coachning", 600000, 600001, 1)]


# --- Columns --------------------------------------------------------------------------------------------------------


def test_a_column_is_found_again_by_its_id_or_else_by_its_year_and_kind() -> None:
    assert difference(("id: p2026", "id: plan26")).is_empty


def test_an_id_that_has_been_given_to_another_year_is_not_the_same_column() -> None:
    swapped = (
        ("- {id: b2025, år: 2025, typ: budget}", "- {id: nu, år: 2025, typ: budget}"),
        ("- {id: p2026, år: 2026, typ: plan}", "- {id: b2025, år: 2026, typ: plan}"),
    )
    assert difference(*swapped).is_empty


def test_a_new_column_is_told_without_all_its_amounts() -> None:
    before = plan(
        ("    - {id: p2026, år: 2026, typ: plan}\n", ""),
        (", 500 000]", "]"),
        (", 1 000 000]", "]"),
        (", ~]", "]"),
        (', "---"]', "]"),
        (", 0]", "]"),
    )
    found = compare(before, plan())
    (column,) = found.budget.restated
    assert (column.older, column.newer and column.newer.id, column.amounts) == (None, "p2026", ())


def test_a_forecast_that_has_become_an_outcome_is_the_same_column() -> None:
    forecast = plan(("år: 2026, typ: plan", "år: 2026, typ: prognos"))
    (column,) = compare(plan(), forecast).budget.restated
    assert column.is_restated
    assert column.older is not None
    assert column.newer is not None


# --- Rows -----------------------------------------------------------------------------------------------------------


def test_a_new_row_and_one_that_is_gone_are_told_with_their_amounts() -> None:
    new = "      - {namn: Råd, ändamål: struktur, belopp: [100 000, 50 000]}\n"
    gone = '      - {namn: Utbildning, ändamål: struktur, belopp: [100 000, "---"]}\n'
    found = difference((gone, ""), ("    summa: {namn: Summa kostnader", f"{new}    summa: {{namn: Summa kostnader"))
    assert rows(found) == [("Utbildning", "removed"), ("Råd", "added")]
    assert amounts(found) == [("Utbildning", 100000, None, None), ("Råd", None, 100000, None)]
    assert amounts(found, 1) == [("Utbildning", "---", None, None), ("Råd", None, 50000, None)]


def test_a_row_with_an_id_of_its_own_can_change_both_name_and_amount() -> None:
    changed = (
        "{namn: Coachning, ändamål: individ, belopp: [600 000, ~]}",
        "{namn: Vägen vidare, id: coachning, ändamål: individ, belopp: [650 000, ~]}",
    )
    found = difference(changed)
    row = only_row(found)
    assert (row.name, row.former_name, row.is_guessed) == ("Vägen vidare", "Coachning", False)
    assert amounts(found) == [("Vägen vidare", 600000, 650000, 50000)]


def test_a_given_id_outweighs_a_name() -> None:
    """The old name has gone to another row."""
    found = difference(
        ("{namn: Coachning,", "{namn: Vägen vidare, id: coachning,"),
        ("{namn: Utbildning,", "{namn: Coachning, id: ny,"),
    )
    assert [(row.name, row.former_name) for row in found.budget.rows] == [
        ("Vägen vidare", "Coachning"),
        ("Coachning", "Utbildning"),
    ]


def test_a_row_in_the_same_place_with_the_same_amounts_seems_to_be_renamed() -> None:
    row = only_row(difference(("namn: Coachning", "namn: Personligt stöd")))
    assert (row.name, row.former_name, row.is_guessed) == ("Personligt stöd", "Coachning", True)


def test_a_row_in_the_same_place_with_another_ending_seems_to_be_renamed_also_with_another_amount() -> None:
    row = only_row(
        difference(
            (
                "{namn: Utbildning, ändamål: struktur, belopp: [100 000",
                "{namn: Utbildningar, ändamål: struktur, belopp: [120 000",
            )
        )
    )
    assert (row.name, row.former_name, row.is_guessed) == ("Utbildningar", "Utbildning", True)


def test_another_row_with_another_amount_is_not_a_renamed_one() -> None:
    found = difference(
        ("{namn: Utbildning, ändamål: struktur, belopp: [100 000", "{namn: Hyra, ändamål: struktur, belopp: [120 000")
    )
    assert sorted(rows(found)) == [("Hyra", "added"), ("Utbildning", "removed")]


def test_a_row_is_moved_when_it_stands_elsewhere() -> None:
    row = "      - {namn: Kansli, ändamål: administration, belopp: [200 000, 0]}\n"
    first = "      - {namn: Coachning,"
    found = difference((row, ""), (first, row + first))
    assert (only_row(found).name, only_row(found).move) == ("Kansli", Move(None, None))
    assert amounts(found) == []


GROUPED = """
      - grupp: Insatser
        summa: {namn: Summa insatser, belopp: [700 000, ~]}
        rader:
          - {namn: Coachning, ändamål: individ, belopp: [600 000, ~]}
          - {namn: Utbildning, ändamål: struktur, belopp: [100 000, "---"]}
      - grupp: Förbundet
        summa: {namn: Summa förbundet, belopp: [200 000, 0]}
        rader:
          - {namn: Kansli, ändamål: administration, belopp: [200 000, 0]}
"""
ROWS = """
      - {namn: Coachning, ändamål: individ, belopp: [600 000, ~]}
      - {namn: Utbildning, ändamål: struktur, belopp: [100 000, "---"]}
      - {namn: Kansli, ändamål: administration, belopp: [200 000, 0]}
"""


def test_a_row_in_another_group_is_moved_and_not_gone_and_come() -> None:
    row = '          - {namn: Utbildning, ändamål: struktur, belopp: [100 000, "---"]}\n'
    before, kansli = plan((ROWS, GROUPED)), "          - {namn: Kansli,"
    after = plan(
        (ROWS, GROUPED.replace(row, "").replace(kansli, row + kansli)),
        ("[700 000, ~]", "[600 000, ~]"),
        ("förbundet, belopp: [200 000, 0]", "förbundet, belopp: [300 000, 0]"),
    )
    found = compare(before, after)
    assert (only_row(found).name, only_row(found).move) == ("Utbildning", Move("Förbundet", None))
    assert amounts(found) == [
        ("Summa insatser", 700000, 600000, -100000),
        ("Summa förbundet", 200000, 300000, 100000),
    ]


def test_a_group_that_is_renamed_keeps_its_rows_and_its_sum() -> None:
    found = compare(plan((ROWS, GROUPED)), plan((ROWS, GROUPED.replace("grupp: Förbundet", "grupp: Kansliet"))))
    row = only_row(found)
    assert (row.kind, row.name, row.former_name, row.move) == (LineKind.GROUP, "Kansliet", "Förbundet", None)
    assert amounts(found) == []


def test_two_groups_may_have_a_row_of_the_same_name() -> None:
    same = GROUPED.replace("Utbildning", "Övrigt").replace("Kansli,", "Övrigt,")
    assert compare(plan((ROWS, same)), plan((ROWS, same))).is_empty
    found = compare(
        plan((ROWS, same)),
        plan((ROWS, same.replace("administration, belopp: [200 000, 0]", "administration, belopp: [210 000, 0]"))),
    )
    assert amounts(found) == [("Övrigt", 200000, 210000, 10000)]


def test_what_a_row_is_for_is_told_when_it_changes() -> None:
    row = only_row(difference(("Utbildning, ändamål: struktur", "Utbildning, ändamål: individ")))
    assert row.purposes == (Purpose.STRUCTURE, Purpose.INDIVIDUAL)
    row = only_row(difference(("namn: Åby kommun, part: kommun", "namn: Åby kommun, part: övrigt")))
    assert row.funders is not None


def test_what_a_row_is_said_to_be_is_told_word_by_word() -> None:
    before = plan(("belopp: [600 000, ~]", "belopp: [600 000, ~], förklaring: Stöd till *unga* vuxna."))
    after = plan(("belopp: [600 000, ~]", "belopp: [600 000, ~], förklaring: Stöd till unga vuxna i Åby."))
    (row,) = compare(before, after).budget.rows
    assert marked(row.explanation) == "Stöd till unga vuxna {i Åby}."


def test_notes_are_compared_by_what_they_say_and_not_by_their_marks() -> None:
    noted = ("belopp: [600 000, ~]", 'belopp: [600 000, ~], not: "*"')
    before = plan(noted, ("---\n# 1.", '  fotnoter:\n    - {not: "*", text: Startar i mars.}\n---\n# 1.'))
    other = plan(
        ("belopp: [600 000, ~]", 'belopp: [600 000, ~], not: "1"'),
        ("---\n# 1.", '  fotnoter:\n    - {not: "1", text: Startar i mars.}\n---\n# 1.'),
    )
    assert compare(before, other).is_empty
    assert [passage.fate for passage in compare(before, plan()).budget.notes] == [Fate.REMOVED]


# --- Which line is which ----------------------------------------------------------------------------------------------

ZERO_GROUP = """
      - grupp: Nytt
        summa: {belopp: [0, 0]}
        rader:
          - {namn: Pilot, ändamål: ny, belopp: [0, 0]}
"""


def lone(found: Difference) -> list[tuple[str, str, bool]]:
    return [(row.name, row.fate.value, row.is_unclear) for row in found.budget.rows]


def test_a_new_group_with_only_zeros_placed_first_changes_nothing_else() -> None:
    found = compare(plan((ROWS, GROUPED)), plan((ROWS, ZERO_GROUP + GROUPED.lstrip("\n"))))
    assert rows(found) == [("Nytt", "added"), ("Pilot", "added")]
    assert amounts(found) == [("Pilot", None, 0, None)]
    assert said(found, TEXTS) == "En rad är ny. Intäkter och kostnader för 2025 är lika stora som förut."


@pytest.mark.parametrize("is_new", [True, False])
def test_a_sum_that_only_one_version_prints_is_told_as_such(is_new: bool) -> None:
    without = GROUPED.replace("        summa: {namn: Summa förbundet, belopp: [200 000, 0]}\n", "")
    versions = [plan((ROWS, without)), plan((ROWS, GROUPED))]
    found = compare(*versions) if is_new else compare(*versions[::-1])
    sums = (None, 200000) if is_new else (200000, None)
    assert amounts(found) == [("Summa förbundet", *sums, None)]
    assert found.budget.rows == ()
    assert said(found, TEXTS).startswith("En summa eller resultatrad är ny, borttagen eller har bytt namn.")


def test_a_sum_with_another_name_is_told_and_one_named_after_its_group_is_not() -> None:
    renamed = compare(plan((ROWS, GROUPED)), plan((ROWS, GROUPED.replace("Summa insatser", "Insatser totalt"))))
    assert [(one.former, one.name) for one in renamed.budget.sums] == [("Summa insatser", "Insatser totalt")]
    unnamed = GROUPED.replace("namn: Summa insatser, ", "")
    assert compare(plan((ROWS, unnamed)), plan((ROWS, unnamed.replace("Insatser", "Verksamhet")))).budget.sums == ()
    total = difference(("Summa kostnader", "Kostnader totalt"))
    assert [one.kind for one in total.budget.sums] == [LineKind.TOTAL]


def twins(*amounts: str) -> Plan:
    rows = "".join(f"\n      - {{namn: Övrigt, ändamål: individ, belopp: [{amount}, ~]}}" for amount in amounts)
    return plan((ROWS, f"{rows}\n"))


def test_of_two_rows_of_one_name_the_one_with_other_amounts_has_changed() -> None:
    found = compare(twins("100 000", "200 000"), twins("100 000", "250 000"))
    assert amounts(found) == [("Övrigt", 200000, 250000, 50000)]
    found = compare(twins("100 000", "200 000"), twins("200 000"))
    assert lone(found) == [("Övrigt", "removed", False)]
    assert amounts(found) == [("Övrigt", 100000, None, None)]


def test_two_rows_of_one_name_that_have_both_changed_cannot_be_told_apart() -> None:
    found = compare(twins("100 000", "200 000"), twins("150 000", "250 000"))
    assert sorted(lone(found)) == [("Övrigt", "added", True)] * 2 + [("Övrigt", "removed", True)] * 2
    assert all(change.fate is not Fate.KEPT for change in found.budget.columns[0].amounts)


def test_a_row_of_a_group_within_a_group_stays_in_it() -> None:
    """The inner groups have one name, and so have their rows."""
    nested = """
      - grupp: Norr
        rader:
          - grupp: Drift
            rader:
              - {namn: Lokal, ändamål: individ, belopp: [100 000, ~]}
      - grupp: Söder
        rader:
          - {namn: Personal, ändamål: individ, belopp: [300 000, ~]}
          - grupp: Drift
            rader:
              - {namn: Lokal, ändamål: individ, belopp: [200 000, ~]}
"""
    gone = nested.replace(nested[: nested.index("      - grupp: Söder")], "\n")
    found = compare(plan((ROWS, nested)), plan((ROWS, gone)))
    assert rows(found) == [("Norr", "removed"), ("Drift", "removed"), ("Lokal", "removed")]
    assert amounts(found) == [("Lokal", 100000, None, None)]


def test_a_number_is_an_id_as_good_as_another() -> None:
    before = plan(("{namn: Coachning,", "{namn: Coachning, id: 4010,"))
    found = compare(
        before,
        plan(
            (
                "{namn: Coachning, ändamål: individ, belopp: [600 000",
                "{namn: Stöd, id: 4010, ändamål: individ, belopp: [610 000",
            )
        ),
    )
    assert (only_row(found).former_name, only_row(found).is_guessed) == ("Coachning", False)


def test_an_id_that_is_made_from_a_name_of_two_rows_is_of_neither() -> None:
    """It goes by their order, so the second may have come to be first."""
    named = "{namn: Övrigt, ändamål: individ, belopp: [200 000"
    older, text = twins("100 000", "200 000"), named.replace("Övrigt", "Resor, id: ovrigt").replace("200", "210")
    rows = f"\n      - {named.replace('200', '100')}, ~]}}\n      - {text}, ~]}}\n"
    assert all(change.fate is not Fate.KEPT for change in compare(older, plan((ROWS, rows))).budget.columns[0].amounts)


def test_an_amount_of_a_row_that_is_only_guessed_to_be_the_same_is_not_counted_as_changed() -> None:
    utbildning = "{namn: Utbildning, ändamål: struktur, belopp: [100 000"
    found = difference((utbildning, "{namn: Utbildningar, ändamål: struktur, belopp: [120 000"))
    assert [change.guessed_from for change in found.budget.columns[0].amounts] == ["Utbildning"]
    assert said(found, TEXTS).startswith("En rad har troligen både nytt namn och nytt belopp.")


def test_a_column_with_another_heading_or_place_is_told() -> None:
    (column,) = difference(
        ("{id: p2026, år: 2026, typ: plan}", "{id: p2026, år: 2026, typ: plan, etikett: EFP}")
    ).budget.restated
    assert (column.is_restated, column.move) == (True, None)
    swapped = (
        (
            "    - {id: b2025, år: 2025, typ: budget}\n    - {id: p2026, år: 2026, typ: plan}",
            "    - {id: p2026, år: 2026, typ: plan}\n    - {id: b2025, år: 2025, typ: budget}",
        ),
        ("[600 000, ~]", "[~, 600 000]"),
        ('[100 000, "---"]', '["---", 100 000]'),
        ("[200 000, 0]", "[0, 200 000]"),
        ("[900 000, ~]", "[~, 900 000]"),
    )
    (column,) = difference(*swapped).budget.restated
    assert column.move is not None
    assert column.amounts == ()


def test_a_part_that_stands_for_another_column_is_another_part() -> None:
    (gone, new) = compare(plan(DIVIDED), plan(DIVIDED, ("kolumn: b2025", "kolumn: p2026"))).budget.breakdowns
    assert {change.fate for change in gone.amounts} == {Fate.REMOVED}
    assert {change.fate for change in new.amounts} == {Fate.ADDED}


# --- What must always hold of budgets -------------------------------------------------------------------------------

NAMES = st.sampled_from(["Coachning", "Kansli", "Råd", "Utbildning", "Utbildningar", "Övrigt", "Revision"])
CELLS = st.sampled_from(["0", "100 000", "250 000", "250 400", "~", '"---"'])


@dataclass(frozen=True)
class Row:
    name: str
    id: str | None
    purpose: str | None
    cells: tuple[str, str]

    def written(self, margin: int) -> str:
        own = f", id: {self.id}" if self.id else ""
        purpose = f", ändamål: {self.purpose}" if self.purpose else ""
        return f"{' ' * margin}- {{namn: {self.name}{own}{purpose}, belopp: [{', '.join(self.cells)}]}}\n"


@st.composite
def budgets(draw: st.DrawFn) -> Plan:
    """Draw a plan with rows in and out of groups, in one of two units."""
    ids = iter(draw(st.permutations(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"])))
    groups = draw(st.lists(st.sampled_from(["", "Insatser", "Förbundet", "Annat"]), max_size=3, unique=True))
    text = ""
    for group in groups:
        drawn = [_row(draw, ids) for _ in range(draw(st.integers(1, 3)))]
        if group:
            text += (
                f"      - grupp: {group}\n        summa: {{belopp: [{draw(CELLS)}, {draw(CELLS)}]}}\n        rader:\n"
            )
        text += "".join(row.written(10 if group else 6) for row in drawn)
    unit = draw(st.sampled_from(["kr", "kr", "tkr"]))
    return plan(("    rader:" + ROWS, f"    rader: {'' if text else '[]'}\n{text}"), ("enhet: kr", f"enhet: {unit}"))


def _row(draw: st.DrawFn, ids: object) -> Row:
    own = next(ids) if draw(st.booleans()) else None  # type: ignore[call-overload]
    purpose = draw(st.sampled_from([None, "individ", "struktur"]))
    return Row(draw(NAMES), own, purpose, (draw(CELLS), draw(CELLS)))


@untimed
@given(budgets())
def test_a_plan_does_not_differ_from_itself(one: Plan) -> None:
    found = compare(one, one)
    assert found.is_empty
    assert found.budget.is_empty


@untimed
@given(budgets(), budgets())
def test_the_other_way_round_what_had_come_has_gone_and_a_rise_is_a_fall(one: Plan, other: Plan) -> None:
    there, back = compare(one, other).budget, compare(other, one).budget
    assert there.is_empty == back.is_empty
    turned = {Fate.ADDED: Fate.REMOVED, Fate.REMOVED: Fate.ADDED, Fate.KEPT: Fate.KEPT}
    for column, turned_column in zip(there.columns, back.columns, strict=True):
        outward = Counter((a.kind, a.fate, shown(a.older), shown(a.newer), a.difference) for a in column.amounts)
        homeward = Counter(
            (a.kind, turned[a.fate], shown(a.newer), shown(a.older), None if a.difference is None else -a.difference)
            for a in turned_column.amounts
        )
        assert outward == homeward
    assert sum(r.fate is Fate.ADDED for r in there.rows) == sum(r.fate is Fate.REMOVED for r in back.rows)
    assert sum(r.former_name is not None for r in there.rows) == sum(r.former_name is not None for r in back.rows)
    assert sum(r.move is not None for r in there.rows) == sum(r.move is not None for r in back.rows)


@untimed
@given(budgets(), budgets())
def test_no_row_is_told_both_as_gone_and_as_come(one: Plan, other: Plan) -> None:
    """A row of the same name in the same group is the same row, unless it can't be known which of several it is."""
    told_rows = [row for row in compare(one, other).budget.rows if not row.is_unclear]
    gone = Counter((row.name, row.group) for row in told_rows if row.fate is Fate.REMOVED)
    come = Counter((row.name, row.group) for row in told_rows if row.fate is Fate.ADDED)
    assert not gone & come


# --- Text -----------------------------------------------------------------------------------------------------------

TEXT = """
Planen gäller ett år.

# 1. Uppdrag

Förbundet stödjer samverkan mellan myndigheter.

- stöd till unga vuxna
- stöd till den som är sjuk

## 1.1 Målgrupp

Målgruppen är invånare mellan 16 och 64 år.

# 2. Organisation

Styrelsen har sex ledamöter och sammanträder fem gånger om året.

# 3. Ekonomi

Medlemmarna bidrar med en miljon kronor.
"""


def texts_of(*changes: tuple[str, str]) -> Difference:
    """Compare plans with a longer text, with each change replacing a text that must be in it."""
    text = TEXT
    for before, after in changes:
        assert before in text, f"{before!r} isn't in the text"
        text = text.replace(before, after)
    short = "# 1. Uppdrag\n\nFörbundet stödjer samverkan.\n"
    return compare(plan((short, TEXT)), plan((short, text)))


def chapters(found: Difference) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (one.fate.value, one.heading, [(passage.fate.value, marked(passage)) for passage in one.passages])
        for one in found.text.chapters
    ]


def test_a_changed_sentence_is_told_under_its_chapter_and_nothing_else_is() -> None:
    assert chapters(texts_of(("fem gånger", "sex gånger"))) == [
        (
            "kept",
            "2. Organisation",
            [("kept", "Styrelsen har sex ledamöter och sammanträder [fem ]{sex }gånger om året.")],
        )
    ]


def test_points_that_come_and_go_are_told_as_points() -> None:
    found = texts_of(("- stöd till den som är sjuk\n", "- kurser i privatekonomi\n- råd\n"))
    assert chapters(found) == [
        (
            "kept",
            "1. Uppdrag",
            [("removed", "[stöd till den som är sjuk]"), ("added", "{kurser i privatekonomi}"), ("added", "{råd}")],
        )
    ]
    assert {passage.kind.value for passage in found.text.chapters[0].passages} == {"item"}


def test_a_new_chapter_is_told_with_its_parts_and_its_text() -> None:
    (found,) = texts_of(
        ("# 3. Ekonomi", "# 3. Barn\n\nBarnens bästa.\n\n## 3.1 Så\n\nVi frågar.\n\n# 4. Ekonomi")
    ).text.chapters
    assert (found.fate, found.heading) == (Fate.ADDED, "3. Barn")
    assert [(passage.kind.value, passage.words) for passage in found.passages] == [
        ("paragraph", "Barnens bästa."),
        ("heading", "3.1 Så"),
        ("paragraph", "Vi frågar."),
    ]


def test_a_chapter_that_is_gone_stands_where_it_stood() -> None:
    found = texts_of(
        ("# 2. Organisation\n\nStyrelsen har sex ledamöter och sammanträder fem gånger om året.\n\n", ""),
        ("en miljon", "två miljoner"),
    )
    assert [(one.fate.value, one.heading) for one in found.text.chapters] == [
        ("removed", "2. Organisation"),
        ("kept", "3. Ekonomi"),
    ]


def test_a_chapter_with_another_number_is_the_same_chapter() -> None:
    found = texts_of(("# 2. Organisation", "# 4. Organisation"), ("# 3. Ekonomi", "# 5. Ekonomi"))
    assert found.text.chapters == ()
    assert found.text.renumbered == 2
    assert found.has_same_contents


def test_a_moved_chapter_is_told_as_moved_and_its_text_is_not_repeated() -> None:
    ekonomi = "# 3. Ekonomi\n\nMedlemmarna bidrar med en miljon kronor.\n"
    (found,) = texts_of((ekonomi, ""), ("# 1. Uppdrag", ekonomi + "\n# 1. Uppdrag")).text.chapters
    assert (found.heading, found.passages) == ("3. Ekonomi", ())
    assert found.move == Move(None, "")


def test_a_chapter_that_has_become_a_part_of_another_is_told_so() -> None:
    (found,) = texts_of(("# 3. Ekonomi", "## 2.1 Ekonomi")).text.chapters
    assert (found.heading, found.above, found.move) == (
        "2.1 Ekonomi",
        ("2. Organisation",),
        Move("2. Organisation", None),
    )


def test_a_chapter_with_another_heading_is_known_by_its_text() -> None:
    (found,) = texts_of(("# 2. Organisation", "# 2. Styrning och ledning")).text.chapters
    assert (found.heading, found.former_heading, found.passages) == ("2. Styrning och ledning", "2. Organisation", ())


def test_a_moved_paragraph_is_told_once_with_where_it_stood() -> None:
    moved = "Styrelsen har sex ledamöter och sammanträder fem gånger om året.\n\n"
    (found,) = texts_of((moved, ""), ("Medlemmarna bidrar", moved + "Medlemmarna bidrar")).text.chapters
    (passage,) = found.passages
    assert (found.heading, passage.moved_from, passage.words) == ("3. Ekonomi", "2. Organisation", moved.strip())


def test_the_text_before_the_first_heading_is_compared_too() -> None:
    assert chapters(texts_of(("ett år", "två år"))) == [("kept", "", [("kept", "Planen gäller [ett ]{två }år.")])]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Förbundet stödjer samverkan mellan myndigheter.", "Förbundet  stödjer\nsamverkan mellan myndigheter."),
        ("Förbundet stödjer samverkan", "Förbundet stödjer **samverkan**"),
        ("- stöd till unga vuxna\n- stöd till den som är sjuk", "stöd till unga vuxna\n\nstöd till den som är sjuk"),
        ("Målgruppen är invånare mellan 16 och 64 år.", "Målgruppen är invånare\n\nmellan 16 och 64 år."),
        ("## 1.1 Målgrupp", "## 1.1  Målgrupp"),
    ],
)
def test_how_a_text_is_set_is_not_told(before: str, after: str) -> None:
    assert texts_of((before, after)).is_empty


def test_a_link_that_leads_elsewhere_is_told_with_its_addresses() -> None:
    text = "# 1. Uppdrag\n\nFörbundet stödjer [samverkan](https://{}.se).\n"
    short = "# 1. Uppdrag\n\nFörbundet stödjer samverkan.\n"
    found = compare(plan((short, text.format("ny"))), plan((short, text.format("annan"))))
    ((_, _, passages),) = chapters(found)
    assert passages == [("kept", "Förbundet stödjer samverkan ([https://ny.se]{https://annan.se}).")]


def test_tables_and_footnotes_are_compared_row_by_row_and_note_by_note() -> None:
    table = "\n| Kommun | Andel |\n| --- | --- |\n| Åby | {} |\n| Östby | 40 % |\n\nText.[^1]\n\n[^1]: Enligt {}.\n"
    short = "Förbundet stödjer samverkan.\n"
    before, after = (
        plan((short, short + table.format(*values))) for values in (("60 %", "avtalet"), ("65 %", "lagen"))
    )
    assert chapters(compare(before, after)) == [
        ("kept", "1. Uppdrag", [("kept", "Åby – [60 ]{65 }%")]),
        ("kept", "Fotnoter", [("kept", "Enligt [avtalet]{lagen}.")]),
    ]


def test_the_first_footnote_of_a_plan_is_a_new_note_and_no_new_chapter() -> None:
    short = "Förbundet stödjer samverkan.\n"
    found = compare(plan(), plan((short, "Förbundet stödjer samverkan.[^a]\n\n[^a]: Enligt lagen.\n")))
    assert chapters(found) == [("kept", "Fotnoter", [("added", "{Enligt lagen.}")])]


def test_a_chapter_that_has_another_heading_with_a_soft_hyphen_is_the_same() -> None:
    text = ("Styrelsen har sex ledamöter", "Sty\u00adrelsen har sex leda\u00admöter")
    assert texts_of(("# 2. Organisation", "# 2. Organi\u00adsation"), text).is_empty
    (found,) = texts_of(("# 2. Organisation", "# 2. Ledning och sty\u00adrelse"), text).text.chapters
    assert (found.heading, found.former_heading, found.passages) == ("2. Ledning och styrelse", "2. Organisation", ())


def test_a_year_in_a_heading_is_no_number_of_a_chapter() -> None:
    found = compare(
        plan(("# 1. Uppdrag", "# 1. Mål för 2024 och framåt")),
        plan(("# 1. Uppdrag", "# 2. Mål för 2025 och framåt")),
    )
    assert [(one.former_heading, one.heading) for one in found.text.chapters] == [
        ("1. Mål för 2024 och framåt", "2. Mål för 2025 och framåt")
    ]


def test_a_chapter_called_fotnoter_is_not_the_footnotes() -> None:
    found = texts_of(("# 3. Ekonomi", "# Fotnoter\n\nHär finns inga fotnoter ännu.\n\n# 3. Ekonomi"))
    assert [(one.fate, one.heading) for one in found.text.chapters] == [(Fate.ADDED, "Fotnoter")]


def test_chapters_of_one_heading_are_told_apart_by_their_text() -> None:
    twin = "# Syfte\n\nDen första delen handlar om unga vuxna i länet.\n\n"
    other = "# Syfte\n\nDen andra delen handlar om personer som är sjukskrivna.\n\n"
    short = "# 1. Uppdrag\n\nFörbundet stödjer samverkan.\n"
    found = compare(plan((short, twin + other)), plan((short, other)))
    assert chapters(found) == [("removed", "Syfte", [("removed", "[Den första delen handlar om unga vuxna i länet.]")])]


# --- Goals ----------------------------------------------------------------------------------------------------------

GOALS = """
mål:
  - text: Fler ska kunna arbeta
    delmål:
      - text: Deltagarna får stöd
        aktiviteter: [Kartläggning, Gemensam plan]
        målvärde: {riktning: minst, värde: 30, enhet: "%"}
      - {text: Unga får stöd tidigare, mått: [Antal unga]}
  - text: Medlemmarna ska samverka
    ansvarig: Förbundschefen
uppföljning:
  punkter:
    - {text: Närvaro, målvärde: {riktning: minst, värde: 75, enhet: "%"}}
---
# 1."""


def goals_of(*changes: tuple[str, str]) -> Difference:
    text = GOALS
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return compare(plan(("\n---\n# 1.", GOALS)), plan(("\n---\n# 1.", text)))


def test_a_target_is_told_before_and_after() -> None:
    (goal,) = goals_of(("värde: 30", "värde: 35")).goals
    (part,) = goal.parts
    (target,) = part.targets
    assert (goal.text, part.text) == ("Fler ska kunna arbeta", "Deltagarna får stöd")
    assert (target.older and target.older.value, target.newer and target.newer.value) == ("30", "35")


def test_activities_are_told_one_by_one() -> None:
    (goal,) = goals_of(("Kartläggning, Gemensam plan", "Gemensam plan, Uppföljning efter ett år")).goals
    (aspect,) = goal.parts[0].aspects
    assert aspect.aspect is Aspect.ACTIVITIES
    assert [marked(passage) for passage in aspect.passages] == ["[Kartläggning]", "{Uppföljning efter ett år}"]


def test_a_reworded_goal_is_known_by_what_it_holds() -> None:
    (goal,) = goals_of(("Fler ska kunna arbeta", "Fler ska kunna försörja sig själva")).goals
    assert goal.fate is Fate.KEPT
    assert marked(goal.passage) == "Fler ska kunna [arbeta]{försörja sig själva}"
    assert goal.parts == ()


def test_goals_in_another_order_have_been_moved() -> None:
    last = "  - text: Medlemmarna ska samverka\n    ansvarig: Förbundschefen\n"
    (goal,) = goals_of((last, ""), ("\nmål:\n", f"\nmål:\n{last}")).goals
    assert goal.is_moved
    assert goal.aspects == goal.parts == ()


def test_a_goal_that_is_gone_counts_once_with_all_its_parts() -> None:
    found = compare(plan(("\n---\n# 1.", GOALS)), plan())
    assert [(goal.fate, goal.size) for goal in found.goals] == [(Fate.REMOVED, 1), (Fate.REMOVED, 1)]


def test_a_point_to_follow_up_is_told_with_its_target() -> None:
    (point,) = goals_of(("värde: 75", "värde: 80")).follow_up
    assert (point.text, len(point.targets)) == ("Närvaro", 1)


@pytest.mark.parametrize("sign", ["\u00ad", "\u2060", "\u034f"])
def test_a_sign_that_nobody_sees_is_no_difference_and_hides_none(sign: str) -> None:
    assert goals_of(("Fler ska kunna", f"Fler s{sign}ka kunna")).is_empty
    (goal,) = goals_of(("Fler ska kunna arbeta", f"Fler s{sign}ka kunna försörja sig själva {sign}")).goals
    assert marked(goal.passage) == "Fler ska kunna [arbeta]{försörja sig själva}"


def test_sub_goals_that_say_the_same_are_told_apart_by_all_they_say() -> None:
    same = ("Unga får stöd tidigare, mått: [Antal unga]", "Deltagarna får stöd, mått: [Antal unga]")
    first = GOALS[GOALS.index("      - text: Deltagarna") : GOALS.index("      - {text: Unga")]
    with_both = GOALS.replace(*same)
    (goal,) = compare(plan(("\n---\n# 1.", with_both)), plan(("\n---\n# 1.", with_both.replace(first, "")))).goals
    assert [(part.fate, part.text) for part in goal.parts] == [(Fate.REMOVED, "Deltagarna får stöd")]


# --- Facts ----------------------------------------------------------------------------------------------------------


def test_what_a_plan_says_of_itself_is_told_and_a_meeting_that_has_been_is_not() -> None:
    found = compare(proposal(), decided())
    told_facts = {change.fact: (change.older, change.newer) for change in found.facts}
    assert told_facts[FactKind.DECIDED] == (None, "21\u00a0november 2024")
    assert told_facts[FactKind.SIGNED] == (None, "Anna-Karin Lindvall och Per Östmark")
    assert FactKind.MEETING not in told_facts
    assert (found.older.status, found.newer.status) == (Status.PROPOSAL, Status.ADOPTED)


def test_another_day_for_the_meeting_is_told_while_it_is_to_come() -> None:
    (change,) = compare(proposal(), proposal(("datum: 2024-11-21", "datum: 2024-11-28"))).facts
    assert change.fact is FactKind.MEETING


def test_only_those_are_named_who_sign_one_of_the_versions() -> None:
    other = ("Per Östmark, roll: vice ordförande", "Karin Ek, roll: vice ordförande")
    (change,) = compare(decided(), decided(other)).facts
    assert (change.older, change.newer) == ("Per Östmark", "Karin Ek")


def test_the_summary_of_the_plan_is_compared_word_by_word() -> None:
    (change,) = compare(proposal(), decided()).introductions
    assert change.introduction is Introduction.SUMMARY
    assert marked(change.passage).endswith(
        "och [en ny insats för unga vuxna förbereds]{den nya insatsen Ung framtid startar}."
    )


def test_a_decision_without_changes_leaves_the_contents_as_they_were() -> None:
    found = difference(("status: förslag", "status: beslutad\nbeslut: {organ: styrelsen, datum: 2024-11-20}"))
    assert found.has_same_contents
    assert not found.is_empty


# --- In a sentence --------------------------------------------------------------------------------------------------


def said(found: Difference, texts: Texts) -> str:
    """Return the sentence with ordinary spaces."""
    return found.summary(texts).replace("\u00a0", " ")


def test_the_difference_is_told_in_a_sentence_or_two(texts: Texts) -> None:
    assert said(compare(proposal(), decided()), texts) == (
        "Åtta belopp ändrades, en rad är ny, en rad togs bort, fem ändringar gjordes i målen, två kapitel är nya, "
        "ett kapitel flyttades och texten ändrades i fem kapitel. "
        "Kostnaderna för 2025 blev 150 000 kronor högre och intäkterna 40 000 kronor högre."
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ((), "Inget skiljer de två versionerna åt."),
        (
            (("status: förslag", "status: beslutad"),),
            "Budgeten, målen och texten är desamma i båda versionerna.",
        ),
        (
            (("[600 000, ~]", "[550 000, ~]"), ("[900 000, ~]", "[850 000, ~]")),
            "Ett belopp ändrades. Kostnaderna för 2025 blev 50 000 kronor lägre.",
        ),
        (
            (("[600 000, ~]", "[650 000, ~]"), ("[200 000, 0]", "[150 000, 0]")),
            "Två belopp ändrades. Intäkter och kostnader för 2025 är lika stora som förut.",
        ),
        ((("[200 000, 0]", "[200 000, 10 000]"),), "Ett belopp ändrades."),
        ((("namn: Coachning", "namn: Stöd"),), "En rad bytte troligen namn."),
        (
            (("Utbildning, ändamål: struktur", "Utbildning, ändamål: individ"),),
            "En rad fick ett annat ändamål eller en annan part.",
        ),
        ((("stödjer samverkan", "stödjer all samverkan"),), "Texten ändrades i ett kapitel."),
        (
            (("# 1. Uppdrag", "# 1. Uppdrag\n\nSå.\n\n# 2. Mer\n\nOch så."),),
            "Ett kapitel är nytt och texten ändrades i ett kapitel.",
        ),
    ],
)
def test_the_sentence_says_the_most_important(
    changes: tuple[tuple[str, str], ...], sentence: str, texts: Texts
) -> None:
    assert said(difference(*changes), texts) == sentence


# --- Between builds -------------------------------------------------------------------------------------------------


def test_a_difference_can_be_remembered_between_builds(tmp_path: Path) -> None:
    found = compare(proposal(), decided())
    store = Store(tmp_path)
    store.put("difference", found)
    store.commit()
    assert store.get("difference") == found
    store.close()


# --- Speed ----------------------------------------------------------------------------------------------------------


def test_two_usual_plans_are_compared_in_a_blink() -> None:
    """It takes 6 ms; the bound is for a slow machine with other things to do."""
    older, newer = proposal(), decided()
    compare(older, newer)
    fastest = min(_time(older, newer) for _ in range(5))
    assert fastest < 0.1


def _time(older: Plan, newer: Plan) -> float:
    begun = time.process_time()
    compare(older, newer)
    return time.process_time() - begun
