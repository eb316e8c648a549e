"""Snapshots of a folder: each file's signature and content hash. A file with the same signature isn't read again.

The same signature means an unchanged file; another one proves nothing. It includes the inode's change time, which no
program can set back. A file modified so recently that the clock couldn't separate a second change from the first gets
no signature, and is read again next time. An unchanged build ends here, so hashing is imported only when needed.
"""

from __future__ import annotations

import os
import stat
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

DEEPEST = 16
"""Maximum depth of folders that are entered: four times that of a site."""
GRAIN = 2_500_000_000
"""Nanoseconds. FAT has the coarsest timestamps in use: two seconds."""
Signature = int
"""A hash of a file's times, size and inode: 64 bits, stable between processes of one interpreter."""


class Unreadable(Exception):
    """A folder can't be listed; the message is its path."""


class FolderSnapshot:
    """Files, as (signature, content hash), and folders under a root, by path from it."""

    __slots__ = ("files", "folders", "links", "root")

    def __init__(
        self,
        root: str,
        files: dict[str, tuple[Signature | None, str]],
        folders: dict[str, Signature | None],
        links: dict[str, str],
    ) -> None:
        self.root, self.files, self.folders = root, files, folders
        self.links = links
        """Symbolic links out of the root.

        The target of each is relative to the folder around the root, or absolute if it is outside that too.
        """

    def has_same(self, other: FolderSnapshot) -> bool:
        """Whether another snapshot has the same files and folders, with the same content."""
        if (self.root, self.links) != (other.root, other.links) or self.folders.keys() != other.folders.keys():
            return False
        return len(self.files) == len(other.files) and not self.changed_since(other)

    def changed_since(self, other: FolderSnapshot) -> list[str]:
        """Return the files that are new, or whose content differs from another snapshot."""
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
        return self.root, self.files, self.folders, self.links


class FolderStats:
    """Gets the status of paths below a folder, relative to its descriptor where possible: twice as fast."""

    __slots__ = ("_folder", "_follow_links", "_root")

    def __init__(self, root: str, *, follow_links: bool = True) -> None:
        self._root, self._folder, self._follow_links = root, _opened(root), follow_links

    def __enter__(self) -> FolderStats:
        return self

    def __exit__(self, *fault: object) -> None:
        if self._folder is not None:
            os.close(self._folder)

    def stat(self, path: str) -> os.stat_result | None:
        """Return the status of a path from the folder; None if it doesn't exist."""
        if self._folder is None:
            return _stat(_join(self._root, path), follow_links=self._follow_links)
        try:
            return os.stat(path or ".", dir_fd=self._folder, follow_symlinks=self._follow_links)
        except (OSError, ValueError):
            return None

    def signature(self, path: str) -> Signature | None:
        """Return the signature of a path from the folder; None if it doesn't exist."""
        found = self.stat(path)
        return None if found is None else _signature(found)


def _opened(folder: str) -> int | None:
    try:
        return os.open(folder, os.O_RDONLY) if os.stat in os.supports_dir_fd else None
    except OSError:
        return None


def signature_of(path: str) -> Signature | None:
    """Return the signature of a file or folder; None if it doesn't exist."""
    found = _stat(path)
    return None if found is None else _signature(found)


def published_signature_of(path: str) -> Signature | None:
    """Return the signature of a published file or folder; None if it doesn't exist. A symbolic link has its own."""
    return signature_and_inode(path)[0]


def signature_and_inode(path: str) -> tuple[Signature | None, int]:
    """Return a published file's signature and inode; None and 0 if it doesn't exist."""
    found = _stat(path, follow_links=False)
    return (None, 0) if found is None else (_signature(found), found.st_ino)


def _signature(found: os.stat_result) -> Signature:
    return hash((found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino))


def take_snapshot(root: str, is_ours: Callable[[str], bool], previous: FolderSnapshot | None) -> FolderSnapshot:
    """Take a snapshot, reading only files, and listing only folders, whose signature isn't in the previous one.

    `is_ours` returns whether a path from the root is included; an excluded folder isn't entered. Raises Unreadable.
    """
    began = time.time_ns()
    before = previous if previous is not None and previous.root == root else FolderSnapshot(root, {}, {}, {})
    with FolderStats(root) as stats:
        files = _restat(before, stats, began)
    return (
        FolderSnapshot(root, files, before.folders, before.links)
        if files is not None
        else _rewalk(before, is_ours, began)
    )


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
    walk = _Walk(before.root, is_ours, lambda path, now: before.listed(path, now, listings))
    walk.enter("", ())
    for path, found in walk.folders.items():
        folders[path] = _stable_signature(found, began)
    for path, status in walk.files.items():
        files[path] = _file_entry(before.root, path, status, before.files.get(path), began)
    return FolderSnapshot(before.root, files, folders, walk.links)


