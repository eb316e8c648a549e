"""The guide's year walked in the preview's form alone: what comes of it is what comes of writing the files by hand."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page

from insyn.texts import Texts
from tests.conftest import NewPage
from tests.guide import START, YEAR, Story
from tests.preview import Running, running, until
from tests.site import TestSite

Row = tuple[str, Sequence[str]]
INCOME, COSTS = "budget.intäkter", "budget.kostnader"
RESULT, CLOSING = "budget.resultat", "budget.eget_kapital.utgående"


class Author:
    """Somebody who has the form of a file open, and never the file."""

    def __init__(self, page: Page, preview: Running, content: Path) -> None:
        self.page, self.preview, self.content = page, preview, content
        self.file = content

    def open(self, path: str) -> None:
        self.page.goto(f"{self.preview.top}_visa/redigera/{path}")
        until(self.page, "document.documentElement.dataset.visa")
        self.file = self.content / path / ("plan.md" if path.count("/") == 2 else "forbund.md")

    def begin(self, year: int) -> None:
        """Begin the plan of the year after the one whose form is open."""
        self.page.click(f"text=Börja på planen för {year}")
        until(self.page, "document.documentElement.dataset.visa")
        self.page.click("text=Skriv planen, med samma rader")
        self.page.wait_for_url(f"**/redigera/norr/{year}/")
        self.open(f"norr/{year}/")

    def at(self, path: str) -> str:
        """Open all parts, and return the selector of a field."""
        self.page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        return f"[id='{path}']"

    def write(self, **fields: str) -> None:
        """Fill in fields; two underscores divide the keys of a path, and one is a space's place in a key."""
        for name, text in fields.items():
            self.fill(name.replace("__", "."), text)

    def fill(self, path: str, text: str) -> None:
        field = self.page.locator(self.at(path))
        before = self.file.read_bytes()
        if field.evaluate("field => field.localName") == "select":
            field.select_option(text)
        else:
            field.fill(text)
            field.press("Tab")
        self.saved(before)

    def add(self, path: str) -> None:
        """Add an item last in a list, or what an item has room for."""
        self.press(f"{self.at(path)} > .form-buttons > button[data-add]")

    def press(self, button: str) -> None:
        before = self.file.read_bytes()
        self.page.locator(button).last.click()
        self.saved(before)

    def confirm(self, left: int = 0) -> None:
        """Confirm what is to be confirmed, from the last, until so many are left."""
        buttons = f"{self.at('att_bekräfta')} button[data-remove]"
        while self.page.locator(buttons).count() > left:
            self.press(buttons)

    def amounts(self, row: str, texts: Sequence[str]) -> None:
        """Paste the amounts of a row."""
        before = self.file.read_bytes()
        self.page.click(self.at(f"{row}.belopp.0"))
        self.page.evaluate(
            "text => { const data = new DataTransfer(); data.setData('text/plain', text); document.activeElement"
            ".dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})) }",
            "\t".join(texts),
        )
        self.saved(before)

    def freeze(self, name: str) -> None:
        self.page.click("text=Spara versionen som den är nu")
        until(self.page, f"document.getElementById('form-status').textContent.includes('versioner/{name}.md')")

    def saved(self, before: bytes) -> None:
        """Wait until the file has changed and the form shows it."""
        for _ in range(1000):
            if self.file.read_bytes() != before:
                break
            self.page.wait_for_timeout(10)
        assert self.file.read_bytes() != before, self.page.inner_text("#form-status")
        until(self.page, "document.getElementById('form-status').textContent.startsWith('Sparat')")
        self.page.evaluate("document.getElementById('form-status').textContent = ''")


@pytest.mark.browser
def test_the_whole_year_is_walked_in_the_form_alone(tmp_path: Path, new_page: NewPage, texts: Texts) -> None:
    """Slow, since it is eighty saves in a browser."""
    by_hand, in_form = TestSite(tmp_path / "hand"), TestSite(tmp_path / "form")
    for site in (by_hand, in_form):
        Story(START, site, texts).write()
    Story(YEAR, by_hand, texts).write()
    with running(in_form.content.parent) as preview:
        page = new_page()
        page.goto(preview.start)
        author = Author(page, preview, in_form.content)
        author.open("norr/2026/")
        author.begin(2027)
        next_years_amounts(author)
        proposal_and_decision(author)
        revision(author)
        half_year(author)
        author.begin(2028)
        a_new_draft(author)
        author.open("norr/2027/")
        outcome(author)
    assert published(in_form) == published(by_hand)


def next_years_amounts(author: Author) -> None:
    """Write new amounts and confirm all (step 2)."""
    for number, amount in enumerate(("550 000", "550 000", "1 100 000")):
        author.amounts(f"{INCOME}.rader.{number}", [amount] * 3)
    author.amounts(f"{INCOME}.summa", ["2 200 000"] * 3)
    author.amounts(f"{COSTS}.rader.0", ["1 200 000", "1 300 000", "1 300 000"])
    author.fill(f"{COSTS}.rader.0.kommentar", "Fler deltagare.")
    author.amounts(f"{COSTS}.summa", ["2 100 000", "2 200 000", "2 200 000"])
    author.amounts(RESULT, ["100 000", "0", "0"])
    author.amounts(CLOSING, ["400 000"] * 3)
    author.confirm()


