"""Addresses in a text: which become links, and which can't be reached.

Bare addresses of mail and the web and what begins with "www." become links. A word with a point in it, "Sammans.se",
is a name as often as an address, and stays as it is written.
"""

import re
from typing import Any

from linkify_it import LinkifyIt

HOST_AND_PATH = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,9}\.[^\W\d_]{2,20}(?:/[^\s<>\"”()\[\]]{0,500})?")
"""What follows "www."; of limited length, so that no text makes the search long."""
AFTER_AN_ADDRESS = ".,;:!?"
BEGINS = ("@", "http", "mailto:", "www.")
"""What a text with an address in it has, in small letters."""


def make_linkifier() -> LinkifyIt:
    """Return a finder of the addresses in a text."""
    host = _WwwHost()
    schemas = {"www.": {"validate": host.length, "normalize": host.normalise}, "ftp:": None, "//": None}
    return _Linkifier(schemas, {"fuzzy_link": False})


class _Linkifier(LinkifyIt):  # type: ignore[misc]  # the library has no types
    def pretest(self, text: str) -> bool:
        """Whether a text may have an address. The library's own test took half of the time of parsing a plan."""
        small = text.lower()
        return any(begin in small for begin in BEGINS)


class _WwwHost:
    """An address without its scheme. linkify-it wants methods, not functions."""

    def length(self, text: str, start: int) -> int:
        """Return how long an address is after its "www."; 0 when it is none."""
        found = HOST_AND_PATH.match(text, start)
        return len(found[0].rstrip(AFTER_AN_ADDRESS)) if found else 0

    def normalise(self, match: Any) -> None:
        match.url = f"https://{match.url}"
