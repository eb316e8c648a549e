"""A new year's plan: made from the newest plan of a förbund, or from a template when it has none; then written."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from insyn.disk.content import list_content
from insyn.editing.first_plan import first_plan
from insyn.editing.next_plan import NextPlan, next_plan
from insyn.editing.refusals import Refusal
from insyn.editing.saving import Conflict, create, read
from insyn.model import Plan
from insyn.problems import Found, Problem
from insyn.reading.associations import read_association
from insyn.reading.plan_file import read_plan_text
from insyn.reading.sources import FIRST_YEAR, LAST_YEAR, Listing, SourceFile, SourceText
from insyn.reading.spans import WrittenFile, read_written
from insyn.texts import Texts


class NotBegun(Struct, frozen=True):
    """Why no plan was made. `key` is a sentence of the catalogue's `report`, which `values` fill in."""

    key: str
    values: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    """What must be mended first."""


class NewPlan(Struct, frozen=True):
    """A plan that can be written, or was."""

    file: str
    """Its path from the project."""
    text: str
    source: str
    """The plan that it was made from, by path from the project; "" for a template."""
    made: NextPlan | None
    """What became of everything in it; None for a template."""
    is_written: bool
    skipped: tuple[int, ...] = ()
    """The years after that plan's that have none."""


def begin_plan(
    content: Path, association: str, year: int, texts: Texts, *, repeats_last: bool, writes: bool
) -> NewPlan | NotBegun:
    """Make a plan and, if asked to, write it. Never over another. Raises Unreadable, Unwritable."""
    listing = list_content(content)
    target = f"{association}/{year}/plan.md"
    if association not in {one.name for one in listing.associations}:
        return _not("new-plan-no-association", name=association, names=", ".join(_ids(listing.associations)) or "–")
    if target in {one.path for one in listing.plans}:
        return _not("new-plan-there", file=f"{content.name}/{target}")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _not("new-plan-year", year=year)
    made = _made(content, listing, association, year, texts, repeats_last=repeats_last)
    if isinstance(made, NotBegun):
        return made
    if writes and isinstance(create(content, target, made.text), Conflict):
        return _not("new-plan-there", file=made.file)
    return replace(made, is_written=writes)


def _not(key: str, problems: tuple[Problem, ...] = (), **values: object) -> NotBegun:
    return NotBegun(key, tuple((name, str(value)) for name, value in values.items()), problems)


def _ids(files: Iterable[SourceFile]) -> list[str]:
    return sorted({one.name for one in files})


def _made(
    content: Path, listing: Listing, association: str, year: int, texts: Texts, *, repeats_last: bool
) -> NewPlan | NotBegun:
    target = f"{content.name}/{association}/{year}/plan.md"
    before = [one for one in listing.plans if one.name == association and one.year < year and not one.version]
    if not before:
        return _first(content, association, year, target, texts)
    newest = max(before, key=lambda one: one.year)
    source = f"{content.name}/{newest.path}"
    there = read(content, newest.path)
    plan, problems = read_plan_text(newest, SourceText(source, there[0])) if there else (None, ())
    written = read_written(there[0]) if there else None
    faults = tuple(one for one in problems if texts.would_stop(one))
    if plan is None or written is None or not plan.budget.columns or faults:
        return _not("new-plan-faults", faults[:1], file=source)
    return _next(plan, written, year, source, target, texts, repeats_last=repeats_last)


def _next(
    plan: Plan, written: WrittenFile, year: int, source: str, target: str, texts: Texts, *, repeats_last: bool
) -> NewPlan | NotBegun:
    made = next_plan(written, plan, year, target, texts, repeats_last=repeats_last)
    if isinstance(made, Refusal):
        return _not("new-plan-refused", file=source, line=made.place.line, reason=made.sentence(texts))
    skipped = tuple(range(plan.year + 1, year))
    return NewPlan(target, made.text, source, made, is_written=False, skipped=skipped)


def _first(content: Path, association: str, year: int, target: str, texts: Texts) -> NewPlan | NotBegun:
    file = f"{association}/forbund.md"
    there = read(content, file)
    found = Found()
    known = read_association(there[0], f"{content.name}/{file}", id=association, found=found) if there else None
    if known is None:
        return _not("new-plan-faults", tuple(found.problems[:1]), file=f"{content.name}/{file}")
    return NewPlan(target, first_plan(known, year, texts), "", None, is_written=False)
