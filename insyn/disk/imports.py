"""Files that are imported, and drafts that are written where nothing was."""

from pathlib import Path

from insyn.disk.content import put
from insyn.disk.output import writing


def body_of(file: Path) -> bytes | None:
    """Return a file's bytes; None when it can't be read."""
    try:
        return file.read_bytes()
    except OSError:
        return None


def write_new(file: Path, text: str) -> bool:
    """Write a file that isn't there, whole or not at all; return whether it was free. Raises Unwritable."""
    with writing():
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            file.open("xb").close()  # nobody else can take the name between the look and the writing
        except FileExistsError:
            return False
    try:
        put(file, text)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    return True


def write_beside(file: Path, text: str) -> None:
    """Write a file that goes with a draft. Raises Unwritable."""
    put(file, text)
