"""Writes what was edited, unless somebody else has changed the file; and takes it back."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from insyn.disk.content import remove_content, write_content
from insyn.disk.hashing import hash_of_body
from insyn.disk.snapshot import read_file
from insyn.editing.drafting import Draft, draft
from insyn.editing.edits import Edit, apply, difference, reverse
from insyn.editing.operations import AnyOperation
from insyn.editing.refusals import Refusal
from insyn.reading.spans import newline_of


class Saved(Struct, frozen=True):
    """A file that was written: its new hash, which the next save has seen, and the edit that takes it back."""

    file: str
    hash: str
    undo: Edit | None
    """None for a file that was new: it is taken away."""


class Conflict(Struct, frozen=True):
    """A file that was changed by somebody else, and so not written. Both are here, to choose from."""

    file: str
    theirs: str | None
    """The text that lies there now; None when the file is gone or isn't text."""
    hash: str
    """Its hash: whoever has seen it may save over it."""
    ours: str | Refusal | None
    """That text with our operations done, when they can be; None where there were none."""


def read(folder: Path, file: str) -> tuple[str, str] | None:
    """Return a file's text as it lies there, and its hash; None when it is gone or isn't text. Raises Unwritable."""
    body = read_file(str(folder / file))
    try:
        return (body.decode("utf-8"), hash_of_body(body)) if body is not None else None
    except UnicodeDecodeError:
        return None


def save(folder: Path, file: str, seen: str, operations: Sequence[AnyOperation]) -> Saved | Refusal | Conflict:
    """Do operations in a file of a content folder. `seen` is the hash of the text that they were asked for.

    Raises Unwritable.
    """
    there = read(folder, file)
    if there is None or there[1] != seen:
        return _conflict(folder, file, there, operations)
    made = draft(there[0], _shown(folder, file), operations)
    return _write(folder, file, there[0], made.text) if isinstance(made, Draft) else made


def undo(folder: Path, saved: Saved) -> Saved | Conflict:
    """Take back a save, unless the file has changed since. Raises Unwritable."""
    there = read(folder, saved.file)
    if there is None or there[1] != saved.hash:
        return _conflict(folder, saved.file, there, ())
    if saved.undo is None:
        remove_content(folder / saved.file)
        return Saved(saved.file, "", difference("", there[0]))
    return _write(folder, saved.file, there[0], apply(there[0], [saved.undo]))


def create(folder: Path, file: str, text: str) -> Saved | Conflict:
    """Write a new file; a conflict when there is one. Raises Unwritable."""
    if read_file(str(folder / file)) is not None:
        return _conflict(folder, file, read(folder, file), ())
    write_content(folder / file, text)
    return Saved(file, hash_of_body(text.encode()), None)


def append(folder: Path, file: str, seen: str, lines: Sequence[str]) -> Saved | Conflict:
    """Put lines at the end of a text that isn't front matter, ended as its own. Raises Unwritable."""
    there = read(folder, file)
    if there is None or there[1] != seen:
        return _conflict(folder, file, there, ())
    text, newline = there[0], newline_of(there[0])
    kept = text.rstrip("\r\n ")
    before = f"{kept}{newline}" if kept else ""
    return _write(folder, file, text, before + "".join(f"{line}{newline}" for line in lines))


def _write(folder: Path, file: str, before: str, after: str) -> Saved:
    write_content(folder / file, after)
    return Saved(file, hash_of_body(after.encode()), reverse(before, difference(before, after)))


def _conflict(folder: Path, file: str, there: tuple[str, str] | None, operations: Sequence[AnyOperation]) -> Conflict:
    if there is None:
        return Conflict(file, None, "", None)
    made = draft(there[0], _shown(folder, file), operations) if operations else None
    return Conflict(file, there[0], there[1], made.text if isinstance(made, Draft) else made)


def _shown(folder: Path, file: str) -> str:
    return f"{folder.name}/{file}"
