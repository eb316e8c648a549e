"""Pairing of budget lines: by stable id, by name, by content, by position and amount."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import Enum
from itertools import product

from msgspec import Struct

from insyn.differences.alignment import MOST_PAIRS, Mismatch, Move, Node, gaps, moves, pair_equal, woven
from insyn.differences.words import setting_apart
from insyn.model import Block, Breakdown, BudgetGroup, BudgetRow, Cell, Kronor, Position, kronor_in
from insyn.swedish import slug

SAME_NAME = 0.7
"""The least similarity of two spellings of a name."""

ColumnPairs = Sequence[tuple[int, int]]
"""(Older, newer) index of each column in both budgets."""


class LineKind(Enum):
    ROW = "row"
    GROUP = "group"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    RESULT = "result"
    EQUITY = "equity"


class BudgetLine(Struct, frozen=True):
    """A row, a group or a group's sum, with the index of its group."""

    kind: LineKind
    id: str
    name: str
    cells: tuple[Cell, ...]
    parent: int | None
    row: BudgetRow | None = None
    is_alone: bool = False
    """Whether it is the sum of a group without rows."""

    @property
    def given_id(self) -> str | None:
        """The id in the plan; None when it is generated from the name."""
        made = slug(self.name)
        return None if self.id == made or self.id.removeprefix(f"{made}-").isdecimal() else self.id


class Pairing(Struct, frozen=True):
    pairs: Mapping[int, int]
    """Older line index to newer."""
    guessed: frozenset[int]
    """Newer indices of lines that are paired only by position and amounts, or position and spelling."""


def lines_of(parts: Sequence[BudgetRow | BudgetGroup]) -> tuple[BudgetLine, ...]:
    """Return the lines of a block in printed order."""
    lines: list[BudgetLine] = []
    _collect(parts, None, lines)
    return tuple(lines)


def _collect(parts: Sequence[BudgetRow | BudgetGroup], parent: int | None, lines: list[BudgetLine]) -> None:
    for part in parts:
        if isinstance(part, BudgetRow):
            lines.append(BudgetLine(LineKind.ROW, part.id, part.name, part.cells, parent, part))
            continue
        here = len(lines)
        lines.append(BudgetLine(LineKind.GROUP, "", part.name, (), parent))
        subtotal = part.subtotal
        if subtotal and subtotal.position is Position.BEFORE:
            lines.append(BudgetLine(LineKind.SUBTOTAL, "", part.name, subtotal.cells, here, is_alone=not part.rows))
        _collect(part.rows, here, lines)
        if subtotal and subtotal.position is Position.AFTER:
            name = subtotal.name or f"Summa {part.name}"
            lines.append(BudgetLine(LineKind.SUBTOTAL, "", name, subtotal.cells, here, is_alone=not part.rows))


def parts_of(breakdown: Breakdown | None) -> tuple[BudgetLine, ...]:
    """Return the rows of a breakdown as lines; none for None."""
    if breakdown is None:
        return ()
    return tuple(BudgetLine(LineKind.ROW, slug(row.name), row.name, (row.cell,), None) for row in breakdown.rows)


def line_moves(old: Sequence[BudgetLine], new: Sequence[BudgetLine], pairs: Mapping[int, int]) -> dict[int, Move]:
    """Return moved rows and groups by newer index. A sum moves with its group."""
    tree, new_tree = ([Node(line.name, line.parent) for line in lines] for lines in (old, new))
    found = moves(tree, new_tree, pairs)
    return {place: move for place, move in found.items() if new[place].kind is not LineKind.SUBTOTAL}


def pair_lines(old: Sequence[BudgetLine], new: Sequence[BudgetLine], columns: ColumnPairs) -> Pairing:
    """Pair lines by the most reliable key first: given id, name, then position and amount."""
    if [_identity(line) for line in old] == [_identity(line) for line in new]:
        return Pairing({place: place for place in range(len(old))}, frozenset())
    pairs: dict[int, int] = {}
    given = {line.given_id for line in (*old, *new)} - {None}
    pair_equal(_given_ids(old, given), _given_ids(new, given), pairs)
    pair_equal(_paths(old), _paths(new), pairs)
    pair_equal(_names(old), _names(new), pairs)
    pair_equal([line.id or None for line in old], [line.id or None for line in new], pairs)
    _pair_groups(old, new, pairs)
    pair_equal([pairs.get(home) if home is not None else None for home in _homes(old)], _homes(new), pairs)
    sure = set(pairs.values())
    for one, other in list(_in_the_same_place(old, new, pairs)):
        pairs |= _renamed(old, new, one, other, columns)
    return Pairing(pairs, frozenset(set(pairs.values()) - sure))


def _identity(line: BudgetLine) -> tuple[LineKind, str, str, int | None]:
    return line.kind, line.id, line.name, line.parent


def _given_ids(lines: Sequence[BudgetLine], given: set[str | None]) -> list[str | None]:
    """Return ids that are given in either version: a generated id may later be given."""
    return [line.id if line.id in given else None for line in lines]


def _names(lines: Sequence[BudgetLine]) -> list[tuple[str, str]]:
    return [(line.kind.value, setting_apart(line.name).casefold()) for line in lines]


def _paths(lines: Sequence[BudgetLine]) -> list[tuple[str, str, str]]:
    """Return each line's key with its group: two groups may both have a row "Övrigt"."""
    names = _names(lines)
    return [
        (names[line.parent][1] if line.parent is not None else "", *name)
        for line, name in zip(lines, names, strict=True)
    ]


