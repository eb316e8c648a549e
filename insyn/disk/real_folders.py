"""Guards against symbolic links within the output folder, through which files elsewhere would be written or removed."""

import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path


class RealFolders:
    """The folders within a root that are known not to be links. The root itself may be one."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._known: set[str] = set()

    def link_above(self, path: str) -> str | None:
        """Return the first symbolic link among the folders above a path; None if there is none."""
        for folder in folders_above(path):
            if folder in self._known:
                continue
            if _is_link(f"{self._root}/{folder}"):
                return folder
            self._known.add(folder)
        return None

    def clear(self, path: str) -> None:
        """Remove symbolic links among the folders above a path, but not their targets. Raises OSError."""
        while link := self.link_above(path):
            Path(self._root, link).unlink()


def _is_link(path: str) -> bool:
    """Return whether a path is a symbolic link. Faster than `Path`, since an edit checks every folder."""
    try:
        return stat.S_ISLNK(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return False


def linked(root: str, paths: Collection[str]) -> frozenset[str]:
    """Return the paths that lead through a symbolic link."""
    folders = RealFolders(root)
    if not any(folders.link_above(f"{folder}/") for folder in {path.rpartition("/")[0] for path in paths}):
        return frozenset()
    return frozenset(path for path in paths if folders.link_above(path))


def folders_above(path: str) -> Iterator[str]:
    """Yield "a", "a/b" for "a/b/c" and for "a/b/"."""
    end = path.find("/")
    while end > 0:
        yield path[:end]
        end = path.find("/", end + 1)
