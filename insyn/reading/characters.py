"""Texts and keys that mean the same, written the same."""

import unicodedata
from functools import lru_cache

SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f", " "))
"""Hard, figure, thin and narrow spaces stand for an ordinary one between digits."""


@lru_cache(maxsize=4096)
def fold(key: str) -> str:
    """Return a key so that spellings that mean the same compare equal: förbund, Förbund and forbund.

    The same few hundred keys are asked for thousands of times in each plan.
    """
    folded = unicodedata.normalize("NFC", key).strip().lower()
    return folded.translate(str.maketrans("åäöé", "aaoe"))


def normalised(text: str) -> str:
    """Return text as everything here expects it: NFC, line feeds, no byte order mark."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", plain)
