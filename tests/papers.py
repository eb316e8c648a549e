"""PDFs as tests read them: text, bookmarks, structure, validator findings. They are typeset only in workers."""

import io
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from xml.etree import ElementTree

import page as validator
import pikepdf

from insyn.disk import materials
from insyn.disk.print_materials import Printing, read_printing
from insyn.parallel.workers import spread

Made = TypeVar("Made")
ZOOM = 3
"""Maximum magnification of poppler, which reports sizes as whole numbers."""
FOOT = re.compile(r"\n[^\n]+ · [^\f]*?Sida \d+ av \d+\s*\Z")


def in_worker(make: Callable[[], Made]) -> Made:
    """Run a function in a process of its own, as a build typesets: threads would remain in the tests' process."""

    def once(_items: Sequence[None]) -> list[Made]:
        return [make()]

    ((made,),) = spread(once, [None], apart=True)
    return made


@dataclass(frozen=True)
class Paper:
    """A PDF. `path` is its published path: "hoglandet/2024/plan.pdf"."""

    path: str
    body: bytes

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        return pikepdf.open(io.BytesIO(self.body))

    def findings(self, profile: str) -> list[str]:
        """Return a validator's findings for a profile: "ua1", "3a"."""
        report = validator.validate_pdf_bytes(self.body, profile=profile)
        return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]

    def text(self, *, page: int | None = None, feet: bool = True) -> str:
        """Return the words in typeset order, on one line, with divided words rejoined."""
        pages = self.written[page - 1 : page] if page else self.written
        return " ".join(" ".join(one if feet else FOOT.sub("", one) for one in pages).split())

    @cached_property
    def written(self) -> list[str]:
        """The text of each page."""
        done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=self.body, stdout=subprocess.PIPE, check=True)
        return done.stdout.decode().replace("\u00ad\n", "").replace("\u200b", "").split("\f")

    def set_words(self) -> Iterator[tuple[float, str]]:
        """Yield words with their font size, in points."""
        words = ["pdftohtml", "-xml", "-i", "-stdout", "-zoom", str(ZOOM), "-", "-"]
        done = subprocess.run(words, input=self.body, stdout=subprocess.PIPE, check=True)
        sizes: dict[str, float] = {}
        for element in ElementTree.fromstring(done.stdout).iter():
            if element.tag == "fontspec":
                sizes[element.attrib["id"]] = int(element.attrib["size"]) / ZOOM
            elif element.tag == "text":
                yield sizes[element.attrib["font"]], "".join(element.itertext())

    @cached_property
    def elements(self) -> list["Tag"]:
        """All structure elements in reading order."""
        return list(Tag(self.pdf.Root.StructTreeRoot).below())

    def tables(self) -> list["Tag"]:
        return [tag for tag in self.elements if tag.name == "Table"]

    def bookmarks(self) -> list[tuple[int, str, int]]:
        """Return the level, words and page number of each bookmark."""
        numbers = {page.objgen: number for number, page in enumerate(self.pdf.pages, 1)}
        with self.pdf.open_outline() as outline:
            return list(_bookmarks(outline.root, 1, numbers))

    def fonts(self) -> set[str]:
        found = set()
        for page in self.pdf.pages:
            for font in page.resources.get("/Font", {}).values():
                found.add(str(font.BaseFont).partition("+")[2])
        return found


@dataclass(frozen=True)
class Tag:
    """A structure element."""

    element: Any

    @property
    def name(self) -> str:
        return str(self.element.S)[1:]

    @property
    def id(self) -> str | None:
        return str(self.element.ID) if "/ID" in self.element else None

    def children(self) -> list["Tag"]:
        kids = self.element.get("/K", [])
        kids = kids if isinstance(kids, pikepdf.Array) else [kids]
        return [Tag(kid) for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]

    def below(self) -> Iterator["Tag"]:
        for child in self.children():
            yield child
            yield from child.below()

    def attribute(self, owner: str, name: str) -> Any:
        """Return the value of an attribute: attribute("Table", "Scope")."""
        attributes = self.element.get("/A", [])
        for one in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
            if f"/{owner}" == one.O and f"/{name}" in one:
                return one[f"/{name}"]
        return None


def _bookmarks(items: Any, level: int, numbers: dict[Any, int]) -> Iterator[tuple[int, str, int]]:
    for item in items:
        yield level, str(item.title), numbers[item.destination[0].objgen]
        yield from _bookmarks(item.children, level + 1, numbers)


def printing_of(project: Path = materials.PROJECT) -> Printing:
    """Return the materials for typesetting the project's documents."""
    return read_printing(project, materials.read_materials(project).assets)


def papers_in(output: Path) -> list[Paper]:
    """Return the PDFs of a published site."""
    return [Paper(file.relative_to(output).as_posix(), file.read_bytes()) for file in sorted(output.rglob("*.pdf"))]


def plain(text: str) -> str:
    """Return a text for comparison: each run of white space is one space."""
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u00ad", "").replace("\u200b", "")).strip()
