"""Text widths and line breaking, from the font's advance widths."""

import io
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from matplotlib.ft2font import FT2Font, LoadFlags
from msgspec import Struct

from insyn.charts.figures import DrawingWidth

PER_EM = 1000
"""The size that advances are read at. They scale linearly, since hinting is off."""

WHITESPACE = re.compile(r"[ \t\r\n]+")
PIECE = re.compile(r".+?(?: +|[-/–](?![\d ])|$)")
"""An unbreakable piece. Lines break at spaces and after hyphens and slashes, but not in 2025–2026 or −150."""


class Fonts(Struct, frozen=True):
    """The page's two fonts, as TrueType bytes."""

    regular: bytes
    strong: bytes


class Style(Struct, frozen=True):
    """A text style: font, size, and the CSS class with the same."""

    face: bytes
    size: float
    look: str

    @property
    def leading(self) -> float:
        """From one baseline to the next."""
        return 1.25 * self.size

    @property
    def ascent(self) -> float:
        """From the upper edge of a line, with room for the ring of an Å, to its baseline."""
        return 0.95 * self.size

    @property
    def descent(self) -> float:
        """From the baseline to the lower edge of a line."""
        return 0.25 * self.size

    def baseline(self, middle: float) -> float:
        """Where the baseline lies when the letters' middle is to lie at `middle`."""
        return middle + 0.34 * self.size

    def width(self, text: str) -> float:
        """Return a text's width, without kerning: that takes 150 times as long for at most 0.6 units."""
        return _width(self.face, text) * self.size

    def widest(self, texts: Iterable[str]) -> float:
        return max(map(self.width, texts), default=0.0)

    def cuts(self, text: str, room: float) -> bool:
        """Whether a word of a text is wider than the room."""
        words = (piece.rstrip(" ") for piece in PIECE.findall(_on_one_line(text)))
        return self.width(text) > room and self.widest(words) > room

    def wrap(self, text: str, room: float) -> tuple[str, ...]:
        """Break into lines that fit. A word is cut, with a hyphen, only if it is wider than the room."""
        whole = _on_one_line(text)
        if self.width(whole) <= room:
            return (whole,) if whole else ()
        lines: list[str] = []
        line = ""
        for piece in self._pieces(whole, room):
            if line and self.width((line + piece).rstrip(" ")) > room:
                lines.append(line.rstrip(" "))
                line = ""
            line += piece
        return (*lines, line.rstrip(" ")) if line else tuple(lines)

    def _pieces(self, text: str, room: float) -> Iterator[str]:
        for piece in PIECE.findall(text):
            rest = piece
            while len(rest) > 1 and self.width(rest.rstrip(" ")) > room:
                head = self._head(rest, room)
                yield head + "-"
                rest = rest[len(head) :]
            yield rest

    def _head(self, word: str, room: float) -> str:
        length = 1
        while length + 1 < len(word) and self.width(word[: length + 1] + "-") <= room:
            length += 1
        return word[:length]


class Styles(Struct, frozen=True):
    """The text styles of one drawing."""

    name: Style
    """For names of horizontal bars; `value` is for their values."""
    value: Style
    label: Style
    """For labels below columns; `figure` is for their values."""
    figure: Style
    share: Style
    part: Style


def styles_for(fonts: Fonts, width: DrawingWidth) -> Styles:
    """Return the styles: at least 13 units in the narrow drawing and 14 in the wide one, so never below 12 CSS px."""
    name, label, share, part = (15, 13, 19, 14) if width is DrawingWidth.NARROW else (15, 14, 23, 15)
    return Styles(
        name=Style(fonts.regular, name, "text"),
        value=Style(fonts.regular, name, "text value"),
        label=Style(fonts.regular, label, "text"),
        figure=Style(fonts.regular, label, "text value"),
        share=Style(fonts.strong, share, "text strong"),
        part=Style(fonts.strong, part, "text strong"),
    )


def _on_one_line(text: str) -> str:
    """No-break spaces are left alone: they hold numbers together."""
    return WHITESPACE.sub(" ", text).strip(" ")


@lru_cache(maxsize=4)
def _opened(face: bytes) -> FT2Font:
    font = FT2Font(io.BytesIO(face))
    font.set_size(PER_EM, 72)
    return font


@lru_cache(maxsize=16384)
def _width(face: bytes, text: str) -> float:
    """In font sizes. The same words are measured in both widths of a drawing, and in many drawings."""
    return sum(_advance(face, char) for char in text)


@lru_cache(maxsize=4096)
def _advance(face: bytes, char: str) -> float:
    """The advance in ems. A letter the face lacks comes from some other face: a whole em is room for any."""
    font = _opened(face)
    if not font.get_char_index(ord(char)):
        return 1.0
    return font.load_char(ord(char), flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / PER_EM
