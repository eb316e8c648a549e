"""Front matter as nodes: texts, lists and mappings that know where they stand. No text is interpreted."""

import re
from collections.abc import Iterator

from msgspec import Struct

from insyn.problems import Place
from insyn.reading.characters import QUOTES, plain_signs

NOTHING = frozenset({"~", "null", "Null", "NULL"})
"""How YAML writes that there is nothing; programs that write it use the word."""

CURLY_QUOTED = re.compile("[”“„]((?=[^”“„]*?[^”“„*])[^”“„]*+)[”“]")


class Scalar(Struct, frozen=True):
    text: str
    place: Place
    quoted: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing, only spaces, or "~" without quotation marks was written."""
        return not self.text.strip() or (not self.quoted and self.text in NOTHING)

    @property
    def plain(self) -> str:
        """What is written, where a number, a day or a word of choice is to stand: signs that only look otherwise are
        those of a keyboard, and a word processor's quotation marks round it are no part of it."""
        text = plain_signs(self.text)
        return text[1:-1].strip() if len(text) > 2 and text[0] in QUOTES and text[-1] in QUOTES else text

    @property
    def unquoted(self) -> str:
        """The text, without a word processor's quotation marks round the whole of it. Round stars they are kept: a
        mark in them is told of."""
        text = self.text.strip()
        found = None if self.quoted or text.isascii() else CURLY_QUOTED.fullmatch(text)
        return found[1].strip() if found else text


class Sequence(Struct, frozen=True):
    items: tuple["Node", ...]
    place: Place
    is_told: bool = False
    """Whether it has been noted that it isn't written as a list."""


class MappingEntry(Struct, frozen=True):
    key: str
    """As written; compare with `fold`."""
    key_place: Place
    value: "Node"


class Mapping(Struct, frozen=True):
    entries: tuple[MappingEntry, ...]
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
