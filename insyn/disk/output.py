"""The output folder: files are staged, and published when all of them are written.

They are published in one step, by the second tree. Where that isn't possible each is moved into place: a build that is
killed meanwhile, for some milliseconds, leaves whole files of both builds, which the next build repairs.
"""

import contextlib
import errno
import os
import signal
import stat
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from pathlib import Path

from insyn.disk import build_record
from insyn.disk.build_record import BuildRecord
from insyn.disk.hashing import hash_of
from insyn.disk.joined_tables import join_tables, write_all
from insyn.disk.output_check import sha256_of_file
from insyn.disk.real_folders import RealFolders, folders_above
from insyn.disk.second_tree import SecondTree, Unable
from insyn.disk.shapes import are_inside
from insyn.disk.side_files import SideFiles, combined_signature
from insyn.disk.snapshot import Signature, published_signature_of, signature_and_inode
from insyn.downloads.files import FileFacts, facts_of

MANIFEST = build_record.MANIFEST
"""The manifest: lists the published files, one per line, after a line with the hash of the others.

The files beside a page share a line: their folder, then each name after a tab.
"""
HASH_LINE = "#insyn "
"""Start of the first line."""
STAGING_PREFIX = ".insyn-ny-"
"""Prefix of staging folders, before the process id and a number."""
_active: set[str] = set()
"""The real paths of staging folders in use by this process."""

ENTRY_SUFFIX = "-entry.json"
"""Suffix of a search index's entry file, which names other files and is moved after them."""


class NotOurs(Exception):
    """The output folder has content but no manifest."""


class ListLost(NotOurs):
    """The output folder has content, and a manifest that doesn't show which of it is ours."""


class Unwritable(Exception):
    """The output folder isn't writable; the message is the system's."""


class Occupied(Unwritable):
    """Another's folder stands where a file should, or a file where a folder should; the message is its path."""


@contextmanager
def writing() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise Unwritable(str(fault)) from fault


def file_of(path: str) -> str:
    """Return the file that is served at a path: `index.html` for a folder."""
    return path if path and not path.endswith("/") else f"{path}index.html"


class Staging:
    """A build's staging folder, within the output folder so that moves stay on one file system.

    Files lie flat, named by the hash of their path: ext4 takes several times as long to create them in subfolders.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        with writing():
            output.mkdir(parents=True, exist_ok=True)
            self.folder = _new_folder(output)
        self._folders = RealFolders(str(output))
        """For reading."""

    def _staged(self, path: str) -> str:
        return f"{self.folder}/{hash_of(path)}"

    def _source(self, path: str) -> str:
        """Return the path of a staged file: flat, or in a subfolder if another program wrote it."""
        staged = self._staged(path)
        return staged if os.path.lexists(staged) else f"{self.folder}/{path}"

    def source(self, path: str) -> str:
        """Return the path of a staged file from the output folder."""
        return f"{self.folder.name}{self._source(path).removeprefix(str(self.folder))}"

    def write(self, path: str, body: bytes) -> None:
        with writing(), open(self._staged(path), "wb", buffering=0) as file:
            write_all(file, memoryview(body))

    def join(self, path: str, tables: Sequence[str]) -> FileFacts:
        """Concatenate tables, given by path; return the new one's name, size and hash. Raises Unwritable."""
        with writing():
            return join_tables(_name(path), self._staged(path), map(self._readable, tables))

    def facts(self, path: str) -> FileFacts:
        """Return name, size and hash of a staged or published file."""
        return facts_of(_name(path), self.read(path))

    def is_published(self, folder: str, file: FileFacts) -> bool:
        """Whether a published file has this size and hash. `folder` ends with a slash."""
        found = "" if self._folders.link_above(folder) else sha256_of_file(f"{self.output}/{folder}{file.name}")
        return found == file.sha256

    def read(self, path: str) -> bytes:
        """Return the content that a file will have: staged, else published. Raises Unwritable."""
        with writing(), open(self._readable(path), "rb") as file:
            return file.read()

    def _readable(self, path: str) -> str:
        written = self._source(path)
        return written if os.path.lexists(written) else f"{self.output}/{path}"

    def write_in_folder(self, path: str, body: bytes) -> None:
        """Stage a file in a subfolder, for another program to read. Raises Unwritable."""
        target = self.folder / path
        with writing():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)

    def files(self, folder: str) -> list[str]:
        """Return the files staged in a subfolder, at any depth."""
        found = (file for file in (self.folder / folder).rglob("*") if file.is_file())
        return sorted(file.relative_to(self.folder).as_posix() for file in found)

    def remove(self) -> None:
        """Remove this staging folder, and those of killed builds."""
        _active.discard(os.path.realpath(self.folder))
        with contextlib.suppress(OSError):
            self.folder.rmdir()
        names: list[str] = []
        with contextlib.suppress(OSError):
            names = os.listdir(self.output)
        for folder in (self.output / name for name in names if name.startswith(STAGING_PREFIX)):
            if not _is_active(folder):
                import shutil  # deferred: takes a hundredth of an edit's build

                shutil.rmtree(folder, ignore_errors=True)


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _new_folder(output: Path) -> Path:
    """Create a staging folder. An existing one with the same name was left by a killed process with the same id."""
    number = 0
    while True:
        folder = output / f"{STAGING_PREFIX}{os.getpid()}-{number}"
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            number += 1
        else:
            _active.add(os.path.realpath(folder))
            return folder


