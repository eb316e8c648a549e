"""Times one command: `python -I -S bench/clock.py LOG COMMAND...`

A program of its own, started for each measurement: on Linux a process's peak memory includes that of the process it was
forked from, and this one is smaller than anything it measures. The command's output goes to LOG.
"""

import os
import sys
import time

UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in the system's unit of peak memory."""


def main(log: str, command: list[str]) -> None:
    """Print wall and CPU seconds (with children), peak memory of the largest process in MB, and exit code."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    to_log = [(os.POSIX_SPAWN_OPEN, 1, log, flags, 0o600), (os.POSIX_SPAWN_DUP2, 1, 2)]
    began = time.perf_counter()
    process = os.posix_spawn(command[0], command, os.environ, file_actions=to_log)
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - began
    print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * UNIT, os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
