"""Explains words where a page first uses them: each becomes a link to a list of the page's words at its end.

Only generated text is handed in. What the board or staff have written is never touched.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from markupsafe import Markup, escape

from insyn.pages.views import TermView
from insyn.swedish import HARD_SPACE, sort_key
from insyn.texts import Term

LINK = Markup('<a class="term" id="{id}-i-texten" href="#{id}">{written}</a>')
FORM = re.compile(r"([^\[\]]+?)(?: \[([^\[\]]+)\])?")
"""A form, and what must follow it."""
SPACE = f"[ {HARD_SPACE}]"


class Terms:
    """Links words as they are met, each once on a page, and knows which they were."""

    def __init__(self, known: tuple[Term, ...]) -> None:
        self._pattern, self._by_form = _compiled(known)
        self._used: dict[str, Term] = {}

    def explain(self, text: str) -> Markup:
        """Return a generated text as markup, with a link where a word is used for the first time."""
        return Markup("").join(self._pieces(text))

    def _pieces(self, text: str) -> Iterator[Markup]:
        done = 0
        for match in self._pattern.finditer(text):
            term = self._by_form[_plain(match[0])]
            if term.id not in self._used:
                self._used[term.id] = term
                yield escape(text[done : match.start()])
                yield LINK.format(id=anchor(term), written=match[0])
                done = match.end()
        yield escape(text[done:])

    def views(self) -> tuple[TermView, ...]:
        """Return the words that were met. Ask when every text has been handed in."""
        return term_views(self._used.values())


def term_views(terms: Iterable[Term]) -> tuple[TermView, ...]:
    """Return words with their explanations, in Swedish order."""
    ordered = sorted(terms, key=lambda term: sort_key(term.term))
    return tuple(TermView(anchor(term), term.term, term.text) for term in ordered)


def anchor(term: Term) -> str:
    """Return the id of a word's explanation, the same on every page."""
    return f"ordet-{term.id}"


@lru_cache(maxsize=1)
def _compiled(known: tuple[Term, ...]) -> tuple[re.Pattern[str], Mapping[str, Term]]:
    """Return one pattern for all forms, and the word that each belongs to. A longer form goes before a shorter."""
    found = [(FORM.fullmatch(form), term) for term in known for form in term.forms]
    forms = {match[1]: (match[2], term) for match, term in found if match}
    parts = (_part(form, forms[form][0]) for form in sorted(forms, key=lambda form: (-len(form), form)))
    pattern = rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])"
    return re.compile(pattern, re.IGNORECASE), {form: term for form, (_, term) in forms.items()}


def _part(form: str, after: str | None) -> str:
    words = SPACE.join(re.escape(word) for word in form.split(" "))
    return rf"{words}(?={SPACE}{re.escape(after)}(?![\w-]))" if after else words


def _plain(written: str) -> str:
    """Return a form as it stands in the list, however it was written."""
    return written.lower().replace(HARD_SPACE, " ")
