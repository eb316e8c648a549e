"""Tables of the whole site: the förbund's tables one after another. They may come to ten megabytes."""

from collections.abc import Sequence
from hashlib import sha256
from io import FileIO
from pathlib import Path

from insyn.downloads.files import FileFacts
from insyn.downloads.separated import LINE

Join = tuple[str, str, tuple[str, ...]]
"""What a table is called, where it is written, and the tables that it is made of."""


def join_tables(joins: Sequence[Join]) -> list[FileFacts]:
    """Write tables; return what is told of each. Raises OSError."""
    return [_joined(*one) for one in joins]


def _joined(name: str, target: str, files: Sequence[str]) -> FileFacts:
    """Leave out the headings of all but the first. Only one of them is held at a time."""
    line, size, total = LINE.encode(), 0, sha256()
    with Path(target).open("wb", buffering=0) as joined:
        for file in files:
            body = Path(file).read_bytes()
            piece = memoryview(body)[body.index(line) + len(line) if size else 0 :]
            write_all(joined, piece)
            total.update(piece)
            size += len(piece)
    return FileFacts(name, size, total.hexdigest())


def write_all(file: FileIO, body: memoryview) -> None:
    """Write a body to its end. A disk that fills takes what there is room for, and says so only of the rest."""
    while body:
        body = body[file.write(body) :]
