"""The only module that touches files: finds and reads what a site is made from, and puts the finished site in place."""

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from insyn.problems import Place, Problem, problem
from insyn.reading.sources import NamedSource, PlanSource, Sources, SourceText

SETTINGS = "webbplats.yaml"
PAGES = "sidor"
ASSOCIATION = "forbund.md"
PLAN = "plan.md"
MARKER = ".insyn"
"""Stands in every folder that we have written, so that a folder of someone else's is never replaced."""
PACKAGE = Path(__file__).resolve().parent
PROJECT = PACKAGE.parent
YEAR_DIGITS = 4


class NotOurs(Exception):
    """The output folder holds something that wasn't written by us."""


@dataclass(frozen=True, slots=True)
class Materials:
    """What pages are made with, besides the content."""

    texts: str
    templates: Mapping[str, str]
    assets: Mapping[str, bytes]
    """What is copied to the site, by its path there."""
    fonts: Mapping[str, bytes]
    """TrueType files for measuring and drawing, by name."""


def read_materials(project: Path = PROJECT) -> Materials:
    """Read templates, styles, fonts and the catalogue of sentences."""
    templates = project / "templates"
    fonts = project / "assets" / "fonts"
    return Materials(
        texts=(PACKAGE / "texts.yaml").read_text("utf-8"),
        templates={
            file.relative_to(templates).as_posix(): file.read_text("utf-8") for file in _files(templates, ".html")
        },
        assets=dict(_read_assets(project / "assets")),
        fonts={file.stem: file.read_bytes() for file in _files(fonts, ".ttf")},
    )


def _files(folder: Path, suffix: str) -> list[Path]:
    return sorted(file for file in folder.rglob(f"*{suffix}") if file.is_file())


def _read_assets(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what the site serves: one stylesheet of all, in the order of their names, and files as they are."""
    styles = [file.read_text("utf-8") for file in _files(folder / "css", ".css")]
    yield "assets/insyn.css", "\n".join(styles).encode()
    for file in [*_files(folder / "fonts", ".woff2"), *_files(folder / "fonts", ".txt"), *sorted(folder.glob("*.*"))]:
        yield f"assets/{file.relative_to(folder).as_posix()}", file.read_bytes()


# --- Content --------------------------------------------------------------------------------------------------------


def read_sources(content: Path, shown_as: str) -> Sources:
    """Find and read every text under the content folder. `shown_as` is what people call that folder."""
    reader = _Reader(content, shown_as)
    associations: list[NamedSource] = []
    plans: list[PlanSource] = []
    pages: list[NamedSource] = []
    for file in reader.files():
        parts = file.relative_to(content).parts
        match parts:
            case ("webbplats.yaml",):
                continue
            case ("sidor", name) if name.endswith(".md"):
                pages += [NamedSource(file.stem, source) for source in reader.read(file)]
            case (name, "forbund.md"):
                associations += [NamedSource(name, source) for source in reader.read(file)]
            case (name, year, "plan.md") if year.isdecimal() and len(year) == YEAR_DIGITS:
                plans += [PlanSource(name, int(year), source) for source in reader.read(file)]
            case _:
                reader.note("stray-file", file)
    settings = next(iter(reader.read(content / SETTINGS)), None) if (content / SETTINGS).is_file() else None
    return Sources(
        settings=settings,
        settings_file=f"{shown_as}/{SETTINGS}",
        associations=tuple(associations),
        plans=tuple(plans),
        pages=tuple(pages),
        problems=tuple(reader.problems),
    )


class _Reader:
    """Reads the texts of one content folder and notes the files that can't be read."""

    def __init__(self, content: Path, shown_as: str) -> None:
        self.content, self.shown_as = content, shown_as
        self.problems: list[Problem] = []

    def files(self) -> list[Path]:
        """Return every file that isn't hidden, in an order that is the same on every machine."""
        found = (file for file in self.content.rglob("*") if file.is_file())
        visible = (file for file in found if not any(part[0] in ".~" for part in file.relative_to(self.content).parts))
        return sorted(visible, key=lambda file: file.relative_to(self.content).parts)

    def read(self, file: Path) -> Iterator[SourceText]:
        try:
            yield SourceText(self._name(file), file.read_bytes().decode("utf-8"))
        except UnicodeDecodeError:
            self.note("file-not-text", file)

    def note(self, code: str, file: Path) -> None:
        self.problems.append(problem(code, Place(self._name(file))))

    def _name(self, file: Path) -> str:
        return f"{self.shown_as}/{file.relative_to(self.content).as_posix()}"


# --- Output ---------------------------------------------------------------------------------------------------------


def publish(files: Mapping[str, bytes], output: Path) -> None:
    """Put a finished site in place of the former one. Everything is written aside first, then the folders change names.

    Raises NotOurs when the folder holds something else.
    """
    if output.exists() and any(output.iterdir()) and not (output / MARKER).exists():
        raise NotOurs(str(output))
    fresh = output.with_name(f".{output.name}-{os.getpid()}-ny")
    former = output.with_name(f".{output.name}-{os.getpid()}-gammal")
    try:
        for path, body in files.items():
            target = fresh / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)
        (fresh / MARKER).write_bytes(b"")
        if output.exists():
            output.rename(former)
        fresh.rename(output)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        if output.exists():
            shutil.rmtree(former, ignore_errors=True)
