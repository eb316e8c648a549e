"""Reads the text of a budget cell into an amount, a blank or a dash.

Accepts what the sources print: "119 465", "1496 000" with any kind of space, "-150 000***", "- 7 489", "---", or
nothing.
"""

import re

from insyn.model import Amount, Blank, Cell, Dash, Kronor, Unit, kronor_in
from insyn.problems import Found
from insyn.reading.advice import Advice, thousands
from insyn.reading.characters import QUOTES, fold
from insyn.reading.fields import Fields
from insyn.reading.key_kinds import AmountKey, CellKey
from insyn.reading.keys import CellKeys
from insyn.reading.nodes import Mapping, Node, Scalar
from insyn.vocabulary import COMPUTED

SEVERAL_SPACES = re.compile(" +")
DASHES = frozenset({"---", "–", "—", "-", ".", "..", "−"})
NUMBER = re.compile(
    r"(?P<sign>[-−–]?) ?(?P<whole>\d+(?: \d{3})*)(?:,(?P<decimals>\d+))?"
    r"(?P<mark>(?: ?\*+| \d{1,2}\)| ?[¹²³⁴⁵⁶⁷⁸⁹⁰]+)?)\Z"
)
THOUSAND = 3
"""Number of digits after a comma that may be thousands: "300,000"."""
LONGEST = 200
"""Number of characters examined in a text that isn't an amount, to find what it is instead."""
MOST_DIGITS = 15
"""Digits of a thousand billion kronor: a longer number is a slip."""
COMPUTED_WORDS = frozenset({fold(COMPUTED), "berakna", "raknas", "summera"})
"""Words that ask the site to compute a sum."""
MOST = 10**17
"""In kronor, whatever the unit: much larger amounts would make sums overflow the numbers of files and programs."""


def read_amount(fields: Fields, key: AmountKey, unit: Unit) -> Kronor | None:
    """Read an amount outside the table's cells, in the key's own unit, else in `unit`; None if there is none."""
    scalar = fields.scalar(key)
    return kronor_in(_read_scalar(scalar, key.unit or unit, fields.found)) if scalar else None


def read_one_cell(fields: Fields, key: CellKey, unit: Unit) -> Cell:
    """Read a cell that stands alone; blank if it isn't written."""
    entry = fields.entry(key)
    return read_cell(entry.value, unit, fields.found) if entry else Blank(fields.place)


def read_cell(node: Node, unit: Unit, found: Found) -> Cell:
    """Read one cell. An unreadable one is reported and counts as blank.

    >>> from insyn.problems import Place
    >>> read_cell(Scalar("- 7 489", Place("plan.md")), Unit.TKR, Found()).kronor
    -7489000
    >>> read_cell(Scalar("---", Place("plan.md")), Unit.TKR, Found()).text
    '---'
    """
    if isinstance(node, Scalar):
        return _read_scalar(node, unit, found)
    if isinstance(node, Mapping):
        return _read_mapping(Fields(node, found, CellKeys), unit)
    if not node.is_told:
        parts = [item.plain for item in node.items if isinstance(item, Scalar)]
        written = ", ".join(parts)
        if re.fullmatch(r"[-−–]?\d{1,3}(?:, \d{3})+", written):
            _unreadable(Scalar(written, node.place), thousands(" ".join(parts)), found)
        else:
            found.add("amount-unreadable", node.place, hint="amount-list", written=f"[{written}]")
    return Blank(node.place)


def asks_for_sum(text: str) -> bool:
    """Whether a text in place of amounts asks the site to compute them."""
    return fold(text.strip(f" {QUOTES}")) in COMPUTED_WORDS


def _read_scalar(scalar: Scalar, unit: Unit, found: Found) -> Cell:
    written = scalar.plain
    if not written or scalar.is_blank:
        return Blank(scalar.place)
    if written in DASHES:
        return Dash(scalar.text.strip(), scalar.place)
    match = NUMBER.match(SEVERAL_SPACES.sub(" ", written))
    if match is None and (dash := written.strip(QUOTES)) in DASHES:
        return Dash(dash, scalar.place)
    if match is None:
        from insyn.reading.misread_amounts import advice_for  # deferred: needed only for a fault

        return _unreadable(scalar, advice_for(SEVERAL_SPACES.sub(" ", written[:LONGEST]), unit), found)
    return _amount(match, scalar, unit, found)


def _unreadable(scalar: Scalar, advice: Advice, found: Found) -> Cell:
    found.add("amount-unreadable", scalar.place, hint=advice.hint, written=scalar.text, **dict(advice.values))
    return Blank(scalar.place)


def _amount(match: re.Match[str], scalar: Scalar, unit: Unit, found: Found) -> Cell:
    digits = match["whole"].replace(" ", "")
    decimals = match["decimals"] or ""
    if len(decimals) > MOST_DIGITS or len(digits) > MOST_DIGITS or int(digits) * unit.value >= MOST:
        found.add("amount-unreadable", scalar.place, hint="amount-too-long", written=f"{scalar.text[:MOST_DIGITS]}…")
        return Blank(scalar.place)
    if unit is Unit.KR and len(decimals) == THOUSAND and digits[0] != "0":
        return _unreadable(scalar, thousands(f"{match['sign']}{match['whole']} {decimals}"), found)
    value, rest = divmod(int(digits + decimals) * unit.value, 10 ** len(decimals))
    if rest:
        from insyn.reading.misread_amounts import shown  # deferred: needed only for a fault

        value += 2 * rest >= 10 ** len(decimals)
        right = shown(-value if match["sign"] else value, unit)
        found.add("amount-has-ore", scalar.place, written=scalar.text, right=right)
        return Blank(scalar.place)
    kronor = Kronor(-value if match["sign"] else value)
    return Amount(kronor, mark=match["mark"].strip() or None, place=scalar.place)


def _read_mapping(fields: Fields, unit: Unit) -> Cell:
    value = fields.scalar(CellKeys.value)
    printed, mark = fields.text(CellKeys.printed), fields.text(CellKeys.mark)
    fields.close()
    cell: Cell = _read_scalar(value, unit, fields.found) if value else Blank(fields.place)
    if isinstance(cell, Amount):
        return Amount(cell.kronor, mark=mark or cell.mark, printed=printed, place=cell.place)
    return cell
