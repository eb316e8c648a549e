"""Does every note mark have its footnote in the same block, and every footnote its mark? (K11.)"""

import re
from collections.abc import Iterable, Iterator

from insyn.model import Amount, Block, Budget, Cell, Note, Plan
from insyn.money.budget import groups_of, rows_of
from insyn.problems import Place, Problem, problem
from insyn.reading.characters import QUOTES

Mark = tuple[str, Place]


def marks_in(written: str | None) -> tuple[str, ...]:
    """Split "1, 2" into its marks."""
    return tuple(part for part in re.split(r"[,\s]+", written or "") if part)


def bare(mark: str) -> str:
    """Return a mark without the bracket that some tables print after it."""
    return mark.rstrip(")")


def check(plan: Plan) -> Iterator[Problem]:
    """Check each block by itself: the same mark may mean different things in two of them."""
    budget = plan.budget
    yield from _check_block(_budget_marks(budget), budget.notes)
    if budget.financial_goals:
        marks = ((goal.mark, goal.place) for goal in budget.financial_goals.points)
        yield from _check_block(_split(marks), budget.financial_goals.notes)
    yield from _check_block(_split(_goal_marks(plan)), plan.goal_notes)
    if plan.follow_up:
        marks = ((point.mark, point.place) for point in plan.follow_up.points)
        yield from _check_block(_split(marks), plan.follow_up.notes)


def _check_block(used: Iterable[Mark], notes: tuple[Note, ...]) -> Iterator[Problem]:
    marks = tuple(used)
    defined = {bare(note.mark) for note in notes}
    for mark, place in marks:
        if bare(mark) not in defined:
            hint = "note-quotes" if mark[0] in QUOTES else "note-missing"
            yield problem("note-undefined", place, hint=hint, mark=mark)
    mentioned = {bare(mark).strip(QUOTES) for mark, _ in marks}
    for earlier, note in enumerate(notes):
        if bare(note.mark) in {bare(other.mark) for other in notes[:earlier]}:
            yield problem("note-repeated", note.place, mark=note.mark)
        if bare(note.mark) not in mentioned:
            yield problem("note-unused", note.place, mark=note.mark)


def _goal_marks(plan: Plan) -> Iterator[tuple[str | None, Place]]:
    for goal in plan.goals:
        yield goal.mark, goal.place
        yield from ((sub_goal.mark, sub_goal.place) for sub_goal in goal.sub_goals)


def _budget_marks(budget: Budget) -> Iterator[Mark]:
    for block in (budget.income, budget.costs):
        yield from _block_marks(block)
    if budget.result:
        yield from _cell_marks(budget.result.cells)
    if budget.equity and budget.equity.opening:
        yield from _cell_marks([budget.equity.opening.cell])
    if budget.equity and budget.equity.closing:
        yield from _cell_marks(budget.equity.closing.cells)


def _block_marks(block: Block) -> Iterator[Mark]:
    for row in rows_of(block.rows):
        yield from _split([(row.mark, row.place)])
        yield from _cell_marks(row.cells)
    for group in groups_of(block.rows):
        if group.subtotal:
            yield from _cell_marks(group.subtotal.cells)
    if block.total:
        yield from _cell_marks(block.total.cells)


def _cell_marks(cells: Iterable[Cell]) -> Iterator[Mark]:
    return _split((cell.mark, cell.place) for cell in cells if isinstance(cell, Amount))


def _split(marks: Iterable[tuple[str | None, Place]]) -> Iterator[Mark]:
    for written, place in marks:
        for mark in marks_in(written):
            yield mark, place
