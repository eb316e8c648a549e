"""The front matter of plans as JSON Schema, made from the table of keys, for programs that write plans.

It describes keys and words as the guide spells them. Another program's YAML may read a text of digits as a number, so
wherever a text is allowed, so is a number.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from insyn.reading import key_kinds as kinds
from insyn.reading.key_kinds import FrontMatterKey, Keys, MappingKey, MappingsKey, NamedMappingsKey
from insyn.reading.keys import CellKeys, PlanKeys
from insyn.reading.scalars import DATE, MONTH, YEAR
from insyn.swedish import capitalised, slug
from insyn.vocabulary import COMPUTED, YES_NO

DIALECT = "https://json-schema.org/draft/2020-12/schema"
VERSION = int(PlanKeys.schema.value.partition("/")[2])
LINK = re.compile(r"\[([^\[\]]+)\]\((?:[a-z-]+\.md)?#[^()]*\)")
ELSEWHERE = re.compile(rf"(?:[,;] )?se (?:{LINK.pattern}|nedan)")
"""Cross-references in the guide, left out where the help is read without it."""

Json = dict[str, Any]


def _pattern(expression: re.Pattern[str]) -> str:
    """Convert an expression that matches from the start of a text to one that is searched for."""
    return f"^{expression.pattern.removesuffix(chr(92) + 'Z')}$"


DAY_OR_MONTH = rf"{_pattern(DATE)}|{_pattern(MONTH)}"
TEXT: Json = {"type": ["string", "number"]}
SCALARS: dict[type[FrontMatterKey], Json] = {
    kinds.YesNoKey: {"enum": list(YES_NO)},
    kinds.DayKey: {"type": ["string"], "format": "date", "pattern": _pattern(DATE)},
    kinds.PartialDateKey: {"type": ["string"], "pattern": DAY_OR_MONTH},
    kinds.MonthKey: {"type": ["string"], "pattern": _pattern(MONTH)},
    kinds.YearKey: {"type": ["string", "integer"], "pattern": _pattern(YEAR), "minimum": 1900, "maximum": 2099},
    kinds.WebAddressKey: {"type": ["string"], "format": "uri"},
    kinds.EmailKey: {"type": ["string"], "format": "email"},
}


def front_matter_schema(root: type[Keys], title: str, description: str) -> bytes:
    """Describe a mapping and everything that it may contain."""
    blocks = dict.fromkeys(_blocks(root))
    whole = {
        "$schema": DIALECT,
        "title": title,
        "description": description,
        **_reference(root),
        "$defs": {slug(block.block): _block(block) for block in blocks},
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


def _blocks(block: type[Keys]) -> Iterator[type[Keys]]:
    """Yield a mapping's kind, and the kinds of all mappings within it."""
    yield block
    for key in block.fields.values():
        match key:
            case MappingKey() | NamedMappingsKey():
                yield from _blocks(key.of)
            case MappingsKey():
                for one in key.of:
                    yield from _blocks(one)
            case kinds.CellKey() | kinds.CellsKey():
                yield CellKeys


def _block(block: type[Keys]) -> Json:
    keys = [key for key in block.fields.values() if key.since <= VERSION]
    return {
        "type": "object",
        "properties": {key.name: _property(key) for key in keys},
        "required": [key.name for key in keys if key.required],
        "additionalProperties": False,
    }


def _property(key: FrontMatterKey) -> Json:
    value = _value(key)
    default = {"default": word} if (word := _default(key)) else {}
    examples = {"examples": [key.example.strip('"')]} if key.example and "type" in value else {}
    return {"description": _description(key), **(value if key.required else _or_null(value)), **default, **examples}


def _description(key: FrontMatterKey) -> str:
    return capitalised(LINK.sub(r"\1", ELSEWHERE.sub("", key.help)).replace("**", ""))


def _default(key: FrontMatterKey) -> str | None:
    if isinstance(key, kinds.YesNoKey):
        return next((word for word, means in YES_NO.items() if means is key.default), None)
    return key.default if isinstance(key, kinds.ChoiceKey) else None


def _or_null(value: Json) -> Json:
    """Allow an optional key to be written without a value."""
    match value:
        case {"type": list(types)}:
            return {**value, "type": list(dict.fromkeys((*types, "null")))}
        case {"enum": words}:
            return {"enum": [*words, None]}
    return {"anyOf": [value, {"type": "null"}]}


def _value(key: FrontMatterKey) -> Json:
    match key:
        case MappingKey():
            return {"anyOf": [_reference(key.of), {"const": COMPUTED}]} if key.or_computed else _reference(key.of)
        case NamedMappingsKey():
            return {"type": ["object"], "additionalProperties": _reference(key.of)}
        case MappingsKey():
            items = [_reference(one) for one in key.of] + [TEXT] * key.or_texts
            return _list(items[0] if len(items) == 1 else {"anyOf": items}, least=int(key.has_items))
        case kinds.CellsKey():
            return _list(_cell())
        case kinds.ChoicesKey():
            return _list({"enum": list(key.words)})
        case kinds.TextsKey() | kinds.ColumnsKey():
            return _list(TEXT)
    return _scalar(key)


def _scalar(key: FrontMatterKey) -> Json:
    match key:
        case kinds.ConstantKey():
            return {"const": key.value}
        case kinds.ChoiceKey():
            return {"enum": list(key.words)}
        case kinds.CellKey():
            return _cell()
    return SCALARS.get(type(key), TEXT)


def _cell() -> Json:
    return {"anyOf": [{"type": ["string", "number", "null"]}, _reference(CellKeys)]}


def _list(item: Json, least: int = 0) -> Json:
    """Describe a list of items, or a single item alone."""
    return {"anyOf": [item, {"type": "array", "items": item, **({"minItems": least} if least else {})}]}


def _reference(block: type[Keys]) -> Json:
    return {"$ref": f"#/$defs/{slug(block.block)}"}
