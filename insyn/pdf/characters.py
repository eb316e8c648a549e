"""Characters that the embedded fonts have: PDF/A allows no others."""

import re
import unicodedata
from functools import lru_cache

EMPTY_BOX = "\u25a1"
"""Replaces a character that the fonts lack."""
LONGEST_WORD = 40
"""Characters without a possible line break before one is inserted."""
LONG_WORD = re.compile(rf"[^\s\u00a0\u00ad\u200b]{{{LONGEST_WORD + 1},}}")
HYPHENATED = re.compile(r"[^\W\d_]{1,90}([/-][^\W\d_]{1,90})*[.,:;!?)”]*")
"""A word that can be hyphenated, however long."""
BREAK_HERE = "\u200b"

Ranges = tuple[tuple[int, int], ...]
"""First and last code point of each range that the fonts have."""


def shown(text: str, known: Ranges) -> str:
    """Return a text in characters that the fonts have: other spaces as a space, invisible ones dropped."""
    return _unknown(known).sub(_instead, text)


def breakable(text: str) -> str:
    """Insert line-break opportunities in long URLs and the like. Words are hyphenated by the typesetter."""
    return LONG_WORD.sub(_in_pieces, text)


def _in_pieces(word: re.Match[str]) -> str:
    if HYPHENATED.fullmatch(word[0]):
        return word[0]
    half = LONGEST_WORD // 2
    return BREAK_HERE.join(word[0][start : start + half] for start in range(0, len(word[0]), half))


@lru_cache(maxsize=2)
def _unknown(known: Ranges) -> re.Pattern[str]:
    inside = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in known)
    return re.compile(f"[^{inside}\n]")


def _instead(found: re.Match[str]) -> str:
    match unicodedata.category(found[0]):
        case "Cc" | "Zl" | "Zp" | "Zs":
            return " "
        case "Cf" | "Mn":
            return ""
    return EMPTY_BOX
