"""Which characters a document can show: those that its own fonts have. A PDF for archives may hold no other."""

import re
import unicodedata
from functools import lru_cache

EMPTY_BOX = "\u25a1"
"""Stands where the fonts lack a character."""
LONGEST_WORD = 40
"""Characters that may follow each other before a line may break among them, where nothing else lets it."""
LONG_WORD = re.compile(rf"[^\s\u00a0\u00ad\u200b]{{{LONGEST_WORD + 1},}}")
HYPHENATED = re.compile(r"[^\W\d_]{1,90}([/-][^\W\d_]{1,90})*[.,:;!?)”]*")
"""A word that can be divided as words are, however long."""
BREAK_HERE = "\u200b"

Ranges = tuple[tuple[int, int], ...]
"""First and last character of each row of characters that the fonts have."""


def shown(text: str, known: Ranges) -> str:
    """Return a text with nothing that the fonts lack: spaces of other kinds as a space, what isn't seen left out."""
    return _unknown(known).sub(_instead, text)


def breakable(text: str) -> str:
    """Let a line break within an address or another row of signs that no line has room for. Words are hyphenated."""
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
