"""Sums that may be unknown: one with a missing amount isn't a number, and nothing can be added to it.

`None` stays what it is elsewhere: that there is nothing of the kind. A type checker lets neither be taken for zero.
"""

from collections.abc import Iterable

from msgspec import Struct

from insyn.model import Kronor


class Unknown(Struct, frozen=True):
    """An unknown figure."""

    rows: tuple[str, ...] = ()
    """The rows that have no amount, as printed; empty where the plan prints nothing that would tell it."""


Money = Kronor | Unknown


def known(figure: Money) -> Kronor | None:
    """Return the figure; None when it is unknown."""
    return None if isinstance(figure, Unknown) else figure


def added(figures: Iterable[Money]) -> Money:
    """Return the sum of figures; Unknown when one of them is, and when there are none.

    >>> added([Kronor(100), Kronor(50)])
    150
    >>> added([Kronor(100), Unknown(("Region",))])
    Unknown(rows=('Region',))
    """
    parts = tuple(figures)
    amounts = [part for part in parts if not isinstance(part, Unknown)]
    if not parts or len(amounts) < len(parts):
        return unknown_of(parts)
    return Kronor(sum(amounts))


def less(figure: Money, taken: Money) -> Money:
    """Return the difference of two figures; Unknown when either is."""
    if isinstance(figure, Unknown) or isinstance(taken, Unknown):
        return unknown_of((figure, taken))
    return Kronor(figure - taken)


def unknown_of(figures: Iterable[Money]) -> Unknown:
    """Return the Unknown that depends on the unknown ones of some figures, with each of their rows once."""
    return Unknown(tuple(dict.fromkeys(row for one in figures if isinstance(one, Unknown) for row in one.rows)))


def all_known(*figures: Money) -> tuple[Kronor, ...] | None:
    """Return the figures; None when one is unknown."""
    told = tuple(figure for figure in figures if not isinstance(figure, Unknown))
    return told if len(told) == len(figures) else None
