"""A printed figure that its underlying figures contradict."""

from msgspec import Struct

from insyn.model import Column, Control, Kronor
from insyn.problems import Place


class Finding(Struct, frozen=True):
    """One printed figure, the figure that was expected, and the basis of that."""

    control: Control
    column: Column
    subject: str
    """Name of the row, group or block."""
    printed: Kronor
    computed: Kronor
    parts: tuple[tuple[str, Kronor], ...]
    """Name and amount of each addend; empty if the figure isn't a sum of rows."""
    place: Place
    rows: tuple[str, ...] = ()
    """Names by which a deviation may refer to the figure."""
    lacking: tuple[str, ...] = ()
    """Rows that the figure needs but that have no amount; without them it may well be right."""
    follows_subtotals: bool = False
    """Whether it equals the sum of the printed subtotals, though not of the rows: one rounding needs one deviation."""

    @property
    def difference(self) -> Kronor:
        return Kronor(abs(self.computed - self.printed))
