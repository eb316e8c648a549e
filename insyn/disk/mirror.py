"""A copy of the content folder that builds read: a plan with errors lies there as it last was without them."""

import contextlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from insyn.disk.build_record import is_content
from insyn.disk.hashing import hash_of_body
from insyn.disk.snapshot import FolderSnapshot, read_file, take_snapshot

Version = tuple[bytes, float]
"""A file's content, and when it was saved."""


class Mirror:
    """The copy. It bears the content folder's own name, since that is what places in files begin with."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.source, self.folder = source, folder / source.name
        self.folder.mkdir(parents=True, exist_ok=True)
        held = take_snapshot(str(self.folder), is_content, None)
        self.hashes = {path: found for path, (_, found) in held.files.items()}
        self._folders = set(held.folders)
        self._read_hashes = dict(self.hashes)
        """By path: the hash of the file itself, as it was last read."""

    def snapshot(self) -> FolderSnapshot:
        """Return a snapshot of the copy. Everything in it was put there by this process, so nothing is read."""
        hashes = self.hashes
        files: dict[str, tuple[int | None, str]] = {path: (None, hashes[path]) for path in sorted(hashes, key=_by_name)}
        return FolderSnapshot(str(self.folder), files, dict.fromkeys(sorted(self._folders, key=_by_name)), {})

    def take(self, paths: Iterable[str]) -> dict[str, Version | None]:
        """Read files that may have changed; return those whose content is another than when last read.

        Nothing is put in the copy but folders: whoever takes decides which version lies there.
        """
        fresh: dict[str, Version | None] = {}
        for path in sorted(paths):
            if path.endswith("/"):
                fresh |= dict.fromkeys(self._take_folder(path.removesuffix("/")))
                continue
            version = _read(self.source / path)
            found = None if version is None else hash_of_body(version[0])
            if found != self._read_hashes.get(path):
                fresh[path] = version
                self._read_hashes |= {path: found} if found else {}
                if found is None:
                    self._read_hashes.pop(path, None)
        return fresh

    def version(self, path: str) -> Version | None:
        """Return the version that lies in the copy; None without one."""
        return _read(self.folder / path) if path in self.hashes else None

    def has(self, path: str, version: Version | None) -> bool:
        """Whether this version of a file lies in the copy."""
        return self.hashes.get(path) == (None if version is None else hash_of_body(version[0]))

    def put(self, path: str, version: Version | None) -> None:
        """Write a version of a file, or remove the file."""
        target = self.folder / path
        if self.has(path, version):
            return
        if version is None:
            self.hashes.pop(path, None)
            with contextlib.suppress(OSError):
                target.unlink(missing_ok=True)
                target.parent.rmdir()
            return
        body, saved = version
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
        os.utime(target, (saved, saved))
        self.hashes[path] = hash_of_body(body)
        self._folders |= {"" if folder == Path() else folder.as_posix() for folder in Path(path).parents}

    def all_paths(self, found: Mapping[str, object]) -> set[str]:
        """Return every path that the folder, as it was found, or the copy has."""
        return {*found, *self.hashes, *(f"{folder}/" for folder in self._folders if folder)}

    def _take_folder(self, path: str) -> list[str]:
        """Make or remove a folder; return the files that were in one that is gone."""
        if (self.source / path).is_dir():
            (self.folder / path).mkdir(parents=True, exist_ok=True)
            self._folders.add(path)
            return []
        inside = f"{path}/"
        gone = [one for one in self._read_hashes if one.startswith(inside)]
        for one in gone:
            del self._read_hashes[one]
        self._folders = {one for one in self._folders if one != path and not one.startswith(inside)}
        return gone


def _read(file: Path) -> Version | None:
    body = read_file(str(file))
    try:
        return None if body is None else (body, file.stat().st_mtime)
    except OSError:
        return None


def _by_name(path: str) -> list[str]:
    """Put paths in the order in which a snapshot meets them: by name in each folder."""
    return path.split("/")
