"""Publishing, ended at each of its file-system calls: `python -m tests.kills 5 150`.

A site goes to and fro between two states, both built by the command: a text differs, a plan comes and another goes. The
files that differ are staged and published, once for each call that this makes to the file system and each fault: there
the process is killed, or the call fails. What a reader then finds in the output folder is compared byte for byte with
the old site and the new; so is what the next publication leaves.

`Trial.build_ending_at` does the same with the whole command, which takes fifty times as long: the suite does it now and
then. A call that only asks changes nothing, so a process is killed only before calls that change something.
"""

import builtins
import errno
import io
import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from bench.plans import make_plans, plan_text
from insyn.command import main as command
from insyn.disk import output, second_tree
from insyn.disk.build_record import CACHE
from insyn.disk.output import MANIFEST, STAGING_PREFIX, Occupied, Staging, Unwritable

KILLED = 0
LASTING = 1000
"""Added to the number of a fault that every later call has too."""
FAULTS = {
    "killed": KILLED,
    "ENOSPC from there on": errno.ENOSPC + LASTING,
    "EACCES from there on": errno.EACCES + LASTING,
} | {errno.errorcode[one]: one for one in (errno.ENOSPC, errno.EACCES, errno.EIO, errno.EMFILE)}
ASKING = frozenset({"stat", "lstat", "scandir", "listdir", "readlink", "listxattr", "getxattr", "close"})
"""The calls that change nothing."""
CALLS = (
    *(
        "replace",
        "rename",
        "link",
        "symlink",
        "unlink",
        "remove",
        "rmdir",
        "mkdir",
        "open",
        "write",
        "close",
        "truncate",
    ),
    *(
        "stat",
        "lstat",
        "scandir",
        "listdir",
        "readlink",
        "chmod",
        "chown",
        "utime",
        "listxattr",
        "getxattr",
        "setxattr",
    ),
)
"""Functions of `os` that ask the file system, besides `open`, writing to what it opens, and the exchange of folders."""
DONE, FAILED, CRASHED = 0, 2, 99
NAME, NUMBER = "forbund-000", 0
GONE, COME, EDITED = 2005, 2040, 2008
Tree = dict[str, bytes | None]
"""By path: the bytes of a file, None for a folder."""


class _Counter:
    """Counts the calls of this process once publishing begins; at one of them the fault comes."""

    def __init__(self, at: int, fault: int) -> None:
        self.at, self.fault, self.count, self.process, self.is_on = at, fault, 0, os.getpid(), False
        self.names: list[str] = []

    def around(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            self.note(name, given)
            return call(*given, **named)

        return counted

    def note(self, name: str, given: Sequence[Any] = ()) -> None:
        if not self.is_on or os.getpid() != self.process:
            return
        if self.fault == KILLED and name in ASKING:
            return
        self.count += 1
        self.names.append(name)
        if self.count == self.at and self.fault == KILLED:
            os.kill(self.process, signal.SIGKILL)
        elif self.count == self.at or (self.count > self.at > 0 and self.fault > LASTING):
            path = given[0] if given and isinstance(given[0], str | os.PathLike) else None
            raise OSError(self.fault % LASTING, os.strerror(self.fault % LASTING), path)


class _File:
    """An opened file whose writes are counted."""

    def __init__(self, file: Any, counter: _Counter) -> None:
        self._file, self._counter = file, counter

    def __enter__(self) -> "_File":
        return self

    def __exit__(self, *fault: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._file)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, body: Any) -> Any:
        self._counter.note("write")
        return self._file.write(body)


def _interpose(counter: _Counter) -> None:
    for name in CALLS:
        if hasattr(os, name):
            setattr(os, name, counter.around(name, getattr(os, name)))
    plain = builtins.open

    def opened(*given: Any, **named: Any) -> Any:
        counter.note("open", given)
        file = plain(*given, **named)
        return _File(file, counter) if counter.is_on and given[1:2] == ("wb",) else file

    builtins.open = io.open = opened
    second_tree.exchange = counter.around("exchange", second_tree.exchange)


