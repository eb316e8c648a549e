"""A plan's own workbook comes back: what was changed in it goes into the plan, and no figure that wasn't."""

import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from insyn.command import main
from tests.conftest import PROJECT
from tests.imports import through_libreoffice
from tests.model_edits import Edits
from tests.model_plans import written
from tests.returned_books import (
    RandomEditor,
    book_of,
    bring_back,
    is_only_amounts,
    lines_in,
    plan_in,
    saved,
)
from tests.site import LAWFUL_PLAN, PLAN, PLAN_FILE, TestSite

REAL = ("finnveden/2014", "hoglandet/2024", "sodra-lappland/2024", "sodra-vatterbygden/2022", "sunnerbo/2021")
GROUPED = """
    ---
    schema: finsam-plan/1
    förbund: norr
    titel: Verksamhetsplan 2025
    år: 2025
    status: förslag
    budget:
      enhet: tkr
      tecken: kostnader-negativa
      kapitalmodell: separat
      kolumner:
        - {id: u2023, år: 2023, typ: utfall}
        - {id: b2025, år: 2025, typ: budget}
      intäkter:
        rader:
          - {namn: Anslag, part: parterna, belopp: [1 000, 1 200], nedbrytning: {rubrik: Delar, enhet: kr, kolumn: b2025, rader: [{namn: Åby, part: kommun, belopp: 700 000}, {namn: Östby, part: kommun, belopp: 500 000}], summa: {namn: Summa, belopp: 1 200 000}}}
          - {namn: Ränta, part: ränta, belopp: [~, "0,5"]}   # enligt banken
        summa: {namn: Summa intäkter, belopp: [1 000, "1 200,5"]}
      kostnader:
        rader:
          - grupp: Insatser
            ändamål: individ
            summa: {placering: före, belopp: [600, 700]}
            rader:
              - {namn: Coachning,   belopp: [600, 500*]}
              - {namn: Mötesplats,  belopp: ["---", 200]}
          - grupp: Gemensamt
            summa: {namn: Summa gemensamt, belopp: [300, 400]}
            rader:
              - {namn: Kansli, ändamål: administration, belopp: [300, {värde: 400, tryckt: "400:-"}]}
        summa: räkna
      resultat: räkna
      eget_kapital:
        ingående: {namn: Eget kapital 2024, år: 2024, belopp: 250}
        utgående: {namn: Eget kapital, belopp: [~, "350,5"]}
      fotnoter:
        - {not: "*", text: Varav en tjänst.}
    ---
    # 1. Uppdrag
"""  # noqa: E501 – a row that is broken down stands on one line
NOT_THERE = "content/norr/2025/plan.md"


class Economist:
    """Has the workbook of the plan of 2025, edits it, and gives it back."""

    def __init__(self, site: TestSite, folder: Path, text: str = PLAN) -> None:
        self.site, self.folder = site, folder
        site.write_plan(text)
        self.before = self.file.read_bytes()
        self.book: Any = load_workbook(io.BytesIO(book_of(plan_in(site.content, "norr/2025"))))

    @property
    def file(self) -> Path:
        return self.site.content / PLAN_FILE

    def set(self, cell: str, value: object) -> None:
        """Write a value in a cell: "Kostnader!B2"."""
        sheet, _, at = cell.partition("!")
        self.book[sheet][at] = value

    def back(self, *, writes: bool = True, removes: bool = False) -> str:
        body = saved(self.book)
        told = bring_back(self.site.content, self.folder, body, writes=writes, removes=removes).told
        return told.replace("\u00a0", " ")

    @property
    def changed(self) -> list[str]:
        """The lines of the plan that are others than before, without their margin."""
        before = self.before.decode().splitlines()
        return [line.strip() for line in self.file.read_text("utf-8").splitlines() if line not in before]

    @property
    def is_as_it_was(self) -> bool:
        return self.file.read_bytes() == self.before


@pytest.fixture
def economist(site: TestSite, tmp_path: Path) -> Economist:
    return Economist(site, tmp_path)


@pytest.fixture
def grouped(site: TestSite, tmp_path: Path) -> Economist:
    return Economist(site, tmp_path, GROUPED)


# --- The guide ------------------------------------------------------------------------------------------------------


