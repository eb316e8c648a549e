"""Numbers, amounts, dates and lists in Swedish.

Follows CLDR `sv` and Myndigheternas skrivregler: non-breaking space between groups of three and before a unit or
percent sign, decimal comma, true minus. Babel is not used: it writes a hyphen for minus in Swedish.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from insyn.dates import PartialDate

HARD_SPACE = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
NUMBER_WORDS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö"
FOLDED_LETTERS = str.maketrans("éèáàüæø", "eeaauäö")
PLACES = {ord(letter): 0xF0000 + place for place, letter in enumerate(ALPHABET)}
"""A code point for each letter, in the alphabet's order, after those of all other characters."""
ASCII_LETTERS = str.maketrans("åäöéèüáàæø", "aaoeeuaaao")
ASCII_WORD = re.compile("[a-z0-9]+")


def integer(value: int) -> str:
    """Return a whole number with grouped digits, even if there are only four, as tables need it.

    >>> integer(-150000)
    '−150\xa0000'
    """
    grouped = f"{abs(value):,}".replace(",", HARD_SPACE)
    return f"{MINUS}{grouped}" if value < 0 else grouped


def decimal(value: Decimal | Fraction, places: int) -> str:
    """Return a number with a given number of decimals, halves rounded away from zero.

    >>> decimal(Decimal("8.25"), 1), decimal(Fraction(2, 3), 2)
    ('8,3', '0,67')
    """
    if isinstance(value, Fraction):
        return quotient(value.numerator, value.denominator, places)
    rounded = round_half_up(value, places)
    whole, _, decimals = f"{abs(rounded):f}".partition(".")
    text = integer(int(whole)) + (f",{decimals}" if decimals else "")
    return f"{MINUS}{text}" if rounded < 0 else text


def quotient(part: int, whole: int, places: int) -> str:
    """Return part / whole like `decimal`, in integer arithmetic: several times as fast as fractions."""
    scaled = (abs(part) * 2 * 10**places + whole) // (2 * whole)
    units, decimals = divmod(scaled, 10**places)
    text = integer(units) + (f",{decimals:0{places}}" if places else "")
    return f"{MINUS}{text}" if part < 0 and scaled else text


def round_half_up(value: Decimal | Fraction, places: int) -> Decimal:
    """Round halves away from zero, exactly, even for fractions."""
    if isinstance(value, Fraction):
        scaled = abs(value) * 10**places
        whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
        return Decimal(whole if value >= 0 else -whole).scaleb(-places)
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def day(value: date) -> str:
    """Return a date in words: 17 november 2023."""
    return f"{value.day}{HARD_SPACE}{MONTHS[value.month - 1]} {value.year}"


def partial_date(value: PartialDate) -> str:
    """Return a day in words, or the month if only that is known: 17 november 2023, november 2023."""
    return day(value.day) if value.day else month(value.isoformat())


def on_date(value: PartialDate) -> str:
    """Return a day or month as an adverbial: den 17 november 2023, i november 2023."""
    return f"den {day(value.day)}" if value.day else f"i {month(value.isoformat())}"


def month(value: str) -> str:
    """Return a month, "2021-09", in words: september 2021."""
    year, number = value.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def listed(words: Sequence[str], before_last: str = "och") -> str:
    """Join words as in a sentence.

    >>> listed(["staten", "regionen", "kommunerna"])
    'staten, regionen och kommunerna'
    """
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} {before_last} {words[-1]}"


def either(names: Sequence[str]) -> str:
    """Join names as alternatives.

    >>> either(["Kansli", "Lokaler"])
    '”Kansli” eller ”Lokaler”'
    """
    return listed([f"”{name}”" for name in names], "eller")


def number_word(value: int, *, neuter: bool = False) -> str:
    """Return a number up to twelve as a word, any other in digits. `neuter` gives "ett" for one."""
    if neuter and value == 1:
        return "ett"
    return NUMBER_WORDS[value] if 0 <= value < len(NUMBER_WORDS) else integer(value)


def number_beside(value: int, other: int, *, neuter: bool = False) -> str:
    """Return a number in the style of the larger one in its sentence: "två" of seven, "2" of 23.

    >>> number_beside(1, 7, neuter=True), number_beside(2, 23)
    ('ett', '2')
    """
    return number_word(value, neuter=neuter) if number_word(other).isalpha() else integer(value)


def years(first: int, last: int) -> str:
    """Return a range of years, 2024–2026, or a single year."""
    return str(first) if first == last else f"{first}{DASH}{last}"


def file_size(count: int) -> str:
    """Return a file size in bytes as text: 840 byte, 123 kB, 1,4 MB."""
    if count < 1000:
        return f"{count}{HARD_SPACE}byte"
    if count < 999_500:
        return f"{decimal(Fraction(count, 1000), 0)}{HARD_SPACE}kB"
    return f"{decimal(Fraction(count, 1_000_000), 1)}{HARD_SPACE}MB"


def sort_key(text: str) -> str:
    """Return a sort key for Swedish dictionary order: å, ä and ö after z."""
    return text.lower().translate(FOLDED_LETTERS).translate(PLACES)


def capitalised(text: str) -> str:
    """Return a text with its first letter capitalised, the rest untouched."""
    return text[:1].upper() + text[1:]


def slug(text: str) -> str:
    """Return a text in a form for addresses: lower-case ASCII letters, digits and hyphens.

    >>> slug("Höga Kusten – plan 2024")
    'hoga-kusten-plan-2024'
    """
    return "-".join(ASCII_WORD.findall(text.lower().translate(ASCII_LETTERS))) or "avsnitt"


class FreeIds:
    """Ids that are taken, and the next that is free for a text: "mal", "mal-2".

    The last number of each text is kept, so that a thousand alike don't try a thousand numbers each.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = set(taken)
        self._numbers: dict[str, int] = {}

    def free(self, wanted: str) -> str:
        """Return an id that isn't taken: the one that is wanted, or that and a number."""
        made, number = wanted, self._numbers.get(wanted, 1)
        while made in self.taken:
            number += 1
            made = f"{wanted}-{number}"
        self._numbers[wanted] = max(number - 1, 1)
        return made

    def take(self, wanted: str) -> str:
        """Return an id that wasn't taken, and now is."""
        made = self.free(wanted)
        self.taken.add(made)
        return made
