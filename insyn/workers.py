"""Spreads work over the machine's cores, when there is enough of it."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from insyn.cores import available_cores, can_fork

Given = TypeVar("Given")
Made = TypeVar("Made")
Many = Callable[[Sequence[Given]], list[Made]]
WORTH_FORKING = 12
"""Fewer pieces of work than this are done sooner than workers are started."""
PIECE = 8
"""How much work a worker takes at a time: enough to write to the store in one go, little enough to share evenly."""


class Lost(Exception):
    """A worker ended before its work did, most likely stopped by a machine without memory left."""


def spread(make: Many[Given, Made], items: Sequence[Given]) -> Iterator[list[Made]]:
    """Yield what is made of the items, some at a time, in no settled order. With one core, all is made here.

    Raises Lost, and whatever a worker raises.
    """
    pieces = [items[start : start + PIECE] for start in range(0, len(items), PIECE)]
    if not will_fork(items):
        yield from (make(piece) for piece in pieces)
        return
    from insyn.pool import Ended, share

    try:
        yield from share(make, pieces, min(available_cores(), len(pieces)))
    except Ended as fault:
        raise Lost from fault


def will_fork(items: Sequence[object]) -> bool:
    """Whether work on so many items is spread over several processes."""
    return len(items) >= WORTH_FORKING and available_cores() > 1 and can_fork()
