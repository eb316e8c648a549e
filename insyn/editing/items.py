"""Items of lists: added as their neighbours are written, moved with their lines, removed."""

import re
from collections.abc import Mapping, Sequence

from insyn.editing.edits import Edit
from insyn.editing.entries import add_key, key_removal
from insyn.editing.finding import CELLS, Spot, changed, find, find_there, is_nothing, keys_at
from insyn.editing.lines import Effect, column_of, flow_removal, is_divided, line_after, line_start, next_line
from insyn.editing.operations import AddItem, AddItems, Item, MoveItem, Path, Remove, Value
from insyn.editing.refusals import Refused
from insyn.editing.writing import block_mapping, flow_mapping, outline_of, written
from insyn.reading.characters import fold
from insyn.reading.key_kinds import Keys, MappingKey, MappingsKey
from insyn.reading.spans import (
    Outline,
    WrittenEntry,
    WrittenFile,
    WrittenList,
    WrittenMapping,
    WrittenNode,
    WrittenText,
)


def list_at(file: WrittenFile, path: Path) -> WrittenList:
    """Return the list at a path. Raises Refused where there is none."""
    spot = find_there(file, path)
    if not isinstance(spot.node, WrittenList):
        raise Refused("edit-not-a-list", spot.node.begin if spot.node else None)
    return spot.node


def add_items(file: WrittenFile, header: Outline, operation: AddItem | AddItems, root: type[Keys]) -> Effect:
    """Add items to a list, each written as its neighbour is; the list too, where it is missing."""
    spot, at = find(file, operation.path), operation.at
    items = operation.items if isinstance(operation, AddItems) else (operation.item,)
    made = tuple(outline_of(item) for item in items)
    if not items:
        return Effect((), header)
    if spot.missing:
        in_lines = len(spot.missing) == 1 and isinstance(spot.node, WrittenMapping) and not spot.node.in_flow
        raw = _in_lines(file, spot, items, root) if in_lines else _in_brackets(items)
        return add_key(file, header, spot, made, root, raw)
    node = spot.node
    read = changed(header, spot.steps, lambda old: _with_items(old, at, made))
    if isinstance(node, WrittenList) and node.items:
        if not 0 <= at <= len(node.items):
            raise Refused("edit-item-missing", node.begin, item=at)
        return Effect((_items_edit(file, node, at, items),), read)
    if isinstance(node, WrittenList) or (node and is_nothing(node)):
        raw = _in_brackets(items)
        return Effect((Edit(node.begin, node.end, f" {raw}" if node.begin == node.end else raw),), read)
    raise Refused("edit-not-a-list", node.begin if node else None)


def _with_items(old: Outline | None, at: int, made: tuple[Outline, ...]) -> Outline:
    items = old if isinstance(old, tuple) else ()
    return (*items[:at], *made, *items[at:])


def _margin_in(file: WrittenFile, spot: Spot) -> str:
    entries = spot.node.entries if isinstance(spot.node, WrittenMapping) else ()
    return " " * (column_of(file, entries[0].begin) if entries else 0)


def _may_grow(file: WrittenFile, spot: Spot, root: type[Keys]) -> bool:
    """Whether items of a list may hold lists and mappings of their own, and so need lines of their own."""
    keys = keys_at(root, file, spot.steps)
    key = keys.named.get(fold(str(spot.missing[0]))) if keys else None
    inner = key.of[0].fields.values() if isinstance(key, MappingsKey) else ()
    return any(isinstance(one, MappingKey | MappingsKey) for one in inner)


def _in_lines(file: WrittenFile, spot: Spot, items: Sequence[Item], root: type[Keys]) -> str:
    """Return items below a key that is new, each with a dash."""
    margin, may_grow = _margin_in(file, spot), _may_grow(file, spot, root)
    texts = []
    for item in items:
        if isinstance(item, str):
            texts.append(written(item, in_flow=False))
        else:
            texts.append(block_mapping(item, f"{margin}    ", file.newline) if may_grow else flow_mapping(item))
    return "".join(f"{file.newline}{margin}  - {text}" for text in texts)


def _in_brackets(items: Sequence[Item]) -> str:
    return f"[{', '.join(map(_flow_item, items))}]"


def _flow_item(item: Item) -> str:
    return written(item, in_flow=True) if isinstance(item, str) else flow_mapping(item)


def _items_edit(file: WrittenFile, node: WrittenList, at: int, items: Sequence[Item]) -> Edit:
    """Return the edit that adds items to a list, written as their neighbour is."""
    near = max(0, at - 1)
    if node.in_flow:
        if is_divided(file, node):
            raise Refused("edit-divided", node.begin)
        raw = ", ".join(map(_flow_item, items))
        if at == len(node.items):
            return Edit(node.items[-1].end, node.items[-1].end, f", {raw}")
        return Edit(node.items[at].begin, node.items[at].begin, f"{raw}, ")
    dash = node.dashes[near]
    begin = line_start(file, dash)
    margin = file.text[begin:dash]
    if margin.strip():
        raise Refused("edit-divided", node.begin)
    start = f"{margin}-{_after_dash(file, node, near)}"
    lines = file.newline.join(f"{start}{_item_like(file, node, node.items[near], item, len(margin))}" for item in items)
    return Edit(begin, begin, f"{lines}{file.newline}") if at == 0 else line_after(file, node.items[near].end, lines)


def _after_dash(file: WrittenFile, node: WrittenList, at: int) -> str:
    gap = re.compile(r"-( +)").match(file.text, node.dashes[at])
    return gap[1] if gap else " "


