"""The command `importera`: what is asked of it, and what it makes of a file."""

from pathlib import Path

from msgspec import Struct

from insyn.disk import imports
from insyn.disk.content import list_content
from insyn.disk.materials import read_catalogue
from insyn.editing import saving
from insyn.importing.comparing import CellDifference, differences
from insyn.importing.formats import Unsupported
from insyn.importing.outcome import Outcome
from insyn.importing.provenance import NAME
from insyn.importing.returned.identity import WorkbookIdentity, identity_of
from insyn.importing.returned.running import Returned, run_returned
from insyn.importing.returned.story import PlanThere
from insyn.importing.sentences import Sentences
from insyn.importing.story import Imported, NoBudget, import_file
from insyn.importing.telling import tell_import
from insyn.model import Association
from insyn.problems import Found
from insyn.reading.associations import read_association
from insyn.reading.plan_file import read_plan_text
from insyn.reading.sources import FIRST_YEAR, LAST_YEAR, SourceFile, SourceText
from insyn.texts import Texts, read_texts
from insyn.vocabulary import amount_with_unit

PDF_BEGINS = b"%PDF"


class ImportRequest(Struct, frozen=True):
    """What is asked of an import."""

    file: str
    """As it was typed."""
    body: bytes | None
    """What was read already; None to read the file."""
    target: tuple[str, int] | None
    """The förbund's id and the year; None where nothing is to be written."""
    compares: bool = False
    """Whether the plan that is there is compared with the file; then nothing is written."""
    writes: bool = False
    """Whether what a plan's own workbook changes is written, rather than shown."""
    removes: bool = False
    """Whether rows that the workbook has no more are removed."""


def run_import(content: Path, request: ImportRequest) -> Outcome:
    """Import a file: a draft where no plan is, or what a plan's own workbook changes. Raises Unwritable."""
    texts = read_texts(read_catalogue())
    file, body, target = request.file, request.body, request.target
    name = Path(file).name if body is None else file
    if body is None:
        body = imports.body_of(Path(file))
    if body is None:
        return Outcome(texts.tell("import-unreadable", file=file), is_done=False)
    fault = _fault(content, target, texts) if target else ""
    if fault:
        return Outcome(fault, is_done=False)
    association, warning = _association(content, target, texts)
    identity = identity_of(body, texts) if target else None
    if target and identity:
        there = _plan_there(content, target)
        if there is None:
            return _no_plan(name, identity, target, texts)
        returned = Returned(body, file, identity, there, association)
        return run_returned(content, returned, texts, writes=request.writes, removes=request.removes)
    if request.removes:
        return Outcome(texts.tell("returned-none", file=name), is_done=False)
    read = _read(body, name, target, association, texts)
    if isinstance(read, Outcome):
        return read
    return _made(content, read, request, warning, texts)


def _no_plan(name: str, identity: WorkbookIdentity, target: tuple[str, int], texts: Texts) -> Outcome:
    """Refuse to make a draft of a plan's own workbook: the place was mistyped."""
    its, plan = f"{identity.association}/{identity.year}", f"{target[0]}/{target[1]}"
    return Outcome(texts.tell("returned-no-plan", file=name, its=its, plan=plan), is_done=False)


def _read(
    body: bytes, name: str, target: tuple[str, int] | None, association: Association | None, texts: Texts
) -> Imported | Outcome:
    """Return a draft, or why there is none."""
    try:
        pdf_text = imports.text_of_pdf(body) if body.startswith(PDF_BEGINS) else None
        return import_file(body, name, target, association, texts, pdf_text=pdf_text)
    except NoBudget:
        return Outcome(texts.tell("import-no-budget", file=name), is_done=False)
    except Unsupported as fault:
        return Outcome(texts.tell(f"import-unsupported-{fault}", file=name), is_done=False)


def _made(content: Path, imported: Imported, request: ImportRequest, warning: str, texts: Texts) -> Outcome:
    """Compare a draft with the plan that is there, show it, or write it."""
    if request.compares and request.target:
        return _compared(content, imported, request.target, texts)
    told = f"{tell_import(imported, texts)}{warning}"
    if request.target is None:
        target = f"FÖRBUND/{imported.draft.year}"
        shown = texts.tell("import-shown", file=imported.draft.file, target=target)
        return Outcome(f"{imported.text}\n{told}\n{shown}", is_done=True)
    return _written(content, imported, request.target, told, texts)


