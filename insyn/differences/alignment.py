"""Which items of one sequence are those of another: the same and in order, the same but moved, or merely alike.

Everything here is bounded. Where a comparison would take long, fewer items are found to be the same, never wrong ones.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import Enum
from typing import NamedTuple

from msgspec import Struct

EXACT = 250_000
"""How many pairs of items may be looked at to find what two sequences have in common: 500 words and 500 words."""
MOST_PAIRS = 10_000
"""How many pairs of texts may be weighed to find those that are alike."""
DEEPEST = 20
"""How many times long sequences are divided between what stands once in each."""
ALIKE = 0.5
"""The share of words that two texts have in common from which one is a changed version of the other."""

Items = Sequence[Hashable]


class Fate(Enum):
    """What has become of something between two versions. What is kept may have been changed."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


class Run(NamedTuple):
    """A stretch that two sequences have in common: where it begins in each, and how many items it has."""

    older: int
    newer: int
    size: int


class Mismatch(NamedTuple):
    """A stretch where two sequences differ: from and to in the older, from and to in the newer."""

    start: int
    end: int
    new_start: int
    new_end: int

    @property
    def pairs(self) -> int:
        return (self.end - self.start) * (self.new_end - self.new_start)


def gaps(older: Items, newer: Items) -> Iterator[Mismatch]:
    """Yield the stretches where two sequences differ, in order."""
    start = new_start = 0
    for run in [*common_runs(older, newer), Run(len(older), len(newer), 0)]:
        if start < run.older or new_start < run.newer:
            yield Mismatch(start, run.older, new_start, run.newer)
        start, new_start = run.older + run.size, run.newer + run.size


def common_runs(older: Items, newer: Items) -> list[Run]:
    """Return the stretches that both sequences have, in order, as people would see them."""
    return [run for run in _within(older, newer, Mismatch(0, len(older), 0, len(newer)), 0) if run.size]


def _within(older: Items, newer: Items, part: Mismatch, depth: int) -> Iterator[Run]:
    """Yield what two parts have in common: their beginnings, what lies between, their endings."""
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
    """Divide long sequences at what stands once in each, and compare what lies between."""
    start, new_start = part.start, part.new_start
    for place, new_place in _landmarks(older, newer, part):
        yield from _within(older, newer, Mismatch(start, place, new_start, new_place), depth + 1)
        yield Run(place, new_place, 1)
        start, new_start = place + 1, new_place + 1
    if start > part.start:
        yield from _within(older, newer, Mismatch(start, part.end, new_start, part.new_end), depth + 1)


def _landmarks(older: Items, newer: Items, part: Mismatch) -> list[tuple[int, int]]:
    """Return the places of what stands once in each part, those that come in the same order."""
    counts, new_counts = Counter(older[part.start : part.end]), Counter(newer[part.new_start : part.new_end])
    places = {newer[place]: place for place in range(part.new_start, part.new_end) if new_counts[newer[place]] == 1}
    once = (place for place in range(part.start, part.end) if counts[older[place]] == 1 and older[place] in places)
    found = [(place, places[older[place]]) for place in once]
    kept = in_order([new_place for _, new_place in found])
    return [pair for number, pair in enumerate(found) if number in kept]


def in_order(places: Sequence[int]) -> set[int]:
    """Return which of some places, by number, make the longest rising sequence: the others have been moved."""
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


def pair_equal(older: Items, newer: Items, pairs: dict[int, int]) -> None:
    """Add to the pairs what has the same name and isn't in one yet: the first with the first, and so on."""
    taken = set(pairs.values())
    free: dict[Hashable, list[int]] = {}
    for number, name in reversed(list(enumerate(newer))):
        if number not in taken and name is not None:
            free.setdefault(name, []).append(number)
    for number, name in enumerate(older):
        if number not in pairs and free.get(name):
            pairs[number] = free[name].pop()


# --- What is alike --------------------------------------------------------------------------------------------------


def likeness(older: Counter[str], newer: Counter[str]) -> float:
    """Return how much two texts, as words counted, have in common, from 0 to 1."""
    one, other = older.total(), newer.total()
    most = 2 * min(one, other)
    if most < ALIKE * (one + other):
        return 0.0
    return 2 * (older & newer).total() / (one + other) if most else 1.0


def alike(older: Sequence[Counter[str]], newer: Sequence[Counter[str]]) -> dict[int, int]:
    """Pair texts that are alike, in order, so that the pairs have the most in common; none when there are too many."""
    if len(older) * len(newer) > MOST_PAIRS:
        return {}
    weights = [[likeness(one, other) for other in newer] for one in older]
    best = [[0.0] * (len(newer) + 1) for _ in range(len(older) + 1)]
    for row in reversed(range(len(older))):
        for column in reversed(range(len(newer))):
            weight = weights[row][column]
            paired = weight + best[row + 1][column + 1] if weight >= ALIKE else 0.0
            best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
    return dict(_chosen(weights, best))


def _chosen(weights: Sequence[Sequence[float]], best: Sequence[Sequence[float]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs along the best way through the table."""
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


# --- In whose order ---------------------------------------------------------------------------------------------------


def woven(older: int, newer: int, pairs: Mapping[int, int]) -> list[tuple[int | None, int | None]]:
    """Return the numbers of what is in either sequence, in the newer's order; what is gone stands where it stood."""
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
    """Where something stands now. Names are as the newer version writes them."""

    into: str | None
    """What it is now a part of, "" when of nothing; None when that is the same as before."""
    after: str | None
    """What it stands after; None when it comes first."""


class Node(NamedTuple):
    """A row in its group, a chapter in the chapter above."""

    name: str
    parent: int | None
    """The number of what it is a part of."""


def moves(older: Sequence[Node], newer: Sequence[Node], pairs: Mapping[int, int]) -> dict[int, Move]:
    """Return what has been moved, by its number in the newer: into something else, or to another place in the same.

    `pairs` leads from older to newer. What is a part of something that was moved isn't moved itself.
    """
    back = {new: old for old, new in pairs.items()}
    found: dict[int, Move] = {}
    for siblings in _families(newer):
        before = dict(zip(siblings[1:], (newer[number].name for number in siblings), strict=False))
        known = [number for number in siblings if number in back]
        staying = [number for number in known if _same_parent(older[back[number]], newer[number], pairs)]
        kept = in_order([back[number] for number in staying])
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
    """Return the numbers of the nodes that are parts of the same."""
    found: dict[int | None, list[int]] = {}
    for number, node in enumerate(nodes):
        found.setdefault(node.parent, []).append(number)
    return list(found.values())
