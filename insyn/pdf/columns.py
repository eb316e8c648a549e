"""How a table shares the page's width: which columns take what they need, how large its letters are, which way it lies.

Widths are counted in letters: in our face a figure is half as wide as its size, and letters are about as wide.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import ceil, sqrt

from msgspec import Struct

LETTER = 0.5
"""A letter's width in parts of its size."""
STRONG = 1.1
"""How much wider letters are in headings and sums."""
UPRIGHT, SIDEWAYS = 470.0, 717.0
"""Room between the margins of A4 in points, standing and lying."""
GAP = 12.0
"""Points between two columns."""
SIZES = (9.5, 9.0)
"""Of letters, in points. Print is hard to read below nine."""
SMALL, SMALLEST = (8.5, 8.0), 7.0
"""What a table is set in that hasn't room enough on a page that lies down either."""
ENOUGH = (20, 14)
"""Letters that a column of words can do with, rather than have the table lie down."""
BULLET = "• "
MOVES = (8, 4, 2, 1)
"""How many letters are tried to be moved from one column to another."""
SURE = 0.95
"""The part of a column's letters that any word of so many has room in: some letters are wide."""
DIVIDED = 0.5
"""How many lines a divided word is as bad as."""
HEADING = 11
"""Letters of a number's heading that stand on one line, as "Budget 2024"."""
WORD = re.compile(r"[^ /\n-]+[/-]?")


class PrintColumn(Struct, frozen=True):
    """What stands in one column, heading first, a text for each row: "" where a cell spans several columns."""

    heading: str
    texts: tuple[str, ...]
    numeric: bool

    @property
    def natural(self) -> int:
        """Letters that it takes to set nothing on two lines; a number's heading may always be."""
        heading = ceil(STRONG * self._heading)
        return max([heading, *(len(line) for text in self.texts for line in text.split("\n"))])

    @property
    def _heading(self) -> int:
        if self.numeric:
            return max(_longest_word(self.heading), min(len(self.heading), HEADING))
        return len(self.heading)

    @property
    def word(self) -> int:
        """Letters of its longest word, as far as it's worth not to divide it."""
        return min(ENOUGH[-1], ceil(STRONG * max(map(_longest_word, (self.heading, *self.texts)))))

    def least(self, enough: int) -> int:
        """Return the letters below which it can't be read. A column of words can do with some: they are divided."""
        return self.natural if self.numeric else max(4, min(self.natural, enough))


class ColumnWidth(Struct, frozen=True):
    """Of a column. With neither it is as wide as what stands in it."""

    points: float = 0
    share: int = 0
    """Its part of what the others leave."""


class Sharing(Struct, frozen=True):
    widths: tuple[ColumnWidth, ...]
    size: float
    sideways: bool
    letters: tuple[int, ...]
    """About how many letters each column has room for on a line."""

    @property
    def width(self) -> float:
        """About how wide the table is, in points."""
        return sum(self.letters) * self.size * LETTER * STRONG + GAP * len(self.letters)

    def is_whole(self, text: str, place: int, span: int) -> bool:
        """Whether the words of a text have room in a column, or several."""
        as_wide_as_it_takes = any(not one.points and not one.share for one in self.widths[place : place + span])
        return as_wide_as_it_takes or _longest_word(text) <= SURE * sum(self.letters[place : place + span])

    def lines(self, texts: Sequence[tuple[str, int]]) -> int:
        """Return about how many lines a row takes. Each text comes with the number of columns that it spans."""
        most, place = 1, 0
        for text, span in texts:
            room = max(1, sum(self.letters[place : place + span]))
            most = max(most, _lines(text, room)[0])
            place += span
        return most


def length(text: str) -> float:
    """Return about how long a text is in strong letters, in points."""
    return len(text) * SIZES[0] * LETTER * STRONG


def share(columns: Sequence[PrintColumn], *, full: bool) -> Sharing:
    """Share the width. `full` has the first column take what is left over, so that tables below each other agree."""
    for room, sideways, sizes in ((UPRIGHT, False, SIZES), (SIDEWAYS, True, (*SIZES, *SMALL))):
        for enough in ENOUGH:
            for size in sizes:
                letters = int((room - GAP * len(columns)) / (size * LETTER * STRONG))
                if sum(column.least(enough) for column in columns) <= letters:
                    return _shared(columns, size, sideways, letters, full=full)
    widths = tuple(ColumnWidth(share=1) for _ in columns)
    return Sharing(widths, SMALLEST, sideways=True, letters=tuple(8 for _ in columns))


def _shared(columns: Sequence[PrintColumn], size: float, sideways: bool, letters: int, *, full: bool) -> Sharing:
    """Give numbers and short words what they need, and let long texts share the rest by how long they are."""
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
    """Move letters between columns of long texts as long as that makes the table less tall or divides fewer words."""
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
    """Return how many lines the table takes, and a little for what is divided or uneven."""
    taken = [[_lines(text, own[place]) for text in columns[place].texts] for place in long]
    rows: int = sum(max(lines for lines, _ in row) for row in zip(*taken, strict=True))
    divided = sum(words for column in taken for _, words in column)
    divided += 4 * sum(_lines(columns[place].heading, int(own[place] / STRONG))[1] for place in long)
    uneven = sum(lines * lines for column in taken for lines, _ in column) / 1000
    return rows + DIVIDED * divided + uneven


@lru_cache(maxsize=20_000)
def _lines(text: str, room: int) -> tuple[int, int]:
    """Return about how many lines a text takes, and how many of its words are divided."""
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
    """A text that is four times as long gets a column that is twice as wide."""
    return round(10 * sqrt(natural))


def _longest_word(text: str) -> int:
    return max(map(len, WORD.findall(text)), default=0)
