"""A new year's plan from the newest one: nothing is lost, no id changes, and all that was carried is to confirm."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from insyn.build.new_plan import NewPlan, begin_plan
from insyn.model import Amount, Budget, Cell, Plan
from insyn.money.budget import rows_of
from insyn.problems import Found
from insyn.reading.plan import read_plan
from insyn.texts import Texts
from tests.conftest import PROJECT
from tests.site import LAWFUL_PLAN, PLAN_FILE, TestSite

NEWEST = {"finnveden": 2014, "hoglandet": 2024, "sodra-lappland": 2024, "sodra-vatterbygden": 2022, "sunnerbo": 2021}
AMOUNTS = {"finnveden": 40, "hoglandet": 112, "sodra-lappland": 148, "sodra-vatterbygden": 140, "sunnerbo": 39}
"""Of the five plans: their rows and sums, times their columns."""


@pytest.fixture
def real(tmp_path: Path) -> TestSite:
    """The site that comes with the program, to be written in."""
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    return TestSite(tmp_path, content=tmp_path / "content")


def begun(site: TestSite, texts: Texts, association: str, year: int, *, repeats: bool = False) -> NewPlan:
    new = begin_plan(site.content, association, year, texts, repeats_last=repeats, writes=True)
    assert isinstance(new, NewPlan), new
    return new


def plan_in(site: TestSite, association: str, year: int) -> Plan:
    text = (site.content / association / str(year) / "plan.md").read_text("utf-8")
    plan = read_plan(text, "plan.md", association=association, year=year, found=Found())
    assert plan
    return plan


def ids(plan: Plan) -> tuple[list[str], list[str]]:
    rows = [row.id for block in (plan.budget.income, plan.budget.costs) for row in rows_of(block.rows)]
    return rows, [goal.id for goal in plan.goals]


def cells(budget: Budget) -> Iterator[tuple[Cell, ...]]:
    for block in (budget.income, budget.costs):
        yield from (row.cells for row in rows_of(block.rows))


def kronor(cell: Cell) -> int | None:
    return cell.kronor if isinstance(cell, Amount) else None


# --- The five plans ---------------------------------------------------------------------------------------------------


def test_the_five_plans_are_carried_on_twice_in_a_row(real: TestSite, texts: Texts) -> None:
    """What was there before is told as before, and of the ten drafts only how much is left to confirm. Ten plans are
    made, each by some forty edits that are read again."""
    before = {one.code for one in real.check().problems}
    for association, newest in NEWEST.items():
        old = plan_in(real, association, newest)
        for year in (newest + 1, newest + 2):
            new = begun(real, texts, association, year)
            check_carried(plan_in(real, association, year - 1), plan_in(real, association, year), new)
            assert ids(plan_in(real, association, year)) == ids(old)
    told = real.check().problems
    assert [one.code for one in told if one.in_draft] == ["unconfirmed"] * 10
    assert {one.code for one in told if not one.in_draft} == before


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (2026, ""),
        (2027, "Året 2026 hoppas över, för det finns ingen plan för det. Var det inte meningen börjar du med 2026."),
        (2030, "Åren 2026, 2027, 2028 och 2029 hoppas över, för det finns inga planer för dem."),
    ],
)
def test_years_that_are_skipped_are_named(site: TestSite, year: int, said: str) -> None:
    site.write_plan(LAWFUL_PLAN)
    site.run("ny-plan", "norr", str(year))
    assert said in site.printed
    assert said or "hoppas över" not in site.printed


def check_carried(old: Plan, new: Plan, begun: NewPlan) -> None:
    """Hold that every amount stands in the column of its year or is left open, and that the text is the same."""
    made = begun.made
    assert made
    assert made.carried + made.asked == AMOUNTS[old.association]
    for before, after in zip(cells(old.budget), cells(new.budget), strict=True):
        for move, cell in zip(made.columns, after, strict=True):
            assert kronor(cell) == (None if move.number is None else kronor(before[move.number]))
    assert [(one.kind, one.year - 1) for one in new.budget.columns] == [
        (one.kind, one.year) for one in old.budget.columns
    ]
    assert {one.year for one, _ in made.left} == {min(one.year for one in old.budget.columns)}
    assert is_kept(old.body, new.body)


def test_the_last_year_may_have_the_rows_of_the_year_before(real: TestSite, texts: Texts) -> None:
    for association, newest in NEWEST.items():
        begun(real, texts, association, newest + 1, repeats=True)
        for row in cells(plan_in(real, association, newest + 1).budget):
            assert kronor(row[-1]) in (kronor(row[-2]), None)
    assert [one.code for one in real.check().problems if one.in_draft] == ["unconfirmed"] * 5


def is_kept(old: str, new: str) -> bool:
    """Whether a text is the same but for years in its headings."""
    pairs = zip(old.splitlines(), new.splitlines(), strict=True)
    return all(one == other for one, other in pairs if not one.startswith("#"))


def test_everything_carried_or_open_is_to_be_confirmed_before_the_plan_is_a_proposal(
    real: TestSite, texts: Texts
) -> None:
    new = begun(real, texts, "hoglandet", 2025)
    plan = plan_in(real, "hoglandet", 2025)
    assert new.made
    assert sum(len(one.columns) for one in plan.unconfirmed) == new.made.carried + new.made.asked
    assert [one.what for one in plan.unconfirmed if not one.columns] == [
        *("Eget kapital från 2023", "motivering_underskott", "SE-Höglandet"),
        *("6. Ekonomi", "7. Ny verksamhet", "10. Ekonomiska förutsättningar"),
    ]
    real.edit("hoglandet/2025/plan.md", "status: utkast", "status: förslag")
    assert ("unconfirmed", False) in {(one.code, one.in_draft) for one in real.check().problems}


# --- What a plan says of its own year ---------------------------------------------------------------------------------


@pytest.fixture
def lawful(site: TestSite) -> TestSite:
    site.write_plan(LAWFUL_PLAN)
    return site


def test_what_was_the_years_own_is_emptied_and_titles_name_the_new_year(lawful: TestSite, texts: Texts) -> None:
    new = begun(lawful, texts, "norr", 2026)
    plan = plan_in(lawful, "norr", 2026)
    assert (plan.title, plan.subtitle) == ("Verksamhetsplan 2026", "Med plan för 2027 och 2028")
    assert (plan.decision, plan.meeting, plan.consulted, plan.registration) == (None, None, None, None)
    assert new.made
    assert new.made.emptied == ("dnr", "beslut", "sammanträde", "samråd", "förslag_publicerat")
    assert new.made.opening
    assert (new.made.opening[0], new.made.opens_as_planned) == ("310 000", True)


def test_saved_money_begins_with_the_newest_that_is_known(lawful: TestSite, texts: Texts) -> None:
    """A forecast that was added to the plan itself tells better than its budget, and isn't carried."""
    text = (lawful.content / PLAN_FILE).read_text("utf-8")
    lines = [with_forecast(line) for line in text.splitlines()]
    lawful.write(PLAN_FILE, "\n".join(lines) + "\n")
    new = begun(lawful, texts, "norr", 2026).made
    assert new
    assert new.opening
    assert new.opening[1]
    assert (new.opening[0], new.opening[1].id, new.opens_as_planned) == ("290 000", "f2025", False)
    plan = plan_in(lawful, "norr", 2026)
    assert [one.id for one in plan.budget.columns] == ["b2026", "p2027", "p2028"]
    assert plan.budget.equity
    assert plan.budget.equity.closing
    assert [kronor(one) for one in plan.budget.equity.closing.cells] == [None, None, None]


