"""The command `importera`: reads a file, writes a draft where no plan is, and tells of it."""

from pathlib import Path

from msgspec import Struct

from insyn.disk import imports
from insyn.disk.materials import read_catalogue
from insyn.editing import saving
from insyn.importing.formats import Unsupported
from insyn.importing.provenance import NAME
from insyn.importing.story import Imported, NoBudget, import_file
from insyn.importing.telling import tell_import
from insyn.model import Association
from insyn.problems import Found
from insyn.reading.associations import read_association
from insyn.texts import Texts, read_texts


class Outcome(Struct, frozen=True):
    """What is printed, and whether a draft was made."""

    told: str
    is_done: bool


def run_import(content: Path, file: str, body: bytes | None, target: tuple[str, int] | None) -> Outcome:
    """Import a file, or a `body` that was read already. Without a target nothing is written. Raises Unwritable."""
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


def _write_provenance(content: Path, file: str, text: str) -> None:
    """Write where the amounts came from, in place of what an earlier draft has left."""
    left = saving.read(content, file)
    if left:
        saving.undo(content, saving.Saved(file, left[1], None))
    saving.create(content, file, text)
