"""A site without its plans, after reading."""

from msgspec import Struct

from insyn.model import Association, Settings, Summary, TextPage
from insyn.problems import Problem
from insyn.reading.sources import SourceText


class Surround(Struct, frozen=True):
    """A site without its plans, with the faults of its files."""

    settings: Settings | None
    associations: tuple[Association, ...]
    """In the order of the settings."""
    pages: tuple[TextPage, ...]
    problems: tuple[Problem, ...]
    ledger: SourceText | None = None
    """The text of the ledger of published versions."""
    summaries: tuple[Summary, ...] = ()
    """Lättläst texts and summaries in other languages."""
    sources: tuple[SourceText, ...] = ()
    """The texts that it was read from, for checks of forbidden contents."""