def _is_active(folder: Path) -> bool:
    """Whether a running build uses a staging folder. In doubt, yes."""
    process = folder.name.removeprefix(STAGING_PREFIX).partition("-")[0]
    if process == str(os.getpid()):
        return os.path.realpath(folder) in _active
    if not process.isdecimal() or os.name != "posix":
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def check_ours(output: Path, record: BuildRecord | None) -> None:
    """Check that the output folder is empty or ours, by its manifest or the record of the latest build.

    Raises NotOurs, ListLost, Unwritable.
    """
    with writing():
        if not output.exists() or read_manifest(output) is not None:
            return
        if not output.is_dir():
            raise NotOurs(str(output))
        if all(entry.name == MANIFEST or entry.name.startswith(STAGING_PREFIX) for entry in output.iterdir()):
            return
        if record is None or not build_record.is_any_intact(record.published, output):
            raise ListLost(str(output)) if os.path.lexists(output / MANIFEST) else NotOurs(str(output))


def read_manifest(output: Path, *, may_lack_hash: bool = True) -> frozenset[str] | None:
    """Return the manifest's lines; None if it is missing, empty or damaged. Those of older builds lack a hash."""
    file = output / MANIFEST
    try:
        text = file.read_text("utf-8", "surrogateescape") if file.is_file() and not file.is_symlink() else ""
    except OSError:
        return None
    first, _, rest = text.partition("\n")
    if not first.startswith(HASH_LINE) and may_lack_hash:
        rest = text
    elif first != _hash_line(rest):
        return None
    return frozenset(line for line in rest.split("\n") if line.strip()) or None


def _hash_line(rest: str) -> str:
    return f"{HASH_LINE}{hash_of(rest)}"


def read_published(output: Path, path: str) -> bytes | None:
    """Return a published file's content; None if it can't be read, or is a link or a device."""
    file = output / path
    try:
        return file.read_bytes() if file.is_file() and not file.is_symlink() else None
    except OSError:
        return None


def manifest_line(folder: str, names: Sequence[str]) -> str:
    """Return the manifest's line for the files beside a page."""
    return "\t".join((folder, *names))


def files_in(lines: Collection[str]) -> set[str]:
    """Return the files that lines of the manifest list."""
    parted = (line.split("\t") for line in lines)
    return {f"{folder}{name}" for folder, *names in parted for name in (names or [""])}


def second_tree(output: Path) -> SecondTree:
    """Return the second tree of an output folder."""
    return SecondTree(output, STAGING_PREFIX)


def publish(
    staging: Staging,
    fresh: Collection[str],
    side_paths: Collection[str],
    old_lines: Set[str],
    new_lines: Set[str],
    tree: SecondTree | None = None,
) -> tuple[dict[str, Signature | None], dict[str, int]]:
    """Publish fresh files, and remove published files that the new manifest doesn't list.

    `side_paths` are the fresh files beside pages; `old_lines` and `new_lines` the manifest's lines. Returns the
    signature of each fresh file, None if another build has replaced it, and the inode of each side file.
    Raises Occupied, Unwritable; with a `tree`, the output folder is then as it was.
    """
    gone = sorted(files_in(old_lines - new_lines) - files_in(new_lines - old_lines) - new_lines)
    paths = [*sorted(side_paths), *sorted(fresh, key=lambda path: (path.endswith(ENTRY_SUFFIX), path))]
    with _signals_deferred(), writing():
        _check_room(staging.output, paths)
        inodes = {path: os.stat(f"{staging.output}/{staging.source(path)}").st_ino for path in paths}
        if tree is None or not _publish_at_once(staging, tree, paths, gone, old_lines, new_lines):
            _publish_by_moves(staging, paths, gone, old_lines, new_lines)
    found = {path: signature_and_inode(f"{staging.output}/{path}") for path in fresh}
    signatures = {path: one if inode == inodes[path] else None for path, (one, inode) in found.items()}
    return signatures, {path: inodes[path] for path in side_paths}


def _check_room(output: Path, paths: Collection[str]) -> None:
    """Raises Occupied if what is there can't be replaced."""
    folders = RealFolders(str(output))
    for path in paths:
        if folders.link_above(path):
            continue  # the link will be replaced
        try:
            if stat.S_ISDIR(os.lstat(f"{output}/{path}").st_mode):
                raise Occupied(path)
        except FileNotFoundError:
            continue
        except NotADirectoryError as fault:
            above = (one for one in folders_above(path) if not os.path.isdir(f"{output}/{one}"))
            raise Occupied(next(above, path)) from fault


