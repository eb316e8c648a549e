"""What lies in a folder, and whether it still does: a file whose signature is as before need not be read again.

A signature is only a hint that a file is unchanged, never that it has changed. It holds the time of the inode's last
change, which no program can set back. A file touched so recently that the clock couldn't tell a second change from the
first gets no signature, and is read the next time too. An unchanged build ends here, so that hashing is imported only
for what has to be read.
"""

from __future__ import annotations

import os
import stat
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

GRAIN = 2_500_000_000
"""Nanoseconds. The coarsest clock of a file system in use, FAT's, ticks every other second."""
Signature = int
"""What a file's times, size and inode come to: 64 bits, the same in every process of one interpreter."""


class Unreadable(Exception):
    """A folder that counts can't be listed; the message is its path."""


class FolderSnapshot:
    """The files and folders under a root, by their path from it. Files have a hash of their content."""

    __slots__ = ("files", "folders", "root")

    def __init__(
        self, root: str, files: dict[str, tuple[Signature | None, str]], folders: dict[str, Signature | None]
    ) -> None:
        self.root, self.files, self.folders = root, files, folders

    def has_same(self, other: FolderSnapshot) -> bool:
        """Whether another holds the same files and folders, with the same content."""
        if self.root != other.root or self.folders.keys() != other.folders.keys():
            return False
        return len(self.files) == len(other.files) and not self.changed_since(other)

    def changed_since(self, other: FolderSnapshot) -> list[str]:
        """Return the files that another doesn't hold with the same content."""
        return [path for path, (_, found) in self.files.items() if other.files.get(path, (None, ""))[1] != found]

    def knows_more_than(self, other: FolderSnapshot) -> bool:
        """Whether something has a signature here that another doesn't know it by, as when it was too fresh then."""
        return any(now and now != other.folders.get(path) for path, now in self.folders.items()) or any(
            now and now != other.files.get(path, (None, ""))[0] for path, (now, _) in self.files.items()
        )

    def listings(self) -> dict[str, list[str]]:
        """Return the names of what counts in each folder."""
        found: dict[str, list[str]] = {path: [] for path in self.folders}
        for path in (*self.files, *self.folders):
            folder, _, name = path.rpartition("/")
            if path and folder in found:
                found[folder].append(name)
        return {path: sorted(names) for path, names in found.items()}

    def listed(self, path: str, now: Signature, listings: Mapping[str, list[str]]) -> list[str] | None:
        """Return the names in a folder whose signature is as before; None for another."""
        before = self.folders.get(path)
        return listings[path] if before is not None and before == now else None

    def parts(self) -> tuple[Any, ...]:
        """Return what it is made of, in the order that it is made of it."""
        return self.root, self.files, self.folders


class Looking:
    """Looks at what lies in a folder: from the folder itself where the system can, which takes half as long."""

    __slots__ = ("_folder", "_root")

    def __init__(self, root: str) -> None:
        self._root, self._folder = root, _opened(root)

    def __enter__(self) -> Looking:
        return self

    def __exit__(self, *fault: object) -> None:
        if self._folder is not None:
            os.close(self._folder)

    def look(self, path: str) -> os.stat_result | None:
        """Look at a path from the folder; None when nothing is there."""
        if self._folder is None:
            return _look(_join(self._root, path))
        try:
            return os.stat(path or ".", dir_fd=self._folder)
        except OSError:
            return None

    def signature(self, path: str) -> Signature | None:
        """Return the signature of what lies at a path from the folder; None when nothing does."""
        found = self.look(path)
        return None if found is None else _signature(found)


def _opened(folder: str) -> int | None:
    try:
        return os.open(folder, os.O_RDONLY) if os.stat in os.supports_dir_fd else None
    except OSError:
        return None


def signature_of(path: str) -> Signature | None:
    """Return a file's or folder's signature; None when it isn't there."""
    found = _look(path)
    return None if found is None else _signature(found)


def signature_and_inode(path: str) -> tuple[Signature | None, int]:
    """Return a file's signature and its inode, which tells whose file it is; None and 0 when it isn't there."""
    found = _look(path)
    return (None, 0) if found is None else (_signature(found), found.st_ino)


def _signature(found: os.stat_result) -> Signature:
    return hash((found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino))


