"""A line through points in time, with a value at each point and labels below."""

import math
from collections.abc import Iterator
from itertools import groupby, pairwise

from msgspec import Struct

from insyn.charts.canvas import Corner, Mark, PlacedWords, Rectangle, Sketch, Strokes
from insyn.charts.figures import DrawingWidth, LevelLine, Point
from insyn.charts.layouts.spans import Track
from insyn.charts.measuring import Styles

HEIGHTS = {DrawingWidth.NARROW: 130.0, DrawingWidth.WIDE: 180.0}
"""The height from the lowest amount, or zero, to the highest."""

STEP = 200.0
"""The largest distance between points."""

WORD_GAP = 10.0
"""The least gap between values or labels."""

AT_POINT = 10.0
"""The gap between a point and its value, and between plot and labels."""

FIGURE_HEIGHT = 0.7
"""The height of digits, in ems."""

RIM = 2.0
"""The margin of the ground behind a value."""

BELOW_VALUE = AT_POINT - 2 * RIM
"""How far above a point a line may rise and still pass below its value."""

LABEL_LINES = 2
MANY = 8
"""With more points than this, only every second or third may have words, and always the last."""

EVERY = (1, 2, 3)


def lay_line(line: LevelLine, width: DrawingWidth, styles: Styles) -> Sketch | None:
    """Return the layout; None when words collide even at every third point."""
    for every in EVERY if len(line.points) > MANY else EVERY[:1]:
        plot = _plot(line.points, width, styles, every)
        if plot:
            return Sketch(width.value, *_plotted(plot, line.points))
    return None


class _Plot(Struct, frozen=True):
    """Coordinates of the plot."""

    left: float
    step: float
    top: float
    track: Track
    styles: Styles
    labels: dict[int, tuple[str, ...]]
    """By point with words: its label in lines."""

    def x(self, place: int) -> float:
        return self.left + place * self.step

    def y(self, amount: int) -> float:
        return self.top + self.track.room - self.track.at(amount)


def _plot(points: tuple[Point, ...], width: DrawingWidth, styles: Styles, every: int) -> _Plot | None:
    """Return a plot where the first and last point's words are within the frame; None when words collide."""
    last = len(points) - 1
    worded = [place for place in range(len(points)) if (last - place) % every == 0]
    room = every * width.value / max(1, len(points)) - WORD_GAP
    labels = {place: styles.label.wrap(points[place].label, room) for place in worded}
    widths = {place: _words_width(points[place], labels[place], styles) for place in worded}
    margin = max((widths[place] / 2 for place in (worded[:1] + worded[-1:])), default=0.0)
    step = min(STEP, (width.value - 2 * margin) / max(1, last))
    cut = any(styles.label.cuts(points[place].label, room) for place in worded)
    crowded = max(widths.values(), default=0.0) > (every * step if last else width.value) - WORD_GAP
    if cut or crowded or max(map(len, labels.values()), default=0) > LABEL_LINES:
        return None
    levels = [point.amount for point in points] + [point.limit for point in points if point.limit is not None]
    low, high = (pick((0, *levels)) for pick in (min, max))
    track = Track(low, high, HEIGHTS[width] if low < high else 0.0)
    return _Plot(margin, step, styles.figure.ascent + AT_POINT, track, styles, labels)


def _words_width(point: Point, label: tuple[str, ...], styles: Styles) -> float:
    return max(styles.figure.width(point.value), styles.label.widest(label))


def _plotted(plot: _Plot, points: tuple[Point, ...]) -> tuple[float, tuple[Mark, ...]]:
    """Return the height, and the marks."""
    under = plot.top + plot.track.room + AT_POINT
    if plot.track.low < 0:
        under += FIGURE_HEIGHT * plot.styles.figure.size + AT_POINT
    values = tuple(_values(plot, points))
    grounds = (_ground(value) for value in values)
    marks: list[Mark] = [*_lines(plot, points), *_limits(plot, points), *grounds, *_points(plot, points), *values]
    style = plot.styles.label
    for place, lines in plot.labels.items():
        for number, text in enumerate(lines):
            baseline = under + style.ascent + number * style.leading
            marks.append(PlacedWords(plot.x(place), baseline, text, style, "middle"))
    deepest = max(map(len, plot.labels.values()), default=0)
    return under + deepest * style.leading, tuple(marks)


