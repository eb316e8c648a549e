"""Reads the texts under a content folder."""

from collections.abc import Iterable
from pathlib import Path

from insyn.problems import Place, Problem, problem
from insyn.reading.frontmatter import normalised
from insyn.reading.sources import SourceFile, SourceText


def read_texts(
    folder: Path, shown_as: str, files: Iterable[SourceFile]
) -> tuple[dict[str, SourceText], tuple[Problem, ...]]:
    """Read files, by their path; those that aren't text are problems."""
    texts: dict[str, SourceText] = {}
    problems: list[Problem] = []
    for file in files:
        shown = f"{shown_as}/{file.path}"
        try:
            texts[file.path] = SourceText(shown, (folder / file.path).read_bytes().decode("utf-8"))
        except (UnicodeDecodeError, OSError):
            problems.append(problem("file-not-text", Place(shown)))
    return texts, tuple(problems)


def read_lines(folder: Path, file: str) -> list[str]:
    """Return the lines of a file by the path that people know it by, for showing where a problem is."""
    try:
        return normalised((folder.parent / file).read_bytes().decode("utf-8")).split("\n")
    except (UnicodeDecodeError, OSError):
        return []
