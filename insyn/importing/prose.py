"""The text of a document as Markdown, without the tables that became the budget."""

import re
from collections.abc import Collection, Iterator

from insyn.importing.document import (
    DocumentBlock,
    Grid,
    ListBlock,
    Remark,
    RemarkKind,
    SourceDocument,
    TextHeading,
    TextParagraph,
    remark,
)

CONTENTS_LEAST = 4
"""Headings in a row without text between, each of which stands again later: a list of contents."""


def write_body(
    document: SourceDocument, taken: Collection[DocumentBlock], remarks: list[Remark], *, goals: Grid | None = None
) -> str:
    """Return the text. Where the budget and the goals stood there are links to them; what is left out is told of."""
    pieces: list[str] = []
    is_told = False
    left_out = _contents(document, remarks)
    for block in document.blocks:
        if block in left_out:
            continue
        if block is goals:
            pieces.append("[Målen](#mal)")
        elif block in taken:
            if isinstance(block, Grid) and not is_told:
                pieces.append("[Hela budgeten](#hela-budgeten)")
                is_told = True
        else:
            pieces += _markdown(block, remarks)
    return "\n\n".join(piece for piece in pieces if piece)


def _contents(document: SourceDocument, remarks: list[Remark]) -> list[DocumentBlock]:
    """Return the headings of a list of contents."""
    headings: list[DocumentBlock] = []
    found: list[DocumentBlock] = []
    texts = [block.text for block in document.blocks if isinstance(block, TextHeading)]
    for block in (*document.blocks, None):
        if isinstance(block, TextHeading) and texts.count(block.text) > 1 and block.text not in _texts(found):
            headings.append(block)
            continue
        if len(headings) >= CONTENTS_LEAST:
            found += headings
        headings = []
    if found:
        remarks.append(remark(RemarkKind.LEFT_OUT, "contents-list", found[0].origin, rows=len(found)))
    return found


def _texts(blocks: Collection[DocumentBlock]) -> set[str]:
    return {block.text for block in blocks if isinstance(block, TextHeading)}


def _markdown(block: DocumentBlock, remarks: list[Remark]) -> Iterator[str]:
    match block:
        case TextHeading():
            yield f"{'#' * min(block.level, 6)} {block.text}"
        case TextParagraph():
            yield _escaped(block.text)
        case ListBlock():
            yield "\n".join(
                f"{f'{number}.' if block.is_numbered else '-'} {item}"
                for number, item in enumerate(block.items, block.start)
            )
        case Grid():
            remarks.append(remark(RemarkKind.KEPT, "table-kept", block.origin, rows=len(block.rows)))
            yield _table(block)


def _escaped(text: str) -> str:
    """Return a paragraph in which no sign at the beginning of a line makes it something else."""
    return re.sub(r"^(\s*)([#>+*=-]+|\d+[.)])(?=\s)", lambda found: f"{found[1]}\\{found[2]}", text, flags=re.MULTILINE)


def _table(grid: Grid) -> str:
    rows = [[_cell(cell.text, cell.mark) for cell in row] for row in grid.rows]
    rule = ["---"] * len(rows[0])
    return "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], rule, *rows[1:]))


def _cell(text: str, mark: str) -> str:
    return " ".join(f"{text}{f' {mark}' if mark else ''}".replace("|", "\\|").split())
