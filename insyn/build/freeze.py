"""A plan's version is frozen as it is: a copy whose file name is the version's address."""

from pathlib import Path

from msgspec import Struct

from insyn.editing.saving import Conflict, create, read
from insyn.model import Status
from insyn.pages.excerpt import came_on
from insyn.reading.plan_file import read_plan_text
from insyn.reading.sources import SourceFile, SourceText
from insyn.versions.arrangement import natural_name


class Frozen(Struct, frozen=True):
    """What came of it. `key` is a sentence of the catalogue's `report`, which `values` fill in."""

    key: str
    values: tuple[tuple[str, str], ...] = ()
    is_written: bool = False


def freeze(content: Path, association: str, year: int, seen: str) -> Frozen:
    """Copy a plan to its `versioner/`, if it is the text whose hash was `seen`. Raises Unwritable."""
    file = SourceFile(f"{association}/{year}/plan.md", "", association, year)
    there = read(content, file.path)
    if there is None or there[1] != seen:
        return Frozen("form-freeze-changed")
    plan, _ = read_plan_text(file, SourceText(f"{content.name}/{file.path}", there[0]))
    if plan is None or plan.status is Status.DRAFT:
        return Frozen("form-freeze-unreadable" if plan is None else "form-freeze-draft")
    name = natural_name(plan.status, came_on(plan))
    if name is None:
        return Frozen("form-freeze-undated")
    target = f"{association}/{year}/versioner/{name}.md"
    shown = (("file", f"{content.name}/{target}"),)
    made = create(content, target, there[0])
    if isinstance(made, Conflict):
        return Frozen("form-freeze-same" if made.hash == seen else "form-freeze-there", shown)
    return Frozen("form-frozen", shown, is_written=True)
