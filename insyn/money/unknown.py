"""Sums that may be unknown. One that depends on an amount that isn't told is no number: nothing can be added to it.

`None` stays what it is elsewhere: that there is nothing of the kind. A type checker lets neither be taken for zero.
"""

from collections.abc import Iterable

from msgspec import Struct

from insyn.model import Kronor


class Unknown(Struct, frozen=True):
    """A figure that can't be told."""

    rows: tuple[str, ...] = ()
    """The rows that have no amount, as printed; empty where the plan prints nothing that would tell it."""


Money = Kronor | Unknown


def known(figure: Money) -> Kronor | None:
    """Return a figure that is told; None for one that isn't."""
    return None if isinstance(figure, Unknown) else figure


def added(figures: Iterable[Money]) -> Money:
    """Add figures; unknown when one of them is, and when there is none."""
    parts = tuple(figures)
    amounts = [part for part in parts if not isinstance(part, Unknown)]
    if not parts or len(amounts) < len(parts):
        return unknown_of(parts)
    return Kronor(sum(amounts))


def less(figure: Money, taken: Money) -> Money:
    """Take one figure from another; unknown when either is."""
    if isinstance(figure, Unknown) or isinstance(taken, Unknown):
        return unknown_of((figure, taken))
    return Kronor(figure - taken)


def unknown_of(figures: Iterable[Money]) -> Unknown:
    """Return what is unknown since some figures are, with every row that they lack, each once."""
    return Unknown(tuple(dict.fromkeys(row for one in figures if isinstance(one, Unknown) for row in one.rows)))


def all_known(*figures: Money) -> tuple[Kronor, ...] | None:
    """Return figures that are all told; None when one isn't."""
    told = tuple(figure for figure in figures if not isinstance(figure, Unknown))
    return told if len(told) == len(figures) else None
