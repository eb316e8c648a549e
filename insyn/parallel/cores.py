"""How many processes may work at once."""

import os
import sys


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_fork() -> bool:
    """Whether forking is safe here: not on Windows, and on macOS system libraries don't stand it."""
    return sys.platform == "linux"
