"""Snapshots of a folder: each file's signature and content hash. A file with the same signature isn't read again.

The same signature means an unchanged file; another one proves nothing. It includes the inode's change time, which no
program can set back. A file modified so recently that the clock couldn't separate a second change from the first gets
no signature, and is read the next time too. An unchanged build ends here, so hashing is imported only when needed.
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
"""Nanoseconds. FAT has the coarsest timestamps in use: two seconds."""
Signature = int
"""A hash of a file's times, size and inode: 64 bits, stable between processes of one interpreter."""


class Unreadable(Exception):
    """A folder can't be listed; the message is its path."""


class FolderSnapshot:
    """Files, as (signature, content hash), and folders under a root, by path from it."""

    __slots__ = ("files", "folders", "root")

    def __init__(
        self, root: str, files: dict[str, tuple[Signature | None, str]], folders: dict[str, Signature | None]
    ) -> None:
        self.root, self.files, self.folders = root, files, folders

    def has_same(self, other: FolderSnapshot) -> bool:
        """Whether another snapshot has the same files and folders, with the same content."""
        if self.root != other.root or self.folders.keys() != other.folders.keys():
            return False
        return len(self.files) == len(other.files) and not self.changed_since(other)

    def changed_since(self, other: FolderSnapshot) -> list[str]:
        """Return the files that are new or have other content than in another snapshot."""
        return [path for path, (_, found) in self.files.items() if other.files.get(path, (None, ""))[1] != found]

    def has_newer_signatures(self, other: FolderSnapshot) -> bool:
        """Whether a file or folder has a signature here and another or none there: worth recording."""
        return any(now and now != other.folders.get(path) for path, now in self.folders.items()) or any(
            now and now != other.files.get(path, (None, ""))[0] for path, (now, _) in self.files.items()
        )

    def listings(self) -> dict[str, list[str]]:
        """Return the names in each folder, sorted."""
        found: dict[str, list[str]] = {path: [] for path in self.folders}
        for path in (*self.files, *self.folders):
            folder, _, name = path.rpartition("/")
            if path and folder in found:
                found[folder].append(name)
        return {path: sorted(names) for path, names in found.items()}

    def listed(self, path: str, now: Signature, listings: Mapping[str, list[str]]) -> list[str] | None:
        """Return the names in a folder if its signature is unchanged, else None."""
        before = self.folders.get(path)
        return listings[path] if before is not None and before == now else None

    def parts(self) -> tuple[Any, ...]:
        """Return the constructor's arguments, for serialising."""
        return self.root, self.files, self.folders


class FolderStats:
    """Stats paths below a folder, relative to its descriptor where possible: that takes half as long."""

    __slots__ = ("_folder", "_follow_links", "_root")

    def __init__(self, root: str, *, follow_links: bool = True) -> None:
        self._root, self._folder, self._follow_links = root, _opened(root), follow_links

    def __enter__(self) -> FolderStats:
        return self

    def __exit__(self, *fault: object) -> None:
        if self._folder is not None:
            os.close(self._folder)

    def stat(self, path: str) -> os.stat_result | None:
        """Return the status of a path from the folder; None when it doesn't exist."""
        if self._folder is None:
            return _stat(_join(self._root, path), follow_links=self._follow_links)
        try:
            return os.stat(path or ".", dir_fd=self._folder, follow_symlinks=self._follow_links)
        except (OSError, ValueError):
            return None

    def signature(self, path: str) -> Signature | None:
        """Return the signature of a path from the folder; None when it doesn't exist."""
        found = self.stat(path)
        return None if found is None else _signature(found)


def _opened(folder: str) -> int | None:
    try:
        return os.open(folder, os.O_RDONLY) if os.stat in os.supports_dir_fd else None
    except OSError:
        return None


def signature_of(path: str) -> Signature | None:
    """Return the signature of a file or folder; None when it doesn't exist."""
    found = _stat(path)
    return None if found is None else _signature(found)


def published_signature_of(path: str) -> Signature | None:
    """Return the signature of a published file or folder; None when it doesn't exist. A symbolic link has its own."""
    return signature_and_inode(path)[0]


