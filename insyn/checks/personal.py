"""Does a text hold anyone's personnummer or samordningsnummer? Then nothing is published.

Neither may stand openly without need (3 kap. 10 § lag 2018:218). A number is taken for one when its date can be a date,
its day raised by 60 for a samordningsnummer, and its check digit is right (Luhn). An organisationsnummer never is: its
third and fourth digits are at least 20, so they can't be a month.
"""

import re
from collections.abc import Iterator

from insyn.problems import Place, Problem, problem

NUMBER = re.compile(r"(?<![\d.,])(?:(?:18|19|20)?(\d{2})(\d{2})(\d{2}))[-+–]?(\d{4})(?![\d])")
DAYS_IN_LONGEST_MONTH = 31
ADDED_TO_DAY = 60
MONTHS = 12


def check(text: str, file: str) -> Iterator[Problem]:
    """Yield a problem for each number. The message never repeats it: what is printed may be saved or shown."""
    for row, line in enumerate(text.splitlines(), 1):
        for match in NUMBER.finditer(line):
            if is_personal(*match.groups()):
                yield problem("personal-number", Place(file, row, match.start() + 1, match.end() + 1))


def is_personal(year: str, month: str, day: str, last: str) -> bool:
    """Whether the parts of a number, as text, make a personnummer or samordningsnummer."""
    in_month = int(day) - ADDED_TO_DAY if int(day) > ADDED_TO_DAY else int(day)
    is_date = 1 <= int(month) <= MONTHS and 1 <= in_month <= DAYS_IN_LONGEST_MONTH
    return is_date and _has_right_check_digit(f"{year}{month}{day}{last}")


def _has_right_check_digit(digits: str) -> bool:
    """Luhn's rule: every other digit is doubled, from the first, and the digits of all sum to a multiple of ten."""
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
