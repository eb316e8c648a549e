"""Importing a plan: from Word, Excel, CSV and text, no figure is wrong in silence."""

import io
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from insyn.command import main
from insyn.importing.draft import named_cells
from insyn.importing.sentences import Sentences
from insyn.importing.story import Imported, import_file
from insyn.model import Goal, Signatory
from insyn.reading.characters import fold
from tests.import_traps import LIBREOFFICE, TRAPS, verdict_of
from tests.imports import (
    PLANS,
    PROJECT,
    SHAPES,
    SOURCES,
    TEXTS,
    Piece,
    Shape,
    Source,
    Verdict,
    book_of,
    excel,
    imported,
    judge,
    rows_of,
    saved,
    tabs,
    word,
    word_table,
)
from tests.site import TestSite, read_content

needs_sources = pytest.mark.skipif(not SOURCES.is_dir(), reason="the source plans aren't here")
CELLS = 486
"""In the five plans."""


def told(made: Imported) -> str:
    """Return everything that is told of a draft, in words."""
    sentences = Sentences(TEXTS)
    return "\n".join(sentences.remark(one) for one in made.remarks)


# --- The five plans -------------------------------------------------------------------------------------------------


@needs_sources
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_every_cell_of_the_five_plans_is_right_or_asked(shape: Shape) -> None:
    verdicts = [judge(source, imported(source, shape(source, rows_of(source)))) for source in PLANS]
    total = sum(verdicts, Verdict(0, 0, 0, ()))
    assert total.wrong == ()
    assert total.cells == CELLS
    assert total.right >= 0.95 * CELLS


@needs_sources
@pytest.mark.parametrize(("number", "name"), list(enumerate(TRAPS)), ids=TRAPS)
def test_a_trap_takes_no_figure_in_silence(number: int, name: str) -> None:
    """Each trap is laid in one of the plans; `python -m tests.imports` lays it in all."""
    order = [*PLANS[number % len(PLANS) :], *PLANS[: number % len(PLANS)]]
    verdict = next(found for source in order if (found := verdict_of(TRAPS[name], source)) is not None)
    assert verdict.wrong == ()
    assert verdict.cells > 30


@needs_sources
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice isn't installed")
@pytest.mark.parametrize("name", LIBREOFFICE)
def test_files_that_another_program_has_written_are_read_alike(name: str) -> None:
    verdict = verdict_of(LIBREOFFICE[name], PLANS[1])
    assert verdict
    assert (verdict.wrong, verdict.right) == ((), verdict.cells)


@needs_sources
def test_a_workbooks_amounts_are_those_that_another_reader_finds_in_their_cells() -> None:
    from python_calamine import CalamineWorkbook

    source = PLANS[2]
    body, name = excel(source, rows_of(source))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    cells = [cell for _, _, cell in named_cells(imported(source, (body, name)).draft.budget)]
    found = [rows[cell.origin.row - 1][cell.origin.column - 1] for cell in cells]
    assert [cell.kronor for cell in cells] == [int(one) for one in found if isinstance(one, int | float)]


@needs_sources
def test_a_documents_amounts_are_those_that_another_reader_finds_in_their_cells() -> None:
    from docx import Document

    source = PLANS[1]
    body, name = word(source, rows_of(source))
    tables = Document(io.BytesIO(body)).tables
    for _, _, cell in named_cells(imported(source, (body, name)).draft.budget):
        place = cell.origin
        text = tables[place.table - 1].cell(place.row - 1, place.column - 1).text
        assert re.sub(r"\D", "", text) == re.sub(r"\D", "", cell.written)


