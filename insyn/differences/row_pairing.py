"""Pairing of budget lines: which rows, groups and sums of two versions are the same.

Two lines are paired by the first of these signs that they share with each other and with no other line:

1. a row's id, if either version gives it; one made from a name counts if no other row has the name;
2. the name, in the same group. Equal names are first told apart by the amounts, purpose and funder of a row,
   or by the contents of a group;
3. the name in another spelling (the same slug), in the same group;
4. the name anywhere, if it occurs once in each version, or together with the amounts: the line has moved;
5. for a group in the same position: more than half of its rows. A guess unless all rows are the same;
6. for a row in the same position: its amounts, or a similar name. A guess.

A sum belongs to its group. Lines with equal names in one group that 1 and 2 don't tell apart aren't paired at all:
which of them has changed can't be known, and the pairing says so. The pairs are the same whichever version is the
older.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import Enum
from itertools import product
from typing import NamedTuple

from msgspec import Struct

from insyn.differences.alignment import (
    MOST_PAIRS,
    Items,
    Move,
    Node,
    at_home,
    in_same_order,
    moves,
    once_in_both,
    pair_equal,
    pair_unique,
    woven,
)
from insyn.differences.words import setting_apart
from insyn.model import (
    Block,
    Breakdown,
    BudgetGroup,
    BudgetRow,
    Cell,
    Dash,
    Position,
    Subtotal,
    kronor_in,
)
from insyn.swedish import FreeIds, slug

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
    name: str
    cells: tuple[Cell, ...]
    parent: int | None
    row: BudgetRow | None = None
    id: str | None = None
    """The id of a row."""
    has_given_id: bool = False
    """Whether the plan gives the id; otherwise it is made from the name."""
    own_name: str | None = None
    """A sum's name in the plan; None if it is derived from the group's."""
    is_alone: bool = False
    """Whether it is the sum of a group without rows."""


class Pairing(Struct, frozen=True):
    pairs: Mapping[int, int]
    """Older line index to newer."""
    guessed: frozenset[int] = frozenset()
    """Newer indices of lines that are probably the same."""
    unclear: frozenset[int] = frozenset()
    """Older indices of lines with equal names that can't be told apart."""
    new_unclear: frozenset[int] = frozenset()


# --- Lines ----------------------------------------------------------------------------------------------------------


def lines_of(parts: Sequence[BudgetRow | BudgetGroup]) -> tuple[BudgetLine, ...]:
    """Return the lines of a block in printed order."""
    lines: list[BudgetLine] = []
    _collect(parts, None, lines, FreeIds())
    return tuple(lines)


def _collect(
    parts: Sequence[BudgetRow | BudgetGroup], parent: int | None, lines: list[BudgetLine], ids: FreeIds
) -> None:
    for part in parts:
        if isinstance(part, BudgetRow):
            is_given = part.id != ids.free(slug(part.name))
            ids.taken.add(part.id)
            lines.append(BudgetLine(LineKind.ROW, part.name, part.cells, parent, part, part.id, is_given))
            continue
        here, subtotal = len(lines), part.subtotal
        lines.append(BudgetLine(LineKind.GROUP, part.name, (), parent))
        if subtotal and subtotal.position is Position.BEFORE:
            lines.append(_sum(part, subtotal, part.name, here))
        _collect(part.rows, here, lines, ids)
        if subtotal and subtotal.position is Position.AFTER:
            lines.append(_sum(part, subtotal, subtotal.name or f"Summa {part.name}", here, subtotal.name))


def _sum(group: BudgetGroup, subtotal: Subtotal, name: str, parent: int, own_name: str | None = None) -> BudgetLine:
    return BudgetLine(LineKind.SUBTOTAL, name, subtotal.cells, parent, own_name=own_name, is_alone=not group.rows)


def parts_of(breakdown: Breakdown | None) -> tuple[BudgetLine, ...]:
    """Return the rows of a breakdown as lines; none for None."""
    return tuple(BudgetLine(LineKind.ROW, row.name, (row.cell,), None) for row in breakdown.rows) if breakdown else ()


