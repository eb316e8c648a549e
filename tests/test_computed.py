"""`räkna`: sums computed by the site, marked as such, so that a changed amount takes only one edit."""

import json
import re
from pathlib import Path

import pytest

from insyn.texts import Texts
from tests.site import LAWFUL_PLAN, LAWFUL_PROPOSAL, PROPOSAL_FILE, TestSite, read_content

SUMS = (
    ("summa: {namn: Summa intäkter, belopp: [2 000 000, 2 000 000, 2 000 000]}", "summa: räkna"),
    ("belopp: [1 940 000, 1 990 000, 1 990 000]", "belopp: räkna"),
    ("resultat: {namn: Resultat, belopp: [60 000, 10 000, 10 000]}", "resultat: räkna"),
    ("utgående: {namn: Eget kapital, belopp: [310 000, 320 000, 330 000]}", "utgående: räkna"),
)
"""Every sum of the lawful plan, the second with a name of its own."""
COMPUTED = " (räknad av webbplatsen)"
OFFICE = "{namn: Kansli, ändamål: administration, belopp: [400 000, 400 000, 400 000]}"
GROUP = """grupp: Administration
            ändamål: administration
            summa: räkna
            rader:
              - {namn: Kansli, belopp: [350 000, 350 000, 350 000]}
              - {namn: Revision, belopp: [50 000, 50 000, 50 000]}"""


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def tables(site: TestSite) -> str:
    return plain(site.text_of("norr/2025/"))


def amounts(plan: object) -> object:
    """Return a plan as published, without the marks of its computed sums."""
    if isinstance(plan, dict):
        return {key: amounts(value) for key, value in plan.items() if key != "raknad"}
    return [amounts(one) for one in plan] if isinstance(plan, list) else plan


def published(site: TestSite) -> dict[str, object]:
    budget = json.loads((site.output / "norr/2025/plan.json").read_text("utf-8"))["budget"]
    assert isinstance(budget, dict)
    return budget


def test_the_page_has_the_sums_and_says_that_the_site_has_worked_them_out(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN, *SUMS, (OFFICE, GROUP))
    assert site.build() == 0, site.printed
    said = tables(site)
    assert f"Summa intäkter{COMPUTED} 2 000 000 2 000 000 2 000 000" in said
    assert f"Summa Administration{COMPUTED} 400 000 400 000 400 000" in said
    assert f"Summa kostnader{COMPUTED} 1 940 000 1 990 000 1 990 000" in said
    assert f"Resultat{COMPUTED} 60 000 10 000 10 000" in said
    assert f"Eget kapital 2025{COMPUTED} 310 000" in said


def test_a_sum_that_the_plan_prints_is_its_own(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN)
    assert site.build() == 0, site.printed
    assert COMPUTED not in tables(site)
    assert "raknad" not in json.dumps(published(site))


def test_plan_json_has_the_same_amounts_and_tells_them_apart(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN)
    assert site.build() == 0, site.printed
    printed = published(site)
    site.write_plan(LAWFUL_PLAN, *SUMS)
    assert site.build() == 0, site.printed
    worked_out = published(site)
    assert amounts(worked_out) == printed
    assert json.dumps(worked_out).count('"raknad": true') == 4


def test_open_data_of_saved_money_has_only_what_is_printed(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN, *SUMS)
    assert site.build() == 0, site.printed
    rows = (site.output / "norr/2025/eget-kapital.csv").read_text("utf-8").splitlines()
    assert len(rows) == 2, "the head, and what was saved before the first year"
    assert "250000" in rows[1]


def test_one_amount_that_changes_is_one_edit(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN, *SUMS)
    site.edit("norr/2025/plan.md", "[1 540 000,", "[1 530 000,")
    assert [one.code for one in site.found()] == ["proposal-not-kept"]
    assert site.build() == 0, site.printed
    said = tables(site)
    assert f"Summa kostnader{COMPUTED} 1 930 000" in said
    assert f"Resultat{COMPUTED} 70 000 10 000" in said
    assert f"Eget kapital 2025{COMPUTED} 320 000" in said
    assert f"Eget kapital 2027{COMPUTED} 340 000" in said


