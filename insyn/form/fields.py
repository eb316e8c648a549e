"""The fields of the form: one for each key of the table of keys, with what the plan's file has in it."""

from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from typing import cast

from msgspec import Struct

from insyn.problems import Place
from insyn.reading.characters import fold
from insyn.reading.key_kinds import (
    CellKey,
    CellsKey,
    ChoiceKey,
    ChoicesKey,
    ColumnsKey,
    ConstantKey,
    FrontMatterKey,
    Keys,
    MappingKey,
    MappingsKey,
    NamedMappingsKey,
    TextKey,
    TextsKey,
    YesNoKey,
)
from insyn.reading.keys import CellKeys
from insyn.reading.nodes import Mapping, Node, Scalar, Sequence
from insyn.swedish import capitalised
from insyn.vocabulary import YES_NO

Path = tuple[str | int, ...]
"""Where a node stands in the front matter: keys of mappings and indices of lists."""
LONG = 80
"""Characters after which a text gets several lines."""
TO_FILL_IN = "[fyll i]"
Value = str | None | tuple[str | None, ...]


class FormField(Struct, frozen=True):
    """One scalar."""

    path: Path
    label: str
    help: str
    """Markdown, from the table of keys."""
    value: str
    """As written in the file; empty when nothing is."""
    place: Place | None
    """None when the key isn't written."""
    is_long: bool = False
    choices: tuple[str, ...] = ()
    """The words to choose between; empty for any text."""
    is_required: bool = False
    removes: bool = False
    """Whether it is an item of a list, which can be removed."""


class FieldGroup(Struct, frozen=True):
    """The fields of a mapping."""

    path: Path
    label: str
    help: str
    parts: tuple["FormPart", ...]
    place: Place | None = None
    title: str = ""
    """What an item of a list is known by: its first text."""


class FieldList(Struct, frozen=True):
    """A list of mappings or of texts, to which items can be added."""

    path: Path
    label: str
    help: str
    items: tuple["FieldGroup | FormField", ...]
    new: Lookup[str, Value] | str
    """What an added item has until it is filled in."""
    place: Place | None = None


class OnlyInFile(Struct, frozen=True):
    """What the form can't change: it isn't written as the table of keys has it."""

    path: Path
    label: str
    place: Place


class Unwritten(Struct, frozen=True):
    """A mapping of a list's item that isn't written; its first field is, when it is asked for."""

    path: Path
    """Of that field."""
    label: str
    place: None = None
    is_unwritten: bool = True


FormPart = FormField | FieldGroup | FieldList | OnlyInFile | Unwritten


def label_of(key: FrontMatterKey) -> str:
    """Return a key as a label: "eget_kapital" → "Eget kapital"."""
    return capitalised(key.name.replace("_", " "))


def group_of(
    keys: type[Keys], node: Mapping | None, path: Path, label: str, help: str = "", skip: frozenset[str] = frozenset()
) -> FieldGroup:
    """Return the fields of a mapping, also those that aren't written. `skip` has names of keys to leave out."""
    written = {fold(entry.key): (entry.key, entry.value) for entry in node.entries} if node else {}
    parts: list[FormPart] = []
    for key in keys.fields.values():
        if isinstance(key, ConstantKey) or key.name in skip:
            continue
        name, value = written.get(fold(key.name), (key.name, None))
        part = part_of(key, value, (*path, name))
        if part:
            parts.append(part)
    return FieldGroup(path, label, help, tuple(parts), node.place if node else None, _title(node))


def part_of(key: FrontMatterKey, node: Node | None, path: Path) -> FormPart | None:
    """Return what stands for a key; None for a row's cells, which the grid has, and for names that nothing has."""
    label = label_of(key)
    match key:
        case CellsKey():
            return None
        case CellKey() if isinstance(node, Mapping):
            return group_of(CellKeys, node, path, label, key.help)
        case MappingKey(of=of):
            return _mapping(of, node, path, label, key.help)
        case NamedMappingsKey(of=of):
            return _named(of, node, path, label, key.help)
        case MappingsKey(of=of):
            return _mappings(of[0], node, path, label, key.help)
        case TextsKey() | ChoicesKey() | ColumnsKey():
            return _texts(key, node, path, label)
    return _scalar(key, node, path, label)


