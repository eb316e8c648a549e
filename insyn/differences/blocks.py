"""Markdown split into chapters and blocks, for comparison.

Inline markup is parsed only for blocks that have changed.
"""

from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct

from insyn.differences.words import tidy
from insyn.markdown.render import make_parser


class BlockKind(Enum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    QUOTE = "quote"
    TERM = "term"
    CODE = "code"
    NOTE = "note"


class TextBlock(Struct, frozen=True):
    """A paragraph, list item or table row, as written."""

    kind: BlockKind
    written: str


class Piece(NamedTuple):
    """A block's text without markup for emphasis, links and notes."""

    kind: BlockKind
    words: str
    with_addresses: str
    """The same, with each link's address after its text."""
    addresses: tuple[str, ...]


class Chapter(Struct, frozen=True):
    """The text from one heading to the next. Before the first heading, level 0."""

    heading: str
    level: int
    above: tuple[int, ...]
    """Indices of the chapters that contain it, outermost first."""
    blocks: tuple[TextBlock, ...]


class Script(Struct, frozen=True):
    """A text's chapters and link references."""

    chapters: tuple[Chapter, ...]
    references: dict[str, Any]

    def read(self, block: TextBlock) -> Piece:
        """Return a block's text."""
        if block.kind is BlockKind.CODE:
            return Piece(block.kind, block.written, block.written, ())
        return _read(block.kind, block.written, self.references)


INNERMOST = {
    "list_item_open": BlockKind.ITEM,
    "blockquote_open": BlockKind.QUOTE,
    "footnote_reference_open": BlockKind.NOTE,
    "dt_open": BlockKind.TERM,
    "dd_open": BlockKind.PARAGRAPH,
}
NOTES = "Fotnoter"
CELL = " – "
"""Separates the cells of a table row."""
WORDS = frozenset({"text", "text_special", "code_inline", "image"})
BREAKS = frozenset({"softbreak", "hardbreak"})


def read_script(text: str) -> Script:
    """Split a text into chapters and blocks."""
    env: dict[str, Any] = {}
    tokens = _parser().parse(text, env)
    return Script(tuple(_chapters(tokens, env)), env)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """Return a parser that leaves inline markup as written."""
    parser = make_parser()
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def plain(written: str) -> str:
    """Return a short Markdown text without markup."""
    return _read(BlockKind.PARAGRAPH, written, {}).words


def _read(kind: BlockKind, written: str, references: dict[str, Any]) -> Piece:
    tokens: list[Token] = []
    parser = _parser()
    parser.inline.parse(written, parser, references, tokens)
    words, addressed, start = "", "", 0
    addresses: list[str] = []
    for token in tokens:
        said = token.content if token.type in WORDS else " " if token.type in BREAKS else ""
        words, addressed = words + said, addressed + said
        if token.type == "link_open":
            addresses.append(str(token.attrGet("href") or ""))
            start = len(words)
        elif token.type == "link_close" and words[start:] != addresses[-1]:
            addressed += f" ({addresses[-1]})"
    return Piece(kind, tidy(words), tidy(addressed), tuple(addresses))


# --- Chapters -------------------------------------------------------------------------------------------------------


def _chapters(tokens: Sequence[Token], references: dict[str, Any]) -> Iterator[Chapter]:
    """Yield the chapters, then one for the footnotes, which belong to none.

    It is yielded even without footnotes, so that a first one doesn't count as a new chapter.
    """
    heading, level, number = "", 0, 0
    above: tuple[tuple[int, int], ...] = ()
    blocks: list[TextBlock] = []
    notes: list[TextBlock] = []
    for block, depth in [*_blocks(tokens), (TextBlock(BlockKind.HEADING, ""), 0)]:
        if block.kind is not BlockKind.HEADING:
            (notes if block.kind is BlockKind.NOTE else blocks).append(block)
            continue
        if level or blocks:
            yield Chapter(heading, level, tuple(one for one, _ in above), tuple(blocks))
            above, number = (*above, (number, level)), number + 1
        heading, level, blocks = _read(block.kind, block.written, references).words, depth, []
        above = tuple(one for one in above if 0 < one[1] < level)
    yield Chapter(NOTES, 1, (), tuple(notes))


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[TextBlock, int]]:
    """Yield each block with its level if it is a heading, else 0."""
    open_kinds: list[tuple[str, BlockKind]] = []
    cells: list[str] = []
    level = 0
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type in INNERMOST:
            open_kinds.append((token.type.removesuffix("_open"), INNERMOST[token.type]))
        elif open_kinds and token.type == f"{open_kinds[-1][0]}_close":
            open_kinds.pop()
        elif token.type == "tr_open":
            cells = []
        elif token.type in {"td_open", "th_open"}:
            cells.append("")
        elif token.type == "tr_close":
            yield TextBlock(BlockKind.ROW, CELL.join(cells)), 0
            cells = []
        elif token.type == "inline" and cells:
            cells[-1] = token.content
        elif token.type == "inline":
            kind = open_kinds[-1][1] if open_kinds else BlockKind.PARAGRAPH
            yield TextBlock(BlockKind.HEADING if level else kind, token.content), level
        elif token.type in {"fence", "code_block"}:
            yield TextBlock(BlockKind.CODE, token.content.strip("\n")), 0
