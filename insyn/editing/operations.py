"""What can be asked to be changed in a file of the content folder, as values. A browser sends them as JSON.

A path leads to a place in the front matter, step by step: a key's name, the number of an item in a list, or the item's
id. `("budget", "kostnader", "rader", "kansli", "belopp")` are the amounts of the row "Kansli". A text is written so
that it reads back as that text; None is written as "~". An amount is a text: "119 465", "-" for a dash, "0".
"""

from collections.abc import Mapping

from msgspec import Struct

Path = tuple[int | str, ...]
Value = str | None | tuple[str | None, ...]
"""A text, nothing, or a list of these."""


class Operation(Struct, frozen=True, tag_field="op"):
    """Something to do with a file. The subclasses are all there is."""


class SetText(Operation, frozen=True, tag="set-text"):
    """Write a text; a key that isn't there is added, in the order of the table of keys."""

    path: Path
    text: str | None


class SetCell(Operation, frozen=True, tag="set-cell"):
    """Write the amount of a row in a column, counted from 0. `row` leads to what has the amounts: a row or a sum."""

    row: Path
    column: int
    text: str | None


class SetCells(Operation, frozen=True, tag="set-cells"):
    """Write several amounts at once, each in its place."""

    cells: tuple[SetCell, ...]


class PasteCells(Operation, frozen=True, tag="paste-cells"):
    """Write a block of amounts, as it is copied from a sheet, with its upper left at a row and a column.

    What the sheet has on its next line goes to the next row of the same table. Empty is written as "~".
    """

    row: Path
    column: int
    texts: tuple[tuple[str, ...], ...]


Item = Mapping[str, Value] | str
"""An item of a list: a mapping, or a text."""


class AddItem(Operation, frozen=True, tag="add-item"):
    """Add an item to a list before the one that has a number: a mapping, or a text. The list may be missing."""

    path: Path
    at: int
    item: Item


class AddItems(Operation, frozen=True, tag="add-items"):
    """Add several items in a row, as `AddItem` adds one."""

    path: Path
    at: int
    items: tuple[Item, ...]


class MoveItem(Operation, frozen=True, tag="move-item"):
    """Move an item of a list so that it gets the number `to`."""

    path: Path
    item: int
    to: int


class Remove(Operation, frozen=True, tag="remove"):
    """Remove a key with its value, or an item of a list."""

    path: Path


class AddColumn(Operation, frozen=True, tag="add-column"):
    """Add a column to the budget before the one that has a number, with one text in every row."""

    at: int
    column: Mapping[str, Value]
    text: str | None = None


class MoveColumn(Operation, frozen=True, tag="move-column"):
    """Move a column so that it gets the number `to`, and its amounts with it."""

    column: int
    to: int


class RemoveColumn(Operation, frozen=True, tag="remove-column"):
    """Remove a column and its amounts."""

    column: int


class SetChapter(Operation, frozen=True, tag="set-chapter"):
    """Write the Markdown of a chapter, its heading too, by its number in `chapters`."""

    chapter: int
    text: str


AnyOperation = (
    SetText
    | SetCell
    | SetCells
    | PasteCells
    | AddItem
    | AddItems
    | MoveItem
    | Remove
    | AddColumn
    | MoveColumn
    | RemoveColumn
    | SetChapter
)
