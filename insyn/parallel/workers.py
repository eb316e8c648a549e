"""Spreads work over the machine's cores, when there is enough of it."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from insyn.parallel.cores import available_cores, can_fork

Given = TypeVar("Given")
Made = TypeVar("Made")
Many = Callable[[Sequence[Given]], list[Made]]
Progress = Callable[[str, int, int], None]
"""Told which step is under way (a key of the catalogue), and how many of how many are done."""
WORTH_FORKING = 12
"""Fewer pieces of work than this are done sooner than workers are started."""
PIECE = 8
"""How much work a worker takes at a time: enough to write to the store in one go, little enough to share evenly."""


class Lost(Exception):
    """A worker ended before its work did, most likely stopped by a machine without memory left."""


def spread(make: Many[Given, Made], items: Sequence[Given], *, apart: bool = False) -> Iterator[list[Made]]:
    """Yield what is made of the items, some at a time, in no settled order. With one core, all is made here.

    `apart` is for long work that leaves something behind in its process, such as threads, which no later worker may
    be forked with: it is never done here where workers can be forked, and each of them takes one item at a time.
    Raises Lost, and whatever a worker raises.
    """
    piece = 1 if apart else PIECE
    pieces = [items[start : start + piece] for start in range(0, len(items), piece)]
    if not (pieces and can_fork()) if apart else not will_fork(items):
        yield from (make(piece) for piece in pieces)
        return
    from insyn.parallel.pool import Ended, share

    try:
        yield from share(make, pieces, min(available_cores(), len(pieces)))
    except Ended as fault:
        raise Lost from fault


def will_fork(items: Sequence[object]) -> bool:
    """Whether work on so many items is spread over several processes."""
    return len(items) >= WORTH_FORKING and available_cores() > 1 and can_fork()
