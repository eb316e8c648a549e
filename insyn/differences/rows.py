"""Changes of rows and groups besides amounts: new, removed, renamed, moved, reclassified."""

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
    """Whether it was paired only by position with amounts or spelling."""
    move: Move | None = None
    purposes: tuple[Purpose | None, Purpose | None] | None = None
    """Before and after; None when they are the same."""
    funders: tuple[Funder | None, Funder | None] | None = None
    explanation: Passage | None = None
    comment: Passage | None = None

    @property
    def is_empty(self) -> bool:
        told = (self.former_name, self.move, self.purposes, self.funders, self.explanation, self.comment)
        return self.fate is Fate.KEPT and all(one is None for one in told)


def compare_rows(part: BudgetPart, side: PairedSide) -> Iterator[RowChange]:
    """Yield the changed rows and groups, in the newer's order."""
    moved = line_moves(side.lines, side.new_lines, side.pairing.pairs)
    for old, new in side.places():
        newer = side.new_lines[new] if new is not None else None
        older = side.lines[old] if old is not None else None
        if (newer or older or side.lines[0]).kind is LineKind.SUBTOTAL:
            continue
        if older and newer and new is not None:
            change = _kept(part, older, newer, _group(newer, side.new_lines), moved.get(new))
            change = replace(change, is_guessed=new in side.pairing.guessed)
        elif newer:
            change = RowChange(part, newer.kind, Fate.ADDED, newer.name, _group(newer, side.new_lines))
        elif older:
            change = RowChange(part, older.kind, Fate.REMOVED, older.name, _group(older, side.lines))
        if not change.is_empty:
            yield change


def _group(line: BudgetLine, lines: Sequence[BudgetLine]) -> str | None:
    return None if line.parent is None else lines[line.parent].name


def _kept(part: BudgetPart, older: BudgetLine, newer: BudgetLine, group: str | None, move: Move | None) -> RowChange:
    renamed = setting_apart(older.name) != setting_apart(newer.name)
    old, new = older.row, newer.row
    return RowChange(
        part,
        newer.kind,
        Fate.KEPT,
        newer.name,
        group,
        former_name=older.name if renamed else None,
        move=move,
        purposes=(old.purpose, new.purpose) if old and new and old.purpose is not new.purpose else None,
        funders=(old.funder, new.funder) if old and new and old.funder is not new.funder else None,
        explanation=_changed(old.explanation, new.explanation) if old and new else None,
        comment=_changed(old.comment, new.comment) if old and new else None,
    )


def _changed(older: str | None, newer: str | None) -> Passage | None:
    return changed_text(plain(older) if older else None, plain(newer) if newer else None)
