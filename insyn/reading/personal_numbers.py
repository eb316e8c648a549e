"""Personnummer and samordningsnummer in a text, in any spelling.

Digits count as such a number if their date is possible, with 60 added to the day for a samordningsnummer, and their
check digit is right (Luhn). An organisationsnummer never does: its third and fourth digits are at least 20, so they
can't be a month.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from urllib.parse import unquote

from insyn.problems import Problem
from insyn.reading.identity_numbers import has_right_check_digit

DIGITS = re.compile(r"(?:\d\D*+){10}")
"""Matches any text with a number, with or without markup."""
RUN = re.compile(r"\d(?:[\W_\u115f\u1160\u3164\uffa0]*+\d){9}")
"""Ten digits without a letter between them."""
S = r"[\W_]{0,8}"
"""Possible separators of the year, the month, the day and the last four digits. A letter separates two numbers."""
_SHORT = rf"""
    (?P<year>\d\d)(?P<after_year>{S})(?P<month>0[1-9]|1[0-2])(?P<after_month>{S})(?P<day>[06][1-9]|[1278]\d|[39][01])
    (?P<before_last>{S})(?P<last>\d\d(?P<within_last>{S})\d\d)(?!\d)"""
LONG = rf"(?<!\d)(?:18|19|20)(?P<after_century>{S}){_SHORT}"
SHORT = rf"(?<!\d)(?P<after_century>){_SHORT}"
SINGLE_DIGITS = re.compile(r"(?<![\d])\d(?P<sign>[\W_])\d(?:(?P=sign)\d){8,10}(?!\d)")
PLAIN_SIGN = re.compile("[-+−–‐‑]| ?[-+−–] ?|[ \u00a0]|")
"""Separators of the last four digits in the ordinary spellings."""
MARKUP = frozenset("*`\\~")
"""Markdown characters that may stand between any two digits without being visible on the page."""
UNSEEN = frozenset({"Cf", "Mn", "Me", "Cc"})
FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
MARKS = re.compile(r"[*`\\~\x00-\x08\x0b-\x1f\x7f]")
LINK_TARGET = re.compile(r"\]\([^()]*\)|[\[\]]")
YEAR = re.compile(r"(?:19|20)\d\d\Z")
BEFORE, AFTER = 60, 20
"""Characters before and after a number in which a word may show that it is something else."""
PHONE = re.compile(r"tel|mobil|ring|sms|fax|växel|jour|nås", re.IGNORECASE)
MOBILE = re.compile(r"07[02369]|010")
AMOUNT_BEFORE = re.compile(r"(?:\bbelopp:[^}\]]*|\b(?:kr|SEK)\s*|(?<!\d)\d{1,3}[.,])\Z", re.IGNORECASE)
AMOUNT_AFTER = re.compile(r"\s?(?:[tm]?kr|mnkr|kronor|sek|öre|euro|:-)\b|[.,]\d|\s?[%‰]", re.IGNORECASE)
PAYMENT_BEFORE = re.compile(r"\b(?:ocr|fakturan?(?:umme)?r|referens|bankgiro|plusgiro)[^\d\n]{0,12}\Z", re.IGNORECASE)
REGISTERED_BEFORE = re.compile(r"\b(?:dnr|diarie\w*|ärende\w*)[^\d\n]{0,12}\Z", re.IGNORECASE)
OTHERWISE = re.compile(
    r"\b10\.\d{4,9}/[^\s\"<>]+|\b97[89](?:[- ]?\d){10}(?!\d)|\b[A-Z]{2}\d\d(?: ?\d{4}){3,}|"
    r"\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{16,}\b|"
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
)
"""Complete numbers of other kinds: DOI, ISBN, IBAN, hashes, UUIDs."""


def find(text: str, *, plain: bool = False) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each number in a text. `plain` finds the ordinary spellings only.

    Otherwise adjacent amounts in a source would be taken for a number.
    """
    if not RUN.search(text):
        return
    seen, places = _seen(text)
    spans = sorted(_spans(seen, plain=plain))
    others = [match.span() for match in OTHERWISE.finditer(seen)] if spans else []
    end = 0
    for first, last in spans:
        if first >= end and not any(start <= first < stop for start, stop in others):
            end = last
            yield places[first], places[last - 1] + 1


