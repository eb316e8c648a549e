"""Measurements as Markdown tables."""

from collections.abc import Iterable, Sequence

from bench.measuring import Spread
from bench.scenarios import Bar, Row

HEADS = ("", "wall, s", "CPU, s", "memory, MB", "wall / Hugo", "files written", "bar")
NONE = "–"


def markdown(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; all columns but the first are numbers."""
    marks = ["---", *["---:"] * (len(heads) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |".replace("|  |", "| |") for cells in (heads, marks, *rows))


def cells(row: Row, *, judged: bool) -> list[str]:
    """Return a row's cells: the median, and the least and the most when there were several runs."""
    return [
        row.name,
        spread(row.wall),
        spread(row.cpu),
        spread(row.memory),
        spread(row.ratio) if row.ratio else NONE,
        spread(Spread(tuple(map(float, row.written)))) if row.written else NONE,
        _judgement(row) if judged else NONE,
    ]


def spread(found: Spread) -> str:
    middle, least, most = (figure(value) for value in (found.middle, found.least, found.most))
    return middle if least == most else f"{middle} ({least}–{most})"


def figure(value: float) -> str:
    """Return a number with three significant digits, whole from 100."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}".replace(",", " ")
    decimals = next((count for count, floor in ((1, 10), (2, 1), (3, 0.1)) if abs(value) >= floor), 4)
    return f"{value:.{decimals}f}"


def _judgement(row: Row) -> str:
    """Return the limit and whether it is met, by median time and by largest memory."""
    parts = list(_bars(row.bar, row))
    if not parts:
        return NONE
    met = all(found <= most for found, most, _ in parts)
    return f"{', '.join(f'≤ {most:g}{unit}' for _, most, unit in parts)}: {'met' if met else 'NOT MET'}"


def _bars(bar: Bar, row: Row) -> Iterable[tuple[float, float, str]]:
    """Yield (measured, limit, unit)."""
    if bar.ratio is not None and row.ratio:
        yield row.ratio.middle, bar.ratio, ""
    if bar.wall is not None:
        yield row.wall.middle, bar.wall, " s"
    if bar.memory is not None:
        yield row.memory.most, bar.memory, " MB"
