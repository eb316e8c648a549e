"""A text after parsing and before rendering."""

from typing import Any

from markdown_it.token import Token
from msgspec import Struct


class ParsedText(Struct, frozen=True):
    text: str
    tokens: tuple[Token, ...]
    references: dict[str, Any]
    """The parser's state besides tokens: footnotes and link references."""