def take(root: str, is_ours: Callable[[str], bool], former: FolderSnapshot | None) -> FolderSnapshot:
    """Walk a folder. What has the signature that it has in the former inventory isn't read, nor listed, again.

    `is_ours` says of a path from the root whether it counts; a folder that doesn't is not entered. Raises Unreadable.
    """
    began = time.time_ns()
    before = former if former is not None and former.root == root else FolderSnapshot(root, {}, {})
    with Looking(root) as looking:
        files = _taken_again(before, looking, began)
    return FolderSnapshot(root, files, before.folders) if files is not None else _taken_anew(before, is_ours, began)


Files = dict[str, tuple[Signature | None, str]]


def _taken_again(before: FolderSnapshot, looking: Looking, began: int) -> Files | None:
    """Look at each file again where nothing has come to any folder or gone from it; None where something has."""
    folders, root = before.folders, before.root
    if not folders or any(known is None or looking.signature(path) != known for path, known in folders.items()):
        return None
    files: Files = {}
    for path, known in before.files.items():
        found = looking.look(path)
        if found is None or not stat.S_ISREG(found.st_mode):  # a link, and what it leads to has changed
            return None
        files[path] = _file(root, path, found, known, began)
    return files


def _taken_anew(before: FolderSnapshot, is_ours: Callable[[str], bool], began: int) -> FolderSnapshot:
    listings = before.listings()
    files: Files = {}
    folders: dict[str, Signature | None] = {}
    walked: list[tuple[str, os.stat_result | None]] = []
    _walk(before.root, "", is_ours, (), lambda path, now: before.listed(path, now, listings), walked)
    for path, found in walked:
        if found is not None and stat.S_ISDIR(found.st_mode):
            folders[path] = _settled(found, began)
        else:
            files[path] = _file(before.root, path, found, before.files.get(path), began)
    return FolderSnapshot(before.root, files, folders)


def _file(
    root: str, path: str, found: os.stat_result | None, known: tuple[Signature | None, str] | None, began: int
) -> tuple[Signature | None, str]:
    """Return what is told of a file, which is read unless it has the signature that it is known by."""
    if known is not None and found is not None and known[0] == _signature(found):
        return known
    return _settled(found, began), _hash_of_file(f"{root}/{path}")


def _hash_of_file(path: str) -> str:
    from insyn.disk.hashing import hash_of_file

    return hash_of_file(path)


def _settled(found: os.stat_result | None, began: int) -> Signature | None:
    """Return a signature that can be trusted later, or None for one too fresh."""
    if found is None or max(found.st_mtime_ns, found.st_ctime_ns) > began - GRAIN:
        return None
    return _signature(found)


def _walk(
    root: str,
    path: str,
    is_ours: Callable[[str], bool],
    above: tuple[tuple[int, int], ...],
    listed: Callable[[str, Signature], list[str] | None],
    found: list[tuple[str, os.stat_result | None]],
) -> None:
    """Find every folder and file that counts, in an order that is the same on every machine.

    A link back to a folder that it lies in, one of those `above`, is not entered; what is neither a file nor a folder
    can't be read to its end, and doesn't count. A link to nothing is a file that can't be read.
    `listed` returns what lies in a folder when that is known from its signature.
    """
    folder = _look(_join(root, path))
    if folder is None:
        raise Unreadable(_join(root, path))
    inside = folder.st_dev, folder.st_ino
    if inside in above:
        return
    found.append((path, folder))
    known = listed(path, _signature(folder))
    names = _list(_join(root, path)) if known is None else known
    for inner in (f"{path}/{name}" if path else name for name in names):
        if not is_ours(inner):
            continue
        entry = _look(f"{root}/{inner}")
        if entry is not None and stat.S_ISDIR(entry.st_mode):
            _walk(root, inner, is_ours, (*above, inside), listed, found)
        elif entry is None or stat.S_ISREG(entry.st_mode):
            found.append((inner, entry))


def _join(root: str, path: str) -> str:
    return f"{root}/{path}" if path else root


def _look(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except OSError:
        return None


def read_file(path: str) -> bytes | None:
    """Return a file's content; None when it can't be read."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


def _list(folder: str) -> list[str]:
    """Return the names in a folder. Raises Unreadable."""
    try:
        return sorted(os.listdir(folder))
    except OSError as fault:
        raise Unreadable(folder) from fault
