"""A small editable model of a plan, with the plan as staff write it and as the program reads it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from insyn.model import Plan
from insyn.problems import Found
from insyn.reading.plan import read_plan

Value = int | str | None
"""Kronor, "---", or None for a blank cell."""
SIDES = ("intäkter", "kostnader")
YEARS = {"prognos": 2024, "budget": 2025, "plan": 2026}


@dataclass
class Sum:
    name: str | None
    cells: dict[int, Value]
    is_first: bool = False
    """Whether a group's sum is printed above its rows."""


@dataclass
class Line:
    """A row, or a group if it has rows."""

    name: str
    cells: dict[int, Value] = field(default_factory=dict)
    """By the column's key."""
    rows: "list[Line] | None" = None
    sum: Sum | None = None
    id: str | None = None
    purpose: str = "struktur"
    parts: dict[str, int] = field(default_factory=dict)
    """The parts of a row's amount, by name."""
    key: int = 0


@dataclass
class Column:
    key: int
    id: str
    year: int
    kind: str
    label: str | None = None

    @property
    def heading(self) -> str:
        return self.label or f"{self.kind.capitalize()} {self.year}"


@dataclass
class Aim:
    """A goal or a sub-goal."""

    text: str
    id: str | None = None
    target: int | None = None
    activities: list[str] = field(default_factory=list)
    parts: "list[Aim]" = field(default_factory=list)
    key: int = 0


@dataclass
class Chapter:
    heading: str
    paragraphs: list[str]
    parts: "list[Chapter]" = field(default_factory=list)
    key: int = 0


@dataclass
class Version:
    thousands: bool
    columns: list[Column]
    sides: dict[str, list[Line]]
    totals: dict[str, Sum | None]
    result: Sum | None
    goals: list[Aim]
    chapters: list[Chapter]

    def lines(self, side: str) -> "Iterator[tuple[Line, list[Line], Line | None]]":
        """Yield each line with its siblings and its group."""
        yield from lines_of(self.sides[side], None)

    def cells(self) -> Iterator[dict[int, Value]]:
        """Yield the cells of every line and sum."""
        for side in SIDES:
            for line, _, _ in self.lines(side):
                yield line.cells
                if line.sum:
                    yield line.sum.cells
        yield from (one.cells for one in (*self.totals.values(), self.result) if one)


def lines_of(lines: list[Line], group: Line | None) -> Iterator[tuple[Line, list[Line], Line | None]]:
    for line in lines:
        yield line, lines, group
        yield from lines_of(line.rows or [], line)


def chapters_of(chapters: list[Chapter]) -> Iterator[tuple[Chapter, list[Chapter]]]:
    for chapter in chapters:
        yield chapter, chapters
        yield from chapters_of(chapter.parts)


# --- As written ---------------------------------------------------------------------------------------------------


def written(version: Version) -> str:
    """Return the plan as staff write it."""
    text = ["---", "schema: finsam-plan/1", "förbund: norr", "titel: Plan", "år: 2025", "status: förslag"]
    if version.goals:
        text += ["mål:", *(line for goal in version.goals for line in _goal(goal))]
    text += ["budget:", f"  enhet: {'tkr' if version.thousands else 'kr'}", "  kapitalmodell: separat", "  kolumner:"]
    for column in version.columns:
        label = f', etikett: "{column.label}"' if column.label else ""
        text.append(f"    - {{id: {column.id}, år: {column.year}, typ: {column.kind}{label}}}")
    for side in SIDES:
        rows = [line for one in version.sides[side] for line in _line(one, 6, version, side)]
        text += [f"  {side}:", "    rader:" if rows else "    rader: []", *rows]
        if total := version.totals[side]:
            text.append(f'    summa: {{namn: "{total.name}", belopp: {_cells(total.cells, version)}}}')
    if version.result:
        text.append(f'  resultat: {{namn: "{version.result.name}", belopp: {_cells(version.result.cells, version)}}}')
    return "\n".join([*text, "---", "", *_chapters(version.chapters, 1)]) + "\n"


def _line(line: Line, margin: int, version: Version, side: str) -> Iterator[str]:
    space = " " * margin
    if line.rows is None:
        own = f", id: {line.id}" if line.id else ""
        kind = "part: övrigt" if side == "intäkter" else f"ändamål: {line.purpose}"
        own_column = next(column.id for column in version.columns if column.year == YEARS["budget"])
        parts = ", ".join(f'{{namn: "{name}", belopp: {value}}}' for name, value in line.parts.items())
        inner = f", nedbrytning: {{rubrik: Delar, enhet: kr, kolumn: {own_column}, rader: [{parts}]}}" if parts else ""
        yield f'{space}- {{namn: "{line.name}"{own}, {kind}, belopp: {_cells(line.cells, version)}{inner}}}'
        return
    yield f'{space}- grupp: "{line.name}"'
    if line.sum:
        name = f'namn: "{line.sum.name}", ' if line.sum.name else ""
        name += "placering: före, " if line.sum.is_first else ""
        yield f"{space}  summa: {{{name}belopp: {_cells(line.sum.cells, version)}}}"
    yield f"{space}  rader:" if line.rows else f"{space}  rader: []"
    for row in line.rows:
        yield from _line(row, margin + 4, version, side)


def _cells(cells: dict[int, Value], version: Version) -> str:
    return f"[{', '.join(_value(cells[column.key], version) for column in version.columns)}]"


def _value(value: Value, version: Version) -> str:
    if value is None:
        return "~"
    return '"---"' if isinstance(value, str) else str(value // 1000 if version.thousands else value)


def _goal(goal: Aim) -> Iterator[str]:
    yield f'  - text: "{goal.text}"'
    if goal.id:
        yield f"    id: {goal.id}"
    if goal.parts:
        yield "    delmål:"
    for part in goal.parts:
        yield f'      - text: "{part.text}"'
        if part.activities:
            yield f"        aktiviteter: [{', '.join(part.activities)}]"
        if part.target is not None:
            yield f'        målvärde: {{riktning: minst, värde: {part.target}, enhet: "%"}}'


def _chapters(chapters: Sequence[Chapter], level: int) -> Iterator[str]:
    for chapter in chapters:
        yield f"{'#' * level} {chapter.heading}\n"
        yield from (f"{paragraph}\n" for paragraph in chapter.paragraphs)
        yield from _chapters(chapter.parts, level + 1)


def plan_of(version: Version) -> Plan:
    found = Found()
    plan = read_plan(written(version), "norr/plan.md", association="norr", year=2025, found=found)
    assert plan is not None, found.problems
    assert not found.problems, (found.problems, written(version))
    return plan


def seen(text: str) -> str:
    """Return a text without invisible characters."""
    return text.replace("\u00ad", "").replace("\u2060", "")
