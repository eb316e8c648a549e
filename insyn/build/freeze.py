"""A plan's version is frozen as it is: a copy whose file name is the version's address."""

from itertools import count
from pathlib import Path

from msgspec import Struct

from insyn.build.examine import examine_plan
from insyn.disk.hashing import hash_of_body
from insyn.editing.saving import Conflict, create, read
from insyn.model import Status
from insyn.pages.excerpt import came_on
from insyn.problems import Found, Problem
from insyn.reading.associations import read_association
from insyn.reading.plan_file import read_plan_text
from insyn.reading.sources import SourceFile, SourceText
from insyn.texts import Texts
from insyn.versions.arrangement import PROPOSAL, natural_name


class Frozen(Struct, frozen=True):
    """What came of it. `key` is a sentence of the catalogue's `report`, which `values` fill in."""

    key: str
    values: tuple[tuple[str, str], ...] = ()


def freeze(content: Path, association: str, year: int, seen: str, texts: Texts) -> Frozen:
    """Copy a plan to its `versioner/`, if it is the text whose hash was `seen`. Raises Unwritable."""
    file = SourceFile(f"{association}/{year}/plan.md", "", association, year)
    there = read(content, file.path)
    if there is None or there[1] != seen:
        return Frozen("form-freeze-changed")
    source = SourceText(f"{content.name}/{file.path}", there[0])
    plan, _ = read_plan_text(file, source)
    if plan is not None and plan.status is Status.DRAFT:
        return Frozen("form-freeze-draft")
    error = _first_error(content, file, source, texts)
    if plan is None or error is not None:
        return Frozen("form-freeze-errors", (("line", str(error.place.line if error else 1)),))
    name = natural_name(plan.status, came_on(plan))
    return _written(content, f"{association}/{year}/versioner", name, there) if name else Frozen("form-freeze-undated")


def _first_error(content: Path, file: SourceFile, source: SourceText, texts: Texts) -> Problem | None:
    """Return an error that would stop every later build, since a frozen version isn't changed."""
    path = f"{file.name}/forbund.md"
    there, found = read(content, path), Found()
    known = read_association(there[0], f"{content.name}/{path}", id=file.name, found=found) if there else None
    problems = examine_plan(file, source, known, texts).facts.problems
    return next((one for one in problems if texts.is_error(one)), None)


def _written(content: Path, folder: str, name: str, there: tuple[str, str]) -> Frozen:
    """Write a version under its name; another proposal under the next that is free. Never over another."""
    for number in count(1):
        target = f"{folder}/{name if number == 1 else f'{name}-{number}'}.md"
        shown = (("file", f"{content.name}/{target}"),)
        made = create(content, target, there[0])
        if not isinstance(made, Conflict):
            return Frozen("form-frozen", shown)
        if made.hash == hash_of_body(there[0].encode()):
            return Frozen("form-freeze-same", shown)
        if name != PROPOSAL:
            return Frozen("form-freeze-there", shown)
    raise AssertionError("unreachable")