def _publish_at_once(
    staging: Staging, tree: SecondTree, paths: Sequence[str], gone: Sequence[str], old: Set[str], new: Set[str]
) -> bool:
    """Change the second tree, and let it take the output folder's place while that is changed too.

    Returns whether it could be done here; if not, nothing has been changed. Raises Unwritable.
    """
    if old != new:
        _stage_manifest(staging, new)
        paths = [*paths, MANIFEST]
    sources = {path: staging.source(path) for path in paths}
    try:
        tree.match({*paths, *gone})
        folders = RealFolders(tree.folder)
        for path, source in sources.items():
            _link(f"{staging.output}/{source}", tree.folder, path, folders)
        for path in gone:
            _remove(Path(tree.folder), path)
        tree.exchange()
    except Unable:
        return False
    except OSError as fault:
        raise Unwritable(str(fault).replace(tree.folder, str(staging.output))) from fault
    with contextlib.suppress(OSError, Unable):  # the new site is shown: what is left is the next build's
        folders = RealFolders(tree.folder)
        for path, source in sources.items():
            _move(f"{tree.folder}/{source}", tree.folder, path, folders)
        for path in gone:
            _remove(Path(tree.folder), path)
        tree.exchange()
        tree.note([*paths, *gone])
    return True


def _publish_by_moves(
    staging: Staging, paths: Sequence[str], gone: Sequence[str], old: Set[str], new: Set[str]
) -> None:
    """Move each file into place. Meanwhile the manifest has all lines, so that the next build can finish the work.

    Raises OSError.
    """
    if not new <= old:
        write_manifest(staging, old | new)
    folders = RealFolders(str(staging.output))
    for path in paths:
        _move(f"{staging.output}/{staging.source(path)}", str(staging.output), path, folders)
    for path in gone:
        _remove(staging.output, path)
    if old - new:
        write_manifest(staging, new)


def _link(source: str, root: str, path: str, folders: RealFolders) -> None:
    """Let a staged file stand in an unseen tree too. Raises OSError."""
    target = f"{root}/{path}"
    folders.clear(path)
    try:
        os.unlink(target)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
    os.link(source, target)


def _move(source: str, root: str, path: str, folders: RealFolders) -> None:
    """Put a staged file in its place. Raises OSError."""
    target = f"{root}/{path}"
    folders.clear(path)
    try:
        os.replace(source, target)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.replace(source, target)


def record_side_files(
    output: Path, folder: str, key: str, names: tuple[str, ...], inodes: Mapping[str, int]
) -> SideFiles:
    """Return the state of the files beside a page. It is unknown if another build has replaced one.

    The folder's signature is taken first, so that a later change of the folder is noticed.
    """
    signature = published_signature_of(f"{output}/{folder[:-1]}")
    found = {f"{folder}{name}": signature_and_inode(f"{output}/{folder}{name}") for name in names}
    is_ours = all(one is None or inode == inodes.get(path, inode) for path, (one, inode) in found.items())
    combined = combined_signature([one for one, _ in found.values()]) if is_ours else None
    return SideFiles(key, names, signature, combined)


def write_manifest(staging: Staging, lines: Collection[str]) -> None:
    """Replace the manifest. Raises Unwritable."""
    _stage_manifest(staging, lines)
    with writing():
        os.replace(f"{staging.output}/{staging.source(MANIFEST)}", f"{staging.output}/{MANIFEST}")


def _stage_manifest(staging: Staging, lines: Collection[str]) -> None:
    rest = "".join(f"{line}\n" for line in sorted(lines))
    staging.write(MANIFEST, f"{_hash_line(rest)}\n{rest}".encode("utf-8", "surrogateescape"))


def _remove(output: Path, path: str) -> None:
    """Remove a published file and the folders that become empty; never outside the output folder or through a link.

    Raises OSError if what is there can't be removed.
    """
    target = output / path
    if not are_inside([path]) or Path(path).is_absolute() or RealFolders(str(output)).link_above(path):
        return
    try:
        if stat.S_ISDIR(os.lstat(target).st_mode):
            return  # the manifest was edited
        target.unlink()
    except FileNotFoundError:
        pass  # its folders may be left
    except (NotADirectoryError, ValueError):
        return
    for folder in target.parents:
        if folder == output or not _remove_empty(folder):
            return


def _remove_empty(folder: Path) -> bool:
    """Remove a folder unless something is in it; return whether it is gone. Raises OSError."""
    try:
        folder.rmdir()
    except FileNotFoundError:
        return True
    except OSError as fault:
        if fault.errno in (errno.ENOTEMPTY, errno.EEXIST):
            return False
        raise
    return True


@contextmanager
def _signals_deferred() -> Iterator[None]:
    """Defer SIGINT and SIGTERM until every file is in place."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []
    kinds = (signal.SIGINT, signal.SIGTERM)
    handlers = {kind: signal.signal(kind, lambda number, _frame: asked.append(number)) for kind in kinds}
    try:
        yield
    finally:
        for kind, handler in handlers.items():
            signal.signal(kind, handler)
        for number in asked:
            signal.raise_signal(number)