def test_the_guide_shows_what_is_printed(economist: Economist) -> None:
    insert(economist.book, "Kostnader", 4, "Hyra", 50_000, None)
    economist.book["Intäkter"].delete_rows(3)
    values = {"Intäkter!B5": 2_000_000, "Intäkter!C5": 2_000_000, "Kostnader!B2": 1_600_000, "Kostnader!B5": 2_150_000}
    values |= {"Kostnader!C5": 2_000_000, "Kostnader!B6": -150_000, "Kostnader!C6": 0}
    for cell, value in values.items():
        economist.set(cell, value)
    told = economist.back(writes=False).replace(str(economist.folder / "budget.xlsx"), "budget.xlsx")
    assert f"```text importera budget.xlsx\n{told}\n```" in (PROJECT / "docs/uppslag.md").read_text("utf-8")


# --- There and back -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", REAL)
def test_a_workbook_that_nobody_has_edited_changes_nothing(place: str, tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    file = tmp_path / "content" / place / "plan.md"
    before = file.read_bytes()
    told = bring_back(tmp_path / "content", tmp_path, book_of(plan_in(tmp_path / "content", place)), place).told
    assert (
        told
        == f"Ingen skillnad: alla rader och belopp i budget.xlsx är som i content/{place}/plan.md. Inget är skrivet."
    )
    assert file.read_bytes() == before


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice isn't installed")
def test_what_libreoffice_has_saved_is_known_again(grouped: Economist) -> None:
    """LibreOffice calculates the sums too. It is started three times, a second each on a quiet machine."""
    body = book_of(plan_in(grouped.site.content, "norr/2025"))
    theirs = through_libreoffice(body, "budget.xlsx", "xlsx")
    assert bring_back(grouped.site.content, grouped.folder, theirs).told.startswith("Ingen skillnad: alla rader")
    grouped.book = load_workbook(io.BytesIO(theirs))
    grouped.set("Kostnader!C3", -600)
    told = bring_back(
        grouped.site.content, grouped.folder, through_libreoffice(saved(grouped.book), "budget.xlsx", "xlsx")
    )
    assert "Coachning, Budget 2025: −500 → −600 (Kostnader!C3)" in told.told
    assert "Insatser, Budget 2025: −700 → −800 (Kostnader!C2)" in told.told
    assert grouped.changed == [
        "summa: {placering: före, belopp: [600, 800]}",
        "- {namn: Coachning,   belopp: [600, 600*]}",
    ]


def test_an_amount_is_shown_first_and_written_when_it_is_asked_for(economist: Economist) -> None:
    economist.set("Kostnader!B2", 1_600_000)
    economist.set("Kostnader!C3", 650_000)
    told = economist.back(writes=False)
    assert told.startswith(f"budget.xlsx mot {NOT_THERE}: 2 belopp ändras.\n\nBelopp\n")
    assert "  Coachning, Budget 2025: 1 500 000 → 1 600 000 (Kostnader!B2)\n" in told
    assert "  Kansli, Plan 2026: 600 000 → 650 000 (Kostnader!C3)\n" in told
    assert "Inget är skrivet än." in told
    assert "--till norr/2025 --skriv" in told
    assert economist.is_as_it_was
    assert "är ändrad" in economist.back()
    assert economist.changed == [
        "- {namn: Coachning, ändamål: individ, belopp: [1 600 000, 1 400 000]}",
        "- {namn: Kansli, ändamål: administration, belopp: [500 000, 650 000]}",
    ]


def test_a_workbook_that_has_been_brought_back_says_the_same_as_the_plan(economist: Economist) -> None:
    economist.set("Kostnader!B2", 1_600_000)
    economist.back()
    written_once = economist.file.read_bytes()
    assert economist.back().startswith("Ingen skillnad mellan budget.xlsx")
    assert economist.file.read_bytes() == written_once


def test_blank_zero_and_dash_are_three_things(economist: Economist) -> None:
    for row, value in ((2, None), (3, 0), (4, "---"), (5, "–")):
        economist.set(f"Intäkter!B{row}", value)
    told = economist.back()
    assert "Åby kommun, Budget 2025: 300 000 → tomt" in told
    assert "Östby kommun, Budget 2025: 200 000 → 0 " in told
    assert "Region Norr, Budget 2025: 500 000 → ”---”" in told
    amounts = [line.values[0] for line in lines_in(plan_in(economist.site.content, "norr/2025").budget)]
    assert amounts[:4] == [None, 0, "---", "–"]


def test_what_stands_in_the_plan_as_blank_zero_and_dash_can_be_filled_in(site: TestSite, tmp_path: Path) -> None:
    text = PLAN.replace("[300 000, 300 000]", "[~, 0]").replace("[200 000, 200 000]", '["---", 5]')
    economist = Economist(site, tmp_path, text)
    economist.set("Intäkter!B2", 0)
    economist.set("Intäkter!C2", None)
    economist.set("Intäkter!B3", 7)
    told = economist.back()
    assert "Åby kommun, Budget 2025: tomt → 0" in told
    assert "Åby kommun, Plan 2026: 0 → tomt" in told
    assert "Östby kommun, Budget 2025: ”---” → 7" in told
    assert [line.values for line in lines_in(plan_in(site.content, "norr/2025").budget)][:2] == [(0, None), (7, 5)]


# --- Sums, signs, units, marks --------------------------------------------------------------------------------------


def test_costs_with_a_minus_are_costs_and_marks_stay(grouped: Economist) -> None:
    grouped.set("Kostnader!C3", -550)
    grouped.set("Kostnader!B4", -1)
    grouped.back()
    assert grouped.changed == [
        "- {namn: Coachning,   belopp: [600, 550*]}",
        '- {namn: Mötesplats,  belopp: [  "1", 200]}',
    ]


def test_thousands_with_decimals_are_whole_kronor(grouped: Economist) -> None:
    grouped.set("Intäkter!C3", 0.1 + 0.2)
    grouped.book["Intäkter"]["C3"].number_format = "0.0"
    grouped.set("Eget kapital!B2", 250.125)
    grouped.book["Eget kapital"]["B2"].number_format = "General"
    told = grouped.back()
    assert "Ränta, Budget 2025: 0,5 → 0,3" in told
    assert grouped.changed == [
        '- {namn: Ränta, part: ränta, belopp: [~, "0,3"]}   # enligt banken',
        'ingående: {namn: Eget kapital 2024, år: 2024, belopp: "250,125"}',
    ]


def test_parts_of_a_row_and_saved_money_come_back(grouped: Economist) -> None:
    grouped.set("Uppdelning!B2", 710_000)
    grouped.set("Uppdelning!B4", 1_210_000)
    grouped.set("Eget kapital!B4", 351)
    grouped.back()
    plan = plan_in(grouped.site.content, "norr/2025")
    assert "{namn: Åby, part: kommun, belopp: 710 000}" in grouped.changed[0]
    assert "summa: {namn: Summa, belopp: 1 210 000}" in grouped.changed[0]
    assert plan.budget.equity
    assert plan.budget.equity.closing
    assert grouped.changed[1] == 'utgående: {namn: Eget kapital, belopp: [~,   "351"]}'


def test_a_formula_that_was_never_calculated_is_never_zero(economist: Economist) -> None:
    economist.set("Kostnader!B2", "=1000000+600000")
    told = economist.back()
    assert "Kostnader: inga värden för formlerna i B2, B4, C4, B5, C5, för de är inte räknade." in told
    assert economist.is_as_it_was


def test_a_sum_that_no_longer_tallies_is_told_before_anything_is_written(economist: Economist) -> None:
    economist.set("Kostnader!B2", 1_600_000)
    economist.set("Kostnader!B4", 2_100_000)
    told = economist.back(writes=False)
    assert "Summa kostnader, Budget 2025: 2 000 000 → 2 100 000" in told
    assert "Det här stämmer inte längre" in told
    assert "Resultat" in told.split("stämmer inte längre")[1]
    economist.set("Kostnader!B5", -100_000)
    assert "Ändringarna ger inga nya fel i summorna." in economist.back()


def test_a_sum_that_the_site_works_out_is_held_to_the_workbooks(grouped: Economist) -> None:
    grouped.set("Kostnader!C3", -550)
    grouped.set("Kostnader!C8", -1_200)
    told = grouped.back()
    assert "sidan räknar ut" in told
    assert "men i arbetsboken står −1 200" in told
    assert "räkna" in grouped.file.read_text("utf-8")


# --- What is never taken in silence ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "format", "said"),
    [
        ("cirka 1 600 000", "General", "det är inget belopp"),
        ("1,600", "General", "det är inget belopp"),
        ("(1 600 000)", "General", "går att läsa på flera sätt"),
        ("1 600 000*", "General", "ett märke hör till en not"),
        ("1 600 tkr", "General", "det är inget belopp"),
        (1_600_000, "#,##0,", "visas som 1600: vilken enhet?"),
        (1_600_000.7, "#,##0", "visas avrundat som 1600001"),
        (1_600_000.5, "General", "går att läsa på flera sätt"),
        (1.6, "0%", "det är procent"),
        (True, "General", "det är inget tal"),
        ("#REF!", "General", "cellen har ett fel"),
    ],
)
def test_what_cant_be_taken_is_told_and_the_amount_stays(
    economist: Economist, value: object, format: str, said: str
) -> None:
    economist.set("Kostnader!B2", value)
    economist.book["Kostnader"]["B2"].number_format = format
    told = economist.back()
    assert "Kostnader!B2" in told
    assert said in told
    assert economist.is_as_it_was