def signature_and_inode(path: str) -> tuple[Signature | None, int]:
    """Return a published file's signature and inode; None and 0 when it doesn't exist."""
    found = _stat(path, follow_links=False)
    return (None, 0) if found is None else (_signature(found), found.st_ino)


def _signature(found: os.stat_result) -> Signature:
    return hash((found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino))


def take_snapshot(root: str, is_ours: Callable[[str], bool], previous: FolderSnapshot | None) -> FolderSnapshot:
    """Take a snapshot, reading only files, and listing only folders, whose signature isn't in the previous one.

    `is_ours` tells whether a path from the root is included; an excluded folder isn't entered. Raises Unreadable.
    """
    began = time.time_ns()
    before = previous if previous is not None and previous.root == root else FolderSnapshot(root, {}, {})
    with FolderStats(root) as stats:
        files = _restat(before, stats, began)
    return FolderSnapshot(root, files, before.folders) if files is not None else _rewalk(before, is_ours, began)


Files = dict[str, tuple[Signature | None, str]]


def _restat(before: FolderSnapshot, stats: FolderStats, began: int) -> Files | None:
    """Check the known files only; None if any folder has changed, so that a walk is needed."""
    folders, root = before.folders, before.root
    if not folders or any(known is None or stats.signature(path) != known for path, known in folders.items()):
        return None
    files: Files = {}
    for path, known in before.files.items():
        found = stats.stat(path)
        if found is None or not stat.S_ISREG(found.st_mode):  # a symbolic link whose target has changed
            return None
        files[path] = _file_entry(root, path, found, known, began)
    return files


def _rewalk(before: FolderSnapshot, is_ours: Callable[[str], bool], began: int) -> FolderSnapshot:
    listings = before.listings()
    files: Files = {}
    folders: dict[str, Signature | None] = {}
    walked: list[tuple[str, os.stat_result | None]] = []
    _walk(before.root, "", is_ours, (), lambda path, now: before.listed(path, now, listings), walked)
    for path, found in walked:
        if found is not None and stat.S_ISDIR(found.st_mode):
            folders[path] = _stable_signature(found, began)
        else:
            files[path] = _file_entry(before.root, path, found, before.files.get(path), began)
    return FolderSnapshot(before.root, files, folders)


def _file_entry(
    root: str, path: str, found: os.stat_result | None, known: tuple[Signature | None, str] | None, began: int
) -> tuple[Signature | None, str]:
    """Return a file's entry; the known one if the signature is unchanged, else the file is read."""
    if known is not None and found is not None and known[0] == _signature(found):
        return known
    return _stable_signature(found, began), _hash_of_file(f"{root}/{path}")


def _hash_of_file(path: str) -> str:
    from insyn.disk.hashing import hash_of_file

    return hash_of_file(path)


def _stable_signature(found: os.stat_result | None, began: int) -> Signature | None:
    """Return a signature, or None if the file is too recently modified to rely on one."""
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
    """Append every included folder and file to `found`, sorted by name. Raises Unreadable.

    A symbolic link to a folder `above` it isn't followed. A broken one counts as an unreadable file. Pipes, sockets and
    devices are skipped. `listed` returns a folder's names if its signature is unchanged.
    """
    folder = _stat(_join(root, path))
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
        entry = _stat(f"{root}/{inner}")
        if entry is not None and stat.S_ISDIR(entry.st_mode):
            _walk(root, inner, is_ours, (*above, inside), listed, found)
        elif entry is None or stat.S_ISREG(entry.st_mode):
            found.append((inner, entry))


def _join(root: str, path: str) -> str:
    return f"{root}/{path}" if path else root


def _stat(path: str, *, follow_links: bool = True) -> os.stat_result | None:
    try:
        return os.stat(path, follow_symlinks=follow_links)
    except (OSError, ValueError):  # a path with a null
        return None


def read_file(path: str) -> bytes | None:
    """Return a file's content; None when it can't be read."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


def _list(folder: str) -> list[str]:
    """Return the names in a folder, sorted. Raises Unreadable."""
    try:
        return sorted(os.listdir(folder))
    except OSError as fault:
        raise Unreadable(folder) from fault