@needs_sources
@pytest.mark.parametrize("source", PLANS, ids=[source.association for source in PLANS])
def test_headings_and_lists_of_a_source_are_kept(source: Source) -> None:
    """Every line of text that isn't in the budget stands in the body, among the goals, or is told of."""
    made = imported(source, (source.text.encode(), source.file))
    notes = " ".join(text for _, text in made.draft.budget.notes)
    facts = made.text.partition("\nbudget:")[0]
    kept = _words(f"{facts} {made.draft.body} {notes} {told(made)}")
    taken = {number for first, last in source.tables for number in range(first, last + 1)}
    lines = [line for number, line in enumerate(source.text.split("\n"), 1) if number not in taken]
    lost = [line for line in lines if not _words(re.sub(r"<[^>]+>|]\([^)]*\)", " ", line)) <= kept]
    assert [line for line in lost if line not in ("Innehållsförteckning", "Fotnot")] == []


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text))


# --- Goals, signatures, PDF -----------------------------------------------------------------------------------------


def test_goals_in_a_table_with_lists_in_its_cells_become_goals() -> None:
    from docx import Document

    document, out = Document(), io.BytesIO()
    rows = [
        ("Huvudmål", "Delmål", "Aktivitet", "Mätning"),
        ("Fler i arbete", "Fler kurser", "Starta två kurser\nHitta lokaler", "Antal deltagare"),
        ("", "Fler platser", "Arrangera\n• frukost\n• mässa", ""),
        ("Bättre hälsa", "Fler promenader", "", "Enkät"),
    ]
    table = document.add_table(len(rows), 4)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            first, *rest = text.split("\n")
            table.cell(number, column).text = first
            for line in rest:
                table.cell(number, column).add_paragraph(line)
    document.add_paragraph("Här är budgeten.")
    lines = [line.split("\t") for line in TABLE.strip().split("\n")]
    word_table(document, [[Piece(cell) for cell in line] for line in lines])
    document.save(out)
    made = import_file(out.getvalue(), "plan.docx", ("norr", 2025), None, TEXTS)
    goals = [(goal.text, [one.text for one in goal.sub_goals]) for goal in made.plan.goals]
    assert goals == [("Fler i arbete", ["Fler kurser", "Fler platser"]), ("Bättre hälsa", ["Fler promenader"])]
    first_goal, second_goal = made.plan.goals[0].sub_goals
    assert [one.text for one in first_goal.activities] == ["Starta två kurser", "Hitta lokaler"]
    assert [(one.text, one.points) for one in second_goal.activities] == [("Arrangera", ("frukost", "mässa"))]
    assert made.plan.goal_headings
    assert made.plan.goal_headings.activities == "Aktivitet"
    assert "målen, ur en tabell" in told(made)
    assert "[Målen](#mal)" in made.draft.body


@needs_sources
def test_goals_and_signatures_of_the_sources_are_those_of_the_plans() -> None:
    hoglandet, sunnerbo = PLANS[0], PLANS[4]
    _, plans = read_content(PROJECT / "content")
    ours = {plan.association: plan for plan in plans}
    made = imported(hoglandet, (hoglandet.text.encode(), hoglandet.file)).plan
    assert [_shape(goal) for goal in made.goals] == [_shape(goal) for goal in ours["hoglandet"].goals]
    signed = imported(sunnerbo, (sunnerbo.text.encode(), sunnerbo.file)).plan.signatures
    theirs = ours["sunnerbo"].signatures
    assert signed
    assert theirs
    assert signed.day == theirs.day
    assert [_person(one) for one in signed.people] == [_person(one) for one in theirs.people]


def _shape(goal: Goal) -> list[tuple[bool, bool]]:
    """Return which of a goal's sub-goals have activities and measures."""
    return [(bool(one.activities), bool(one.measures)) for one in goal.sub_goals]


def _person(one: Signatory) -> tuple[str, str, str | None]:
    return one.name, one.role, one.organisation


def test_a_goals_table_that_cant_be_told_apart_stays_a_table() -> None:
    text = f"{TABLE}\nVåra mål.\n\nMål\tDelmål\tKostnad\nFler i arbete\tFler kurser\tingen\n"
    assert read(text).plan.goals == ()
    assert "| Mål | Delmål | Kostnad |" in read(text).draft.body
    known = text.replace("Kostnad", "Aktivitet")
    assert [goal.text for goal in read(known).plan.goals] == ["Fler i arbete"]
    assert read(known.replace("Fler i arbete", "")).plan.goals == ()


