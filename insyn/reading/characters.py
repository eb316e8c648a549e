"""Which characters are equivalent and are normalised, and which are forbidden in all texts?"""

import re
import unicodedata
from functools import lru_cache

from insyn.problems import Place, Problem, problem

SPACES = dict.fromkeys(
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
)
HYPHENS = dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\uff0d", "-")
"""Characters that resemble a hyphen or a minus sign, and stand for one in a number or a date."""
_PLAIN = str.maketrans({**SPACES, **HYPHENS})
_FOLDED = str.maketrans({**SPACES, **dict(zip("åäöé", "aaoe", strict=True)), "\u00ad": "", "\u2060": ""})
QUOTES = "\"'”“„’‘»«"
UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffc-\uffff\ud800-\udfff]"
    r"|[\U000e0000-\U000e007f]|(?<=[\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\u024f]|\Z)"
)
"""Invisible characters that change the reading of a text, forbidden in all texts.

A joiner may hold together a symbol of several parts, such as an emoji; between Swedish letters it is a slip.
"""
SYMBOLS = re.compile(r"[\ue000-\uf8ff]")
"""Symbols of a special font, such as Word's bullets: in any other font they are empty boxes."""
HARD = r"[\u00a0\u2000-\u200a\u202f\u3000]"
HARD_INDENT = re.compile(rf"^[ \t]*{HARD}[^\S\n]*", re.MULTILINE)
HARD_AFTER_KEY = re.compile(rf"(?:^[ ]*(?:- +)?|[{{,] *)[\w-]{{1,60}}:{HARD}+|^[ ]*-{HARD}+", re.MULTILINE)
"""Non-breaking spaces in front matter that only mark structure: they come with text copied from a web page or Word."""
HARD_BLANK = re.compile(r"^[^\S\n]+$", re.MULTILINE)
HARD_MARK = re.compile(
    rf"^[ \t]*{HARD}[^\S\n]*(?=(?:#{{1,6}}|[-*+]|\d{{1,2}}[.)])\s)|^ {{0,3}}(?:#{{1,6}}|[-*+]|\d{{1,2}}[.)]){HARD}+",
    re.MULTILINE,
)
"""Non-breaking spaces in Markdown that only separate paragraphs, or stand beside the mark of a heading or item."""
_KINDS = (
    ("character-zero-width", r"[\u200b-\u200d\ufeff]"),
    ("character-direction", r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"),
    ("character-break", r"[\x0b\x0c\x85\u2028\u2029]"),
    ("character-quote", r"[\x91-\x97]"),
    ("character-lost", r"[\ufffc\ufffd]"),
    ("character-symbol", SYMBOLS.pattern),
)


@lru_cache(maxsize=4096)
def fold(key: str) -> str:
    """Return a key in a form in which equivalent spellings are equal: förbund, Förbund and forbund.

    Cached, since each plan looks up the same few hundred keys thousands of times.
    """
    return unicodedata.normalize("NFC", key).lower().translate(_FOLDED).strip()


def normalised(text: str) -> str:
    """Return text in normal form: NFC, line feeds, no byte order mark."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", plain)


def plain_signs(text: str) -> str:
    """Return a number or a date with the spaces, minus signs and quotation marks of a keyboard."""
    return text.translate(_PLAIN).strip()


def plain_structure(text: str) -> str:
    """Return front matter with ordinary spaces wherever spaces only mark structure."""
    if text.isascii():
        return text
    indented = HARD_INDENT.sub(lambda found: found[0].translate(_PLAIN), text)
    return HARD_AFTER_KEY.sub(lambda found: found[0].translate(_PLAIN), indented)


def plain_markdown(text: str) -> str:
    """Return Markdown with ordinary spaces wherever spaces only decide the kind of a line."""
    if text.isascii():
        return text
    return HARD_MARK.sub(lambda found: found[0].translate(_PLAIN), HARD_BLANK.sub("", text))


def refused(character: str, place: Place) -> Problem:
    """Return the problem of a forbidden character."""
    hint = next((kind for kind, characters in _KINDS if re.match(characters, character)), "character-control")
    return problem("yaml-character", place, hint=hint, character=f"U+{ord(character):04X}")