def test_a_format_alone_changes_nothing(economist: Economist) -> None:
    economist.book["Kostnader"]["B2"].number_format = "#,##0,"
    assert "B2" not in economist.back().replace("Intäkter: ", "").split("formlerna")[0]
    assert economist.is_as_it_was


def test_an_amount_that_is_struck_out_is_asked_about(economist: Economist) -> None:
    economist.book["Kostnader"]["B2"].font = Font(strike=True)
    assert "Kostnader!B2: texten är överstruken" in economist.back()
    assert economist.is_as_it_was


def test_an_amount_in_another_unit_is_pointed_at(economist: Economist) -> None:
    economist.set("Kostnader!B2", 1_500)
    assert "1 500 000 → 1 500 (Kostnader!B2) – tusen gånger? Se efter att enheten är rätt" in economist.back(
        writes=False
    )


def test_an_amount_that_is_printed_in_another_way_is_left_to_its_author(grouped: Economist) -> None:
    grouped.set("Kostnader!C6", -450)
    assert "Kansli är tryckt på ett annat sätt" in grouped.back()
    assert grouped.is_as_it_was


def test_comments_notes_added_columns_and_sheets_are_told_of(grouped: Economist) -> None:
    grouped.book["Kostnader"]["B3"].comment = Comment("Är det rätt?", "Anna")
    grouped.set("Kostnader!H3", "Anna frågar")
    grouped.set("Noter!B2", "Varav två tjänster.")
    grouped.book.create_sheet("Underlag")["A1"] = 5
    told = grouped.back()
    for said in (
        "Är det rätt?",
        "en kolumn som inte är planens: Anna frågar",
        "Varav två tjänster.",
        "bladet Underlag",
    ):
        assert said in told
    assert grouped.is_as_it_was


