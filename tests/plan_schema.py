"""Compares `assets/schema/plan-1.json` with the table of keys: its descriptions of the front matter's fields.

A field is found by its key: the same word in ASCII letters, in the object that its mapping is written as.
"""

import re
from collections.abc import Iterator
from typing import Any

from insyn.downloads.front_matter_schema import ELSEWHERE, LINK
from insyn.reading.key_kinds import FrontMatterKey, Keys, MappingKey, MappingsKey, YesNoKey
from insyn.reading.keys import InnerGroupKeys, PlanKeys
from insyn.swedish import capitalised, slug

Json = dict[str, Any]
TO_STAFF = re.compile(r"(?:[,;] (?:annars|alltid|gärna|skriv|utelämnas)|; ).*")
"""Instructions for the writer, after the meaning of the key."""


def meaning(key: FrontMatterKey) -> str:
    """Return the meaning of a key for a reader of the data."""
    said = TO_STAFF.sub("", LINK.sub(r"\1", ELSEWHERE.sub("", key.help.split(" – ")[-1])))
    if isinstance(key, YesNoKey):
        said = said.replace("`ja`", "`true`").replace("`nej`", "`false`")
    return f"{capitalised(said)}."


def described(schema: Json) -> Iterator[tuple[str, FrontMatterKey, Json]]:
    """Yield each field that a key is written into, by the names of its mapping and itself."""
    yield from _fields(schema, schema, PlanKeys)


def _fields(node: Json, schema: Json, block: type[Keys]) -> Iterator[tuple[str, FrontMatterKey, Json]]:
    named = {slug(key.name).replace("-", "_"): key for key in block.fields.values()}
    for thing in _objects(node, schema):
        is_group = "grupp" in thing["properties"]
        for name, field in thing["properties"].items():
            key = named.get(name)
            if key is None or is_group is not issubclass(block, InnerGroupKeys):
                continue
            yield f"{block.block}/{name}", key, field
            for inner in (key.of,) if isinstance(key, MappingKey) else key.of if isinstance(key, MappingsKey) else ():
                yield from _fields(field, schema, inner)


def _objects(node: Json, schema: Json) -> Iterator[Json]:
    """Yield the objects that a field may be, or may list."""
    if "$ref" in node:
        yield from _objects(schema["$defs"][node["$ref"].rpartition("/")[2]], schema)
    for one in (*node.get("anyOf", ()), *node.get("oneOf", ()), *([node["items"]] if "items" in node else ())):
        yield from _objects(one, schema)
    if "properties" in node:
        yield node
