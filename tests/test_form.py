"""A plan is edited in a form: each change at its place in the file, and nothing else there changes."""

import json
import re
from difflib import unified_diff
from pathlib import Path

import pytest
from playwright.sync_api import Page

from insyn.build.freeze import freeze
from insyn.editing.operations import SetText
from insyn.editing.saving import read
from insyn.form.editor import Editor, EditRequest
from insyn.form.fields import FieldGroup, FieldList, FormPart
from insyn.form.view import FormPage, compose_form
from insyn.preview.server import BROWSER
from insyn.problems import Found
from insyn.reading.frontmatter import read_markdown
from insyn.reading.nodes import scalars
from insyn.texts import Texts
from tests.browser import accessibility_faults, axe
from tests.conftest import NewPage
from tests.preview import Running, data, running, until
from tests.site import LAWFUL_PROPOSAL, PLAN, PLAN_FILE, TestSite
from tests.test_content import CONTENT, every_plan

FORM = "_visa/redigera/norr/2025/"
PRINTED = re.compile(r"""\btryckt: *"?\Z""")
"""What an amount was printed as goes with the amount."""
FILE = f"content/{PLAN_FILE}"


def form_of(text: str, texts: Texts) -> FormPage:
    page = compose_form(text, FILE, "", (), texts, "norr", 2025)
    assert page
    return page


def places_in(part: FormPart) -> set[tuple[int, int]]:
    """Return where everything stands that a part of the form has a field for."""
    inner = part.parts if isinstance(part, FieldGroup) else part.items if isinstance(part, FieldList) else ()
    own = {(part.place.line, part.place.column)} if part.place else set()
    return own.union(*map(places_in, inner))


@every_plan
def test_everything_in_the_front_matter_has_a_field(file: Path, texts: Texts) -> None:
    """But what says which file it is, and what no field could show."""
    text = file.read_text("utf-8")
    page, divided = form_of(text, texts), read_markdown(text, FILE, Found())
    assert divided
    rows = [row for block in page.grid.blocks for row in block.rows]
    blocks = (block.more for block in page.grid.blocks if block.more)
    parts = (*page.own_parts, *page.budget_parts, *blocks, *(row.more for row in rows if row.more))
    shown = set().union(*map(places_in, parts), *(places_in(column.fields) for column in page.grid.columns))
    shown |= {(one.place.line, one.place.column) for row in rows for one in row.cells}
    in_grid = {text for row in rows for text in (row.name, row.kind)}
    which = {"finsam-plan/1", *(one.text for one in scalars(divided.header) if one.place.line in which_file(text))}
    left = [one for one in scalars(divided.header) if (one.place.line, one.place.column) not in shown]
    left = [one for one in left if not PRINTED.search(text.split("\n")[one.place.line - 1][: one.place.column - 1])]
    assert [one.text for one in left if not one.is_blank and one.text not in in_grid | which] == []


def which_file(text: str) -> set[int]:
    """Return the lines that say which plan it is, as the file's place does."""
    lines = enumerate(text.splitlines(), start=1)
    return {number for number, line in lines if line.startswith(("förbund:", "år:"))}


def test_a_forbund_has_a_form_of_its_own(texts: Texts) -> None:
    text = (CONTENT / "hoglandet/forbund.md").read_text("utf-8")
    page = compose_form(text, "content/hoglandet/forbund.md", "", (), texts, "hoglandet", None)
    assert page
    assert (page.grid, page.preview, page.has_been_shown) == (None, "/hoglandet/", False)
    assert page.title == "Höglandets samordningsförbund"
    assert [one.label for one in page.own_parts[:3]] == ["Namn", "Kortnamn", "Medlemmar"]
    assert page.chapters


