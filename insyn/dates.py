"""Days as plans tell them: the day itself, or only the month that it lies in. What isn't told is never filled in."""

import re
from datetime import date, timedelta

from msgspec import Struct

YEAR_NAMED = re.compile(r"\b(?:19|20)\d\d\b")
"""A year that a heading or title names."""


class PartialDate(Struct, frozen=True, order=True):
    """A day somewhere from `first` to `last`: one day, or a whole month."""

    first: date
    last: date

    @property
    def day(self) -> date | None:
        """The day; None when only the month is known."""
        return self.first if self.first == self.last else None

    def isoformat(self) -> str:
        return self.first.isoformat() if self.day else f"{self.first:%Y-%m}"

    def is_before(self, other: "PartialDate") -> bool | None:
        """Whether it came before another; None where one may lie on either side of the other, or on the same day."""
        if self.last < other.first:
            return True
        return False if self.first > other.last else None

    def is_by(self, other: "PartialDate") -> bool | None:
        """Whether it is the same day as another or earlier; None when that is unknown."""
        return True if self.last <= other.first else self.is_before(other)

    def is_apart(self, other: "PartialDate") -> bool:
        """Whether the two can't be the same day."""
        return self.last < other.first or self.first > other.last


def on_day(value: date) -> PartialDate:
    return PartialDate(value, value)


def in_month(year: int, month: int) -> PartialDate:
    first = date(year, month, 1)
    return PartialDate(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
