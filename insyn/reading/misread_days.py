"""What should replace an unreadable day or month, if the intended one is recognisable?"""

import re
from datetime import date

from insyn.swedish import MONTHS

_NAMES = "|".join(f"{month[:3]}\\w*" for month in MONTHS)
_NAMED = re.compile(
    rf"(?:\w+dag(?:en)? )?(?:den )?(?P<day>\d{{1,2}})(?::?e|:a)? (?P<name>{_NAMES})\.?,? (?P<year>\d{{4}})"
)
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-]| +)(?P<year>\d{4})")
_YEAR_FIRST = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<mark>[/. -]?)(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})")
_SHORT = re.compile(r"(?P<short>\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_MONTH = re.compile(rf"(?:(?P<name>{_NAMES})\.? (?P<year>\d{{4}})|(?P<first>\d{{4}}) (?P<after>{_NAMES}))")
_MONTH_FIGURES = re.compile(r"(?P<year>\d{4})[/. ](?P<month>\d{1,2})|(?P<before>\d{1,2})[/.-](?P<last>\d{4})")


def day_meant(written: str) -> str | None:
    """Return a day as it should be written; None if there is no certain one.

    >>> day_meant("28 nov 2025"), day_meant("28/11 2025"), day_meant("251128"), day_meant("31 juni 2025")
    ('2025-11-28', '2025-11-28', '2025-11-28', None)
    """
    text = written.strip().lower()
    for form in (_NAMED, _DAY_FIRST, _YEAR_FIRST, _SHORT):
        if found := form.fullmatch(text):
            parts = found.groupdict()
            year = int(parts.get("year") or f"20{parts['short']}")
            month = _number_of(parts["name"]) if "name" in parts else int(parts["month"])
            return _iso(year, month, int(parts["day"]))
    return None


def month_meant(written: str) -> str | None:
    """Return a month as it should be written.

    >>> month_meant("september 2025"), month_meant("2025/9")
    ('2025-09', '2025-09')
    """
    text = written.strip().lower()
    if found := _MONTH.fullmatch(text):
        year, month = found["year"] or found["first"], _number_of(found["name"] or found["after"])
    elif found := _MONTH_FIGURES.fullmatch(text):
        year, month = found["year"] or found["last"], int(found["month"] or found["before"])
    else:
        return None
    return f"{year}-{month:02}" if 1 <= month <= len(MONTHS) else None


def _number_of(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if name.startswith(month[:3]))


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