def _scalar(key: FrontMatterKey, node: Node | None, path: Path, label: str) -> FormPart:
    if node is not None and not isinstance(node, Scalar):
        return OnlyInFile(path, label, node.place)
    value = "" if node is None or node.is_blank else node.text
    choices: tuple[str, ...] = ()
    if isinstance(key, ChoiceKey):
        choices = tuple(key.words)
    elif isinstance(key, YesNoKey):
        choices = tuple(YES_NO)
    is_long = isinstance(key, TextKey) and (key.is_markdown or len(value) > LONG or "\n" in value)
    return FormField(path, label, key.help, value, node.place if node else None, is_long, choices, key.required)


def _mapping(of: type[Keys], node: Node | None, path: Path, label: str, help: str) -> FormPart:
    if node is None and any(isinstance(step, int) for step in path):
        first = next(key for key in of.fields.values() if isinstance(key, TextKey))
        return Unwritten((*path, first.name), label)
    if node is None or isinstance(node, Mapping) or (isinstance(node, Scalar) and node.is_blank):
        return group_of(of, node if isinstance(node, Mapping) else None, path, label, help)
    return OnlyInFile(path, label, node.place)


def _named(of: type[Keys], node: Node | None, path: Path, label: str, help: str) -> FormPart | None:
    """Return the mappings that are written; names that aren't keys can't be listed."""
    if not isinstance(node, Mapping):
        return None
    groups = tuple(_mapping(of, entry.value, (*path, entry.key), entry.key, "") for entry in node.entries)
    return FieldGroup(path, label, help, groups, node.place)


def _mappings(of: type[Keys], node: Node | None, path: Path, label: str, help: str) -> FormPart:
    items: list[FieldGroup | FormField] = []
    for index, item in enumerate(_items(node)):
        if isinstance(item, Mapping):
            items.append(group_of(of, item, (*path, index), label))
        elif isinstance(item, Scalar):
            items.append(FormField((*path, index), label, "", item.text, item.place, removes=True, is_long=True))
        else:
            return OnlyInFile(path, label, item.place)
    if isinstance(node, Scalar) and not node.is_blank:
        return OnlyInFile(path, label, node.place)
    return FieldList(path, label, help, tuple(items), new_item(of), node.place if node else None)


def _texts(key: FrontMatterKey, node: Node | None, path: Path, label: str) -> FormPart:
    if isinstance(node, Scalar) and not node.is_blank:  # a list of one may be written without brackets
        return FormField(path, label, key.help, node.text, node.place, is_required=key.required)
    if any(not isinstance(item, Scalar) for item in _items(node)):
        return OnlyInFile(path, label, cast(Node, node).place)
    choices = tuple(key.words) if isinstance(key, ChoicesKey) else ()
    items = tuple(
        FormField((*path, index), label, "", item.text, item.place, choices=choices, removes=True)
        for index, item in enumerate(_items(node))
        if isinstance(item, Scalar)
    )
    return FieldList(path, label, key.help, items, TO_FILL_IN, node.place if node else None)


def _items(node: Node | None) -> tuple[Node, ...]:
    match node:
        case Sequence(items=items):
            return items
        case Mapping():  # one item may be written without its dash
            return (node,)
    return ()


def new_item(keys: type[Keys]) -> Lookup[str, Value]:
    """Return an item with all that must be there. What is to be filled in is told of until it is.

    >>> from insyn.reading.keys import NoteKeys
    >>> new_item(NoteKeys)
    {'not': '[fyll i]', 'text': '[fyll i]'}
    """
    required = [key for key in keys.fields.values() if key.required]
    return {key.name: None if isinstance(key, CellKey) else TO_FILL_IN for key in required}


def _title(node: Mapping | None) -> str:
    """Return the first text of a mapping that isn't blank."""
    texts = (entry.value for entry in node.entries) if node else ()
    return next((one.text for one in texts if isinstance(one, Scalar) and not one.is_blank), "")


def fields_in(part: FormPart) -> Iterator[FormField]:
    """Yield every field of a part, in order."""
    match part:
        case FormField():
            yield part
        case FieldGroup(parts=parts):
            for one in parts:
                yield from fields_in(one)
        case FieldList(items=items):
            for item in items:
                yield from fields_in(item)
