"""Workers that share work. They are forked, so what the work needs is there without being sent.

A module of its own, since importing what it takes is worth it only when there is much to do.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any

_work: list[Callable[[Sequence[Any]], list[Any]]] = []
"""What a forked worker is to do. Set in the worker alone: it was forked with the function, which can't be sent."""


class Ended(Exception):
    """A worker ended before its work did."""


def share(make: Callable[[Sequence[Any]], list[Any]], pieces: Sequence[Sequence[Any]], workers: int) -> Iterator[Any]:
    """Yield what is made of each piece, as they get done. Raises Ended, and whatever a worker raises."""
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("fork"), _begin, (make,))
    try:
        yield from (done.result() for done in as_completed([pool.submit(_do, piece) for piece in pieces]))
    except BrokenProcessPool as fault:
        raise Ended from fault
    finally:
        pool.shutdown(cancel_futures=True)


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
