"""Addresses in a text: which become links, and which lead nowhere.

Bare email and web addresses, and those that begin with "www.", become links. A word with a full stop in it,
"Sammans.se", is a name as often as an address, and is left as it is written.
"""

import re
from typing import Any

from linkify_it import LinkifyIt

HOST_AND_PATH = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,9}\.[^\W\d_]{2,20}(?:/[^\s<>\"”()\[\]]{0,500})?")
"""Continuation of an address after "www."; its length is limited so that no text makes the search slow."""
AFTER_AN_ADDRESS = ".,;:!?"
BEGINS = ("@", "http", "mailto:", "www.")
"""Lower-case substrings, one of which every text with an address contains."""


def make_linkifier() -> LinkifyIt:
    """Return a finder of the addresses in a text."""
    host = _WwwHost()
    schemas = {"www.": {"validate": host.length, "normalize": host.normalise}, "ftp:": None, "//": None}
    return _Linkifier(schemas, {"fuzzy_link": False})


class _Linkifier(LinkifyIt):  # type: ignore[misc]  # the library has no types
    def pretest(self, text: str) -> bool:
        """Whether a text may contain an address. The library's own test took half the time of parsing a plan."""
        small = text.lower()
        return any(begin in small for begin in BEGINS)


class _WwwHost:
    """An address without its scheme. linkify-it expects methods, not functions."""

    def length(self, text: str, start: int) -> int:
        """Return the length of an address after its "www."; 0 if it isn't one."""
        found = HOST_AND_PATH.match(text, start)
        return len(found[0].rstrip(AFTER_AN_ADDRESS)) if found else 0

    def normalise(self, match: Any) -> None:
        match.url = f"https://{match.url}"
