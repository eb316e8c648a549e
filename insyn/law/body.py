"""The plan's own text as the checks need it: its headings, and places in its file."""

import re
from collections.abc import Iterator

from msgspec import Struct

from insyn.model import Plan
from insyn.problems import Place

HEADING = re.compile(r"\n(#{1,6})[ \t]+([^\n]*)")
FENCED = re.compile(r"^(`{3,}+|~{3,}+).*?^\1", re.MULTILINE | re.DOTALL)


class BodyHeading(Struct, frozen=True):
    level: int
    text: str
    start: int
    """Index in the body where its text begins."""


def headings_of(body: str) -> tuple[BodyHeading, ...]:
    """Return the headings of a text, leaving out lookalikes in code."""
    return tuple(_headings(body))


def _headings(body: str) -> Iterator[BodyHeading]:
    plain = FENCED.sub(lambda found: " " * len(found[0]), body) if "```" in body or "~~~" in body else body
    for match in HEADING.finditer(f"\n{plain}"):
        yield BodyHeading(len(match[1]), match[2].rstrip(" \t#"), match.start(2) - 1)


def place_in(plan: Plan, start: int, length: int) -> Place:
    """Return the place of a part of the body that begins at `start` and lies on one line."""
    line = plan.body.count("\n", 0, start)
    column = start - (plan.body.rfind("\n", 0, start) + 1) + 1
    return Place(plan.place.file, plan.body_line + line, column, column + length)