def _lines(plot: _Plot, points: tuple[Point, ...]) -> Iterator[Strokes]:
    """Yield the zero line and the line's segments, which are dashed if an end is tentative."""
    zero = plot.y(0)
    yield Strokes((((0, zero), (plot.x(len(points) - 1) + plot.left, zero)),), "axis")
    pieces = pairwise((place, point) for place, point in enumerate(points))
    for tentative, run in groupby(pieces, lambda piece: piece[0][1].tentative or piece[1][1].tentative):
        ends = list(run)
        corners = [ends[0][0], *(end for _, end in ends)]
        way = tuple((plot.x(place), plot.y(point.amount)) for place, point in corners)
        yield Strokes((way,), "line tentative" if tentative else "line")


def _limits(plot: _Plot, points: tuple[Point, ...]) -> Iterator[Strokes]:
    """Yield step lines with a step at each point that has a limit."""
    places = [place for place, point in enumerate(points) if point.limit is not None]
    for _, run in groupby(enumerate(places), lambda found: found[1] - found[0]):
        ends = [
            (plot.x(place) + side * plot.step / 2, plot.y(points[place].limit or 0))
            for _, place in run
            for side in (-1, 1)
        ]
        first, last = plot.x(0) - plot.left, plot.x(len(points) - 1) + plot.left
        yield Strokes((tuple((min(max(x, first), last), y) for x, y in ends),), "limit")


def _points(plot: _Plot, points: tuple[Point, ...]) -> Iterator[Strokes]:
    """Yield a dot at each point, hollow if tentative."""
    dots = [_dot(plot.x(place), plot.y(point.amount)) for place, point in enumerate(points)]
    holes = tuple(dot for dot, point in zip(dots, points, strict=True) if point.tentative)
    yield Strokes(tuple(dots), "point")
    if holes:
        yield Strokes(holes, "hole")


def _dot(x: float, y: float) -> tuple[Corner, Corner]:
    return (x, y), (x, y)


def _values(plot: _Plot, points: tuple[Point, ...]) -> Iterator[PlacedWords]:
    style = plot.styles.figure
    heights = [plot.y(point.amount) for point in points]
    for place in plot.labels:
        below = heights[place] + AT_POINT + FIGURE_HEIGHT * style.size
        stands_below = points[place].amount < 0 or (_is_valley(heights, place) and below + style.descent < plot.y(0))
        baseline = below if stands_below else heights[place] - AT_POINT
        aside = 0.0 if stands_below else _sideways_shift(plot, points, heights, place)
        yield PlacedWords(plot.x(place) + aside, baseline, points[place].value, style, "middle")


def _sideways_shift(plot: _Plot, points: tuple[Point, ...], heights: list[float], place: int) -> float:
    """Return how far right to shift a value off a line that descends to its point, if there is room."""
    half = max(1.0, plot.styles.figure.width(points[place].value) / 2)
    before, after = (
        max(0.0, heights[place] - heights[place + side]) / plot.step if 0 <= place + side < len(points) else 0.0
        for side in (-1, 1)
    )
    rightward, leftward = (half - BELOW_VALUE / max(steep, BELOW_VALUE / half) for steep in (before, after))
    side, wanted, other = (1, rightward, after) if rightward > leftward else (-1, leftward, before)
    crossed = BELOW_VALUE / other - half if other else wanted
    frame = plot.left + (place if side < 0 else len(points) - 1 - place) * plot.step - half
    return side * max(0.0, min(wanted, crossed, frame, _room(plot, points, heights, place, side)))


def _room(plot: _Plot, points: tuple[Point, ...], heights: list[float], place: int, side: int) -> float:
    """Return how far a value can shift before it meets a neighbour at the same height."""
    style = plot.styles.figure
    further = [other for other in plot.labels if (other - place) * side > 0]
    if not further:
        return math.inf
    other = min(further, key=lambda other: abs(other - place))
    if abs(heights[other] - heights[place]) > FIGURE_HEIGHT * style.size + 2 * RIM:
        return math.inf
    widths = style.width(points[place].value) + style.width(points[other].value)
    return (abs(other - place) * plot.step - widths / 2 - WORD_GAP / 2) / 2


def _ground(words: PlacedWords) -> Rectangle:
    """Return a rectangle in the ground's colour behind a value, since a steep line may pass there."""
    width, height = words.style.width(words.text), FIGURE_HEIGHT * words.style.size
    return Rectangle(
        words.x - width / 2 - RIM, words.baseline - height - RIM, width + 2 * RIM, height + 2 * RIM, "ground"
    )


def _is_valley(heights: list[float], place: int) -> bool:
    """Whether the line rises to a neighbour and falls to none, so that it would cross a value above the point."""
    neighbours = heights[max(0, place - 1) : place] + heights[place + 1 : place + 2]
    rises = any(heights[place] - height > AT_POINT for height in neighbours)
    return rises and not any(height - heights[place] > AT_POINT for height in neighbours)
