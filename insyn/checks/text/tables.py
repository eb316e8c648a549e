"""Are tables whole, and is every intended table a table?"""

import re
from collections.abc import Iterator
from itertools import pairwise

from markdown_it.rules_block.table import escapedSplit

from insyn.checks.text.manuscript import Manuscript, Told
from insyn.problems import problem

QUOTED = re.compile(r"[\s>]*")
PIPES = re.compile(r"[^|]*\|[^|]*\|")
"""A line that looks like a table row."""
MARKER = re.compile(r"(?<!\s)\s*+(?:[^\w\s|]|o|\(?[\da-zåäö]{1,3}[.)])[ \t\u00a0]+")
"""May stand before a tab without making a table row: the bullet or number of a list item, as Word writes it."""
COLUMN = re.compile(r"(?<=[^\t])\t+(?=[^\t])")


def lost_cells(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each row with more cells than the table has columns: the parser drops the rest."""
    for columns, row, cells in _rows(text):
        lost = [cell.strip() for cell in cells[columns:] if cell.strip()]
        if lost:
            yield problem("cells-lost", text.place(row), lost=" | ".join(lost)), range(row, row + 1)


def swallowed_lines(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for the first line under each table that became a row without having a pipe."""
    before = -1
    for columns, row, _ in _rows(text):
        if columns > 1 and "|" not in text.lines[row]:
            if before != row - 1:
                yield problem("text-in-table", text.place(row)), range(row, row + 1)
            before = row


def _rows(text: Manuscript) -> Iterator[tuple[int, int, list[str]]]:
    """Yield each row below a table's head: the number of the table's columns, the row's line and its cells."""
    columns = 0
    for token in text.tokens:
        if token.type == "thead_open":
            columns = 0
        columns += token.type == "th_open"
        if token.type == "tr_open" and columns and token.map:
            yield columns, token.map[0], _cells(text.lines[token.map[0]])


def _cells(line: str) -> list[str]:
    """Split a row as the parser does."""
    cells = escapedSplit(QUOTED.sub("", line, count=1).rstrip())
    first = 1 if cells and not cells[0] else 0
    return cells[first : len(cells) - 1] if cells and not cells[-1] else cells[first:]


def rows_as_text(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each paragraph of rows that is no table: a line of dashes or an empty line is missing."""
    for first, inline in text.paragraphs():
        lines = list(enumerate(inline.content.split("\n"), first))
        rows = [row for row, line in lines if _is_row(line)]
        parted = [row for row, line in lines if " | " in line.strip()]
        rows = rows or (parted if len(parted) > 1 else [])
        if rows:
            yield problem("markup-shown", text.place(rows[0]), hint="shown-table"), range(rows[0], rows[-1] + 1)


def _is_row(line: str) -> bool:
    stripped = line.strip()
    return bool(PIPES.match(stripped)) and (stripped[0] == "|" or stripped[-1] == "|" or stripped.count(" | ") > 1)


# --- Columns separated by tabs --------------------------------------------------------------------------------------


def tabs(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each run of lines with tabs between columns, as in a table pasted from another program."""
    fenced = {line for token in text.tokens if token.type == "fence" and token.map for line in range(*token.map)}
    for lines in _runs(text):
        if not fenced.isdisjoint(lines):
            continue
        columns = [len(COLUMN.findall(MARKER.sub("", text.lines[line], count=1).strip())) for line in lines]
        if max(columns) > 1 or sum(1 for count in columns if count) > 1:
            row = next(line for line, count in zip(lines, columns, strict=True) if count)
            yield problem("tabs-as-table", text.place(row)), range(row, lines.stop)


def _runs(text: Manuscript) -> Iterator[range]:
    """Yield the runs of lines in which any line has a tab."""
    empty = [-1, *(row for row, line in enumerate(text.lines) if not line.strip()), len(text.lines)]
    for before, after in pairwise(empty):
        lines = range(before + 1, after)
        if any("\t" in text.lines[line] for line in lines):
            yield lines
