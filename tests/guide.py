"""The staff guide's documents as stories: each block is carried out on a site, and each claim is checked against it.

The first line of a block gives its kind:

    yaml, markdown content/…    the whole file
    diff content/…              lines to change; "diff prova content/…" is undone when its output has been shown
    text, markdown text i …     the text under the front matter of a file
    text kopiera                files to copy, one per line: from → to
    text utskrift NAMES         the output of a check: the first of each name, the first error ("fel"), or everything
    text importera PLAN CELL=…  the output of the command that reads the plan's workbook, with cells changed
    text ny-plan WORDS          the output of the command that begins a new plan; with --skriv, its last line

A line that begins with **Lägg ut** gives the day when the site is published and entered in the ledger. A list item that
begins with an address claims what is there. At each heading, a check finds nothing but the problem in `KNOWN`.
"""

import io
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from insyn import reports
from insyn.build import pipeline
from insyn.command import main
from insyn.problems import Problem
from insyn.swedish import MONTHS
from insyn.texts import Texts
from tests.returned_books import book_of, calculated, plan_in
from tests.site import TestSite
from tests.test_problems import changed

DOCS = Path(__file__).parent.parent / "docs"
HANDBOOK, START, YEAR, LOOKUP = (DOCS / f"{name}.md" for name in ("handbok", "kom-igang", "aret", "uppslag"))
BLOCK = re.compile(r"^```(\w+)(?: (.+))?\n((?:.*\n)*?)```$", re.MULTILINE)
PIECE = re.compile(
    rf"{BLOCK.pattern}|^## (?P<heading>.+)$|^\*\*Lägg ut\*\* den (?P<day>\d+ \w+ \d+)"
    r"|^- `(?P<page>[^` ]+)` (?P<claim>(?:säger|finns|leder) ?.*)$",
    re.MULTILINE,
)
KNOWN = {"tillgänglighetsredogörelse-saknas", "kvar-att-bekräfta"}
"""The warnings that remain until staff have tested their site, and gone through a draft."""


