"""Helper processes: forked early, to import what a task may need while the main process does other work.

Importing matplotlib takes as long as the rest of an edit's build. So a helper imports it on another core before it is
known whether a chart must be drawn, and is killed if none must. Without a helper, tasks run in this process.
"""

import contextlib
import importlib
import os
import pickle
import signal
from collections.abc import Callable, Iterable
from typing import Any

from insyn.parallel.cores import available_cores, can_fork

HEADER = 8
"""Bytes of the length before each message."""
PIPE_BUFFER = 1 << 20
"""Bytes of pipe buffer. A plan and the catalogue are 130 kB, sent before the helper is ready to read."""
Task = tuple[str, str]
"""A module, and the name of a function of one argument in it."""
READING: Task = ("insyn.build.examine", "examine_asked")
DRAWING: Task = ("insyn.charts.drawing", "draw_both")
JOINING: Task = ("insyn.disk.joined_tables", "join_tables")


class HelperProcess:
    """A forked process that runs tasks, one at a time."""

    def __init__(self, process: int, questions: int, answers: int) -> None:
        self._process, self._questions, self._answers = process, questions, answers
        self._asked: Any = None
        self._is_ended = False

    def submit(self, task: Task, question: Any) -> None:
        """Start a task whose result will be asked for. Raises OSError or EOFError when the process has ended."""
        if self._asked is not None:  # two unread results might fill the pipe
            _receive(self._answers)
        self._asked = task, question
        _send(self._questions, self._asked)

    def ask(self, task: Task, question: Any) -> Any:
        """Return a task's result. Raises OSError or EOFError when the process has ended."""
        if self._asked != (task, question):
            self.submit(task, question)
        self._asked = None
        return _receive(self._answers)

    def end(self) -> None:
        """Kill the process. `wait` reaps it, which takes a while."""
        if self._is_ended:
            return
        self._is_ended = True
        with contextlib.suppress(OSError):
            os.kill(self._process, signal.SIGKILL)
        _close((self._questions, self._answers))

    def wait(self) -> None:
        """Reap the process."""
        with contextlib.suppress(OSError):
            os.waitpid(self._process, 0)


def begin(task: Task) -> HelperProcess | None:
    """Fork a helper that imports a task's module; None without a free core, or where forking is unsafe or fails."""
    if available_cores() < 2 or not can_fork():
        return None
    pipes: list[int] = []
    try:
        pipes += os.pipe()
        pipes += os.pipe()
        process = os.fork()
    except OSError:  # the limit of processes or open files
        _close(pipes)
        return None
    asked, ask, answered, answered_by = pipes
    _enlarge(ask)
    if process == 0:
        _serve(task, asked, answered_by, (ask, answered))
    _close((asked, answered_by))
    return HelperProcess(process, ask, answered)


def submit(helper: HelperProcess | None, task: Task, question: Any) -> None:
    """Start a task in a helper, if there is one that runs."""
    if helper is not None:
        with contextlib.suppress(OSError, EOFError):
            helper.submit(task, question)


def answer(helper: HelperProcess | None, task: Task, question: Any) -> Any:
    """Return a task's result from a helper; run it here if there is none, or it has ended."""
    if helper is not None:
        with contextlib.suppress(OSError, EOFError):
            return helper.ask(task, question)
    return _function(task)(question)


def _function(task: Task) -> Callable[[Any], Any]:
    module, function = task
    found: Callable[[Any], Any] = getattr(importlib.import_module(module), function)
    return found


def _enlarge(pipe: int) -> None:
    """Enlarge a pipe's buffer where the system can; elsewhere the sender waits for the reader."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BUFFER)


def _close(pipes: Iterable[int]) -> None:
    for pipe in pipes:
        os.close(pipe)


def _serve(task: Task, questions: int, answers: int, others: Iterable[int]) -> None:
    """Run tasks until the pipe closes. On failure exit silently: the main process then runs the task itself."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _close(others)  # else this process would hold its own pipe open
        _function(task)
        while True:
            asked, question = _receive(questions)
            _send(answers, _function(asked)(question))
    except BaseException:  # only the main process prints and sets an exit code
        os._exit(0)


def _send(pipe: int, message: Any) -> None:
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    rest = memoryview(len(body).to_bytes(HEADER, "little") + body)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def _receive(pipe: int) -> Any:
    return pickle.loads(_read(pipe, int.from_bytes(_read(pipe, HEADER), "little")))


def _read(pipe: int, length: int) -> bytes:
    found = bytearray()
    while len(found) < length:
        piece = os.read(pipe, length - len(found))
        if not piece:
            raise EOFError
        found += piece
    return bytes(found)
