"""The perceived difference of two colours, including to people who confuse red and green or blue and yellow."""

import re
from math import dist

Colour = tuple[float, float, float]
Matrix = tuple[Colour, Colour, Colour]

SEEN_BY: dict[str, Matrix] = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""Machado, Oliveira and Fernandes 2009, on linear RGB."""
CONES: Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
LAB: Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
"""With CONES, Ottosson's Oklab."""


def unlikeness(one: str, other: str, seen_by: str = "all cones") -> float:
    """Return the distance of two colours, "rgb(1, 2, 3)", in Oklab: 100 between black and white."""
    return 100 * dist(_lab(one, SEEN_BY[seen_by]), _lab(other, SEEN_BY[seen_by]))


def _lab(colour: str, sight: Matrix) -> Colour:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    red, green, blue = (min(max(part, 0), 1) for part in _times(sight, (red, green, blue)))
    long, middle, short = (part ** (1 / 3) for part in _times(CONES, (red, green, blue)))
    return _times(LAB, (long, middle, short))


def _times(matrix: Matrix, colour: Colour) -> Colour:
    first, second, third = (sum(a * b for a, b in zip(row, colour, strict=True)) for row in matrix)
    return first, second, third
