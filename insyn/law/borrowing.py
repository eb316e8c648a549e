"""Does the text mention what a förbund may not do: borrow, stand surety or pledge? For staff."""

import re
from collections.abc import Iterator

from insyn.law.body import place_in
from insyn.law.judgement import Case, Judgement, Verdict
from insyn.problems import Problem, problem

FORBIDDEN = {
    "borgen": re.compile(r"borgen\b"),
    "pant": re.compile(r"pant(?:rätt\w*|sätt\w*)\b"),
    "lån": re.compile(r"lån(?:et|en|a|ar|as)?\b"),
    "skuld": re.compile(r"skuldsätt\w*"),
    "kredit": re.compile(r"kredit(?:en|er|erna)?\b"),
    "amorter": re.compile(r"amorter\w*"),
}
"""Beginnings of words for forbidden transactions, each with a pattern of how the word may continue."""
DENIED = re.compile(r"\b(?:inte|inga?|inget|aldrig|ej|varken|utan|förbud|förbjud\w*)\b", re.IGNORECASE)
AROUND = 250
"""Characters before and after such a word that are searched for a denial."""


def limits(case: Case) -> Judgement:
    """Judge whether the text mentions loans, borgen or pledges other than to deny them. (21 §, 11 kap. 22 § KL)"""
    told = tuple(_forbidden(case))
    return Judgement("limits", Verdict.NOTE if told else Verdict.OK, for_staff=True, problems=told)


def _forbidden(case: Case) -> Iterator[Problem]:
    body = case.plan.body
    for start, end in _words(case.lowered):
        around = body[max(0, start - AROUND) : end + AROUND]
        if not DENIED.search(around):
            yield problem("limits-mentioned", place_in(case.plan, start, end - start), written=body[start:end])


def _words(lowered: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each such word. Searching for the beginnings first is ten times as fast."""
    for beginning, whole in FORBIDDEN.items():
        at = lowered.find(beginning)
        while at >= 0:
            match = whole.match(lowered, at)
            if match and not lowered[at - 1 : at].isalnum():
                yield match.span()
            at = lowered.find(beginning, at + 1)
