"""A plan's version is frozen as it is: a copy whose file name is the version's address."""

from itertools import count
from pathlib import Path

from msgspec import Struct

from insyn.build.examine import examine_plan
from insyn.disk.hashing import hash_of_body
from insyn.editing.saving import Conflict, create, read
from insyn.model import Association
from insyn.problems import Found
from insyn.reading.associations import read_association
from insyn.reading.sources import SourceFile, SourceText
from insyn.texts import Texts
from insyn.versions.arrangement import PROPOSAL, natural_name


class Frozen(Struct, frozen=True):
    """What came of it. `key` is a sentence of the catalogue's `report`, which `values` fill in."""

    key: str
    values: tuple[tuple[str, str], ...] = ()


def freeze(content: Path, association: str, year: int, seen: str, texts: Texts) -> Frozen:
    """Copy a plan to its `versioner/`, if it is the text whose hash was `seen`. Raises Unwritable.

    Never one with an error: a frozen version isn't changed, so it would stop every later build.
    """
    file = SourceFile(f"{association}/{year}/plan.md", "", association, year)
    there, members = read(content, file.path), _association(content, association)
    if there is None or there[1] != seen:
        return Frozen("form-freeze-changed")
    if members is None:
        return Frozen("form-freeze-association", (("file", f"{content.name}/{association}/forbund.md"),))
    facts = examine_plan(file, SourceText(f"{content.name}/{file.path}", there[0]), members, texts).facts
    error = next((one for one in facts.problems if texts.is_error(one)), None)
    if error:
        return Frozen("form-freeze-errors", (("line", str(error.place.line)),))
    if facts.digest is None:
        return Frozen("form-freeze-draft")
    name = natural_name(facts.digest)
    return _written(content, f"{association}/{year}/versioner", name, there) if name else Frozen("form-freeze-undated")


def _association(content: Path, id: str) -> Association | None:
    path = f"{id}/forbund.md"
    there = read(content, path)
    return read_association(there[0], f"{content.name}/{path}", id=id, found=Found()) if there else None


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
