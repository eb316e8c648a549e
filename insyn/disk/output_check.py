"""Comparison of every published byte with the build's: signatures don't reveal a bit lost on disk."""

import stat
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from insyn.disk.build_record import Published
from insyn.disk.hashing import CHUNK, hash_of
from insyn.disk.real_folders import linked
from insyn.parallel.workers import spread


def find_altered(published: Published, output: Path) -> frozenset[str]:
    """Return the published files, and the folders of files beside a page, that have been altered."""
    root = str(output)

    def find(paths: Sequence[str]) -> list[str]:
        return [path for path in paths if _sum(published, root, path) != published.sums.get(path)]

    paths = (*published.outputs, *published.side_files)
    return linked(root, paths).union(*spread(find, paths))


def sums_of(published: Published, output: Path, altered: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of each altered file, and of each file in an altered folder; "" for a missing file."""
    names = {path: [f"{path}{name}" for name in published.side_files[path].names] for path in published.side_files}
    return {file: sha256_of_file(f"{output}/{file}") for path in altered for file in names.get(path, [path])}


def find_mended(before: Mapping[str, str], output: Path) -> list[str]:
    """Return the files whose content has changed since `before`. One that is no longer published isn't mended."""
    now = {file: sha256_of_file(f"{output}/{file}") for file in before}
    return sorted(file for file, found in now.items() if found and found != before[file])


def sum_of_files(sums: Iterable[tuple[str, str]]) -> str:
    """Return one hash for the files beside a page, from the name and SHA-256 of each."""
    return hash_of(*(f"{name} {found}" for name, found in sums))


def _sum(published: Published, root: str, path: str) -> str:
    if path not in published.side_files:
        return sha256_of_file(f"{root}/{path}")
    return sum_of_files((name, sha256_of_file(f"{root}/{path}{name}")) for name in published.side_files[path].names)


def sha256_of_file(path: str) -> str:
    """Return the SHA-256 of a file's content; "" for a link, a device or an unreadable file."""
    whole = sha256()
    try:
        if not stat.S_ISREG(Path(path).lstat().st_mode):
            return ""
        with Path(path).open("rb") as file:
            while chunk := file.read(CHUNK):
                whole.update(chunk)
    except (OSError, ValueError):
        return ""
    return whole.hexdigest()
