"""Formats problems: in full for people, one line each for editors, and as data for programs."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from insyn.problems import Problem
from insyn.reading.characters import UNSEEN
from insyn.reading.personal_numbers import masked
from insyn.swedish import listed
from insyn.texts import Severity, Texts

LONGEST_EXCERPT = 110
ODD_SPACE = re.compile("[\t\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""Characters that would break the line or misalign the mark beneath it."""
ACTING = re.compile(rf"(?![\ud800-\udfff])(?:{UNSEEN.pattern})")
"""Characters that a terminal would obey instead of showing. Lone surrogates, from file names, are escaped on output."""
NOT_SHOWN = "\ufffd"
GRAVITY = (Severity.NOTE, Severity.WARNING, Severity.ERROR)
SCHEMA = "insyn-kontroll/1"
COUNTED = {Severity.ERROR: "fel", Severity.WARNING: "varningar", Severity.NOTE: "notiser"}

REPEATED = frozenset({"amount-unreadable", "amount-has-ore", "cell-count"})
"""Problems that are one slip though they occur in every row."""
MANY = 4
"""With this many more problems of a kind in one file, they are reported together with the first."""

PathOf = Callable[[str], str]
"""Returns the path for opening a file, given its path for people."""


def report(problem: Problem, texts: Texts, lines: Mapping[str, list[str]], also: Sequence[int] = ()) -> str:
    """Return a problem in full, with the other lines where it occurs, `also`. `lines` are the files' lines, by file.

    Any personnummer is masked.
    """
    place = problem.place
    wording = texts.problems[problem.code]
    severity = texts.severities[texts.severity(problem)]
    head = f"{place.file}:{place.line}:{place.column}  {severity}  {wording.name}"
    shown = excerpt(problem, lines.get(place.file, []))
    others = [f"   {texts.tell('also-lines', lines=listed([str(line) for line in also]))}"] if also else []
    return harmless("\n".join([head, *shown, f"   {texts.what(problem)}", f"   {texts.advice(problem)}", *others]))


def harmless(text: str) -> str:
    """Return a text that discloses no personnummer and does nothing to a terminal."""
    return ACTING.sub(NOT_SHOWN, masked(text))


def excerpt(problem: Problem, lines: list[str]) -> Iterable[str]:
    """Return the line with a mark beneath it; nothing if the place is the whole file, or that of a personnummer."""
    place = problem.place
    if problem.code == "personal-number" or not 1 <= place.line <= len(lines) or not lines[place.line - 1].strip():
        return []
    line = harmless(ODD_SPACE.sub(" ", lines[place.line - 1]))
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


def gravest_last(problems: Iterable[Problem], texts: Texts) -> list[Problem]:
    """Return problems in printing order: in a terminal the last lines printed are read first.

    Notices come first, then warnings, then errors, which stop the publication. Within each, problems of the whole site,
    repeated in every run, come before those of a plan.
    """
    return sorted(
        in_order(problems),
        key=lambda problem: (GRAVITY.index(texts.severity(problem)), problem.place.file.count("/") > 1),
    )


def collapsed(problems: Iterable[Problem]) -> Iterator[tuple[Problem, list[int]]]:
    """Yield problems as they are printed, each with the lines of others of its kind if those are many.

    A unit written in every cell is one slip, corrected in all cells at once.
    """
    problems = tuple(problems)
    alike = defaultdict[tuple[str, str, str], list[Problem]](list)
    for one in problems:
        alike[one.code, one.hint, one.place.file].append(one)
    for one in problems:
        first, *others = alike[one.code, one.hint, one.place.file]
        if one.code not in REPEATED or len(others) < MANY:
            yield one, []
        elif one is first:
            yield one, sorted({other.place.line for other in others} - {one.place.line})


# --- For editors and programs ---------------------------------------------------------------------------------------


def line(problem: Problem, texts: Texts, path_of: PathOf) -> str:
    """Return a problem in one line: `file:line:column: FEL name: what is wrong`."""
    place, severity = problem.place, texts.severities[texts.severity(problem)]
    where = f"{path_of(place.file)}:{place.line}:{place.column}"
    name, what = texts.problems[problem.code].name, " ".join(texts.what(problem).split("\n"))
    return harmless(ODD_SPACE.sub(" ", f"{where}: {severity} {name}: {what}"))


def as_data(problems: Iterable[Problem], texts: Texts, path_of: PathOf, *, is_published: bool) -> str:
    """Return problems as JSON in ASCII, which every terminal reads alike."""
    ordered = in_order(problems)
    told = [texts.severity(problem) for problem in ordered]
    counts = {name: told.count(severity) for severity, name in COUNTED.items()}
    listed = [record(problem, texts, path_of) for problem in ordered]
    return json.dumps({"schema": SCHEMA, "publicerat": is_published, "antal": counts, "problem": listed}, indent=2)


def record(problem: Problem, texts: Texts, path_of: PathOf) -> Mapping[str, str | int | None]:
    """Return a problem as data. Any personnummer is masked."""
    place = problem.place
    return {
        "fil": masked(path_of(place.file)),
        "rad": place.line,
        "kolumn": place.column,
        "slut": place.end_column or None,
        "allvar": texts.severities[texts.severity(problem)].lower(),
        "namn": texts.problems[problem.code].name,
        "text": masked(texts.what(problem)),
        "råd": masked(texts.advice(problem)),
    }
