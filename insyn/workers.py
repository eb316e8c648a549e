"""Spreads work over the machine's cores. Workers are forked, so what the work needs is there without being sent."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from insyn.cores import available_cores, can_fork

Given = TypeVar("Given")
Made = TypeVar("Made")
Many = Callable[[Sequence[Given]], list[Made]]
WORTH_FORKING = 12
"""Fewer pieces of work than this are done sooner than workers are started."""
PIECE = 8
"""How much work a worker takes at a time: enough to write to the store in one go, little enough to share evenly."""

_work: list[Callable[[Sequence[Any]], list[Any]]] = []
"""What a forked worker is to do. Set in the worker alone: it was forked with the function, which can't be sent."""


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
    workers = min(available_cores(), len(pieces))
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("fork"), _begin, (make,))
    try:
        yield from (done.result() for done in as_completed([pool.submit(_do, piece) for piece in pieces]))
    except BrokenProcessPool as fault:
        raise Lost from fault
    finally:
        pool.shutdown(cancel_futures=True)


def will_fork(items: Sequence[object]) -> bool:
    """Whether work on so many items is spread over several processes."""
    return len(items) >= WORTH_FORKING and available_cores() > 1 and can_fork()


def _begin(make: Callable[[Sequence[Any]], list[Any]]) -> None:
    """Make a forked worker ready. It is the first process that is asked to stop; a worker ends when that one has."""
    _work[:] = [make]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _do(piece: Sequence[Any]) -> list[Any]:
    return _work[0](piece)
