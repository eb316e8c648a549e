"""Files of a folder, by the path that someone asks for. Nothing outside the folder is ever found."""

from pathlib import Path

from insyn.disk.output import file_of
from insyn.disk.snapshot import read_file


def read_inside(folder: Path, path: str) -> bytes | None:
    """Return the file that is served at a path; None when there is none, or it lies elsewhere through links or dots."""
    real = (folder / file_of(path)).resolve()
    return read_file(str(real)) if real.is_relative_to(folder.resolve()) else None