class Trial:
    """A site that is edited to and fro."""

    def __init__(self, folder: Path, plans: int) -> None:
        self.content, self.output = folder / "content", folder / "output"
        make_plans(plans, self.content)
        self.is_edited = self.is_lost = False
        """`is_lost`: whether each publication finds the list of folders that are alike lost."""
        self.words = ["--utan-pdf", "--utan-sök", "--innehåll", str(self.content), "--till", str(self.output)]
        self.states: list[Tree] = []
        self._read: dict[tuple[int, ...], bytes] = {}
        self._bodies: dict[bytes, bytes] = {}
        for is_edited in (False, True, False):
            self.write(is_edited=is_edited)
            assert self.run(self.build)[0] == DONE
            if not self.states:
                self.leave_others_files()
            self.states.append(self.tree())
        assert self.states[0] == self.states[2] != self.states[1]

    def leave_others_files(self) -> None:
        """Put files and a link there that are none of ours."""
        for path in ("google123.html", ".well-known/acme/bevis", f"{NAME}/2007/bilaga.txt", f"{NAME}/bild.txt"):
            file = self.output / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("någon annans", "utf-8")
        (self.output / "länk").symlink_to("google123.html")

    def write(self, *, is_edited: bool) -> None:
        """Write one of the two states of the content."""
        self.is_edited = is_edited
        there, away = (COME, GONE) if is_edited else (GONE, COME)
        self._plan(there).parent.mkdir(exist_ok=True)
        self._plan(there).write_text(plan_text(NAME, NUMBER, there), "utf-8")
        if self._plan(away).exists():
            self._plan(away).unlink()
            self._plan(away).parent.rmdir()
        text = plan_text(NAME, NUMBER, EDITED)
        self._plan(EDITED).write_text(f"{text}\nEn mening till.\n" if is_edited else text, "utf-8")

    def _plan(self, year: int) -> Path:
        return self.content / NAME / str(year) / "plan.md"

    def tree(self) -> Tree:
        """Return everything in the output folder, except what a build has staged. A file is read once."""
        found: Tree = {}
        for folder, folders, files in os.walk(self.output):
            folders[:] = [name for name in folders if not name.startswith(STAGING_PREFIX)]
            inside = folder.removeprefix(str(self.output)).lstrip("/")
            found |= {f"{inside}/{name}".lstrip("/"): None for name in folders}
            for name in files:
                status = Path(folder, name).stat()
                version = (status.st_ino, status.st_mtime_ns, status.st_size)
                if version not in self._read:
                    body = Path(folder, name).read_bytes()
                    self._read[version] = self._bodies.setdefault(body, body)
                found[f"{inside}/{name}".lstrip("/")] = self._read[version]
        return found

    def run(self, work: Callable[[_Counter], int], at: int = 0, fault: int = KILLED) -> tuple[int, list[str]]:
        """Work in a process of its own; return its exit code and the names of its calls."""
        source, target = os.pipe()
        process = os.fork()
        if not process:
            os.close(source)
            counter, write, code = _Counter(at, fault), os.write, CRASHED
            try:
                _interpose(counter)
                code = work(counter)
            finally:
                counter.is_on = False
                write(target, " ".join(counter.names).encode())
                os._exit(code)
        os.close(target)
        with os.fdopen(source, "rb") as told:
            names = told.read().decode().split()
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), names

    # --- The publication alone --------------------------------------------------------------------------------------

    def publish(self, counter: _Counter, new: Tree) -> int:
        """Stage and publish the files that differ, as `build/publish.py` does; return the exit code."""
        there = self.tree()
        listed = output.read_manifest(self.output) or frozenset()
        lines = frozenset((new[MANIFEST] or b"").decode().split("\n")[1:-1])
        ours = output.files_in(lines)
        fresh = [path for path in ours if there.get(path) != new[path]]
        staging = Staging(self.output)
        for path in fresh:
            staging.write(path, new[path] or b"")
        if not fresh and lines == listed:
            staging.remove()
            return DONE
        counter.is_on = True
        try:
            output.publish(staging, fresh, (), listed, lines, output.second_tree(self.output))
        except (Unwritable, Occupied):
            return FAILED
        finally:
            staging.remove()
        return DONE

    def publish_ending_at(self, at: int, fault: int) -> "Ending | None":
        """Publish the other state with a fault at one call, and once more without. None if there is no such call."""
        old, new = self._turn()
        code, names = self.run(lambda counter: self.publish(counter, new), at, fault)
        if code == DONE and len(names) < at:
            return None
        shown = self.shown(old, new)
        mended, _ = self.run(lambda counter: self.publish(counter, new))
        ending = Ending(shown, code, mended == DONE and self.tree() == new and not self.left(), names[-1:])
        self.settle()
        return ending

    def _turn(self) -> tuple[Tree, Tree]:
        self.is_edited = not self.is_edited
        return self.states[not self.is_edited], self.states[self.is_edited]

    def settle(self) -> None:
        """Let the trees be known to be alike, or unknown, for the next publication."""
        while not self.is_lost and not self.ledger():
            self._turn()
            assert self.run(lambda counter: self.publish(counter, self.states[self.is_edited]))[0] == DONE
        for file in self.ledger() if self.is_lost else []:
            file.unlink()

    def ledger(self) -> list[Path]:
        return list((self.output.parent / CACHE).glob("andra-*.lista"))

    def shown(self, old: Tree, new: Tree) -> str:
        found = self.tree()
        return "new" if found == new else "old" if found == old else "mixed"

    # --- The whole build --------------------------------------------------------------------------------------------

    def build(self, counter: _Counter) -> int:
        """Build by the command, and count from the moment that it publishes."""
        begin = output.publish

        def publishing(*given: Any) -> Any:
            counter.is_on = True
            return begin(*given)

        output.publish = publishing
        out = io.StringIO()
        code = command(self.words, out, out)
        return code if "Traceback" not in out.getvalue() else CRASHED

    def build_ending_at(self, at: int, fault: int) -> "Ending | None":
        """Build the other state with a fault at one call, and once more without. None if there is no such call."""
        old = self.states[self.is_edited]
        self.write(is_edited=not self.is_edited)
        new = self.states[self.is_edited]
        code, names = self.run(self.build, at, fault)
        if code == DONE and len(names) < at:
            return None
        shown = self.shown(old, new)
        mended, _ = self.run(self.build)
        return Ending(shown, code, mended == DONE and self.tree() == new and not self.left(), names[-1:])

    def left(self) -> list[str]:
        """Return what has been left by ended builds, besides the site."""
        kept = ("andra-", "senast-", "tur-", "minne.sqlite", "matplotlib", "mallar")
        cached = [path.name for path in (self.output.parent / CACHE).iterdir()]
        odd = [name for name in cached if not name.startswith(kept) or name.endswith((".ny", ".prov"))]
        return [*odd, *(path.name for path in self.output.iterdir() if path.name.startswith(STAGING_PREFIX))]


