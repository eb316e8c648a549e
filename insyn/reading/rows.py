"""Reads a row's amounts, one for each column, and reports rows of another length."""

import re
from collections import Counter
from itertools import combinations, pairwise

from msgspec import Struct

from insyn.model import Blank, Cell, Column, Unit
from insyn.problems import Found, Place
from insyn.reading.cells import LONGEST, NUMBER, read_cell
from insyn.reading.fields import Fields
from insyn.reading.key_kinds import CellsKey
from insyn.reading.nodes import Node, Scalar, Sequence
from insyn.swedish import listed
from insyn.vocabulary import heading

MOST_PARTS = 12
"""Maximum number of possible parts of split amounts in a row, for which the combinations are tried."""
MANY = 10
"""A number of digits that no amount of a plan reaches."""


class RowLength(Struct, frozen=True):
    """A row without exactly one amount per column, and the advice for it."""

    name: str
    place: Place
    cells: int
    hint: str
    right: str


class RowLengths:
    """The lengths of all rows in a table, so that a fault they share is reported once."""

    def __init__(self) -> None:
        self.rows = 0
        self.odd: list[RowLength] = []

    def common(self) -> int | None:
        """Return the length that more than half of the rows share, if it isn't the number of columns."""
        if self.divided():
            return None
        lengths = Counter(row.cells for row in self.odd).most_common(1)
        return lengths[0][0] if lengths and lengths[0][1] > max(1, self.rows / 2) else None

    def divided(self) -> list[RowLength]:
        """Return the rows with commas between thousands, if that goes for the whole table."""
        divided = [row for row in self.odd if row.hint == "cell-count-thousands"]
        return divided if len(divided) > max(1, len(self.odd) / 2) else []

    def tell(self, columns: tuple[Column, ...], found: Found) -> None:
        """Report each row that is as long as neither the columns nor the other rows; once, if commas split them all."""
        common, divided = self.common(), self.divided()
        for row in divided[:1] or self.odd:
            if row.cells != common:
                found.add(
                    "cell-count",
                    row.place,
                    hint="cell-count-commas" if divided else row.hint,
                    row=row.name,
                    cells=row.cells,
                    columns=counted(len(columns)),
                    column_names=named(columns),
                    right=row.right,
                )


def named(columns: tuple[Column, ...]) -> str:
    """Format the names of the readable columns."""
    return listed([heading(column) for column in columns if column.year])


def counted(columns: int) -> str:
    return "1 kolumn" if columns == 1 else f"{columns} kolumner"


def read_cells(
    fields: Fields, key: CellsKey, columns: tuple[Column, ...], unit: Unit, *, row: str, lengths: RowLengths
) -> tuple[Cell, ...]:
    """Read a row's amounts, one for each column, and record their number if it is another."""
    entry = fields.entry(key)
    if entry is None or not columns:
        return tuple(Blank(fields.place) for _ in columns)
    lengths.rows += 1
    nodes = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
    if len(nodes) == 1 < len(columns) and isinstance(nodes[0], Scalar) and nodes[0].is_blank:
        nodes = ()
    if len(nodes) == len(columns):
        return tuple(read_cell(item, unit, fields.found) for item in nodes)
    place, unreadable = fields.place_of(key), Found()
    cells = tuple(read_cell(item, unit, unreadable) for item in nodes)
    if len(nodes) > len(columns):
        is_told = _tell_divided(nodes, len(columns), unit, fields.found)
    elif not (is_told := _tell_joined(entry.value, nodes, len(columns), fields.found)):
        fields.found.problems.extend(unreadable.problems)
        is_told = bool(unreadable.problems)
    if not is_told and not (isinstance(entry.value, Sequence) and entry.value.is_told):
        lengths.odd.append(_length(row, place, nodes, len(columns)))
    return (*cells, *(Blank(place) for _ in columns))[: len(columns)]


def _tell_divided(nodes: tuple[Node, ...], columns: int, unit: Unit, found: Found) -> bool:
    """Report an amount that is split at its own decimal comma and holds more than digits: "2,5 mnkr"."""
    if len(nodes) != columns + 1:
        return False
    for first, second in pairwise(nodes):
        if isinstance(first, Scalar) and isinstance(second, Scalar) and not (first.quoted or second.quoted):
            if not (re.search(r"\d", first.text) and re.match(r"\d", second.text)):
                continue
            whole = Scalar(f"{first.text},{second.text}", first.place)
            is_plain = NUMBER.match(first.plain) and NUMBER.match(second.plain)
            told = Found()
            read_cell(whole, unit, told)
            if not is_plain and [one for one in told.problems if one.hint != "amount-example"]:
                found.problems.extend(told.problems)
                return True
    return False


