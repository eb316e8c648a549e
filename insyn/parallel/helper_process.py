"""Another process that begins with what takes long while this one finds out whether it is needed.

Importing matplotlib takes as long as all the rest of an edit's build. It is begun on another core before it is known
that a chart must be drawn; when none must, the process is ended. Without it, the work is done here.
"""

import contextlib
import importlib
import os
import pickle
import signal
from collections.abc import Callable, Iterable
from typing import Any

from insyn.parallel.cores import available_cores, can_fork

LENGTH = 8
"""Bytes that say how long a message is."""
ROOM = 1 << 20
"""Bytes that a question may take on its way to a process that isn't ready: a plan and the catalogue are 130 kB."""


Task = tuple[str, str]
"""A module, and the function of it that answers a question."""
READING: Task = ("insyn.build.examine", "examine_asked")
DRAWING: Task = ("insyn.charts.drawing", "draw_both")
JOINING: Task = ("insyn.disk.joined_tables", "join_tables")


class HelperProcess:
    """A process that carries out tasks, one at a time. It began with what one of them takes."""

    def __init__(self, process: int, questions: int, answers: int) -> None:
        self._process, self._questions, self._answers = process, questions, answers
        self._asked: Any = None
        self._is_ended = False

    def expect(self, task: Task, question: Any) -> None:
        """Ask what will be asked for, so that the answer is on its way. Raises OSError when the process has ended."""
        if self._asked is not None:  # two answers might be more than there is room for on their way
            _receive(self._answers)
        self._asked = task, question
        _send(self._questions, self._asked)

    def ask(self, task: Task, question: Any) -> Any:
        """Return its answer. Raises OSError or EOFError when the process has ended."""
        if self._asked != (task, question):
            self.expect(task, question)
        self._asked = None
        return _receive(self._answers)

    def end(self) -> None:
        """End it, whatever it is doing. It keeps nothing that is needed. To take it apart takes the system a while."""
        if self._is_ended:
            return
        self._is_ended = True
        with contextlib.suppress(OSError):
            os.kill(self._process, signal.SIGKILL)
        _close((self._questions, self._answers))

    def wait(self) -> None:
        """Wait until it has ended."""
        with contextlib.suppress(OSError):
            os.waitpid(self._process, 0)


def begin(task: Task) -> HelperProcess | None:
    """Start a process that imports what a task takes, and then does what it's asked to; None where there's no room."""
    if available_cores() < 2 or not can_fork():
        return None
    pipes: list[int] = []
    try:
        pipes += os.pipe()
        pipes += os.pipe()
        process = os.fork()
    except OSError:  # as many processes or files as the machine allows
        _close(pipes)
        return None
    asked, ask, answered, answered_by = pipes
    _make_room(ask)
    if process == 0:
        _serve(task, asked, answered_by, (ask, answered))
    _close((asked, answered_by))
    return HelperProcess(process, ask, answered)


def expect(helper: HelperProcess | None, task: Task, question: Any) -> None:
    """Ask a process what will be asked for. Where there is none, or it has ended, it is found out when it is."""
    if helper is not None:
        with contextlib.suppress(OSError, EOFError):
            helper.expect(task, question)


def answer(helper: HelperProcess | None, task: Task, question: Any) -> Any:
    """Return the answer of a process that was begun with a task; find it here where there is none, or it has ended."""
    if helper is not None:
        with contextlib.suppress(OSError, EOFError):
            return helper.ask(task, question)
    return _function(task)(question)


def _function(task: Task) -> Callable[[Any], Any]:
    module, function = task
    found: Callable[[Any], Any] = getattr(importlib.import_module(module), function)
    return found


def _make_room(pipe: int) -> None:
    """Let a question wait to be read, where the system has room for it; elsewhere whoever asks waits."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, ROOM)


def _close(pipes: Iterable[int]) -> None:
    for pipe in pipes:
        os.close(pipe)


def _serve(task: Task, questions: int, answers: int, others: Iterable[int]) -> None:
    """Answer until nobody asks any more. Says nothing when it fails: the one that asks sees that it has ended."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _close(others)  # or it would keep waiting for itself
        _function(task)
        while True:
            asked, question = _receive(questions)
            _send(answers, _function(asked)(question))
    except BaseException:  # the words and the exit code are the other process's to give
        os._exit(0)


def _send(pipe: int, message: Any) -> None:
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    rest = memoryview(len(body).to_bytes(LENGTH, "little") + body)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def _receive(pipe: int) -> Any:
    return pickle.loads(_read(pipe, int.from_bytes(_read(pipe, LENGTH), "little")))


def _read(pipe: int, length: int) -> bytes:
    found = bytearray()
    while len(found) < length:
        piece = os.read(pipe, length - len(found))
        if not piece:
            raise EOFError
        found += piece
    return bytes(found)