def line_moves(old: Sequence[BudgetLine], new: Sequence[BudgetLine], pairs: Mapping[int, int]) -> dict[int, Move]:
    """Return moved rows and groups by newer index. A sum moves with its group."""
    places, new_places = _without_sums(old), _without_sums(new)
    tree, new_tree = _tree(old, places), _tree(new, new_places)
    within = {places[one]: new_places[other] for one, other in pairs.items() if one in places}
    back = list(new_places)
    return {back[place]: move for place, move in moves(tree, new_tree, within).items()}


def _without_sums(lines: Sequence[BudgetLine]) -> dict[int, int]:
    """Return the position of each row and group, not counting sums."""
    kept = (place for place, line in enumerate(lines) if line.kind is not LineKind.SUBTOTAL)
    return {place: number for number, place in enumerate(kept)}


def _tree(lines: Sequence[BudgetLine], places: Mapping[int, int]) -> list[Node]:
    parents = ((lines[place].name, lines[place].parent) for place in places)
    return [Node(name, None if parent is None else places[parent]) for name, parent in parents]


# --- Pairing --------------------------------------------------------------------------------------------------------

RowsOfGroups = Mapping[int, Counter[Hashable]]
"""The rows of each group: their newer index if they are paired, else their names."""


def pair_lines(old: Sequence[BudgetLine], new: Sequence[BudgetLine], columns: ColumnPairs, step: int = 1) -> Pairing:
    """Pair lines by the signs in the module's docstring. Amounts are compared after rounding to `step` kronor."""
    return _Pairer(old, new, columns, step).result()


