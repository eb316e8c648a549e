"""The command line: what was asked for, what is printed, and the exit code.

A build with nothing to do ends here, before anything heavy is imported.
"""

from __future__ import annotations

import gc
import io
import os
import sys
import time

from insyn.disk import build_record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from insyn.build.pipeline import BuildResult
    from insyn.build.prefetch import Prefetch
    from insyn.disk.build_record import BuildInputs, BuildRecord
    from insyn.parallel.workers import Progress
    from insyn.problems import Problem
    from insyn.texts import Texts

DONE, FAULTS_IN_CONTENT, WRONG_USE, OWN_FAULT, STOPPED = 0, 1, 2, 3, 130
COMMANDS = ("bygg", "kontrollera")
FOLDERS = {"--innehåll": "content", "--till": "output"}
DEFAULTS = {"content": "content", "output": "output"}
EVERYTHING = "--allt"
WITHOUT = {"--utan-pdf": build_record.PDF, "--utan-sök": build_record.SEARCH, "--utan-sok": build_record.SEARCH}
"""What a build may leave out, by how it is asked for."""
HELP_WORDS = frozenset({"--hjälp", "--hjalp", "--help", "-h", "hjälp"})
BETWEEN_UPDATES = 0.1
"""Seconds between two lines of progress on a terminal."""
WORTH_ESTIMATING = 2.0
"""Seconds of work before the rest is estimated."""
SELDOM = (100_000, 20, 20)
"""How many objects are made before the collector looks: a build makes many and throws few away."""
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "1")
"""NumPy, which matplotlib imports, starts a thread for each core. Nothing here multiplies matrices."""
MOST_WARNINGS = 40
"""Warnings that a build tells; the rest are counted. A site of many years has hundreds that no one can mend."""
HELP = """\
Insyn gör en webbplats av planerna i content/.

  python build.py               bygger webbplatsen i output/
  python build.py bygg          samma sak
  python build.py kontrollera   kontrollerar planerna men publicerar inget
  python build.py kontrollera --allt
                                skriver också ut notiser: det som är bra att veta
  python build.py --hjälp       visar den här texten

  --innehåll MAPP   läser planerna ur en annan mapp än content
  --till MAPP       lägger webbplatsen i en annan mapp än output
  --utan-pdf        bygger utan planerna som PDF, så det går fortare
  --utan-sök        bygger utan sökning, så det går fortare

Hittas fel skrivs de ut med fil, rad och råd. Då publiceras inget och webbplatsen är som förut.
Handboken för dig som skriver planer finns i docs/handbok.md."""


ASK_FOR_HELP = "Skriv python build.py --hjälp för hjälp."
NOT_INSTALLED = """\
Insyn hittar inte {library}, som behövs. Inget har publicerats.
Skriv .venv/bin/python build.py (på Windows .venv\\Scripts\\python build.py) i stället för python build.py.
Hjälper inte det, be den som installerade Insyn att göra om installationen."""
"""The catalogue of sentences can't be read without the libraries that are missing."""
INTERRUPTED = "Avbrutet. Webbplatsen är hel. Kör kommandot igen när du vill."
"""Nor where the import of a library was interrupted: it can't be imported again."""


class Request:
    """What was asked for.

    `shown` is the output folder as it was named, `everything` is notes too, `without` is what may be left out.
    """

    def __init__(
        self,
        command: str,
        content: str,
        output: str,
        shown: str,
        *,
        everything: bool = False,
        without: frozenset[str] = frozenset(),
    ) -> None:
        self.command, self.content, self.output, self.shown = command, content, output, shown
        self.everything, self.without = everything, without


class WrongUse(Exception):
    """The words after the command can't be understood; the message says why, in Swedish."""


def main(arguments: Sequence[str], out: TextIO | None = None, errors: TextIO | None = None) -> int:
    """Carry out a command. Faults in content give 1, faults in how and where it was called 2, our own 3."""
    out, errors = out or sys.stdout or io.StringIO(), errors or sys.stderr or io.StringIO()  # None: nobody reads it
    gc.set_threshold(*SELDOM)
    if any(_composed(word) in HELP_WORDS for word in arguments):
        _say(f"{HELP}\n", out)
        return DONE
    try:
        request = read_request(arguments)
    except WrongUse as fault:
        _say(_printable(f"{fault}\n"), errors)
        return WRONG_USE
    try:
        return _carry_out(request, out, errors)
    except ModuleNotFoundError as fault:
        _say(f"{NOT_INSTALLED.format(library=fault.name)}\n", errors)
        return OWN_FAULT


