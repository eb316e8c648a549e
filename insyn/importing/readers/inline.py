"""Inline markup that texts of other programs carry along: tags, Markdown's stars."""

import html
import re

from insyn.reading.characters import UNSEEN

BOLD = re.compile(r"(?:\*\*(.+?)\*\*|<(b|strong)>([^<]+)</\2>)", re.DOTALL)
WHOLE_BOLD = re.compile(r"(?:\*\*(?P<stars>[^*]+)\*\*|<(?P<tag>b|strong)>(?P<tagged>[^<]+)</(?P=tag)>)\Z")
RAISED = re.compile(r"<sup>\s*(?=\S)([^<]{1,6}?)\s*</sup>")
BREAKS = re.compile(r"(?<!\s)\s*(?:<br ?/?>|</p>|</li>)\s*", re.IGNORECASE)
TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
SPACES = re.compile(r"[ \t\u2028]+")


def without_unseen(text: str) -> str:
    """Return a text without signs that nobody sees and that no plan may have."""
    return UNSEEN.sub("", text)


def bare(text: str) -> str:
    """Return a text without tags and emphasis; what they parted is parted by a line's end."""
    text = TAGS.sub("", BREAKS.sub("\n", without_unseen(text)))
    text = BOLD.sub(lambda found: found[1] or found[3], html.unescape(text))
    return SPACES.sub(" ", re.sub(r"(?<![*\w])\*([^*\s][^*]*?)\*(?![*\w])", r"\1", text)).strip()


def as_markdown(text: str) -> str:
    """Return a text with its tags as Markdown."""
    text = re.sub(r"<(b|strong)>((?:[^<]|<(?!/?\1>))+)</\1>", r"**\2**", text)
    text = re.sub(r"<(i|em)>((?:[^<]|<(?!/?\1>))+)</\1>", r"*\2*", text)
    return SPACES.sub(" ", html.unescape(TAGS.sub("", BREAKS.sub(" ", without_unseen(text))))).strip()


def is_bold(text: str) -> bool:
    return WHOLE_BOLD.match(text.strip()) is not None


def raised(text: str) -> tuple[str, str]:
    """Return a text and what was raised after it.

    >>> raised("500 000<sup>1)</sup>")
    ('500 000', '1)')
    """
    marks = RAISED.findall(text)
    return RAISED.sub("", text), " ".join(marks)
