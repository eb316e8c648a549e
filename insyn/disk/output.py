"""The published tree: files are written aside, and moved into place only when all of them are there.

A reader meets a whole file or none. A build that fails or stops before the move leaves the tree as it was. One that
is killed in the middle of the move, a few milliseconds, leaves whole files of both builds; the next build mends that.
"""

import os
import shutil
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from insyn.disk.inventory import Signature, signature_of

MARKER = ".insyn"
"""Stands in every folder that we have written and lists the files there that are ours."""


class NotOurs(Exception):
    """The output folder holds something, and nothing says that it was written by us."""


class Staging:
    """A folder beside the output folder, on the same disk, where a build writes its files."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.folder = output.with_name(f".{output.name}-{os.getpid()}-ny")

    def write(self, path: str, body: bytes) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)

    def paths(self) -> list[str]:
        """Return what has been written, by whichever process."""
        found = (file for file in self.folder.rglob("*") if file.is_file())
        return sorted(file.relative_to(self.folder).as_posix() for file in found)

    def remove(self) -> None:
        """Remove what is left, also of builds that were killed."""
        shutil.rmtree(self.folder, ignore_errors=True)
        for other in self.folder.parent.glob(f".{self.output.name}-*-ny"):
            if not _is_running(other.name.removesuffix("-ny").rpartition("-")[2]):
                shutil.rmtree(other, ignore_errors=True)


def _is_running(process: str) -> bool:
    """Whether a process with this number runs; on doubt, yes."""
    if not process.isdecimal() or os.name != "posix":
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def check_ours(output: Path) -> None:
    """Raise NotOurs when the output folder is someone else's."""
    if output.exists() and not (output / MARKER).is_file() and (not output.is_dir() or any(output.iterdir())):
        raise NotOurs(str(output))


def ours_in(output: Path) -> frozenset[str]:
    """Return the files in the output folder that we have published."""
    try:
        return frozenset((output / MARKER).read_text("utf-8").splitlines())
    except OSError:
        return frozenset()


def publish(staging: Staging, output: Path, keep: Iterable[str]) -> None:
    """Move what is staged into place, and remove what is ours but neither staged nor to be kept."""
    fresh = staging.paths()
    wanted = {*keep, *fresh}
    ours = ours_in(output)
    if ours != wanted:
        staging.write(MARKER, "".join(f"{path}\n" for path in sorted(wanted)).encode())
    with _undisturbed():
        for path in staging.paths():
            target = output / path
            target.parent.mkdir(parents=True, exist_ok=True)
            (staging.folder / path).replace(target)
        for path in sorted(ours - wanted):
            _remove(output, path)
    staging.remove()


def _remove(output: Path, path: str) -> None:
    """Remove a file of ours, and the folders that it leaves empty. A path that leads out of the folder is not ours."""
    target = output / path
    if ".." in Path(path).parts or Path(path).is_absolute():
        return
    target.unlink(missing_ok=True)
    for folder in target.parents:
        if folder == output:
            return
        try:
            folder.rmdir()
        except OSError:
            return


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let a request to stop wait until every file is in place."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []
    kinds = (signal.SIGINT, signal.SIGTERM)
    former = {kind: signal.signal(kind, lambda number, _frame: asked.append(number)) for kind in kinds}
    try:
        yield
    finally:
        for kind, handler in former.items():
            signal.signal(kind, handler)
        for number in asked:
            signal.raise_signal(number)


def signatures(output: Path, keys: Mapping[str, str]) -> dict[str, tuple[str, Signature | None]]:
    """Return each published file's key with its signature as it now is."""
    return {path: (key, signature_of(f"{output}/{path}")) for path, key in keys.items()}