@dataclass(frozen=True)
class Ending:
    """What came of a build with a fault."""

    shown: str
    """What a reader then found: "old", "new" or "mixed"."""
    code: int
    is_mended: bool
    """Whether the next build made the new site, and left nothing."""
    latest: list[str]
    """The latest call, unless the process was killed."""

    @property
    def is_right(self) -> bool:
        """Whether one site stood whole, the old one if the command said that it had failed, and was then mended."""
        failed = self.code == FAILED
        return self.code in (DONE, FAILED, -signal.SIGKILL) and (
            self.is_mended and self.shown in (("old",) if failed else ("old", "new"))
        )


@dataclass
class Row:
    """The endings of one fault."""

    shown: Counter[str] = field(default_factory=Counter)
    mended: int = 0
    wrong: list[str] = field(default_factory=list)


def endings(end_at: Callable[[int, int], Ending | None], fault: str, first: int = 1, each: int = 1) -> Row:
    """Let a fault come at every call, or every so many of them."""
    row, at = Row(), first
    while ending := end_at(at, FAULTS[fault]):
        row.shown[ending.shown] += 1
        row.mended += ending.is_mended
        if not ending.is_right:
            row.wrong.append(f"{fault} at {at}: {ending}")
        at += each
    return row


def main(sizes: Sequence[str]) -> int:
    """Print a table; return 1 if anything was wrong."""
    wrong: list[str] = []
    print("| plans | before | fault | calls | old site | new site | a mixture | mended by the next |\n|" + " --- |" * 8)
    for size in map(int, sizes or ("5",)):
        with tempfile.TemporaryDirectory() as folder:
            trial = Trial(Path(folder), size)
            for before, fault in product(("a whole build", "a killed one"), FAULTS):
                trial.is_lost = before == "a killed one"
                trial.settle()
                row = endings(trial.publish_ending_at, fault)
                shown = [row.shown[one] for one in ("old", "new", "mixed")]
                print(f"| {' | '.join(map(str, [size, before, fault, sum(shown), *shown, row.mended]))} |", flush=True)
                wrong += row.wrong
    print(*wrong, sep="\n", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