class _Pairer:
    """Two lists of lines, and the pairs found so far."""

    def __init__(self, old: Sequence[BudgetLine], new: Sequence[BudgetLine], columns: ColumnPairs, step: int) -> None:
        self.old, self.new = old, new
        self.contents = _contents(old, [one for one, _ in columns], step)
        self.new_contents = _contents(new, [other for _, other in columns], step)
        self.names, self.new_names = ([_name(line) for line in lines] for lines in (old, new))
        self.pairs: dict[int, int] = {}
        self.guessed: set[int] = set()

    def result(self) -> Pairing:
        self._by_id()
        self._at_home()
        self._anywhere()
        self._by_their_rows()
        unclear, new_unclear = self._unclear()
        self._in_the_same_place(unclear, new_unclear)
        self._sums()
        return Pairing(self.pairs, frozenset(self.guessed), unclear, new_unclear)

    def _by_id(self) -> None:
        """Pair rows by ids that either version gives: an id first made from a name may later be given."""
        given = {line.id for line in (*self.old, *self.new) if line.has_given_id}
        pair_unique(_ids(self.old, given), _ids(self.new, given), self.pairs)

    def _at_home(self) -> None:
        """Pair lines by name in the same group, until no more groups are found."""
        full = list(zip(self.names, self.contents, strict=True))
        new_full = list(zip(self.new_names, self.new_contents, strict=True))
        spelled, new_spelled = ([_spelling(line) for line in lines] for lines in (self.old, self.new))
        size = -1
        while size < len(self.pairs):
            size = len(self.pairs)
            pair_equal(*self._homes(_after(full), _after(new_full)), self.pairs)
            pair_equal(*self._homes(full, new_full), self.pairs)
            pair_unique(*self._homes(self.names, self.new_names), self.pairs)
            pair_unique(*self._homes(spelled, new_spelled), self.pairs)

    def _homes(self, keys: Items, new_keys: Items) -> tuple[list[Hashable], list[Hashable]]:
        """Return the keys of rows and groups, each with its group."""
        return at_home(_family(self.old, keys), _family(self.new, new_keys), self.pairs)

    def _anywhere(self) -> None:
        """Pair lines that have moved, then the contents of groups that have moved."""
        pair_unique(*once_in_both(self.names, self.new_names), self.pairs)
        contents, new_contents = (
            [(name, told) if (told := _telling(line, held)) else None for name, line, held in zip(*both, strict=True)]
            for both in ((self.names, self.old, self.contents), (self.new_names, self.new, self.new_contents))
        )
        pair_unique(contents, new_contents, self.pairs)
        self._at_home()

    def _by_their_rows(self) -> None:
        """Pair groups with different names but mostly the same rows, outer groups first."""
        taken = set(self.pairs.values())
        groups = {
            group: Counter(self.pairs.get(row, self.names[row]) for row in rows)
            for group, rows in _rows_in(self.old).items()
            if group not in self.pairs
        }
        new_groups = {
            group: Counter(row if row in taken else self.new_names[row] for row in rows)
            for group, rows in _rows_in(self.new).items()
            if group not in taken
        }
        if len(groups) * len(new_groups) > MOST_PAIRS:
            return
        for _level in range(_levels(self.old)):
            self._of_the_same_rows(groups, new_groups)
        self._at_home()

    def _of_the_same_rows(self, groups: RowsOfGroups, new_groups: RowsOfGroups) -> None:
        """Pair groups that share more than half of their rows, if both are at the top level or in paired groups."""
        keys, new_keys = self._homes([""] * len(self.old), [""] * len(self.new))
        taken = set(self.pairs.values())
        alike = [
            (old, new)
            for old, new in product(sorted(groups.keys() - self.pairs.keys()), sorted(new_groups.keys() - taken))
            if keys[old] == new_keys[new]
            and 2 * _shared(groups[old], new_groups[new]) > _most(groups[old], new_groups[new])
        ]
        times, new_times = Counter(old for old, _ in alike), Counter(new for _, new in alike)
        for old, new in alike:
            if times[old] == new_times[new] == 1:
                self.pairs[old] = new
                if _shared(groups[old], new_groups[new]) < _most(groups[old], new_groups[new]):
                    self.guessed.add(new)

    def _unclear(self) -> tuple[frozenset[int], frozenset[int]]:
        """Return the unpaired lines that share name and group with a line in the other version."""
        names, new_names = self._homes(self.names, self.new_names)
        taken = set(self.pairs.values())
        left = {place: name for place, name in enumerate(names) if name is not None and place not in self.pairs}
        right = {place: name for place, name in enumerate(new_names) if name is not None and place not in taken}
        both = set(left.values()) & set(right.values())
        return (
            frozenset(place for place, name in left.items() if name in both),
            frozenset(place for place, name in right.items() if name in both),
        )

    def _in_the_same_place(self, unclear: frozenset[int], new_unclear: frozenset[int]) -> None:
        """Pair rows between the same two rows, by amounts or by similar names."""
        taken = set(self.pairs.values())
        for here, there in list(self._stretches()):
            left = [place for place in here if place not in self.pairs and place not in unclear]
            right = [place for place in there if place not in taken and place not in new_unclear]
            found = self._renamed(left, right)
            self.pairs |= found
            self.guessed |= set(found.values())

    def _stretches(self) -> Iterator[tuple[list[int], list[int]]]:
        """Yield the stretches of rows between two paired and unmoved rows of the same group."""
        for parent in dict.fromkeys(line.parent for line in self.old):
            if parent is not None and parent not in self.pairs:
                continue
            here = _children(self.old, parent)
            there = _children(self.new, None if parent is None else self.pairs[parent])
            anchors = self._anchors(here, there)
            old, new = _parted(here, [one for one, _ in anchors]), _parted(there, [other for _, other in anchors])
            yield from ((old[number], new[number]) for number in old if number in new)

    def _anchors(self, here: Sequence[int], there: Sequence[int]) -> list[tuple[int, int]]:
        """Return the paired rows of a group that haven't moved within it."""
        back = {self.pairs[place]: place for place in here if place in self.pairs}
        known = [(back[place], place) for place in there if place in back]
        names = ["\n".join(sorted((self.old[one].name, self.new[other].name))) for one, other in known]
        kept = in_same_order([one for one, _ in known], names)
        return [pair for number, pair in enumerate(known) if number in kept]

    def _renamed(self, here: Sequence[int], there: Sequence[int]) -> dict[int, int]:
        """Pair rows with equal amounts, or with similar names."""
        found: dict[int, int] = {}
        amounts = {place: _amounts(self.contents[place]) for place in here}
        new_amounts = {place: _amounts(self.new_contents[place]) for place in there}
        counts, new_counts = Counter(amounts.values()), Counter(new_amounts.values())
        of_amounts = {held: place for place, held in new_amounts.items()}
        for place, held in amounts.items():
            if any(held) and counts[held] == new_counts[held] == 1:
                found[place] = of_amounts[held]
        left = [place for place in here if place not in found]
        right = [place for place in there if place not in found.values()]
        for place, other in _alike_names(self.old, self.new, left, right):
            if place not in found and other not in found.values():
                found[place] = other
        return found

    def _sums(self) -> None:
        """Pair the sums of paired groups; as guesses if the groups are guessed."""
        sums, new_sums = (
            {line.parent: place for place, line in enumerate(lines) if line.kind is LineKind.SUBTOTAL}
            for lines in (self.old, self.new)
        )
        for parent, place in sums.items():
            home = self.pairs.get(parent) if parent is not None else None
            if home in new_sums:
                self.pairs[place] = new_sums[home]
                self.guessed |= {new_sums[home]} if home in self.guessed else set()


