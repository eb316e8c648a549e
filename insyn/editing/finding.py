"""From a path to what stands there, in the file as it is written."""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from insyn.editing.operations import Path
from insyn.editing.refusals import Refused
from insyn.reading.characters import fold
from insyn.reading.key_kinds import CellsKey, Keys, MappingKey, MappingsKey, NamedMappingsKey
from insyn.reading.keys import (
    BlockKeys,
    BudgetGroupKeys,
    BudgetKeys,
    BudgetRowKeys,
    CellKeys,
    GoalKeys,
    PlanKeys,
    SubtotalKeys,
)
from insyn.reading.spans import (
    Outline,
    WrittenEntry,
    WrittenFile,
    WrittenList,
    WrittenMapping,
    WrittenNode,
    WrittenText,
)
from insyn.swedish import slug

ID = BudgetRowKeys.id.name
CELLS = BudgetRowKeys.cells.name
COLUMNS: Path = (PlanKeys.budget.name, BudgetKeys.columns.name)
"""The path to the columns of a budget."""
NAMES = (BudgetRowKeys.name.name, BudgetGroupKeys.name.name, GoalKeys.text.name)
"""What an item without an id is found by."""


class Spot(Struct, frozen=True):
    """A place in front matter: how it is reached, by compared keys and numbers, and what stands there, if anything."""

    steps: Path
    parents: tuple[WrittenNode, ...]
    """From the whole front matter to what holds it."""
    entry: WrittenEntry | None
    """The key that it is the value of."""
    node: WrittenNode | None
    missing: Path = ()
    """The steps that lead on from here, where nothing stands."""


def find(file: WrittenFile, path: Path) -> Spot:
    """Follow a path as far as it goes. Raises Refused where a step can't be taken."""
    spot = Spot((), (), None, file.header)
    for number, step in enumerate(path):
        node = spot.node
        if isinstance(node, WrittenMapping) and isinstance(step, str):
            _check_once(node, step)
            entry = node.entry(step)
            if entry is None:
                return Spot(spot.steps, spot.parents, spot.entry, node, path[number:])
            spot = Spot((*spot.steps, fold(step)), (*spot.parents, node), entry, entry.value)
        elif isinstance(node, WrittenList):
            at = step if isinstance(step, int) else number_of(node, step)
            if not 0 <= at < len(node.items):
                raise Refused("edit-item-missing", node.begin, item=step)
            spot = Spot((*spot.steps, at), (*spot.parents, node), None, node.items[at])
        elif isinstance(node, WrittenText) and is_nothing(node):
            return Spot(spot.steps, spot.parents, spot.entry, node, path[number:])
        else:
            raise Refused("edit-step", node.begin if node else None, item=step)
    return spot


def find_there(file: WrittenFile, path: Path) -> Spot:
    """Follow a path to the end. Raises Refused where nothing stands."""
    spot = find(file, path)
    if spot.missing:
        raise Refused("edit-step", spot.node.begin if spot.node else None, item=spot.missing[0])
    return spot


def _check_once(node: WrittenMapping, key: str) -> None:
    same = [entry for entry in node.entries if fold(entry.key.text) == fold(key)]
    if len(same) > 1:
        raise Refused("edit-key-twice", same[1].begin, name=key)


def is_nothing(node: WrittenNode) -> bool:
    """Whether nothing is said: "~", or nothing at all."""
    return isinstance(node, WrittenText) and not node.style and node.text in {"", "~", "null", "Null", "NULL"}


def is_amount(node: WrittenText) -> bool:
    """Whether an amount is written, rather than that the site is to work it out."""
    return bool(re.search(r"\d", node.text))


def text_of(node: WrittenNode | None) -> str | None:
    """Return the text that stands in a place; None where nothing does, or more than a text."""
    return None if not isinstance(node, WrittenText) or is_nothing(node) else node.text


def cell_text(node: WrittenNode) -> str | None:
    """Return an amount as it is written, with its mark, however the cell is written: "4 184*"."""
    if not isinstance(node, WrittenMapping):
        return text_of(node)
    value, mark = node.entry(CellKeys.value.name), node.entry(CellKeys.mark.name)
    text = text_of(value.value) if value else None
    return None if text is None else f"{text}{(text_of(mark.value) or '') if mark else ''}"