# --- Rows -----------------------------------------------------------------------------------------------------------


def insert(book: Any, sheet: str, row: int, *values: object) -> None:
    book[sheet].insert_rows(row)
    for column, value in enumerate(values, 1):
        book[sheet].cell(row, column).value = value


def test_a_new_row_is_added_where_it_stands(grouped: Economist) -> None:
    insert(grouped.book, "Kostnader", 7, "Hyra", None, -50)
    insert(grouped.book, "Kostnader", 3, "Utredning", -10, 0)
    told = grouped.back()
    assert "Utredning, efter Insatser: −10 · 0" in told
    assert "Hyra, efter Kansli: tomt · −50" in told
    assert grouped.changed == ["- {namn: Utredning,   belopp: [ 10,    0]}", "- {namn: Hyra, belopp: [  ~, 50]}"]
    names = [
        line.name for line in lines_in(plan_in(grouped.site.content, "norr/2025").budget) if line.side == "kostnader"
    ]
    assert names == ["Insatser", "Utredning", "Coachning", "Mötesplats", "Kansli", "Hyra", "Gemensamt"]


def test_a_new_income_is_its_members_or_a_guess_or_is_left_to_be_chosen(economist: Economist) -> None:
    insert(economist.book, "Intäkter", 4, "Arbetsförmedlingen", 1, 1)
    insert(economist.book, "Intäkter", 5, "Ränteintäkter", 2, 2)
    insert(economist.book, "Intäkter", 6, "Sponsring", 3, 3)
    told = economist.back()
    assert "Arbetsförmedlingen, efter Östby kommun: 1 · 1 (part: staten)" in told
    assert "Ränteintäkter, efter Östby kommun: 2 · 2 (part: ränta, gissat efter namnet)" in told
    assert "Sponsring, efter Östby kommun: 3 · 3 (part saknas: skriv det i planen)" in told
    assert "Det här stämmer inte längre" in told
    assert economist.changed == [
        "- {namn: Arbetsförmedlingen, part: staten, belopp: [      1,       1]}",
        "- {namn: Ränteintäkter, part: ränta, belopp: [      2,       2]}",
        "- {namn: Sponsring, belopp: [      3,       3]}",
    ]


