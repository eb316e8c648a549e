"""A rendered text: HTML, headings and internal links."""

from msgspec import Struct

from insyn.problems import Place


class Heading(Struct, frozen=True):
    level: int
    """The level on the page, 2 to 6."""
    id: str
    text: str


class Link(Struct, frozen=True):
    """An internal link, checked when all pages are known."""

    target: str
    place: Place


class Article(Struct, frozen=True):
    html: str
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]


class Setting(Struct, frozen=True):
    """A text's context: its file, its first line there, the page level of "#", and the ids that the page uses."""

    file: str
    line: int
    top_level: int
    taken_ids: frozenset[str] = frozenset()
