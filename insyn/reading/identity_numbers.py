"""Identity numbers of people and organisations: are they valid?"""

import re

ORGANISATION = re.compile(r"(\d{6})-?(\d{4})\Z", re.ASCII)
LEAST_MIDDLE = 20
"""Least value of the third and fourth digits of an organisationsnummer, which keeps them from looking like a month."""


def has_right_check_digit(digits: str) -> bool:
    """Whether digits pass Luhn's check: the digit sum, after doubling every other digit from the first, ends in 0."""
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def is_organisation_number(written: str) -> bool:
    """Whether a text is an organisationsnummer, such as 222000-2873.

    >>> is_organisation_number("222000-2873"), is_organisation_number("222000-2874")
    (True, False)
    """
    match = ORGANISATION.match(written)
    return match is not None and int(match[1][2:4]) >= LEAST_MIDDLE and has_right_check_digit(match[1] + match[2])
