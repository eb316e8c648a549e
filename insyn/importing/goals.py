"""From a table of goals to the plan's goals: each with its sub-goals, activities and measures."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from insyn.importing.document import Grid, SourceDocument, SourcePlace
from insyn.importing.readers.inline import bare

GOAL, SUB_GOAL, ACTIVITIES, MEASURES, RESPONSIBLE = "goal", "sub_goal", "activities", "measures", "responsible"
HEADINGS = {
    GOAL: re.compile(r"(?:huvud|övergripande )?mål(?:område)?", re.I),
    SUB_GOAL: re.compile(r"del-?mål", re.I),
    ACTIVITIES: re.compile(r"aktivitet(?:er)?|insats(?:er)?|utförande(?:/aktiviteter)?", re.I),
    MEASURES: re.compile(r"mätning(?: av måluppfyllelse)?|mått|mätbart|indikator(?:er)?", re.I),
    RESPONSIBLE: re.compile(r"ansvarig(?:a)?", re.I),
}
"""What a column holds, by its heading. A table with any other column stays a table."""
POINT = re.compile(r"(?:\A|(?<!\s)\s+)[•·▪‣*]\s+")


class FoundText(Struct, frozen=True):
    """An activity or a measure, and the points of a list beneath it."""

    text: str
    points: tuple[str, ...] = ()


class FoundSubGoal(Struct, frozen=True):
    text: str
    activities: tuple[FoundText, ...]
    measures: tuple[FoundText, ...]
    responsible: str


class FoundGoal(Struct, frozen=True):
    text: str
    sub_goals: tuple[FoundSubGoal, ...]


class FoundGoals(Struct, frozen=True):
    """A table of goals as it was read."""

    goals: tuple[FoundGoal, ...]
    headings: tuple[tuple[str, str], ...]
    """What each column is, and how its heading is printed."""
    grid: Grid

    @property
    def origin(self) -> SourcePlace:
        return self.grid.origin


def find_goals(document: SourceDocument) -> FoundGoals | None:
    """Return the goals of the first table that has goals and sub-goals; None where there is none.

    A goal stands once, with its sub-goals in the rows under it. A row without a sub-goal, or with several goals in its
    cell, can't be told apart: then the table stays a table.
    """
    grids = (block for block in document.blocks if isinstance(block, Grid))
    return next((found for grid in grids if (found := _goals_of(grid))), None)


def _goals_of(grid: Grid) -> FoundGoals | None:
    headings = [" ".join(bare(cell.text).split()) for cell in grid.rows[0]]
    kinds = [_kind(heading) for heading in headings]
    known = [kind for kind in kinds if kind]
    if not {GOAL, SUB_GOAL} <= set(known) or len(set(known)) != len(headings):
        return None
    rows = [dict(zip(known, (cell.text.strip() for cell in row), strict=True)) for row in grid.rows[1:]]
    goals = tuple(_goals(rows))
    if not rows or not goals or sum(len(goal.sub_goals) for goal in goals) != len(rows):
        return None
    return FoundGoals(goals, tuple(zip(known, headings, strict=True)), grid)


def _kind(heading: str) -> str | None:
    return next((kind for kind, said in HEADINGS.items() if said.fullmatch(heading)), None)


def _goals(rows: Sequence[dict[str, str]]) -> Iterator[FoundGoal]:
    """Yield the goals; none at all where a row can't be read."""
    found: list[tuple[str, list[FoundSubGoal]]] = []
    for row in rows:
        goal, sub_goal = _line(row[GOAL]), _line(row[SUB_GOAL])
        if "\n" in row[GOAL] or "\n" in row[SUB_GOAL] or not sub_goal or not (goal or found):
            return
        if goal:
            found.append((goal, []))
        activities, measures = (tuple(_texts(row.get(kind, ""))) for kind in (ACTIVITIES, MEASURES))
        found[-1][1].append(FoundSubGoal(sub_goal, activities, measures, _line(row.get(RESPONSIBLE, ""))))
    yield from (FoundGoal(text, tuple(sub_goals)) for text, sub_goals in found)


def _texts(cell: str) -> Iterator[FoundText]:
    """Yield what stands in a cell, a text for each line; points after a line are its own."""
    found: list[tuple[str, list[str]]] = []
    for line in cell.split("\n"):
        text, *points = (_line(part) for part in POINT.split(line))
        if text:
            found.append((text, []))
        for point in points:
            if found and (text or found[-1][1] or len(found) == 1):
                found[-1][1].append(point)
            else:
                found.append((point, []))
    yield from (FoundText(text, tuple(points)) for text, points in found)


def _line(text: str) -> str:
    return " ".join(bare(text).split())
