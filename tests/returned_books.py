"""Workbooks of plans that economists have edited: made, changed at random, and held to what the plan then says."""

import difflib
import io
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from insyn.disk.materials import read_catalogue
from insyn.downloads.files import Origin
from insyn.downloads.plan_workbook import IDS, plan_workbook
from insyn.importing.importer import ImportRequest, Outcome, run_import
from insyn.model import Amount, Association, Budget, BudgetGroup, Cell, Dash, Plan
from insyn.problems import Found, Place
from insyn.reading.plan import read_plan
from insyn.texts import read_texts

TEXTS = read_texts(read_catalogue())
ORIGIN = Origin("beslutad", "norr/2025/", "../../", None, "Beslutad 20 november 2024", "")
SHEETS = {"intäkter": "Intäkter", "kostnader": "Kostnader"}
Book = Any
Sheet = Any
"""openpyxl's types."""


def plan_in(content: Path, place: str) -> Plan:
    """Return the plan that lies at "norr/2025"."""
    association, year = place.split("/")
    text = (content / place / "plan.md").read_bytes().decode("utf-8")
    plan = read_plan(text, "plan.md", association=association, year=int(year), found=Found())
    assert plan
    return plan


def book_of(plan: Plan) -> bytes:
    """Return a plan's workbook as it is published."""
    name, place = plan.association, Place("forbund.md")
    association = Association(name, name, name, None, None, (), (), None, None, None, "", 1, place)
    return plan_workbook(plan, association, ORIGIN, TEXTS)


def calculated(body: bytes) -> Book:
    """Return a workbook with the values of its formulas, as a program that calculates has them."""
    return load_workbook(io.BytesIO(body), data_only=True)