def test_a_row_that_is_copied_with_its_hidden_id_is_new(economist: Economist) -> None:
    insert(economist.book, "Kostnader", 3, "Coachning 2", 5, 5, "coachning")
    economist.back()
    assert [line.split(", belopp")[0] for line in economist.changed] == ["- {namn: Coachning 2"]


def test_a_row_that_is_gone_stays_until_its_removal_is_asked_for(economist: Economist) -> None:
    economist.book["Intäkter"].delete_rows(3)
    told = economist.back()
    assert "1 rad är borta" in told
    assert (
        "Borta i arbetsboken, men kvar i planen (med --ta-bort tas de bort)\n  Östby kommun: 200 000 · 200 000" in told
    )
    assert economist.is_as_it_was
    assert "Tas bort, för de är borta i arbetsboken" in economist.back(removes=True)
    assert "Östby" not in economist.file.read_text("utf-8")
    assert len(economist.before.splitlines()) - len(economist.file.read_bytes().splitlines()) == 1


def test_a_renamed_row_is_the_same_row_with_its_id(economist: Economist) -> None:
    economist.set("Kostnader!A3", "Kansli och ekonomi")
    economist.set("Kostnader!B3", 510_000)
    told = economist.back()
    assert "Kansli → Kansli och ekonomi" in told
    assert economist.changed == [
        "- {namn: Kansli och ekonomi, ändamål: administration, id: kansli, belopp: [510 000, 600 000]}"
    ]


@pytest.mark.parametrize(
    ("row", "values", "said"),
    [
        (7, ("Hyra", 1, 1), "står under summan"),
        (3, (None, 1, 1), "en ny rad har inget namn"),
        (3, ("Hyra",), "är ny men har inga belopp"),
        (3, ("Kansli", 1, 1), "heter som en annan rad"),
        (3, ("Hyra", "ungefär 1", 1), "läggs inte till, för alla dess belopp gick inte att läsa"),
    ],
)
def test_a_row_that_cant_be_added_is_told_of(
    economist: Economist, row: int, values: tuple[object, ...], said: str
) -> None:
    insert(economist.book, "Kostnader", row, *values)
    assert said in economist.back()
    assert economist.is_as_it_was


def test_moved_rows_are_told_of_and_their_amounts_follow_them(economist: Economist) -> None:
    sheet = economist.book["Kostnader"]
    rows = [[cell.value for cell in sheet[row]] for row in (2, 3)]
    for row, values in zip((3, 2), rows, strict=True):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value
    economist.set("Kostnader!B3", 1_600_000)
    told = economist.back()
    assert "har flyttats i arbetsboken" in told
    assert economist.changed == ["- {namn: Coachning, ändamål: individ, belopp: [1 600 000, 1 400 000]}"]


# --- What is refused ------------------------------------------------------------------------------------------------


def test_rows_that_were_sorted_without_their_ids_are_refused(economist: Economist) -> None:
    sheet = economist.book["Kostnader"]
    for column in (1, 2, 3):
        one, other = sheet.cell(2, column), sheet.cell(3, column)
        one.value, other.value = other.value, one.value
    assert "Har bara en del av bladet sorterats?" in economist.back()
    assert economist.is_as_it_was


def test_columns_that_were_moved_or_renamed_never_go_to_another_year(economist: Economist) -> None:
    sheet = economist.book["Kostnader"]
    for row in (1, 2, 3):
        one, other = sheet.cell(row, 2), sheet.cell(row, 3)
        one.value, other.value = other.value, one.value
    assert economist.back().startswith("Ingen skillnad")
    economist.set("Kostnader!B1", "Plan 2027")
    assert "saknas rubriken ”Plan 2026” i bladet Kostnader" in economist.back()
    economist.set("Kostnader!B1", "Budget 2025")
    assert "står rubriken ”Budget 2025” två gånger" in economist.back()
    assert economist.is_as_it_was


def test_a_workbook_of_another_plan_is_refused(economist: Economist) -> None:
    economist.site.write("norr/2026/plan.md", PLAN.replace("år: 2025", "år: 2026"))
    economist.set("Kostnader!B2", 1)
    told = bring_back(economist.site.content, economist.folder, saved(economist.book), "norr/2026")
    assert not told.is_done
    assert "är arbetsboken för norr/2025, inte för content/norr/2026/plan.md" in told.told


