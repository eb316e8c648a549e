"""Does a text hold anyone's personnummer or samordningsnummer? Then nothing is published.

Neither may stand openly without need (3 kap. 10 § lag 2018:218). A number is taken for one when its date can be a date,
its day raised by 60 for a samordningsnummer, and its check digit is right (Luhn). An organisationsnummer never is: its
third and fourth digits are at least 20, so they can't be a month.
"""

import re
from collections.abc import Iterator

from insyn.problems import Place, Problem, problem
from insyn.reading.characters import normalised
from insyn.reading.identity_numbers import has_right_check_digit

NUMBER = re.compile(
    r"(?<![^\W_])(?<!\d[.,])(?:18|19|20)?(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"(?P<sign>[-+−–‐‑]| ?[-+−–] ?|[ \u00a0])?(?P<last>\d{4})(?![^\W_])",
    re.ASCII,
)
DAY = re.compile(r"\d{6}", re.ASCII)
"""What a line without a number doesn't have: looked for first, in a third of the time."""
PHONE = re.compile(r"tel|mobil", re.IGNORECASE)
DAYS_IN_LONGEST_MONTH = 31
ADDED_TO_DAY = 60
MONTHS = 12


def check(text: str, file: str) -> Iterator[Problem]:
    """Yield a problem for each number. The message never repeats it: what is printed may be saved or shown."""
    for row, line in enumerate(normalised(text).split("\n"), 1):
        for start, end in _numbers(line) if DAY.search(line) else ():
            yield problem("personal-number", Place(file, row, start + 1, end + 1))


def masked(text: str) -> str:
    """Return a text with dots for each number, as long as it was."""
    return "\n".join(_masked_line(line) for line in text.split("\n"))


def _masked_line(line: str) -> str:
    for start, end in _numbers(line):
        line = f"{line[:start]}{'•' * (end - start)}{line[end:]}"
    return line


def _numbers(line: str) -> Iterator[tuple[int, int]]:
    """Yield where numbers begin and end in a line."""
    for match in NUMBER.finditer(line):
        is_phone = match["sign"] is None and match[0].startswith("0") and PHONE.search(line)
        if not is_phone and is_personal(match["year"], match["month"], match["day"], match["last"]):
            yield match.span()


def is_personal(year: str, month: str, day: str, last: str) -> bool:
    """Whether the parts of a number, as text, make a personnummer or samordningsnummer."""
    in_month = int(day) - ADDED_TO_DAY if int(day) > ADDED_TO_DAY else int(day)
    is_date = 1 <= int(month) <= MONTHS and 1 <= in_month <= DAYS_IN_LONGEST_MONTH
    return is_date and has_right_check_digit(f"{year}{month}{day}{last}")
