"""Reads a percentage: "20", "12,5", "30 %", "30,5 procent"."""

import re

from insyn.model import Percentage
from insyn.problems import Found
from insyn.reading.characters import fold
from insyn.reading.nodes import Scalar

PERCENTAGE = re.compile(r"([0-9]{1,3})(?:[,.]([0-9]{1,6}))?(?: ?(?:%|procent))?\Z", re.IGNORECASE)
UNITS = frozenset({"%", "procent"})
ALL = Percentage(100)


def read_percentage(scalar: Scalar, found: Found) -> Percentage | None:
    """Read a percentage from 0 to 100; report an unreadable one.

    >>> from insyn.problems import Place
    >>> read_percentage(Scalar("12,5 %", Place("plan.md")), Found()).share
    Fraction(1, 8)
    """
    match = PERCENTAGE.match(scalar.plain)
    if match:
        whole, decimals = match[1], (match[2] or "").rstrip("0")
        percentage = Percentage(int(whole + decimals), len(decimals))
        if percentage.share <= ALL.share:
            return percentage
    found.add("percent-unreadable", scalar.place, hint="percent-number", written=scalar.text)
    return None


def check_percent_unit(scalar: Scalar, found: Found) -> None:
    """Report a unit other than percent."""
    if fold(scalar.text) not in UNITS:
        found.add("percent-unreadable", scalar.place, hint="percent-unit", written=scalar.text)
