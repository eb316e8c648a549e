"""Horizontal bars, with names in a column on the left and values after the bars."""

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from insyn.charts.canvas import Corner, Mark, PlacedWords, Rectangle, Sketch, Strokes
from insyn.charts.layouts.spans import (
    APART,
    BEYOND,
    CLOSE,
    TEXT_GAP,
    BarSpan,
    Cluster,
    Clusters,
    Track,
    crossings,
    track_before_values,
)
from insyn.charts.measuring import Style, Styles

NAMES_AT_MOST = 0.4
"""The largest share of the width for names."""

BARS_AT_LEAST = 0.3
"""The least share of the width for bars."""

ALONE, TOGETHER = 22.0, 17.0
"""Thickness of a bar, alone or in a cluster."""


def lay_beside(clusters: Clusters, width: float, styles: Styles) -> Sketch | None:
    """Return the layout; None when names and values leave too little room for bars."""
    names = [styles.name.wrap(cluster.label, NAMES_AT_MOST * width) for cluster in clusters.members]
    column = styles.name.widest(line for lines in names for line in lines)
    left = column + TEXT_GAP + 2 if column else 0.0
    track = track_before_values(clusters, width - left, styles.value)
    if track.room < BARS_AT_LEAST * width:
        return None
    margin = BEYOND if clusters.is_crossed else 0.0
    rows = tuple(_rows(clusters, names, styles.name, margin))
    marks = [*_lines(clusters, rows, left, track)]
    for row in rows:
        marks += _name(row, column, styles.name)
        marks += _bars(row, left, track, styles.value)
    marks += crossings([line for row in rows for line in _crossings(row, left, track)])
    return Sketch(width, rows[-1].bottom + margin if rows else 0.0, tuple(marks))


class _Row(Struct, frozen=True):
    """A placed cluster."""

    cluster: Cluster
    name: tuple[str, ...]
    top: float
    height: float
    thickness: float

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def middle(self) -> float:
        return self.top + self.height / 2

    @property
    def bars(self) -> Iterator[tuple[BarSpan, float]]:
        """Yield each span and its upper edge, centred in the row."""
        pitch = self.thickness + CLOSE
        first = self.middle - (len(self.cluster.spans) * pitch - CLOSE) / 2
        return ((span, first + place * pitch) for place, span in enumerate(self.cluster.spans))


def _rows(clusters: Clusters, names: list[tuple[str, ...]], style: Style, top: float) -> Iterator[_Row]:
    thickness = ALONE if clusters.breadth == 1 else TOGETHER
    for cluster, name in zip(clusters.members, names, strict=True):
        bars = len(cluster.spans) * (thickness + CLOSE) - CLOSE
        row = _Row(cluster, name, top, max(bars, len(name) * style.leading), thickness)
        yield row
        top = row.bottom + APART + (CLOSE if clusters.breadth > 1 else 0)


def _lines(clusters: Clusters, rows: tuple[_Row, ...], left: float, track: Track) -> Iterator[Mark]:
    """Yield the zero line, if any bar is negative, and the lines between steps."""
    if clusters.low < 0 and rows:
        zero = left + track.at(0)
        yield Strokes((((zero, 0), (zero, rows[-1].bottom)),), "axis")
    if clusters.joined and len(rows) > 1:
        yield Strokes(tuple(_joint(row, after, left, track) for row, after in pairwise(rows)), "connector")


def _joint(row: _Row, after: _Row, left: float, track: Track) -> tuple[Corner, Corner]:
    (span, top), (_, following) = next(row.bars), next(after.bars)
    x = left + track.at(span.end)
    return (x, top + row.thickness), (x, following)


def _name(row: _Row, right: float, style: Style) -> Iterator[PlacedWords]:
    first = row.middle - (len(row.name) - 1) * style.leading / 2
    for place, line in enumerate(row.name):
        yield PlacedWords(right, style.baseline(first + place * style.leading), line, style, "end")


def _bars(row: _Row, left: float, track: Track, style: Style) -> Iterator[Mark]:
    for span, top in row.bars:
        begin, length = track.place(span)
        if length:
            yield span.box(left + begin, top, length, row.thickness)
        rest = track.rest(span)
        if rest:
            yield Rectangle(left + rest[0], top, rest[1], row.thickness, "rest")
        yield PlacedWords(left + track.value_at(span), style.baseline(top + row.thickness / 2), span.value, style)


def _crossings(row: _Row, left: float, track: Track) -> Iterator[tuple[Corner, Corner]]:
    for span, top in row.bars:
        if span.mark is not None:
            x = left + track.crossing(span.mark)
            yield (x, top - BEYOND), (x, top + row.thickness + BEYOND)
