"""Builds into one output folder take turns: a lock that ends with its process, however that ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from insyn.disk.build_record import cache_folder

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


@contextmanager
def own_turn(output: Path) -> Iterator[bool]:
    """Wait until no other build writes to an output folder; yield whether there was one.

    Where files can't be locked, or the cache can't be written to, nothing is waited for.
    """
    lock = _open(output) if fcntl else None
    if lock is None:
        yield False
        return
    try:
        yield _wait(lock)
    finally:
        os.close(lock)


@contextmanager
def turn_if_free(output: Path) -> Iterator[bool]:
    """Take the turn for an output folder at once; yield whether nobody else has it."""
    lock = _open(output) if fcntl else None
    if lock is None:
        yield True
        return
    try:
        yield _take(lock)
    finally:
        os.close(lock)


def _take(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def _open(output: Path) -> int | None:
    """Return a file to lock. It isn't removed: another build may be waiting for it."""
    folder, place = Path(cache_folder(output)), crc32(os.fsencode(os.path.realpath(output)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder / f"tur-{place:08x}", os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        return None


def _wait(lock: int) -> bool:
    if _take(lock):
        return False
    fcntl.flock(lock, fcntl.LOCK_EX)
    return True
