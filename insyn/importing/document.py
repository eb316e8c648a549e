"""A document, whatever program made it: headings, paragraphs, lists and tables, and where each of them stands."""

from enum import Enum

from msgspec import Struct

PDF = "pdf"
"""The doubt of a cell that another program has found in a PDF. It is told once, for all of them."""


class SourcePlace(Struct, frozen=True, order=True):
    """A place in a document: a line of a text, a cell of a sheet, or a cell of a numbered table. All from 1."""

    line: int = 0
    sheet: str = ""
    table: int = 0
    row: int = 0
    column: int = 0


class RemarkKind(Enum):
    """How far something was taken: as a guess, not at all, left out as no part of a plan, or kept as text."""

    GUESS = "guess"
    UNREAD = "unread"
    LEFT_OUT = "left-out"
    KEPT = "kept"


class Remark(Struct, frozen=True):
    """Something that a person must look at. `key` names its sentence in texts.yaml."""

    kind: RemarkKind
    key: str
    origin: SourcePlace
    values: tuple[tuple[str, str], ...] = ()


def remark(kind: RemarkKind, key: str, origin: SourcePlace, **values: object) -> Remark:
    return Remark(kind, key, origin, tuple(sorted((name, str(value)) for name, value in values.items())))


class GridCell(Struct, frozen=True):
    """A cell of a table. A cell that spans several stands whole in the first of them."""

    text: str
    origin: SourcePlace
    mark: str = ""
    """What was raised above the line after it: a note's number or star."""
    is_bold: bool = False
    doubt: str = ""
    """Why what is seen and what is stored may differ: "hidden-format", "struck", "not-calculated"; else empty."""
    shown: str = ""
    """What the doubt is about, in words: "119"."""
    spans: int = 1
    is_number: bool = False
    """Whether it is stored as a number, whose digits belong together."""


class Grid(Struct, frozen=True):
    """A table: rows of equally many cells."""

    rows: tuple[tuple[GridCell, ...], ...]
    origin: SourcePlace
    caption: str = ""


class TextHeading(Struct, frozen=True):
    text: str
    level: int
    origin: SourcePlace


class TextParagraph(Struct, frozen=True):
    text: str
    """As Markdown."""
    origin: SourcePlace


class ListBlock(Struct, frozen=True):
    items: tuple[str, ...]
    """As Markdown."""
    is_numbered: bool
    origin: SourcePlace
    start: int = 1


DocumentBlock = TextHeading | TextParagraph | ListBlock | Grid


class SourceDocument(Struct, frozen=True):
    blocks: tuple[DocumentBlock, ...]
    remarks: tuple[Remark, ...] = ()


def squared(rows: list[list[GridCell]]) -> tuple[tuple[GridCell, ...], ...]:
    """Return rows made equally long with empty cells, which may be others than those that are missing."""
    width = max((len(row) for row in rows), default=0)
    return tuple(
        (
            *row,
            *(
                GridCell("", row[-1].origin if row else SourcePlace(), doubt="row-short")
                for _ in range(width - len(row))
            ),
        )
        for row in rows
    )