def _tell_joined(written: Node, nodes: tuple[Node, ...], columns: int, found: Found) -> bool:
    """Report amounts without commas between them, if that is why a row has too few."""
    from insyn.reading.several_amounts import commas_missing, parted, unjoined  # deferred: needed only for a fault

    missing = columns - len(nodes)
    pieces = {
        node: parted(node.text[:LONGEST]) for node in nodes if isinstance(node, Scalar) and not NUMBER.match(node.plain)
    }
    pieces = {node: several for node, several in pieces.items() if several}
    if sum(len(several) - 1 for several in pieces.values()) != missing:
        joined = {node: unjoined(node.plain, missing + 1) for node in nodes if isinstance(node, Scalar)}
        pieces = {node: several for node, several in joined.items() if several and not _is_one(node)}
        if len(pieces) != 1:
            return False
    scalars = [node for node in nodes if isinstance(node, Scalar)]
    right = ", ".join(amount for node in scalars for amount in pieces.get(node, (node.text,)))
    for node, amounts in pieces.items():
        advice = commas_missing(node.text, amounts, is_bare=not isinstance(written, Sequence))
        values = dict(advice.values)
        found.add("amount-unreadable", node.place, hint=advice.hint, written=node.text, right=f"[{right}]", **values)
    return True


def _is_one(node: Scalar) -> bool:
    """Whether a text is one amount as it stands: with ten digits, or a leading zero, it may be several."""
    is_number = NUMBER.match(node.plain) and not node.plain.startswith("0 ")
    return bool(is_number) and sum(sign.isdigit() for sign in node.plain) < MANY


def _length(row: str, place: Place, nodes: tuple[Node, ...], columns: int) -> RowLength:
    texts = [node.plain if isinstance(node, Scalar) else "" for node in nodes]
    if len(nodes) < columns:
        return RowLength(row, place, len(nodes), "cell-count-too-few", "")
    thousands = [amount.replace(",", " ") for amount in _merged(texts, columns, r"\d{3}")]
    decimals = [f'"{amount}"' if "," in amount else amount for amount in _merged(texts, columns, r"\d{1,2}")]
    is_either = bool(thousands) == bool(decimals) or (
        decimals and len(texts) % columns and any(_goes_on(texts, r"\d{3}"))
    )
    if is_either:
        return RowLength(row, place, len(nodes), "cell-count-too-many", "")
    hint = "cell-count-thousands" if thousands else "cell-count-decimals"
    return RowLength(row, place, len(nodes), hint, f"[{', '.join(thousands or decimals)}]")


def _merged(texts: list[str], columns: int, after: str) -> list[str]:
    """Return the amounts rejoined where commas split them, one per column; none if that can't be the explanation.

    `after` is the pattern of what follows such a comma: three digits of thousands, or decimals.
    """
    each = len(texts) // columns
    if each * columns == len(texts):
        groups = [texts[start : start + each] for start in range(0, len(texts), each)]
        is_alike = all(re.fullmatch(after, text) for group in groups for text in group[1:])
        if is_alike and (each == 2 or "{3}" in after):
            return [",".join(group) for group in groups]
    parts = [number for number, is_part in enumerate(_goes_on(texts, after), 1) if is_part]
    if len(parts) > MOST_PARTS:
        return []
    ways = [_joined(texts, chosen) for chosen in combinations(parts, len(texts) - columns)]
    whole = re.compile(rf"-?(?!0\d)\d[\d ]*(?:,{after}){'*' if '{3}' in after else '?'}")
    ways = [way for way in ways if all(whole.fullmatch(amount) for amount in way if amount[-1:].isdigit())]
    return ways[0] if len(ways) == 1 else []


def _joined(texts: list[str], parts: tuple[int, ...]) -> list[str]:
    """Return the amounts with the parts joined to the amount before."""
    joined = texts[:1]
    for number, text in enumerate(texts[1:], 1):
        if number in parts:
            joined[-1] = f"{joined[-1]},{text}"
        else:
            joined.append(text)
    return joined


def _goes_on(texts: list[str], after: str) -> list[bool]:
    """Return, for each amount but the first, whether it may continue the one before after a comma."""
    whole = re.compile(rf"-?\d[\d ]*,{after}")
    return [whole.fullmatch(f"{before},{text}") is not None for before, text in pairwise(texts)]
