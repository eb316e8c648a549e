"""Does a text have characters that are invisible, or that only one computer's font can show?"""

import re
from collections.abc import Iterator
from html import unescape

from insyn.checks.text.manuscript import Manuscript, Told
from insyn.problems import Place
from insyn.reading.characters import SYMBOLS, UNSEEN, refused

LOST = ("\ufffc", "\ufffd")
"""The printable ones among the forbidden characters."""
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,31});", re.IGNORECASE)


def unseen(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for the first forbidden character of each line, even if written as an HTML entity."""
    yield from _found(text, UNSEEN)
    for row, line in enumerate(text.lines):
        for entity in ENTITY.finditer(line) if "&" in line else ():
            if UNSEEN.match(character := unescape(entity[0])):
                start = text.place(row)
                place = Place(start.file, start.line, entity.start() + 1, entity.end() + 1)
                yield refused(character, place), range(row, row + 1)
                break


def symbols(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for the first symbol of each line that only a special font can show."""
    return _found(text, SYMBOLS)


def _found(text: Manuscript, pattern: re.Pattern[str]) -> Iterator[Told]:
    for row, line in enumerate(text.lines):
        is_plain = line.isprintable() and not any(sign in line for sign in LOST)
        found = None if is_plain else pattern.search(line)
        if found:
            start = text.place(row)
            place = Place(start.file, start.line, found.start() + 1, found.end() + 1)
            yield refused(found[0], place), range(row, row + 1)
