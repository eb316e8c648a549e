"""Examples of the values of keys, generated from the table of keys."""

from insyn.reading.key_kinds import FrontMatterKey, Keys, MappingKey, MappingsKey


def example_of(key: FrontMatterKey) -> str:
    """Return an example of a key's value: an item of its list, the keys below it, or a scalar."""
    match key:
        case MappingsKey():
            return f"- {{{_required_of(key.of[0])}}}"
        case MappingKey():
            return _names_of(key.of)
    return f"{key.name}: {key.example or '…'}"


def _required_of(block: type[Keys]) -> str:
    asked = [key for key in block.fields.values() if key.required] or list(block.fields.values())[:1]
    return ", ".join(f"{key.name}: {key.example or '…'}" for key in asked)


def _names_of(block: type[Keys]) -> str:
    asked = [key for key in block.fields.values() if key.required] or list(block.fields.values())[:1]
    return ", ".join(key.name for key in asked)
