"""Which rows of a table are parts of others: groups with a sum before or after, found by their names and their sums."""

from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

from insyn.importing.draft import DraftGroup, DraftRow, DraftSum
from insyn.importing.words import SUBTOTAL, TOTAL, is_dashed, plain_name

MOST_TRIES = 4_000
Sums = tuple[int, ...]


class GroupEntry(Struct, frozen=True):
    """A row on its way into a group: a heading without amounts, a sum that says so, or a row."""

    row: DraftRow
    is_heading: bool = False
    is_sum: bool = False
    is_dashed: bool = False
    closes: bool = False
    """Whether it stands outside the group before it."""

    @property
    def sums(self) -> Sums:
        return tuple(cell.kronor or 0 for cell in self.row.cells)


def added(many: Sequence[Sums], columns: int) -> Sums:
    return tuple(sum(one[at] for one in many) for at in range(columns))


def group(entries: Sequence[GroupEntry], total: Sums | None, columns: int) -> list[DraftRow | DraftGroup]:
    """Return rows and groups. A heading begins a group and a sum that says so ends one; of other rows, one that is the
    sum of those after it is their group's, where the whole then adds up best."""
    found: list[DraftRow | DraftGroup] = []
    pending: list[GroupEntry] = []
    for run, end in _runs(entries):
        if run and run[0].is_heading:
            found += [*_flat(pending, None, columns), _headed(run, end)]
            pending = []
        elif end:
            before, inside = _parts_of(run, end, columns)
            found += [*_flat([*pending, *before], None, columns), _summed(inside, end)]
            pending = []
        else:
            pending += run
    return [*found, *_flat(pending, None if found else total, columns)]


def _runs(entries: Sequence[GroupEntry]) -> Iterator[tuple[list[GroupEntry], GroupEntry | None]]:
    """Yield runs of rows: from a heading, or up to a sum that says so."""
    run: list[GroupEntry] = []
    for entry in entries:
        if entry.is_sum:
            yield run, entry
            run = []
        elif entry.is_heading or (entry.closes and run and run[0].is_heading):
            if run:
                yield run, None
            run = [entry]
        else:
            run.append(entry)
    if run:
        yield run, None


def _headed(run: list[GroupEntry], end: GroupEntry | None) -> DraftGroup:
    rows = tuple(one.row for one in run[1:])
    subtotal = DraftSum(end.row.name, end.row.cells, end.row.origin) if end else None
    return DraftGroup(run[0].row.name, is_printed=True, rows=rows, subtotal=subtotal, origin=run[0].row.origin)


def _summed(inside: list[GroupEntry], end: GroupEntry) -> DraftGroup:
    name = TOTAL.sub("", SUBTOTAL.sub("", end.row.name)).strip(" :") or end.row.name
    name = name[:1].upper() + name[1:]
    subtotal = DraftSum(end.row.name, end.row.cells, end.row.origin)
    rows = tuple(one.row for one in inside)
    return DraftGroup(name, False, rows, subtotal, end.row.origin, guesses=("group-from-sum",))


def _parts_of(run: list[GroupEntry], end: GroupEntry, columns: int) -> tuple[list[GroupEntry], list[GroupEntry]]:
    """Return the rows before those that a sum is of, and those: all since the last sum, if no fewer add up to it."""
    for start in range(len(run)):
        if added([one.sums for one in run[start:]], columns) == end.sums:
            return run[:start], run[start:]
    return [], run


# --- A sum before its parts -----------------------------------------------------------------------------------------


class _Cut(Struct, frozen=True):
    """How rows are divided: for each that begins something, how many after it are its parts."""

    parts: tuple[tuple[int, int], ...]
    sums: Sums


def _flat(entries: list[GroupEntry], total: Sums | None, columns: int) -> list[DraftRow | DraftGroup]:
    """Return rows, of which some are sums of those after them."""
    if not entries:
        return []
    best = _best_cut(entries, total, columns)
    rows: list[DraftRow | DraftGroup] = []
    for at, parts in best.parts:
        rows.append(_before(entries[at : at + parts + 1], columns) if parts else entries[at].row)
    return rows


def _before(entries: list[GroupEntry], columns: int) -> DraftGroup:
    head, rows = entries[0], entries[1:]
    tallies = added([one.sums for one in rows], columns) == head.sums
    subtotal = DraftSum("", head.row.cells, head.row.origin, is_before=True)
    guesses = () if tallies else ("group-uneven",)
    return DraftGroup(head.row.name, True, tuple(one.row for one in rows), subtotal, head.row.origin, guesses=guesses)


def _best_cut(entries: list[GroupEntry], total: Sums | None, columns: int) -> _Cut:
    """Return the division that makes the most columns add up to the total, the likeliest first among equals."""
    best, best_score = None, -1
    for cut in islice(_cuts(entries, columns), MOST_TRIES):
        score = sum(one == other for one, other in zip(cut.sums, total or (), strict=False)) if total else 0
        if score > best_score:
            best, best_score = cut, score
        if total and score == columns:
            break
    if best is None:
        raise AssertionError(entries)
    return best


def _cuts(entries: list[GroupEntry], columns: int) -> Iterator[_Cut]:
    choices = [list(_choices(entries, at, columns)) for at in range(len(entries))]

    def divide(at: int, parts: tuple[tuple[int, int], ...], sums: Sums) -> Iterator[_Cut]:
        while at < len(entries) and choices[at] == [0]:
            parts, sums, at = (*parts, (at, 0)), added([sums, entries[at].sums], columns), at + 1
        if at == len(entries):
            yield _Cut(parts, sums)
            return
        for count in choices[at]:
            yield from divide(at + count + 1, (*parts, (at, count)), added([sums, entries[at].sums], columns))

    yield from divide(0, (), (0,) * columns)


def _choices(entries: list[GroupEntry], at: int, columns: int) -> Iterator[int]:
    """Yield how many rows after one may be its parts, the likeliest first: several that add up to it, or none; the one
    after it that is the same; several that add up in all columns but one."""
    head = entries[at]
    if any(head.sums):
        exact, near = [], []
        for count in range(1, len(entries) - at):
            parts = added([one.sums for one in entries[at + 1 : at + 1 + count]], columns)
            equal = sum(one == other for one, other in zip(parts, head.sums, strict=True))
            if equal == columns:
                exact.append(count)
            elif columns > 2 and equal == columns - 1 and count > 1:
                near.append(count)
        yield from (count for count in reversed(exact) if count > 1 and columns > 1)
        yield from _dashed(entries, at, exact)
        yield 0
        yield from (count for count in exact if count == 1 or columns == 1)
        yield from reversed(near)
    else:
        yield 0


def _dashed(entries: list[GroupEntry], at: int, exact: list[int]) -> Iterator[int]:
    """Yield the dashed rows after one without a dash, though they don't add up to it."""
    if entries[at].is_dashed or exact:
        return
    count = 0
    for entry in entries[at + 1 :]:
        if not entry.is_dashed:
            break
        count += 1
    if count:
        yield count


def entry_of(row: DraftRow, written: str, *, is_heading: bool, is_sum: bool, closes: bool) -> GroupEntry:
    return GroupEntry(row, is_heading, is_sum, is_dashed(written), closes)


def is_subtotal(name: str) -> bool:
    return SUBTOTAL.match(plain_name(name)) is not None