def _fault(content: Path, target: tuple[str, int], texts: Texts) -> str:
    """Return why there can be no plan at a place; empty when there can."""
    there = {one.name for one in list_content(content).associations}
    if target[0] not in there:
        return texts.tell("new-plan-no-association", name=target[0], names=", ".join(sorted(there)) or "–")
    return "" if FIRST_YEAR <= target[1] <= LAST_YEAR else texts.tell("new-plan-year", year=target[1])


def _plan_there(content: Path, target: tuple[str, int]) -> PlanThere | None:
    path = f"{target[0]}/{target[1]}/plan.md"
    there = saving.read(content, path)
    if there is None:
        return None
    return PlanThere(SourceFile(path, there[1], *target), f"{content.name}/{path}", there[0])


def _association(content: Path, target: tuple[str, int] | None, texts: Texts) -> tuple[Association | None, str]:
    """Return the förbund that a plan is for, and what to say where it isn't known."""
    if target is None:
        return None, ""
    path = f"{target[0]}/forbund.md"
    text = imports.body_of(content / path)
    found = read_association(text.decode("utf-8", "replace"), path, id=target[0], found=Found()) if text else None
    return found, "" if found else f"\n{texts.tell('import-association-faults', id=target[0])}"


def _written(content: Path, imported: Imported, target: tuple[str, int], told: str, texts: Texts) -> Outcome:
    folder = f"{target[0]}/{target[1]}"
    plan = f"{content.name}/{folder}/plan.md"
    if isinstance(saving.create(content, f"{folder}/plan.md", imported.text), saving.Conflict):
        return Outcome(texts.tell("import-exists", plan=plan), is_done=False)
    _write_provenance(content, f"{folder}/{NAME}", imported.provenance)
    provenance = f"{content.name}/{folder}/{NAME}"
    written = [texts.tell("import-written", plan=plan, file=imported.draft.file, provenance=provenance)]
    if imported.draft.has_only_budget:
        written.append(texts.tell("import-only-budget", file=imported.draft.file))
    return Outcome("\n".join([told, *written]), is_done=True)


def _compared(content: Path, imported: Imported, target: tuple[str, int], texts: Texts) -> Outcome:
    """Tell which amounts of a plan aren't those of the file."""
    path = f"{target[0]}/{target[1]}/plan.md"
    there = saving.read(content, path)
    shown = f"{content.name}/{path}"
    source = SourceText(shown, there[0] if there else "")
    plan = read_plan_text(SourceFile(path, "", *target), source)[0] if there else None
    if plan is None:
        return Outcome(texts.tell("import-no-plan", plan=shown), is_done=False)
    found = differences(plan, imported)
    file, count = imported.draft.file, len(imported.cells)
    if not found:
        return Outcome(texts.tell("import-same", plan=shown, file=file, count=count), is_done=True)
    lines = (_difference(one, imported, texts) for one in found)
    head = texts.tell("import-differs", plan=shown, file=file, count=len(found))
    return Outcome("\n".join([head, *lines]), is_done=False)


def _difference(one: CellDifference, imported: Imported, texts: Texts) -> str:
    budget = imported.draft.budget
    column = next((column.label for column in budget.columns if column.id == one.column), one.column or "–")
    in_plan, in_file = (
        texts.tell("import-none") if kronor is None else amount_with_unit(budget.unit, kronor)
        for kronor in (one.in_plan, one.in_file)
    )
    place = Sentences(texts).place(one.origin)
    return texts.tell("import-difference", row=one.row, column=column, plan=in_plan, file=in_file, place=place)


def _write_provenance(content: Path, file: str, text: str) -> None:
    """Write where the amounts came from, in place of what an earlier draft has left."""
    left = saving.read(content, file)
    if left:
        saving.undo(content, saving.Saved(file, left[1], None))
    saving.create(content, file, text)
