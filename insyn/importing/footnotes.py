"""The texts of a table's marks: where they stand after it, as paragraphs or a numbered list."""

import re
from collections.abc import Iterator

from insyn.importing.cells import mark_of
from insyn.importing.document import (
    DocumentBlock,
    ListBlock,
    Remark,
    RemarkKind,
    SourceDocument,
    TextHeading,
    TextParagraph,
    remark,
)
from insyn.importing.draft import DraftBudget, named_cells, rows_of
from insyn.importing.tables import FoundTable

MARKED = re.compile(r"\s*(?P<mark>\*{1,4}|\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹]|\d{1,2}(?=\s))\s*(?P<text>[^*\s].*)", re.DOTALL)
IN_CELL = re.compile(r"((?<!\*)\*+|\d{1,2}\))\"?\Z")
NOTES_HEADING = re.compile(r"(?:fot)?not(?:er)?\W*\Z", re.I)


def find_notes(
    budget: DraftBudget, table: FoundTable, document: SourceDocument, remarks: list[Remark]
) -> tuple[tuple[tuple[str, str], ...], tuple[DocumentBlock, ...]]:
    """Return the texts of the marks that the budget has, in order, and the blocks that they are taken from."""
    marks = marks_of(budget)
    if not marks:
        return (), ()
    found: dict[str, str] = {}
    taken: list[DocumentBlock] = []
    for block in _after(document, table):
        texts = dict(_notes_in(block))
        new = {mark: text for mark, text in texts.items() if mark in marks and mark not in found}
        if new:
            found.update(new)
            taken.append(block)
        elif isinstance(block, TextParagraph) and NOTES_HEADING.match(block.text.strip("* ")):
            taken.append(block)
    for mark in marks:
        if mark not in found:
            remarks.append(remark(RemarkKind.UNREAD, "note-without-text", table.blocks[0].origin, mark=mark))
    return tuple((mark, found[mark]) for mark in marks if mark in found), tuple(taken) if found else ()


def marks_of(budget: DraftBudget) -> list[str]:
    """Return every mark of rows and cells, in the order of the table."""
    marks = [row.mark for block in (budget.income, budget.costs) for row in rows_of(block) if row.mark]
    marks += [match[1] for _, _, cell in named_cells(budget) if (match := IN_CELL.search(cell.written))]
    return list(dict.fromkeys(one.strip() for mark in marks for one in mark.split(",")))


def _after(document: SourceDocument, table: FoundTable) -> Iterator[DocumentBlock]:
    last = max(number for number, block in enumerate(document.blocks) if block.origin == table.blocks[-1].origin)
    for block in document.blocks[last + 1 :]:
        if isinstance(block, TextHeading):
            return
        yield block


def _notes_in(block: DocumentBlock) -> Iterator[tuple[str, str]]:
    if isinstance(block, ListBlock) and block.is_numbered:
        yield from ((f"{number})", text) for number, text in enumerate(block.items, block.start))
    elif isinstance(block, TextParagraph) and (match := MARKED.match(block.text)):
        yield mark_of(match["mark"]), match["text"].strip()
