"""How numbers, amounts, dates and lists are written in Swedish.

Follows CLDR `sv` and Myndigheternas skrivregler: hard space between groups of three and before a unit or percent sign,
decimal comma, true minus. Babel is not used: it writes a hyphen for minus in Swedish.
"""

import re
from collections.abc import Sequence
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
ASCII_LETTERS = str.maketrans("åäöéèüáàæø", "aaoeeuaaao")
ASCII_WORD = re.compile("[a-z0-9]+")


def integer(value: int) -> str:
    """Write a whole number: 1 234 567, −150 000. Four digits are grouped too, as tables need it."""
    grouped = f"{abs(value):,}".replace(",", HARD_SPACE)
    return f"{MINUS}{grouped}" if value < 0 else grouped


def decimal(value: Decimal | Fraction, places: int) -> str:
    """Write a number with a given number of decimals, halves rounded away from zero: 8,2."""
    if isinstance(value, Fraction):
        return quotient(value.numerator, value.denominator, places)
    rounded = round_half_up(value, places)
    whole, _, decimals = f"{abs(rounded):f}".partition(".")
    text = integer(int(whole)) + (f",{decimals}" if decimals else "")
    return f"{MINUS}{text}" if rounded < 0 else text


def quotient(part: int, whole: int, places: int) -> str:
    """Write a part of a whole as `decimal` does; in integers, which is several times as fast as with fractions."""
    scaled = (abs(part) * 2 * 10**places + whole) // (2 * whole)
    units, decimals = divmod(scaled, 10**places)
    text = integer(units) + (f",{decimals:0{places}}" if places else "")
    return f"{MINUS}{text}" if part < 0 and scaled else text


def round_half_up(value: Decimal | Fraction, places: int) -> Decimal:
    """Round as people do, not to even; exact for fractions."""
    if isinstance(value, Fraction):
        scaled = abs(value) * 10**places
        whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
        return Decimal(whole if value >= 0 else -whole).scaleb(-places)
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def day(value: date) -> str:
    """Write a date in words: 17 november 2023."""
    return f"{value.day}{HARD_SPACE}{MONTHS[value.month - 1]} {value.year}"


def partial_date(value: PartialDate) -> str:
    """Write a day in words, or the month where no more is told: 17 november 2023, november 2023."""
    return day(value.day) if value.day else month(value.isoformat())


def on_date(value: PartialDate) -> str:
    """Say when something is: den 17 november 2023, i november 2023."""
    return f"den {day(value.day)}" if value.day else f"i {month(value.isoformat())}"


def month(value: str) -> str:
    """Write "2021-09" in words: september 2021."""
    year, number = value.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def listed(words: Sequence[str]) -> str:
    """Join words as in a sentence: a, b och c."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} och {words[-1]}"


def number_word(value: int) -> str:
    """Write a small number as a word, others with digits."""
    return NUMBER_WORDS[value] if 0 <= value < len(NUMBER_WORDS) else integer(value)


def years(first: int, last: int) -> str:
    """Write a span of years: 2024–2026, or one year."""
    return str(first) if first == last else f"{first}{DASH}{last}"


def file_size(count: int) -> str:
    """Write how large a file is: 840 byte, 123 kB, 1,4 MB."""
    if count < 1000:
        return f"{count}{HARD_SPACE}byte"
    if count < 999_500:
        return f"{decimal(Fraction(count, 1000), 0)}{HARD_SPACE}kB"
    return f"{decimal(Fraction(count, 1_000_000), 1)}{HARD_SPACE}MB"


def sort_key(text: str) -> tuple[tuple[int, str], ...]:
    """Order words as a Swedish dictionary does: å, ä and ö after z."""
    return tuple((ALPHABET.find(letter), letter) for letter in text.lower().translate(FOLDED_LETTERS))


def capitalised(text: str) -> str:
    """Return text with its first letter as a capital, the rest untouched."""
    return text[:1].upper() + text[1:]


def softened(text: str) -> str:
    """Let the field's own long words part at their joint, and any two words at a slash, where a line is too narrow."""
    parted = re.sub(r"([Ss]amordnings)(förbund)", "\\1\u00ad\\2", text)
    return re.sub(r"(?<=[^\W\d_])/(?=[^\W\d_])", "/\u200b", parted)


def slug(text: str) -> str:
    """Make an address part of a text: lower case ASCII letters, digits and hyphens."""
    return "-".join(ASCII_WORD.findall(text.lower().translate(ASCII_LETTERS))) or "avsnitt"
