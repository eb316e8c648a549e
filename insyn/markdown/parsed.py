"""A text as the Markdown parser takes it apart, before anything is made of it."""

from typing import Any

from markdown_it.token import Token
from msgspec import Struct


class ParsedText(Struct, frozen=True):
    text: str
    tokens: tuple[Token, ...]
    references: dict[str, Any]
    """The parser's state besides tokens: footnotes and link references."""
