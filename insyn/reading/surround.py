"""A site without its plans, once it has been read."""

from msgspec import Struct

from insyn.model import Association, Settings, Summary, TextPage
from insyn.problems import Problem
from insyn.reading.sources import SourceText


class Surround(Struct, frozen=True):
    """A site without its plans, and the faults of its files."""

    settings: Settings | None
    associations: tuple[Association, ...]
    """In the order that the settings name them."""
    pages: tuple[TextPage, ...]
    problems: tuple[Problem, ...]
    ledger: SourceText | None = None
    """The text of what has been published."""
    summaries: tuple[Summary, ...] = ()
    """Lättläst texts and summaries in other languages."""
    sources: tuple[SourceText, ...] = ()
    """The texts that it was read from, for checks of what may stand in no text."""
