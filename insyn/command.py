"""The command line: what was asked for, what is printed, and the exit code."""

import difflib
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from insyn import disk, pipeline, reports
from insyn.pipeline import Outcome, Progress
from insyn.texts import Severity, Texts, read_texts

DONE, FAULTS_IN_CONTENT, WRONG_USE, OWN_FAULT = 0, 1, 2, 3
COMMANDS = ("bygg", "kontrollera")
OPTIONS = {"--innehåll": "content", "--till": "output"}
HELP_WORDS = frozenset({"--hjälp", "--hjalp", "--help", "-h", "hjälp"})
BETWEEN_UPDATES = 0.1
"""Seconds between two lines of progress on a terminal."""
HELP = """\
Insyn gör en webbplats av planerna i content/.

  python build.py               bygger webbplatsen i output/
  python build.py bygg          samma sak
  python build.py kontrollera   kontrollerar planerna men publicerar inget
  python build.py --hjälp       visar den här texten

  --innehåll MAPP   läser planerna ur en annan mapp än content
  --till MAPP       lägger webbplatsen i en annan mapp än output

Hittas fel skrivs de ut med fil, rad och råd. Då publiceras inget och webbplatsen är som förut.
Handboken för dig som skriver planer finns i docs/handbok.md."""


@dataclass(frozen=True, slots=True)
class Request:
    command: str
    content: Path
    output: Path


class WrongUse(Exception):
    """The words after the command can't be understood; the message says why, in Swedish."""


def main(arguments: Sequence[str], out: TextIO = sys.stdout, errors: TextIO = sys.stderr) -> int:
    """Carry out a command. Faults in content give 1, faults in how it was called 2, our own 3."""
    if any(word in HELP_WORDS for word in arguments):
        print(HELP, file=out)
        return DONE
    try:
        request = read_request(arguments)
        return _carry_out(request, out, errors)
    except (WrongUse, disk.NotOurs) as fault:
        print(fault, file=errors)
        return WRONG_USE
    except Exception:  # our own fault: say so, and give what is needed to mend it
        print(_texts().tell("own-fault"), file=errors)
        traceback.print_exc(file=errors)
        return OWN_FAULT


def read_request(arguments: Sequence[str]) -> Request:
    """Understand the words of the command line. Raises WrongUse."""
    command, folders, rest = "bygg", {"content": "content", "output": "output"}, list(arguments)
    while rest:
        word = rest.pop(0)
        if word in OPTIONS:
            if not rest:
                raise WrongUse(f"Efter {word} ska det stå en mapp. Skriv python build.py --hjälp för hjälp.")
            folders[OPTIONS[word]] = rest.pop(0)
        elif word in COMMANDS:
            command = word
        else:
            nearest = difflib.get_close_matches(word, [*COMMANDS, *OPTIONS, "--hjälp"], n=1)
            meant = f" Menade du {nearest[0]}?" if nearest else ""
            raise WrongUse(f"”{word}” är inget kommando.{meant} Skriv python build.py --hjälp för hjälp.")
    content, output = Path(folders["content"]), Path(folders["output"])
    if not content.is_dir():
        raise WrongUse(f"Mappen {content} finns inte. Stå i projektets mapp, eller ange mappen med --innehåll.")
    return Request(command, content, output)


def _carry_out(request: Request, out: TextIO, errors: TextIO) -> int:
    progress = _Line(errors, _texts())
    if request.command == "bygg":
        outcome = pipeline.build(request.content, request.output, progress.show)
    else:
        outcome = pipeline.check(request.content, progress.show)
    progress.clear()
    for problem in reports.in_order(outcome.problems):
        print(f"{reports.report(problem, outcome.texts, outcome.lines)}\n", file=errors)
    print(_summary(request, outcome), file=errors if outcome.has_errors else out)
    return FAULTS_IN_CONTENT if outcome.has_errors else DONE


def _texts() -> Texts:
    return read_texts(disk.read_materials().texts)


def _summary(request: Request, outcome: Outcome) -> str:
    """Say in one line what it came to."""
    texts = outcome.texts
    problems = reports.in_order(outcome.problems)
    errors = sum(texts.severity(problem) is Severity.ERROR for problem in problems)
    if errors:
        key = "failed" if request.command == "bygg" else "failed-check"
        return texts.tell(key, errors=_counted(errors, "error", texts), folder=request.output)
    site = outcome.site
    return texts.tell(
        "done" if request.command == "bygg" else "checked",
        pages=_counted(sum(path.endswith(".html") for path in outcome.files), "page", texts),
        plans=_counted(len(site.plans) if site else 0, "plan", texts),
        associations=len(site.associations) if site else 0,
        folder=request.output,
        warnings=_counted(len(problems), "warning", texts) if problems else texts.tell("no-warnings"),
    )


def _counted(count: int, thing: str, texts: Texts) -> str:
    """Write how many there are of something, as one or as many."""
    return texts.tell(f"one-{thing}") if count == 1 else texts.tell(f"many-{thing}s", count=count)


class _Line:
    """One line of progress that is written over, on a terminal only."""

    def __init__(self, stream: TextIO, texts: Texts) -> None:
        self.stream, self.texts = stream, texts
        self.shown = stream.isatty()
        self.next_update = 0.0

    @property
    def show(self) -> Progress:
        return self._show if self.shown else _quiet

    def _show(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now >= self.next_update:
            self.next_update = now + BETWEEN_UPDATES
            print(f"\r\033[K{self.texts.tell(step)} {done} av {total}", end="", file=self.stream, flush=True)

    def clear(self) -> None:
        if self.shown:
            print("\r\033[K", end="", file=self.stream, flush=True)


def _quiet(_step: str, _done: int, _total: int) -> None:
    """Print nothing: nobody is watching."""
