"""Amounts: in the width that they had, one or a pasted block."""

import re
from collections.abc import Sequence

from insyn.editing.edits import Edit
from insyn.editing.entries import key_removal
from insyn.editing.finding import CELLS, COLUMNS, Spot, cell_paths, changed, find_there, is_amount, is_nothing
from insyn.editing.items import list_at
from insyn.editing.lines import (
    Effect,
    is_divided,
    keep_comment,
)
from insyn.editing.operations import (
    PasteCells,
    Path,
)
from insyn.editing.refusals import Refused
from insyn.editing.scalars import text_edits
from insyn.editing.writing import outline_of, written
from insyn.reading.characters import fold, plain_signs
from insyn.reading.keys import CellKeys
from insyn.reading.spans import (
    Outline,
    WrittenEntry,
    WrittenFile,
    WrittenList,
    WrittenMapping,
    WrittenText,
)

VALUE, PRINTED = CellKeys.value.name, CellKeys.printed.name


def paste_cells(file: WrittenFile, header: Outline, operation: PasteCells) -> Effect:
    start = find_there(file, operation.row)
    rows = list(cell_paths(file))
    if start.steps not in rows:
        raise Refused("edit-no-amounts", start.node.begin if start.node else None)
    below = rows[rows.index(start.steps) :][: len(operation.texts)]
    if len(below) < len(operation.texts):
        raise Refused(
            "edit-paste-rows", start.node.begin if start.node else None, rows=len(operation.texts), there=len(below)
        )
    cells = [
        (row, operation.column + number, plain_signs(text) or None)
        for row, texts in zip(below, operation.texts, strict=True)
        for number, text in enumerate(texts)
    ]
    return set_cells(file, header, cells)


def set_cells(file: WrittenFile, header: Outline, cells: Sequence[tuple[Path, int, str | None]]) -> Effect:
    edits: list[Edit] = []
    longer: dict[int, int] = {}
    read: Outline | None = header
    for row, column, text in cells:
        spot = _cell(file, row, column)
        read = changed(read, spot.steps, lambda _, text=text: outline_of(text))  # type: ignore[misc]
        edit, more = _cell_edit(file, spot, text)
        edits.append(edit)
        end = spot.parents[-1].end
        longer[end] = longer.get(end, 0) + more
        if printed := _printed(spot):
            read = changed(read, (*spot.steps[:-1], fold(PRINTED)), lambda _: None)
            edits.extend(key_removal(file, *printed))
    gaps = (gap for end, more in longer.items() if more for gap in keep_comment(file, end, more))
    return Effect((*edits, *gaps), read)


def _printed(spot: Spot) -> tuple[WrittenMapping, WrittenEntry] | None:
    """Return what an amount was printed as, which a new amount isn't."""
    cell = spot.parents[-1]
    entry = cell.entry(PRINTED) if isinstance(cell, WrittenMapping) else None
    return (cell, entry) if entry and isinstance(cell, WrittenMapping) else None


def _cell(file: WrittenFile, row: Path, column: int) -> Spot:
    """Return where an amount stands. Raises Refused where the row hasn't one for the column."""
    total = find_there(file, row).node
    if isinstance(total, WrittenText):
        raise Refused("edit-cell-computed", total.begin)
    spot = find_there(file, (*row, CELLS))
    if not isinstance(spot.node, WrittenList):
        one = len(list_at(file, COLUMNS).items) == 1
        if (
            column == 0
            and one
            and isinstance(spot.node, WrittenText)
            and (is_nothing(spot.node) or is_amount(spot.node))
        ):
            return spot
        raise Refused("edit-cell-computed", spot.node.begin if spot.node else None)
    if not 0 <= column < len(spot.node.items):
        raise Refused("edit-cell-missing", spot.node.begin, column=column + 1, cells=len(spot.node.items))
    cell = spot.node.items[column]
    inner = Spot((*spot.steps, column), (*spot.parents, spot.node), None, cell)
    if not isinstance(cell, WrittenMapping):
        return inner
    value = cell.entry(VALUE)
    if value is None:
        raise Refused("edit-step", cell.begin, item=VALUE)
    return Spot((*inner.steps, fold(VALUE)), (*inner.parents, cell), value, value.value)


def _cell_edit(file: WrittenFile, spot: Spot, text: str | None) -> tuple[Edit, int]:
    """Write an amount in the width that the old one had, with the spaces before it, while it fits.

    Returns how much longer the line gets, too.
    """
    node, cells = spot.node, spot.parents[-1]
    if not isinstance(node, WrittenText):
        raise Refused("edit-not-a-text", node.begin if node else None, name=CELLS)
    if not isinstance(cells, WrittenList) or not cells.in_flow or is_divided(file, node):
        return text_edits(file, spot, text)[0], 0
    raw = written(text, in_flow=True, like=node.style)
    spaces = re.compile(r"[\[,]( *)\Z").search(file.text, cells.begin, node.begin)
    begin = spaces.start(1) if spaces else node.begin
    least = " " * bool(spaces and spaces[1] and spaces[0][0] == ",")
    slot = (least + raw).rjust(node.end - begin) if len(least + raw) <= node.end - begin else least + raw
    return Edit(begin, node.end, slot), len(slot) - (node.end - begin)
