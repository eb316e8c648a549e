"""Amounts: in the width that they had, one or a pasted block."""

import re
from collections.abc import Sequence

from insyn.editing.edits import Edit
from insyn.editing.finding import CELLS, COLUMNS, Spot, cell_paths, changed, find_there, is_amount, is_nothing
from insyn.editing.items import list_at
from insyn.editing.lines import Effect, is_divided, keep_comment
from insyn.editing.operations import PasteCells, Path, SetCell
from insyn.editing.refusals import Refused
from insyn.editing.scalars import text_edits
from insyn.editing.writing import outline_of, written
from insyn.reading.characters import plain_signs
from insyn.reading.spans import Outline, WrittenFile, WrittenList, WrittenText

TABLE_DEPTH = 2
"""Steps that name a table: "budget", "kostnader"."""
WORD = re.compile(r"[^\W\d_]{3}")
"""What no amount has, but a row's name."""


def paste_cells(file: WrittenFile, header: Outline, operation: PasteCells) -> Effect:
    """Write a block of amounts from a row and a column on. Raises Refused when the table is smaller than the block."""
    start = find_there(file, operation.row)
    rows = list(cell_paths(file))
    if start.steps not in rows:
        raise Refused("edit-no-amounts", start.node.begin if start.node else None)
    of_table = [row for row in rows if row[:TABLE_DEPTH] == start.steps[:TABLE_DEPTH]]
    below = of_table[of_table.index(start.steps) :][: len(operation.texts)]
    if len(below) < len(operation.texts):
        raise Refused(
            "edit-paste-rows", start.node.begin if start.node else None, rows=len(operation.texts), there=len(below)
        )
    word = next((text for texts in operation.texts for text in texts if WORD.search(text)), None)
    if word is not None:
        raise Refused("edit-paste-words", start.node.begin if start.node else None, word=word.strip())
    cells = [
        SetCell(row, operation.column + number, plain_signs(text) or None)
        for row, texts in zip(below, operation.texts, strict=True)
        for number, text in enumerate(texts)
    ]
    return set_cells(file, header, cells)


def set_cells(file: WrittenFile, header: Outline, cells: Sequence[SetCell]) -> Effect:
    """Write amounts, each in the width that it has. Raises Refused where a row has none for the column."""
    edits: list[Edit] = []
    longer: dict[int, int] = {}
    read: Outline | None = header
    for cell in cells:
        spot, value = _cell(file, cell.row, cell.column), outline_of(cell.text)
        read = changed(read, spot.steps, lambda _, value=value: value)  # type: ignore[misc]
        edit, more = _cell_edit(file, spot, cell.text)
        edits.append(edit)
        end = spot.parents[-1].end
        longer[end] = longer.get(end, 0) + more
    gaps = (gap for end, more in longer.items() if more for gap in keep_comment(file, end, more))
    return Effect((*edits, *gaps), read)


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
    return Spot((*spot.steps, column), (*spot.parents, spot.node), None, spot.node.items[column])


def _cell_edit(file: WrittenFile, spot: Spot, text: str | None) -> tuple[Edit, int]:
    """Write an amount in the width that the old one had, with the spaces before it, while it fits.

    Returns how much longer the line gets, too. What was printed in place of the old amount goes with it.
    """
    node, cells = spot.node, spot.parents[-1]
    if node is None or isinstance(node, WrittenList):
        raise Refused("edit-not-a-text", node.begin if node else None, name=CELLS)
    if not isinstance(cells, WrittenList) or not cells.in_flow or is_divided(file, node):
        if not isinstance(node, WrittenText):
            raise Refused("edit-divided", node.begin)
        return text_edits(file, spot, text)[0], 0
    raw = written(text, in_flow=True, like=node.style if isinstance(node, WrittenText) else "")
    spaces = re.compile(r"[\[,]( *)\Z").search(file.text, cells.begin, node.begin)
    begin = spaces.start(1) if spaces else node.begin
    least = " " * bool(spaces and spaces[1] and spaces[0][0] == ",")
    slot = (least + raw).rjust(node.end - begin) if len(least + raw) <= node.end - begin else least + raw
    return Edit(begin, node.end, slot), len(slot) - (node.end - begin)
