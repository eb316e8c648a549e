"""Front matter as nodes: texts, lists and mappings that know where they stand. No text is interpreted."""

from collections.abc import Iterator
from dataclasses import dataclass

from insyn.problems import Place


@dataclass(frozen=True, slots=True)
class Scalar:
    text: str
    place: Place
    quoted: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing, only spaces, or "~" without quotation marks was written."""
        return not self.text.strip() or (not self.quoted and self.text == "~")


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    key: str
    """As written; compare with `fold`."""
    key_place: Place
    value: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    entries: tuple[Entry, ...]
    place: Place
    in_flow: bool = False
    """Written with braces on a line."""


Node = Scalar | Sequence | Mapping


def scalars(node: Node) -> Iterator[Scalar]:
    """Yield every scalar of a node, in the order it is written."""
    match node:
        case Scalar():
            yield node
        case Sequence():
            for item in node.items:
                yield from scalars(item)
        case Mapping():
            for entry in node.entries:
                yield from scalars(entry.value)
