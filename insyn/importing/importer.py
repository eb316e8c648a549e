"""The command `importera`: reads a file, writes a draft where no plan is, and tells of it."""

from pathlib import Path

from msgspec import Struct

from insyn.disk import imports
from insyn.disk.materials import read_catalogue
from insyn.editing import saving
from insyn.importing.comparing import CellDifference, differences
from insyn.importing.formats import Unsupported
from insyn.importing.provenance import NAME
from insyn.importing.sentences import Sentences
from insyn.importing.story import Imported, NoBudget, import_file
from insyn.importing.telling import tell_import
from insyn.model import Association
from insyn.problems import Found
from insyn.reading.associations import read_association
from insyn.reading.plan_file import read_plan_text
from insyn.reading.sources import SourceFile, SourceText
from insyn.texts import Texts, read_texts
from insyn.vocabulary import amount_with_unit


class Outcome(Struct, frozen=True):
    """What is printed, and whether a draft was made."""

    told: str
    is_done: bool


def run_import(
    content: Path, file: str, body: bytes | None, target: tuple[str, int] | None, *, compares: bool = False
) -> Outcome:
    """Import a file, or a `body` that was read already. Without a target nothing is written, nor when it `compares` the
    plan that is there with the file. Raises Unwritable."""
    texts = read_texts(read_catalogue())
    name = Path(file).name if body is None else file
    if body is None:
        body = imports.body_of(Path(file))
    if body is None:
        return Outcome(texts.tell("import-unreadable", file=file), is_done=False)
    association, warning = _association(content, target, texts)
    try:
        imported = import_file(body, name, target, association, texts)
    except NoBudget:
        return Outcome(texts.tell("import-no-budget", file=name), is_done=False)
    except Unsupported as fault:
        return Outcome(texts.tell(f"import-unsupported-{fault}", file=name), is_done=False)
    if compares and target:
        return _compared(content, imported, target, texts)
    told = f"{tell_import(imported, texts)}{warning}"
    if target is None:
        shown = texts.tell("import-shown", file=name, target=f"FÖRBUND/{imported.draft.year}")
        return Outcome(f"{imported.text}\n{told}\n{shown}", is_done=True)
    return _written(content, imported, target, told, texts)


def _association(content: Path, target: tuple[str, int] | None, texts: Texts) -> tuple[Association | None, str]:
    """Return the förbund that a plan is for, and what to say where it isn't known."""
    if target is None:
        return None, ""
    path = f"{target[0]}/forbund.md"
    text = imports.body_of(content / path)
    found = read_association(text.decode("utf-8", "replace"), path, id=target[0], found=Found()) if text else None
    return found, "" if found else f"\n{texts.tell('import-no-association', id=target[0])}"


def _written(content: Path, imported: Imported, target: tuple[str, int], told: str, texts: Texts) -> Outcome:
    folder = f"{target[0]}/{target[1]}"
    plan = f"{content.name}/{folder}/plan.md"
    if isinstance(saving.create(content, f"{folder}/plan.md", imported.text), saving.Conflict):
        return Outcome(texts.tell("import-exists", plan=plan), is_done=False)
    _write_provenance(content, f"{folder}/{NAME}", imported.provenance)
    provenance = f"{content.name}/{folder}/{NAME}"
    written = texts.tell("import-written", plan=plan, file=imported.draft.file, provenance=provenance)
    return Outcome(f"{told}\n{written}", is_done=True)


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
