"""The published tree: files are staged, and moved into place only when all of them are there.

A reader meets a whole file or none. A build that fails or stops before the move leaves the tree as it was. One that
is killed in the middle of the move, a few milliseconds, leaves whole files of both builds; the next build mends that.
"""

import contextlib
import os
import signal
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from pathlib import Path

from insyn.disk.hashing import hash_of
from insyn.disk.joined_tables import Join, write_all
from insyn.disk.side_files import SideFiles, look_of
from insyn.disk.snapshot import Signature, signature_and_inode, signature_of
from insyn.downloads.files import FileFacts, facts_of
from insyn.parallel.helper_process import JOINING, HelperProcess, answer, expect

MARKER = ".insyn"
"""Stands in every folder that we have written and lists the files there that are ours, each on a line of its own.

The files beside a page share a line: their folder, and the name of each after a tab.
"""
ASIDE = ".insyn-ny-"
"""What the folders that builds write in are called, with the number of the build's process."""
_in_use: set[str] = set()
"""Those that builds in this process write in, by their paths."""

LAST = "-entry.json"
"""How a file is called that names others: it is moved when they are there."""


class NotOurs(Exception):
    """The output folder holds something, and nothing says that it was written by us."""


class Unwritable(Exception):
    """The output folder can't be written to; the message is the system's own."""


@contextmanager
def writing() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise Unwritable(str(fault)) from fault


def file_of(path: str) -> str:
    """Return the file that is served at an address: the page in a folder, or the file itself."""
    return path if path and not path.endswith("/") else f"{path}index.html"


class Staging:
    """A folder of a build's own, where it writes its files. It lies in the output folder, and so on the same disk.

    The files lie side by side, each under the hash of its path: with folders of their own, ext4 takes several times as
    long to make as many files.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        with writing():
            output.mkdir(parents=True, exist_ok=True)
            self.folder = _new_folder(output)
        self._idle: HelperProcess | None = None
        self._joins: dict[str, Join] = {}
        self._joined: dict[str, FileFacts] = {}

    def _staged(self, path: str) -> str:
        return f"{self.folder}/{hash_of(path)}"

    def _written(self, path: str) -> str:
        """Return where a file waits: side by side with the others, or where another program has written it."""
        staged = self._staged(path)
        return staged if os.path.lexists(staged) else f"{self.folder}/{path}"

    def write(self, path: str, body: bytes) -> None:
        with writing(), open(self._staged(path), "wb", buffering=0) as file:
            write_all(file, memoryview(body))

    def join(self, tables: Mapping[str, Sequence[str]], idle: HelperProcess | None) -> None:
        """Begin to write tables of tables, by a process that has nothing else to do where there is one."""
        self.settle()
        self._idle = idle
        self._joins = {
            path: (_name(path), self._staged(path), tuple(map(self._as_it_will_stand, files)))
            for path, files in tables.items()
        }
        expect(idle, JOINING, list(self._joins.values()))

    def settle(self) -> None:
        """Wait until the tables that were begun with are written. Raises Unwritable."""
        if self._joins:
            with writing():
                facts = answer(self._idle, JOINING, list(self._joins.values()))
            self._joined |= dict(zip(self._joins, facts, strict=True))
            self._joins = {}

    def facts(self, path: str) -> FileFacts:
        """Return what is told of a file that has been written or published."""
        self.settle()
        return self._joined.get(path) or facts_of(_name(path), self.read(path))

    def is_published(self, folder: str, file: FileFacts) -> bool:
        """Whether a file lies where it is published, byte for byte."""
        try:
            with open(f"{self.output}/{folder}{file.name}", "rb") as published:
                return facts_of(file.name, published.read()) == file
        except OSError:
            return False

    def read(self, path: str) -> bytes:
        """Return a file as it will stand: as it is written here, or else as it is published."""
        with writing(), open(self._as_it_will_stand(path), "rb") as file:
            return file.read()

    def _as_it_will_stand(self, path: str) -> str:
        written = self._written(path)
        return written if os.path.lexists(written) else f"{self.output}/{path}"

    def write_in_folder(self, path: str, body: bytes) -> None:
        """Write a file in a folder of its own, for another program to read."""
        target = self.folder / path
        with writing():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)

    def files(self, folder: str) -> list[str]:
        """Return the files that are written in a folder and those within it."""
        found = (file for file in (self.folder / folder).rglob("*") if file.is_file())
        return sorted(file.relative_to(self.folder).as_posix() for file in found)

    def move(self, path: str) -> Signature | None:
        """Put a written file in its place; return its signature there, or None when another build's came after it."""
        written = self.move_beside(path)
        signature, inode = signature_and_inode(f"{self.output}/{path}")
        return signature if inode == written else None

    def move_beside(self, path: str) -> int:
        """Put a written file in its place; return the inode that it has there if no other build's came after it."""
        source, target = self._written(path), f"{self.output}/{path}"
        with writing():
            written = os.stat(source).st_ino
            try:
                os.replace(source, target)
            except FileNotFoundError:
                os.makedirs(os.path.dirname(target), exist_ok=True)
                os.replace(source, target)
        return written

    def remove(self) -> None:
        """Remove what is left, also of builds that were killed. Mostly nothing is. What still writes there is ended."""
        if self._joins and self._idle is not None:
            self._idle.end()
            self._idle.wait()
        _in_use.discard(os.path.realpath(self.folder))
        with contextlib.suppress(OSError):
            self.folder.rmdir()
        names = [name for name in os.listdir(self.output) if name.startswith(ASIDE)]
        for folder in (self.output / name for name in names):
            if not _is_in_use(folder):
                import shutil  # takes a hundredth of an edit's build

                shutil.rmtree(folder, ignore_errors=True)


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _new_folder(output: Path) -> Path:
    """Make a folder of this process's own. Where one has its name, a process with the same number was killed."""
    number = 0
    while True:
        folder = output / f"{ASIDE}{os.getpid()}-{number}"
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            number += 1
        else:
            _in_use.add(os.path.realpath(folder))
            return folder


