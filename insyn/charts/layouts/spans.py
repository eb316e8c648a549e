"""Bars, columns and steps as spans between two amounts: the layouts' common input."""

from collections.abc import Iterator

from msgspec import Struct

from insyn.charts.canvas import Corner, Mark, Rectangle, Strokes
from insyn.charts.figures import Bar, Bars, Columns, LevelLine, Point, Series, Step, StepKind, Waterfall
from insyn.charts.measuring import Style

HAIR = 2.0
"""The least length of a bar that isn't zero."""

OUTLINE = 1.6
"""The CSS's outline width of tentative bars, drawn within the bar."""

CLOSE, APART = 5.0, 14.0
"""Gaps between horizontal bars: within a cluster, and between clusters."""

TEXT_GAP = 8.0
"""The gap between a bar and the words beside it."""

MARK = 2.5
"""The CSS's width of a line that crosses a bar."""

BEYOND = 3.0
"""How far that line extends beyond the bar on each side."""


class BarSpan(Struct, frozen=True):
    start: int
    """Its base: zero, or the end of the previous step."""
    end: int
    value: str
    look: str
    mark: int | None = None
    whole: int | None = None

    @property
    def low(self) -> int:
        return min(self.start, self.end)

    @property
    def high(self) -> int:
        return max(self.start, self.end)

    @property
    def least(self) -> int:
        """The lowest amount that is drawn."""
        return self.low if self.mark is None else min(self.low, self.mark)

    @property
    def most(self) -> int:
        """The highest amount that is drawn."""
        most = self.high if self.mark is None else max(self.high, self.mark)
        return most if self.whole is None else max(most, self.whole)

    @property
    def is_below_zero(self) -> bool:
        return self.low < 0 and self.high <= 0

    def box(self, x: float, y: float, width: float, height: float) -> Rectangle:
        """Return the rectangle, inset for the outline if tentative."""
        inset = OUTLINE / 2 if "tentative" in self.look else 0.0
        shrunk = max(width - 2 * inset, 0.2), max(height - 2 * inset, 0.2)
        return Rectangle(x + inset, y + inset, *shrunk, self.look)


class Cluster(Struct, frozen=True):
    """The spans that share one label."""

    label: str
    spans: tuple[BarSpan, ...]


class Clusters(Struct, frozen=True):
    members: tuple[Cluster, ...]
    joined: bool = False
    """Whether each starts where the previous ended, with a thin line between them."""

    @property
    def spans(self) -> tuple[BarSpan, ...]:
        return tuple(span for cluster in self.members for span in cluster.spans)

    @property
    def breadth(self) -> int:
        """The largest number of bars in a cluster."""
        return max((len(cluster.spans) for cluster in self.members), default=1)

    @property
    def is_crossed(self) -> bool:
        """Whether any bar has an amount to compare with."""
        return any(span.mark is not None for span in self.spans)

    @property
    def low(self) -> int:
        return min((0, *(span.least for span in self.spans)))

    @property
    def high(self) -> int:
        return max((0, *(span.most for span in self.spans)))


class Track(Struct, frozen=True):
    """A linear scale from amounts, `low` to `high` including zero, to units."""

    low: int
    high: int
    room: float

    def at(self, amount: int) -> float:
        if self.low == self.high:
            return 0.0
        spare = HAIR if self.low < 0 < self.high else 0.0
        return spare + (amount - self.low) / (self.high - self.low) * (self.room - 2 * spare)

    def place(self, span: BarSpan) -> tuple[float, float]:
        """Return a span's start and length, visible unless it is zero."""
        start = self.at(span.start)
        if span.start == span.end:
            return start, 0.0
        length = max(HAIR, abs(self.at(span.end) - start))
        begin = start if span.end > span.start else start - length
        return max(0.0, min(begin, self.room - length)), length

    def value_at(self, span: BarSpan) -> float:
        """Return the start of a horizontal bar's value: after the bar and the zero line."""
        begin, length = self.place(span)
        if not length and not self.low and span.mark is None and span.most <= 0:
            return begin
        return max(begin + length, self.at(max(0, span.most))) + TEXT_GAP

    def rest(self, span: BarSpan) -> tuple[float, float] | None:
        """Return start and length of the rest of the span's whole; None when too short to see."""
        if span.whole is None or span.low < 0:
            return None
        begin, length = self.place(span)
        left = self.at(span.whole) - begin - length
        return (begin + length, left) if left > 0 else None

    def crossing(self, amount: int) -> float:
        """Return the position of the crossing line for an amount, kept within the track."""
        return max(MARK / 2, min(self.at(amount), self.room - MARK / 2))


def track_before_values(clusters: Clusters, room: float, style: Style) -> Track:
    """Return the longest track on which every horizontal bar has room for its value."""
    low, high = clusters.low, clusters.high
    lengths = [room]
    for span in clusters.spans:
        left = room - TEXT_GAP - 2 * HAIR - style.width(span.value)
        reach = max(0, span.most) - low
        lengths.append(left * (high - low) / reach if reach else left)
    return Track(low, high, min(lengths))


def clusters_of(figure: Bars | Columns | Waterfall | LevelLine) -> Clusters:
    """Return a figure's spans. Points of a line become bars, for when the line doesn't fit."""
    match figure:
        case Bars(bars):
            return Clusters(tuple(Cluster(bar.label, (_from_zero(bar),)) for bar in bars))
        case Columns(groups):
            return Clusters(tuple(Cluster(group.label, tuple(map(_from_zero, group.bars))) for group in groups))
        case Waterfall(steps):
            return Clusters(tuple(_falling(steps)), joined=True)
        case LevelLine(points):
            return Clusters(tuple(Cluster(point.label, (_bar_of(point),)) for point in points))


def crossings(lines: list[tuple[Corner, Corner]]) -> Iterator[Mark]:
    """Yield crossing lines, with a rim in the ground's colour for contrast."""
    if lines:
        yield Strokes(tuple(lines), "mark-rim")
        yield Strokes(tuple(lines), "mark")


def look_of(series: Series, *, tentative: bool) -> str:
    return f"{series.value} tentative" if tentative else series.value


def _from_zero(bar: Bar) -> BarSpan:
    return BarSpan(0, bar.amount, bar.value, look_of(bar.series, tentative=bar.tentative), bar.mark, bar.whole)


def _bar_of(point: Point) -> BarSpan:
    return BarSpan(0, point.amount, point.value, look_of(Series.SAVED, tentative=point.tentative), point.limit)


def _falling(steps: tuple[Step, ...]) -> Iterator[Cluster]:
    """Yield steps as spans from the running level."""
    level = 0
    for step in steps:
        start = 0 if step.kind is StepKind.LEVEL else level
        level = start - step.amount if step.kind is StepKind.TAKEN else start + step.amount
        yield Cluster(step.label, (BarSpan(start, level, step.value, step.series.value),))
