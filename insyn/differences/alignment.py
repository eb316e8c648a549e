"""Alignment of two sequences: items that are equal, moved or similar.

Time is bounded: a long comparison finds fewer matches, never wrong ones.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import Enum
from typing import NamedTuple

from msgspec import Struct

EXACT = 250_000
"""The most item pairs for an exact comparison: 500 by 500 words."""
MOST_PAIRS = 10_000
"""The most text pairs to compare for similarity."""
DEEPEST = 20
"""The deepest recursion between landmarks."""
ALIKE = 0.5
"""The least share of common words in two versions of the same text."""

Items = Sequence[Hashable]


class Fate(Enum):
    """What happened to an item between two versions. KEPT may also be changed."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


class Run(NamedTuple):
    """A common run: its start in each sequence, and its length."""

    older: int
    newer: int
    size: int


class Mismatch(NamedTuple):
    """A differing stretch: start and end in the older, start and end in the newer."""

    start: int
    end: int
    new_start: int
    new_end: int

    @property
    def pairs(self) -> int:
        return (self.end - self.start) * (self.new_end - self.new_start)


def gaps(older: Items, newer: Items) -> Iterator[Mismatch]:
    """Yield the differing stretches, in order."""
    start = new_start = 0
    for run in [*common_runs(older, newer), Run(len(older), len(newer), 0)]:
        if start < run.older or new_start < run.newer:
            yield Mismatch(start, run.older, new_start, run.newer)
        start, new_start = run.older + run.size, run.newer + run.size


def common_runs(older: Items, newer: Items) -> list[Run]:
    """Return the common runs, in order; the same ones whichever is the older."""
    if repr(older) > repr(newer):
        return [Run(run.newer, run.older, run.size) for run in _runs(newer, older)]
    return _runs(older, newer)


def _runs(older: Items, newer: Items) -> list[Run]:
    return [run for run in _within(older, newer, Mismatch(0, len(older), 0, len(newer)), 0) if run.size]


def _within(older: Items, newer: Items, part: Mismatch, depth: int) -> Iterator[Run]:
    """Yield the common runs of two parts: prefix, middle, suffix."""
    start, end, new_start, new_end = part
    size = min(end - start, new_end - new_start)
    first = next((n for n in range(size) if older[start + n] != newer[new_start + n]), size)
    size -= first
    last = next((n for n in range(size) if older[end - 1 - n] != newer[new_end - 1 - n]), size)
    yield Run(start, new_start, first)
    middle = Mismatch(start + first, end - last, new_start + first, new_end - last)
    if 0 < middle.pairs <= EXACT:
        yield from _exactly(older, newer, middle)
    elif middle.pairs and depth < DEEPEST:
        yield from _between_landmarks(older, newer, middle, depth)
    yield Run(end - last, new_end - last, last)


def _exactly(older: Items, newer: Items, part: Mismatch) -> Iterator[Run]:
    one, other = older[part.start : part.end], newer[part.new_start : part.new_end]
    for found in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        yield Run(part.start + found.a, part.new_start + found.b, found.size)


def _between_landmarks(older: Items, newer: Items, part: Mismatch, depth: int) -> Iterator[Run]:
    """Yield runs at landmarks in long sequences, and between them recursively."""
    start, new_start = part.start, part.new_start
    for place, new_place in _landmarks(older, newer, part):
        yield from _within(older, newer, Mismatch(start, place, new_start, new_place), depth + 1)
        yield Run(place, new_place, 1)
        start, new_start = place + 1, new_place + 1
    if start > part.start:
        yield from _within(older, newer, Mismatch(start, part.end, new_start, part.new_end), depth + 1)


def _landmarks(older: Items, newer: Items, part: Mismatch) -> list[tuple[int, int]]:
    """Return the positions of items that are unique in both parts and in the same order."""
    counts, new_counts = Counter(older[part.start : part.end]), Counter(newer[part.new_start : part.new_end])
    places = {newer[place]: place for place in range(part.new_start, part.new_end) if new_counts[newer[place]] == 1}
    once = (place for place in range(part.start, part.end) if counts[older[place]] == 1 and older[place] in places)
    found = [(place, places[older[place]]) for place in once]
    kept = in_order([new_place for _, new_place in found])
    return [pair for number, pair in enumerate(found) if number in kept]


