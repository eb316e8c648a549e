"""Reads a word or text of the front matter into its value; an unreadable one is reported with its key."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar
from urllib.parse import urlsplit

from insyn.dates import PartialDate, in_month, on_day
from insyn.problems import Found
from insyn.reading.characters import fold
from insyn.reading.nodes import Scalar
from insyn.swedish import MONTHS, either

Choice = TypeVar("Choice")
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])\Z")
YEAR = re.compile(r"(19|20)[0-9]{2}\Z")
EMAIL = re.compile(r"[^\s?&@<>\"]+@[^\s?&@<>\"]+\Z")
LIKE = 0.7
"""Similarity, from 0 to 1, from which one word may be a slip for another."""
EQUALLY = 0.02
"""Difference in similarity to a third word below which two words are equally likely, so that neither is suggested."""


def read_day(scalar: Scalar, key: str, found: Found) -> date | None:
    match = DATE.match(scalar.plain.replace("–", "-"))
    year, month, day = (int(part) for part in match.groups()) if match else (0, 0, 0)
    try:
        return date(year, month, day)
    except ValueError:
        _note_no_day(scalar, key, year, month, day, found)
    return None


def read_month(scalar: Scalar, key: str, found: Found) -> str | None:
    written = scalar.plain.replace("–", "-")
    if MONTH.match(written):
        return written
    from insyn.reading.misread_days import month_meant  # deferred: needed only for a fault

    right = month_meant(written)
    if right:
        found.add("month-unreadable", scalar.place, hint="date-right", key=key, written=written, right=right)
    else:
        found.add("month-unreadable", scalar.place, hint="month-form", key=key, written=written)
    return None


def read_partial_date(scalar: Scalar, key: str, found: Found) -> PartialDate | None:
    """Read a day, or a month: 2021-02."""
    month = MONTH.match(scalar.plain.replace("–", "-"))
    if month and int(month[1]):
        return in_month(int(month[1]), int(month[2]))
    if DATE.match(scalar.plain.replace("–", "-")):
        day = read_day(scalar, key, found)
        return on_day(day) if day else None
    from insyn.reading.misread_days import month_meant  # deferred: needed only for a fault

    right = month_meant(scalar.plain)
    if right:
        found.add("date-unreadable", scalar.place, hint="date-right", key=key, written=scalar.text, right=right)
        return None
    day = read_day(scalar, key, found)
    return on_day(day) if day else None


def read_year(scalar: Scalar, key: str, found: Found) -> int | None:
    if YEAR.match(scalar.plain):
        return int(scalar.plain)
    code, place, written = "year-unreadable", scalar.place, scalar.text
    if re.fullmatch(r"[0-9]{2}", scalar.plain):
        found.add(code, place, hint="year-right", key=key, written=written, right=f"20{scalar.plain}")
    elif re.fullmatch(r"[0-9]{4}", scalar.plain):
        found.add(code, place, hint="year-range", key=key, written=written)
    else:
        found.add(code, place, hint="year-form", key=key, written=written)
    return None


def read_web_address(scalar: Scalar, found: Found) -> str | None:
    address = scalar.text.strip()
    if _is_web_address(address):
        return address
    found.add("address-unreadable", scalar.place, written=address)
    return None


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        has_host = bool(parts.hostname) and not re.search(r"[\[\]]", parts.netloc) and (parts.port or True)
    except ValueError:
        return False
    return parts.scheme in {"https", "http"} and bool(has_host) and not re.search(r"[\s\\<>\"]", text)


def read_email(scalar: Scalar, found: Found) -> str | None:
    email = scalar.text.strip()
    if EMAIL.match(email):
        return email
    found.add("email-unreadable", scalar.place, written=email)
    return None


def read_choice(scalar: Scalar, key: str, choices: Mapping[str, Choice], found: Found) -> Choice | None:
    """Return the meaning of a word among `choices`; report an unknown one with the words it may have been meant as."""
    folded = {fold(word): word for word in choices}
    written = fold(scalar.plain)
    if written in folded:
        return choices[folded[written]]
    place, text = scalar.place, scalar.text
    meant = [folded[word] for word in _meant(written, folded)]
    begun = [word for folded_word, word in folded.items() if written in folded_word.split("-")]
    if len(meant) == 1:
        found.add("choice-unknown", place, hint="choice-nearest", key=key, written=text, suggestion=meant[0])
    elif meant:
        found.add("choice-unknown", place, hint="choice-either", key=key, written=text, suggestion=either(meant))
    else:
        allowed = ", ".join(begun if len(begun) > 1 else choices)
        found.add("choice-unknown", place, hint="choice-allowed", key=key, written=text, suggestion=allowed)
    return None


def _meant(written: str, folded: Mapping[str, str]) -> tuple[str, ...]:
    """Return the choices that an unknown word may mean; none if a suggestion might reverse its meaning."""
    from insyn.reading.synonyms import meant, turns_round  # deferred: needed only for a fault

    told = meant(written, folded)
    if told is not None:
        return told
    if sum(written in word.split("-") for word in folded) > 1:
        return ()
    nearest = nearest_of(written, folded) if len(written) > 2 else None
    return () if nearest is None or turns_round(written, nearest) else (nearest,)


def _note_no_day(scalar: Scalar, key: str, year: int, month: int, day: int, found: Found) -> None:
    """Report a day that isn't in the calendar. A year of 0 means that the text isn't a date at all."""
    from calendar import monthrange

    from insyn.reading.misread_days import day_meant  # deferred: needed only for a fault

    code, place, written = "date-unreadable", scalar.place, scalar.text
    right = day_meant(scalar.plain) if year < 1 else None
    if right:
        found.add(code, place, hint="date-right", key=key, written=written, right=right)
    elif year < 1:
        found.add(code, place, hint="date-form", key=key, written=written)
    elif not 1 <= month <= len(MONTHS):
        found.add(code, place, hint="date-month", key=key, written=written)
    elif day < 1:
        found.add(code, place, hint="date-first", key=key, written=written)
    else:
        last, name = monthrange(year, month)[1], f"{MONTHS[month - 1]} {year}"
        found.add(code, place, hint="date-last", key=key, written=written, month=name, days=last)


def nearest_of(word: str, words: Iterable[str], likeness: float = LIKE) -> str | None:
    """Return the word most like the given one; None if none is similar enough, or two are equally similar."""
    from difflib import SequenceMatcher, get_close_matches  # deferred: needed only for a fault

    matches = get_close_matches(word, list(words), n=2, cutoff=likeness)
    ratios = [SequenceMatcher(None, match, word).ratio() for match in matches]
    return matches[0] if len(matches) == 1 or (matches and ratios[0] > ratios[1] + EQUALLY) else None
