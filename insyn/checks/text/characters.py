"""Does a text have characters that nobody sees, or that only one computer's font can show?"""

import re
from collections.abc import Iterator

from insyn.checks.text.manuscript import Manuscript, Told
from insyn.problems import Place
from insyn.reading.characters import SYMBOLS, UNSEEN, refused


def unseen(text: Manuscript) -> Iterator[Told]:
    """Yield the first forbidden character of each line."""
    return _found(text, UNSEEN)


def symbols(text: Manuscript) -> Iterator[Told]:
    """Yield the first sign of each line that belongs to a font of its own."""
    return _found(text, SYMBOLS)


def _found(text: Manuscript, pattern: re.Pattern[str]) -> Iterator[Told]:
    for row, line in enumerate(text.lines):
        found = None if line.isascii() and line.isprintable() else pattern.search(line)
        if found:
            start = text.place(row)
            place = Place(start.file, start.line, found.start() + 1, found.end() + 1)
            yield refused(found[0], place), range(row, row + 1)
