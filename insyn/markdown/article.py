"""A text as it is published: HTML, its headings, and the links to be looked up."""

from msgspec import Struct

from insyn.problems import Place


class Heading(Struct, frozen=True):
    level: int
    """As on the page, 2 to 6."""
    id: str
    text: str


class Link(Struct, frozen=True):
    """A link inside the site, to be looked up when every page is known."""

    target: str
    place: Place


class Article(Struct, frozen=True):
    html: str
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]


class Setting(Struct, frozen=True):
    """Where a text stands: its file, its first line there, the level of its "#" and the ids its page already uses."""

    file: str
    line: int
    top_level: int
    taken_ids: frozenset[str] = frozenset()