def in_order(places: Sequence[int]) -> set[int]:
    """Return the indices of the longest increasing subsequence; the other places have moved."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for number, place in enumerate(places):
        at = bisect_left(tails, place)
        before.append(ends[at - 1] if at else -1)
        ends[at : at + 1], tails[at : at + 1] = [number], [place]
    kept = set()
    number = ends[-1] if ends else -1
    while number >= 0:
        kept.add(number)
        number = before[number]
    return kept


def in_same_order(places: Sequence[int], names: Sequence[str]) -> set[int]:
    """Return the indices of the items that haven't moved; the same items whichever version is the older.

    Each item has its place in the older version and its name, in the newer's order.
    """
    turned = sorted(range(len(places)), key=places.__getitem__)
    if [names[number] for number in turned] <= list(names):
        return in_order(places)
    return {turned[number] for number in in_order(turned)}


# --- Pairs ------------------------------------------------------------------------------------------------------------


def pair_equal(older: Items, newer: Items, pairs: dict[int, int]) -> None:
    """Pair equal items that aren't paired yet, first with first, into `pairs`. None equals nothing."""
    taken = set(pairs.values())
    free: dict[Hashable, list[int]] = {}
    for number, name in reversed(list(enumerate(newer))):
        if number not in taken and name is not None:
            free.setdefault(name, []).append(number)
    for number, name in enumerate(older):
        if number not in pairs and free.get(name):
            pairs[number] = free[name].pop()


def pair_unique(older: Items, newer: Items, pairs: dict[int, int]) -> None:
    """Pair items that are equal and each unique among the unpaired, into `pairs`. None equals nothing."""
    taken = set(pairs.values())
    free = {number: name for number, name in enumerate(older) if number not in pairs and name is not None}
    new_free = {number: name for number, name in enumerate(newer) if number not in taken}
    counts, new_counts = Counter(free.values()), Counter(new_free.values())
    places = {name: number for number, name in new_free.items()}
    pairs |= {n: places[name] for n, name in free.items() if counts[name] == new_counts[name] == 1}


def once_in_both(older: Items, newer: Items) -> tuple[list[Hashable], list[Hashable]]:
    """Return the items with every repeated one replaced by None."""
    several = {item for items in (older, newer) for item, count in Counter(items).items() if count > 1}
    return [None if item in several else item for item in older], [None if item in several else item for item in newer]


TOP = -1
"""The parent of items that have none."""
Family = Sequence[tuple[int | None, Hashable]]
"""Index of each item's parent, and the item's name or another key; None for a missing key."""


def at_home(older: Family, newer: Family, pairs: Mapping[int, int]) -> tuple[list[Hashable], list[Hashable]]:
    """Return each item's key paired with its parent's index in the newer version.

    None for an item without a key, and for one whose parent isn't paired.
    """
    homes = [TOP if parent is None else pairs.get(parent) for parent, _ in older]
    new_homes = [TOP if parent is None else parent for parent, _ in newer]
    return _under(homes, older), _under(new_homes, newer)


def _under(homes: Sequence[int | None], family: Family) -> list[Hashable]:
    return [None if home is None or key is None else (home, key) for home, (_, key) in zip(homes, family, strict=True)]


# --- Similarity -----------------------------------------------------------------------------------------------------


def likeness(older: Counter[str], newer: Counter[str]) -> float:
    """Return the similarity of two texts, given as word counts, from 0 to 1."""
    one, other = older.total(), newer.total()
    most = 2 * min(one, other)
    if most < ALIKE * (one + other):
        return 0.0
    return 2 * (older & newer).total() / (one + other) if most else 1.0


