"""Runs Pagefind, the program that makes the index that the search page looks in."""

import os
import subprocess
from pathlib import Path

from msgspec import Struct

from insyn.disk.pagefind_order import UnknownFormat, in_order

ENGINE = ("pagefind.js", "pagefind-worker.js", "wasm.sv.")
"""What looks things up. It can look in several indexes, so one of them brings it."""
ENTRY = "pagefind-entry.json"
"""What a browser asks for first. It names the rest."""
LONGEST = 600
"""Seconds. A site of 10 000 plans takes twenty."""


class Failed(Exception):
    """No index could be made; the message is what the program or the system said."""


class Making(Struct, frozen=True):
    """An index that is being made."""

    process: subprocess.Popen[bytes]
    target: Path

    def end(self) -> None:
        """Wait until it is made. Nothing but the pages decides it. Raises Failed."""
        try:
            _, said = self.process.communicate(timeout=LONGEST)
        except subprocess.SubprocessError as fault:
            raise Failed(str(fault)) from fault
        if self.process.returncode or not (self.target / ENTRY).is_file():
            raise Failed(said.decode("utf-8", "replace").strip() or f"{ENTRY}, {self.process.returncode}")
        _put_in_order(self.target)

    def stop(self) -> None:
        """End it wherever it is."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


def begin(pages: Path, target: Path) -> Making:
    """Begin to write an index of the pages in a folder to another, beside all else that is done. Raises Failed."""
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
    return Making(process, target)


def _put_in_order(target: Path) -> None:
    """Make the index the same for the same pages. Raises Failed."""
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
    """Return where the program is: in the package that pip has installed. Raises Failed."""
    try:
        from pagefind_bin import get_executable
    except ImportError as fault:
        raise Failed(str(fault)) from fault
    try:
        return str(get_executable())
    except OSError as fault:
        raise Failed(str(fault)) from fault


def is_engine(path: str) -> bool:
    """Whether a file that Pagefind has written is a part of the engine that the search page runs."""
    return path.rpartition("/")[2].startswith(ENGINE)


def is_index(path: str) -> bool:
    """Whether it is a part of the index. It also writes forms of its own, which no page asks for."""
    return path.endswith((".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment", f"/{ENTRY}"))
