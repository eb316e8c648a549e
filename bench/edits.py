"""The measured edits. Each returns what the site must show, so that a build that misses it isn't counted as fast.

An edit never restores an earlier text or amount, which would hit the cache. The edited plan is the latest of a förbund,
a new förbund each time: the plan that staff work with.
"""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from bench.measuring import Failed
from bench.plans import plan_text
from bench.project import Project

STEP = 1000
COLUMN = 1
"""The column of the budget, after the forecast."""
COLUMNS = 4
BLOCK = "{% block content %}"
SPACES = ("\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "&nbsp;")


def plain(html: str) -> str:
    """Return what a page says with plain spaces."""
    for space in SPACES:
        html = html.replace(space, " ")
    return html


@dataclass(frozen=True, slots=True)
class Expected:
    """What the site must show after the build: a page with some words, or no page."""

    page: Path
    words: str | None

    def check(self) -> None:
        """Raises Failed when the site shows anything else."""
        if self.words is None:
            if self.page.exists():
                raise Failed(f"{self.page.name} is still there")
            return
        if self.words not in plain(self.page.read_text("utf-8")):
            raise Failed(f"{self.page} doesn't show {self.words!r}")


def change_sentence(project: Project, number: int) -> Expected:
    """Replace the first sentence in a plan's second chapter."""
    file, sentence = _latest_plan(project, number), f"Mening {number} är ändrad."
    text, count = re.subn(r"(?m)^(# 2\. .*\n\n)[^.]*\.", rf"\g<1>{sentence}", file.read_text("utf-8"), count=1)
    if not count:
        raise Failed(f"no second chapter in {file}")
    file.write_text(text, "utf-8")
    return Expected(_page(project, file), sentence)


def change_amount(project: Project, number: int) -> Expected:
    """Raise one cost and the sum of costs; lower the result and later savings by as much."""
    file = _latest_plan(project, number)
    text, amount = _add(file.read_text("utf-8"), "Kansli", STEP)
    text, _ = _add(text, "Summa kostnader", STEP)
    text, _ = _add(text, "Resultat", -STEP)
    for column in range(COLUMN, COLUMNS):
        text, _ = _add(text, "Sparat vid årets slut", -STEP, column)
    file.write_text(text, "utf-8")
    return Expected(_page(project, file), amount)


def _add(text: str, name: str, change: int, column: int = COLUMN) -> tuple[str, str]:
    """Add to one cell of a row; return the text and the new amount as written."""
    found = re.search(rf"namn: {name},.*belopp: \[(.*)\]", text)
    if not found:
        raise Failed(f"no row called {name}")
    cells = found[1].split(", ")
    cells[column] = f"{int(cells[column].replace(' ', '')) + change:,}".replace(",", " ")
    return f"{text[: found.start(1)]}{', '.join(cells)}{text[found.end(1) :]}", cells[column]


def change_template(project: Project, number: int) -> Expected:
    """Change a comment in the template of plans' pages."""
    file, comment = project.folder / "templates" / "pages" / "plan.html", f"<!-- mätning {number} -->"
    text = re.sub(r"<!-- mätning \d+ -->", "", file.read_text("utf-8"))
    file.write_text(text.replace(BLOCK, f"{BLOCK}{comment}", 1), "utf-8")
    return Expected(_page(project, _latest_plan(project, number)), comment)


def add_plan(project: Project, number: int) -> Expected:
    """Add the next year's plan for a förbund."""
    latest = _latest_plan(project, number)
    association, year = latest.parent.parent.name, int(latest.parent.name) + 1
    file = project.content / association / str(year) / "plan.md"
    file.parent.mkdir()
    file.write_text(plan_text(association, int(association.rpartition("-")[2]), year), "utf-8")
    return Expected(_page(project, file), f"Verksamhetsplan {year}")


def withdraw_plan(project: Project, number: int) -> Expected:
    """Remove the latest plan of a förbund."""
    file = _latest_plan(project, number)
    shutil.rmtree(file.parent)
    return Expected(_page(project, file), None)


def _latest_plan(project: Project, number: int) -> Path:
    associations = sorted(project.content.glob("forbund-*"))
    return max(associations[number % len(associations)].glob("*/plan.md"))


def _page(project: Project, plan: Path) -> Path:
    return project.output / plan.parent.relative_to(project.content) / "index.html"
