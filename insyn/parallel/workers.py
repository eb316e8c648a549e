"""Work spread over all cores, when there is enough of it."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from insyn.parallel.cores import available_cores, can_fork

Given = TypeVar("Given")
Made = TypeVar("Made")
Many = Callable[[Sequence[Given]], list[Made]]
Progress = Callable[[str, int, int], None]
"""Called with the step (a key in `texts.yaml`), the number done and the total."""
WORTH_FORKING = 12
"""Fewer items than this take less time than to start workers."""
PIECE = 8
"""Items per chunk: enough for one write to the store, few enough to balance the load."""


class Lost(Exception):
    """A worker died, most likely killed for lack of memory."""


def spread(make: Many[Given, Made], items: Sequence[Given], *, apart: bool = False) -> Iterator[list[Made]]:
    """Yield the items' results a chunk at a time, in any order. With one core or few items, no worker is forked.

    `apart` is for work that leaves threads in its process, after which forking is unsafe: it runs in workers wherever
    forking is possible, one item at a time. Raises Lost, and whatever a worker raises.
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
    """Whether work on so many items is spread over workers."""
    return len(items) >= WORTH_FORKING and available_cores() > 1 and can_fork()