class Story:
    """A document whose steps are carried out on a site, piece by piece."""

    def __init__(self, document: Path, site: TestSite, texts: Texts) -> None:
        self.document, self.site, self.texts = document, site, texts
        self.lived: list[str] = []
        """The document so far, with its printed outputs."""
        self.tried: tuple[Path, str] | None = None
        self.is_built = False

    def live(self) -> str:
        """Carry out and check everything; return the document with the current outputs."""
        text, at = self.document.read_text("utf-8"), 0
        for piece in PIECE.finditer(text):
            self.lived.append(text[at : piece.start()])
            self.lived.append(self._piece(piece))
            at = piece.end()
        self._check("the end")
        return "".join([*self.lived, text[at:]])

    def write(self, *, until: str = "") -> None:
        """Carry out the steps that change files, up to a text if one is given, and check nothing."""
        text = self.document.read_text("utf-8")
        for kind, about, body in BLOCK.findall(text[: text.index(until)] if until else text):
            if not about.startswith("prova"):
                self._do(kind, about, body)

    def _piece(self, piece: re.Match[str]) -> str:
        if piece["heading"]:
            self._check(piece["heading"])
        elif piece["day"]:
            self._publish(piece["day"])
        elif piece["page"]:
            self._claim(piece["page"], piece["claim"])
        elif (piece[2] or "").startswith("utskrift"):
            return f"```text {piece[2]}\n{self._printed(piece[2].split()[1:])}```"
        elif (piece[2] or "").startswith("importera"):
            return f"```text {piece[2]}\n{self._brought_back(*piece[2].split()[1:])}```"
        elif (piece[2] or "").startswith("ny-plan"):
            return f"```text {piece[2]}\n{self._begun(piece[2].split())}```"
        else:
            self._do(piece[1], piece[2] or "", piece[3])
        return piece[0]

    # --- Steps ------------------------------------------------------------------------------------------------------

    def _do(self, kind: str, about: str, body: str) -> None:
        match [kind, *about.split()]:
            case ["text", "kopiera"]:
                for line in body.splitlines():
                    source, target = (self._file(path) for path in line.split(" → "))
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(source, target)
            case ["text", "ny-plan", *words]:
                self._begun(["ny-plan", *words])
            case [_, "text", "i", path]:
                head = self._file(path).read_text("utf-8").partition("\n---\n")[0]
                self._write(path, f"{head}\n---\n{body}")
            case ["diff", "prova", path]:
                self.tried = self._file(path), self._file(path).read_text("utf-8")
                self._change(path, body)
            case ["diff", path]:
                self._change(path, body)
            case ["yaml" | "markdown", path]:
                self._write(path, body)

    def _file(self, path: str) -> Path:
        return self.site.content / path.removeprefix("content/")

    def _change(self, path: str, body: str) -> None:
        lines = changed(self._file(path).read_text("utf-8").splitlines(), body.splitlines())
        self._write(path, "\n".join([*lines, ""]))

    def _write(self, path: str, text: str) -> None:
        self.site.write(path.removeprefix("content/"), text)
        self.is_built = False

    def _build(self) -> None:
        if not self.is_built:
            assert self.site.build() == 0, self.site.printed
            self.is_built = True

    def _publish(self, written: str) -> None:
        number, month, year = written.split()
        self._build()
        day = date(int(year), MONTHS.index(month) + 1, int(number))
        pipeline.book(self.site.content, self.site.output, day, _quiet)
        self.is_built = False

    # --- Claims -----------------------------------------------------------------------------------------------------

    def _found(self) -> Iterator[Problem]:
        return (one for one in reports.in_order(self.site.check().problems))

    def _check(self, before: str) -> None:
        if (self.site.content / "webbplats.yaml").exists():
            names = {self.texts.problems[one.code].name for one in self._found()}
            assert names - KNOWN == set(), f"{self.document.name}, before {before}:\n{self._printed([])}"

    def _printed(self, names: list[str]) -> str:
        """Return the output of a check, for each of the names; then undo anything that was only a trial."""
        if names:
            found = list(self._found())
            first = {self.texts.problems[one.code].name: one for one in reversed(found)}
            first["fel"] = next((one for one in found if self.texts.is_error(one)), found[0])
            told = "\n\n".join(reports.report(first[name], self.texts, self.site.lines()) for name in names) + "\n"
        else:
            self.site.run("kontrollera")
            told = self.site.printed
        if self.tried:
            file, text = self.tried
            file.write_text(text, "utf-8")
            self.tried = None
        return told.replace("\u00a0", " ")

    def _begun(self, words: list[str]) -> str:
        """Run the command that begins a new plan; return what it prints."""
        assert self.site.run(*words) == 0, self.site.printed
        self.is_built = False
        told = self.site.printed
        return f"…\n{told.rstrip().splitlines()[-1]}\n" if "--skriv" in words else told

    def _brought_back(self, place: str, *changes: str) -> str:
        """Change cells of a plan's workbook, and return what the command prints of it. Nothing is written."""
        book = calculated(book_of(plan_in(self.site.content, place)))
        for change in changes:
            sheet, cell, value = re.split("[!=]", change)
            book[sheet.replace("_", " ")][cell] = int(value)
        file = self.site.output.parent / "budget.xlsx"
        book.save(file)
        out = io.StringIO()
        words = ["importera", str(file), "--till", place, "--innehåll", str(self.site.content)]
        assert main(words, out, out) == 0, out.getvalue()
        return out.getvalue().replace(str(file), file.name)

    def _claim(self, page: str, claim: str) -> None:
        self._build()
        file = self.site.output / page / "index.html" if page.endswith("/") else self.site.output / page
        assert file.exists() is ("finns inte" not in claim), f"{page} {claim}"
        if file.suffix != ".html" or not file.exists():
            return
        said = self.site.text_of(page).replace("\u00a0", " ")
        for words in re.findall("”([^”]+)”", claim):
            assert words.rstrip(".") in said, f"{page} doesn't say {words}: {said}"
        for target in re.findall("leder till `([^`]+)`", claim):
            links = re.findall(r'(?:href="|url=)([^">]+)', self.site.page(page))
            assert (self.site.output / target).resolve() in {(file.parent / one).resolve() for one in links}, page


def _quiet(_step: str, _done: int, _total: int) -> None:
    """Show no progress."""
