"""A plan's workbook is brought back: shown, or written into the plan."""

import shlex
from pathlib import Path

from msgspec import Struct

from insyn.editing import saving
from insyn.editing.refusals import Refusal
from insyn.importing.document import SourcePlace
from insyn.importing.outcome import Outcome
from insyn.importing.returned.identity import WorkbookIdentity
from insyn.importing.returned.sheets import NotReturnable
from insyn.importing.returned.story import PlanThere, ReturnedWorkbook, bring_back
from insyn.importing.returned.telling import tell_returned
from insyn.importing.sentences import Sentences
from insyn.model import Association
from insyn.texts import Texts


class Returned(Struct, frozen=True):
    """A workbook, and the plan that it is brought back to."""

    body: bytes
    file: str
    """As it was typed."""
    identity: WorkbookIdentity
    there: PlanThere
    association: Association | None


def run_returned(content: Path, one: Returned, texts: Texts, *, writes: bool, removes: bool) -> Outcome:
    """Tell what a workbook changes in its plan; write it if asked to. Raises Unwritable."""
    file, plan = Path(one.file).name, one.there.shown
    own = (one.there.file.name, one.there.file.year)
    if (one.identity.association, one.identity.year) != own:
        its = f"{one.identity.association}/{one.identity.year}"
        return Outcome(texts.tell("returned-other-plan", file=file, its=its, plan=plan), is_done=False)
    try:
        made = bring_back(one.body, one.identity, one.there, one.association, texts, removes=removes)
    except NotReturnable as fault:
        return Outcome(_refusal(fault, file, texts), is_done=False)
    told = tell_returned(made, file, plan, one.association, texts, removes=removes)
    if not made.operations:
        return Outcome(told, is_done=True)
    if not writes:
        return Outcome(f"{told}\n\n{_again(one, texts, removes=removes)}", is_done=True)
    return _written(content, one, made, told, texts)


def _refusal(fault: NotReturnable, file: str, texts: Texts) -> str:
    values = {
        name: Sentences(texts).place(value) if isinstance(value, SourcePlace) else value
        for name, value in fault.values.items()
    }
    return texts.tell(fault.key, file=file, **values)


def _again(one: Returned, texts: Texts, *, removes: bool) -> str:
    target = f"{one.there.file.name}/{one.there.file.year}"
    words = ["importera", shlex.quote(one.file), "--till", target, *(["--ta-bort"] if removes else []), "--skriv"]
    return f"{texts.tell('new-plan-dry')}\n  python build.py {' '.join(words)}"


def _written(content: Path, one: Returned, made: ReturnedWorkbook, told: str, texts: Texts) -> Outcome:
    saved = saving.save(content, one.there.file.path, one.there.file.hash, made.operations)
    if isinstance(saved, saving.Conflict | Refusal):
        return Outcome(texts.tell("returned-conflict", plan=one.there.shown), is_done=False)
    return Outcome(f"{told}\n\n{texts.tell('returned-written', plan=one.there.shown)}", is_done=True)
