"""Reads the texts under a content folder."""

from collections.abc import Iterable
from pathlib import Path

from insyn.disk.hashing import hash_of_body
from insyn.disk.output import writing
from insyn.disk.snapshot import read_file
from insyn.problems import Place, Problem, problem
from insyn.reading.characters import normalised
from insyn.reading.sources import SourceFile, SourceText


class Changed(Exception):
    """A file isn't what it was when stock was taken; the message is its path as people know it."""


def read_texts(
    folder: Path, shown_as: str, files: Iterable[SourceFile]
) -> tuple[dict[str, SourceText], tuple[Problem, ...]]:
    """Read files, by their path; those that aren't text are problems. Raises Changed.

    What is made of a file is remembered by the hash in its inventory, so it must be that file.
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
    """Write a file whole or not at all. Raises Unwritable."""
    aside = file.with_name(f".{file.name}.ny")
    with writing():
        try:
            aside.write_bytes(text.encode())
            aside.replace(file)
        finally:
            aside.unlink(missing_ok=True)


def read_lines(folder: Path, file: str) -> list[str]:
    """Return the lines of a file by the path that people know it by, for showing where a problem is."""
    try:
        return normalised((folder.parent / file).read_bytes().decode("utf-8")).split("\n")
    except (UnicodeDecodeError, OSError):
        return []
