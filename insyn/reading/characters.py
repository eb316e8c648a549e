"""Characters: which mean the same and are written the same, and which may stand in no text."""

import re
import unicodedata
from functools import lru_cache

from insyn.problems import Place, Problem, problem

SPACES = dict.fromkeys(
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
)
HYPHENS = dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\uff0d", "-")
"""Signs that look like a hyphen or a minus, and mean one where a number or a day is to stand."""
_PLAIN = str.maketrans({**SPACES, **HYPHENS})
_FOLDED = str.maketrans({**SPACES, **dict(zip("åäöé", "aaoe", strict=True)), "\u00ad": "", "\u2060": ""})
QUOTES = "\"'”“„’‘»«"
UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffc-\uffff\ud800-\udfff]"
    r"|[\U000e0000-\U000e007f]|(?<=[\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\u024f]|\Z)"
)
"""Characters that nobody sees and that change what is read: no text may have them. A joiner may bind a sign of several
parts, as an emoji is; between Swedish letters it is a slip."""
SYMBOLS = re.compile(r"[\ue000-\uf8ff]")
"""Signs of a font of its own, Word's for bullets: with another font they are empty boxes."""
HARD = r"[\u00a0\u2000-\u200a\u202f\u3000]"
HARD_INDENT = re.compile(rf"^[ \t]*{HARD}[^\S\n]*", re.MULTILINE)
HARD_AFTER_KEY = re.compile(rf"(?:^[ ]*(?:- +)?|[{{,] *)[\w-]{{1,60}}:{HARD}+|^[ ]*-{HARD}+", re.MULTILINE)
"""Hard spaces in front matter that only tell what belongs together: they come along from a web page or from Word."""
HARD_BLANK = re.compile(r"^[^\S\n]+$", re.MULTILINE)
HARD_MARK = re.compile(
    rf"^[ \t]*{HARD}[^\S\n]*(?=(?:#{{1,6}}|[-*+]|\d{{1,2}}[.)])\s)|^ {{0,3}}(?:#{{1,6}}|[-*+]|\d{{1,2}}[.)]){HARD}+",
    re.MULTILINE,
)
"""Hard spaces in Markdown that only part paragraphs, or stand beside the sign of a heading or a point."""
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
    """Return a key so that spellings that mean the same compare equal: förbund, Förbund and forbund.

    The same few hundred keys are asked for thousands of times in each plan.
    """
    return unicodedata.normalize("NFC", key).lower().translate(_FOLDED).strip()


def normalised(text: str) -> str:
    """Return text as everything here expects it: NFC, line feeds, no byte order mark."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", plain)


def plain_signs(text: str) -> str:
    """Return a text with the space, the minus and the quotation marks of a keyboard, for what is a number or a day."""
    return text.translate(_PLAIN).strip()


def plain_structure(text: str) -> str:
    """Return front matter with ordinary spaces where spaces only tell what belongs together."""
    if text.isascii():
        return text
    indented = HARD_INDENT.sub(lambda found: found[0].translate(_PLAIN), text)
    return HARD_AFTER_KEY.sub(lambda found: found[0].translate(_PLAIN), indented)


def plain_markdown(text: str) -> str:
    """Return Markdown with ordinary spaces where spaces only tell what a line is."""
    if text.isascii():
        return text
    return HARD_MARK.sub(lambda found: found[0].translate(_PLAIN), HARD_BLANK.sub("", text))


def refused(character: str, place: Place) -> Problem:
    """Make the problem of a character that may stand in no text."""
    hint = next((kind for kind, characters in _KINDS if re.match(characters, character)), "character-control")
    return problem("yaml-character", place, hint=hint, character=f"U+{ord(character):04X}")
