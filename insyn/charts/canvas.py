"""Writes laid-out marks, in units with y downwards, as an inline SVG without styles.

matplotlib's SVG renderer draws all lines and boxes of a drawing as one path, in one call. The path is then split, and
each mark becomes an element with a class: the renderer would write colours, which are the stylesheet's.
"""

import re
from collections.abc import Iterator
from html import escape
from io import StringIO
from itertools import islice
from operator import itemgetter
from typing import Literal

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from msgspec import Struct

from insyn.charts.measuring import Style

Anchor = Literal["start", "middle", "end"]
Corner = tuple[float, float]

DECIMALS = 1
AROUND = (Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY)
INK = (0, 0, 0)
"""The fill of what the renderer draws: without one it would cut lines off at the frame."""
NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
PATH = re.compile(r'<path d="([^"]*)"')
TO_CORNER = re.compile(r"(?<!\s)\s*L\s*")


class Rectangle(Struct, frozen=True):
    x: float
    y: float
    width: float
    height: float
    look: str
    """CSS classes, which set colour, outline and dashes."""


class Strokes(Struct, frozen=True):
    """Lines with one class. A line between equal points is a dot, if the class has round caps."""

    lines: tuple[tuple[Corner, ...], ...]
    look: str


class PlacedWords(Struct, frozen=True):
    x: float
    baseline: float
    text: str
    style: Style
    anchor: Anchor = "start"


Mark = Rectangle | Strokes | PlacedWords


class Sketch(Struct, frozen=True):
    """A laid-out drawing."""

    width: float
    height: float
    marks: tuple[Mark, ...]


def to_svg(sketch: Sketch, *, svg_id: str, variant: str) -> str:
    """Return the sketch as SVG. `variant` is a class, by which CSS shows the narrow or the wide drawing."""
    box = f"0 0 {_number(sketch.width)} {_number(sketch.height)}"
    # Not shown without a stylesheet: marks have no colours then, and what lies behind words would hide them.
    return (
        f'<svg id="{svg_id}" class="diagram diagram--{variant}" viewBox="{box}" display="none"'
        f' aria-hidden="true" focusable="false">\n{"".join(_elements(sketch))}</svg>'
    )


def _elements(sketch: Sketch) -> Iterator[str]:
    routes = iter(_routes(sketch))
    for mark in sketch.marks:
        if isinstance(mark, Rectangle):
            yield f'<path class="{mark.look}" d="{_rectangle(next(routes))}"/>\n'
        elif isinstance(mark, Strokes):
            lines = "".join(map(_line, islice(routes, len(mark.lines))))
            yield f'<path class="{mark.look}" d="{lines}"/>\n'
        elif mark.text:
            yield _text(mark)


def _text(words: PlacedWords) -> str:
    anchor = "" if words.anchor == "start" else f' text-anchor="{words.anchor}"'
    place = f'x="{_number(words.x)}" y="{_number(words.baseline)}" font-size="{_number(words.style.size)}"'
    return f'<text class="{words.style.look}" {place}{anchor}>{escape(words.text, quote=False)}</text>\n'


# --- Routes ---------------------------------------------------------------------------------------------------------


def _routes(sketch: Sketch) -> list[str]:
    """Return each box's and line's path data, "0 8 L 5 8", from one path drawn by matplotlib."""
    corners: list[Corner] = []
    codes: list[np.uint8] = []
    for mark in sketch.marks:
        if isinstance(mark, Rectangle):
            corners += _corners(mark)
            codes += AROUND
        elif isinstance(mark, Strokes):
            for line in mark.lines:
                corners += line
                codes += (Path.MOVETO, *[Path.LINETO] * (len(line) - 1))
    if not corners:
        return []
    rounded = [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in corners]
    written = StringIO()
    renderer = RendererSVG(sketch.width, sketch.height, written, metadata=NO_METADATA)
    downwards = Affine2D().scale(1, -1).translate(0, sketch.height)
    renderer.draw_path(GraphicsContextBase(), Path(rounded, codes), downwards, INK)
    route: str = PATH.findall(written.getvalue())[0]
    return route.split("M")[1:]


def _line(route: str) -> str:
    return f"M{TO_CORNER.sub('L', route.strip())}"


def _rectangle(route: str) -> str:
    """Return a box's path data in the shorter form, with H and V."""
    left, top, right, bottom = itemgetter(0, 1, 3, 7)(route.split())
    return f"M{left} {top}H{right}V{bottom}H{left}z"


def _corners(box: Rectangle) -> list[Corner]:
    right, bottom = box.x + box.width, box.y + box.height
    return [(box.x, box.y), (right, box.y), (right, bottom), (box.x, bottom), (box.x, box.y)]


def _number(length: float) -> str:
    return f"{length:.{DECIMALS}f}".removesuffix(".0")
