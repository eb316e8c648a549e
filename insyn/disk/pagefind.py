"""Runs Pagefind, the program that makes the search index."""

import os
import subprocess
from pathlib import Path

from msgspec import Struct

from insyn.disk.deterministic_index import UnknownFormat, in_order

ENGINE = ("pagefind.js", "pagefind-worker.js", "wasm.sv.")
"""File names of the search engine. It reads several indexes, so only one index brings it."""
ENTRY = "pagefind-entry.json"
"""The file that a browser requests first. It names the others."""
TIMEOUT = 600
"""Seconds. 10,000 plans take twenty."""


class Failed(Exception):
    """Pagefind failed; the message is its own or the system's."""


class PagefindRun(Struct, frozen=True):
    """A running Pagefind process."""

    process: subprocess.Popen[bytes]
    target: Path

    def wait(self) -> None:
        """Wait for the index and make it deterministic. Raises Failed."""
        try:
            _, message = self.process.communicate(timeout=TIMEOUT)
        except subprocess.SubprocessError as fault:
            raise Failed(str(fault)) from fault
        if self.process.returncode or not (self.target / ENTRY).is_file():
            raise Failed(message.decode("utf-8", "replace").strip() or f"{ENTRY}, {self.process.returncode}")
        _put_in_order(self.target)

    def kill(self) -> None:
        """Kill the process if it still runs."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


def begin(pages: Path, target: Path) -> PagefindRun:
    """Start indexing the pages in a folder. Raises Failed."""
    command = [_program(), "--site", str(pages), "--output-path", str(target), "--silent"]
    alone = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    try:  # in the folder of the pages, where no file with settings lies
        process = subprocess.Popen(
            command,
            cwd=pages,
            env=alone,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
    except OSError as fault:
        raise Failed(str(fault)) from fault
    return PagefindRun(process, target)


def _put_in_order(target: Path) -> None:
    """Rewrite the index so that the same pages give the same bytes. Raises Failed."""
    found = [target / ENTRY, *target.glob("*.pf_meta"), *target.glob("filter/*.pf_filter")]
    try:
        settled = in_order({file.relative_to(target).as_posix(): file.read_bytes() for file in found})
        for file in found:
            file.unlink()
        for path, body in settled.items():
            (target / path).write_bytes(body)
    except (OSError, UnknownFormat) as fault:
        raise Failed(str(fault)) from fault


def _program() -> str:
    """Return the path of the program, in the package `pagefind_bin`. Raises Failed."""
    try:
        from pagefind_bin import get_executable
    except ImportError as fault:
        raise Failed(str(fault)) from fault
    try:
        return str(get_executable())
    except OSError as fault:
        raise Failed(str(fault)) from fault


def is_engine(path: str) -> bool:
    """Whether a file written by Pagefind is part of the search engine."""
    return path.rpartition("/")[2].startswith(ENGINE)


def is_index(path: str) -> bool:
    """Whether a file written by Pagefind is part of an index. Its ready-made search forms aren't used."""
    return path.endswith((".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment", f"/{ENTRY}"))
