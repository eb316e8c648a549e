"""Does anything that is published, or its source, hold a personnummer? Then nothing is published.

Neither a personnummer nor a samordningsnummer may be exposed without need (3 kap. 10 § lag 2018:218). The source is
searched for the ordinary spellings, which gives the exact place. The input of pages, data and PDFs is searched for
every spelling: the values of the front matter as they are read (`reading/frontmatter.py`), the text as Markdown renders
it, and the names of files and folders (`reading/strays.py`).
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from markdown_it.token import Token

from insyn.markdown.article import Setting
from insyn.markdown.parsed import ParsedText
from insyn.problems import Found, Place, Problem, problem
from insyn.reading.characters import normalised
from insyn.reading.personal_numbers import DIGITS, find

CODE = "personal-number"
DAY = re.compile(r"\d{6}")
"""Required by every ordinary spelling, and tested first since that takes a third of the time."""
BREAKS = frozenset({"softbreak", "hardbreak"})


def check(text: str, file: str) -> Iterator[Problem]:
    """Yield a problem for each number in a source. The message never repeats the number: it may be saved or shown."""
    for row, line in enumerate(normalised(text).split("\n"), 1):
        for start, end in find(line, plain=True) if DAY.search(line) else ():
            yield problem(CODE, Place(file, row, start + 1, end + 1))


def check_shown(parsed: ParsedText, setting: Setting) -> Iterator[Problem]:
    """Yield a problem for each number in a rendered text or in its links' targets."""
    for token in parsed.tokens:
        if not (token.content or token.info):
            continue
        row = setting.line + (token.map[0] if token.map else 0) + (token.type == "fence")
        for text in _shown(token):
            for start, _ in find(text):
                yield problem(CODE, Place(setting.file, row + text.count("\n", 0, start)))


def _shown(token: Token) -> Iterator[str]:
    """Yield the rendered text of a block, with its lines as in the source, then its links' targets and titles."""
    children = token.children or ()
    if DIGITS.search(token.content) or "&#" in token.content:  # otherwise the block shows no number with as many digits
        yield "".join("\n" if child.type in BREAKS else child.content for child in children) or token.content
    hidden = [str(value) for child in children if child.attrs for value in child.attrs.values()]
    yield from (one for one in (token.info, *hidden, *map(unquote, hidden)) if DIGITS.search(one))


def add(found: Found, problems: Iterable[Problem]) -> None:
    """Add problems, but of numbers only one per line: the first, whose place is the most exact."""
    told = {(one.place.file, one.place.line) for one in found.problems if one.code == CODE}
    for one in problems:
        place = one.place.file, one.place.line
        if one.code != CODE or place not in told:
            found.problems.append(one)
