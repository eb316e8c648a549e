"""The texts that a site is made from, as they were found; nothing is read into them yet."""

from dataclasses import dataclass

from insyn.problems import Problem


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's text. `file` is its path for people, from the project's root."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanSource:
    association: str
    year: int
    source: SourceText


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A förbund's or a page's file, with the name its place gives it."""

    name: str
    source: SourceText


@dataclass(frozen=True, slots=True)
class Sources:
    settings: SourceText | None
    settings_file: str
    """Where the settings are, or should have been."""
    associations: tuple[NamedSource, ...]
    plans: tuple[PlanSource, ...]
    pages: tuple[NamedSource, ...]
    problems: tuple[Problem, ...]
    """Files that can't be read, or that stand where nothing is read."""