def test_one_name_with_a_role_is_no_signature() -> None:
    text = "Anna Ek\nOrdförande\nÅby kommun\n\n"
    assert read(f"{text}{TABLE}").plan.signatures is None
    two = read(f"Åby den 3 december 2024\n\n{text}Bo Al\nVice ordförande\nRegion Norr\n\n{TABLE}").plan.signatures
    assert two
    assert [_person(one) for one in two.people] == [
        ("Anna Ek", "Ordförande", "Åby kommun"), ("Bo Al", "Vice ordförande", "Region Norr"),
    ]  # fmt: skip
    assert str(two.day) == "2024-12-03"


def pdf_of(table: str) -> bytes:
    """Return a PDF with a table, as a word processor makes it."""
    import typst

    lines = table.strip().split("\n")
    width = max(line.count("\t") for line in lines) + 1
    cells = "".join(f"[{cell}]," for line in lines for cell in [*line.split("\t"), *[""] * width][:width])
    columns = ", ".join(["1fr", *["auto"] * (width - 1)])
    source = f"= Verksamhetsplan 2025\n\n#table(columns: ({columns}), stroke: none, {cells})"
    return bytes(typst.compile(source.encode()))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler isn't installed")
def test_every_amount_of_a_pdf_is_to_be_confirmed(site: TestSite, tmp_path: Path) -> None:
    body = pdf_of(TABLE.replace("Coachning\t600 000\t600 000", "Coachning\t600 000\t"))
    (tmp_path / "plan.pdf").write_bytes(body)
    said = _import(site, tmp_path / "plan.pdf", "norr/2025")
    text = (site.content / "norr/2025/plan.md").read_text("utf-8")
    assert "14 celler: 0 lästa utan fråga, 12 att bekräfta, 2 olästa." in said
    assert "varje belopp, för det är läst ur en PDF" in said
    assert "källa:   # gissat: varje belopp" in text
    assert "{namn: Coachning, belopp: [      ~,       ~]}" in text
    assert "{namn: Kansli,    belopp: [400 000, 400 000]}" in text


