"""A text as its author wrote it, alongside the output of the Markdown parser."""

from collections.abc import Collection, Iterator

from markdown_it.token import Token
from msgspec import Struct

from insyn.markdown.article import Setting
from insyn.markdown.parsed import ParsedText
from insyn.problems import Place, Problem

Told = tuple[Problem, Collection[int]]
"""A problem, and the lines that it concerns, counted from the first line of the text."""


class TopBlock(Struct, frozen=True):
    """A top-level block: a paragraph, heading, list, table or other."""

    kind: str
    """The parser's name for it: "paragraph", "bullet_list"."""
    lines: range
    tokens: tuple[Token, ...]

    @property
    def words(self) -> str:
        """The text of its first paragraph or heading."""
        return next((token.content for token in self.tokens if token.type == "inline"), "")


class Manuscript(Struct, frozen=True):
    setting: Setting
    lines: tuple[str, ...]
    tokens: tuple[Token, ...]
    blocks: tuple[TopBlock, ...]
    year: int = 0
    """Year of the plan; 0 for other texts."""

    def place(self, line: int) -> Place:
        return Place(self.setting.file, self.setting.line + line)

    def paragraphs(self) -> Iterator[tuple[int, Token]]:
        """Yield the first line and the inline token of each paragraph, at any level."""
        for opening, inline in zip(self.tokens, self.tokens[1:], strict=False):
            if opening.type == "paragraph_open" and opening.map:
                yield opening.map[0], inline


def manuscript_of(parsed: ParsedText, setting: Setting, year: int) -> Manuscript:
    """Return the lines of a text with its tokens."""
    lines = tuple(parsed.text.split("\n"))
    return Manuscript(setting, lines, parsed.tokens, tuple(_blocks(parsed.tokens)), year)


def _blocks(tokens: tuple[Token, ...]) -> Iterator[TopBlock]:
    start = 0
    for index, token in enumerate(tokens):
        if token.level or token.nesting > 0:
            continue
        opening = tokens[start]
        if opening.map:
            kind = opening.type.removesuffix("_open")
            yield TopBlock(kind, range(*opening.map), tokens[start : index + 1])
        start = index + 1
