"""Reading text files from the content folder."""

from collections.abc import Iterable
from pathlib import Path

from insyn.disk.hashing import hash_of_body
from insyn.disk.output import writing
from insyn.disk.snapshot import read_file
from insyn.problems import Place, Problem, problem
from insyn.reading.characters import normalised
from insyn.reading.sources import SourceFile, SourceText


class Changed(Exception):
    """A file has changed since the snapshot; the message is its path from the project."""


def read_texts(
    folder: Path, shown_as: str, files: Iterable[SourceFile]
) -> tuple[dict[str, SourceText], tuple[Problem, ...]]:
    """Read files: texts by path, and a problem for each that isn't UTF-8. Raises Changed.

    Results are cached by the hash in the snapshot, so the content must be the one that was hashed.
    """
    texts: dict[str, SourceText] = {}
    problems: list[Problem] = []
    for file in files:
        shown = f"{shown_as}/{file.path}"
        body = read_file(f"{folder}/{file.path}")
        if hash_of_body(body or b"") != file.hash:
            raise Changed(shown)
        text = _text(body)
        if text is None:
            problems.append(problem("file-not-text", Place(shown)))
        else:
            texts[file.path] = SourceText(shown, text)
    return texts, tuple(problems)


def _text(body: bytes | None) -> str | None:
    try:
        return None if body is None else body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def put(file: Path, text: str) -> None:
    """Write a file atomically. Raises Unwritable."""
    aside = file.with_name(f".{file.name}.ny")
    with writing():
        try:
            aside.write_bytes(text.encode())
            aside.replace(file)
        finally:
            aside.unlink(missing_ok=True)


def read_lines(folder: Path, file: str) -> list[str]:
    """Return a file's lines, to quote one in a report. `file` is its path from the project, as in `Place`."""
    try:
        return normalised((folder.parent / file).read_bytes().decode("utf-8")).split("\n")
    except (UnicodeDecodeError, OSError):
        return []
