"""Years that texts name: which of them are the plan's, and the same text a number of years later."""

import re
from collections.abc import Collection

YEAR = re.compile(r"(?<![\w:.,/§-])(?:19|20)\d\d(?![\w:/]|-\d)|(?<=[–-])(?:19|20)\d\d(?![\w:/]|-\d)")
"""Not the number of a law, (2003:1210), nor a part of a day, 2024-03-21."""


def named_years(text: str, years: Collection[int]) -> list[int]:
    """Return which of some years a text names, in order.

    >>> named_years("Budget 2024–2026 enligt lagen (2003:1210)", range(2000, 2030))
    [2024, 2026]
    """
    return sorted({int(found[0]) for found in YEAR.finditer(text)} & set(years))


def moved_on(text: str, years: Collection[int], step: int) -> str:
    """Return a text in which some years are that many later.

    >>> moved_on("Budget 2024–2026", range(2023, 2027), 1)
    'Budget 2025–2027'
    """
    return YEAR.sub(lambda found: str(int(found[0]) + step) if int(found[0]) in years else found[0], text)
