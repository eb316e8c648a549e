"""Publishing, ended at each of its file-system calls: `python -m tests.kills 5 150`.

A site is edited to and fro: a text changes, a plan comes and another goes. From the moment that a build begins to
publish, each call that it makes to the file system is counted. The build is run once for each call and fault: there it
is killed, or the call fails. What a reader then finds in the output folder is compared byte for byte with the old site
and the new; so is what the next build leaves.
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
from pathlib import Path
from typing import Any

from bench.plans import make_plans, plan_text
from insyn.build import publish
from insyn.command import main as command
from insyn.disk import second_tree
from insyn.disk.build_record import CACHE
from insyn.disk.output import STAGING_PREFIX

KILLED = 0
FAULTS = {"killed": KILLED} | {
    errno.errorcode[one]: one for one in (errno.ENOSPC, errno.EACCES, errno.EIO, errno.EMFILE)
}
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
NAME, NUMBER = "forbund-000", 0
GONE, COME, EDITED = 2005, 2040, 2008
Tree = dict[str, bytes | None]


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
        self.count += 1
        self.names.append(name)
        if self.count == self.at and self.fault == KILLED:
            os.kill(self.process, signal.SIGKILL)
        elif self.count == self.at:
            path = given[0] if given and isinstance(given[0], str | os.PathLike) else None
            raise OSError(self.fault, os.strerror(self.fault), path)


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
    begin = publish.publish

    def publishing(*given: Any) -> Any:
        counter.is_on = True
        return begin(*given)

    publish.publish = publishing


class Trial:
    """A site that is edited to and fro."""

    def __init__(self, folder: Path, plans: int) -> None:
        self.content, self.output = folder / "content", folder / "output"
        make_plans(plans, self.content)
        self.is_edited = False
        self.words = ["--utan-pdf", "--utan-sök", "--innehåll", str(self.content), "--till", str(self.output)]
        self.states: list[Tree] = []
        for is_edited in (False, True, False):
            self.write(is_edited=is_edited)
            assert self.run() == (0, "")
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
        """Return everything in the output folder, except what a build has staged."""
        found: Tree = {}
        for path in self.output.rglob("*"):
            name = path.relative_to(self.output).as_posix()
            if not name.startswith(STAGING_PREFIX):
                found[name] = path.read_bytes() if path.is_file() else None
        return found

    def run(self, at: int = 0, fault: int = KILLED) -> tuple[int, str]:
        """Build in a process of its own; return its exit code, and what it told of the fault, or of its calls."""
        source, target = os.pipe()
        process = os.fork()
        if not process:
            os.close(source)
            self._build(at, fault, target)
        os.close(target)
        with os.fdopen(source, "rb") as told:
            said = told.read().decode()
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), said

    def _build(self, at: int, fault: int, target: int) -> None:
        counter, out = _Counter(at, fault), io.StringIO()
        write = os.write
        _interpose(counter)
        code = command(self.words, out, out)
        counter.is_on = False
        said = " ".join(counter.names) if at < 0 else out.getvalue() if code else ""
        write(target, said.encode())
        os._exit(code)

    def calls(self) -> list[str]:
        """Return the calls of a build of the other state."""
        self.write(is_edited=not self.is_edited)
        return self.run(-1)[1].split(" ")

    def end_at(self, at: int, fault: int) -> "Ending":
        """Build the other state with a fault at one call, and then once more without."""
        old = self.states[self.is_edited]
        self.write(is_edited=not self.is_edited)
        new = self.states[self.is_edited]
        code, said = self.run(at, fault)
        found = self.tree()
        shown = "new" if found == new else "old" if found == old else "mixed"
        mended, _ = self.run()
        is_mended = mended == 0 and self.tree() == new and not self.left()
        return Ending(shown, code, is_mended, said)

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
    said: str

    @property
    def is_right(self) -> bool:
        """Whether one site stood whole, the old one if the command said that it had failed, and was then mended."""
        failed = self.code not in (0, -signal.SIGKILL)
        return (
            self.is_mended and self.shown in (("old",) if failed else ("old", "new")) and "Traceback" not in self.said
        )


@dataclass
class Row:
    """The endings of one fault."""

    shown: Counter[str] = field(default_factory=Counter)
    mended: int = 0
    wrong: list[str] = field(default_factory=list)


def endings(trial: Trial, fault: str, each: int = 1, first: int = 1) -> Row:
    """Let a fault come at every call, or every so many of them."""
    row, names = Row(), trial.calls()
    for at in range(first, len(names) + 1, each):
        ending = trial.end_at(at, FAULTS[fault])
        row.shown[ending.shown] += 1
        row.mended += ending.is_mended
        if not ending.is_right:
            row.wrong.append(f"{fault} at {at} of {len(names)}, {names[at - 1]}: {ending}")
    return row


def main(sizes: Sequence[str]) -> int:
    """Print a table; return 1 if anything was wrong."""
    wrong: list[str] = []
    print("| plans | fault | calls | old site | new site | a mixture | mended by the next build |\n|" + " --- |" * 7)
    for size in map(int, sizes or ("5",)):
        with tempfile.TemporaryDirectory() as folder:
            trial = Trial(Path(folder), size)
            for fault in FAULTS:
                row = endings(trial, fault)
                shown = [row.shown[one] for one in ("old", "new", "mixed")]
                print(f"| {' | '.join(map(str, [size, fault, sum(shown), *shown, row.mended]))} |", flush=True)
                wrong += row.wrong
    print(*wrong, sep="\n", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
