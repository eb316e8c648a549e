"""Explains words where a page first uses them: each becomes a link to a list of the page's words at its end.

Only generated text passes through here. Texts by the board or staff are never touched.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from markupsafe import Markup, escape
from msgspec import Struct

from insyn.swedish import HARD_SPACE, capitalised, sort_key
from insyn.texts import Term

FORM = re.compile(r"([^\[\]]+?)(?: \[([^\[\]]+)\])?")
"""A form of a word, and what must follow it."""
SPACE = f"[ {HARD_SPACE}]"


class TermView(Struct, frozen=True):
    """A word with its explanation. The link from the page's text has the id `<id>-i-texten`."""

    id: str
    term: str
    text: str


class Terms:
    """Links words at their first occurrence on a page, and keeps track of them."""

    def __init__(self, known: tuple[Term, ...]) -> None:
        self._pattern, self._by_form = _compiled(known)
        self._used: dict[str, Term] = {}

    def explain(self, text: str) -> Markup:
        """Return a generated text as markup, with a link where a word is used for the first time."""
        shown, done = "", 0
        for match in self._pattern.finditer(text):
            term = self._by_form[match[0].replace(HARD_SPACE, " ")]
            if term.id not in self._used:
                self._used[term.id] = term
                shown += f"{escape(text[done : match.start()])}{_link(anchor(term), match[0])}"
                done = match.end()
        return Markup(f"{shown}{escape(text[done:])}")

    def views(self) -> tuple[TermView, ...]:
        """Return the words that occurred. Call it after every text has been explained."""
        return term_views(self._used.values())


def term_views(terms: Iterable[Term]) -> tuple[TermView, ...]:
    """Return words with their explanations, in Swedish order."""
    ordered = sorted(terms, key=lambda term: sort_key(term.term))
    return tuple(TermView(anchor(term), term.term, term.text) for term in ordered)


def anchor(term: Term) -> str:
    """Return the id of a word's explanation, the same on every page."""
    return f"ordet-{term.id}"


def _link(id: str, written: str) -> str:
    return f'<a class="term" id="{id}-i-texten" href="#{id}">{escape(written)}</a>'


@lru_cache(maxsize=1)
def _compiled(known: tuple[Term, ...]) -> tuple[re.Pattern[str], Mapping[str, Term]]:
    """Return one pattern for all forms, longer ones first, and the word that each form belongs to.

    Each form is included with a lower-case and an upper-case initial: three times as fast as ignoring case.
    """
    given = [(FORM.fullmatch(form), term) for term in known for form in term.forms]
    found = [(match[1], match[2], term) for match, term in given if match]
    found += [(capitalised(form), after, term) for form, after, term in found]
    parts = (_part(form, after) for form, after, _ in sorted(found, key=lambda one: -len(one[0])))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])"), {form: term for form, _, term in found}


def _part(form: str, after: str | None) -> str:
    words = SPACE.join(re.escape(word) for word in form.split(" "))
    return rf"{words}(?={SPACE}{re.escape(after)}(?![\w-]))" if after else words
