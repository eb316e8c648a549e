"""A pool of forked workers. They inherit the function and its data, so only items and results are pickled.

Apart from `workers`, because `multiprocessing` is worth importing only when there is much to do.
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
"""The worker's function, set in workers only: a closure can be inherited but not pickled."""


class Ended(Exception):
    """A worker died."""


def share(make: Callable[[Sequence[Any]], list[Any]], pieces: Sequence[Sequence[Any]], workers: int) -> Iterator[Any]:
    """Yield each piece's results, in order of completion. Raises Ended, and whatever a worker raises."""
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("fork"), _begin, (make,))
    try:
        yield from (done.result() for done in as_completed([pool.submit(_do, piece) for piece in pieces]))
    except BrokenProcessPool as fault:
        raise Ended from fault
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(make: Callable[[Sequence[Any]], list[Any]]) -> None:
    """Initialise a worker. It ignores SIGINT, and exits when its parent does."""
    _work[:] = [make]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _do(piece: Sequence[Any]) -> list[Any]:
    return _work[0](piece)
