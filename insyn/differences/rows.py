"""Changes of rows and groups other than amounts: new, removed, renamed, moved, reclassified."""

from collections.abc import Iterator, Sequence
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from insyn.differences.alignment import Fate, Move
from insyn.differences.blocks import plain
from insyn.differences.passages import Passage, changed_text
from insyn.differences.row_pairing import BudgetLine, LineKind, PairedSide, line_moves
from insyn.differences.words import setting_apart
from insyn.model import Funder, Purpose


class BudgetPart(Enum):
    """The two sides of a budget."""

    INCOME = "income"
    COSTS = "costs"


class RowChange(Struct, frozen=True):
    part: BudgetPart
    kind: LineKind
    """A row or a group."""
    fate: Fate
    name: str
    group: str | None
    """Its group; the former one if it is removed."""
    former_name: str | None = None
    """Its former name; None if unchanged."""
    is_guessed: bool = False
    """Whether it is only probably the same: a row paired by position and amounts or spelling, a group by its rows."""
    is_unclear: bool = False
    """Whether several lines of its name can't be told apart. They are reported as removed and new."""
    shares_name: bool = False
    """Whether a line of the same name stands in another group."""
    move: Move | None = None
    purposes: tuple[Purpose | None, Purpose | None] | None = None
    """Before and after; None if unchanged."""
    funders: tuple[Funder | None, Funder | None] | None = None
    explanation: Passage | None = None
    comment: Passage | None = None

    @property
    def is_empty(self) -> bool:
        told = (self.former_name, self.move, self.purposes, self.funders, self.explanation, self.comment)
        return self.fate is Fate.KEPT and all(one is None for one in told)


class RenamedSum(Struct, frozen=True):
    """A sum, a result or equity with another name than before."""

    kind: LineKind
    former: str
    name: str


def compare_rows(part: BudgetPart, side: PairedSide) -> Iterator[RowChange]:
    """Yield the changed rows and groups, in the newer version's order."""
    moved = line_moves(side.lines, side.new_lines, side.pairing.pairs)
    for old, new in side.places():
        newer = side.new_lines[new] if new is not None else None
        older = side.lines[old] if old is not None else None
        if older and newer and new is not None:
            change = _kept(part, older, newer, _group(newer, side.new_lines), moved.get(new))
            change = replace(change, is_guessed=new in side.pairing.guessed)
        elif newer:
            change = _lone(part, Fate.ADDED, newer, side.new_lines, is_unclear=new in side.pairing.new_unclear)
        elif older:
            change = _lone(part, Fate.REMOVED, older, side.lines, is_unclear=old in side.pairing.unclear)
        if change.kind is not LineKind.SUBTOTAL and not change.is_empty:
            yield replace(change, shares_name=side.group(older, newer) is not None)


def renamed_sums(side: PairedSide) -> Iterator[RenamedSum]:
    """Yield the sums of one side that have another name. A name derived from the group's isn't reported."""
    for pair in side.both():
        older, newer = pair.older, pair.newer
        if older and newer and newer.kind is LineKind.SUBTOTAL and (older.own_name or newer.own_name):
            yield from renamed(LineKind.SUBTOTAL, older.name, newer.name)
    if side.older.total and side.newer.total:
        yield from renamed(LineKind.TOTAL, side.older.total.name, side.newer.total.name)


def renamed(kind: LineKind, former: str, name: str) -> Iterator[RenamedSum]:
    """Yield a sum if its name has changed."""
    if setting_apart(former) != setting_apart(name):
        yield RenamedSum(kind, former, name)


def _lone(
    part: BudgetPart, fate: Fate, line: BudgetLine, lines: Sequence[BudgetLine], *, is_unclear: bool
) -> RowChange:
    return RowChange(part, line.kind, fate, line.name, _group(line, lines), is_unclear=is_unclear)


def _group(line: BudgetLine, lines: Sequence[BudgetLine]) -> str | None:
    return None if line.parent is None else lines[line.parent].name


def _kept(part: BudgetPart, older: BudgetLine, newer: BudgetLine, group: str | None, move: Move | None) -> RowChange:
    is_renamed = setting_apart(older.name) != setting_apart(newer.name)
    old, new = older.row, newer.row
    return RowChange(
        part,
        newer.kind,
        Fate.KEPT,
        newer.name,
        group,
        former_name=older.name if is_renamed else None,
        move=move,
        purposes=(old.purpose, new.purpose) if old and new and old.purpose is not new.purpose else None,
        funders=(old.funder, new.funder) if old and new and old.funder is not new.funder else None,
        explanation=_changed(old.explanation, new.explanation) if old and new else None,
        comment=_changed(old.comment, new.comment) if old and new else None,
    )


def _changed(older: str | None, newer: str | None) -> Passage | None:
    return changed_text(plain(older) if older else None, plain(newer) if newer else None)
