"""Writes marks that have been laid out, in units with y downwards, as an inline SVG without any style of its own.

matplotlib draws: every route of a drawing goes at once through the function that its SVG, PDF and PostScript renderers
write paths with. Nine bars take 0.05 ms so, 0.5 ms one by one through its SVG renderer, 7.5 ms by way of a Figure. And
without its renderers matplotlib is imported in 150 ms instead of 250, which whoever edits an amount would wait for.
"""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import islice
from operator import itemgetter
from typing import Literal

import numpy as np
from matplotlib._path import convert_to_string  # type: ignore[attr-defined]  # its stub lacks it
from matplotlib.path import Path
from msgspec import Struct

from insyn.charts.measuring import Style

Anchor = Literal["start", "middle", "end"]
Corner = tuple[float, float]

DECIMALS = 1
COMMANDS = [b"M", b"L", b"Q", b"C", b"z"]
AROUND = (Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY)
BREAK = " \nL "
"""What stands between two corners."""


class Rectangle(Struct, frozen=True):
    x: float
    y: float
    width: float
    height: float
    look: str
    """CSS classes; all colour, outline and dashing is theirs."""


class Strokes(Struct, frozen=True):
    """Lines that belong together. One of two equal corners is a dot, when its class has round line caps."""

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
    """A drawing laid out: everything has its place, nothing has its colour."""

    width: float
    height: float
    marks: tuple[Mark, ...]


def to_svg(sketch: Sketch, *, svg_id: str, variant: str) -> str:
    """Write the sketch; `variant` becomes a class that lets CSS choose between a narrow and a wide drawing."""
    box = f"0 0 {_number(sketch.width)} {_number(sketch.height)}"
    # Not shown without a stylesheet: marks have no colours then, and what lies behind words would hide them.
    return (
        f'<svg id="{svg_id}" class="diagram diagram--{variant}" viewBox="{box}" display="none"'
        f' aria-hidden="true" focusable="false">\n{"".join(_elements(sketch))}</svg>'
    )


def _elements(sketch: Sketch) -> Iterator[str]:
    routes = iter(_routes([mark for mark in sketch.marks if not isinstance(mark, PlacedWords)]))
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


def _routes(marks: Sequence[Rectangle | Strokes]) -> list[str]:
    """Return the route of each box and each line: "0 8 \\nL 5 8 \\n". matplotlib writes all as one path."""
    corners: list[Corner] = []
    codes: list[np.uint8] = []
    for mark in marks:
        if isinstance(mark, Rectangle):
            corners += _corners(mark)
            codes += AROUND
        else:
            for line in mark.lines:
                corners += line
                codes += (Path.MOVETO, *[Path.LINETO] * (len(line) - 1))
    if not corners:
        return []
    route: bytes = convert_to_string(Path(corners, codes), None, None, False, None, DECIMALS, COMMANDS, False)
    return route.decode("ascii").split("M ")[1:]


def _line(route: str) -> str:
    return f"M{route.rstrip().replace(BREAK, 'L')}"


def _rectangle(route: str) -> str:
    """Write a route round a box shorter, with horizontal and vertical lines."""
    left, top, right, bottom = itemgetter(0, 1, 3, 7)(route.split())
    return f"M{left} {top}H{right}V{bottom}H{left}z"


def _corners(box: Rectangle) -> list[Corner]:
    right, bottom = box.x + box.width, box.y + box.height
    return [(box.x, box.y), (right, box.y), (right, bottom), (box.x, bottom), (box.x, box.y)]


def _number(length: float) -> str:
    return f"{length:.{DECIMALS}f}".removesuffix(".0")