def _file_entry(
    root: str, path: str, found: os.stat_result | None, known: tuple[Signature | None, str] | None, began: int
) -> tuple[Signature | None, str]:
    """Return a file's entry; the known one if the signature is unchanged, else the file is read.

    Anything but a regular file, such as a pipe, which would block, counts as an unreadable file.
    """
    if found is not None and not stat.S_ISREG(found.st_mode):
        return None, _hash_of_file("")
    if known is not None and found is not None and known[0] == _signature(found):
        return known
    return _stable_signature(found, began), _hash_of_file(f"{root}/{path}")


def _hash_of_file(path: str) -> str:
    from insyn.disk.hashing import hash_of_file

    return hash_of_file(path)


def _stable_signature(found: os.stat_result | None, began: int) -> Signature | None:
    """Return a signature; None if the file was modified too recently to rely on one."""
    if found is None or max(found.st_mtime_ns, found.st_ctime_ns) > began - GRAIN:
        return None
    return _signature(found)


class _Walk:
    """Everything included under a root, sorted by name.

    `listed` returns a folder's names if its signature is unchanged. Symbolic links to a folder above them or
    out of the project aren't followed, nor is anything deeper than a site can be.
    """

    __slots__ = ("_is_ours", "_listed", "_project", "_real_root", "_root", "files", "folders", "links")

    def __init__(
        self, root: str, is_ours: Callable[[str], bool], listed: Callable[[str, Signature], list[str] | None]
    ) -> None:
        self._root, self._is_ours, self._listed = root, is_ours, listed
        self._real_root, self._project = os.path.realpath(root), os.path.realpath(os.path.dirname(root) or ".")
        self.files: dict[str, os.stat_result | None] = {}
        self.folders: dict[str, os.stat_result] = {}
        self.links: dict[str, str] = {}

    def enter(self, path: str, above: tuple[tuple[int, int], ...]) -> None:
        """Add a folder and everything in it. Raises Unreadable."""
        folder = _stat(_join(self._root, path))
        if folder is None:
            raise Unreadable(_join(self._root, path))
        inside = folder.st_dev, folder.st_ino
        if inside in above:
            return
        self.folders[path] = folder
        known = self._listed(path, _signature(folder))
        for name in _list(_join(self._root, path)) if known is None else known:
            inner = f"{path}/{name}" if path else name
            if self._is_ours(inner):
                self._add(inner, (*above, inside))

    def _add(self, path: str, above: tuple[tuple[int, int], ...]) -> None:
        found = _stat(f"{self._root}/{path}", follow_links=False)
        if found is not None and stat.S_ISLNK(found.st_mode):
            found = _stat(f"{self._root}/{path}")
            self._note_link(path, found)
        leads_out = os.path.isabs(self.links.get(path, ""))
        if found is not None and stat.S_ISDIR(found.st_mode) and not leads_out and len(above) < DEEPEST:
            self.enter(path, above)
        else:
            self.files[path] = found

    def _note_link(self, path: str, target: os.stat_result | None) -> None:
        """Record a symbolic link out of the root. A broken one is only an unreadable file."""
        real = os.path.realpath(f"{self._root}/{path}")
        if target is None or _is_below(real, self._real_root):
            return
        self.links[path] = os.path.relpath(real, self._project) if _is_below(real, self._project) else real


def _is_below(path: str, folder: str) -> bool:
    return f"{path}/".startswith(f"{folder.rstrip('/')}/")


def _join(root: str, path: str) -> str:
    return f"{root}/{path}" if path else root


def _stat(path: str, *, follow_links: bool = True) -> os.stat_result | None:
    try:
        return os.stat(path, follow_symlinks=follow_links)
    except (OSError, ValueError):  # a path with a null character
        return None


def read_file(path: str) -> bytes | None:
    """Return a file's content; None if it can't be read, or isn't a regular file: a pipe would block."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None
        with open(path, "rb") as file:
            return file.read()
    except (OSError, ValueError):
        return None


def _list(folder: str) -> list[str]:
    """Return the names in a folder, sorted. Raises Unreadable."""
    try:
        return sorted(os.listdir(folder))
    except OSError as fault:
        raise Unreadable(folder) from fault