def is_in(text: str) -> bool:
    """Whether a text, written with or without markup, shows a number."""
    if not DIGITS.search(text):
        return False
    shown = unescape(text)
    forms = {text, shown, unquote(shown), LINK_TARGET.sub("", shown)}
    return any(next(find(form), None) for form in forms)


def masked(text: str) -> str:
    """Return a text with each number replaced by dots, keeping its length."""
    pieces, at = [], 0
    for start, end in find(text):
        pieces += [text[at:start], "•" * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def is_private(path: str, problems: Iterable[Problem]) -> bool:
    """Whether the path or problems of a file contain a number, so that it isn't cached."""
    return any(one.code == "personal-number" for one in problems) or any(find(path))


def _seen(text: str) -> tuple[str, range | list[int]]:
    """Return the visible part of a text, with keyboard digits, and the position of each character."""
    if text.isascii() and not MARKS.search(text):
        return text, range(len(text))
    places = [place for place, sign in enumerate(text) if not _is_unseen(sign)]
    return "".join(str(unicodedata.decimal(text[place], text[place])) for place in places), places


def _is_unseen(sign: str) -> bool:
    return sign in MARKUP or sign in FILLERS or (sign not in "\n\t\r" and unicodedata.category(sign) in UNSEEN)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile the patterns of a number with and without its century. Done on demand, since few builds need them."""
    return re.compile(LONG, re.VERBOSE), re.compile(SHORT, re.VERBOSE)


def _spans(text: str, *, plain: bool) -> Iterator[tuple[int, int]]:
    patterns = long, _ = _patterns()
    for pattern in patterns:
        at = 0
        while match := pattern.search(text, at):
            at = match.start() + 1
            parts = match["after_century"], match["after_year"], match["after_month"], match["within_last"]
            usual = not any(parts) and PLAIN_SIGN.fullmatch(match["before_last"])
            if (usual or (not plain and _is_parted(match, pattern is long))) and _is_personal(match, text):
                yield match.span()
    for match in () if plain else SINGLE_DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if any(pattern.match(digits) and has_right_check_digit(digits[-10:]) for pattern in patterns):
            yield match.span()


def _is_parted(match: re.Match[str], is_long: bool) -> bool:
    """Whether digits are separated as in a date and four digits, unlike those of a telephone number or a dnr."""
    within_date, before_last = (match["after_year"], match["after_month"]), match["before_last"]
    if match["within_last"]:
        return all(sign == before_last for sign in (*within_date, match["within_last"])) and (
            not is_long or bool(match["after_century"])
        )
    if not before_last:
        return not any(within_date)
    is_year = is_long and any(within_date) and YEAR.match(match["last"])
    continues = re.match(r"[-./]\d", match.string[match.end() : match.end() + 2])
    return not (is_year and (continues or before_last not in within_date))


def _is_personal(match: re.Match[str], text: str) -> bool:
    if not has_right_check_digit(
        f"{match['year']}{match['month']}{match['day']}{re.sub(r'[^0-9]', '', match['last'])}"
    ):
        return False
    before, after = text[max(0, match.start() - BEFORE) : match.start()], text[match.end() : match.end() + AFTER]
    if match[0].isdecimal() and _is_something_else(match[0], before, after):
        return False
    is_spaced = not re.search(r"[^\d\s]", match[0])
    if is_spaced and PAYMENT_BEFORE.search(before):
        return False
    return not (match[0].startswith("20") and REGISTERED_BEFORE.search(before))


def _is_something_else(digits: str, before: str, after: str) -> bool:
    """Whether unbroken digits are an amount or a telephone number."""
    if digits.startswith("0") and (MOBILE.match(digits) or PHONE.search(before + after)):
        return True
    return len(digits) == 10 and bool(AMOUNT_BEFORE.search(before) or AMOUNT_AFTER.match(after))
