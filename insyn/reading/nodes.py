"""Front matter as nodes: texts, lists and mappings that know their places. No text is interpreted."""

import re
from collections.abc import Iterator

from msgspec import Struct

from insyn.problems import Place
from insyn.reading.characters import QUOTES, plain_signs

NOTHING = frozenset({"~", "null", "Null", "NULL"})
"""YAML's spellings of a missing value; programs that write YAML use the word."""

CURLY_QUOTED = re.compile("[”“„]((?=[^”“„]*?[^”“„*])[^”“„]*+)[”“]")


class Scalar(Struct, frozen=True):
    text: str
    place: Place
    quoted: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether the text is empty, only spaces, or "~" without quotation marks."""
        return not self.text.strip() or (not self.quoted and self.text in NOTHING)

    @property
    def plain(self) -> str:
        """The text, where a number, a day or a choice is expected.

        Lookalike characters are replaced with those of a keyboard, and a word processor's quotation marks around it are
        removed.
        """
        text = plain_signs(self.text)
        return text[1:-1].strip() if len(text) > 2 and text[0] in QUOTES and text[-1] in QUOTES else text

    @property
    def unquoted(self) -> str:
        """The text without a word processor's quotation marks around the whole of it.

        Around asterisks they are kept, so that the mark inside them is reported.
        """
        text = self.text.strip()
        found = None if self.quoted or text.isascii() else CURLY_QUOTED.fullmatch(text)
        return found[1].strip() if found else text


class Sequence(Struct, frozen=True):
    items: tuple["Node", ...]
    place: Place
    is_told: bool = False
    """Whether the missing list notation has already been reported."""


class MappingEntry(Struct, frozen=True):
    key: str
    """As written; compare with `fold`."""
    key_place: Place
    value: "Node"


class Mapping(Struct, frozen=True):
    entries: tuple[MappingEntry, ...]
    place: Place
    in_flow: bool = False
    """Whether it is written with braces on one line."""


Node = Scalar | Sequence | Mapping


def scalars(node: Node) -> Iterator[Scalar]:
    """Yield every scalar of a node, in written order."""
    match node:
        case Scalar():
            yield node
        case Sequence():
            for item in node.items:
                yield from scalars(item)
        case Mapping():
            for entry in node.entries:
                yield from scalars(entry.value)
