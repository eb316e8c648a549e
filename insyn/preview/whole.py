"""The whole site with PDFs and search, made when someone asks for it by a process of its own, so that no save waits."""

import subprocess
import sys
import threading
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from insyn.build import pipeline
from insyn.build.pipeline import Preflight
from insyn.disk import build_record
from insyn.disk.content import Changed
from insyn.disk.materials import PROJECT

FOLDER = "hela"
TRIES = 3
"""Times that the site is begun again because someone saved meanwhile."""
DONE, FAILED = 0, 1


class WholeState(Enum):
    """Whether the whole site is there."""

    NONE = "none"
    BEING_MADE = "being-made"
    MADE = "made"
    FAILED = "failed"


class Whole:
    """Makes the whole site from the copy that is previewed, one at a time. Safe for threads."""

    def __init__(self, copy: Path, tell: Callable[[], None]) -> None:
        """`tell` is called when the state has changed."""
        self.folder = copy.parent / FOLDER
        self.state = WholeState.NONE
        self._copy, self._tell, self._lock = copy, tell, threading.Lock()

    def begin(self) -> None:
        """Begin to make it, unless that is being done."""
        with self._lock:
            if self.state is WholeState.BEING_MADE:
                return
            self.state = WholeState.BEING_MADE
        self._tell()
        threading.Thread(target=self._make, daemon=True).start()

    def _make(self) -> None:
        command = [sys.executable, "-m", "insyn.preview.whole", str(self._copy), str(self.folder)]
        silent = subprocess.DEVNULL
        done = subprocess.run(command, cwd=PROJECT, stdin=silent, stdout=silent, stderr=silent, check=False)
        with self._lock:
            self.state = WholeState.MADE if done.returncode == DONE else WholeState.FAILED
        self._tell()


def make(content: Path, target: Path) -> int:
    """Build the site with drafts, PDFs and search; return the exit code."""
    for _ in range(TRIES):
        record = build_record.read(content, target)
        preflight = Preflight(record, build_record.snapshot_inputs(content, record))
        try:
            examined = pipeline.examine_preview(content, target, _quiet, preflight, pdfs=True, search=True)
            if examined.stopping:
                return FAILED
            result = pipeline.publish_preview(examined)
        except Changed:
            continue
        pipeline.write_record(result, content, target, "", "")
        return DONE
    return FAILED


def _quiet(_step: str, _done: int, _total: int) -> None:
    """Show no progress: nobody sees it."""


if __name__ == "__main__":
    sys.exit(make(Path(sys.argv[1]), Path(sys.argv[2])))