def test_a_cell_shows_what_is_written(texts: Texts) -> None:
    page = form_of((CONTENT / "hoglandet/2024/plan.md").read_text("utf-8"), texts)
    income, costs, result, equity = page.grid.blocks
    assert [cell.value for cell in income.rows[8].cells] == ["68", "", "", ""]
    assert result.rows[0].cells[1].value == "-150 000***"
    assert [column.heading for column in page.grid.columns] == ["Prognos 2023", "Budget 2024", "Plan 2025", "Plan 2026"]
    assert page.sums_of(costs.path) == ("7\xa0839\xa0000", "8\xa0236\xa0000", "8\xa0086\xa0000", "8\xa0086\xa0000")
    assert page.sums_of(income.path)[1] == ""
    assert [column.next["id"] for column in page.grid.columns] == ["p2024", "b2025", "p2026a", "p2027"]
    assert [row.name for row in equity.rows] == ["Eget kapital från 2022", "Prognos eget kapital"]


def test_nothing_but_plans_can_be_edited(site: TestSite, texts: Texts, tmp_path: Path) -> None:
    site.write_plan()
    site.write("norr/2025/plan.2024-11-01.md", "---\ntitel: Fryst\n---\n")
    outside = tmp_path / "annan.md"
    outside.write_text("---\ntitel: Annan\n---\n", "utf-8")
    (site.content / "norr" / "2031").mkdir()
    (site.content / "norr" / "2031" / "plan.md").symlink_to(outside)
    editor = Editor(site.content, texts)
    for file in (
        "webbplats.yaml",
        "norr/2025/plan.2024-11-01.md",
        "../annan.md",
        "norr/2031/plan.md",
        "norr/2031/../2025/plan.md",
    ):
        assert editor.edit(EditRequest(f"content/{file}", "", (SetText(("titel",), "Min"),))).hash == ""
        assert editor.read(f"content/{file}") is None
    assert "Annan" in outside.read_text("utf-8")


def frozen(site: TestSite, texts: Texts) -> str:
    """Freeze the plan; return the name of the sentence that is told."""
    there = read(site.content, PLAN_FILE)
    assert there
    return freeze(site.content, "norr", 2025, there[1], texts).key


def test_a_version_is_kept_as_it_is_and_never_written_over(site: TestSite, texts: Texts) -> None:
    site.write_plan(PLAN.replace("status: beslutad", "status: utkast"))
    assert frozen(site, texts) == "form-freeze-draft"
    site.write_plan(PLAN.replace("datum: 2024-11-20", "protokoll: 7"))
    assert frozen(site, texts) == "form-freeze-undated"
    site.write_plan()
    assert frozen(site, texts) == "form-frozen"
    kept = site.content / "norr/2025/versioner/2024-11-20.md"
    assert kept.read_bytes() == (site.content / PLAN_FILE).read_bytes()
    assert frozen(site, texts) == "form-freeze-same"
    site.edit(PLAN_FILE, "Verksamhetsplan 2025", "En annan plan")
    assert frozen(site, texts) == "form-freeze-there"
    assert "En annan plan" not in kept.read_text("utf-8")
    assert freeze(site.content, "norr", 2025, "en annan text", texts).key == "form-freeze-changed"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (PLAN.replace("1 500 000", "1 5oo 000"), "form-freeze-errors"),
        (PLAN.replace("[2 000 000, 2 000 000]", "[2 000 001, 2 000 000]"), "form-freeze-errors"),
        (PLAN.replace("status: beslutad", "status: klar"), "form-freeze-errors"),
        (PLAN.replace("status: beslutad", "status: reviderad"), "form-freeze-errors"),
    ],
)
def test_a_version_that_could_never_be_published_is_not_kept(
    site: TestSite, texts: Texts, wrong: str, told: str
) -> None:
    """No frozen version is changed, so an error in one would stop every build."""
    assert wrong != PLAN
    site.write_plan(wrong)
    assert frozen(site, texts) == told
    assert not (site.content / "norr/2025/versioner").exists()


def test_no_version_is_kept_of_a_forbund_that_cannot_be_read(site: TestSite, texts: Texts) -> None:
    site.write_plan()
    site.write("norr/forbund.md", "---\nnamn: [\n---\n")
    assert frozen(site, texts) == "form-freeze-association"


