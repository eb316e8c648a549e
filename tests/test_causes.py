"""One fault, one message: the cause is reported, at its place, and its consequences are counted."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from insyn.checks import arithmetic
from insyn.checks.budget_lines import lines_of
from insyn.model import Amount, Budget, Kronor
from insyn.problems import Place
from insyn.reports import in_order
from insyn.texts import Texts
from tests.site import LAWFUL_PLAN, TestSite, read_content

SHARED = Path(__file__).parent.parent.parent / "shared" / "cases" / "year"


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def told(site: TestSite, texts: Texts) -> list[str]:
    """Return the reported problems, each as its name, line and words, without those of law."""
    arithmetical = [one for one in in_order(site.found()) if one.code in arithmetic.TOLD | {"magnitude-jump"}]
    return [
        f"{texts.problems[one.code].name} {one.place.line}: {plain(texts.what(one))} {plain(texts.advice(one))}"
        for one in arithmetical
    ]


# --- A plan with sums, result and saved money -----------------------------------------------------------------------

COACHING = "{namn: Coachning, ändamål: individ, belopp: [1 540 000, 1 590 000, 1 590 000]}"
OFFICE = "{namn: Kansli, ändamål: administration, belopp: [400 000, 400 000, 400 000]}"
NEXT = "\n          - "


@pytest.mark.parametrize(
    ("change", "name", "words"),
    [
        (("kostnader, belopp: [1 940 000", "kostnader, belopp: [1 490 000"), "summa", "två siffror i fel ordning"),
        (("kostnader, belopp: [1 940 000", "kostnader, belopp: [194 000"), "summa", "med en siffra för lite"),
        (("intäkter, belopp: [2 000 000,", "intäkter, belopp: [2 000,"), "summa", "tusen gånger för litet"),
        (("Resultat, belopp: [60 000", "Resultat, belopp: [-60 000"), "resultat", "fel tecken"),
        (("Resultat, belopp: [60 000", "Resultat, belopp: [70 000"), "resultat", "en enda siffra fel"),
        (("kapital, belopp: [310 000", "kapital, belopp: [130 000"), "eget-kapital", "två siffror i fel ordning"),
        (("år: 2024, belopp: 250 000", "år: 2024, belopp: 520 000"), "belopp", "”Eget kapital 2024”, Budget 2025"),
        (("[1 540 000, 1 590 000,", "[1 450 000, 1 590 000,"), "belopp", "”Coachning”, Budget 2025"),
        (("[1 540 000, 1 590 000, 1", "[1 540 000, 1 590 000, -1"), "belopp", "fel tecken"),
        (("[400 000, 400 000, 400", "[400 000, 437 500, 400"), "belopp", "I Budget 2025 står 400 000 kr"),
        ((COACHING, f"{COACHING}{NEXT}{COACHING}"), "rad-två-gånger", "”Coachning” står två gånger"),
        ((COACHING, "{namn: Coachning, belopp: [1, 1, 1]}"), "summa", "skiljer också i Plan 2026"),
        (
            (OFFICE, f"{OFFICE}{NEXT}{{namn: Summa, belopp: [1 940 000, 1 990 000, 1 990 000]}}"),
            "rad-är-summa",
            "”Summa”",
        ),
        ((OFFICE, f"{OFFICE}{NEXT}{{namn: Resor, belopp: [10 000, 9 000, 0]}}"), "rad-inte-i-summan", "”Resor”"),
        (("[1 540 000, 1 590 000, 1", "[-1 540 000, -1 590 000, -1"), "rad", "fel tecken"),
        (("[1 540 000, 1 590 000, 1 590 000]", "[1 540, 1 590, 1 590]"), "rad", "fel enhet"),
        (("[1 540 000, 1 590 000, 1", "[1 590 000, 1 540 000, 1"), "rad", "Budget 2025 och Plan 2026 står i varandras"),
    ],
)
def test_one_fault_is_told_once_as_what_it_is(
    change: tuple[str, str], name: str, words: str, site: TestSite, texts: Texts
) -> None:
    site.write_plan(LAWFUL_PLAN, change)
    (only,) = told(site, texts)
    assert only.split()[0] == name
    assert words in only


@pytest.mark.parametrize(
    ("change", "count"),
    [
        (("kostnader, belopp: [1 940 000", "kostnader, belopp: [1 490 000"), "Därför stämmer inte heller 2 andra"),
        (("kapital, belopp: [310 000", "kapital, belopp: [130 000"), "Därför stämmer inte heller en annan"),
    ],
)
def test_what_follows_from_a_fault_is_counted(
    change: tuple[str, str], count: str, site: TestSite, texts: Texts
) -> None:
    site.write_plan(LAWFUL_PLAN, change)
    assert count in told(site, texts)[0]


def test_two_faults_in_one_column_are_two_messages(site: TestSite, texts: Texts) -> None:
    site.write_plan(
        LAWFUL_PLAN, ("[1 540 000,", "[1 450 000,"), ("kapital, belopp: [310 000", "kapital, belopp: [130 000")
    )
    assert [one.split()[0] for one in told(site, texts)] == ["belopp", "eget-kapital"]


def test_a_row_is_named_once_where_two_have_its_name(site: TestSite, texts: Texts) -> None:
    rows = f"{{namn: Resor, belopp: [10 000, 1, 1]}}{NEXT}{{namn: Resor, belopp: [10 000, 2, 2]}}"
    site.write_plan(LAWFUL_PLAN, (OFFICE, f"{OFFICE}{NEXT}{rows}"))
    assert not any("”Resor” eller ”Resor”" in one for one in told(site, texts))


def test_a_known_deviation_is_no_cause(site: TestSite, texts: Texts) -> None:
    """The rows come to 1 krona more than the sum, as is known; a slip in another row is found beside it."""
    known = (
        "avvikelser: [{kontroll: summa-kostnader, kolumn: b2025, differens: 1, orsak: avrundning, text: Avrundat.}]\n"
    )
    changes = (
        ("[400 000, 400 000, 400 000]", "[400 001, 400 000, 400 000]"),
        ("      eget_kapital:\n", f"      {known}      eget_kapital:\n"),
    )
    site.write_plan(LAWFUL_PLAN, *changes)
    assert told(site, texts) == []
    site.write_plan(LAWFUL_PLAN, *changes, ("[1 540 000,", "[1 450 000,"))
    (only,) = told(site, texts)
    assert only.startswith("belopp")
    assert "”Coachning”, Budget 2025, ska troligen vara 1 540 000 kr" in only


# --- Last year's plan -----------------------------------------------------------------------------------------------

FORMER = LAWFUL_PLAN.replace("2025", "2024").replace("2026", "2025x").replace("2027", "2026").replace("2025x", "2025")
LACKING = (OFFICE, "{namn: Hyra, belopp: [0, 0, 0]}")


def write_former(site: TestSite) -> None:
    """Write the plan of 2024 unchanged, as a draft so that it has no problems of its own."""
    site.write("norr/2024/plan.md", FORMER.replace("status: beslutad", "status: utkast"))


def test_a_row_of_last_years_plan_that_is_lacking_is_named(site: TestSite, texts: Texts) -> None:
    write_former(site)
    site.write_plan(LAWFUL_PLAN, LACKING)
    (only,) = told(site, texts)
    assert only.startswith("rad-saknas")
    assert "Raden ”Kansli” fanns i förra årets plan och saknas här" in only


def test_without_last_years_plan_it_is_not_named(site: TestSite, texts: Texts) -> None:
    site.write_plan(LAWFUL_PLAN, LACKING)
    (only,) = told(site, texts)
    assert "Kansli" not in only


def test_what_is_told_follows_last_years_plan_in_the_next_build(site: TestSite, texts: Texts) -> None:
    """The plan itself hasn't changed, and isn't examined again."""
    site.write_plan(LAWFUL_PLAN, LACKING)
    assert told(site, texts)[0].startswith("summa")
    write_former(site)
    assert told(site, texts)[0].startswith("rad-saknas")
    site.edit("norr/2024/plan.md", "[400 000, 400 000, 400 000]", "[300 000, 310 000, 320 000]")
    assert told(site, texts)[0].startswith("summa")


def test_a_draft_stops_nothing_with_last_years_plan_either(site: TestSite, texts: Texts) -> None:
    write_former(site)
    site.write_plan(LAWFUL_PLAN, LACKING, ("status: beslutad", "status: utkast"))
    assert told(site, texts)[0].startswith("rad-saknas")
    assert not any(texts.is_error(one) for one in site.found() if one.code != "no-plans")


# --- The unit -------------------------------------------------------------------------------------------------------


def test_a_year_that_costs_little_is_only_odd_where_other_sums_are_as_usual(site: TestSite, texts: Texts) -> None:
    """As when a förbund is wound up."""
    site.write_plan(
        LAWFUL_PLAN,
        ("[1 540 000, 1", "[20 000, 1"),
        ("[400 000, 400 000, 4", "[10 000, 400 000, 4"),
        ("[1 940 000, 1", "[30 000, 1"),
        ("[60 000, 10 000, 10", "[1 970 000, 10 000, 10"),
        ("[310 000, 320 000, 330 000]", "[2 220 000, 2 230 000, 2 240 000]"),
    )
    codes = [one.code for one in site.found()]
    assert "unit-unlikely" in codes
    assert not any(texts.is_error(one) for one in site.found())


def test_a_frozen_version_in_the_wrong_unit_stays_as_it_was_published(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN)
    site.write("norr/2025/versioner/2024-11-19.md", LAWFUL_PLAN.replace("enhet: kr", "enhet: mnkr"))
    assert [one.code for one in site.found() if one.code == "unit-wrong"] == []


# --- The shared cases -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "line", "words"),
    [
        ("omkastade-summa", 55, "6 470 tkr är 6 740 tkr med två siffror i fel ordning."),
        ("rad-tva-ganger", 40, "Raden ”Unga i hamn” står två gånger"),
        ("fel-enhet-allt", 15, "Enheten är kr. Då blir planens största summa 7 420 kr, och det kan inte stämma."),
    ],
)
def test_a_shared_case_gives_one_error(case: str, line: int, words: str, tmp_path: Path, texts: Texts) -> None:
    if not SHARED.is_dir():
        pytest.skip("the shared cases aren't beside the project")
    site = TestSite(tmp_path, content=SHARED / case / "content")
    (only,) = (one for one in site.found() if texts.is_error(one))
    assert only.place.line == line
    assert words in plain(f"{texts.what(only)} {texts.advice(only)}")


# --- Slips at random ------------------------------------------------------------------------------------------------


def slips(kronor: int, unit: int) -> Iterator[int]:
    """Yield the amounts that a typing slip may turn an amount into."""
    digits = str(abs(kronor) // unit)
    wrong = {f"{digits}0", f"{digits}000"}
    for at in range(len(digits)):
        wrong |= {digits[:at] + digits[at + 1 :], digits[: at + 1] + digits[at:]}
        wrong |= {digits[:at] + digits[at + 1 : at + 2] + digits[at] + digits[at + 2 :]}
    yield -kronor
    yield from sorted({int(one) * unit * (1 if kronor > 0 else -1) for one in wrong if one} - {kronor})


def slipped(budget: Budget, chance: random.Random) -> tuple[Budget, Place]:
    """Return a budget with a slip in one amount, and the place of the slip."""
    cells = [
        (line, index, cell)
        for line in lines_of(budget)
        for index, cell in enumerate(line.cells)
        if isinstance(cell, Amount) and cell.kronor
    ]
    line, index, cell = chance.choice(cells)
    wrong = chance.choice(list(slips(cell.kronor, budget.unit.value)))
    return line.with_cell(index, replace(cell, kronor=Kronor(wrong))), cell.place


def test_a_slip_in_any_amount_of_the_five_plans_is_found_where_it_is(project: Path) -> None:
    """Of 150 at random. A few can't be told from another that does the same: then a sum is told, or that other."""
    plans, chance, found = read_content(project / "content")[1], random.Random(15), Counter[str]()
    for number in range(150):
        budget, place = slipped(plans[number % len(plans)].budget, chance)
        problems = in_order(arithmetic.check(budget))
        assert 1 <= len(problems) <= 3, (place, problems)
        is_sum = problems[0].code != "amount-differs" and "hint-likelier" not in problems[0].hint
        found["there" if problems[0].place == place else "at its sum" if is_sum else "elsewhere"] += 1
    assert found["there"] >= 135
    assert found["elsewhere"] <= 3, found


def test_the_five_plans_have_no_cause_for_alarm(project: Path) -> None:
    assert [list(arithmetic.check(plan.budget)) for plan in read_content(project / "content")[1]] == [[]] * 5


ROWS = [line.strip() for line in LAWFUL_PLAN.split("\n") if "ändamål:" in line or "part:" in line]


@pytest.mark.parametrize("row", ROWS)
def test_no_amount_is_blamed_where_a_row_is_lacking(row: str, site: TestSite) -> None:
    """Who followed such advice would have a plan without faults, and with other figures than were decided."""
    site.write_plan(LAWFUL_PLAN.replace(f"          {row}\n", ""))
    assert row not in (site.content / "norr/2025/plan.md").read_text("utf-8")
    found = [one for one in site.found() if one.code in arithmetic.TOLD]
    assert [(one.code, one.hint) for one in found] == [("sum-differs", "hint-check-all also-columns")]
