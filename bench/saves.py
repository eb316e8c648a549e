"""Counts the saves that the preview doesn't notice: `python -m bench.saves 1000`.

A file is saved in the ways of editors and of programs that synchronise, and taken in as by a preview; nothing is built.
Prints the saves that were missed, by way, and the seconds until one was taken.
"""

import os
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

from bench.table import figure, markdown
from insyn.disk.mirror import Mirror
from insyn.disk.watch import Watch

PATIENCE = 3.0
"""Seconds before a save counts as missed."""
FILE = "norr/2026/plan.md"


def save_in_place(file: Path, body: bytes) -> None:
    file.write_bytes(body)


def save_by_renaming(file: Path, body: bytes) -> None:
    aside = file.with_name(f".{file.name}.tmp")
    aside.write_bytes(body)
    aside.replace(file)


def save_as_vim(file: Path, body: bytes) -> None:
    kept = file.with_name(f"{file.name}~")
    file.rename(kept)
    file.write_bytes(body)
    kept.unlink()


def save_with_older_time(file: Path, body: bytes) -> None:
    file.write_bytes(body)
    os.utime(file, (1_500_000_000, 1_500_000_000))


def save_twice(file: Path, body: bytes) -> None:
    file.write_bytes(body.replace(b"Sparad ", b"Spared "))
    time.sleep(random.uniform(0.0, 0.05))
    file.write_bytes(body)


def save_empty_first(file: Path, body: bytes) -> None:
    file.write_bytes(b"")
    time.sleep(random.uniform(0.0, 0.04))
    file.write_bytes(body)


SAVES = (
    ("in place", save_in_place),
    ("by renaming", save_by_renaming),
    ("as Vim does", save_as_vim),
    ("with an older time", save_with_older_time),
    ("twice within 50 ms", save_twice),
    ("empty for a moment", save_empty_first),
)


class Reader:
    """Takes what is saved in a folder, in a thread of its own, as a preview does."""

    def __init__(self, content: Path, copy: Path) -> None:
        self.latest = b""
        self._watch, self._mirror = Watch(str(content), lambda: [FILE]), Mirror(content, copy)
        self._watch.take_all()
        self._mirror.take(self._mirror.all_paths(self._watch.found))
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            changed = self._watch.look() | set(self._watch.doubted())
            for version in self._mirror.take(changed).values():
                self.latest = version[0] if version else self.latest


def main(count: int, folder: Path) -> None:
    file = folder / "content" / FILE
    file.parent.mkdir(parents=True)
    file.write_bytes(b"# Plan\n")
    reader, taken = Reader(folder / "content", folder / "copy"), []
    missed = dict.fromkeys((name for name, _ in SAVES), 0)
    for number in range(count):
        name, save = SAVES[number % len(SAVES)]
        body = b"Sparad %06d.\n" % number
        save(file, body)
        began = time.perf_counter()
        while reader.latest != body and time.perf_counter() - began < PATIENCE:
            time.sleep(0.001)
        taken.append(time.perf_counter() - began)
        missed[name] += reader.latest != body
        time.sleep(random.uniform(0.0, 0.02))
    taken.sort()
    rows = [[name, str(count // len(SAVES)), str(number)] for name, number in missed.items()]
    sys.stdout.write(f"{markdown(('saved', 'saves', 'missed'), rows)}\n")
    sys.stdout.write(f"p50 {figure(taken[count // 2])} s, p95 {figure(taken[int(count * 0.95)])} s\n")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        main(int(sys.argv[1]), Path(made))
