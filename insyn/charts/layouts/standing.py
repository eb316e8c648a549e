"""Vertical columns, with values at their ends and labels below."""

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from insyn.charts.canvas import Corner, Mark, PlacedWords, Sketch, Strokes
from insyn.charts.figures import DrawingWidth
from insyn.charts.layouts.spans import BEYOND, BarSpan, Cluster, Clusters, Track, crossings
from insyn.charts.measuring import Style, Styles

BESIDE = 4.0
"""The gap between columns of a cluster; their values are a little farther apart."""

GAP = 8.0
"""The least gap between labels, and between clusters."""

AT_END = 6.0
"""The gap between a column and its value, and between plot and labels."""

FIGURE_HEIGHT = 0.7
"""The height of digits, in ems."""

FILLED = 0.7
"""The share of the axis that columns take."""

LABEL_LINES, STEP_LABEL_LINES = 2, 3


class _Shape(Struct, frozen=True):
    """Dimensions in one of the two widths."""

    height: float
    """The height from the lowest to the highest amount."""
    pitch: float
    """The largest distance between labels."""
    column: float
    """The largest width of a column in a cluster; a step may be half as wide again."""
    slimmest: float


SHAPES = {
    DrawingWidth.NARROW: _Shape(height=160, pitch=120, column=44, slimmest=10),
    DrawingWidth.WIDE: _Shape(height=180, pitch=160, column=56, slimmest=14),
}


def stand(clusters: Clusters, width: DrawingWidth, styles: Styles) -> Sketch | None:
    """Return the layout; None when values or labels collide."""
    shape = SHAPES[width]
    pitch = min(shape.pitch, width.value / max(1, len(clusters.members)))
    column = _column(clusters, pitch, shape, styles.figure)
    room = pitch - GAP
    labels = tuple(styles.label.wrap(cluster.label, room) for cluster in clusters.members)
    most = STEP_LABEL_LINES if clusters.joined else LABEL_LINES
    words_cut = any(styles.label.cuts(cluster.label, room) for cluster in clusters.members)
    if column is None or words_cut or max(map(len, labels), default=0) > most:
        return None
    height = shape.height if clusters.low < clusters.high else 0.0
    top = styles.figure.ascent + AT_END
    plot = _Plot(pitch, column, top, Track(clusters.low, clusters.high, height), styles)
    return Sketch(width.value, *_plotted(plot, clusters, labels))


def _column(clusters: Clusters, pitch: float, shape: _Shape, style: Style) -> float | None:
    """Return the columns' width: at least the values', where another column or a line is close."""
    breadth = clusters.breadth
    widest_value = style.widest(span.value for span in clusters.spans)
    most = shape.column * (1.5 if clusters.joined else 1)
    column = min(most, (FILLED * pitch - (breadth - 1) * BESIDE) / breadth)
    if breadth > 1 or clusters.joined:
        column = max(column, widest_value + BESIDE / 2)
    taken = max(breadth * column + (breadth - 1) * BESIDE, widest_value)
    return column if taken <= pitch - GAP and column >= shape.slimmest else None


class _Plot(Struct, frozen=True):
    """Coordinates of the plot."""

    pitch: float
    column: float
    top: float
    track: Track
    styles: Styles

    def y(self, amount: int) -> float:
        return self.top + self.track.room - self.track.at(amount)

    def middle(self, place: int) -> float:
        return (place + 0.5) * self.pitch

    def columns(self, place: int, cluster: Cluster) -> Iterator[tuple[BarSpan, float]]:
        """Yield each span and its left edge."""
        pitch = self.column + BESIDE
        left = self.middle(place) - (len(cluster.spans) * pitch - BESIDE) / 2
        return ((span, left + number * pitch) for number, span in enumerate(cluster.spans))


def _plotted(plot: _Plot, clusters: Clusters, labels: tuple[tuple[str, ...], ...]) -> tuple[float, tuple[Mark, ...]]:
    """Return the height, and the marks."""
    under = plot.top + plot.track.room + AT_END
    if any(_hangs(span) for span in clusters.spans):
        figure = plot.styles.figure
        under += AT_END + FIGURE_HEIGHT * figure.size + figure.descent
    marks = [*_lines(plot, clusters)]
    for place, (cluster, lines) in enumerate(zip(clusters.members, labels, strict=True)):
        for span, left in plot.columns(place, cluster):
            marks += _upright(plot, span, left)
        marks += _label(plot, place, lines, under)
    marks += crossings(list(_crossings(plot, clusters)))
    deepest = max(map(len, labels), default=0)
    return under + deepest * plot.styles.label.leading, tuple(marks)


def _lines(plot: _Plot, clusters: Clusters) -> Iterator[Mark]:
    """Yield the zero line, and the lines between steps."""
    zero = plot.y(0)
    yield Strokes((((0, zero), (len(clusters.members) * plot.pitch, zero)),), "axis")
    if clusters.joined and len(clusters.members) > 1:
        yield Strokes(tuple(_joints(plot, clusters)), "connector")


def _joints(plot: _Plot, clusters: Clusters) -> Iterator[tuple[Corner, Corner]]:
    """Yield lines from a step's right edge, left if it is zero, to the next step's left edge."""
    for place, (cluster, after) in enumerate(pairwise(clusters.members)):
        (span, left), (_, following) = next(plot.columns(place, cluster)), next(plot.columns(place + 1, after))
        y = plot.y(span.end)
        yield (left if span.start == span.end else left + plot.column, y), (following, y)


def _upright(plot: _Plot, span: BarSpan, left: float) -> Iterator[Mark]:
    """Yield a column and its value: above, or below if the column hangs."""
    begin, length = plot.track.place(span)
    bottom = plot.top + plot.track.room - begin
    if length:
        yield span.box(left, bottom - length, plot.column, length)
    style = plot.styles.figure
    edges = [bottom, bottom - length, *([plot.y(span.mark)] if span.mark is not None else [])]
    baseline = max(edges) + AT_END + FIGURE_HEIGHT * style.size if _hangs(span) else min(edges) - AT_END
    yield PlacedWords(left + plot.column / 2, baseline, span.value, style, "middle")


def _hangs(span: BarSpan) -> bool:
    """Whether a column is entirely below zero."""
    return span.is_below_zero and (span.mark or 0) <= 0


def _crossings(plot: _Plot, clusters: Clusters) -> Iterator[tuple[Corner, Corner]]:
    """Yield a line across each column that has an amount to compare with."""
    reach = BEYOND if clusters.breadth == 1 else BESIDE / 2 - 1
    for place, cluster in enumerate(clusters.members):
        for span, left in plot.columns(place, cluster):
            if span.mark is not None:
                y = plot.y(span.mark)
                yield (left - reach, y), (left + plot.column + reach, y)


def _label(plot: _Plot, place: int, lines: tuple[str, ...], top: float) -> Iterator[PlacedWords]:
    style = plot.styles.label
    for number, line in enumerate(lines):
        yield PlacedWords(plot.middle(place), top + style.ascent + number * style.leading, line, style, "middle")