# --- Keys -----------------------------------------------------------------------------------------------------------


def _name(line: BudgetLine) -> Hashable:
    """Return the kind and name of a row or a group; None for a sum."""
    return None if line.kind is LineKind.SUBTOTAL else (line.kind.value, setting_apart(line.name).casefold())


def _ids(lines: Sequence[BudgetLine], given: set[str | None]) -> list[str | None]:
    """Return the ids in `given`, except those made from a name that several rows share, which depend on their order."""
    made = Counter(slug(line.name) for line in lines if line.id is not None)
    return [
        line.id if line.id in given and (line.has_given_id or made[slug(line.name)] == 1) else None for line in lines
    ]


def _spelling(line: BudgetLine) -> Hashable:
    return None if line.kind is LineKind.SUBTOTAL else (line.kind.value, slug(line.name))


def _family(lines: Sequence[BudgetLine], keys: Items) -> list[tuple[int | None, Hashable]]:
    sums = (line.kind is LineKind.SUBTOTAL for line in lines)
    return [(line.parent, None if is_sum else key) for line, key, is_sum in zip(lines, keys, sums, strict=True)]


def _after(keys: Items) -> list[Hashable]:
    """Return each key with the one before it, which distinguishes items of equal content."""
    return list(zip(keys, [None, *keys], strict=False))


def _contents(lines: Sequence[BudgetLine], columns: Sequence[int], step: int) -> list[tuple[Hashable, ...]]:
    """Return the content that distinguishes lines with equal names: a row's cells and class, or a group's contents."""
    found: list[tuple[Hashable, ...]] = []
    inner: dict[int, list[Hashable]] = {}
    for place in reversed(range(len(lines))):
        line = lines[place]
        if line.kind is LineKind.GROUP:
            content: tuple[Hashable, ...] = tuple(inner.get(place, ()))
        else:
            amounts = tuple(_told(line.cells[column], step) for column in columns)
            content = (amounts, line.row and line.row.purpose, line.row and line.row.funder)
        if line.parent is not None:
            inner.setdefault(line.parent, []).append((_name(line), content))
        found.append(content)
    return found[::-1]


def _told(cell: Cell, step: int) -> int | str | None:
    """Return an amount in steps of kronor, a printed sign, or None for a blank cell."""
    kronor = kronor_in(cell)
    if kronor is not None:
        return (2 * kronor + step) // (2 * step)
    return cell.text if isinstance(cell, Dash) else None


def _amounts(content: tuple[Hashable, ...]) -> tuple[int | None, ...]:
    cells = content[0] if content else ()
    return tuple(cell if isinstance(cell, int) else None for cell in cells) if isinstance(cells, tuple) else ()


