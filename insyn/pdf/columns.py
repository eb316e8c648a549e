"""How a table shares the page's width: which columns take what they need, how large its letters are, which way it lies.

Widths are counted in letters: in our face a figure is half as wide as its size, and letters are about as wide.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

LETTER = 0.5
"""A letter's width in parts of its size."""
UPRIGHT, SIDEWAYS = 470.0, 717.0
"""Room between the margins of A4 in points, standing and lying."""
GAP = 10.0
"""Points between two columns."""
SIZES = (9.5, 9.0, 8.5, 8.0)
SMALLEST = 7.0
HYPHENATED = 14
"""A longer word may be hyphenated, so a column needs no room for more of it."""
WIDEST = 90
"""Letters beyond which a longer text doesn't ask for a wider column, only for more lines."""
WORD = re.compile(r"[^ /\n-]+[/-]?")


class Column(Struct, frozen=True):
    """What stands in one column, heading first."""

    heading: str
    texts: tuple[str, ...]
    numeric: bool

    @property
    def natural(self) -> int:
        """Letters that it takes to set nothing on two lines; a number's heading may always be."""
        heading = _longest_word(self.heading) if self.numeric else len(self.heading)
        return max(heading, *map(len, self.texts)) if self.texts else heading

    @property
    def least(self) -> int:
        """Letters below which it can't be read."""
        if self.numeric:
            return self.natural
        longest = max(map(_longest_word, (self.heading, *self.texts)))
        return max(4, min(longest, HYPHENATED))


class Sharing(Struct, frozen=True):
    columns: tuple[int, ...]
    """0 for a column that takes what it needs, else its part of the rest."""
    size: float
    sideways: bool


def share(columns: Sequence[Column], *, full: bool) -> Sharing:
    """Share the width. `full` has the first column take what is left over, so that tables below each other agree."""
    for room, sideways in ((UPRIGHT, False), (SIDEWAYS, True)):
        for size in SIZES:
            letters = (room - GAP * len(columns)) / (size * LETTER)
            if sum(column.natural for column in columns) <= letters:
                return Sharing((1 if full else 0, *(0 for _ in columns[1:])), size, sideways)
            if _least(columns) <= letters:
                return Sharing(tuple(0 if column.numeric else _part(column) for column in columns), size, sideways)
    return Sharing(tuple(_part(column) for column in columns), SMALLEST, sideways=True)


def _least(columns: Sequence[Column]) -> int:
    """Return what all columns need together. Words need more than the least once they share what is left."""
    return sum(column.least if column.numeric else column.least + 2 for column in columns)


def _part(column: Column) -> int:
    return min(WIDEST, max(column.natural, column.least + 4))


def _longest_word(text: str) -> int:
    return max(map(len, WORD.findall(text)), default=0)
