"""What differs between the cells of two lines. Blank, zero and a printed sign are three things; an amount is kronor."""

from collections.abc import Sequence

from msgspec import Struct

from insyn.differences.alignment import Fate
from insyn.differences.lines import LineKind
from insyn.differences.words import setting_apart
from insyn.model import Amount, Blank, Cell, Dash, Kronor, Unit


class AmountChange(Struct, frozen=True):
    """A line's cell in one column, before and after. A cell is None where the line doesn't exist."""

    name: str
    kind: LineKind
    older: Cell | None
    newer: Cell | None

    @property
    def fate(self) -> Fate:
        """What has become of the line."""
        if self.newer is None:
            return Fate.REMOVED
        return Fate.ADDED if self.older is None else Fate.KEPT

    @property
    def difference(self) -> Kronor | None:
        """Later less earlier; None unless both are amounts."""
        if isinstance(self.older, Amount) and isinstance(self.newer, Amount):
            return Kronor(self.newer.kronor - self.older.kronor)
        return None


class Units(Struct, frozen=True):
    """The units that two budgets, or two breakdowns, are written in."""

    older: Unit
    newer: Unit

    @property
    def shown(self) -> Unit:
        """The finer of the two, so that both can be written in full."""
        return min(self.older, self.newer, key=lambda unit: unit.value)

    def agree(self, older: int, newer: int) -> bool:
        """Whether two amounts are the same. In two units they are when the finer one, rounded, is the coarser."""
        step = 0 if self.older is self.newer else max(self.older.value, self.newer.value)
        return 2 * abs(older - newer) <= step

    def same(self, older: Cell, newer: Cell) -> bool:
        match older, newer:
            case Amount(), Amount():
                return self.agree(older.kronor, newer.kronor)
            case Dash(), Dash():
                return setting_apart(older.text).strip("-") == setting_apart(newer.text).strip("-")
        return type(older) is type(newer)

    def differing(self, changes: Sequence[AmountChange]) -> tuple[AmountChange, ...]:
        """Leave out cells that are the same, and blank ones of lines that the other version doesn't have."""
        return tuple(change for change in changes if not self._is_same(change))

    def rounded(self, changes: Sequence[AmountChange]) -> int:
        """Return how many amounts differ only because the two units round them differently."""
        return sum(bool(change.difference) and self._is_same(change) for change in changes)

    def _is_same(self, change: AmountChange) -> bool:
        if change.older is None or change.newer is None:
            return isinstance(change.older or change.newer, Blank | None)
        return self.same(change.older, change.newer)
