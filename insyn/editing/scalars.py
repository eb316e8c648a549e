"""Texts: how one is written in the place of another."""

import re

from insyn.editing.edits import Edit
from insyn.editing.entries import add_key
from insyn.editing.finding import Spot, changed, find
from insyn.editing.lines import Effect, column_of, keep_comment, shifted
from insyn.editing.operations import SetText
from insyn.editing.refusals import Refused
from insyn.editing.writing import outline_of, rewritten, written
from insyn.reading.characters import normalised
from insyn.reading.key_kinds import Keys
from insyn.reading.spans import Outline, WrittenFile, WrittenList, WrittenMapping, WrittenText


def set_text(file: WrittenFile, header: Outline, operation: SetText, root: type[Keys]) -> Effect:
    """Write a text in the place of another; the key too, where it is missing."""
    spot = find(file, operation.path)
    if spot.missing:
        return add_key(file, header, spot, outline_of(operation.text), root)
    if not isinstance(spot.node, WrittenText):
        raise Refused("edit-not-a-text", spot.node.begin if spot.node else None, name=operation.path[-1])
    return Effect(
        text_edits(file, spot, operation.text), changed(header, spot.steps, lambda _: outline_of(operation.text))
    )


def text_edits(file: WrittenFile, spot: Spot, text: str | None) -> tuple[Edit, ...]:
    """Return the edits that write a text, with what stands after it on the line kept in its column."""
    node, parent = spot.node, spot.parents[-1]
    assert isinstance(node, WrittenText)
    in_flow = not isinstance(parent, WrittenText) and parent.in_flow
    if node.style in ("|", ">") and text:
        column = column_of(file, spot.entry.begin if spot.entry else node.begin)
        kept = rewritten(file.text, node, normalised(text), column, file.newline)
        if kept is not None:
            return (Edit(node.begin, node.end, kept),)
    raw = written(text, in_flow=in_flow, like=node.style)
    if node.is_empty:
        return (Edit(node.begin, node.end, f" {raw}" if file.text[node.begin - 1 : node.begin] in ":-" else raw),)
    return (Edit(node.begin, node.end, raw), *_keep_columns(file, spot, node, raw))


def _keep_columns(file: WrittenFile, spot: Spot, node: WrittenText, raw: str) -> tuple[Edit, ...]:
    """Let what stands after a text on its line, in a column of its own, stand where it stood."""
    longer = len(raw) - (node.end - node.begin)
    if not longer or "\n" in file.text[node.begin : node.end]:
        return ()
    parent = spot.parents[-1]
    if isinstance(parent, WrittenMapping) and parent.in_flow:
        gap = re.compile(r",( +)(?=[^ #\r\n])").match(file.text, node.end)
        siblings = spot.parents[-2] if len(spot.parents) > 1 else None
        if gap and isinstance(siblings, WrittenList) and _is_in_column(file, gap.end(), siblings, parent):
            return (shifted(gap.start(1), gap.end(1), longer),)
    return keep_comment(file, node.end, longer)


def _is_in_column(file: WrittenFile, place: int, siblings: WrittenList, own: WrittenMapping) -> bool:
    """Whether another item of a list has a key at the same column as the one at a place."""
    column = column_of(file, place)
    others = (one for one in siblings.items if isinstance(one, WrittenMapping) and one is not own)
    return any(column_of(file, entry.begin) == column for one in others for entry in one.entries[1:])
