"""Column widths, font size and orientation of tables on paper.

Widths are in letters: in our font a digit is half as wide as the font size, and letters about as wide.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import ceil, sqrt

from msgspec import Struct

LETTER = 0.5
"""A letter's width in ems."""
STRONG = 1.1
"""The relative width of bold letters."""
UPRIGHT, SIDEWAYS = 470.0, 717.0
"""Points between the margins of A4, portrait and landscape."""
GAP = 12.0
"""Points between two columns."""
SIZES = (9.5, 9.0)
"""Font sizes in points. Print is hard to read below nine."""
SMALL, SMALLEST = (8.5, 8.0), 7.0
"""Font sizes in points for tables too wide for landscape."""
ENOUGH = (20, 14)
"""Letters that suffice for a column of words, rather than turning the table to landscape."""
BULLET = "• "
MOVES = (8, 4, 2, 1)
"""Numbers of letters to try to move between columns."""
SURE = 0.95
"""Share of a column's letters that a word may take up and still surely fit, since some letters are wide."""
DIVIDED = 0.5
"""The cost of a divided word, in lines."""
HEADING = 11
"""Letters of a number column's heading that are kept on one line: "Budget 2024"."""
WORD = re.compile(r"[^ /\n-]+[/-]?")


class PrintColumn(Struct, frozen=True):
    """A column's texts, heading first; "" where a cell spans several columns."""

    heading: str
    texts: tuple[str, ...]
    numeric: bool

    @property
    def natural(self) -> int:
        """Letters of the longest text; a number column's heading may wrap."""
        heading = ceil(STRONG * self._heading)
        return max([heading, *(len(line) for text in self.texts for line in text.split("\n"))])

    @property
    def _heading(self) -> int:
        if self.numeric:
            return max(_longest_word(self.heading), min(len(self.heading), HEADING))
        return len(self.heading)

    @property
    def word(self) -> int:
        """Letters of the longest word, up to the most that is kept whole."""
        return min(ENOUGH[-1], ceil(STRONG * max(map(_longest_word, (self.heading, *self.texts)))))

    def least(self, enough: int) -> int:
        """Return the least readable width, in letters. For columns of words, `enough` suffices."""
        return self.natural if self.numeric else max(4, min(self.natural, enough))


class ColumnWidth(Struct, frozen=True):
    """A column's width; as wide as its content if neither is given."""

    points: float = 0
    share: int = 0
    """Its weight when the remaining width is divided."""


class Sharing(Struct, frozen=True):
    widths: tuple[ColumnWidth, ...]
    size: float
    sideways: bool
    letters: tuple[int, ...]
    """Letters per line in each column, roughly."""

    @property
    def width(self) -> float:
        """The table's width in points, roughly."""
        return sum(self.letters) * self.size * LETTER * STRONG + GAP * len(self.letters)

    def is_whole(self, text: str, place: int, span: int) -> bool:
        """Whether every word of a text fits in `span` columns from a place."""
        as_wide_as_it_takes = any(not one.points and not one.share for one in self.widths[place : place + span])
        return as_wide_as_it_takes or _longest_word(text) <= SURE * sum(self.letters[place : place + span])

    def lines(self, texts: Sequence[tuple[str, int]]) -> int:
        """Return a row's height in lines, roughly, from (text, columns spanned) of each cell."""
        most, place = 1, 0
        for text, span in texts:
            room = max(1, sum(self.letters[place : place + span]))
            most = max(most, _lines(text, room)[0])
            place += span
        return most


def length(text: str) -> float:
    """Return a bold text's width in points, roughly."""
    return len(text) * SIZES[0] * LETTER * STRONG


def share(columns: Sequence[PrintColumn], *, full: bool) -> Sharing:
    """Return the columns' widths. With `full` the first column takes the rest, so that stacked tables align."""
    for room, sideways, sizes in ((UPRIGHT, False, SIZES), (SIDEWAYS, True, (*SIZES, *SMALL))):
        for enough in ENOUGH:
            for size in sizes:
                letters = int((room - GAP * len(columns)) / (size * LETTER * STRONG))
                if sum(column.least(enough) for column in columns) <= letters:
                    return _shared(columns, size, sideways, letters, full=full)
    widths = tuple(ColumnWidth(share=1) for _ in columns)
    return Sharing(widths, SMALLEST, sideways=True, letters=tuple(8 for _ in columns))