def _carry_out(request: Request, out: TextIO, errors: TextIO) -> int:
    """Do what was asked for. Raises ModuleNotFoundError where not even what stopped the work can be told of."""
    try:
        found = build_record.read(request.content, request.output)
        inputs = build_record.snapshot_inputs(request.content, found)
        if found and request.command == "bygg" and _has_nothing_to_do(found, inputs, request, out, errors):
            return DONE
        return _work(request, out, errors, found, inputs)
    except ModuleNotFoundError:
        raise
    except KeyboardInterrupt:
        _say(f"{INTERRUPTED}\n", errors)
        return STOPPED
    except Exception as fault:
        return _explain(fault, request, errors)


def read_request(arguments: Sequence[str]) -> Request:
    """Understand the words of the command line. Raises WrongUse."""
    commands, options, named = _sorted_words(arguments)
    command, folders = (commands or ["bygg"])[0], DEFAULTS | named
    left_out = [word for word in options if word in WITHOUT]
    if len(commands) > 1:
        raise WrongUse(f"Skriv ett kommando i taget: {commands[0]} eller {commands[1]}. {ASK_FOR_HELP}")
    if EVERYTHING in options and command != "kontrollera":
        raise WrongUse(f"{EVERYTHING} hör till kontrollera: python build.py kontrollera {EVERYTHING}")
    if left_out and command != "bygg":
        raise WrongUse(f"{left_out[0]} hör till bygg: python build.py bygg {left_out[0]}")
    content, output = build_record.absolute_path(folders["content"]), build_record.absolute_path(folders["output"])
    if not os.path.isdir(content):
        raise WrongUse(
            f"Mappen {folders['content']} finns inte. Stå i projektets mapp, eller ange mappen med --innehåll."
        )
    if build_record.is_within(output, content):
        raise WrongUse(
            f"Mappen {folders['output']} ligger i mappen med planerna, {folders['content']}. Ange en annan med --till."
        )
    without = frozenset(WITHOUT[word] for word in left_out)
    is_all = EVERYTHING in options
    return Request(command, content, output, folders["output"], everything=is_all, without=without)


def _sorted_words(arguments: Sequence[str]) -> tuple[list[str], list[str], dict[str, str]]:
    """Return the commands, the options without a value, and the folders that are named. Raises WrongUse."""
    commands: list[str] = []
    options: list[str] = []
    folders: dict[str, str] = {}
    rest = list(arguments)
    while rest:
        written = rest.pop(0)
        word = _composed(written)
        if word in FOLDERS and FOLDERS[word] in folders:
            raise WrongUse(f"{word} står två gånger. {ASK_FOR_HELP}")
        if word in FOLDERS:
            folders[FOLDERS[word]] = _folder_after(word, rest)
        elif word in COMMANDS:
            commands.append(word)
        elif word == EVERYTHING or word in WITHOUT:
            options.append(word)
        else:
            raise WrongUse(f"”{written}” är inget kommando.{_meant(word)} {ASK_FOR_HELP}")
    return commands, options, folders


def _folder_after(word: str, rest: list[str]) -> str:
    """Take the folder that follows an option. One whose name begins as an option does is written ./--så."""
    if not rest or not rest[0] or rest[0].startswith("-"):
        raise WrongUse(f"Efter {word} ska det stå en mapp. {ASK_FOR_HELP}")
    return rest.pop(0)


def _composed(word: str) -> str:
    """Return a word with each å as one character: some keyboards and programs write it as an a and a ring."""
    if word.isascii():
        return word
    from unicodedata import normalize

    return normalize("NFC", word)


def _meant(word: str) -> str:
    import difflib

    nearest = difflib.get_close_matches(word, [*COMMANDS, *FOLDERS, *WITHOUT, EVERYTHING, "--hjälp"], n=1)
    return f" Menade du {nearest[0]}?" if nearest else ""


