"""Numbers that name a person or an organisation: whether they can be right."""

import re

ORGANISATION = re.compile(r"(\d{6})-?(\d{4})\Z", re.ASCII)
LEAST_MIDDLE = 20
"""The third and fourth digits of an organisationsnummer are never lower, so they can't be taken for a month."""


def has_right_check_digit(digits: str) -> bool:
    """Luhn's rule: every other digit is doubled, from the first, and the digits of all sum to a multiple of ten."""
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def is_organisation_number(written: str) -> bool:
    """Whether a text is an organisationsnummer, such as 222000-2873.

    >>> is_organisation_number("222000-2873"), is_organisation_number("222000-2874")
    (True, False)
    """
    match = ORGANISATION.match(written)
    return match is not None and int(match[1][2:4]) >= LEAST_MIDDLE and has_right_check_digit(match[1] + match[2])
