"""Does a file hold placeholders that should have been filled in, or Word's messages about something it lost?"""

import re
from collections.abc import Collection, Iterator

from insyn.problems import Place, Problem, problem
from insyn.reading.characters import normalised

LOST = re.compile(
    r"\b(?:Fel! (?:Hittar inte|Bokmärket|Okän[dt]|Ogiltig[at]?|Det finns (?:ingen|inga))"
    r"|Error! (?:Reference|Bookmark|No )"
    r"|Kommenterad \[[^\W\d_]{1,4}\d{1,3}\]|Commented \[[^\W\d_]{1,4}\d{1,3}\])[^\n.]{0,60}\.?"
)
"""Word's text for a broken reference, and its label for a comment in the margin."""
BRACKETED = re.compile(
    r"\[(?i:obs|infoga|fyll i|ange|lägg (?:in|till)|skriv|komplettera|kompletteras|text|datum|belopp|namn)\b"
    r"[^\[\]\n]{0,100}\](?![(\[:])"
)
BLANK = re.compile(
    r"\b(?i:klicka (?:eller tryck )?här för att (?:ange|skriva|lägga till)|skriv (?:in )?text här|fyll i här)\b"
    r"|(?<![\w/.-])(?:20)?XX{1,3}(?![\w/.])|(?<![\w/.-])(?i:20xx|xxx (?:kr|tkr|mnkr|kronor|procent))(?!\w)"
    r"|\b(?:TODO|FIXME|TBD)\b|\b(?i:lorem ipsum)\b|(?<![?!])\?{3}(?!\?)"
)
"""Placeholders for a name, a figure or a text."""
SIGNS = (
    *("Fel!", "Error!", "ommenterad [", "ommented [", "XX", "xx", "TODO", "FIXME", "TBD", "orem ipsum", "???"),
    *("licka ", "text här", "yll i här"),
)
"""A line with none of these, and no bracket, needs no search: testing for them first takes a tenth of the time."""
COMMENT = re.compile(r"(?:^|[ \t])#")


def check(text: str, file: str, told: Collection[int]) -> Iterator[Problem]:
    """Yield a problem for the first placeholder of each line not in `told`; comments in the front matter are exempt."""
    if not (BRACKETED.search(text) or any(sign in text for sign in SIGNS)):
        return
    lines = normalised(text).split("\n")
    end = lines.index("---", 1) if lines[0] == "---" and "---" in lines[1:] else 0
    for row, line in enumerate(lines, 1):
        bracketed, is_signed = BRACKETED.search(line), any(sign in line for sign in SIGNS)
        lost = LOST.search(line) if is_signed else None
        found = lost or bracketed or (BLANK.search(line) if is_signed else None)
        if found is None or row in told or (row <= end and COMMENT.search(line, 0, found.start())):
            continue
        place = Place(file, row, found.start() + 1, found.end() + 1)
        yield problem("text-unfinished", place, hint="unfinished-lost" if lost else "unfinished", written=found[0])
