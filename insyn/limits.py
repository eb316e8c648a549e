"""How large and how intricate a file may be. What is within the limits takes seconds to build, whatever is in it.

A plan has some 400 lines and 35 kB; the limits are tens of times that. Two kinds are looked for before anything is
parsed: how much there is, and what the parsers take more than proportionate time for.
"""

import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

FILE_BYTES = 800_000
FILE_LINES = 10_000
LINE_CHARACTERS = 10_000
FILE_LINKS = 5_000
"""Links, addresses and marks of footnotes together."""
FILE_BRACKETS = 12_000
"""As many as 3,000 rows of a budget have, and 5,000 links."""
TABLE_CELLS = 15_000
"""Signs between the cells of text tables."""
FILE_HEADINGS = 2_000
FILLED_CELLS = 40_000
"""Lines times the most cells of one: the parser fills a short row with as many cells as the table's first has."""
FRONT_VALUES = 60_000
"""Keys and values of front matter."""
LIST_ITEMS = 3_000
"""Rows of a budget, mostly."""
TEXT_CHARACTERS = 5_000
"""Of a text in front matter: far more than any needs, and few enough for a drawing, a workbook and a PDF."""
FRONT_LEVELS = 50
"""Levels that front matter may have: three times what a plan needs, and few enough to be read by recursion."""
PARAGRAPH_CHARACTERS = 10_000
PARAGRAPH_MARKS = 500
"""Of each kind in `INTRICATE`, in one paragraph. The time of markdown-it-py grows with their square."""
HEADING_CHARACTERS, ADDRESS_CHARACTERS = 1_000, 2_000
"""A PDF can't have longer addresses than some 8,000, nor longer headings than 32,767."""
NESTED_LEVELS = 60
"""Levels of nested lists, two each, and quotations. The parser silently drops what is deeper."""
ACCENTS = 30
"""Marks on one letter: the limit of Unicode's stream-safe format (UAX 15). Normalisation takes their square."""
ADVISED_FAULTS = 100
"""Faults of one kind in a file for which the nearest right spelling is looked for. More of them are one slip."""

LINK = re.compile(r"\]\(|://|\[\^")
BRACKET, BETWEEN_CELLS = re.compile(r"\["), re.compile(r"\|")
HEADING = re.compile(r"^ {0,3}(?:#{1,6}(?=\s)|(?:=+|-+)[ \t]*$)", re.MULTILINE)
"""The line that makes a heading: of either kind, and some that make none."""
INTRICATE = re.compile(r"(?P<bracket>\[)|(?P<address>://)|(?P<code>`+)|(?P<angle><)")
MAYBE_ACCENTS = re.compile(rf"[^\x00-\u02ff\u2000-\u206f]{{{ACCENTS + 1}}}")
"""What a text with as many marks in a row has, and Swedish text hardly."""


class Beyond(Struct, frozen=True):
    """A limit that is exceeded, by its name in texts.yaml. `line` counts from one."""

    limit: str
    most: int
    found: int
    line: int = 1


def beyond(text: str) -> Beyond | None:
    """Return the first limit that a file exceeds; None when it may be parsed."""
    return next(_exceeded(text), None)


def _exceeded(text: str) -> Iterator[Beyond]:
    lines = text.splitlines()
    if len(lines) > FILE_LINES:
        yield Beyond("lines", FILE_LINES, len(lines), FILE_LINES + 1)
    longest = max(lines, key=len, default="")
    if len(longest) > LINE_CHARACTERS:
        yield Beyond("line", LINE_CHARACTERS, len(longest), lines.index(longest) + 1)
    yield from _many("links", FILE_LINKS, text, LINK)
    yield from _many("brackets", FILE_BRACKETS, text, BRACKET)
    yield from _many("headings", FILE_HEADINGS, text, HEADING)
    yield from _many("cells", TABLE_CELLS, text, BETWEEN_CELLS)
    widest = max(lines, key=lambda line: line.count("|"), default="")
    columns, most = widest.count("|"), FILLED_CELLS // max(len(lines), 1)
    if columns > most:
        yield Beyond("columns", most, columns, lines.index(widest) + 1)
    yield from _accents(text)


def _many(limit: str, most: int, text: str, mark: re.Pattern[str]) -> Iterator[Beyond]:
    places = [found.start() for found in mark.finditer(text)]
    if len(places) > most:
        yield Beyond(limit, most, len(places), text.count("\n", 0, places[most]) + 1)


def _accents(text: str) -> Iterator[Beyond]:
    if text.isascii() or not MAYBE_ACCENTS.search(text):
        return
    run = 0
    for place, sign in enumerate(text):
        run = run + 1 if unicodedata.combining(sign) else 0
        if run > ACCENTS:
            yield Beyond("accents", ACCENTS, run, text.count("\n", 0, place) + 1)
            return


def beyond_in_paragraph(text: str) -> Beyond | None:
    """Return the first limit that a paragraph, a heading or a cell exceeds. `line` counts from its first."""
    if len(text) > PARAGRAPH_CHARACTERS:
        return Beyond("paragraph", PARAGRAPH_CHARACTERS, len(text))
    if len(text) <= PARAGRAPH_MARKS:
        return None
    counts = dict.fromkeys(INTRICATE.groupindex, 0)
    for found in INTRICATE.finditer(text):
        counts[str(found.lastgroup)] += 1
    most = max(counts.values())
    return Beyond("marks", PARAGRAPH_MARKS, most) if most > PARAGRAPH_MARKS else None
