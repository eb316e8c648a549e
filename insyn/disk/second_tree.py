"""The second tree: the published site once more in the cache, changed unseen and exchanged with the output folder.

Its files are hard links to the published ones, so an edit costs only its own files. Whenever a build ends, the output
folder is either site, whole:

    step        output folder       second tree
    match       old                 → old: what others have changed in the output folder
    change      old                 → new
    exchange    new                 old
    change      new                 → new
    exchange    new                 new

So the output folder is the same folder as before, with its inode and with whatever others have put in it. A build that
is killed between the exchanges leaves its twin in its place; the next build matches the other one to it.
"""

import contextlib
import errno
import marshal
import os
import stat
from collections.abc import Collection
from pathlib import Path
from zlib import crc32

from insyn.disk.build_record import SIGNATURE, TEXT, cache_folder
from insyn.disk.exchange import exchange
from insyn.disk.hashing import sealed, unsealed
from insyn.disk.real_folders import RealFolders, folders_above
from insyn.disk.shapes import Table, are_inside, fits
from insyn.disk.snapshot import FolderStats, Signature, published_signature_of, read_file

Known = dict[str, tuple[Signature | None, Signature | None]]
"""By folder: its signatures in the output folder and in the second tree when they were alike."""
SHAPE = Table(TEXT, (SIGNATURE, SIGNATURE))
UNABLE = frozenset(
    {errno.EPERM, errno.EACCES, errno.EROFS, errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}
    | {errno.EOPNOTSUPP, errno.EBUSY, errno.EMLINK, errno.ENOTDIR, errno.EEXIST, errno.ELOOP, errno.ENAMETOOLONG}
)
"""Faults of a place where folders can't be exchanged, or files not linked, next time either: not of a full disk."""


class Unable(Exception):
    """The output folder can't be exchanged here."""


