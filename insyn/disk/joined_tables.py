"""Concatenation of the förbund's tables into the whole site's, up to ten megabytes each."""

from collections.abc import Iterable
from hashlib import sha256
from io import FileIO
from pathlib import Path

from insyn.downloads.files import FileFacts
from insyn.downloads.separated import LINE


def join_tables(name: str, target: str, files: Iterable[str]) -> FileFacts:
    """Write a table with the header row of the first one only; return its name, size and hash. Raises OSError.

    One table is in memory at a time.
    """
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
    """Write all bytes: an unbuffered write may be partial, for example on a full disk. Raises OSError."""
    while body:
        body = body[file.write(body) :]