def _item_like(file: WrittenFile, node: WrittenList, like: WrittenNode, item: Item, margin: int) -> str:
    if isinstance(item, str):
        return written(item, in_flow=False)
    if isinstance(like, WrittenMapping) and not like.in_flow:
        return block_mapping(item, " " * (margin + 2), file.newline)
    if not isinstance(like, WrittenMapping):
        return flow_mapping(item)
    return flow_mapping(_in_order_of(item, like), _shared_columns(node, like), _widths(like))


def _in_order_of(item: Mapping[str, Value], like: WrittenMapping) -> Mapping[str, Value]:
    """Return an item with its keys in the order of another's, and the others after them."""
    order = {fold(entry.key.text): number for number, entry in enumerate(like.entries)}
    return dict(sorted(item.items(), key=lambda one: order.get(fold(one[0]), len(order))))


def _shared_columns(node: WrittenList, like: WrittenMapping) -> dict[str, int]:
    """Return how far in each key of an item begins, where another item has it as far in."""
    others = [one for one in node.items if isinstance(one, WrittenMapping) and one is not like]
    starts = {(fold(entry.key.text), entry.begin - one.begin) for one in others for entry in one.entries}
    own = ((entry.key.text, entry.begin - like.begin) for entry in like.entries)
    return {key: start for key, start in own if (fold(key), start) in starts}


def _widths(like: WrittenMapping) -> list[int]:
    """Return how wide each of a row's amounts is, with the spaces before it; 0 for one that is more than a text."""
    cells = like.entry(CELLS)
    if cells is None or not isinstance(cells.value, WrittenList) or not cells.value.items:
        return []
    items = cells.value.items
    begins = [cells.value.begin + 1, *(one.end + 2 for one in items[:-1])]
    spans = zip(begins, items, strict=True)
    return [max(0, item.end - begin) if isinstance(item, WrittenText) else 0 for begin, item in spans]


def remove(file: WrittenFile, header: Outline, operation: Remove) -> Effect:
    """Remove a key with its value, or an item of a list."""
    spot = find_there(file, operation.path)
    if not spot.parents:
        raise Refused("edit-step", None, item="")
    parent, read = spot.parents[-1], changed(header, spot.steps, lambda _: None)
    if isinstance(parent, WrittenList):
        number = spot.steps[-1]
        assert isinstance(number, int)
        owner = spot.parents[-2]
        entries = owner.entries if isinstance(owner, WrittenMapping) else ()
        key = next((entry for entry in entries if entry.value is parent), None)
        return Effect(item_removal(file, parent, number, key), read, loses_comments=True)
    assert isinstance(parent, WrittenMapping)
    assert spot.entry
    return Effect(key_removal(file, parent, spot.entry), read, loses_comments=True)


def item_removal(file: WrittenFile, node: WrittenList, at: int, key: WrittenEntry | None) -> tuple[Edit, ...]:
    """Return the edits that remove an item of a list, which stands for a key; the last leaves an empty list."""
    if node.in_flow:
        return (flow_removal(file, node, node.items, at),)
    begin, end = _lines_of(file, node, at)
    if len(node.items) > 1:
        return (Edit(begin, end, ""),)
    if key is None:
        raise Refused("edit-divided", node.begin)
    after = file.text.index(":", key.key.end) + 1
    return (Edit(after, after, " []"), Edit(begin, end, ""))


def _lines_of(file: WrittenFile, node: WrittenList, at: int) -> tuple[int, int]:
    """Return where the lines of an item begin and end. Raises Refused when it shares them with others."""
    begin = line_start(file, node.dashes[at])
    if file.text[begin : node.dashes[at]].strip():
        raise Refused("edit-divided", node.begin)
    return begin, next_line(file, node.items[at].end)


def move_item(file: WrittenFile, header: Outline, operation: MoveItem) -> Effect:
    """Move an item with its lines. Raises Refused when it shares them with others."""
    spot = find_there(file, operation.path)
    node = list_at(file, operation.path)
    order = moved(list(range(len(node.items))), operation.item, operation.to, node.begin)
    read = changed(header, spot.steps, lambda old: in_order(old, order))
    if node.in_flow:
        if is_divided(file, node):
            raise Refused("edit-divided", node.begin)
        raws = [file.text[item.begin : item.end] for item in node.items]
        edits = (Edit(item.begin, item.end, raws[order[at]]) for at, item in enumerate(node.items))
        return Effect(tuple(one for one in edits if one.text != file.text[one.begin : one.end]), read)
    if operation.item == operation.to:
        return Effect((), read)
    begin, end = _lines_of(file, node, operation.item)
    target = operation.to if operation.to < operation.item else operation.to + 1
    at = _lines_of(file, node, target)[0] if target < len(node.items) else _lines_of(file, node, target - 1)[1]
    lines = file.text[begin:end]
    if not lines.endswith(("\n", "\r")) or (at and file.text[at - 1] not in "\r\n"):
        raise Refused("edit-divided", node.begin)
    return Effect((Edit(begin, end, ""), Edit(at, at, lines)), read, loses_comments=True)


def moved(order: list[int], item: int, to: int, place: int) -> list[int]:
    """Return an order with one item moved. Raises Refused, at `place`, for a number that is no item."""
    if not (0 <= item < len(order) and 0 <= to < len(order)):
        raise Refused("edit-item-missing", place, item=item)
    order.insert(to, order.pop(item))
    return order


def in_order(old: Outline | None, order: Sequence[int]) -> Outline:
    """Return the items of a list in another order."""
    items = old if isinstance(old, tuple) else ()
    return tuple(items[number] for number in order)
