"""Horizontal bars over the full width, each below its name and value."""

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
    Clusters,
    Track,
    crossings,
    track_before_values,
)
from insyn.charts.measuring import Style, Styles

ALONE, TOGETHER = 12.0, 14.0
"""Thickness of a bar, alone or in a cluster."""

UNDER_WORDS = 5.0
TICK = 2.0
"""How far the zero line extends beyond a bar."""

STUB = 4.0
"""The visible end of a line between steps that is interrupted by words."""


def lay_below(clusters: Clusters, width: float, styles: Styles) -> Sketch:
    """Return the layout. It always fits: words wrap, and bars scale."""
    values_follow = clusters.breadth > 1 and _widest_value(clusters, styles) <= width / 2
    if values_follow:
        track = track_before_values(clusters, width, styles.value)
        blocks = tuple(_headed_blocks(clusters, width, track, styles))
    else:
        track = Track(clusters.low, clusters.high, width)
        blocks = tuple(_named_blocks(clusters, width, styles))
    marks = [*_lines(clusters, blocks, track)]
    for block in blocks:
        begin, length = track.place(block.span)
        marks += block.words
        if length:
            marks.append(block.span.box(begin, block.top, length, block.thickness))
        rest = track.rest(block.span)
        if rest:
            marks.append(Rectangle(rest[0], block.top, rest[1], block.thickness, "rest"))
    marks += crossings([_crossing(block, track) for block in blocks if block.span.mark is not None])
    reach = BEYOND if clusters.is_crossed else TICK
    return Sketch(width, blocks[-1].bottom + reach if blocks else 0.0, tuple(marks))


def _crossing(block: "_Block", track: Track) -> tuple[Corner, Corner]:
    x = track.crossing(block.span.mark or 0)
    return (x, block.top - BEYOND), (x, block.bottom + BEYOND)


class _Block(Struct, frozen=True):
    """A placed bar and its words."""

    span: BarSpan
    words: tuple[PlacedWords, ...]
    top: float
    """The bar's upper edge."""
    thickness: float
    free: tuple[float, float] = (0, 0)
    """The horizontal range without words above the bar."""

    @property
    def bottom(self) -> float:
        return self.top + self.thickness


def _widest_value(clusters: Clusters, styles: Styles) -> float:
    return styles.value.widest(span.value for span in clusters.spans)


def _headed_blocks(clusters: Clusters, width: float, track: Track, styles: Styles) -> Iterator[_Block]:
    """Yield clusters as a heading, then bars with values after them."""
    top = 0.0
    for cluster in clusters.members:
        words = _stacked(cluster.label, top, width, styles.name)
        top += len(words) * styles.name.leading + UNDER_WORDS
        for span in cluster.spans:
            baseline = styles.value.baseline(top + TOGETHER / 2)
            value = PlacedWords(track.value_at(span), baseline, span.value, styles.value)
            yield _Block(span, (*words, value), top, TOGETHER)
            words = ()
            top += TOGETHER + CLOSE
        top += APART


def _named_blocks(clusters: Clusters, width: float, styles: Styles) -> Iterator[_Block]:
    """Yield bars with name and value above; a cluster's name once."""
    top = 0.0
    for cluster in clusters.members:
        for place, span in enumerate(cluster.spans):
            block = _named(cluster.label if place == 0 else "", span, top, width, styles)
            yield block
            top = block.bottom + APART


def _named(label: str, span: BarSpan, top: float, width: float, styles: Styles) -> _Block:
    """Return a bar with its value right of the name, or below it if the name needs the room."""
    value = styles.value.width(span.value)
    beside = width - value - 2 * TEXT_GAP
    if value > width / 2 or styles.name.cuts(label, beside):
        name = _stacked(label, top, width, styles.name)
        words = name + _stacked(span.value, top + len(name) * styles.name.leading, width, styles.value)
        return _Block(span, words, top + len(words) * styles.name.leading + UNDER_WORDS, ALONE)
    name = _stacked(label, top, beside, styles.name)
    words = (*name, PlacedWords(width, top + styles.value.ascent, span.value, styles.value, "end"))
    bar = top + max(1, len(name)) * styles.name.leading + UNDER_WORDS
    return _Block(span, words, bar, ALONE, (styles.name.widest(line.text for line in name), width - value))


def _stacked(text: str, top: float, room: float, style: Style) -> tuple[PlacedWords, ...]:
    lines = style.wrap(text, room)
    return tuple(
        PlacedWords(0, top + style.ascent + place * style.leading, line, style) for place, line in enumerate(lines)
    )


def _lines(clusters: Clusters, blocks: tuple[_Block, ...], track: Track) -> Iterator[Mark]:
    """Yield the zero line, if any bar is negative, and the lines between steps."""
    if clusters.low < 0:
        zero = track.at(0)
        yield Strokes(tuple(((zero, block.top - TICK), (zero, block.bottom + TICK)) for block in blocks), "axis")
    if clusters.joined and len(blocks) > 1:
        lines = (line for block, after in pairwise(blocks) for line in _joint(block, after, track))
        yield Strokes(tuple(lines), "connector")


def _joint(block: _Block, after: _Block, track: Track) -> tuple[tuple[Corner, Corner], ...]:
    """Return a line between two bars, interrupted by words in its way."""
    x = track.at(block.span.end)
    free_from, free_to = after.free
    if free_from + STUB < x < free_to - STUB:
        return (((x, block.bottom), (x, after.top)),)
    return ((x, block.bottom), (x, block.bottom + STUB)), ((x, after.top - STUB), (x, after.top))
