"""One bar split into parts, with shares and labels above it, or listed below if they don't fit."""

from collections.abc import Iterator

from msgspec import Struct

from insyn.charts.canvas import Mark, PlacedWords, Rectangle, Sketch
from insyn.charts.figures import Bar, DrawingWidth, ShareBar
from insyn.charts.layouts.spans import HAIR, BarSpan, look_of
from insyn.charts.measuring import Styles

THICKNESS = {DrawingWidth.NARROW: 24.0, DrawingWidth.WIDE: 40.0}
GAP = 2.0
"""The gap between parts."""

LABEL_GAP = 12.0
"""The least gap between labels."""

LABEL_LINES = 2
KEY = 12.0
"""The side of a colour square in the list."""

KEY_GAP = 8.0
ROW_GAP = 4.0
AT_BAR = 8.0
"""The gap between the bar and the words above and below it."""


class _Piece(Struct, frozen=True):
    """A placed part. A zero part has no length."""

    part: Bar
    x: float
    length: float

    def box(self, x: float, y: float, width: float, height: float) -> Rectangle:
        look = look_of(self.part.series, tentative=self.part.tentative)
        return BarSpan(0, self.part.amount, "", look).box(x, y, width, height)


def lay_share_bar(figure: ShareBar, width: DrawingWidth, styles: Styles) -> Sketch:
    """Return the layout. Each part is named once, above the bar or in the list."""
    pieces = tuple(_pieces(figure.parts, width.value))
    above = tuple(_with_room(pieces, width.value, styles))
    listed = tuple(piece for piece in pieces if piece not in {place for place, _ in above})
    if not _are_the_lesser(listed, tuple(piece for piece, _ in above)):
        above, listed = (), pieces
    marks: list[Mark] = [*_labels(above, styles)]
    top = max((styles.share.leading + len(lines) * styles.part.leading + AT_BAR for _, lines in above), default=0.0)
    drawn = [piece for piece in pieces if piece.length]
    marks += [piece.box(piece.x, top, piece.length, THICKNESS[width]) for piece in drawn]
    bottom = top + (THICKNESS[width] if drawn else 0)
    if not listed:
        return Sketch(width.value, bottom, tuple(marks))
    height, rows = _list(listed, bottom + AT_BAR + ROW_GAP, width.value, styles)
    return Sketch(width.value, height, (*marks, *rows))


def _pieces(parts: tuple[Bar, ...], width: float) -> Iterator[_Piece]:
    lengths = _lengths([max(0, part.amount) for part in parts], width)
    x = 0.0
    for part, length in zip(parts, lengths, strict=True):
        yield _Piece(part, x, length)
        x += length + GAP if length else 0.0


def _lengths(amounts: list[int], width: float) -> list[float]:
    """Return proportional lengths, with a visible minimum for parts above zero, at the others' expense."""
    present = sum(1 for amount in amounts if amount)
    usable = width - GAP * (present - 1)
    slim: set[int] = set()
    while True:
        rest = [amount for place, amount in enumerate(amounts) if place not in slim]
        scale = (usable - HAIR * len(slim)) / max(1, sum(rest))
        fallen = {place for place, amount in enumerate(amounts) if amount and amount * scale < HAIR} - slim
        if not fallen:
            return [HAIR if place in slim else amount * scale for place, amount in enumerate(amounts)]
        slim |= fallen


def _with_room(pieces: tuple[_Piece, ...], width: float, styles: Styles) -> Iterator[tuple[_Piece, tuple[str, ...]]]:
    """Yield pieces whose words fit, with their labels in lines, from the right: a skipped piece frees its room."""
    end = width + LABEL_GAP
    for piece in reversed(pieces):
        room = end - LABEL_GAP - piece.x
        lines = styles.part.wrap(piece.part.label, room)
        cut = styles.share.width(piece.part.value) > room or styles.part.cuts(piece.part.label, room)
        if piece.length and not cut and len(lines) <= LABEL_LINES:
            yield piece, lines
            end = piece.x


def _are_the_lesser(listed: tuple[_Piece, ...], above: tuple[_Piece, ...]) -> bool:
    """Whether the listed parts are few and smaller than those above, so that a mixture is easy to follow."""
    return not listed or (
        len(listed) <= len(above)
        and max(piece.part.amount for piece in listed) < min(piece.part.amount for piece in above)
    )


def _labels(above: tuple[tuple[_Piece, tuple[str, ...]], ...], styles: Styles) -> Iterator[PlacedWords]:
    for piece, lines in reversed(above):
        yield PlacedWords(piece.x, styles.share.ascent, piece.part.value, styles.share)
        first = styles.share.leading + styles.part.ascent
        for number, line in enumerate(lines):
            yield PlacedWords(piece.x, first + number * styles.part.leading, line, styles.part)


def _list(pieces: tuple[_Piece, ...], top: float, width: float, styles: Styles) -> tuple[float, tuple[Mark, ...]]:
    """Return the list's height and marks: colour, share and label of each piece."""
    column = styles.part.widest(piece.part.value for piece in pieces)
    marks: list[Mark] = []
    for piece in pieces:
        if piece.length:
            marks.append(piece.box(0, top + (styles.part.leading - KEY) / 2, KEY, KEY))
        words = _row(piece.part, top, column, width, styles)
        marks += words
        top = words[-1].baseline + styles.part.descent + ROW_GAP
    return top - ROW_GAP, tuple(marks)


def _row(part: Bar, top: float, column: float, width: float, styles: Styles) -> tuple[PlacedWords, ...]:
    """Return share and wrapped label. Even beside "mindre än 0,1 %" the label has room."""
    first, left = top + styles.part.ascent, KEY + KEY_GAP + column + KEY_GAP
    lines = styles.name.wrap(part.label, width - left)
    labels = (PlacedWords(left, first + n * styles.name.leading, line, styles.name) for n, line in enumerate(lines))
    return (PlacedWords(KEY + KEY_GAP + column, first, part.value, styles.part, "end"), *labels)
