"""Is the document in order: its words, years, numbers and references? For staff: none of it appears on a page."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from insyn.dates import YEAR_NAMED
from insyn.law.basis import ACTS, FINSAM, resolves
from insyn.law.body import BodyHeading, place_in
from insyn.law.judgement import Case, Judgement, Verdict
from insyn.law.timeliness import FOUNDED
from insyn.model import Status
from insyn.problems import Place, Problem, problem
from insyn.swedish import day

DECIDED = (Status.ADOPTED, Status.REVISED, Status.REPLACED, Status.REVOKED)
PROPOSAL = re.compile(r"\bförslag\b", re.IGNORECASE)
NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)(\.?)[ \u00a0]+\S")
LETTERED = re.compile(r"([A-ZÅÄÖ])[.)][ \u00a0]+\S")
ACT = re.compile(r"\((\d{4}:\d{1,4})\)")
CITED = re.compile(r"(?:(\d{1,2}) kap\.? )?(\d{1,2}(?: [a-z])?) §[^.§()]*\Z")
BEFORE_ACT = 90
"""Characters before the number of an act in which its paragraph is searched for."""
WORD = re.compile(r"[^\W\d_]{6,}")
LETTERS = re.compile(r"[^\W\d_]+")
LEAST_NAME = 7
"""Least number of letters in a word of the name that is checked: shorter ones resemble too many others."""
ENDING = 2
"""Letters at the end of a word that inflection may change."""


def _judged(check: str, problems: Iterable[Problem], worst: Verdict = Verdict.NOTE) -> Judgement:
    told = tuple(problems)
    return Judgement(check, worst if told else Verdict.OK, for_staff=True, problems=told)


# --- Status and years -----------------------------------------------------------------------------------------------


def status(case: Case) -> Judgement:
    """Judge whether a decided plan still calls itself a proposal."""
    return _judged("status", _called_proposal(case), Verdict.WARNING)


def _called_proposal(case: Case) -> Iterator[Problem]:
    plan = case.plan
    if plan.status not in DECIDED:
        return
    titles = ((plan.title, plan.title_place), (plan.subtitle, plan.title_place))
    for text, place in (*titles, (plan.budget.heading, plan.budget.heading_place)):
        if text and PROPOSAL.search(text):
            yield problem("proposal-word", place, written=text)


def title_years(case: Case) -> Judgement:
    """Judge whether title and subtitle name the plan's year, and no other final year than the last column's."""
    plan = case.plan
    written = " ".join(text for text in (plan.title, plan.subtitle) if text)
    named = [int(year) for year in YEAR_NAMED.findall(written)]
    if not named:
        return Judgement("title-years", Verdict.NOT_APPLICABLE, for_staff=True)
    if plan.year not in named:
        told = problem("title-year", plan.title_place, written=written, year=plan.year)
        return _judged("title-years", (told,), Verdict.WARNING)
    last = max(year.column.year for year in case.years)
    if max(named) not in {plan.year, last}:
        told = problem("title-span", plan.title_place, written=written, last=last)
        return _judged("title-years", (told,))
    return _judged("title-years", ())


# --- Numbers given by the förbund -----------------------------------------------------------------------------------


def origin(case: Case) -> Judgement:
    """Judge whether the förbund had been formed, and its law was in force, when the plan was decided."""
    return _judged("origin", _too_early(case))


def _too_early(case: Case) -> Iterator[Problem]:
    decided, founded = case.plan.decided_on, case.association.founded or ""
    place = case.plan.decision.place if case.plan.decision else case.plan.status_place
    if decided and FOUNDED.match(founded) and decided.isoformat() < founded:
        yield problem("decided-before-founding", place, day=day(decided), founded=founded)
    if case.day < FINSAM:
        yield problem("law-not-in-force", place, day=day(case.day))


def registration(case: Case) -> Judgement:
    """Judge whether the plan has a diarienummer."""
    missing = () if case.plan.registration else (problem("registration-missing", case.plan.place),)
    return _judged("registration", missing)


def organisation_number(case: Case) -> Judgement:
    """Judge whether the förbund has given its organisationsnummer. An impossible one is refused when it is read."""
    place = case.association.place
    missing = () if case.association.organisation_number else (problem("organisation-number-missing", place),)
    return _judged("organisation-number", missing, Verdict.UNKNOWN)


# --- Spelling, numbering and references -----------------------------------------------------------------------------


def name(case: Case) -> Judgement:
    """Judge whether the förbund's name is spelt in one way."""
    return _judged("name", _misspelt(case))