class SecondTree:
    """The second tree of an output folder. Only the build whose turn it is may use it."""

    def __init__(self, output: Path, aside: str) -> None:
        """`aside` begins the names in the output folder that are no part of the site."""
        self.output = os.path.realpath(output)
        self.folder = os.path.join(cache_folder(output), f"andra-{crc32(os.fsencode(self.output)):08x}")
        self._aside, self._ledger = aside, f"{self.folder}.lista"
        self._known: Known = {}
        self._matched: set[str] = set()
        self._linked: dict[str, tuple[Signature | None, Signature | None]] = {}

    def match(self, replaced: Collection[str]) -> None:
        """Make the tree the same as the output folder. `replaced` are the files that will be replaced or removed.

        Raises Unable, and OSError for what may pass.
        """
        try:
            self._open()
            self._known = self._read()
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self._ledger)  # a build that is killed from here on leaves the trees unlike each other
            doubtful = self._doubtful()
            for folder in ("", *doubtful):
                self._match(folder)
            for folder in self._known.keys() & {*doubtful} - self._matched:
                del self._known[folder]
        except OSError as fault:
            if fault.errno in UNABLE and not self._is_held(fault, replaced):
                raise Unable from fault
            raise

    def exchange(self) -> None:
        """Let the output folder and the tree change places. Raises Unable, OSError."""
        try:
            exchange(self.folder, self.output)
        except OSError as fault:
            if fault.errno in UNABLE:
                raise Unable from fault
            raise

    def renewed(self, path: str, signature: Signature | None) -> Signature | None:
        """Return the signature that a published file has now: linking it has changed it. It is as sure as before."""
        before, after = self._linked.get(path, (None, None))
        return after if signature is not None and signature == before else signature

    def note(self, changed: Collection[str]) -> None:
        """Note which folders are alike, after some files were changed in both. Raises OSError."""
        looked_at = self._matched.union(above for path in changed for above in folders_above(path))
        with FolderStats(self.output) as ours, FolderStats(self.folder) as other:
            for folder in looked_at - {""}:
                signatures = ours.signature(folder), other.signature(folder)
                if None in signatures:
                    self._known.pop(folder, None)
                else:
                    self._known[folder] = signatures if self._are_alike(folder) else (None, None)
        self._write()

    # --- Making the tree ---------------------------------------------------------------------------------------------

    def _open(self) -> None:
        """Make the tree's folder, if there is none. Raises Unable, OSError."""
        if os.path.ismount(self.output):
            raise Unable
        if os.path.lexists(self.folder) and (os.path.islink(self.folder) or not os.path.isdir(self.folder)):
            os.unlink(self.folder)
        if not os.path.isdir(self.folder):
            os.makedirs(os.path.dirname(self.folder), exist_ok=True)
            _try_out(f"{self.folder}.prov")
            os.mkdir(self.folder)
        if os.stat(self.folder).st_dev != os.stat(self.output).st_dev:
            raise Unable

    def _doubtful(self) -> list[str]:
        """Return the folders that may not be alike, those above others first."""
        with (
            FolderStats(self.output, follow_links=False) as ours,
            FolderStats(self.folder, follow_links=False) as other,
        ):
            doubtful = sorted(
                folder
                for folder, known in self._known.items()
                if (ours.signature(folder), other.signature(folder)) != known or None in known
            )
        linked = RealFolders(self.folder)
        if any(linked.link_above(f"{folder}/") for folder in doubtful):
            self._known = {}
            return []
        return doubtful

    def _match(self, folder: str) -> None:
        """Make a folder of the tree the same as that of the output folder, and those in it that aren't known."""
        source, target = _join(self.output, folder), _join(self.folder, folder)
        if RealFolders(self.output).link_above(f"{folder}/") or not os.path.isdir(source):
            return  # what is above it has been matched, so it isn't in the tree either
        self._matched.add(folder)
        _give_rights(source, target)
        there = {entry.name: entry for entry in _entries(target)}
        for entry in _entries(source):
            if entry.name.startswith(self._aside):
                continue
            former, path = there.pop(entry.name, None), f"{folder}/{entry.name}".lstrip("/")
            if entry.is_dir(follow_symlinks=False):
                is_new = former is None or not former.is_dir(follow_symlinks=False)
                if is_new:
                    _discard(former)
                    os.mkdir(f"{target}/{entry.name}")
                if is_new or path not in self._known:
                    self._match(path)
            elif former is None or former.inode() != entry.inode():
                _discard(former)
                before = published_signature_of(entry.path)
                os.link(entry.path, f"{target}/{entry.name}", follow_symlinks=False)
                self._linked[path] = before, published_signature_of(entry.path)
        for former in there.values():
            _discard(former)

    def _are_alike(self, folder: str) -> bool:
        found = [
            {(one.name, None if one.is_dir(follow_symlinks=False) else one.inode()) for one in _entries(place)}
            for place in (_join(self.output, folder), _join(self.folder, folder))
        ]
        return found[0] == found[1]

    def _is_held(self, fault: OSError, replaced: Collection[str]) -> bool:
        """Whether a file that is to be replaced can't even be linked by its owner: it can't be replaced either."""
        path = str(fault.filename).removeprefix(f"{self.output}/")
        if fault.errno != errno.EPERM or path not in replaced:
            return False
        return os.geteuid() in (0, os.lstat(f"{self.output}/{path}").st_uid)

    # --- Remembering ------------------------------------------------------------------------------------------------

    def _read(self) -> Known:
        """Return which folders were alike; nothing if that is lost or damaged."""
        body = unsealed(self.folder, read_file(self._ledger))
        try:
            known = marshal.loads(body) if body else {}
        except (ValueError, EOFError, TypeError):
            return {}
        return known if fits(known, SHAPE) and are_inside(known) else {}

    def _write(self) -> None:
        with open(self._ledger, "wb") as file:
            file.write(sealed(self.folder, marshal.dumps(self._known)))


def _try_out(folder: str) -> None:
    """Link a file and exchange two folders in a new folder. Raises OSError where that can't be done."""
    import shutil  # deferred: takes a hundredth of an edit's build

    shutil.rmtree(folder, ignore_errors=True)
    os.mkdir(folder)
    try:
        one, other = f"{folder}/a", f"{folder}/b"
        os.mkdir(one)
        os.mkdir(other)
        exchange(one, other)
        with open(f"{one}/fil", "wb"):
            os.link(f"{one}/fil", f"{other}/fil")
    finally:
        shutil.rmtree(folder)


def _give_rights(source: str, target: str) -> None:
    """Give a folder the owner, rights and labels of another. Raises OSError."""
    ours, other = os.stat(source), os.stat(target)
    if (ours.st_uid, ours.st_gid) != (other.st_uid, other.st_gid):
        os.chown(target, ours.st_uid, ours.st_gid)
    if hasattr(os, "listxattr"):
        for name in os.listxattr(source):
            label = os.getxattr(source, name)
            if name not in os.listxattr(target) or os.getxattr(target, name) != label:
                os.setxattr(target, name, label)
    if ours.st_mode != os.stat(target).st_mode:
        os.chmod(target, stat.S_IMODE(ours.st_mode))


def _entries(folder: str) -> list["os.DirEntry[str]"]:
    with os.scandir(folder) as entries:
        return list(entries)


def _discard(entry: "os.DirEntry[str] | None") -> None:
    if entry is None:
        return
    if entry.is_dir(follow_symlinks=False):
        import shutil  # deferred: takes a hundredth of an edit's build

        shutil.rmtree(entry.path)
    else:
        os.unlink(entry.path)


def _join(root: str, folder: str) -> str:
    return f"{root}/{folder}" if folder else root
