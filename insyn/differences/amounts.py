"""Changed cells. Blank, zero and dash are three different values; amounts are in kronor."""

from collections.abc import Sequence

from msgspec import Struct

from insyn.differences.alignment import Fate
from insyn.differences.row_pairing import LineKind
from insyn.differences.words import setting_apart
from insyn.model import Amount, Blank, Cell, Dash, Kronor, Unit


class AmountChange(Struct, frozen=True):
    """A line's cell before and after; None if the line doesn't exist."""

    name: str
    kind: LineKind
    older: Cell | None
    newer: Cell | None
    group: str | None = None
    """Its group, if several groups have lines of that name."""
    guessed_from: str | None = None
    """Former name of a line that is probably the same; None if it surely is."""

    @property
    def fate(self) -> Fate:
        """What happened to the line."""
        if self.newer is None:
            return Fate.REMOVED
        return Fate.ADDED if self.older is None else Fate.KEPT

    @property
    def difference(self) -> Kronor | None:
        """The newer amount minus the older; None unless both are amounts."""
        if isinstance(self.older, Amount) and isinstance(self.newer, Amount):
            return Kronor(self.newer.kronor - self.older.kronor)
        return None


class Units(Struct, frozen=True):
    """The units of two budgets or breakdowns."""

    older: Unit
    newer: Unit

    @property
    def shown(self) -> Unit:
        """The finer unit, in which both can be shown exactly."""
        return min(self.older, self.newer, key=lambda unit: unit.value)

    @property
    def step(self) -> int:
        """The coarser unit in kronor."""
        return max(self.older.value, self.newer.value)

    def agree(self, older: int, newer: int) -> bool:
        """Whether two amounts are equal, after rounding to the coarser unit."""
        return 2 * abs(older - newer) <= (0 if self.older is self.newer else self.step)

    def same(self, older: Cell, newer: Cell) -> bool:
        match older, newer:
            case Amount(), Amount():
                return self.agree(older.kronor, newer.kronor)
            case Dash(), Dash():
                return setting_apart(older.text).strip("-") == setting_apart(newer.text).strip("-")
        return type(older) is type(newer)

    def differing(self, changes: Sequence[AmountChange]) -> tuple[AmountChange, ...]:
        """Return the changed cells, without blank ones of new or removed lines."""
        return tuple(change for change in changes if not self._is_same(change))

    def rounded(self, changes: Sequence[AmountChange]) -> int:
        """Return the number of amounts that differ only by rounding to another unit."""
        return sum(bool(change.difference) and self._is_same(change) for change in changes)

    def _is_same(self, change: AmountChange) -> bool:
        if change.older is None or change.newer is None:
            return isinstance(change.older or change.newer, Blank | None)
        return self.same(change.older, change.newer)