def with_forecast(line: str) -> str:
    """Give a line of the plan a forecast after its budget: what was budgeted, but for 20 000 of costs more."""
    if "id: b2025" in line:
        return f"{line}\n    - {{id: f2025, år: 2025, typ: prognos, per: 2025-08}}"
    if "[1 540 000," in line:
        return line.replace("[1 540 000,", "[1 540 000, 1 560 000,")
    if "[1 940 000," in line:
        return line.replace("[1 940 000,", "[1 940 000, 1 960 000,")
    if "[60 000," in line:
        return line.replace("[60 000,", "[60 000, 40 000,")
    if "[310 000," in line:
        return line.replace("[310 000,", "[310 000, 290 000,")
    head, bracket, rest = line.partition("[")
    first = rest.partition(",")[0]
    return f"{head}{bracket}{first}, {rest}" if "belopp: [" in line else line


# --- The command ------------------------------------------------------------------------------------------------------


def test_a_plan_is_shown_before_it_is_written(lawful: TestSite) -> None:
    assert lawful.run("ny-plan", "norr", "2026") == 0
    assert "Inget är skrivet än." in lawful.printed
    assert "python build.py ny-plan norr 2026 --skriv" in lawful.printed
    assert not (lawful.content / "norr" / "2026").exists()
    assert lawful.run("ny-plan", "2026", "norr", "--skriv") == 0
    assert (lawful.content / "norr" / "2026" / "plan.md").exists()


def test_a_plan_that_is_there_is_never_written_over(lawful: TestSite) -> None:
    before = (lawful.content / PLAN_FILE).read_bytes()
    assert lawful.run("ny-plan", "norr", "2025", "--skriv") == 1
    assert "content/norr/2025/plan.md finns redan." in lawful.printed
    assert (lawful.content / PLAN_FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("söder", "2026"), 1, "Det finns inget förbund med mappen söder. Mappar som finns: norr."),
        (("norr",), 2, "Skriv förbundets mapp och året"),
        (("norr", "26"), 2, "Skriv förbundets mapp och året"),
        (("norr", "1999"), 1, "1999 är inget år för en plan."),
        (("norr", "2026", "--kort"), 2, "--kort hör till bygg och kontrollera"),
    ],
)
def test_what_cannot_be_begun_is_told(lawful: TestSite, words: tuple[str, ...], code: int, said: str) -> None:
    assert lawful.run("ny-plan", *words) == code
    assert said in lawful.printed


def test_a_plan_with_faults_is_mended_before_it_is_carried_on(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN, ("[1 540 000, 1 590 000", "[1 54O 000, 1 590 000"))
    assert site.run("ny-plan", "norr", "2026", "--skriv") == 1
    assert "content/norr/2025/plan.md har fel som måste rättas först." in site.printed


def test_the_first_plan_is_a_template_with_a_row_for_each_member(site: TestSite) -> None:
    assert site.run("ny-plan", "norr", "2026", "--skriv") == 0
    plan = plan_in(site, "norr", 2026)
    members = ["Åby kommun", "Östby kommun", "Region Norr", "Försäkringskassan", "Arbetsförmedlingen"]
    assert [row.name for row in rows_of(plan.budget.income.rows)] == members
    assert [one.code for one in site.check().problems if one.in_draft] == ["unconfirmed"]