def _has_nothing_to_do(found: BuildRecord, inputs: BuildInputs, request: Request, out: TextIO, errors: TextIO) -> bool:
    """Say what the latest build said, when nothing has changed since. What had to be read needn't be the next time."""
    if found.missing != request.without or not build_record.is_current(found, inputs, request.output):
        return False
    report, summary = found.printed
    _say(report, errors)
    _say(f"{summary}\n", out)
    if inputs.content.has_newer_signatures(found.inputs.content) or inputs.tools.has_newer_signatures(
        found.inputs.tools
    ):
        found.inputs = inputs
        build_record.write(found, request.content, request.output)
    return True


# --- With work to do ------------------------------------------------------------------------------------------------


def _work(request: Request, out: TextIO, errors: TextIO, before: BuildRecord | None, inputs: BuildInputs) -> int:
    os.environ.setdefault(*ONE_THREAD)
    from insyn.build import prefetch

    helpers = prefetch.begin(inputs.content, before if request.command == "bygg" else None)
    try:
        outcome = _carried_out(request, errors, before, inputs, helpers)
        report, summary = _printable(_report(request, outcome)), _summary(request, outcome)
        _remember(request, outcome, report, summary)
        _say(report, errors)
        _say(f"{summary}\n", errors if outcome.has_errors else out)
        return FAULTS_IN_CONTENT if outcome.has_errors else DONE
    finally:
        helpers.wait()


def _carried_out(
    request: Request, errors: TextIO, before: BuildRecord | None, inputs: BuildInputs, helpers: Prefetch
) -> BuildResult:
    """Build or check, and say how far it has come."""
    progress = None
    try:
        from pathlib import Path

        from insyn.build import pipeline

        content, output = Path(request.content), Path(request.output)
        known = pipeline.Preflight(before, inputs, helpers)
        progress = _Line(errors)
        if request.command == "bygg":
            pdfs, search = (part not in request.without for part in (build_record.PDF, build_record.SEARCH))
            return pipeline.build(content, output, progress.show, known=known, pdfs=pdfs, search=search)
        check = pipeline.check_all if request.everything else pipeline.check
        return check(content, output, progress.show, known=known)
    finally:
        helpers.end()
        if progress:
            progress.clear()


def _remember(request: Request, outcome: BuildResult, report: str, summary: str) -> None:
    from pathlib import Path

    from insyn.build import pipeline

    pipeline.remember(outcome, Path(request.content), Path(request.output), report, summary)


def _say(text: str, stream: TextIO) -> None:
    """Write what there is to say. A closed pipe, as after `| head`, or a full disk is no fault of the work's."""
    try:
        stream.write(text)
        stream.flush()
    except OSError:
        return


def _printable(text: str) -> str:
    """Write what no terminal can show, of a file's name that isn't text, as its number."""
    return text.encode("utf-8", "backslashreplace").decode()


def _explain(fault: Exception, request: Request, errors: TextIO) -> int:
    """Say in one sentence what stopped the work. Our own fault also comes with what is needed to mend it."""
    from insyn.disk.materials import read_catalogue
    from insyn.texts import read_texts

    texts = read_texts(read_catalogue())
    sentence, code = _sentence(fault, request, texts)
    _say(f"{_printable(sentence)}\n", errors)
    if code == OWN_FAULT:
        import traceback

        _say("".join(traceback.format_exception(fault)), errors)
    return code


def _sentence(fault: Exception, request: Request, texts: Texts) -> tuple[str, int]:
    from insyn.disk.content import Changed
    from insyn.disk.output import NotOurs, Unwritable
    from insyn.disk.snapshot import Unreadable
    from insyn.parallel.workers import Lost

    match fault:
        case NotOurs():
            return texts.tell("not-ours", folder=request.shown), WRONG_USE
        case Unwritable():
            return texts.tell("unwritable", folder=request.shown, reason=fault), WRONG_USE
        case Unreadable():
            return texts.tell("unreadable", folder=fault), WRONG_USE
        case Changed():
            build_record.forget(request.content, request.output)
            return texts.tell("changed", file=fault), FAULTS_IN_CONTENT
        case Lost():
            return texts.tell("worker-lost"), OWN_FAULT
    return texts.tell("own-fault"), OWN_FAULT


