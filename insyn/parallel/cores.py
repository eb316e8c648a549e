"""How many processes may run at once."""

import os
import sys


def available_cores() -> int:
    """Return the number of cores available to this process."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_fork() -> bool:
    """Whether forking is safe: Windows has none, and macOS system libraries crash after it."""
    return sys.platform == "linux"