def test_a_mistyped_year_makes_no_plan(economist: Economist) -> None:
    told = bring_back(economist.site.content, economist.folder, saved(economist.book), "norr/2031")
    assert not told.is_done
    assert "är arbetsboken för norr/2025. Planen norr/2031 finns inte." in told.told
    assert not (economist.site.content / "norr/2031").exists()


def test_a_sum_that_cant_be_checked_is_not_said_to_be_right(economist: Economist) -> None:
    economist.set("Kostnader!B2", None)
    told = economist.back(writes=False)
    assert "går inte att kontrollera" in told
    assert "inga nya fel i summorna" not in told


def test_a_workbook_of_another_version_of_the_budget_is_refused(economist: Economist) -> None:
    economist.set("Kostnader!B2", 1_600_000)
    economist.site.edit(PLAN_FILE, "[500 000, 600 000]", "[500 000, 700 000]")
    now = economist.file.read_bytes()
    assert "gjordes av en annan version av budgeten (beslutad)" in economist.back()
    assert economist.file.read_bytes() == now


def test_a_plan_whose_text_is_other_words_is_the_same_version(economist: Economist) -> None:
    economist.set("Kostnader!B2", 1_600_000)
    economist.site.edit(PLAN_FILE, "titel: Verksamhetsplan 2025", "titel: Vår plan 2025\nundertitel: Med mål")
    economist.site.edit(PLAN_FILE, "Förbundet stödjer samverkan.", "Förbundet stöder samverkan.")
    assert "är ändrad" in economist.back()


@pytest.mark.parametrize("what", ["sheet", "id", "twice", "ids"])
def test_a_workbook_in_which_it_cant_be_told_what_is_what_is_refused(economist: Economist, what: str) -> None:
    sheet = economist.book["Kostnader"]
    if what == "sheet":
        del economist.book["Kostnader"]
    elif what == "id":
        sheet["D2"] = "coaching"
    elif what == "twice":
        insert(economist.book, "Kostnader", 3, "Coachning", 5, 5, "coachning")
    else:
        sheet.delete_cols(4)
    assert "Inget är skrivet." in economist.back()
    assert economist.is_as_it_was


def test_a_workbook_of_nothing_of_ours_is_imported_as_before(economist: Economist) -> None:
    del economist.book["Om filen"]
    assert "finns redan och skrivs inte över" in economist.back()
    assert "inte planens egen arbetsbok" in economist.back(removes=True)


def test_the_published_workbook_comes_back_by_the_command(site: TestSite, tmp_path: Path) -> None:
    site.write_plan(LAWFUL_PLAN)
    assert site.build() == 0, site.printed
    book: Any = load_workbook(site.output / "norr/2025/budget.xlsx")
    book["Kostnader"]["B2"] = 1_550_000
    book.save(tmp_path / "ändrad budget.xlsx")
    out = io.StringIO()
    words = ["importera", str(tmp_path / "ändrad budget.xlsx"), "--till", "norr/2025", "--innehåll", str(site.content)]
    assert main(words, out, out) == 0
    assert "Coachning, Budget 2025: 1 540 000 → 1 550 000" in out.getvalue().replace("\u00a0", " ")
    assert f"importera '{tmp_path}/ändrad budget.xlsx' --till norr/2025 --skriv" in out.getvalue()
    assert main([*words, "--skriv"], out, out) == 0
    assert "belopp: [1 550 000, 1 590 000, 1 590 000]" in (site.content / PLAN_FILE).read_text("utf-8")


# --- Edits at random ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(24))
def test_random_edits_come_back_as_they_were_made_and_nothing_else(seed: int, site: TestSite, tmp_path: Path) -> None:
    """Plans with groups, parts, blanks and dashes, each with some dozen edits."""
    site.write(PLAN_FILE, written(Edits(seed).older))
    before = (site.content / PLAN_FILE).read_text("utf-8")
    editor = RandomEditor(plan_in(site.content, "norr/2025"), seed)
    editor.edit()
    told = bring_back(site.content, tmp_path, saved(editor.book))
    assert told.is_done, told.told
    after = (site.content / PLAN_FILE).read_text("utf-8")
    found = lines_in(plan_in(site.content, "norr/2025").budget)
    assert [(one.side, one.kind, one.name, one.values) for one in found] == [
        (one.side, one.kind, one.name, one.values) for one in editor.lines
    ]
    assert all(one.id == other.id for one, other in zip(found, editor.lines, strict=True) if other.id)
    assert is_only_amounts(before, after, editor.touched)