def _report(request: Request, outcome: BuildResult) -> str:
    """Write problems with the line each stands on."""
    from pathlib import Path

    from insyn import reports
    from insyn.disk.content import read_lines

    problems = reports.in_order([*_told(request, outcome), *outcome.notes])
    lines = {file: read_lines(Path(request.content), file) for file in {problem.place.file for problem in problems}}
    told = "".join(f"{reports.report(problem, outcome.texts, lines)}\n\n" for problem in problems)
    if outcome.search_fault is None:
        return told
    return f"{told}{outcome.texts.tell('search-missing', reason=outcome.search_fault)}\n"


def _told(request: Request, outcome: BuildResult) -> list[Problem]:
    """Return what is told: when building, every error and so many warnings, those of plans just read first."""
    from insyn import reports

    problems = reports.in_order(outcome.problems)
    if request.command != "bygg" or len(problems) <= MOST_WARNINGS:
        return problems
    errors = [problem for problem in problems if outcome.texts.is_error(problem)]
    warnings = [problem for problem in problems if not outcome.texts.is_error(problem)]
    return [*errors, *sorted(warnings, key=lambda problem: problem.place.file not in outcome.fresh)[:MOST_WARNINGS]]


def _summary(request: Request, outcome: BuildResult) -> str:
    """Say in one line what it came to."""
    from insyn import reports

    texts = outcome.texts
    problems = reports.in_order(outcome.problems)
    errors = sum(texts.is_error(problem) for problem in problems)
    if errors:
        key = "failed" if request.command == "bygg" else "failed-check"
        return texts.tell(key, errors=_counted(errors, "error", texts), folder=request.shown)
    checked = "checked-all" if request.everything else "checked"
    notes = reports.in_order(outcome.notes)
    done = texts.tell(
        "done" if request.command == "bygg" else checked,
        pages=_pages(outcome, texts),
        plans=_counted(outcome.plans, "plan", texts),
        associations=outcome.associations,
        folder=request.shown,
        warnings=_warnings(len(problems), len(_told(request, outcome)), texts),
        notes=_counted(len(notes), "note", texts) if notes else texts.tell("no-notes"),
    )
    return texts.tell("without-search", done=done) if build_record.SEARCH in outcome.missing else done


def _pages(outcome: BuildResult, texts: Texts) -> str:
    pages = _counted(outcome.pages, "page", texts)
    if not outcome.pdfs:
        return pages
    return texts.tell("pages-and-pdfs", pages=pages, pdfs=_counted(outcome.pdfs, "pdf", texts))


def _warnings(count: int, told: int, texts: Texts) -> str:
    if told < count:
        return texts.tell("some-warnings", count=count, told=told)
    return _counted(count, "warning", texts) if count else texts.tell("no-warnings")


def _counted(count: int, thing: str, texts: Texts) -> str:
    """Write how many there are of something, as one or as many."""
    return texts.tell(f"one-{thing}") if count == 1 else texts.tell(f"many-{thing}s", count=count)


class _Line:
    """One line of progress that is written over, on a terminal only."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.shown = stream.isatty()
        if self.shown:
            from insyn.disk.materials import read_catalogue
            from insyn.texts import read_texts

            self.texts = read_texts(read_catalogue())
        self.step, self.began, self.next_update = "", 0.0, 0.0

    @property
    def show(self) -> Progress:
        return self._show if self.shown else _quiet

    def _show(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if step != self.step:
            self.step, self.began, self.next_update = step, now, now
        if now >= self.next_update and total:
            self.next_update = now + BETWEEN_UPDATES
            words = f"{self.texts.tell(step)} {self.texts.tell('progress-count', done=done, total=total)}"
            _say(f"\r\033[K{words}{self._left(done, total, now)}", self.stream)

    def _left(self, done: int, total: int, now: float) -> str:
        """Estimate the rest from what is done, once that says anything."""
        spent = now - self.began
        if not done or spent < WORTH_ESTIMATING:
            return ""
        seconds = max(1, round(spent * (total - done) / done))
        return self.texts.tell("progress-left-one" if seconds == 1 else "progress-left", seconds=seconds)

    def clear(self) -> None:
        if self.shown:
            _say("\r\033[K", self.stream)


def _quiet(_step: str, _done: int, _total: int) -> None:
    """Print nothing: nobody is watching."""
