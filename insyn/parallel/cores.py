"""How many processes may run at once."""

import os
import sys


def available_cores() -> int:
    """Return the number of cores available to this process."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_threads: list[str] = []
"""Why this process has threads of its own, if it has."""


def can_fork() -> bool:
    """Whether forking is safe: Windows has none, macOS system libraries crash after it, and threads may hold locks."""
    return sys.platform == "linux" and not _threads


def never_fork_again(reason: str) -> None:
    """Tell that this process is about to start threads that stay."""
    _threads.append(reason)
