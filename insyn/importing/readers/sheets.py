"""From the cells of a sheet to its tables: an empty row may part two of them, or only paragraphs of one."""

from collections.abc import Iterator, Sequence

from insyn.importing.columns import headings_of
from insyn.importing.document import Grid, GridCell
from insyn.reading.printed_amounts import is_amount_like

Rows = Sequence[tuple[GridCell, ...]]


def grids_of(rows: Rows) -> Iterator[Grid]:
    """Yield the tables. A part after an empty row is one of its own when it has headings with years, or fewer amounts
    in its rows than the part before has columns."""
    taken: list[tuple[GridCell, ...]] = []
    columns = 0
    for part in _parts(rows):
        header = next((headings_of(row) for row in part if headings_of(row)), None)
        amounts = _amounts(part)
        if taken and (header is not None or (columns and 0 < amounts < columns) or (not columns and amounts)):
            yield _grid(taken)
            taken = []
        columns = len(header) if header else columns if taken else 0
        taken += part
    if taken:
        yield _grid(taken)


def _parts(rows: Rows) -> Iterator[list[tuple[GridCell, ...]]]:
    part: list[tuple[GridCell, ...]] = []
    for row in rows:
        if any(cell.text.strip() for cell in row):
            part.append(row)
        elif part:
            yield part
            part = []
    if part:
        yield part


def _amounts(part: list[tuple[GridCell, ...]]) -> int:
    """Return the most amounts that a row has."""
    return max(sum(bool(cell.text.strip()) and is_amount_like(cell.text) for cell in row) for row in part)


def _grid(rows: list[tuple[GridCell, ...]]) -> Grid:
    used = [at for at in range(len(rows[0])) if any(row[at].text.strip() for row in rows)]
    first, last = used[0], used[-1] + 1
    cut = tuple(row[first:last] for row in rows)
    return Grid(cut, cut[0][0].origin)
