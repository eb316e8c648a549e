"""Which element of a plan's page shows which place in its file, and the reverse."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from insyn.markdown.parsed import ParsedText
from insyn.markdown.render import TABLE_CAPTION
from insyn.model import Block, BudgetGroup, BudgetRow, Cell, Plan, Position
from insyn.pages.budget_tables import BLOCK_HEADINGS
from insyn.problems import Place
from insyn.swedish import slug

TEXT = "#planens_text > *"
"""The blocks of the plan's own text."""


class SourceAnchor(Struct, frozen=True):
    """A stretch of a plan's file, and the element that shows it: the `number`th that `selector` finds on the page."""

    line: int
    end_line: int
    """Exclusive."""
    column: int
    end_column: int
    """Exclusive; both are 0 for whole lines."""
    selector: str
    number: int = 0

    def covers(self, line: int, column: int) -> bool:
        """Whether a place lies in the stretch."""
        is_within = not self.end_column or self.column <= column < self.end_column
        return self.line <= line < self.end_line and is_within

    @property
    def extent(self) -> tuple[int, int]:
        """How much it covers: of two stretches around a place, the smaller tells more."""
        return self.end_line - self.line, (self.end_column - self.column) if self.end_column else 1_000_000


def anchors_of(plan: Plan, body: ParsedText) -> tuple[SourceAnchor, ...]:
    """Return the anchors of a plan's page. `body` is its text, parsed and not rendered."""
    return (*_of_front_matter(plan), *_of_text(plan, body))


def nearest(anchors: Sequence[SourceAnchor], line: int, column: int) -> SourceAnchor | None:
    """Return the smallest anchor around a place."""
    around = [anchor for anchor in anchors if anchor.covers(line, column)]
    return min(around, key=lambda anchor: anchor.extent, default=None)


def moved(anchors: Sequence[SourceAnchor], before: Sequence[str], after: Sequence[str]) -> tuple[SourceAnchor, ...]:
    """Return anchors of a file's earlier lines as they lie in its lines now. Those in what was edited keep their order.

    What is shown may be an earlier version than the one that has problems.
    """
    if before == after:
        return tuple(anchors)
    shortest = min(len(before), len(after))
    start = next((at for at in range(shortest) if before[at] != after[at]), shortest)
    end = next((at for at in range(shortest - start) if before[-1 - at] != after[-1 - at]), shortest - start)
    further, kept_after = len(after) - len(before), len(before) - end

    def place(line: int) -> int:
        return line if line <= start or line <= kept_after + min(further, 0) else line + further

    return tuple(
        replace(one, line=place(one.line), end_line=max(place(one.end_line), place(one.line) + 1)) for one in anchors
    )


# --- The front matter -----------------------------------------------------------------------------------------------


def _of_front_matter(plan: Plan) -> Iterator[SourceAnchor]:
    yield from _whole(plan.title_place, "main h1")
    yield from _whole(plan.status_place, ".hero__meta")
    if plan.decision:
        yield from _whole(plan.decision.place, "#beslut")
    yield from _of_block("income", plan.budget.income)
    yield from _of_block("costs", plan.budget.costs)
    if result := plan.budget.result:
        yield from _cells(result.place, result.cells, ".table__result")
    if equity := plan.budget.equity:
        opening = [(equity.opening.place, equity.opening.cell)] if equity.opening else []
        closing = [(equity.closing.place, cell) for cell in equity.closing.cells] if equity.closing else []
        for number, (place, cell) in enumerate([*opening, *closing]):
            yield from _whole(place, f"{_table('eget-kapital')} tbody tr", number)
            yield from _exact(cell.place, f"{_table('eget-kapital')} tbody td", number)
    yield from _of_goals(plan)
    for number, deviation in enumerate(plan.budget.deviations):
        yield from _whole(deviation.place, "details:has(#avvikelser) dt", number)


def _of_block(name: str, block: Block) -> Iterator[SourceAnchor]:
    title = slug(BLOCK_HEADINGS[name])
    yield from _of_rows(block.rows, title, _Counts(f"tabell-{title}"))
    if block.total:
        yield from _cells(block.total.place, block.total.cells, f"{_table(f'tabell-{title}')} .table__total")


class _Counts:
    """Counts lines without an id in one table, by kind."""

    def __init__(self, table: str) -> None:
        self._table, self._counts = table, {"group": 0, "subtotal": 0}

    def next(self, kind: str) -> tuple[str, int]:
        number = self._counts[kind]
        self._counts[kind] += 1
        return f"{_table(self._table)} .table__{kind}", number


def _of_rows(rows: Sequence[BudgetRow | BudgetGroup], title: str, counts: _Counts) -> Iterator[SourceAnchor]:
    """Yield anchors in the order in which `budget_tables` lays lines out."""
    for row in rows:
        if isinstance(row, BudgetRow):
            yield from _cells(row.place, row.cells, f'[id="rad.{title}.{row.id}"]')
            continue
        subtotal = row.subtotal
        cells = subtotal.cells if subtotal and subtotal.position is Position.BEFORE else ()
        if row.printed or cells:
            yield from _cells(row.place, cells, *counts.next("group"))
        yield from _of_rows(row.rows, title, counts)
        if subtotal and not cells:
            yield from _cells(subtotal.place, subtotal.cells, *counts.next("subtotal"))


def _of_goals(plan: Plan) -> Iterator[SourceAnchor]:
    rows = f"{_table('tabell-mal')} tbody tr"
    number = 0
    for goal in plan.goals:
        for place in (goal.place, *(one.place for one in goal.sub_goals)):
            yield from _whole(place, rows, number)
            number += 1


def _cells(place: Place, cells: Sequence[Cell], line: str, number: int = 0) -> Iterator[SourceAnchor]:
    """Yield a line of a table and each cell of it."""
    yield from _whole(place, line, number)
    for column, cell in enumerate(cells, 1):
        yield from _exact(cell.place, f"{line} > td:nth-of-type({column})", number)


def _table(caption: str) -> str:
    return f"table:has(> #{caption})"


def _whole(place: Place, selector: str, number: int = 0) -> Iterator[SourceAnchor]:
    if place.file:
        yield SourceAnchor(place.line, place.line + 1, 0, 0, selector, number)


def _exact(place: Place, selector: str, number: int) -> Iterator[SourceAnchor]:
    if place.file and place.end_column:
        yield SourceAnchor(place.line, place.line + 1, place.column, place.end_column, selector, number)


# --- The text -------------------------------------------------------------------------------------------------------


def _of_text(plan: Plan, body: ParsedText) -> Iterator[SourceAnchor]:
    """Yield the blocks of the text, in the order in which they stand on the page."""
    number = 0
    for at, token in enumerate(body.tokens):
        if token.level or token.nesting < 0 or token.map is None or _is_caption(body, at):
            continue
        start, end = token.map
        yield SourceAnchor(plan.body_line + start, plan.body_line + end, 0, 0, TEXT, number)
        number += 1


def _is_caption(body: ParsedText, at: int) -> bool:
    """Whether a paragraph becomes the caption of the table after it."""
    paragraph = body.tokens[at : at + 4]
    return [one.type for one in paragraph[::3]] == ["paragraph_open", "table_open"] and bool(
        TABLE_CAPTION.match(paragraph[1].content)
    )