def test_a_proposal_that_is_corrected_is_kept_beside_the_first(site: TestSite, texts: Texts) -> None:
    site.write_plan(LAWFUL_PROPOSAL)
    assert frozen(site, texts) == "form-frozen"
    site.edit(PLAN_FILE, "Verksamhetsplan 2025", "Plan för 2025")
    assert [frozen(site, texts), frozen(site, texts)] == ["form-frozen", "form-freeze-same"]
    names = {file.name for file in (site.content / "norr/2025/versioner").iterdir()}
    assert names == {"forslag.md", "forslag-2.md"}


def test_scripts_and_styles_are_small() -> None:
    """Of preview and form together."""
    assert sum(file.stat().st_size for file in BROWSER.iterdir()) <= 40_000


# --- In a browser ---------------------------------------------------------------------------------------------------


def cell(row: int, column: int, block: str = "kostnader") -> str:
    return f"[id='budget.{block}.rader.{row}.belopp.{column}']"


class Desk:
    """A plan's file and its form, in a browser."""

    def __init__(self, file: Path, page: Page, preview: Running) -> None:
        self.file, self.page, self.preview = file, page, preview
        self.before = file.read_text("utf-8")

    def changed(self) -> list[str]:
        """Return the lines that have changed since last asked, when something has."""
        for _ in range(500):
            now = self.file.read_text("utf-8")
            if now != self.before:
                break
            self.page.wait_for_timeout(20)
        lines = list(unified_diff(self.before.splitlines(), now.splitlines(), n=0, lineterm=""))[2:]
        self.before = now
        return [line for line in lines if not line.startswith("@@")]

    def says(self, words: str) -> None:
        until(self.page, f"document.getElementById('form-status').textContent.includes({json.dumps(words)})")

    def paste(self, text: str) -> None:
        self.page.evaluate(
            "text => { const data = new DataTransfer(); data.setData('text/plain', text); document.activeElement"
            ".dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})) }",
            text,
        )


@pytest.mark.browser
def test_a_budget_is_edited_undone_and_never_over_somebody_else(tmp_path: Path, new_page: NewPage) -> None:
    """One preview for all: it takes a second to begin."""
    site = TestSite(tmp_path)
    site.write_plan()
    page = new_page(first=axe())
    page.set_viewport_size({"width": 1280, "height": 900})
    with running(tmp_path) as preview:
        page.goto(preview.start)
        page.goto(f"{preview.top}norr/2025/")
        page.click(".visa-ribbon a >> text=Redigera")
        until(page, "document.documentElement.dataset.visa")
        desk = Desk(site.content / PLAN_FILE, page, preview)
        keep_a_version(desk)
        change_an_amount(desk)
        paste_a_block(desk)
        add_and_remove_a_row(desk)
        write_facts_and_text(desk)
        meet_a_file_that_cannot_be_read(desk)
        meet_an_edit_taken_back_elsewhere(desk)
        meet_somebody_elses_change(desk)
        page.evaluate("scrollTo(0, 0)")  # the tools stay in sight, above what scrolls
        assert accessibility_faults(page) == []
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def keep_a_version(desk: Desk) -> None:
    """That there was nothing to undo is no change that wasn't saved."""
    desk.page.click("#undo")
    desk.says("inget att ångra")
    desk.page.click("#freeze")
    desk.says("versioner/2024-11-20.md")


def change_an_amount(desk: Desk) -> None:
    page = desk.page
    page.click(cell(0, 0))
    page.keyboard.press("Control+A")
    page.keyboard.type("1 400 000")
    page.keyboard.press("Enter")
    removed, added = desk.changed()
    assert added[1:] == removed[1:].replace("1 500 000", "1 400 000")
    assert page.evaluate("document.activeElement.id") == "budget.kostnader.rader.1.belopp.0"
    desk.says("Sparat")
    until(page, "document.querySelector('.form-problem--error')")
    page.click("#undo")
    assert desk.changed() == [f"-{added[1:]}", f"+{removed[1:]}"]
    desk.says("återtagen")
    until(page, "!document.querySelector('.form-problem--error')")
    for button, text in (("Streck", "-"), ("Tom (vet inte)", "~"), ("Noll", "0")):
        page.click(cell(0, 0))
        page.click(f"text={button}")
        assert desk.changed()[1].replace(" ", "").partition("[")[2].startswith(f"{text},")
        page.click("#undo")
        desk.changed()


