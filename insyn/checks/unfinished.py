"""Has something been left in a file that was to be filled in, or that Word put there when it lost something?"""

import re
from collections.abc import Collection, Iterator

from insyn.problems import Place, Problem, problem
from insyn.reading.characters import normalised

LOST = re.compile(
    r"\b(?:Fel! (?:Hittar inte|Bokmärket|Okän[dt]|Ogiltig[at]?|Det finns (?:ingen|inga))"
    r"|Error! (?:Reference|Bookmark|No )"
    r"|Kommenterad \[[^\W\d_]{1,4}\d{1,3}\]|Commented \[[^\W\d_]{1,4}\d{1,3}\])[^\n.]{0,60}\.?"
)
"""What Word prints for a reference that leads nowhere, and before a comment in the margin."""
BRACKETED = re.compile(
    r"\[(?i:obs|infoga|fyll i|ange|lägg (?:in|till)|skriv|komplettera|kompletteras|text|datum|belopp|namn)\b"
    r"[^\[\]\n]{0,100}\](?![(\[:])"
)
BLANK = re.compile(
    r"\b(?i:klicka (?:eller tryck )?här för att (?:ange|skriva|lägga till)|skriv (?:in )?text här|fyll i här)\b"
    r"|(?<![\w/.-])(?:20)?XX{1,3}(?![\w/.])|(?<![\w/.-])(?i:20xx|xxx (?:kr|tkr|mnkr|kronor|procent))(?!\w)"
    r"|\b(?:TODO|FIXME|TBD)\b|\b(?i:lorem ipsum)\b|(?<![?!])\?{3}(?!\?)"
)
"""What stands where a name, a figure or a text is to come."""
SIGNS = (
    *("Fel!", "Error!", "ommenterad [", "ommented [", "XX", "xx", "TODO", "FIXME", "TBD", "orem ipsum", "???"),
    *("licka ", "text här", "yll i här"),
)
"""A line without any of them, or a bracket, has nothing to look for: asked for first, in a tenth of the time."""
COMMENT = re.compile(r"(?:^|[ \t])#")


def check(text: str, file: str, told: Collection[int]) -> Iterator[Problem]:
    """Yield the first such words of each line of a source that isn't `told` of; notes to oneself may have them."""
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
