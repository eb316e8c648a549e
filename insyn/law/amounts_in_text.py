"""The amounts and percentages in a text: "125 000 kronor", "1 496 tkr", "cirka 8,6 miljoner", "55,2 %"."""

import re
from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct

SPACES = "[ \u00a0\u2009\u202f]"
STATED = re.compile(
    rf"(\d{{1,3}}(?:{SPACES}\d{{3}})+(?!\d)|\d+)(?:,(\d+))?"
    rf"(?:{SPACES}?(%|procent\b|kronor\b|kr\b|SEK\b|tkr\b|tusen kronor\b|mnkr\b|mkr\b|miljon(?:er)?\b))?"
)
DIGIT = re.compile("[0-9]")
"""Possible start of a figure: searched for first, since trying the whole pattern everywhere is much slower."""
NOT_DIGITS = re.compile(r"\D")
PART_OF_MORE_BEFORE = frozenset(".,:/(_")
PART_OF_MORE_AFTER = frozenset(":/_")
"""Characters that make the number before them part of something else: an act, a date, an address, a version."""
MINUS = frozenset("-−–")
SCALES = {"kronor": 1, "kr": 1, "SEK": 1, "tkr": 1_000, "tusen kronor": 1_000}
MILLION = 1_000_000
MOST_DIGITS = 30
"""A number with more digits can't be a figure of a plan."""
LEAST_BARE = 100_000
"""Kronor below which a number without a unit isn't taken for an amount."""


class StatedFigure(Struct, frozen=True):
    """A figure as stated in a text. `slack` is the largest distance to a true figure that could be written so."""

    written: str
    value: Fraction
    slack: Fraction
    is_percent: bool
    start: int


def stated_in(text: str) -> tuple[StatedFigure, ...]:
    """Return the amounts and percentages in a text."""
    return tuple(_stated_in(text))


def _stated_in(text: str) -> Iterator[StatedFigure]:
    end = 0
    for digit in DIGIT.finditer(text):
        match = STATED.match(text, digit.start()) if digit.start() >= end else None
        if match:
            end = match.end()
            stated = _stated(match, text)
            if stated:
                yield stated


def _stated(match: re.Match[str], text: str) -> StatedFigure | None:
    whole, decimals, unit = match.groups()
    if unit is None and whole.isdecimal():
        return None
    start = match.start()
    before, after = text[start - 1 : start], text[match.end() : match.end() + 1]
    digits = NOT_DIGITS.sub("", f"{whole}{decimals or ''}")
    if len(digits) > MOST_DIGITS or before.isalnum() or before in PART_OF_MORE_BEFORE or after in PART_OF_MORE_AFTER:
        return None
    is_negative = before in MINUS and not text[start - 2 : start - 1].isalnum()
    scale = 1 if unit in {None, "%", "procent"} else SCALES.get(unit, MILLION)
    value = Fraction(int(digits) * scale, 10 ** len(decimals or ""))
    if unit is None and value < LEAST_BARE:
        return None
    is_percent = unit in {"%", "procent"}
    is_exact = scale == 1 and not is_percent and not decimals
    slack = Fraction(0) if is_exact else Fraction(scale, 2 * 10 ** len(decimals or ""))
    return StatedFigure(match[0], -value if is_negative else value, slack, is_percent, start)