def paste_a_block(desk: Desk) -> None:
    desk.page.click(cell(0, 0))
    desk.paste("1 000\t2 000\r\n3 000\t4 000\r\n")
    assert len(desk.changed()) == 4
    desk.says("Sparat")
    until(desk.page, f"document.querySelector({json.dumps(cell(1, 1))}).value == '4 000'")
    desk.page.click("#undo")
    assert len(desk.changed()) == 4
    desk.page.click(cell(0, 0))
    desk.paste("1\n" * 50)
    desk.says("har 50 rader")
    desk.paste("1\n2\n3\n4")  # costs have two rows and a sum, and below them stands the result
    desk.says("har 4 rader")
    desk.paste("Coachning\t1\nKansli\t2")
    desk.says("”Coachning” är inget belopp")
    assert desk.file.read_text("utf-8") == desk.before


def add_and_remove_a_row(desk: Desk) -> None:
    page = desk.page
    page.click(cell(0, 0))
    page.click("text=Ny rad under")
    assert len(desk.changed()) == 1
    name = "[id='budget.kostnader.rader.1.namn']"
    until(page, f"document.querySelector({json.dumps(name)}).value == '[fyll i]'")
    page.fill(name, 'Kurs: ny # och "egen"')
    page.keyboard.press("Tab")
    assert "Kurs: ny # och" in desk.changed()[1]
    page.click(cell(2, 0))
    page.click("text=Flytta raden ner")
    desk.says("redan sist")
    page.click(cell(1, 0))
    page.click("text=Flytta raden upp")
    assert len(desk.changed()) >= 2
    until(page, f"document.querySelector({json.dumps(cell(0, 0))}).value == ''")
    page.click(cell(0, 0))
    page.click("text=Ta bort raden")
    assert len(desk.changed()) == 1


def write_facts_and_text(desk: Desk) -> None:
    page = desk.page
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    page.fill("[id='titel']", "Plan för 2025")
    page.keyboard.press("Tab")
    assert desk.changed()[1] == "+titel: Plan för 2025"
    page.fill("[id='dnr']", "2025:06")
    page.keyboard.press("Tab")
    assert desk.changed() == ['+dnr: "2025:06"']
    page.select_option("[id='status']", "förslag")
    assert desk.changed()[1] == "+status: förslag"
    chapter = page.locator(".form-chapter textarea").first
    chapter.fill(f"{chapter.input_value()}\n\nEtt **nytt** stycke.")
    page.keyboard.press("Tab")
    assert "+Ett **nytt** stycke." in desk.changed()
    until(page, "document.querySelector('.form-chapter__result strong')")


def meet_a_file_that_cannot_be_read(desk: Desk) -> None:
    """What is being written stays, and is saved when the file is mended."""
    page = desk.page
    page.click("[id='titel']")
    page.keyboard.type("!")
    told = "Number(document.documentElement.dataset.visa)"
    number = page.evaluate(told)
    desk.file.write_text(desk.before.replace("---\n", "---\n: [\n", 1), "utf-8")
    until(page, f"{told} > {number}")
    assert page.input_value("[id='titel']").endswith("!")
    desk.file.write_text(desk.before, "utf-8")
    until(page, f"{told} > {number + 1}")
    page.keyboard.press("Tab")
    assert desk.changed()[1].endswith("!")