def test_a_sum_that_lacks_an_amount_is_unknown(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN, *SUMS, ("[400 000, 400 000, 400 000]", "[400 000, ~, 400 000]"))
    assert site.build() == 0, site.printed
    said = tables(site)
    assert f"Summa kostnader{COMPUTED} 1 940 000 uppgift saknas 1 990 000" in said
    assert f"Resultat{COMPUTED} 60 000 uppgift saknas 10 000" in said
    assert f"Eget kapital 2026{COMPUTED} uppgift saknas" in said


def test_saved_money_among_the_incomes_is_what_is_left(tmp_path: Path) -> None:
    site = TestSite(tmp_path)
    site.write_plan(
        LAWFUL_PLAN,
        *SUMS[:3],
        ("kapitalmodell: separat", "kapitalmodell: ingår"),
        (
            "intäkter:\n        rader:\n",
            "intäkter:\n        rader:\n"
            "          - {namn: Sparat, part: ingående-kapital, belopp: [250 000, 310 000, 320 000]}\n",
        ),
        (
            "      eget_kapital:\n"
            "        ingående: {namn: Eget kapital 2024, år: 2024, belopp: 250 000}\n"
            "        utgående: {namn: Eget kapital, belopp: [310 000, 320 000, 330 000]}\n",
            "",
        ),
    )
    assert [one.code for one in site.found()] == ["proposal-not-kept"]
    (plan,) = read_content(site.content)[1]
    assert plan.budget.result
    assert [getattr(cell, "kronor", None) for cell in plan.budget.result.cells] == [310_000, 320_000, 330_000]


def test_a_slip_in_a_sum_that_is_printed_is_found_among_those_that_are_worked_out(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN, *SUMS[:3], ("belopp: [310 000, 320 000", "belopp: [130 000, 320 000"))
    (found,) = site.found()
    assert found.code == "equity-differs"


def test_a_decided_plan_is_told_to_print_its_own(site: TestSite, texts: Texts) -> None:
    site.write_plan(LAWFUL_PLAN, *SUMS)
    notes = [one for one in site.check_all().notes if one.code == "sum-computed"]
    assert len(notes) == 1
    assert "Det gäller 4 rader." in texts.what(notes[0])


def test_a_proposal_may_have_its_sums_worked_out(site: TestSite) -> None:
    site.write_plan(LAWFUL_PROPOSAL, *SUMS)
    assert [one.code for one in site.check_all().notes if one.code == "sum-computed"] == []


def test_between_versions_a_sum_that_is_printed_at_last_has_not_changed(site: TestSite) -> None:
    """And one that has is told as any sum."""
    site.write(PROPOSAL_FILE, LAWFUL_PROPOSAL)
    for before, after in SUMS:
        site.edit(PROPOSAL_FILE, before, after)
    site.write_plan(LAWFUL_PLAN)
    assert site.build() == 0, site.printed
    assert "Summa kostnader" not in plain(site.text_of("norr/2025/andringar/forslag/"))
    site.edit(PROPOSAL_FILE, "[1 540 000,", "[1 500 000,")
    assert site.build() == 0, site.printed
    assert "Summa kostnader 1 900 000 1 940 000" in plain(site.text_of("norr/2025/andringar/forslag/"))


@pytest.mark.parametrize(
    ("before", "after"),
    [("belopp: [1 540 000, 1 590 000, 1 590 000]", "belopp: räkna"), ("belopp: 250 000", "belopp: räkna")],
)
def test_only_sums_can_be_worked_out(site: TestSite, before: str, after: str) -> None:
    site.write_plan(LAWFUL_PLAN, (before, after))
    assert {"amount-unreadable", "cell-count"} & {one.code for one in site.found()}
