"""Bars, columns and steps as spans between two amounts, which is all that a layout needs to know of them."""

from collections.abc import Iterator

from msgspec import Struct

from insyn.charts.canvas import Corner, Mark, Rectangle, Strokes
from insyn.charts.figures import Bar, Bars, Columns, LevelLine, Point, Series, Step, StepKind, Waterfall
from insyn.charts.measuring import Style

HAIR = 2.0
"""The least length of a bar that is not nothing."""

OUTLINE = 1.6
"""How thick the CSS draws the outline of what is tentative; it lies within the bar."""

CLOSE, APART = 5.0, 14.0
"""Between bars of one cluster, and between clusters, when they lie."""

TEXT_GAP = 8.0
"""Between a bar and the words beside it."""

MARK = 2.5
"""How thick the CSS draws the line that crosses a bar."""

BEYOND = 3.0
"""How far that line reaches beyond the bar on both sides."""


class BarSpan(Struct, frozen=True):
    start: int
    """Where it grows from: zero, or where the step before it ended."""
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
        """The lowest amount that anything of it stands at."""
        return self.low if self.mark is None else min(self.low, self.mark)

    @property
    def most(self) -> int:
        """The highest amount that anything of it stands at."""
        most = self.high if self.mark is None else max(self.high, self.mark)
        return most if self.whole is None else max(most, self.whole)

    @property
    def is_below_zero(self) -> bool:
        return self.low < 0 and self.high <= 0

    def box(self, x: float, y: float, width: float, height: float) -> Rectangle:
        """Fill the place given, or draw the outline within it."""
        inset = OUTLINE / 2 if "tentative" in self.look else 0.0
        shrunk = max(width - 2 * inset, 0.2), max(height - 2 * inset, 0.2)
        return Rectangle(x + inset, y + inset, *shrunk, self.look)


class Cluster(Struct, frozen=True):
    """What shares one label."""

    label: str
    spans: tuple[BarSpan, ...]


class Clusters(Struct, frozen=True):
    members: tuple[Cluster, ...]
    joined: bool = False
    """Each grows from where the one before it ended, and thin lines show it."""

    @property
    def spans(self) -> tuple[BarSpan, ...]:
        return tuple(span for cluster in self.members for span in cluster.spans)

    @property
    def breadth(self) -> int:
        """The most bars that share one label."""
        return max((len(cluster.spans) for cluster in self.members), default=1)

    @property
    def is_crossed(self) -> bool:
        """Whether any bar has an amount beside its own to be compared with."""
        return any(span.mark is not None for span in self.spans)

    @property
    def low(self) -> int:
        return min((0, *(span.least for span in self.spans)))

    @property
    def high(self) -> int:
        return max((0, *(span.most for span in self.spans)))


class Track(Struct, frozen=True):
    """Lays amounts out on a length of units that begins at `low` and ends at `high`, with zero in between."""

    low: int
    high: int
    room: float

    def at(self, amount: int) -> float:
        if self.low == self.high:
            return 0.0
        spare = HAIR if self.low < 0 < self.high else 0.0
        return spare + (amount - self.low) / (self.high - self.low) * (self.room - 2 * spare)

    def place(self, span: BarSpan) -> tuple[float, float]:
        """Where the span begins, counted from `low`, and its length, which is visible unless it is nothing."""
        start = self.at(span.start)
        if span.start == span.end:
            return start, 0.0
        length = max(HAIR, abs(self.at(span.end) - start))
        begin = start if span.end > span.start else start - length
        return max(0.0, min(begin, self.room - length)), length

    def value_at(self, span: BarSpan) -> float:
        """Where the value of a lying bar begins: after all that is drawn of it, and after the zero line."""
        begin, length = self.place(span)
        if not length and not self.low and span.mark is None and span.most <= 0:
            return begin
        return max(begin + length, self.at(max(0, span.most))) + TEXT_GAP

    def rest(self, span: BarSpan) -> tuple[float, float] | None:
        """Where the rest of what the span is a part of begins, and its length; None when there is nothing to see."""
        if span.whole is None or span.low < 0:
            return None
        begin, length = self.place(span)
        left = self.at(span.whole) - begin - length
        return (begin + length, left) if left > 0 else None

    def crossing(self, amount: int) -> float:
        """Where the line for an amount crosses, whole within the track."""
        return max(MARK / 2, min(self.at(amount), self.room - MARK / 2))


def track_before_values(clusters: Clusters, room: float, style: Style) -> Track:
    """The longest track for lying bars on which every one still has room for its own value after it."""
    low, high = clusters.low, clusters.high
    lengths = [room]
    for span in clusters.spans:
        left = room - TEXT_GAP - 2 * HAIR - style.width(span.value)
        reach = max(0, span.most) - low
        lengths.append(left * (high - low) / reach if reach else left)
    return Track(low, high, min(lengths))


def clusters_of(figure: Bars | Columns | Waterfall | LevelLine) -> Clusters:
    """See any figure with lengths as spans; the points of a line become bars, for when the line has no room."""
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
    """The lines that cross bars, with a rim of the ground's colour that sets them off from bars of any colour."""
    if lines:
        yield Strokes(tuple(lines), "mark-rim")
        yield Strokes(tuple(lines), "mark")


def look_of(series: Series, *, tentative: bool) -> str:
    return f"{series.value} tentative" if tentative else series.value


def _from_zero(bar: Bar) -> BarSpan:
    return BarSpan(0, bar.amount, bar.value, look_of(bar.series, tentative=bar.tentative), bar.mark, bar.whole)


def _bar_of(point: Point) -> BarSpan:
    return BarSpan(0, point.amount, point.value, look_of(Series.FIRST, tentative=point.tentative), point.limit)


def _falling(steps: tuple[Step, ...]) -> Iterator[Cluster]:
    """Follow the running level: only a step that is a level says itself where it stands."""
    level = 0
    for step in steps:
        start = 0 if step.kind is StepKind.LEVEL else level
        level = start - step.amount if step.kind is StepKind.TAKEN else start + step.amount
        yield Cluster(step.label, (BarSpan(start, level, step.value, step.series.value),))