def alike(older: Sequence[Counter[str]], newer: Sequence[Counter[str]]) -> dict[int, int]:
    """Return pairs of similar texts, in order, with the largest total similarity; none above `MOST_PAIRS`.

    The pairs are the same whichever version is the older.
    """
    if len(older) * len(newer) > MOST_PAIRS:
        return {}
    if _sortable(older) > _sortable(newer):
        return {old: new for new, old in _alike(newer, older).items()}
    return _alike(older, newer)


def _sortable(counts: Sequence[Counter[str]]) -> list[list[tuple[str, int]]]:
    return [sorted(one.items()) for one in counts]


def _alike(older: Sequence[Counter[str]], newer: Sequence[Counter[str]]) -> dict[int, int]:
    weights = [[likeness(one, other) for other in newer] for one in older]
    best = [[0.0] * (len(newer) + 1) for _ in range(len(older) + 1)]
    for row in reversed(range(len(older))):
        for column in reversed(range(len(newer))):
            weight = weights[row][column]
            paired = weight + best[row + 1][column + 1] if weight >= ALIKE else 0.0
            best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
    return dict(_chosen(weights, best))


def _chosen(weights: Sequence[Sequence[float]], best: Sequence[Sequence[float]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs along the best path through the table."""
    row = column = 0
    while row < len(weights) and column < len(weights[row]):
        weight = weights[row][column]
        if weight >= ALIKE and best[row][column] == weight + best[row + 1][column + 1]:
            yield row, column
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1


# --- Order ----------------------------------------------------------------------------------------------------------


def woven(older: int, newer: int, pairs: Mapping[int, int]) -> list[tuple[int | None, int | None]]:
    """Return (older, newer) indices of all items in the newer's order, removed ones at their former position."""
    back = {new: old for old, new in pairs.items()}
    told: list[tuple[int, int, int | None, int | None]] = [(new, 0, back.get(new), new) for new in range(newer)]
    place = -1
    for old in range(older):
        place = pairs.get(old, place)
        if old not in pairs:
            told.append((place, old + 1, old, None))
    return [(old, new) for _, _, old, new in sorted(told, key=lambda one: one[:2])]


# --- Trees ----------------------------------------------------------------------------------------------------------


class Move(Struct, frozen=True):
    """The new position of a moved item, by names in the newer version."""

    into: str | None
    """Its new parent, "" for none; None if the parent is the same."""
    after: str | None
    """Its predecessor; None if it is first."""


class Node(NamedTuple):
    """An item in a tree: a row in its group, a chapter in the chapter above."""

    name: str
    parent: int | None
    """The index of its parent."""


def moves(older: Sequence[Node], newer: Sequence[Node], pairs: Mapping[int, int]) -> dict[int, Move]:
    """Return moves by index in the newer version: to another parent, or within the same.

    `pairs` maps older to newer indices. Children of a moved item haven't moved.
    """
    back = {new: old for old, new in pairs.items()}
    found: dict[int, Move] = {}
    for siblings in _families(newer):
        before = dict(zip(siblings[1:], (newer[number].name for number in siblings), strict=False))
        known = [number for number in siblings if number in back]
        staying = [number for number in known if _same_parent(older[back[number]], newer[number], pairs)]
        names = ["\n".join(sorted((older[back[number]].name, newer[number].name))) for number in staying]
        kept = in_same_order([back[number] for number in staying], names)
        found |= {n: Move(None, before.get(n)) for place, n in enumerate(staying) if place not in kept}
        parent = newer[siblings[0]].parent
        into = newer[parent].name if parent is not None else ""
        found |= {n: Move(into, before.get(n)) for n in set(known).difference(staying)}
    return found


def _same_parent(old: Node, new: Node, pairs: Mapping[int, int]) -> bool:
    if old.parent is None or new.parent is None:
        return old.parent == new.parent
    return pairs.get(old.parent) == new.parent


def _families(nodes: Sequence[Node]) -> list[list[int]]:
    """Return the indices of siblings, by family."""
    found: dict[int | None, list[int]] = {}
    for number, node in enumerate(nodes):
        found.setdefault(node.parent, []).append(number)
    return list(found.values())