def _pair_groups(old: Sequence[BudgetLine], new: Sequence[BudgetLine], pairs: dict[int, int]) -> None:
    """Pair groups with mostly the same rows."""
    taken = set(pairs.values())
    for number, line in enumerate(old):
        if line.kind is not LineKind.GROUP or number in pairs:
            continue
        rows = [place for place, other in enumerate(old) if other.parent == number and other.kind is LineKind.ROW]
        homes = [new[pairs[place]].parent for place in rows if place in pairs]
        for home in dict.fromkeys(homes):
            size = sum(other.parent == home and other.kind is LineKind.ROW for other in new)
            if home is not None and home not in taken and 2 * homes.count(home) > max(len(rows), size):
                pairs[number] = home
                taken.add(home)


def _homes(lines: Sequence[BudgetLine]) -> list[int | None]:
    """Return for each sum the group that it is the sum of."""
    return [line.parent if line.kind is LineKind.SUBTOTAL else None for line in lines]


# --- Renamed --------------------------------------------------------------------------------------------------------


def _in_the_same_place(
    old: Sequence[BudgetLine], new: Sequence[BudgetLine], pairs: Mapping[int, int]
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield unpaired rows between the same paired ones, in the same group."""
    back = {new_place: place for place, new_place in pairs.items()}
    for parent in dict.fromkeys(line.parent for line in old):
        if parent is not None and parent not in pairs:
            continue
        home = None if parent is None else pairs[parent]
        here = [place for place, line in enumerate(old) if line.parent == parent and line.kind is LineKind.ROW]
        there = [place for place, line in enumerate(new) if line.parent == home and line.kind is LineKind.ROW]
        marks = [(place, pairs.get(place)) for place in here]
        new_marks = [(back.get(place), place) for place in there]
        for gap in gaps(marks, new_marks):
            yield _unpaired(here, there, gap, pairs, back)


def _unpaired(
    here: Sequence[int], there: Sequence[int], gap: Mismatch, pairs: Mapping[int, int], back: Mapping[int, int]
) -> tuple[list[int], list[int]]:
    return (
        [place for place in here[gap.start : gap.end] if place not in pairs],
        [place for place in there[gap.new_start : gap.new_end] if place not in back],
    )


def _renamed(
    old: Sequence[BudgetLine],
    new: Sequence[BudgetLine],
    here: Sequence[int],
    there: Sequence[int],
    columns: ColumnPairs,
) -> dict[int, int]:
    """Pair rows in the same position with the same amounts, or nearly the same name."""
    found: dict[int, int] = {}
    amounts = [_amounts(old[place], [column for column, _ in columns]) for place in here]
    new_amounts = [_amounts(new[place], [column for _, column in columns]) for place in there]
    for place, held in zip(here, amounts, strict=True):
        if held and amounts.count(held) == new_amounts.count(held) == 1:
            found[place] = there[new_amounts.index(held)]
    left = [place for place in here if place not in found]
    right = [place for place in there if place not in found.values()]
    for place, other in _alike_names(old, new, left, right):
        if place not in found and other not in found.values():
            found[place] = other
    return found


def _amounts(line: BudgetLine, columns: Sequence[int]) -> tuple[Kronor | None, ...] | None:
    """Return a row's amounts in common columns; None if they can't identify it."""
    held = tuple(kronor_in(line.cells[column]) for column in columns)
    return held if any(held) else None


def _alike_names(
    old: Sequence[BudgetLine], new: Sequence[BudgetLine], here: Sequence[int], there: Sequence[int]
) -> list[tuple[int, int]]:
    """Return pairs of rows with similar names, most similar first; none when there are too many rows."""
    if len(here) * len(there) > MOST_PAIRS:
        return []
    weighed = [(_likeness(old[place].name, new[other].name), place, other) for place, other in product(here, there)]
    alike = sorted((-weight, place + other, place, other) for weight, place, other in weighed if weight >= SAME_NAME)
    return [(place, other) for _, _, place, other in alike]


def _likeness(older: str, newer: str) -> float:
    """Return the similarity of two names, from 0 to 1, symmetric."""
    one, other = sorted((older.casefold(), newer.casefold()))
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


# --- A side of the budget -------------------------------------------------------------------------------------------


class PairedSide(Struct, frozen=True):
    """Incomes or costs of two budgets, with paired lines."""

    older: Block
    newer: Block
    lines: tuple[BudgetLine, ...]
    new_lines: tuple[BudgetLine, ...]
    pairing: Pairing

    def places(self) -> list[tuple[int | None, int | None]]:
        """Return (older, newer) indices of every line, in the newer's order."""
        return woven(len(self.lines), len(self.new_lines), self.pairing.pairs)

    def both(self) -> Iterator[tuple[BudgetLine | None, BudgetLine | None]]:
        """Yield (older, newer) of every line, in the newer's order."""
        for old, new in self.places():
            yield None if old is None else self.lines[old], None if new is None else self.new_lines[new]


def side_of(older: Block, newer: Block, columns: ColumnPairs) -> PairedSide:
    """Pair the lines of one side of two budgets."""
    lines, new_lines = lines_of(older.rows), lines_of(newer.rows)
    return PairedSide(older, newer, lines, new_lines, pair_lines(lines, new_lines, columns))
