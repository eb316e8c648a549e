"""Lays spans out as standing columns, with values at their ends and labels below them all."""

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from insyn.charts.canvas import Corner, Mark, PlacedWords, Sketch, Strokes
from insyn.charts.figures import DrawingWidth
from insyn.charts.layouts.spans import BEYOND, BarSpan, Cluster, Clusters, Track, crossings
from insyn.charts.measuring import Style, Styles

BESIDE = 4.0
"""Between the columns of one cluster; their values stand a little farther apart."""

GAP = 8.0
"""The least between two labels, and between two clusters."""

AT_END = 6.0
"""Between a column and its value, and between the plot and its labels."""

FIGURE_HEIGHT = 0.7
"""How high figures stand, in ems."""

FILLED = 0.7
"""The share of the room on the axis that columns take."""

LABEL_LINES, STEP_LABEL_LINES = 2, 3


class _Shape(Struct, frozen=True):
    """How columns look in one of the two drawings."""

    height: float
    """From the lowest to the highest amount."""
    pitch: float
    """The most from one label to the next, so that few columns don't float apart."""
    column: float
    """The widest column in a cluster; a step may be half as wide again."""
    slimmest: float


SHAPES = {
    DrawingWidth.NARROW: _Shape(height=160, pitch=120, column=44, slimmest=10),
    DrawingWidth.WIDE: _Shape(height=180, pitch=160, column=56, slimmest=14),
}


def stand(clusters: Clusters, width: DrawingWidth, styles: Styles) -> Sketch | None:
    """Lay the columns out; None when values or labels would collide."""
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
    """How wide a column is: as wide as its value, where another column or a line stands close by."""
    breadth = clusters.breadth
    widest_value = style.widest(span.value for span in clusters.spans)
    most = shape.column * (1.5 if clusters.joined else 1)
    column = min(most, (FILLED * pitch - (breadth - 1) * BESIDE) / breadth)
    if breadth > 1 or clusters.joined:
        column = max(column, widest_value + BESIDE / 2)
    taken = max(breadth * column + (breadth - 1) * BESIDE, widest_value)
    return column if taken <= pitch - GAP and column >= shape.slimmest else None


class _Plot(Struct, frozen=True):
    """Where things stand."""

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
        """Each span with its left edge."""
        pitch = self.column + BESIDE
        left = self.middle(place) - (len(cluster.spans) * pitch - BESIDE) / 2
        return ((span, left + number * pitch) for number, span in enumerate(cluster.spans))


def _plotted(plot: _Plot, clusters: Clusters, labels: tuple[tuple[str, ...], ...]) -> tuple[float, tuple[Mark, ...]]:
    """The height that came out, and the marks."""
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
    """The zero line, and what joins one step to the next."""
    zero = plot.y(0)
    yield Strokes((((0, zero), (len(clusters.members) * plot.pitch, zero)),), "axis")
    if clusters.joined and len(clusters.members) > 1:
        yield Strokes(tuple(_joints(plot, clusters)), "connector")


def _joints(plot: _Plot, clusters: Clusters) -> Iterator[tuple[Corner, Corner]]:
    """From a step's right edge, or its left where there is nothing to see of it, to the next one's left edge."""
    for place, (cluster, after) in enumerate(pairwise(clusters.members)):
        (span, left), (_, following) = next(plot.columns(place, cluster)), next(plot.columns(place + 1, after))
        y = plot.y(span.end)
        yield (left if span.start == span.end else left + plot.column, y), (following, y)


def _upright(plot: _Plot, span: BarSpan, left: float) -> Iterator[Mark]:
    """A column with its value above it, or below it when all of it lies below zero."""
    begin, length = plot.track.place(span)
    bottom = plot.top + plot.track.room - begin
    if length:
        yield span.box(left, bottom - length, plot.column, length)
    style = plot.styles.figure
    edges = [bottom, bottom - length, *([plot.y(span.mark)] if span.mark is not None else [])]
    baseline = max(edges) + AT_END + FIGURE_HEIGHT * style.size if _hangs(span) else min(edges) - AT_END
    yield PlacedWords(left + plot.column / 2, baseline, span.value, style, "middle")


def _hangs(span: BarSpan) -> bool:
    """Whether all of a column lies below the zero line, and its value with it."""
    return span.is_below_zero and (span.mark or 0) <= 0


def _crossings(plot: _Plot, clusters: Clusters) -> Iterator[tuple[Corner, Corner]]:
    """A line across each column that has an amount to be compared with."""
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
