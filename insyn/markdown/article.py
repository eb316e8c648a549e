"""A rendered text: HTML, headings and internal links."""

import re

from msgspec import Struct

from insyn.problems import Place

BESIDE = r"(?:\./)?[^\s/.:?#\"][^\s/.:?#\"]{0,200}(?:\.[^\s/.:?#\"]{1,200}){1,5}"
"""The address of a file in the page's own folder: "budget.csv"."""
LEADS_BESIDE = re.compile(rf"(?P<name>{BESIDE})(?:[?#].*)?\Z")
ON_DISK = re.compile(r"[a-z]:(?:[\\/]|\Z)|\\|file:|~/|/(?:Users|home|Volumes|media|mnt)/", re.IGNORECASE)
"""Start of an address of a file on a computer, or in a shared folder of one."""


class Heading(Struct, frozen=True):
    level: int
    """The level on the page, 2 to 6."""
    id: str
    text: str


class Link(Struct, frozen=True):
    """An internal link, checked when all pages are known."""

    target: str
    place: Place

    @property
    def file_beside(self) -> str | None:
        """The file in the page's own folder that it leads to; None if it leads elsewhere."""
        found = LEADS_BESIDE.match(self.target)
        return found["name"].removeprefix("./") if found else None


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