def meet_an_edit_taken_back_elsewhere(desk: Desk) -> None:
    page, before = desk.page, desk.before
    page.click(cell(0, 0))
    page.click("text=Noll")
    desk.changed()
    desk.file.write_text(before, "utf-8")
    desk.before = before
    until(page, f"document.querySelector({json.dumps(cell(0, 0))}).value != '0'")
    page.click(cell(0, 0))
    page.click("text=Streck")
    assert len(desk.changed()) == 2


def meet_somebody_elses_change(desk: Desk) -> None:
    page = desk.page
    page.click(cell(0, 0))
    page.keyboard.press("Control+A")
    page.keyboard.type("77")
    theirs = desk.before.replace("titel: Plan för 2025!", "titel: Deras plan")
    desk.file.write_text(theirs, "utf-8")
    until(page, "document.getElementById('titel').value == 'Deras plan'")
    page.keyboard.press("Tab")
    desk.says("Inget är sparat")
    assert desk.file.read_text("utf-8") == theirs
    desk.before = theirs
    page.evaluate("document.getElementById('form-status').textContent = ''")
    page.evaluate("document.getElementById('freeze').click()")  # nothing is kept while one's own change isn't saved
    desk.says("Filen har ändrats av någon annan")
    assert [file.name for file in (desk.file.parent / "versioner").iterdir()] == ["2024-11-20.md"]
    page.click("#redo")
    assert len(desk.changed()) == 2
    assert "Deras plan" in desk.before


@pytest.mark.browser
def test_the_plan_of_the_year_after_is_shown_then_written_then_filled_in(tmp_path: Path, new_page: NewPage) -> None:
    site = TestSite(tmp_path)
    site.write_plan()
    later = site.content / "norr/2026/plan.md"
    page = new_page(first=axe())
    with running(tmp_path) as preview:
        page.goto(preview.start)
        page.goto(f"{preview.top}{FORM}")
        page.click("text=Börja på planen för 2026")
        assert "content/norr/2026/plan.md" in page.inner_text("pre")
        until(page, "document.documentElement.dataset.visa")
        assert accessibility_faults(page) == []
        assert not later.exists()
        page.click("text='Skriv planen'")
        page.wait_for_url("**/redigera/norr/2026/")
        until(page, "document.documentElement.dataset.visa")
        desk = Desk(later, page, preview)
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        before = desk.before.count("{vad:")
        page.click("[id='att_bekräfta.0'] > .form-buttons button")
        assert before > 1
        assert len(desk.changed()) == 1
        assert desk.before.count("{vad:") == before - 1
        page.goto(f"{preview.top}_visa/ny-plan/norr/2026/")
        assert "finns redan" in page.inner_text("main")


# --- Only for whoever sits there ------------------------------------------------------------------------------------


def test_an_edit_needs_the_cookie_and_our_own_page(tmp_path: Path) -> None:
    site = TestSite(tmp_path)
    site.write_plan()
    before = (site.content / PLAN_FILE).read_bytes()
    with running(tmp_path) as preview:
        cookie, own = preview.cookie(), preview.top.rstrip("/")
        body = json.dumps({"file": FILE, "seen": "", "operations": []}).encode()
        for headers in ({}, {"Cookie": cookie}, {"Cookie": cookie, "Origin": "https://elak.example"}, {"Origin": own}):
            assert preview.ask("/_visa/andra", "POST", headers, body)[0] == 403, headers
        let_in = {"Cookie": cookie, "Origin": own}
        for wrong in (b"", b"[]", b"{", b'{"file": 1}', b'{"file": "a", "seen": "", "operations": [{"op": "rm"}]}'):
            assert preview.ask("/_visa/andra", "POST", let_in, wrong)[0] == 400, wrong
        assert data(preview.ask("/_visa/andra", "POST", let_in, body))["said"].startswith("Inget är sparat")
        assert preview.ask("/_visa/redigera/norr/2031/", "GET", let_in)[0] == 404
        assert preview.ask("/_visa/redigera/../../norr/2025/", "GET", let_in)[0] in (400, 404)
    assert (site.content / PLAN_FILE).read_bytes() == before
