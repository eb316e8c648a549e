"""Noticing saves: the content folder is looked through again and again, and its files told apart by their signatures.

No watcher of the system is asked: they fall silent on network disks and miss files that are saved by renaming. Those
that poll look for newer times, and miss an older file that a synchronising program puts back.
"""

import os
import stat
import time
from collections.abc import Callable, Collection, Mapping

from insyn.disk.build_record import is_content
from insyn.disk.snapshot import DEEPEST

Signature = tuple[int, int, int, int]
"""Times of change in nanoseconds, size in bytes, inode."""
Found = Mapping[str, Signature]
"""Files by path from the folder; a folder's path ends with a slash."""
OF_FOLDER: Signature = (0, 0, -1, 0)
TICK = 0.01
"""Seconds between looks at the files that are shown or were just saved."""
BETWEEN_SCANS = 0.2
"""Seconds between looks at the whole folder, at least."""
SHARE_OF_SCANS = 20
"""How many times as long as a look at the whole folder took is waited until the next."""
BEFORE_BELIEVING = 0.05
"""Seconds until a file that is empty or gone is looked at again: some programs empty a file before they write it."""
GRAIN = 2.5
"""Seconds. FAT has the coarsest timestamps in use: two saves within so long may look the same."""


def scan(root: str) -> dict[str, Signature]:
    """Return everything that is content below a folder. What vanishes meanwhile is left out."""
    found: dict[str, Signature] = {}
    waiting = [("", 0)]
    while waiting:
        folder, depth = waiting.pop()
        for name in _names(f"{root}/{folder}"):
            path = f"{folder}{name}"
            status = status_of(f"{root}/{path}") if is_content(path) else None
            if status is None:
                continue
            if stat.S_ISDIR(status.st_mode):
                found[f"{path}/"] = OF_FOLDER
                waiting += [(f"{path}/", depth + 1)] if depth < DEEPEST else []
            elif stat.S_ISREG(status.st_mode):
                found[path] = signature_of(status)
    return found


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def status_of(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except (OSError, ValueError):
        return None


def signature_of(status: os.stat_result) -> Signature:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


class Watch:
    """Waits for saves in a folder. `shown` returns the files that someone looks at now, by path from the folder."""

    def __init__(self, root: str, shown: Callable[[], Collection[str]]) -> None:
        self._root, self._shown = root, shown
        self.found: dict[str, Signature] = {}
        """What is there, as it was last taken."""
        self._saved: dict[str, float] = {}
        """By path: until when a file that was just saved is read again, whatever its signature."""
        self._next_scan = 0.0

    def doubted(self) -> list[str]:
        """Return the files that were saved so recently that another save may look the same."""
        now = time.monotonic()
        self._saved = {path: until for path, until in self._saved.items() if until > now}
        return list(self._saved)

    def look(self) -> set[str]:
        """Look once; return the paths that have changed. Sleeps for a tick."""
        time.sleep(TICK if self._saved or self._shown() else BETWEEN_SCANS)
        began = time.monotonic()
        changed = self._look_at({*self._shown(), *self._saved})
        if changed or began < self._next_scan:
            return changed
        changed = self._scan()
        ended = time.monotonic()
        self._next_scan = ended + max(BETWEEN_SCANS, SHARE_OF_SCANS * (ended - began))
        return changed

    def has_saved(self) -> bool:
        """Whether a file that is shown, or was just saved, has been saved again. The next look takes it."""
        return any(self._current(path) != self.found.get(path) for path in {*self._shown(), *self._saved})

    def take_all(self) -> set[str]:
        """Look through the folder at once; return the paths that have changed."""
        return self._scan()

    def _look_at(self, paths: Collection[str]) -> set[str]:
        changed = {path for path in paths if self._current(path) != self.found.get(path)}
        return self._taken(changed)

    def _scan(self) -> set[str]:
        found = scan(self._root)
        return self._taken({path for path in (*found, *self.found) if found.get(path) != self.found.get(path)})

    def _current(self, path: str) -> Signature | None:
        status = status_of(f"{self._root}/{path}")
        if status is None:
            return None
        if path.endswith("/"):
            return OF_FOLDER if stat.S_ISDIR(status.st_mode) else None
        return signature_of(status) if stat.S_ISREG(status.st_mode) else None

    def _taken(self, changed: set[str]) -> set[str]:
        """Note how the changed paths are now. One that is empty or gone, and wasn't, is given a moment."""
        now = {path: self._current(path) for path in changed}
        if any(self._is_doubtful(path, one) for path, one in now.items()):
            time.sleep(BEFORE_BELIEVING)
            now = {path: self._current(path) for path in changed}
        until = time.monotonic() + GRAIN
        for path, one in now.items():
            if one is None:
                self.found.pop(path, None)
            else:
                self.found[path] = one
            if not path.endswith("/"):
                self._saved[path] = until
        return changed

    def _is_doubtful(self, path: str, now: Signature | None) -> bool:
        before = self.found.get(path)
        return bool(before and before[2] and (now is None or now[2] == 0))