def saved(book: Book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bring_back(content: Path, folder: Path, body: bytes, place: str = "norr/2025", *, writes: bool = True,
               removes: bool = False) -> Outcome:  # fmt: skip
    """Import a workbook into the plan that lies there, and return what is told."""
    file = folder / "budget.xlsx"
    file.write_bytes(body)
    association, year = place.split("/")
    asked = ImportRequest(str(file), None, (association, int(year)), writes=writes, removes=removes)
    return run_import(content, asked)


# --- What a plan says, as a table -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class TableLine:
    side: str
    kind: str
    name: str
    id: str
    values: tuple[int | str | None, ...]


def lines_in(budget: Budget) -> list[TableLine]:
    """Return every line of a budget's two blocks that has amounts, in the order of the table."""
    lines = []
    for side, block in (("intäkter", budget.income), ("kostnader", budget.costs)):
        lines += list(_of(side, block.rows))
        if block.total and not block.total.is_computed:
            lines.append(TableLine(side, "summa", block.total.name, "", _values(block.total.cells)))
    if budget.result and not budget.result.is_computed:
        lines.append(TableLine("kostnader", "resultat", budget.result.name, "", _values(budget.result.cells)))
    return lines


def _of(side: str, parts: Any) -> Iterator[TableLine]:
    for part in parts:
        if not isinstance(part, BudgetGroup):
            yield TableLine(side, "rad", part.name, part.id, _values(part.cells))
            continue
        own = part.subtotal
        line = TableLine(side, "delsumma", part.name, "", _values(own.cells)) if own else None
        if line and own and own.position.value == "before":
            yield line
        yield from _of(side, part.rows)
        if line and own and own.position.value == "after":
            yield line


def _values(cells: tuple[Cell, ...]) -> tuple[int | str | None, ...]:
    return tuple(
        cell.kronor if isinstance(cell, Amount) else cell.text if isinstance(cell, Dash) else None for cell in cells
    )


# --- Edits at random ------------------------------------------------------------------------------------------------


class RandomEditor:
    """Edits a plan's workbook as an economist would, and keeps what the plan should say afterwards."""

    def __init__(self, plan: Plan, seed: int) -> None:
        self.random = random.Random(seed)
        self.unit = plan.budget.unit.value
        self.book = load_workbook(io.BytesIO(book_of(plan)))
        self.lines = lines_in(plan.budget)
        self.columns = len(plan.budget.columns)
        self.touched = 0
        """How many lines of the file may differ."""

    def edit(self) -> None:
        for side, name in SHEETS.items():
            sheet = self.book[name]
            for row in range(2, sheet.max_row + 1):
                self._edit_row(sheet, side, row)
            self._add_rows(sheet, side)

    def _edit_row(self, sheet: Sheet, side: str, row: int) -> None:
        line = self._line(sheet, side, row)
        if line is None or self.random.random() > 0.4:
            return
        values = list(line.values)
        for at in range(self.columns):
            if self.random.random() < 0.5:
                values[at] = self._value()
                sheet.cell(row, at + 2).value = self._shown(values[at])
        name = line.name
        if line.kind == "rad" and self.random.random() < 0.2:
            name = f"{line.name} och mer {self.random.randrange(10**6)}"
            sheet.cell(row, 1).value = name
        self.touched += 1
        self.lines[self.lines.index(line)] = TableLine(line.side, line.kind, name, line.id, tuple(values))

    def _line(self, sheet: Sheet, side: str, row: int) -> TableLine | None:
        """Return what stands on a row: found by its name and amounts, not by what the program goes by."""
        name, id = sheet.cell(row, 1).value, self._id(sheet, row)
        own = [one for one in self.lines if one.side == side and one.kind == "rad" and one.id == id]
        if own:
            return own[0]
        sums = [
            one for one in self.lines if one.side == side and one.kind in ("summa", "resultat") and one.name == name
        ]
        return sums[0] if len(sums) == 1 else None

    def _id(self, sheet: Sheet, row: int) -> str:
        column = next(cell.column for cell in sheet[1] if cell.value == IDS)
        return str(sheet.cell(row, column).value or "")

    def _value(self) -> int | str | None:
        drawn = self.random.random()
        if drawn < 0.15:
            return None
        if drawn < 0.3:
            return self.random.choice(("---", "–", "-"))
        return 0 if drawn < 0.4 else self.random.randrange(-9_999, 99_999) * self.unit

    def _shown(self, value: int | str | None) -> int | float | str | None:
        if not isinstance(value, int):
            return value
        number = value // self.unit if value % self.unit == 0 else value / self.unit
        if self.random.random() < 0.2 and isinstance(number, int) and number >= 0:
            return f"{number:,}".replace(",", self.random.choice((" ", "\u00a0", "")))  # typed as a text
        return number

    def _add_rows(self, sheet: Sheet, side: str) -> None:
        for _ in range(self.random.choice((0, 0, 1, 2))):
            rows = [row for row in range(2, sheet.max_row + 1) if self._id(sheet, row) and self._line(sheet, side, row)]
            rows = [row for row in rows if self._line(sheet, side, row).kind == "rad"]  # type: ignore[union-attr]
            if not rows:
                return
            after = self.random.choice(rows)
            line = self._line(sheet, side, after)
            assert line
            values = tuple(self._value() for _ in range(self.columns))
            if all(value is None for value in values):
                values = (self.unit, *values[1:])
            name = f"Ny rad {self.random.randrange(10**9)}"
            sheet.insert_rows(after + 1)
            for at, shown in enumerate((name, *(self._shown(value) for value in values)), 1):
                sheet.cell(after + 1, at).value = shown
            self.lines.insert(self.lines.index(line) + 1, TableLine(side, "rad", name, "", values))
            self.touched += 1


def is_only_amounts(before: str, after: str, touched: int) -> bool:
    """Whether a file is as it was but for the amounts, names and ids of some rows, and rows that are new."""
    removed, added = [], []
    for line in difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        if line.startswith("- "):
            removed.append(line[2:])
        elif line.startswith("+ "):
            added.append(line[2:])
    bare = [_bare(line) for line in added]
    return len(added) <= touched and len(removed) <= touched and all(_bare(line) in bare for line in removed)


def _bare(line: str) -> str:
    """Return a line of a row without what may have changed."""
    line = re.sub(r"belopp: \[[^\]]*\]", "belopp", line)
    return re.sub(r"\s+|,? *(?:namn|id): [^,}]*", "", line)
