"""Preview images (PNG), shown where a link to a plan is shared."""

import io
from collections.abc import Iterator
from typing import Protocol

from matplotlib.ft2font import FT2Font
from msgspec import Struct
from PIL import Image

from insyn.charts.measuring import Fonts, Style

WIDTH, HEIGHT = 1200, 630
"""Pixels, as Open Graph consumers recommend."""
MARGIN = 80
GROUND, INK = (0x0B, 0x4F, 0x6C), (0xFF, 0xFF, 0xFF)
"""The colours of the site's mark, white on blue: 8.6 to 1."""
SHADES = 16
"""Shades from ground to ink: enough for smooth letters, in a third of the bytes of 256."""
STEPS = [value * (SHADES - 1) // 255 for value in range(256)]
PALETTE = [
    round(ground + (ink - ground) * step / (SHADES - 1))
    for step in range(SHADES)
    for ground, ink in zip(GROUND, INK, strict=True)
]
TITLE_SIZES = (84, 68, 54, 44)
TITLE_ROOM = 250
"""Pixels, from the top of the title to what stands below it."""
TIGHT = 0.9
"""How large letters are set, of the usual way from line to line."""
MARK = ((0, 24, 16), (28, 0, 40), (56, 12, 28))
"""The bars of the site's mark: how far in, how far down, and how high."""
BAR, BESIDE_MARK = 20, 100


class PreviewWords(Protocol):
    """The words in the picture."""

    @property
    def site(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def association(self) -> str: ...
    @property
    def status(self) -> str: ...


class PreviewLine(Struct, frozen=True):
    """A line of words, and where it begins."""

    text: str
    style: Style
    left: int
    baseline: float


def draw_preview(preview: PreviewWords, fonts: Fonts) -> bytes:
    """Draw a preview. The same words give the same bytes."""
    picture = Image.new("L", (WIDTH, HEIGHT))
    for left, top, height in MARK:
        picture.paste(255, (MARGIN + left, MARGIN + top, MARGIN + left + BAR, MARGIN + top + height))
    for line in _lines(preview, fonts):
        _set(picture, line)
    picture = picture.point(STEPS)
    picture.putpalette(PALETTE)
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def _lines(preview: PreviewWords, fonts: Fonts) -> Iterator[PreviewLine]:
    """Yield the site's name, the title in the largest size that fits, the förbund and the status."""
    room = WIDTH - 2 * MARGIN
    small, middle = Style(fonts.regular, 34, ""), Style(fonts.regular, 42, "")
    yield PreviewLine(small.wrap(preview.site, room - BESIDE_MARK)[0], small, MARGIN + BESIDE_MARK, MARGIN + 34)
    style, words = _title(preview.title, fonts.strong, room)
    for number, text in enumerate(words):
        yield PreviewLine(text, style, MARGIN, 170 + style.size + number * style.leading * TIGHT)
    yield PreviewLine(middle.wrap(preview.association, room)[0], middle, MARGIN, HEIGHT - MARGIN - 60)
    yield PreviewLine(small.wrap(preview.status, room)[0], small, MARGIN, HEIGHT - MARGIN)


def _title(title: str, face: bytes, room: float) -> tuple[Style, tuple[str, ...]]:
    for style in (Style(face, size, "") for size in TITLE_SIZES):
        words, most = style.wrap(title, room), int(TITLE_ROOM / (style.leading * TIGHT))
        if len(words) <= most or style.size == TITLE_SIZES[-1]:
            break
    return style, words[:most]


def _set(picture: Image.Image, line: PreviewLine) -> None:
    """Draw a line of text, clipped to the image."""
    font = FT2Font(io.BytesIO(line.style.face))
    font.set_size(line.style.size, 72)
    font.set_text(line.text, 0.0)
    font.draw_glyphs_to_bitmap(antialiased=True)
    letters = Image.fromarray(font.get_image())
    top = round(line.baseline + font.get_descent() / 64) - letters.height
    picture.paste(letters, (line.left, top))