def test_without_a_reader_of_pdfs_it_is_told_how_to_save(
    site: TestSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plan.pdf").write_bytes(pdf_of(TABLE))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "kopiera och klistra in" in _import(site, tmp_path / "plan.pdf", "norr/2025")
    assert not list(site.content.rglob("plan.md"))


# --- Budgets made at random -----------------------------------------------------------------------------------------

AMOUNTS = st.integers(-99_999_999, 99_999_999) | st.just(0)
NAMES = st.text("abcdefghijklmnoprstuvåäö", min_size=3, max_size=12)


@st.composite
def budgets(draw: st.DrawFn) -> tuple[list[list[Piece]], dict[tuple[str, int], int]]:
    """Return a table of a budget that adds up, and its amounts by row and column."""
    years = draw(st.integers(1, 4))
    names = draw(st.lists(NAMES, min_size=4, max_size=12, unique_by=fold))
    cut = draw(st.integers(2, len(names) - 2))
    amounts = {(_key(name), at): abs(draw(AMOUNTS)) for name in names for at in range(years)}
    rows = [["Intäkter", *(f"Budget {2030 + at}" for at in range(years))]]
    for part, total in ((names[:cut], "Summa intäkter"), (names[cut:], "Summa kostnader")):
        rows += [["Kostnader", *[""] * years]] if total == "Summa kostnader" else []
        rows += [[f"X{name}", *(_spaced(amounts[_key(name), at]) for at in range(years))] for name in part]
        sums = [sum(amounts[_key(name), at] for name in part) for at in range(years)]
        amounts |= {(fold(total), at): one for at, one in enumerate(sums)}
        rows.append([total, *map(_spaced, sums)])
    return [[Piece(text) for text in row] for row in rows], amounts


def _key(name: str) -> str:
    return fold(f"x{name}")


def _spaced(amount: int) -> str:
    return f"{amount:,}".replace(",", " ")


@pytest.mark.parametrize("shape", [tabs, word, excel], ids=["tabs", "docx", "xlsx"])
@settings(max_examples=12, phases=[Phase.explicit, Phase.generate])
@given(budget=budgets())
def test_a_budget_made_at_random_is_read_back_or_told_of(
    shape: Shape, budget: tuple[list[list[Piece]], dict[tuple[str, int], int]]
) -> None:
    table, amounts = budget
    body, name = (saved(book_of([table])[0]), "b.xlsx") if shape is excel else _laid_out(shape, table)
    made = import_file(body, name, ("norr", 2030), None, TEXTS)
    unit = made.draft.budget.unit.value
    seen: dict[str, int] = {}
    for row, _, cell in named_cells(made.draft.budget):
        at = seen.get(row, 0)
        seen[row] = at + 1
        meant = amounts.pop((fold(row), at))
        assert cell.kronor == meant * unit or cell.guess
    assert all(row in fold(told(made)) for row, _ in amounts)


def _laid_out(shape: Shape, table: list[list[Piece]]) -> tuple[bytes, str]:
    if shape is tabs:
        return "\n".join("\t".join(piece.text for piece in row) for row in table).encode(), "b.txt"
    from docx import Document

    document, out = Document(), io.BytesIO()
    word_table(document, table)
    document.save(out)
    return out.getvalue(), "b.docx"


# --- What is told ---------------------------------------------------------------------------------------------------

TABLE = """\
Belopp i kr\tBudget 2025\tPlan 2026
Intäkter\t\t
Åby kommun\t300 000\t300 000
Försäkringskassan\t700 000\t700 000
Summa intäkter\t1 000 000\t1 000 000
Kostnader\t\t
Coachning\t600 000\t600 000
Kansli\t400 000\t400 000
Summa kostnader\t1 000 000\t1 000 000
Resultat\t0\t0
"""


def read(text: str, name: str = "plan.txt") -> Imported:
    return import_file(text.encode(), name, ("norr", 2025), None, TEXTS)


def written(made: Imported, row: str) -> list[str]:
    return [cell.written for name, _, cell in named_cells(made.draft.budget) if name == row]


@pytest.mark.parametrize(
    ("before", "after", "row", "cells", "said"),
    [
        ("600 000\t600", "600,000\t600", "Coachning", ["~", "600 000"], "går att läsa på flera sätt"),
        ("600 000\t600", "600 0001\t600", "Coachning", ["~", "600 000"], "går att läsa på flera sätt"),
        ("600 000\t600", "(600 000)\t600", "Coachning", ["-600 000", "600 000"], "parentesen är ett minus"),
        ("600 000\t600", "600.000\t600", "Coachning", ["600 000", "600 000"], "punkten skiljer tusental"),
        ("600 000\t600", "ca 600 000\t600", "Coachning", ["~", "600 000"], "inget belopp"),
        ("600 000\t600", "---\t600", "Coachning", ['"---"', "600 000"], ""),
        ("600 000\t600", "\t600", "Coachning", ["~", "600 000"], ""),
        ("600 000\t600", "600 000 tkr\t600", "Coachning", ["~", "600 000"], "går att läsa på flera sätt"),
    ],
)
def test_an_amount_is_taken_as_it_stands_or_asked_about(
    before: str, after: str, row: str, cells: list[str], said: str
) -> None:
    made = read(TABLE.replace(before, after))
    assert written(made, row) == cells
    assert said in told(made)
    assert said in made.text


def test_a_row_with_fewer_cells_than_the_table_is_asked_about() -> None:
    """What was empty may have been lost in the pasting: the amount may be of another column."""
    made = read(TABLE.replace("Coachning\t600 000\t600 000", "Coachning\t600 000"))
    assert written(made, "Coachning") == ["600 000", "~"]
    assert "raden har färre celler än tabellen" in made.text


def test_kinds_that_stand_over_the_years_are_theirs() -> None:
    made = read(TABLE.replace("Belopp i kr\tBudget 2025\tPlan 2026", "Belopp i kr\tPrognos\tBudget\n\t2025\t2025"))
    assert [column.id for column in made.draft.budget.columns] == ["p2025", "b2025"]


@pytest.mark.parametrize("name", ["plan.txt", "budget.tsv"])
@pytest.mark.parametrize(
    "headings",
    [
        "Budget 2026\nBelopp i kr\tBudget 2025\tPlan 2026",
        "Budget 2026\t\t\nBelopp i kr\tBudget 2025\tPlan 2026",
        "Budget 2026\tBudget 2025\tPlan 2026",
        "2026\tBudget 2025\tPlan 2026",
    ],
)
def test_a_year_over_the_names_is_the_tables_own_heading(headings: str, name: str) -> None:
    made = read(TABLE.replace("Belopp i kr\tBudget 2025\tPlan 2026", headings), name)
    assert [column.id for column in made.draft.budget.columns] == ["b2025", "pl2026"]
    assert len(made.cells) == 14
    assert "hör inte till något" not in told(made)


def test_a_table_that_stays_in_the_text_is_not_said_to_be_left_out(site: TestSite, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(f"{TABLE}\nVi har fyra mål.\n\nMål\tMått\nFler i arbete\t40 procent\n", "utf-8")
    said = _import(site, file, "norr/2025")
    assert "Med i texten, rad 14: en tabell, 2 rader, är en tabell i texten" in said
    assert "Utelämnat" not in said


def test_rows_are_counted_in_plain_swedish() -> None:
    made = read(f"{TABLE}\nEtt stycke text.\n\n\tUtfall 2020\nÅby kommun\t100 000\n")
    assert "en tabell med andra kolumner, 1 rad, lästes inte som budget" in told(made)


def test_a_draft_with_only_a_budget_says_where_the_chapters_go(site: TestSite, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(TABLE, "utf-8")
    assert "I plan.txt finns bara en budget. Skriv planens kapitel" in _import(site, file, "norr/2025")
    assert "# planens kapitel skrivs under de tre strecken" in (site.content / "norr/2025/plan.md").read_text("utf-8")
    file.write_text(f"# Uppdrag\n\nVi stödjer samverkan.\n\n{TABLE}", "utf-8")
    assert "kapitel" not in _import(site, file, "norr/2026")


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("Norr/2025", "är ingen plats för en plan"),
        ("nörr/2025", "är ingen plats för en plan"),
        ("norr/25", "är ingen plats för en plan"),
        ("norr-/2025", "är ingen plats för en plan"),
        ("norr", "är ingen plats för en plan"),
        ("soder/2025", "Det finns inget förbund med mappen soder. Mappar som finns: norr."),
        ("norr/1899", "1899 är inget år för en plan."),
    ],
)
def test_a_plan_is_only_written_for_a_forbund_that_there_is(
    site: TestSite, tmp_path: Path, target: str, said: str
) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(TABLE, "utf-8")
    assert said in _import(site, file, target)
    assert not list(site.content.rglob("plan.md"))


def test_an_amount_that_may_be_of_either_column_is_read_in_neither() -> None:
    text = TABLE.replace("\t", " ").replace("Coachning 600 000 600 000", "Coachning 600 000")
    assert written(read(text), "Coachning") == ["~", "~"]
    assert "det går inte att veta vilken kolumn beloppen hör till" in told(read(text))


def test_an_outcome_of_some_months_and_incomes_with_a_minus_are_told_of() -> None:
    assert "vad kolumnen gäller" in told(read(TABLE.replace("Budget 2025", "Utfall jan-aug 2025")))
    assert "intäkterna står med minus" in told(
        read(TABLE.replace("\t300 000", "\t-300 000").replace("\t700", "\t-700"))
    )


def test_letters_that_another_program_has_damaged_are_told_of() -> None:
    assert "å, ä och ö är skadade" in told(read(TABLE.replace("Åby", "JÃ¶nkÃ¶pings")))


def test_an_amount_that_looks_like_a_year_is_an_amount() -> None:
    made = read(TABLE.replace("Kansli\t400 000\t400 000", "Kansli\t2023\t2024"))
    assert written(made, "Kansli") == ["2 023", "2 024"]


def test_what_isnt_understood_is_told_of_with_its_line_and_kept_in_the_file() -> None:
    made = read(TABLE.replace("600 000\t600", "cirka 0,6 mnkr\t600"))
    assert "oläst i Budget 2025: ”cirka 0,6 mnkr”, det är inget belopp (rad 7)" in made.text


def test_a_sum_over_a_blank_cell_is_not_said_to_be_right(site: TestSite, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(TABLE.replace("Kansli\t400 000\t400 000", "Kansli\t\t400 000"), "utf-8")
    told = _import(site, file, "norr/2026")
    assert "går inte att kontrollera" in told
    assert "Alla summor stämmer" not in told


def test_a_budget_that_adds_up_says_so_and_one_that_doesnt_says_that_first(site: TestSite, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(TABLE, "utf-8")
    assert _import(site, file, "norr/2026").startswith("Alla summor stämmer.")
    file.write_text(TABLE.replace("Kansli\t400 000", "Kansli\t450 000"), "utf-8")
    said = _import(site, file, "norr/2027")
    assert said.startswith("Summorna stämmer inte.")
    assert "450 000" in said.split("Läs igenom")[0]


def test_the_guide_shows_what_is_printed(site: TestSite, tmp_path: Path) -> None:
    text = TABLE.replace("700 000\t700 000", "650 000\t650 000\nRänta\t50 000\t50 000")
    file = tmp_path / "budget.txt"
    file.write_text(text.replace("Coachning\t600 000\t600 000", "Coachning\t600 000\t600.000"), "utf-8")
    assert f"```text\n{_import(site, file, 'norr/2025')}```" in (PROJECT / "docs/uppslag.md").read_text("utf-8")


def test_a_plan_is_held_to_the_file_that_it_came_from(site: TestSite, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(TABLE, "utf-8")
    _import(site, file, "norr/2025")
    assert _import(site, file, "norr/2025", "--jämför") == (
        "Alla 14 celler i plan.txt är som i content/norr/2025/plan.md.\n"
    )
    site.edit("norr/2025/plan.md", "[400 000, 400 000]", "[400 000, 450 000]")
    said = _import(site, file, "norr/2025", "--jämför").replace("\u00a0", " ")
    assert "Kansli, Plan 2026: i planen 450 000 kr, i filen 400 000 kr (rad 8)" in said


def _import(site: TestSite, file: Path, target: str, *options: str) -> str:
    out, errors = io.StringIO(), io.StringIO()
    main(["importera", str(file), *options, "--till", target, "--innehåll", str(site.content)], out, errors)
    return errors.getvalue() + out.getvalue()


def test_a_draft_is_written_with_where_each_amount_stood_and_is_checked_as_a_draft(
    site: TestSite, tmp_path: Path
) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(TABLE, "utf-8")
    said = _import(site, file, "norr/2025")
    assert "content/norr/2025/plan.md är skrivet ur plan.txt" in said
    lines = (site.content / "norr/2025/proveniens.csv").read_text("utf-8").splitlines()
    assert "Coachning;b2025;600000;600 000;plan.txt" in lines[7]
    assert ";rad 7;600 000;som det står" in lines[7]
    assert [one.code for one in site.check().problems if site.check().texts.is_error(one)] == ["no-plans"]
    assert "stray-file" not in {one.code for one in site.check().problems}


def test_a_plan_that_is_there_is_never_written_over(site: TestSite, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(TABLE, "utf-8")
    plan = site.write_plan()
    before = plan.read_bytes()
    assert "finns redan och skrivs inte över" in _import(site, file, "norr/2025")
    assert plan.read_bytes() == before
    assert not (plan.parent / "proveniens.csv").exists()


def test_without_a_place_the_draft_is_only_shown(site: TestSite, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(TABLE, "utf-8")
    out = io.StringIO()
    assert main(["importera", str(file), "--innehåll", str(site.content)], out, out) == 0
    assert "Inget är skrivet. Skriv --till FÖRBUND/2025" in out.getvalue()
    assert not list(site.content.rglob("plan.md"))


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("plan.doc", b"\xd0\xcf\x11\xe0", "Word-dokument (.docx)"),
        ("plan.xls", b"\xd0\xcf\x11\xe0", "Excel-arbetsbok (.xlsx)"),
        ("plan.pdf", b"%PDF-1.7", "kopiera och klistra in"),
        ("plan.xlsx", b"\xd0\xcf\x11\xe0", "lösenord"),
        ("plan.docx", b"PK\x03\x04 nej", "skadad"),
        ("plan.txt", b"Bara text.", "ingen tabell med årtal"),
    ],
)
def test_what_cant_be_read_is_refused_with_what_to_do(
    site: TestSite, tmp_path: Path, name: str, body: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(body)
    assert said in _import(site, tmp_path / name, "norr/2025")
    assert not list(site.content.rglob("plan.md"))


def test_members_are_known_by_the_forbund_and_others_are_guesses(site: TestSite, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(TABLE.replace("Försäkringskassan", "Bidrag från Norrstiftelsen"), "utf-8")
    _import(site, file, "norr/2025")
    text = (site.content / "norr/2025/plan.md").read_text("utf-8")
    assert re.search(r"namn: Åby kommun, +part: kommun, +belopp: \[300 000, 300 000\]\}$", text, re.MULTILINE)
    assert re.search(r"Norrstiftelsen, +part: övrigt, .*# gissat: att det är en övrig intäkt", text)


def test_pages_of_a_pdf_are_put_together_and_what_is_left_out_is_listed() -> None:
    head = "Verksamhetsplan för norr\n"
    pages = [
        "Innehåll\n\n1. Uppdrag ............ 2\n",
        "1. Uppdrag\n\nFörbundet stödjer samverkan mellan parterna och finansierar insat-\nser för dem som bor här.\n",
        TABLE,
    ]
    made = read("".join(f"{head}\n{page}\n{number}\n\f" for number, page in enumerate(pages, 1)))
    assert "finansierar insatser för dem som bor här." in made.draft.body
    assert "Verksamhetsplan för norr" not in made.draft.body
    assert {"sidhuvud", "innehållsförteckning", "avstavningen i insatser"} <= _phrases(told(made))


def _phrases(text: str) -> set[str]:
    known = ("sidhuvud", "innehållsförteckning", "avstavningen i insatser", "sidnumret")
    return {one for one in known if one in text}


HOSTILE = (
    "Kansli: drift # 2",
    '"Kansli"',
    "{Kansli}",
    "[Kansli, två]",
    "- Kansli *",
    "'Kansli'",
    "null",
    "Kansli\u200b",
    "@&!%",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_with_signs_that_mean_something_in_a_plan_is_read_back_as_it_stood(name: str) -> None:
    made = read(TABLE.replace("Kansli", name))
    rows = [row.name for row in made.plan.budget.costs.rows]
    assert fold(re.sub(r"\W", "", rows[-1])) == fold(re.sub(r"\W", "", name))
    assert made.plan.budget.costs.rows[-1].place.line
