"""A printed figure that the figures it rests on don't give."""

from msgspec import Struct

from insyn.model import Column, Control, Kronor
from insyn.problems import Place


class Finding(Struct, frozen=True):
    """One printed figure, what it should have been, and what that was computed from."""

    control: Control
    column: Column
    subject: str
    """The name of the row, group or block."""
    printed: Kronor
    computed: Kronor
    parts: tuple[tuple[str, Kronor], ...]
    """Name and amount of each addend; empty when the figure isn't a sum of rows."""
    place: Place
    rows: tuple[str, ...] = ()
    """Names by which a deviation may point at the figure."""
    lacking: tuple[str, ...] = ()
    """The rows that it needs and that have no amount: then it may well be right."""
    follows_subtotals: bool = False
    """Whether it is what the printed subtotals make, though not what the rows do: one rounding needs one deviation."""

    @property
    def difference(self) -> Kronor:
        return Kronor(abs(self.computed - self.printed))
