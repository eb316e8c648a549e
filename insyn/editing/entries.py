"""Keys: added in the order of the table of keys, and removed."""

from insyn.editing.edits import Edit
from insyn.editing.finding import Spot, changed, keys_at
from insyn.editing.lines import Effect, column_of, flow_removal, line_after, line_start, next_line
from insyn.editing.refusals import Refused
from insyn.editing.writing import written
from insyn.reading.characters import fold
from insyn.reading.key_kinds import Keys
from insyn.reading.spans import Leaf, Outline, WrittenEntry, WrittenFile, WrittenMapping, WrittenText

NEWLINES = "\r\n"
LONG = 20
"""Lines of a value, after which nobody looks for a key that is as well put before it."""


def add_key(file: WrittenFile, header: Outline, spot: Spot, value: Outline, root: type[Keys], raw: str = "") -> Effect:
    """Add a key with a value, and the mappings that lead to it. `raw` is its value as written, when not a text."""
    if not all(isinstance(step, str) for step in spot.missing):
        raise Refused("edit-item-missing", spot.node.begin if spot.node else None, item=spot.missing[0])
    first, *inner = (str(step) for step in spot.missing)
    text = raw or (written(value.text, in_flow=bool(inner) or _in_flow(spot)) if isinstance(value, Leaf) else "")
    read = changed(header, (*spot.steps, *spot.missing), lambda _: value)
    for key in reversed(inner):
        text = f"{{{key}: {text}}}"
    if isinstance(spot.node, WrittenText):
        made = f"{{{first}: {text}}}"
        space = " " if spot.node.is_empty and file.text[spot.node.begin - 1 : spot.node.begin] in ":-" else ""
        return Effect((Edit(spot.node.begin, spot.node.end, space + made),), read)
    assert isinstance(spot.node, WrittenMapping)
    keys = keys_at(root, file, spot.steps)
    name = keys.named[fold(first)].name if keys and fold(first) in keys.named else first
    return Effect((_key_edit(file, spot.node, keys, name, text),), read)


def _in_flow(spot: Spot) -> bool:
    return not isinstance(spot.node, WrittenMapping) or spot.node.in_flow


def _key_edit(file: WrittenFile, mapping: WrittenMapping, keys: type[Keys] | None, name: str, raw: str) -> Edit:
    if not mapping.entries:
        if mapping.in_flow:
            return Edit(mapping.begin, mapping.end, f"{{{name}: {raw}}}")
        return Edit(file.begin, file.begin, f"{name}: {raw}{file.newline}")
    before, after = _neighbours(file, mapping, keys, name)
    if mapping.in_flow:
        place = before.end if before else after.begin if after else mapping.end
        return Edit(place, place, f", {name}: {raw}" if before else f"{name}: {raw}, ")
    margin = " " * column_of(file, mapping.entries[0].begin)
    if before is None and after:
        return Edit(after.begin, after.begin, f"{name}:{'' if raw[0] in NEWLINES else ' '}{raw}{file.newline}{margin}")
    assert before
    return line_after(file, before.end, f"{margin}{name}:{'' if raw[0] in NEWLINES else ' '}{raw}")


def _neighbours(
    file: WrittenFile, mapping: WrittenMapping, keys: type[Keys] | None, name: str
) -> tuple[WrittenEntry | None, WrittenEntry | None]:
    """Return the entry that a new key stands after, or else the one that it stands before, by the table of keys.

    The nearest by the table, and rather one of some lines: nobody looks for a title after the whole budget.
    """
    order = [key.name for key in keys.fields.values()] if keys else []
    if name not in order:
        return mapping.entries[-1], None
    own = order.index(name)
    places = {fold(key): number for number, key in enumerate(order)}
    known = [(places[fold(entry.key.text)], entry) for entry in mapping.entries if fold(entry.key.text) in places]
    short = [(at, entry) for at, entry in known if file.text.count(file.newline, entry.begin, entry.end) < LONG]
    for choice in (short, known):
        earlier, later = [one for one in choice if one[0] < own], [one for one in choice if one[0] > own]
        if earlier:
            return max(earlier, key=lambda one: one[0])[1], None
        if later:
            return None, min(later, key=lambda one: one[0])[1]
    return mapping.entries[-1], None


def key_removal(file: WrittenFile, mapping: WrittenMapping, entry: WrittenEntry) -> tuple[Edit, ...]:
    """Return the edits that remove a key with its value. Raises Refused for the only key of a mapping."""
    at = mapping.entries.index(entry)
    if len(mapping.entries) == 1:
        raise Refused("edit-last-key", entry.begin, name=entry.key.text)
    if mapping.in_flow:
        return (flow_removal(file, mapping, mapping.entries, at),)
    if at == 0:
        return (Edit(entry.begin, mapping.entries[1].begin, ""),)
    return (Edit(line_start(file, entry.begin), next_line(file, entry.end), ""),)
