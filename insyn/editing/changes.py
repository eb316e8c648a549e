"""From an operation to the edits that do it, and to what is to be read afterwards."""

from insyn.editing.amounts import paste_cells, set_cells
from insyn.editing.chapters import chapter_edit
from insyn.editing.columns import change_columns
from insyn.editing.items import add_items, move_item, remove
from insyn.editing.lines import Effect
from insyn.editing.operations import (
    AddColumn,
    AddItem,
    AddItems,
    AnyOperation,
    MoveColumn,
    MoveItem,
    PasteCells,
    Remove,
    RemoveColumn,
    SetCell,
    SetCells,
    SetChapter,
    SetText,
)
from insyn.editing.scalars import set_text
from insyn.reading.key_kinds import Keys
from insyn.reading.spans import Outline, WrittenFile


def change_for(file: WrittenFile, header: Outline, operation: AnyOperation, root: type[Keys]) -> Effect:
    """Return how an operation is done in a file. Raises Refused where it can't be done without a guess."""
    if isinstance(operation, SetText):
        return set_text(file, header, operation, root)
    if isinstance(operation, AddItem | AddItems):
        return add_items(file, header, operation, root)
    if isinstance(operation, AddColumn | MoveColumn | RemoveColumn):
        return change_columns(file, header, operation)
    return _without_keys(file, header, operation)


def _without_keys(
    file: WrittenFile, header: Outline, operation: SetCell | SetCells | PasteCells | MoveItem | Remove | SetChapter
) -> Effect:
    """Return how an operation is done that has no need of the table of keys."""
    match operation:
        case SetCell():
            return set_cells(file, header, [operation])
        case SetCells():
            return set_cells(file, header, operation.cells)
        case PasteCells():
            return paste_cells(file, header, operation)
        case MoveItem():
            return move_item(file, header, operation)
        case Remove():
            return remove(file, header, operation)
    return Effect((chapter_edit(file, operation),), header)
