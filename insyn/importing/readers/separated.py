"""Reads CSV and other text whose cells have a sign between them."""

import csv
import io
from collections import Counter

from insyn.importing.document import GridCell, Remark, SourceDocument, SourcePlace, squared
from insyn.importing.readers.inline import bare, raised
from insyn.importing.readers.sheets import grids_of

SEPARATORS = (";", "\t", "|", ",")
LOOKED_AT = 200
"""Rows that tell which sign parts the cells."""


def read_separated(text: str) -> SourceDocument:
    """Read a table. What parts its cells is the sign by which most rows are equally long."""
    remarks: list[Remark] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    rows: list[list[GridCell]] = []
    line = 1
    for written in reader:
        rows.append([_cell(piece, line, column) for column, piece in enumerate(written, 1)])
        line = reader.line_num + 1
    return SourceDocument(tuple(grids_of(squared(rows))), tuple(remarks))


def _cell(piece: str, line: int, column: int) -> GridCell:
    text, mark = raised(piece)
    return GridCell(bare(text), SourcePlace(line=line, column=column), mark)


def _separator(text: str) -> str:
    def weight(separator: str) -> tuple[int, int]:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        lengths = Counter(len(row) for row, _ in zip(rows, range(LOOKED_AT), strict=False) if len(row) > 1)
        return lengths.most_common(1)[0][::-1] if lengths else (0, 0)

    return max(SEPARATORS, key=weight)