def _telling(line: BudgetLine, content: tuple[Hashable, ...]) -> tuple[Hashable, ...] | None:
    """Return the content that identifies a line elsewhere: a row's amounts, or everything in a group."""
    known = content if line.kind is LineKind.GROUP else _amounts(content)
    return known if any(known) and line.kind is not LineKind.SUBTOTAL else None


def _shared(rows: Counter[Hashable], new_rows: Counter[Hashable]) -> int:
    return (rows & new_rows).total()


def _most(rows: Counter[Hashable], new_rows: Counter[Hashable]) -> int:
    return max(rows.total(), new_rows.total())


def _levels(lines: Sequence[BudgetLine]) -> int:
    """Return the maximum depth of nested groups."""
    depths: list[int] = []
    for line in lines:
        depths.append(0 if line.parent is None else depths[line.parent] + 1)
    return max(depths, default=0)


def _rows_in(lines: Sequence[BudgetLine]) -> dict[int, list[int]]:
    """Return the rows of each group that has any, including rows of nested groups."""
    found: dict[int, list[int]] = {place: [] for place, line in enumerate(lines) if line.kind is LineKind.GROUP}
    for place, line in enumerate(lines):
        parent = line.parent
        while line.kind is LineKind.ROW and parent is not None:
            found[parent].append(place)
            parent = lines[parent].parent
    return {place: rows for place, rows in found.items() if rows}


def _parted(places: Sequence[int], marks: Sequence[int]) -> dict[int, list[int]]:
    """Return the positions between marks, by the number of marks before them."""
    found: dict[int, list[int]] = {}
    for place in places:
        found.setdefault(bisect_left(marks, place), []).append(place)
    return found


def _children(lines: Sequence[BudgetLine], parent: int | None) -> list[int]:
    return [place for place, line in enumerate(lines) if line.parent == parent and line.kind is LineKind.ROW]


# --- Renamed --------------------------------------------------------------------------------------------------------


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


class LinePair(NamedTuple):
    """A line before and after; None if it doesn't exist."""

    older: BudgetLine | None
    newer: BudgetLine | None
    group: str | None
    """Its group, if several groups have lines of that name."""
    is_guessed: bool
    is_in_kept_group: bool
    """Whether its group exists in both versions."""


class PairedSide(Struct, frozen=True):
    """The income or costs of two budgets, with paired lines."""

    older: Block
    newer: Block
    lines: tuple[BudgetLine, ...]
    new_lines: tuple[BudgetLine, ...]
    pairing: Pairing
    shared_names: frozenset[str]
    """Names shared by several lines of one version."""

    def places(self) -> list[tuple[int | None, int | None]]:
        """Return (older, newer) indices of every line, in the newer version's order."""
        return woven(len(self.lines), len(self.new_lines), self.pairing.pairs)

    def both(self) -> Iterator[LinePair]:
        """Yield every line, in the newer version's order."""
        kept = set(self.pairing.pairs.values())
        for old, new in self.places():
            older = None if old is None else self.lines[old]
            newer = None if new is None else self.new_lines[new]
            in_kept_group = newer.parent in kept if newer else older is not None and older.parent in self.pairing.pairs
            yield LinePair(older, newer, self.group(older, newer), new in self.pairing.guessed, in_kept_group)

    def group(self, older: BudgetLine | None, newer: BudgetLine | None) -> str | None:
        """Return the group that distinguishes a line from others with the same name."""
        line, lines = (newer, self.new_lines) if newer else (older, self.lines)
        if line is None or line.parent is None or line.name not in self.shared_names:
            return None
        return lines[line.parent].name


def side_of(older: Block, newer: Block, columns: ColumnPairs, step: int) -> PairedSide:
    """Pair the lines of one side of two budgets."""
    lines, new_lines = lines_of(older.rows), lines_of(newer.rows)
    shared = {name for both in (lines, new_lines) for name in _several(line.name for line in both)}
    return PairedSide(older, newer, lines, new_lines, pair_lines(lines, new_lines, columns, step), frozenset(shared))


def _several(names: Iterator[str]) -> list[str]:
    return [name for name, number in Counter(names).items() if number > 1]