def proposal_and_decision(author: Author) -> None:
    """Fill in consultation, proposal, decision and minutes (steps 3–6)."""
    author.write(samråd="2026-10-06", status="förslag", förslag_publicerat="2026-11-06")
    author.write(sammanträde__datum="2026-11-27", sammanträde__tid="13.00", sammanträde__plats="Åby")
    author.write(sammanträde__tillkännagivet="2026-11-06", sammanträde__offentligt="ja")
    author.freeze("forslag")
    author.write(beslut__organ="styrelsen", beslut__datum="2026-11-27", status="beslutad", dnr="2026:14")
    author.write(beslut__paragraf="§ 42", beslut__anslaget="2026-12-07", underskrifter__datum="2026-12-04")
    for number, (name, role) in enumerate((("Anna Ek", "Ordförande"), ("Bo Lind", "Justerare"))):
        author.add("underskrifter.personer")
        author.fill(f"underskrifter.personer.{number}.namn", name)
        author.fill(f"underskrifter.personer.{number}.roll", role)
    author.open("norr/")
    author.write(
        laglighetsprövning="Beslutet kan prövas av förvaltningsrätten. "
        "Skriv inom tre veckor från det att protokollet anslogs."
    )
    author.open("norr/2027/")


def revision(author: Author) -> None:
    """Keep the decided plan and change it (step 8)."""
    author.freeze("2026-11-27")
    author.add("revideringar")
    author.fill("revideringar.0.datum", "2027-03-19")
    author.fill("revideringar.0.sammanfattning", "Mer coachning.")
    author.fill("revideringar.0.finansiering", "Sparade pengar används.")
    author.write(status="reviderad")
    author.amounts(f"{COSTS}.rader.0", ["1 400 000", "1 300 000", "1 300 000"])
    author.amounts(f"{COSTS}.summa", ["2 300 000", "2 200 000", "2 200 000"])
    author.amounts(RESULT, ["-100 000", "0", "0"])
    author.amounts(CLOSING, ["200 000"] * 3)


def half_year(author: Author) -> None:
    """Keep the revised plan and add what the year is expected to come to (step 9)."""
    author.freeze("2027-03-19")
    author.press(f"{author.at('budget.kolumner.0')} button:has-text('Ny kolumn efter')")
    for key, text in {"id": "f2027", "år": "2027", "typ": "prognos", "per": "2027-08"}.items():
        author.fill(f"budget.kolumner.1.{key}", text)
    for row, amount in {
        f"{INCOME}.rader.0": "550 000", f"{INCOME}.rader.1": "550 000", f"{INCOME}.rader.2": "1 100 000",
        f"{INCOME}.summa": "2 200 000", f"{COSTS}.rader.0": "1 300 000", f"{COSTS}.rader.1": "320 000",
        f"{COSTS}.rader.2": "500 000", f"{COSTS}.rader.3": "100 000", f"{COSTS}.summa": "2 220 000",
        RESULT: "-20 000", CLOSING: "280 000",
    }.items():  # fmt: skip
        author.fill(f"{row}.belopp.1", amount)
    author.write(uppföljd="2027-09-17")


def a_new_draft(author: Author) -> None:
    """Fill in the sums of the draft, and confirm them (step 10)."""
    author.amounts(f"{INCOME}.summa", ["2 200 000"] * 3)
    author.fill(f"{COSTS}.rader.0.kommentar", "")
    author.amounts(f"{COSTS}.summa", ["2 200 000"] * 3)
    author.amounts(RESULT, ["0"] * 3)
    author.amounts(CLOSING, ["280 000"] * 3)
    for subject in ("Summa intäkter", "Summa kostnader", "Resultat", "Eget kapital"):
        author.at("att_bekräfta")
        author.press(f'role=button[name="Bekräfta {subject}"]')


def outcome(author: Author) -> None:
    """Keep the plan as it was, let the outcome take the forecast's place, and judge the goals (steps 11 and 12)."""
    author.freeze("2027-09-17")
    for key, text in {"id": "u2027", "typ": "utfall", "per": ""}.items():
        author.fill(f"budget.kolumner.1.{key}", text)
    for row, amount in {
        f"{COSTS}.rader.0": "1 290 000", f"{COSTS}.rader.1": "325 000", f"{COSTS}.rader.2": "475 000",
        f"{COSTS}.summa": "2 190 000", RESULT: "10 000", CLOSING: "310 000",
    }.items():  # fmt: skip
        author.fill(f"{row}.belopp.1", amount)
    author.fill("mål.0.delmål.0.status", "uppnått")
    author.fill("mål.0.delmål.0.utfall", "44 %")
    author.fill("mål.0.delmål.1.status", "delvis")
    author.fill("mål.0.delmål.1.utfall", "180 besökare")
    author.fill("mål.0.delmål.1.kommentar", "Lokalen öppnade i mars.")
    author.write(uppföljd="2028-02-18")


def published(site: TestSite) -> dict[str, object]:
    """Return what is published of each version, as open data, and what the förbund's own page says."""
    assert site.build() == 0, site.printed
    files = sorted(site.output.rglob("plan.json"))
    told: dict[str, object] = {
        file.relative_to(site.output).as_posix(): json.loads(file.read_text("utf-8")) for file in files
    }
    assert len(told) > 5
    return told | {"norr/": site.text_of("norr/"), "draft": site.check().problems}
