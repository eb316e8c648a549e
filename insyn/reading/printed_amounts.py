"""From an amount as other programs print it to the one that is written in a plan.

The amount itself is read by `cells`, as in any plan. Here its dress is taken off: a unit, brackets for a minus, full
stops between thousands, decimals of nothing.
"""

import re

from msgspec import Struct

from insyn.model import Amount, Blank, Cell, Dash, Unit
from insyn.problems import Found, Place
from insyn.reading.cells import DASHES, read_cell
from insyn.reading.characters import plain_signs
from insyn.reading.nodes import Scalar
from insyn.reading.several_amounts import unjoined
from insyn.swedish import HARD_SPACE, MINUS
from insyn.vocabulary import UNITS, amount_in

SPACES = re.compile(r"\s+")
WITH_UNIT = re.compile(r"(.*\d\D*?) ?(kr|kronor|sek|tkr|kkr|ksek|mkr|mnkr|msek|:-|,-)\.?\**", re.IGNORECASE)
OF_UNIT = {"kronor": "kr", "sek": "kr", ":-": "kr", ",-": "kr", "kkr": "tkr", "ksek": "tkr", "msek": "mkr"}
BRACKETED = re.compile(r"\( ?([\d .,]+) ?\)(\**)")
MINUS_LAST = re.compile(r"([\d .,]*\d) ?[-–]")
STOPS = re.compile(r"([-–]? ?\d{1,3}(?:\.\d{3})+)(\**)")
COMMAS = re.compile(r"([-–]? ?\d{1,3}(?:,\d{3}){2,})(\**)")
POINT_DECIMALS = re.compile(r"([-–]? ?\d[\d ]*)\.(\d{1,2})")
NO_ORE = re.compile(r"([-–]? ?\d[\d ]*),0{1,2}")
COMMA_EITHER = re.compile(r"[-–]? ?\d{1,3},\d{3}(?!\d).*")
AMOUNT_LIKE = re.compile(
    r"[-–(]?[ \d.,)(–-]*\d[ \d.,)(–-]*(?:kr|kronor|sek|tkr|kkr|mkr|mnkr|:-)?\.?[*¹²³⁴⁵⁶⁷⁸⁹]*", re.I
)
"""What is meant as an amount, whether or not it can be read."""


class PrintedAmount(Struct, frozen=True):
    """What stands in a cell of another program's table."""

    cell: Cell
    written: str
    """How it is written in a plan."""
    guess: str = ""
    """What was taken for granted: "brackets", "point", "minus-last"; empty where nothing was."""


def read_printed(text: str, unit: Unit) -> PrintedAmount | None:
    """Read a cell; None when it is no amount, or may be more than one.

    >>> read_printed("(150.000)", Unit.KR).written, read_printed("1496 000 kr", Unit.KR).written
    ('-150 000', '1 496 000')
    >>> read_printed("1,496", Unit.TKR), read_printed("55,2 %", Unit.KR)
    (None, None)
    """
    if "\n" in text.strip():
        return None
    plain, guess = _undressed(SPACES.sub(" ", plain_signs(text)), unit)
    if plain is None:
        return None
    if plain in DASHES:
        return PrintedAmount(Dash(plain), f'"{plain}"')
    found = Found()
    cell = read_cell(Scalar(plain, Place("")), unit, found)
    if found.problems or (isinstance(cell, Amount) and re.match(r"[-–]? ?0 ?\d", plain)):
        return None
    if not isinstance(cell, Amount):
        return PrintedAmount(cell, "~") if isinstance(cell, Blank) and not plain else None
    return PrintedAmount(cell, written_amount(cell, unit), guess)


def written_amount(amount: Amount, unit: Unit) -> str:
    """Return an amount as it is written in a list of amounts, with its mark."""
    number = amount_in(unit, amount.kronor).replace(HARD_SPACE, " ").replace(MINUS, "-")
    number += amount.mark if amount.mark and set(amount.mark) == {"*"} else f" {amount.mark}" if amount.mark else ""
    return f'"{number}"' if "," in number else number


def unit_said(text: str) -> Unit | None:
    """Return the unit that an amount is followed by."""
    match = WITH_UNIT.fullmatch(SPACES.sub(" ", plain_signs(text)))
    return UNITS[OF_UNIT.get(match[2].lower(), match[2].lower())] if match else None


def is_amount_like(text: str) -> bool:
    """Whether a text is meant as an amount, a sign for none among them."""
    plain = SPACES.sub(" ", plain_signs(text))
    return plain in DASHES or AMOUNT_LIKE.fullmatch(plain) is not None


def several(text: str, count: int) -> tuple[str, ...]:
    """Return so many amounts that stand with spaces alone between them; () when they can't be told apart."""
    return unjoined(SPACES.sub(" ", plain_signs(text)), count)


def _undressed(text: str, unit: Unit) -> tuple[str | None, str]:
    """Return a text as `cells` reads it, and what was taken for granted; None where it may mean several things."""
    if match := WITH_UNIT.fullmatch(text):
        said = OF_UNIT.get(match[2].lower(), match[2].lower())
        if UNITS[said] is not unit:
            return None, ""
        text = match[1]
    if COMMA_EITHER.fullmatch(text) and not COMMAS.fullmatch(text):
        return None, ""
    if match := BRACKETED.fullmatch(text):
        return _plain(f"-{match[1].strip()}")[0], "brackets"
    if match := MINUS_LAST.fullmatch(text):
        return _plain(f"-{match[1]}")[0], "minus-last"
    return _plain(text)


def _plain(text: str) -> tuple[str, str]:
    if match := STOPS.fullmatch(text):
        return match[1].replace(".", " ") + match[2], "" if text.count(".") > 1 else "point"
    if match := COMMAS.fullmatch(text):
        return match[1].replace(",", " ") + match[2], ""
    if match := POINT_DECIMALS.fullmatch(text):
        text = f"{match[1]},{match[2]}"
    match = NO_ORE.fullmatch(text)
    return (match[1] if match else text), ""
