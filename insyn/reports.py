"""Problems as text for staff: place, line, what is wrong and what to do."""

import re
from collections.abc import Iterable, Mapping

from insyn.checks.personal import masked
from insyn.problems import Place, Problem
from insyn.texts import Texts

LONGEST_EXCERPT = 110
ODD_SPACE = re.compile("[\t\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""Characters that would break the line or misalign the mark beneath it."""


def report(problem: Problem, texts: Texts, lines: Mapping[str, list[str]]) -> str:
    """Return a problem as text. `lines` are the files' lines, by file. Any personnummer is masked."""
    place = problem.place
    wording = texts.problems[problem.code]
    severity = texts.severities[texts.severity(problem)]
    head = f"{place.file}:{place.line}:{place.column}  {severity}  {wording.name}"
    shown = [] if problem.code == "personal-number" else _excerpt(place, lines.get(place.file, []))
    return masked("\n".join([head, *shown, f"   {texts.what(problem)}", f"   {texts.advice(problem)}"]))


def _excerpt(place: Place, lines: list[str]) -> Iterable[str]:
    """Return the line and a mark beneath it; nothing when the place is the whole file."""
    if not 1 <= place.line <= len(lines) or not lines[place.line - 1].strip():
        return []
    line = masked(ODD_SPACE.sub(" ", lines[place.line - 1]))
    start = max(0, place.column - 1 - LONGEST_EXCERPT // 2) if len(line) > LONGEST_EXCERPT else 0
    shown = line[start : start + LONGEST_EXCERPT].rstrip()
    number = str(place.line)
    margin = " " * (len(number) + 3)
    before = " " * (place.column - 1 - start)
    marked = max(1, min(place.end_column, start + len(shown) + 1) - place.column)
    return [f"   {number} │ {shown}", f"{margin} │ {before}{'^' * marked}"]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems by file and place, without duplicates."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.place, problem.code, problem.values))
