"""Is the file of a plan a plan, a draft or the removal of a plan?"""

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from insyn.model import Plan, Removal, Status
from insyn.problems import Found, Problem
from insyn.reading.characters import normalised
from insyn.reading.keys import PlanKeys
from insyn.reading.plan import read_plan, read_removal
from insyn.reading.sources import SourceFile, SourceText
from insyn.vocabulary import status_word

SAYS_DRAFT = re.compile(
    rf"^{PlanKeys.status.name}:\s*[\"']?{status_word(Status.DRAFT)}[\"']?\s*(?:#.*)?$", re.IGNORECASE | re.MULTILINE
)
SAYS_REMOVED = re.compile(rf"^{PlanKeys.removed.name}\s*:", re.IGNORECASE | re.MULTILINE)


def read_plan_text(file: SourceFile, source: SourceText) -> tuple[Plan | None, tuple[Problem, ...]]:
    """Read one plan. Depends on nothing else, so it can be cached. A draft's problems are marked as such."""
    found = Found()
    plan = read_plan(source.text, source.file, association=file.name, year=file.year, found=found)
    return plan, tuple(as_draft(found.problems) if is_draft(plan, source.text) else found.problems)


def read_removal_text(file: SourceFile, source: SourceText) -> tuple[Removal | None, tuple[Problem, ...]]:
    """Read the removal of a plan."""
    found = Found()
    return read_removal(source.text, source.file, file, found), tuple(found.problems)


def is_draft(plan: Plan | None, text: str) -> bool:
    """Whether a plan is a draft; for an unreadable one, whether its text says so."""
    if plan:
        return plan.status is Status.DRAFT
    header = normalised(text).removeprefix("---").partition("\n---")[0]
    return bool(SAYS_DRAFT.search(header))


def is_removed(text: str) -> bool:
    """Whether the text of a plan says that the plan has been removed."""
    header = normalised(text).removeprefix("---").partition("\n---")[0]
    return bool(SAYS_REMOVED.search(header))


def as_draft(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Mark the problems of a draft, which isn't published and therefore stops nothing."""
    return (replace(one, in_draft=True) for one in problems)
