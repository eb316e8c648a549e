"""Is there HTML in a text? It isn't part of Markdown here and would be shown as written."""

import re
from collections.abc import Iterator

from markdown_it.token import Token

from insyn.checks.text.manuscript import Manuscript, Told
from insyn.problems import Place, Problem, problem

UNREAD = re.compile(r"\\.|(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
"""Text that is shown as written, and is meant to be: an escaped character, and code."""
TAG = re.compile(
    r"</?(?P<name>[a-z][a-z0-9]*(?::[a-z]\w*)?)(?:\s+[a-z][^<>=]*=[^<>]*|\s*)/?>|<!--|<!doctype\b|<\?xml\b|<!\[CDATA\[",
    re.IGNORECASE,
)
"""Possible HTML; "x<y och z>w" isn't."""
HINTS = {
    "html-break": "br",
    "html-bold": "b strong",
    "html-italic": "i em cite dfn var",
    "html-underline": "u ins",
    "html-struck": "s strike del",
    "html-raised": "sup sub",
    "html-heading": "h1 h2 h3 h4 h5 h6",
    "html-list": "ul ol li dl dt dd menu dir",
    "html-table": "table thead tbody tfoot tr th td caption col colgroup",
    "html-link": "a",
    "html-image": "img picture figure figcaption svg video audio iframe embed object",
    "html-rule": "hr",
    "html-quote": "blockquote q",
    "html-paragraph": "p div section article aside main header footer nav center address span font big small body html",
    "html-other": "abbr acronym area base bdi bdo button canvas code data datalist details dialog fieldset form frame"
    " frameset head hgroup input kbd label legend link map mark meta meter nobr noframes noscript optgroup option"
    " output param pre progress rp rt ruby samp script search select slot source style summary template textarea time"
    " title track tt wbr",
}
"""For each hint, the elements for which it explains how to write them in Markdown."""
HINT_OF = {name: hint for hint, names in HINTS.items() for name in names.split()}
MOST_ROWS_TOLD = 5


def html(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each kind of HTML, once, where it first occurs, with the rows of all occurrences."""
    rows: dict[str, list[int]] = {}
    first: dict[str, tuple[str, Place]] = {}
    touched: dict[str, set[int]] = {}
    for row, inline, is_cell in _with_angles(text):
        for hint, found in _tags(inline, is_cell=is_cell):
            line = row + found.string.count("\n", 0, found.start())
            rows.setdefault(hint, []).append(line)
            if hint not in first:
                first[hint] = found[0], _place(text, line, inline, found)
            touched.setdefault(hint, {line}).update(range(*inline.map) if inline.map else ())
    claimed: set[int] = set()
    for hint, (written, place) in first.items():
        yield _told(hint, written, place, [text.place(row).line for row in rows[hint]]), touched[hint] - claimed
        claimed |= touched[hint]


def html_in_short(tokens: tuple[Token, ...], place: Place) -> Iterator[Problem]:
    """Yield a problem for the first tag in a short text."""
    found = (tag for token in tokens for tag in _tags(token, is_cell=False))
    for hint, tag in list(found)[:1]:
        yield _told(hint, tag[0], place, [place.line])


def _told(hint: str, written: str, place: Place, lines: list[int]) -> Problem:
    different = [str(line) for line in dict.fromkeys(lines)]
    more = " …" if len(different) > MOST_ROWS_TOLD else ""
    return problem(
        "html-in-text", place, hint=hint, written=written, lines=f"{', '.join(different[:MOST_ROWS_TOLD])}{more}"
    )


def _with_angles(text: Manuscript) -> Iterator[tuple[int, Token, bool]]:
    """Yield running text that contains "<": its first row, its token, and whether it is a table cell."""
    row, opening = 0, ""
    for token in text.tokens:
        row = token.map[0] if token.map else row
        if token.type == "inline" and "<" in token.content:
            yield row, token, opening in {"td_open", "th_open"}
        opening = token.type


def _tags(inline: Token, *, is_cell: bool) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield the hint and the match of each tag, in order of occurrence."""
    read = UNREAD.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), inline.content)
    for found in TAG.finditer(read):
        name = (found["name"] or "").lower()
        hint = HINT_OF.get(name, "html-other" if ":" in name else "")
        if not name:
            hint = "html-comment" if found[0] == "<!--" else "html-other"
        if hint:
            yield ("html-break-cell" if hint == "html-break" and is_cell else hint), found


def _place(text: Manuscript, row: int, inline: Token, found: re.Match[str]) -> Place:
    """Return the place of a tag. Indentation, a list marker or other cells may come before its text on the line."""
    before = found.string[: found.start()].rpartition("\n")[2]
    line = inline.content.split("\n")[found.string.count("\n", 0, found.start())]
    start = text.place(row)
    column = max(text.lines[row].find(line), 0) + len(before) + 1
    return Place(start.file, start.line, column, column + len(found[0].partition("\n")[0]))