def _shared(columns: Sequence[PrintColumn], size: float, sideways: bool, letters: int, *, full: bool) -> Sharing:
    """Give numbers and short texts their natural width, and divide the rest between long texts."""
    own = [column.natural for column in columns]
    long = [place for place, column in enumerate(columns) if not column.numeric]
    rest = letters - sum(length for place, length in enumerate(own) if place not in long)
    fixed = {place for place, column in enumerate(columns) if column.numeric}
    for place in sorted(long, key=lambda place: own[place]):
        if own[place] * len(long) <= rest and not (full and place == 0):
            rest -= own[place]
            long.remove(place)
        elif columns[place].word > rest * _part(own[place]) // sum(_part(own[other]) for other in long):
            own[place] = columns[place].word
            rest -= own[place]
            long.remove(place)
            fixed.add(place)
    whole = sum(_part(own[place]) for place in long)
    shares = {place: _part(own[place]) for place in long}
    for place in long:
        own[place] = rest * shares[place] // whole
    if len(long) > 1 and not full:
        own = _evened(columns, own, long)
        fixed.update(long)
        fixed.remove(widest := max(long, key=lambda place: own[place]))
        shares = {widest: 1}
    widths = tuple(
        ColumnWidth(
            points=round(length * size * LETTER * STRONG + GAP, 1) if place in fixed else 0, share=shares.get(place, 0)
        )
        for place, length in enumerate(own)
    )
    return Sharing(widths, size, sideways, tuple(own))


def _evened(columns: Sequence[PrintColumn], own: Sequence[int], long: Sequence[int]) -> list[int]:
    """Move letters between columns of long texts while that lowers the cost."""
    best, cost = list(own), _cost(columns, own, long)
    for step in MOVES:
        tried = True
        while tried:
            tried = False
            for moved in _moved(columns, best, long, step):
                if (now := _cost(columns, moved, long)) < cost:
                    best, cost, tried = moved, now, True
                    break
    return best


def _moved(columns: Sequence[PrintColumn], own: Sequence[int], long: Sequence[int], step: int) -> Iterator[list[int]]:
    for giver in long:
        if own[giver] - step >= max(4, min(columns[giver].word, own[giver])):
            for taker in long:
                if taker != giver:
                    moved = list(own)
                    moved[giver] -= step
                    moved[taker] += step
                    yield moved


def _cost(columns: Sequence[PrintColumn], own: Sequence[int], long: Sequence[int]) -> float:
    """Return the table's height in lines, plus a little for divided words and uneven columns."""
    taken = [[_lines(text, own[place]) for text in columns[place].texts] for place in long]
    rows: int = sum(max(lines for lines, _ in row) for row in zip(*taken, strict=True))
    divided = sum(words for column in taken for _, words in column)
    divided += 4 * sum(_lines(columns[place].heading, int(own[place] / STRONG))[1] for place in long)
    uneven = sum(lines * lines for column in taken for lines, _ in column) / 1000
    return rows + DIVIDED * divided + uneven


@lru_cache(maxsize=20_000)
def _lines(text: str, room: int) -> tuple[int, int]:
    """Return how many lines a text takes, roughly, and how many words are divided."""
    lines, divided = 0, 0
    for line in text.split("\n"):
        lines += 1
        left = room
        for word in line.split(" "):
            if len(word) <= left:
                left -= len(word) + 1
            elif len(word) <= room:
                lines, left = lines + 1, room - len(word) - 1
            else:
                lines += ceil((len(word) - left) / room)
                divided, left = divided + 1, room - (len(word) - left) % room - 1
    return lines, divided


def _part(natural: int) -> int:
    """Return a long text's share: four times the length gives twice the width."""
    return round(10 * sqrt(natural))


def _longest_word(text: str) -> int:
    return max(map(len, WORD.findall(text)), default=0)
