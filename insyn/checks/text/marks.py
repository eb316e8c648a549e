"""Are the marks within a text, for emphasis, links and footnotes, rendered as intended?"""

import re
from collections.abc import Iterator
from itertools import islice

from markdown_it.token import Token

from insyn.checks.text.manuscript import Manuscript, Told
from insyn.problems import Place, Problem, problem

ESCAPED = re.compile(r"\\(.)")
NOT_TEXT = "\ufffc"
"""Placeholder for anything but text, to keep the text on either side of it apart."""
DIALECT = re.compile(
    r"(?<!\w)==\w[^=\n]{0,200}==(?!\w)|\+\+\w[^+\n]{0,200}\+\+|^:::|^\[{1,2}[_\ufffc]?toc[_\ufffc]?\]{1,2}$",
    re.IGNORECASE | re.MULTILINE,
)
"""Marks of other Markdown dialects."""
SIGNS = re.compile(r"[\[\]*_~{=+:]")
"""A character of every mark below; most paragraphs have none."""
SHOWN = (
    ("shown-link-disk", re.compile(r"\]\(<?(?:file:|[a-z]:(?!//))", re.IGNORECASE)),
    ("shown-link-gap", re.compile(r"\]\s+\((?:https?:|mailto:|tel:|www\.|\.{1,2}/|#)", re.IGNORECASE)),
    ("shown-link", re.compile(r"\]\((?!\))")),
    ("shown-reference", re.compile(r"[\w)]\s?\[(?:https?://|www\.)[^\[\]\s]{1,500}\](?!\()", re.IGNORECASE)),
    ("shown-reference", re.compile(r"\]\[[^\[\]\n^]{1,80}\]")),
    ("shown-bold", re.compile(r"\*\*")),
    ("shown-underscore", re.compile(r"(?<!\w)__(?=\s?[^\W_])")),
    ("shown-italic", re.compile(r"(?<![\w*])\*(?=[^\W_])[^*\n]{0,200} \*(?!\*)")),
    ("shown-underscore", re.compile(r"(?<!\w)_(?=[^\W_])[^_\n]{0,200} _(?![\w_])")),
    ("shown-dialect", DIALECT),
    ("shown-struck", re.compile(r"~~\s?\w")),
    ("shown-attribute", re.compile(r"\{[#.:][^{}\n]{1,60}\}\s*\Z")),
)
"""Patterns of marks that weren't recognised, in order of precedence; only the first match is reported."""
STARRED = re.compile(r"[^\W\d_]\*(?=[\s.,;:)]|\Z)")
NUMBERED = re.compile(r"(?<![\w./@:-])[^\W\d_]{0,60}[a-zåäö]{2}\)?\d{1,2}(?=[.,;:]?(?:\s|\Z))")
"""A word with a number attached, as a footnote becomes when it is pasted."""
NUMBERED_AFTER = re.compile(r"[^\W\d_]\)\d{1,2}(?=[.,;:]?(?:\s|\Z))")
BRACKETED = re.compile(r"[^\W\d_]{2}[.,)”]?\[\d{1,2}\](?![(\[:])|\[\s\^\s?\w{1,20}\]|\[\^\]")
"""A number in brackets after a word, as in an encyclopedia, or a footnote mark that is empty or has a space in it."""
RAISED = re.compile(r"(?<!kvadra)(?<!kubik)(?<!meter)[^\W\d_]{4}(?<!drat)(?<!ubik)(?<!eter)[.,)”]?[¹²³⁴-⁹⁰]{1,2}(?!\w)")
STUCK = re.compile(r"\d(?:(?<=[^\W\d_]\d)|(?<=[^\W\d_]\)\d))")
"""A digit after a letter, or after a letter and a bracket."""
FOOTNOTES = (
    (STUCK, NUMBERED),
    (STUCK, NUMBERED_AFTER),
    (re.compile(r"\["), BRACKETED),
    (re.compile("[¹²³⁴-⁹⁰]"), RAISED),
)
"""Patterns of lost footnote marks, each after a cheaper pattern that most paragraphs don't match."""
SPACED_NAME = re.compile(r"\[\^[^\[\]\n\s]*[ \t\u00a0][^\[\]\n]*\]")


def shown_marks(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each mark in a text that is shown as written."""
    for first, inline in _inline(text):
        for hint, row in _shown(inline):
            yield _told(hint, text.place(first + row)), range(first + row, first + row + 1)


def footnote_names(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each footnote with a space in its name, once per name."""
    told: set[str] = set()
    for first, inline in _inline(text):
        for found in SPACED_NAME.finditer(inline.content) if "[^" in inline.content else ():
            if found[0] not in told:
                told.add(found[0])
                row = first + inline.content.count("\n", 0, found.start())
                yield problem("footnote-name", text.place(row), written=found[0]), range(row, row + 1)


def shown_in_short(tokens: tuple[Token, ...], place: Place) -> Iterator[Problem]:
    """Yield a problem for the first mark in a short text of the front matter that is shown as written."""
    for token in tokens:
        yield from (_told(hint, place) for hint, _ in islice(_shown(token), 1))


def _inline(text: Manuscript) -> Iterator[tuple[int, Token]]:
    """Yield each block of running text with its first line."""
    first = 0
    for token in text.tokens:
        first = token.map[0] if token.map else first
        if token.type == "inline":
            yield first, token


def _told(hint: str, place: Place) -> Problem:
    return problem("markup-shown", place, hint=hint) if hint else problem("footnote-as-text", place)


def _shown(inline: Token) -> Iterator[tuple[str, int]]:
    """Yield each unrendered mark in a text: its hint ("" for a footnote) and its line."""
    written, shown = ESCAPED.sub("  ", inline.content), _text_of(inline)
    if SIGNS.search(shown):
        for hint, pattern in SHOWN:
            found = pattern.search(shown)
            if found and pattern.search(written):
                yield hint, shown.count("\n", 0, found.start())
    stars = STARRED.search(shown) if "*" in written else None
    found = stars or next(
        (found for has, mark in FOOTNOTES if has.search(shown) and (found := mark.search(shown))), None
    )
    if found:
        yield "", shown.count("\n", 0, found.start())


def _text_of(inline: Token) -> str:
    """Return the visible text, divided into lines as in the source."""
    return "".join(_shown_of(token) for token in inline.children or ())


def _shown_of(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    if token.type == "text":
        return token.content
    return "" if token.type in {"link_open", "link_close"} else NOT_TEXT
