"""Columns of a budget: each with its amount in every row."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from insyn.editing.edits import Edit
from insyn.editing.finding import CELLS, COLUMNS, cell_paths, changed, find_there, is_amount, is_nothing
from insyn.editing.items import add_items, in_order, list_at, move_item, moved, remove
from insyn.editing.lines import Effect, is_divided
from insyn.editing.operations import AddColumn, AddItem, MoveColumn, MoveItem, Remove, RemoveColumn
from insyn.editing.refusals import Refused
from insyn.editing.writing import outline_of, written
from insyn.reading.keys import ColumnKeys, PlanKeys
from insyn.reading.spans import (
    Leaf,
    Outline,
    WrittenFile,
    WrittenList,
    WrittenMapping,
    WrittenNode,
    WrittenText,
    texts_in,
)


def change_columns(file: WrittenFile, header: Outline, operation: AddColumn | MoveColumn | RemoveColumn) -> Effect:
    """Change the columns, and the amounts of every row that has one for each."""
    columns = list_at(file, COLUMNS)
    change = _change_of_columns(file, header, columns, operation)
    edits, read = list(change.edits), change.header
    for path in cell_paths(file):
        if _is_computed(find_there(file, path).node):
            continue
        cells = find_there(file, (*path, CELLS))
        if _is_computed(cells.node):
            continue
        slots = _slots(file, cells.node, len(columns.items))
        edits.append(Edit(*_inside(cells.node), _joined(_changed_slots(slots, operation, columns.begin))))
        read = changed(read, cells.steps, lambda old: _changed_cells(old, operation))
    return replace(change, edits=tuple(edits), header=read)


def _change_of_columns(
    file: WrittenFile, header: Outline, columns: WrittenList, operation: AddColumn | MoveColumn | RemoveColumn
) -> Effect:
    match operation:
        case AddColumn():
            return add_items(file, header, AddItem(COLUMNS, operation.at, operation.column), PlanKeys)
        case MoveColumn():
            return move_item(file, header, MoveItem(COLUMNS, operation.column, operation.to))
    _check_unused(file, columns, operation.column)
    return remove(file, header, Remove((*COLUMNS, operation.column)))


def _check_unused(file: WrittenFile, columns: WrittenList, number: int) -> None:
    """Raises Refused when something else in the budget names a column, which would then lead nowhere."""
    column = columns.items[number] if 0 <= number < len(columns.items) else None
    entry = column.entry(ColumnKeys.id.name) if isinstance(column, WrittenMapping) else None
    if column is None or entry is None or not isinstance(entry.value, WrittenText) or len(columns.items) == 1:
        raise Refused("edit-item-missing", columns.begin, item=number)
    name = re.compile(rf"(?<![\w-]){re.escape(entry.value.text)}(?![\w-])")
    others = (one for one in texts_in(file.header) if not columns.begin <= one.begin < columns.end)
    for one in others:
        if name.search(one.text):
            raise Refused("edit-column-used", one.begin, column=entry.value.text)


def _is_computed(node: WrittenNode | None) -> bool:
    return isinstance(node, WrittenText) and not is_amount(node) and not is_nothing(node)


def _slots(file: WrittenFile, node: WrittenNode | None, columns: int) -> list[str]:
    """Return each of a row's amounts as it is written, with the spaces that put it in its column."""
    if isinstance(node, WrittenText) and columns == 1:
        return [file.text[node.begin : node.end] or "~"]
    if not isinstance(node, WrittenList) or not node.in_flow or is_divided(file, node):
        raise Refused("edit-divided", node.begin if node else None)
    if len(node.items) != columns:
        raise Refused("edit-cell-count", node.begin, cells=len(node.items), columns=columns)
    begins = [node.begin + 1, *(one.end for one in node.items[:-1])]
    raws = [file.text[begin : item.end] for begin, item in zip(begins, node.items, strict=True)]
    return [raws[0], *(re.sub(r"\A\s*, ?", "", raw) for raw in raws[1:])]


def _inside(node: WrittenNode | None) -> tuple[int, int]:
    assert node
    return node.begin, node.end


def _joined(slots: Sequence[str]) -> str:
    return f"[{', '.join(slots)}]"


def _changed_slots(slots: list[str], operation: AddColumn | MoveColumn | RemoveColumn, place: int) -> list[str]:
    match operation:
        case AddColumn():
            return [*slots[: operation.at], written(operation.text, in_flow=True), *slots[operation.at :]]
        case MoveColumn():
            return [slots[number] for number in moved(list(range(len(slots))), operation.column, operation.to, place)]
    return [slot for number, slot in enumerate(slots) if number != operation.column]


def _changed_cells(old: Outline | None, operation: AddColumn | MoveColumn | RemoveColumn) -> Outline:
    cells = old if isinstance(old, tuple) else (old or Leaf(None),)
    match operation:
        case AddColumn():
            return (*cells[: operation.at], outline_of(operation.text), *cells[operation.at :])
        case MoveColumn():
            return in_order(cells, moved(list(range(len(cells))), operation.column, operation.to, 0))
    return tuple(cell for number, cell in enumerate(cells) if number != operation.column)
