"""How can one amount have become another between the printed plan and the keyboard?"""

from enum import Enum


class AmountSlip(Enum):
    """A recognisable typing slip; its value is the hint that describes it."""

    UNIT_SMALL = "slip-unit-small"
    UNIT_LARGE = "slip-unit-large"
    SWAPPED = "slip-swapped"
    SIGN = "slip-sign"
    DROPPED = "slip-dropped"
    ADDED = "slip-added"
    DIGIT = "slip-digit"


THOUSAND = 1000
LIKELIHOOD = {
    AmountSlip.UNIT_SMALL: 6,
    AmountSlip.UNIT_LARGE: 6,
    AmountSlip.SWAPPED: 5,
    AmountSlip.SIGN: 5,
    AmountSlip.DROPPED: 4,
    AmountSlip.ADDED: 4,
    AmountSlip.DIGIT: 2,
}
"""Weight of each slip as evidence: two swapped digits seldom fit by chance, a single other digit may."""


def slip_between(written: int, right: int) -> AmountSlip | None:
    """Return the slip that turns the right amount into the written one; None if no known slip does.

    >>> slip_between(6470, 6740), slip_between(50, 50_000), slip_between(17, 350)
    (<AmountSlip.SWAPPED: 'slip-swapped'>, <AmountSlip.UNIT_SMALL: 'slip-unit-small'>, None)
    """
    if written == -right:
        return AmountSlip.SIGN if written else None
    if not written * right > 0:
        return None
    if written * THOUSAND == right:
        return AmountSlip.UNIT_SMALL
    if written == right * THOUSAND:
        return AmountSlip.UNIT_LARGE
    return _between_digits(str(abs(written)), str(abs(right)))


def _between_digits(written: str, right: str) -> AmountSlip | None:
    if len(written) + 1 == len(right):
        return AmountSlip.DROPPED if _is_without_one(written, right) else None
    if len(written) == len(right) + 1:
        return AmountSlip.ADDED if _is_without_one(right, written) else None
    if len(written) != len(right):
        return None
    differ = [index for index, (one, other) in enumerate(zip(written, right, strict=True)) if one != other]
    if len(differ) == 1:
        return AmountSlip.DIGIT
    if len(differ) == 2:
        first, last = differ
        return AmountSlip.SWAPPED if (written[first], written[last]) == (right[last], right[first]) else None
    return None


def _is_without_one(short: str, long: str) -> bool:
    return any(long[:index] + long[index + 1 :] == short for index in range(len(long)))


def significant(amount: int) -> int:
    """Return the number of digits before an amount's trailing zeros: 1 500 000 has two."""
    return len(str(abs(amount)).rstrip("0"))