def number_of(node: WrittenList, name: str) -> int:
    """Return which item of a list has an id, or a name that gives it. Raises Refused when none has, or several."""
    found = [number for number, item in enumerate(node.items) if _is_called(item, name)]
    if len(found) != 1:
        raise Refused("edit-item-several" if found else "edit-item-missing", node.begin, item=name)
    return found[0]


def _is_called(item: WrittenNode, name: str) -> bool:
    if not isinstance(item, WrittenMapping):
        return False
    own = item.entry(ID)
    if own and isinstance(own.value, WrittenText):
        return own.value.text == name
    names = (item.entry(key) for key in NAMES)
    return any(slug(one.value.text) == slug(name) for one in names if one and isinstance(one.value, WrittenText))


# --- Rows that have amounts -----------------------------------------------------------------------------------------


def cell_paths(file: WrittenFile) -> Iterator[Path]:
    """Yield the path to everything in a budget that has an amount for each column, in the order of the table.

    Sums that the site is to work out are among them: they too have a line in the table.
    """
    budget = file.header.entry(PlanKeys.budget.name)
    if budget and isinstance(budget.value, WrittenMapping):
        yield from _within((fold(PlanKeys.budget.name),), budget.value, BudgetKeys)


def _within(path: Path, node: WrittenNode, block: type[Keys]) -> Iterator[Path]:
    if not isinstance(node, WrittenMapping):
        return
    keys = sorted(block.fields.values(), key=lambda key: _order(key.name, node))
    for key in keys:
        entry = node.entry(key.name)
        if entry is None:
            continue
        inner = (*path, fold(key.name))
        match key:
            case CellsKey():
                yield path
            case MappingKey(or_computed=True) if isinstance(entry.value, WrittenText) and not is_nothing(entry.value):
                yield inner
            case MappingKey():
                yield from _within(inner, entry.value, key.of)
            case MappingsKey() if isinstance(entry.value, WrittenList):
                for number, item in enumerate(entry.value.items):
                    yield from _within((*inner, number), item, _block_of(item, key))


def _block_of(item: WrittenNode, key: MappingsKey) -> type[Keys]:
    if not isinstance(item, WrittenMapping):
        return key.of[0]
    return next((one for one in reversed(key.of) if item.entry(next(iter(one.fields.values())).name)), key.of[0])


def _order(key: str, node: WrittenMapping) -> int:
    """Sums come after their rows, but a subtotal that is printed before them."""
    if key == BlockKeys.rows.name:
        return 1
    if key != BlockKeys.total.name:
        return 2 if key in (BudgetKeys.result.name, BudgetKeys.equity.name) else 0
    entry = node.entry(key)
    position = (
        entry.value.entry(SubtotalKeys.position.name) if entry and isinstance(entry.value, WrittenMapping) else None
    )
    is_before = position and isinstance(position.value, WrittenText) and fold(position.value.text) == "fore"
    return 0 if is_before else 2


# --- The table of keys ----------------------------------------------------------------------------------------------


def keys_at(root: type[Keys], file: WrittenFile, steps: Path) -> type[Keys] | None:
    """Return the keys of the mapping at a place; None where the table doesn't know it."""
    block: type[Keys] = root
    node: WrittenNode | None = file.header
    key = None
    for step in steps:
        if isinstance(step, str):
            key = block.named.get(fold(step)) if not isinstance(key, NamedMappingsKey) else key
            entry = node.entry(step) if isinstance(node, WrittenMapping) else None
            node = entry.value if entry else None
        else:
            node = node.items[step] if isinstance(node, WrittenList) else None
        match key:
            case MappingKey():
                block = key.of
            case MappingsKey() if node is not None:
                block = _block_of(node, key)
            case NamedMappingsKey():
                block = key.of
            case _:
                return None
    return block


# --- The same, in what is read --------------------------------------------------------------------------------------


def changed(outline: Outline | None, steps: Path, change: Callable[[Outline | None], Outline | None]) -> Outline | None:
    """Return what is read with one place changed; a key whose value becomes None is gone."""
    if not steps:
        return change(outline)
    first, *rest = steps
    if isinstance(first, int):
        items = outline if isinstance(outline, tuple) else ()
        made = changed(items[first], tuple(rest), change)
        return (*items[:first], *((made,) if made is not None else ()), *items[first + 1 :])
    entries = outline if isinstance(outline, dict) else {}
    key = fold(first)
    made = changed(entries.get(key), tuple(rest), change)
    return {**{name: one for name, one in entries.items() if name != key}, **({key: made} if made is not None else {})}
