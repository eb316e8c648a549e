"""Runs one command and prints what it took: `python -I -S bench/clock.py LOG COMMAND...`

It stands by itself and is started anew for each measurement, because on Linux a process's peak memory counts from the
process that started it: this one is smaller than anything that it is to measure. What the command prints goes to LOG.
"""

import os
import sys
import time

UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in the system's unit of peak memory."""


def main(log: str, command: list[str]) -> None:
    """Time a whole process: wall, processor time with its children, peak memory of the largest of them, exit code."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    to_log = [(os.POSIX_SPAWN_OPEN, 1, log, flags, 0o600), (os.POSIX_SPAWN_DUP2, 1, 2)]
    began = time.perf_counter()
    process = os.posix_spawn(command[0], command, os.environ, file_actions=to_log)
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - began
    print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * UNIT, os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
