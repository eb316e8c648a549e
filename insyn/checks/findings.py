"""A printed figure that the figures it rests on don't give."""

from dataclasses import dataclass, field

from insyn.model import Column, Control, Kronor
from insyn.problems import Place


@dataclass(frozen=True, slots=True)
class Finding:
    """One printed figure, what it should have been, and what that was computed from."""

    control: Control
    column: Column
    subject: str
    """The name of the row, group or block."""
    printed: Kronor
    computed: Kronor
    parts: tuple[tuple[str, Kronor], ...]
    """Name and amount of each addend; empty when the figure isn't a sum of rows."""
    place: Place = field(compare=False)
    rows: tuple[str, ...] = ()
    """Names by which a deviation may point at the figure."""

    @property
    def difference(self) -> Kronor:
        return Kronor(abs(self.computed - self.printed))