def _is_in_use(folder: Path) -> bool:
    """Whether a build writes in a folder: one in this process, or in another that runs. On doubt, yes."""
    process = folder.name.removeprefix(ASIDE).partition("-")[0]
    if process == str(os.getpid()):
        return os.path.realpath(folder) in _in_use
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
    """Raise NotOurs when the output folder is someone else's. What a killed build left there is ours."""
    with writing():
        if not output.exists() or (output / MARKER).is_file():
            return
        if not output.is_dir() or any(not entry.name.startswith(ASIDE) for entry in output.iterdir()):
            raise NotOurs(str(output))


def ours_in(output: Path) -> frozenset[str]:
    """Return the lines that list the files in the output folder that we have published."""
    try:
        lines = (output / MARKER).read_text("utf-8", "surrogateescape").split("\n")
    except OSError:
        return frozenset()
    return frozenset(line for line in lines if line.strip())


def read_published(output: Path, path: str) -> bytes | None:
    """Return what lies at a path in the output folder."""
    try:
        return (output / path).read_bytes()
    except OSError:
        return None


def line_of(folder: str, names: Sequence[str]) -> str:
    """Return the line that lists the files beside a page."""
    return "\t".join((folder, *names))


def _listed(lines: Collection[str]) -> set[str]:
    """Return the files that some lines list."""
    parted = (line.split("\t") for line in lines)
    return {f"{folder}{name}" for folder, *names in parted for name in (names or [""])}


def publish(
    staging: Staging, fresh: Collection[str], beside: Collection[str], ours: Set[str], wanted: Set[str]
) -> tuple[dict[str, Signature | None], dict[str, int]]:
    """Move fresh files into place, and remove what is ours but not wanted.

    `beside` are the fresh files beside pages; `ours` and `wanted` the lines of `MARKER` as they are and as they are to
    be. Until all is done `MARKER` has both, so that the next build can end what this one doesn't. Returns the signature
    of each fresh file, and the inode of each beside a page.
    """
    gone = ours - wanted
    with _undisturbed():
        if not wanted <= ours:
            _mark(staging, ours | wanted)
        inodes = {path: staging.move_beside(path) for path in sorted(beside)}
        signatures = {path: staging.move(path) for path in sorted(fresh, key=lambda path: (path.endswith(LAST), path))}
        for path in sorted(_listed(gone) - _listed(wanted - ours) - wanted):
            _remove(staging.output, path)
        if gone:
            _mark(staging, wanted)
    return signatures, inodes


def settled(output: Path, folder: str, key: str, names: tuple[str, ...], inodes: Mapping[str, int]) -> SideFiles:
    """Look at the files beside a page after they were put there. Where one is another build's, their look isn't known.

    The folder is looked at first: what comes there afterwards changes its signature.
    """
    signature = signature_of(f"{output}/{folder}")
    found = {f"{folder}{name}": signature_and_inode(f"{output}/{folder}{name}") for name in names}
    ours = all(one is None or inode == inodes.get(path, inode) for path, (one, inode) in found.items())
    return SideFiles(key, names, signature, look_of([one for one, _ in found.values()]) if ours else None)


def _mark(staging: Staging, paths: Collection[str]) -> None:
    staging.write(MARKER, "".join(f"{path}\n" for path in sorted(paths)).encode("utf-8", "surrogateescape"))
    staging.move(MARKER)


def _remove(output: Path, path: str) -> None:
    """Remove a file of ours, and the folders that it leaves empty. A path that leads out of the folder is not ours."""
    target = output / path
    if ".." in Path(path).parts or Path(path).is_absolute():
        return
    with contextlib.suppress(OSError, ValueError):  # gone already, or no file: the list was altered
        target.unlink(missing_ok=True)
        for folder in target.parents:
            if folder == output:
                return
            folder.rmdir()


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
