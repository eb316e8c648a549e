"""Measurements of processes and of the files they write, and statistics over runs."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

CLOCK = Path(__file__).with_name("clock.py")
MEGABYTE = 1_000_000

Snapshot = dict[str, tuple[int, int, int]]
"""By path: inode, modification time and size."""


class Failed(Exception):
    """The measured command failed; the message says how."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One measurement: wall seconds, CPU seconds, peak megabytes."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Several measurements of the same thing."""

    values: tuple[float, ...]

    @property
    def middle(self) -> float:
        return median(self.values)

    @property
    def least(self) -> float:
        return min(self.values)

    @property
    def most(self) -> float:
        return max(self.values)


def take(command: Sequence[str], folder: Path, log: Path) -> Taken:
    """Time a command in a folder. Raises Failed when it exits with anything but 0."""
    clock = [sys.executable, "-I", "-S", str(CLOCK), str(log), *command]
    said = subprocess.run(clock, cwd=folder, env=environment(), check=True, capture_output=True, text=True)
    wall, cpu, memory, code = said.stdout.split()
    if code != "0":
        raise Failed(f"{' '.join(command)} ended with {code}:\n{log.read_text('utf-8', 'replace')[-2000:]}")
    return Taken(float(wall), float(cpu), int(memory) / MEGABYTE)


def environment() -> dict[str, str]:
    """Return the environment without variables that affect Python's start."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def snapshot(folder: Path) -> Snapshot:
    """Return the state of every file in a folder."""
    found = ((file, file.stat()) for file in folder.rglob("*") if file.is_file())
    return {str(file): (seen.st_ino, seen.st_mtime_ns, seen.st_size) for file, seen in found}


def written(before: Snapshot, after: Snapshot) -> int:
    """Count the files that are new or rewritten."""
    return sum(before.get(file) != seen for file, seen in after.items())