def _misspelt(case: Case) -> Iterator[Problem]:
    body, lowered = case.plan.body, case.lowered
    right = {word.lower() for word in WORD.findall(case.association.name) if len(word) >= LEAST_NAME}
    slips = {start: end for word in right for start, end in _near(lowered, word) if _is_slip(lowered[start:end], word)}
    told: set[str] = set()
    for start, end in sorted(slips.items()):
        if lowered[start:end] not in told | right:
            told.add(lowered[start:end])
            place = place_in(case.plan, start, end - start)
            yield problem("name-misspelt", place, written=body[start:end], name=case.association.name)


def _near(lowered: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each word that shares a half with a given word: one slip leaves one half intact."""
    half = len(word) // 2
    for part, before in ((word[:half], 0), (word[half:], half + 1)):
        at = lowered.find(part)
        while at >= 0:
            start = max((found.start() for found in LETTERS.finditer(lowered, max(0, at - before), at + 1)), default=at)
            match = LETTERS.match(lowered, start)
            if match and not lowered[start - 1 : start].isalpha():
                yield match.span()
            at = lowered.find(part, at + 1)


def _is_slip(written: str, right: str) -> bool:
    """Whether a word has one letter wrong, missing, added or swapped with its neighbour, before any inflection."""
    if written == right or abs(len(written) - len(right)) > 1 or written[-ENDING:] != right[-ENDING:]:
        return False
    short, long = sorted((written, right), key=len)
    same = next((at for at, (one, other) in enumerate(zip(short, long, strict=False)) if one != other), len(short))
    if len(short) < len(long):
        return short[same:] == long[same + 1 :]
    swapped = right[:same] + right[same + 1 : same + 2] + right[same : same + 1] + right[same + 2 :]
    return written[same + 1 :] == right[same + 1 :] or written == swapped


def heading_numbers(case: Case) -> Judgement:
    """Judge whether the numbers of the headings are consecutive and all written in the same way."""
    return _judged("heading-numbers", (*_gaps(case), *_points(case), *_letters(case)))


def _gaps(case: Case) -> Iterator[Problem]:
    last: dict[tuple[int, ...], int] = {}
    for heading in case.headings:
        match = NUMBERED.match(heading.text)
        if match:
            *above, number = (int(part) for part in match[1].split("."))
            expected = last.get(tuple(above), 0) + 1
            if number != expected:
                shown = ".".join(str(part) for part in (*above, expected))
                yield problem("heading-number", _place(case, heading), heading=heading.text, expected=shown)
            last[tuple(above)] = number


def _points(case: Case) -> Iterator[Problem]:
    """Yield a problem for the chapters in the minority: those with a full stop after their number, or those without."""
    chapters = [(one, NUMBERED.match(one.text)) for one in case.headings]
    found = [(one, bool(match[2])) for one, match in chapters if match and "." not in match[1]]
    with_point = [one for one, has_point in found if has_point]
    without = [one for one, has_point in found if not has_point]
    if with_point and without:
        for heading in min(with_point, without, key=len):
            yield problem("heading-point", _place(case, heading), heading=heading.text)


def _letters(case: Case) -> Iterator[Problem]:
    lettered = [(one, match[1]) for one in case.headings if (match := LETTERED.match(one.text))]
    for (before, earlier), (heading, later) in pairwise(lettered):
        if heading.level == before.level and ord(later) != ord(earlier) + 1 and later != "A":
            expected = chr(ord(earlier) + 1)
            yield problem("heading-number", _place(case, heading), heading=heading.text, expected=expected)
            return


def _place(case: Case, heading: BodyHeading) -> Place:
    return place_in(case.plan, heading.start, len(heading.text))


def references(case: Case) -> Judgement:
    """Judge whether references to acts lead to provisions that were in force when the plan was decided."""
    if not any(number in case.plan.body for number in ACTS):
        return Judgement("references", Verdict.NOT_APPLICABLE, for_staff=True)
    return _judged("references", _unresolved(case))


def _unresolved(case: Case) -> Iterator[Problem]:
    body = case.plan.body.replace("\u00a0", " ")
    for match in ACT.finditer(body):
        cited = CITED.search(body[max(0, match.start() - BEFORE_ACT) : match.start()])
        chapter, section = (cited[1] or "", cited[2]) if cited else ("", "")
        if not resolves(match[1], chapter, section, case.day):
            written = f"{cited[0].strip() if cited else ''} {match[0]}".strip()
            start = match.start() - (len(cited[0]) if cited else 0)
            length = match.end() - start
            yield problem("law-reference", place_in(case.plan, start, length), written=written)
