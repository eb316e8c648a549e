"""The command line: arguments, output and exit code.

An unchanged build ends here, before anything heavy is imported.
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
    from insyn.disk.build_record import BuildInputs, BuildRecord
    from insyn.parallel.workers import Progress
    from insyn.problems import Problem
    from insyn.texts import Texts

DONE, FAULTS_IN_CONTENT, WRONG_USE, OWN_FAULT, STOPPED = 0, 1, 2, 3, 130
NEW_PLAN = "ny-plan"
COMMANDS = {
    "bygg": "bygg",
    "kontrollera": "kontrollera",
    "bokför": "bokför",
    "bokfor": "bokför",
    "visa": "visa",
    NEW_PLAN: NEW_PLAN,
    "nyplan": NEW_PLAN,
    "importera": "importera",
}
"""What may be asked for, also without dots."""
FOLDERS = {"--innehåll": "content", "--till": "output"}
DEFAULTS = {"content": "content", "output": "output"}
EVERYTHING = "--allt"
COMPARE = "--jämför"
"""Asks `importera` to compare the plan that is there with the file."""
NO_BROWSER = ("--ingen-webbläsare", "--ingen-webblasare")
VALUES = {"--port": "port", "--redigerare": "editor"}
"""Options of `visa` with a word after them."""
PORTS = 65_536
DEFAULT_EDITOR = "vscode"
CHECK_OUTPUT = "--kontrollera-output"
WITHOUT = {"--utan-pdf": build_record.PDF, "--utan-sök": build_record.SEARCH, "--utan-sok": build_record.SEARCH}
"""By option: the part that a build omits."""
SHORT, DATA = "--kort", "--json"
FORMS = (SHORT, DATA)
"""How problems are told to editors and programs."""
WRITE, REPEAT = "--skriv", "--upprepa-sista"
"""Of `ny-plan`: write what was shown, as `importera` does too, and repeat the rows of the last year in the new one."""
REMOVE = "--ta-bort"
"""Asks `importera` to remove the rows that a plan's own workbook has no more."""
OPTIONS = (EVERYTHING, COMPARE, CHECK_OUTPUT, *WITHOUT, *FORMS, *NO_BROWSER, WRITE, REPEAT, REMOVE)
HELP_WORDS = frozenset({"--hjälp", "--hjalp", "--help", "-h", "hjälp"})
BETWEEN_UPDATES = 0.1
"""Seconds between updates of the progress line."""
WORTH_ESTIMATING = 2.0
"""Seconds of work before the time left is estimated."""
GC_THRESHOLDS = (100_000, 20, 20)
"""For `gc.set_threshold`: a build creates many objects and frees few."""
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "1")
"""NumPy, which matplotlib imports, starts a thread for each core. Nothing here multiplies matrices."""
MOST_WARNINGS = 40
"""Warnings that a build prints; the rest are counted. Old plans have hundreds that no one can fix."""
HELP = """\
Insyn gör en webbplats av planerna i content/.

  python build.py               bygger webbplatsen i output/
  python build.py bygg          samma sak
  python build.py kontrollera   kontrollerar planerna men publicerar inget
  python build.py kontrollera --allt
                                skriver också ut notiser: det som är bra att veta
  python build.py visa          visar webbplatsen medan du skriver: det du sparar syns direkt, med felen där de är
  python build.py bokför        skriver i content/publicerat.txt vad som är nytt på webbplatsen
  python build.py bokför 2026-10-31
                                samma sak, med en annan dag än i dag
  python build.py importera FIL --till FÖRBUND/ÅR
                                skriver ett utkast till plan ur Word, Excel, CSV eller text
                                (FIL - läser det som klistras in; utan --till visas det bara;
                                med --jämför jämförs planen som finns med filen)
  python build.py importera budget.xlsx --till norr/2027
                                visar vad som är ändrat i planens egen arbetsbok, cell för cell
                                (med --skriv skrivs det i planen; med --ta-bort tas rader bort som är
                                borta i arbetsboken)
  python build.py ny-plan norr 2027
                                visar nästa års plan, gjord av den senaste i content/norr/
  python build.py ny-plan norr 2027 --skriv
                                skriver den i content/norr/2027/plan.md
  python build.py --hjälp       visar den här texten

  --innehåll MAPP   läser planerna ur en annan mapp än content
  --till MAPP       lägger webbplatsen i en annan mapp än output
  --utan-pdf        bygger utan planerna som PDF, så det går fortare
  --utan-sök        bygger utan sökning, så det går fortare
  --kort            skriver en rad för varje fel, för redigerare: fil:rad:kolumn: FEL namn: text
  --json            skriver samma sak som data, för andra program
  --upprepa-sista   ny-plan: året som är nytt får samma rader som året före
  --ingen-webbläsare
                    visar utan att öppna webbläsaren
  --port NUMMER     visar på en annan port
  --redigerare NAMN öppnar rader i vscode, vscodium, cursor eller zed; ingen tar bort länkarna
  --kontrollera-output
                    läser också varje fil i output, och lagar dem som inte är som de publicerades

Hittas fel skrivs de ut med fil, rad och råd. Då publiceras inget och webbplatsen är som förut.
Handboken för dig som skriver planer finns i docs/handbok.md."""


STAND_INS = {"”": '"', "’": "'", "–": "-", "—": "-", "−": "-", "…": ".", "│": "|", "•": "*"}
"""What is printed for a sign on a terminal that lacks it; for a letter, the letter without its marks."""
ASK_FOR_HELP = "Skriv python build.py --hjälp för hjälp."
NOT_INSTALLED = """\
Insyn hittar inte {library}, som behövs. Inget har publicerats.
Skriv .venv/bin/python build.py (på Windows .venv\\Scripts\\python build.py) i stället för python build.py.
Hjälper inte det, be den som installerade Insyn att göra om installationen."""
"""Not in texts.yaml, which can't be read while a library is missing."""
OF_IMPORTS = ("mammoth", "openpyxl")
NOT_INSTALLED_FOR_IMPORT = """\
För att läsa Word och Excel behövs {library}, som inte är installerat. Inget är skrivet.
Kör .venv/bin/python -m pip install --require-hashes -r requirements-import.txt och försök igen.
Eller spara filen som CSV eller text: de läses utan det."""
INTERRUPTED = "Avbrutet. Webbplatsen är hel. Kör kommandot igen när du vill."
"""Not in texts.yaml either: an interrupted import can't be repeated."""


class Request:
    """A parsed command line.

    `typed` has the folders as typed, `everything` asks for notices, `without` has the parts to omit, `form` is how
    problems are told if not in full, `day` the date of new lines in the ledger, `checks_output` asks for a look at
    every published byte. `plan` is the förbund and the year of a new plan.
    """

    def __init__(
        self,
        command: str,
        content: str,
        output: str,
        typed: dict[str, str],
        options: Sequence[str],
        day: str = "",
        plan: tuple[str, int] = ("", 0),
    ) -> None:
        self.plan, self.writes, self.repeats_last = plan, WRITE in options, REPEAT in options
        self.command, self.content, self.output, self.day = command, content, output, day
        self.shown, self.folder = typed["output"], typed["content"].rstrip("/")
        self.everything, self.checks_output = EVERYTHING in options, CHECK_OUTPUT in options
        self.without = frozenset(WITHOUT[option] for option in options if option in WITHOUT)
        self.form = next((form for form in FORMS if form in options), "")
        self.imported, self.target = typed.get("imported", ""), typed["output"]
        self.compares, self.removes = COMPARE in options, REMOVE in options
        self.opens_browser = not any(option in options for option in NO_BROWSER)
        self.port = int(typed["port"]) if "port" in typed else None
        self.editor = typed.get("editor", DEFAULT_EDITOR)

    def path_of(self, file: str) -> str:
        """Return the path by which a file can be opened, of the one that people know it by: "content/…"."""
        return f"{self.folder}/{file.partition('/')[2]}"


class WrongUse(Exception):
    """The arguments are invalid; the message says why, in Swedish."""


def main(arguments: Sequence[str], out: TextIO | None = None, errors: TextIO | None = None) -> int:
    """Run a command; return the exit code: 1 for errors in content, 2 for wrong use, 3 for our own faults."""
    out, errors = out or sys.stdout or io.StringIO(), errors or sys.stderr or io.StringIO()  # None when closed
    gc.set_threshold(*GC_THRESHOLDS)
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
        told = NOT_INSTALLED_FOR_IMPORT if fault.name in OF_IMPORTS else NOT_INSTALLED
        _say(f"{told.format(library=fault.name)}\n", errors)
        return OWN_FAULT


def _carry_out(request: Request, out: TextIO, errors: TextIO) -> int:
    """Run a valid request. Raises ModuleNotFoundError: without libraries no message can be composed."""
    try:
        other = {"bokför": _book, "importera": _import, NEW_PLAN: _begin_plan, "visa": _preview}.get(request.command)
        if other:
            return other(request, out, errors)
        record = build_record.read(request.content, request.output)
        if request.checks_output:
            return _check_output(request, out, errors, record)
        inputs = build_record.snapshot_inputs(request.content, record)
        is_full = request.command == "bygg" and not request.form
        if record and is_full and _is_up_to_date(record, inputs, request, out, errors):
            return DONE
        return _build_or_check(request, out, errors, record, inputs)
    except (Exception, KeyboardInterrupt) as fault:
        if _is_interruption(fault):
            _say(f"{INTERRUPTED}\n", errors)
            return STOPPED
        if isinstance(fault, ModuleNotFoundError):
            raise
        return _explain(fault, request, errors)


def _is_interruption(fault: BaseException | None) -> bool:
    """Whether a fault is an interruption, or comes of one: what is written in C makes another of it when imported."""
    return fault is not None and (
        isinstance(fault, KeyboardInterrupt) or _is_interruption(fault.__cause__ or fault.__context__)
    )


def read_request(arguments: Sequence[str]) -> Request:
    """Parse the arguments. Raises WrongUse."""
    commands, options, named, words = _sorted_words(arguments)
    command, folders = (commands or ["bygg"])[0], DEFAULTS | named
    if len(commands) > 1:
        raise WrongUse(f"Skriv ett kommando i taget: {commands[0]} eller {commands[1]}. {ASK_FOR_HELP}")
    _check_options(command, options)
    content, output = build_record.absolute_path(folders["content"]), build_record.absolute_path(folders["output"])
    if not os.path.isdir(content):
        raise WrongUse(
            f"Mappen {folders['content']} finns inte. Stå i projektets mapp, eller ange mappen med --innehåll."
        )
    if command == "importera" and not folders.get("imported"):
        raise WrongUse(f"Efter importera ska det stå en fil. {ASK_FOR_HELP}")
    if command != "importera" and build_record.is_within(output, content):
        raise WrongUse(
            f"Mappen {folders['output']} ligger i mappen med planerna, {folders['content']}. Ange en annan med --till."
        )
    if command == "importera":
        _target(folders["output"], folders["content"])
    _check_preview(command, options, named)
    day = _day("".join(filter(_is_day, options))) if command == "bokför" else ""
    plan = _plan(words) if command == NEW_PLAN else ("", 0)
    return Request(command, content, output, folders, options, day, plan)


def _plan(words: Sequence[str]) -> tuple[str, int]:
    """Return the förbund and the year of a new plan, in whichever order they stand. Raises WrongUse."""
    years, names = [word for word in words if _is_day(word)], [word for word in words if not _is_day(word)]
    if len(years) != 1 or len(names) != 1 or not _is_year(years[0]):
        raise WrongUse("Skriv förbundets mapp och året: python build.py ny-plan norr 2027")
    return names[0].rstrip("/"), int(years[0])


def _check_options(command: str, options: Sequence[str]) -> None:
    """Raises WrongUse when an option belongs to another command, or when two say different things."""
    left_out, days = [word for word in options if word in WITHOUT], [word for word in options if _is_day(word)]
    forms = [form for form in FORMS if form in options]
    if len(days) > 1:
        raise WrongUse(f"Skriv en dag i taget: {days[0]} eller {days[1]}. {ASK_FOR_HELP}")
    if EVERYTHING in options and command != "kontrollera":
        raise WrongUse(f"{EVERYTHING} hör till kontrollera: python build.py kontrollera {EVERYTHING}")
    if COMPARE in options and command != "importera":
        raise WrongUse(f"{COMPARE} hör till importera: python build.py importera FIL --till FÖRBUND/ÅR {COMPARE}")
    if CHECK_OUTPUT in options and command != "bygg":
        raise WrongUse(f"{CHECK_OUTPUT} hör till bygg: python build.py bygg {CHECK_OUTPUT}")
    if left_out and command != "bygg":
        raise WrongUse(f"{left_out[0]} hör till bygg: python build.py bygg {left_out[0]}")
    if len(forms) > 1:
        raise WrongUse(f"Skriv {SHORT} eller {DATA}, inte båda. {ASK_FOR_HELP}")
    if REMOVE in options and command != "importera":
        raise WrongUse(f"{REMOVE} hör till importera: python build.py importera budget.xlsx --till norr/2027 {REMOVE}")
    own = [word for word in options if word == REPEAT or (word == WRITE and command != "importera")]
    if own and command != NEW_PLAN:
        raise WrongUse(f"{own[0]} hör till ny-plan: python build.py ny-plan norr 2027 {own[0]}")
    if forms and command in (NEW_PLAN, "importera"):
        raise WrongUse(f"{forms[0]} hör till bygg och kontrollera: python build.py kontrollera {forms[0]}")
    if forms and command == "bokför":
        raise WrongUse(f"{forms[0]} hör till bygg och kontrollera: python build.py kontrollera {forms[0]}")


def _check_preview(command: str, options: Sequence[str], named: dict[str, str]) -> None:
    """Raises WrongUse when what a preview is told is wrong, or told to another command."""
    told = [word for word in options if word in NO_BROWSER] + [word for word, name in VALUES.items() if name in named]
    if told and command != "visa":
        raise WrongUse(f"{told[0]} hör till visa: python build.py visa {told[0]}")
    port = named.get("port", "1")
    if not (port.isascii() and port.isdecimal() and 0 < int(port) < PORTS):
        raise WrongUse(f"”{port}” är ingen port. Skriv ett tal mellan 1 och {PORTS - 1}.")
    if "editor" in named:
        from insyn.preview.editors import EDITORS

        if named["editor"] not in EDITORS:
            raise WrongUse(f"Insyn känner inte redigeraren ”{named['editor']}”. Skriv någon av {', '.join(EDITORS)}.")


def _sorted_words(arguments: Sequence[str]) -> tuple[list[str], list[str], dict[str, str], list[str]]:
    """Return the commands, the options without value, the folders, and what a new plan is named by. Raises WrongUse."""
    commands: list[str] = []
    words: list[str] = []
    options: list[str] = []
    folders: dict[str, str] = {}
    rest = list(arguments)
    while rest:
        written = rest.pop(0)
        word = _composed(written)
        name = (FOLDERS | VALUES).get(word, "")
        if name in folders:
            raise WrongUse(f"{word} står två gånger. {ASK_FOR_HELP}")
        if word in FOLDERS:
            folders[name] = _folder_after(word, rest)
        elif word in VALUES:
            folders[name] = _word_after(word, rest)
        elif word in COMMANDS:
            commands.append(COMMANDS[word])
        elif word in OPTIONS or ("bokför" in commands and _is_day(word)):
            options.append(word)
        elif "importera" in commands and "imported" not in folders and not word.startswith("--"):
            folders["imported"] = written
        elif NEW_PLAN in commands and not word.startswith("-"):
            words.append(word)
        else:
            raise WrongUse(f"”{written}” är inget kommando.{_meant(word)} {ASK_FOR_HELP}")
    return commands, options, folders, words


def _folder_after(word: str, rest: list[str]) -> str:
    """Pop the folder after an option. A folder named like an option is written ./--så. Raises WrongUse."""
    if not rest or not rest[0] or rest[0].startswith("-"):
        raise WrongUse(f"Efter {word} ska det stå en mapp. {ASK_FOR_HELP}")
    return rest.pop(0)


def _word_after(word: str, rest: list[str]) -> str:
    """Pop the word after an option. Raises WrongUse."""
    if not rest or not rest[0] or rest[0].startswith("-"):
        raise WrongUse(f"Efter {word} ska det stå {'ett nummer' if word == '--port' else 'ett namn'}. {ASK_FOR_HELP}")
    return rest.pop(0)


def _composed(word: str) -> str:
    """Return a word in NFC: some keyboards and programs write å as two characters."""
    if word.isascii():
        return word
    from unicodedata import normalize

    return normalize("NFC", word)


def _is_day(word: str) -> bool:
    """Whether a word is meant as a day."""
    return word[:1].isdecimal()


def _day(written: str) -> str:
    """Return the day to write in the ledger: today unless another is asked for. Nothing else here reads the clock."""
    from datetime import date

    today = date.today()
    try:
        day = date.fromisoformat(written) if written else today
    except ValueError:
        raise WrongUse(f"”{written}” är ingen dag. Skriv år, månad och dag, till exempel 2026-10-31.") from None
    if day > today:
        raise WrongUse(f"Den {written} har inte varit än. Bara det som har publicerats kan bokföras.")
    return day.isoformat()


def _meant(word: str) -> str:
    import difflib

    nearest = difflib.get_close_matches(word, [*COMMANDS, *FOLDERS, *OPTIONS, "--hjälp"], n=1)
    return f" Menade du {nearest[0]}?" if nearest else ""


def _is_up_to_date(record: BuildRecord, inputs: BuildInputs, request: Request, out: TextIO, errors: TextIO) -> bool:
    """If nothing has changed, print the previous build's report. Newer signatures are recorded for the next build."""
    if request.form or record.missing != request.without or not build_record.is_current(record, inputs, request.output):
        return False
    report, summary = map(_printable, record.printed)
    _say(report, errors)
    _say(f"{summary}\n", out)
    if inputs.content.has_newer_signatures(record.inputs.content) or inputs.tools.has_newer_signatures(
        record.inputs.tools
    ):
        record.inputs = inputs
        build_record.write(record, request.content, request.output)
    return True


# --- Checking what is published ------------------------------------------------------------------------------------


def _check_output(request: Request, out: TextIO, errors: TextIO, record: BuildRecord | None) -> int:
    """Build, trusting no signature, of content or of output; print which files were mended."""
    from pathlib import Path

    from insyn.disk import output_check

    output, altered = Path(request.output), _find_altered(request, record)
    before = output_check.sums_of(record.published, output, altered) if record else {}
    inputs = build_record.snapshot_inputs(request.content, None)
    if record:
        record.published = record.published.doubting(altered)
    is_current = record is not None and _is_up_to_date(record, inputs, request, out, errors)
    code = DONE if is_current else _build_or_check(request, out, errors, record, inputs)
    mended = output_check.find_mended(before, output)
    if code == DONE and record and not mended:
        _say(_told(request, "output-intact", []), errors if request.form else out)
    elif code == DONE:
        _say(_told(request, "output-mended" if record else "output-unknown", mended), errors)
    elif altered:
        _say(_told(request, "output-altered", altered), errors)
    return code


def _find_altered(request: Request, record: BuildRecord | None) -> list[str]:
    """Return the published files, and the folders of files beside a page, that aren't as they were published."""
    from pathlib import Path

    from insyn.disk.output_check import find_altered

    return sorted(find_altered(record.published, Path(request.output))) if record else []


def _told(request: Request, key: str, files: Sequence[str]) -> str:
    """Compose a sentence about the published files, and a list of some."""
    from insyn.disk.materials import read_catalogue
    from insyn.reports import harmless
    from insyn.texts import read_texts

    texts = read_texts(read_catalogue())
    files = [harmless(file) for file in files]
    lines = [texts.tell(key, folder=request.shown), *(f"  {file}" for file in files[:MOST_WARNINGS])]
    if len(files) > MOST_WARNINGS:
        lines.append(f"  {texts.tell('output-more', count=len(files) - MOST_WARNINGS)}")
    return _printable("".join(f"{line}\n" for line in lines))


# --- Previewing ------------------------------------------------------------------------------------------------------


def _preview(request: Request, out: TextIO, errors: TextIO) -> int:
    """Show the site while it is written, until someone presses Ctrl and C."""
    _set_up(request)
    from datetime import date
    from pathlib import Path

    from insyn.preview.run import AlreadyShown, Asked, run
    from insyn.preview.server import Busy

    progress = _ProgressLine(errors)
    folders = Path(request.content), Path(request.output)
    asked = Asked(*folders, request.path_of, request.port, request.editor, request.opens_browser, date.today)

    def say(text: str) -> None:
        progress.clear()
        _say(f"{_printable(text)}\n", out)

    try:
        run(asked, progress.show, say, lambda fault: _say(_printable(fault), errors))
    except KeyboardInterrupt:
        progress.clear()
        _say(f"\n{_sentence_of('preview-ended')}\n", out)
    except AlreadyShown:
        _say(f"{_sentence_of('preview-already')}\n", errors)
        return WRONG_USE
    except Busy as port:
        _say(f"{_sentence_of('preview-busy', port=port)}\n", errors)
        return WRONG_USE
    return DONE


def _sentence_of(key: str, **values: object) -> str:
    from insyn.disk.materials import read_catalogue
    from insyn.texts import read_texts

    return read_texts(read_catalogue()).tell(key, **values)


# --- Building and checking ------------------------------------------------------------------------------------------


def _set_up(request: Request) -> None:
    """Tell libraries to keep to this process and its cache, and have SIGTERM stop the work as SIGINT does."""
    os.environ.setdefault(*ONE_THREAD)
    os.environ.setdefault("MPLCONFIGDIR", os.path.join(build_record.cache_folder(request.output), "matplotlib"))
    import signal
    import threading

    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def _book(request: Request, out: TextIO, errors: TextIO) -> int:
    """Write what is new into the ledger; print how many lines that was."""
    _set_up(request)
    from datetime import date
    from pathlib import Path

    from insyn.build import pipeline

    is_there = os.path.isdir(request.output)
    altered = _find_altered(request, build_record.read(request.content, request.output) if is_there else None)
    if altered:
        _say(_told(request, "booked-not", altered), errors)
        return FAULTS_IN_CONTENT
    progress = _ProgressLine(errors)
    try:
        day = date.fromisoformat(request.day)
        result, count = pipeline.book(Path(request.content), Path(request.output), day, progress.show)
    finally:
        progress.clear()
    _say(_printable(_report(request, result)), errors)
    _say(f"{_booked(request, result, count)}\n", errors if result.has_errors else out)
    return FAULTS_IN_CONTENT if result.has_errors else DONE


def _import(request: Request, out: TextIO, errors: TextIO) -> int:
    """Write a draft of a plan from another program's file; print what must be looked at."""
    from pathlib import Path

    from insyn.importing.importer import ImportRequest, run_import

    target = _target(request.target, request.folder)
    body = sys.stdin.buffer.read() if request.imported == "-" else None
    asked = ImportRequest(request.imported, body, target, request.compares, request.writes, request.removes)
    outcome = run_import(Path(request.content), asked)
    _say(_printable(f"{outcome.told}\n"), out if outcome.is_done else errors)
    return DONE if outcome.is_done else WRONG_USE


def _target(written: str, content: str) -> tuple[str, int] | None:
    """Return the förbund and the year of "hoglandet/2025"; None when none is asked for. Raises WrongUse."""
    parts = written.replace("\\", "/").removeprefix(f"{content}/").strip("/").split("/")
    if written == DEFAULTS["output"]:
        return None
    if len(parts) != 2 or not (_is_id(parts[0]) and _is_year(parts[1])):
        raise WrongUse(f"”{written}” är ingen plats för en plan. Skriv förbundets mapp och året: hoglandet/2025.")
    return parts[0], int(parts[1])


def _is_id(folder: str) -> bool:
    """Whether a folder may be a förbund's: small letters a–z, digits, and hyphens between them."""
    return folder.isascii() and folder == folder.lower() and all(word.isalnum() for word in folder.split("-"))


def _is_year(folder: str) -> bool:
    return folder.isascii() and folder.isdecimal() and len(folder) == 4


def _begin_plan(request: Request, out: TextIO, errors: TextIO) -> int:
    """Show a new plan, or write it; print what became of the old one's amounts."""
    from pathlib import Path

    from insyn.build.new_plan import NotBegun, begin_plan
    from insyn.build.new_plan_report import report_of
    from insyn.disk.materials import read_catalogue
    from insyn.texts import read_texts

    texts = read_texts(read_catalogue())
    association, year = request.plan
    begun = begin_plan(
        Path(request.content), association, year, texts, repeats_last=request.repeats_last, writes=request.writes
    )
    if isinstance(begun, NotBegun):
        _say(_printable(f"{texts.tell(begun.key, **dict(begun.values))}\n"), errors)
        return FAULTS_IN_CONTENT
    _say(_printable(report_of(begun, texts)), out)
    if begun.is_written:
        _say(f"\n{texts.tell('new-plan-written', file=begun.file)}\n", out)
        return DONE
    again = " ".join(["python build.py ny-plan", association, str(year), *([REPEAT] if request.repeats_last else [])])
    _say(f"\n{texts.tell('new-plan-dry')}\n  {again} {WRITE}\n", out)
    return DONE


def _booked(request: Request, result: BuildResult, count: int) -> str:
    from insyn import reports

    texts, problems = result.texts, reports.in_order(result.problems)
    faults = sum(texts.is_error(problem) for problem in problems)
    if faults:
        return texts.tell("failed-booking", errors=_counted(faults, "error", texts))
    warnings = _warnings(len(problems), len(_reported(request, result)), texts)
    if not count:
        return texts.tell("booked-nothing", warnings=warnings)
    file = f"{os.path.basename(request.content)}/publicerat.txt"
    return texts.tell(
        "booked", day=request.day, versions=_counted(count, "version", texts), file=file, warnings=warnings
    )


def _build_or_check(
    request: Request, out: TextIO, errors: TextIO, record: BuildRecord | None, inputs: BuildInputs
) -> int:
    _set_up(request)
    result = _run_pipeline(request, errors, record, inputs)
    report, summary = _printable(_report(request, result)), _summary(request, result, _reported(request, result))
    _write_record(request, result, report, summary)
    if request.form:
        _tell_programs(request, result, out, errors)
    else:
        _say(report, errors)
        _say(f"{summary}\n", errors if result.has_errors else out)
    return FAULTS_IN_CONTENT if result.has_errors else DONE


def _tell_programs(request: Request, result: BuildResult, out: TextIO, errors: TextIO) -> None:
    """Print every problem, in a line each or as data. Nothing else is printed where programs read."""
    from insyn import reports

    texts, problems = result.texts, [*result.problems, *result.notes]
    if request.form == DATA:
        is_published = request.command == "bygg" and not result.has_errors
        _say(f"{reports.as_data(problems, texts, request.path_of, is_published=is_published)}\n", out)
        return
    ordered = reports.in_order(problems)
    _say("".join(f"{_printable(reports.line(problem, texts, request.path_of))}\n" for problem in ordered), out)
    _say(f"{_summary(request, result, reports.in_order(result.problems))}\n", errors)


def _run_pipeline(request: Request, errors: TextIO, record: BuildRecord | None, inputs: BuildInputs) -> BuildResult:
    """Build or check, with a progress line."""
    progress = None
    try:
        from pathlib import Path

        from insyn.build import pipeline

        content, output = Path(request.content), Path(request.output)
        preflight = pipeline.Preflight(record, inputs)
        progress = _ProgressLine(errors)
        if request.command == "bygg":
            pdfs, search = (part not in request.without for part in (build_record.PDF, build_record.SEARCH))
            return pipeline.build(content, output, progress.show, preflight=preflight, pdfs=pdfs, search=search)
        check = pipeline.check_all if request.everything else pipeline.check
        return check(content, output, progress.show, preflight=preflight)
    finally:
        if progress:
            progress.clear()


def _write_record(request: Request, result: BuildResult, report: str, summary: str) -> None:
    from pathlib import Path

    from insyn.build import pipeline

    pipeline.write_record(result, Path(request.content), Path(request.output), report, summary)


def _say(text: str, stream: TextIO) -> None:
    """Print text. A closed pipe, as after `| head`, or a full disk is not an error; nor a terminal without å."""
    try:
        stream.write(_encodable(text, stream.encoding or "utf-8"))
        stream.flush()
    except OSError:
        return


def _encodable(text: str, encoding: str) -> str:
    """Return text with the nearest sign that a terminal has for each that it lacks."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_stand_in(sign, encoding) for sign in text)
    return text


def _stand_in(sign: str, encoding: str) -> str:
    from unicodedata import normalize

    likenesses = (sign, STAND_INS.get(sign, ""), normalize("NFKD", sign)[0])
    return next((like for like in likenesses if like.encode(encoding, "ignore")), "?")


def _printable(text: str) -> str:
    """Escape lone surrogates, which a file name that isn't UTF-8 has and no terminal can print."""
    return text.encode("utf-8", "backslashreplace").decode()


def _explain(fault: BaseException, request: Request, errors: TextIO) -> int:
    """Print what stopped the work; return the exit code. Our own faults come with a traceback."""
    from insyn.disk.materials import read_catalogue
    from insyn.reports import harmless
    from insyn.texts import read_texts

    texts = read_texts(read_catalogue())
    sentence, code = _sentence(fault, request, texts)
    _say(f"{_printable(harmless(sentence))}\n", errors)
    if code == OWN_FAULT:
        import traceback

        _say(_printable(harmless("".join(traceback.format_exception(fault)))), errors)
    return code


def _sentence(fault: BaseException, request: Request, texts: Texts) -> tuple[str, int]:
    from insyn.disk.content import Changed
    from insyn.disk.output import ListLost, NotOurs, Occupied, Unwritable
    from insyn.disk.snapshot import Unreadable
    from insyn.parallel.workers import Lost

    match fault:
        case NotOurs():
            key = "list-lost" if isinstance(fault, ListLost) else "not-ours"
            return texts.tell(key, folder=request.shown), WRONG_USE
        case Occupied():
            return texts.tell("occupied", folder=request.shown, path=fault), WRONG_USE
        case Unwritable():
            folder = request.folder if request.command in ("bokför", NEW_PLAN) else request.shown
            return texts.tell("unwritable", folder=folder, reason=fault), WRONG_USE
        case Unreadable():
            return texts.tell("unreadable", folder=fault), WRONG_USE
        case Changed():
            build_record.forget(request.content, request.output)
            return texts.tell("changed", file=fault), FAULTS_IN_CONTENT
        case Lost():
            return texts.tell("worker-lost"), OWN_FAULT
    return texts.tell("own-fault"), OWN_FAULT


def _report(request: Request, result: BuildResult) -> str:
    """Compose the report of problems, with the lines they concern."""
    from pathlib import Path

    from insyn import reports
    from insyn.disk.content import read_lines

    problems = reports.gravest_last([*_reported(request, result), *result.notes], result.texts)
    lines = {file: read_lines(Path(request.content), file) for file in {problem.place.file for problem in problems}}
    return "".join(
        f"{reports.report(problem, result.texts, lines, also)}\n\n" for problem, also in reports.collapsed(problems)
    )


def _reported(request: Request, result: BuildResult) -> list[Problem]:
    """Return the problems to print. A build prints at most `MOST_WARNINGS` warnings, of examined plans first."""
    from insyn import reports

    problems = reports.in_order(result.problems)
    if request.command != "bygg" or len(problems) <= MOST_WARNINGS:
        return problems
    errors = [problem for problem in problems if result.texts.is_error(problem)]
    warnings = [problem for problem in problems if not result.texts.is_error(problem)]
    return [
        *errors,
        *sorted(warnings, key=lambda problem: problem.place.file not in result.examined_files)[:MOST_WARNINGS],
    ]


def _summary(request: Request, result: BuildResult, told: Sequence[Problem]) -> str:
    """Compose the summary: one line. `told` are the errors and warnings that are printed."""
    from insyn import reports

    texts = result.texts
    problems = reports.in_order(result.problems)
    errors = sum(texts.is_error(problem) for problem in problems)
    if errors:
        key = "failed" if request.command == "bygg" else "failed-check"
        return texts.tell(key, errors=_counted(errors, "error", texts), folder=request.shown)
    checked = "checked-all" if request.everything else "checked"
    notes = reports.in_order(result.notes)
    done = texts.tell(
        "done" if request.command == "bygg" else checked,
        pages=_pages(result, texts),
        plans=_plans(request, result, texts),
        associations=result.associations,
        folder=request.shown,
        warnings=_warnings(len(problems), len(told), texts),
        notes=_counted(len(notes), "note", texts) if notes else texts.tell("no-notes"),
    )
    return texts.tell("without-search", done=done) if build_record.SEARCH in result.missing else done


def _plans(request: Request, result: BuildResult, texts: Texts) -> str:
    """Count the plans; in a check, the drafts that were checked beside them too."""
    plans = _counted(result.plans, "plan", texts)
    if request.command == "bygg" or not result.drafts:
        return plans
    return texts.tell("plans-and-drafts", plans=plans, count=result.drafts)


def _pages(result: BuildResult, texts: Texts) -> str:
    pages = _counted(result.pages, "page", texts)
    if not result.pdfs:
        return pages
    return texts.tell("pages-and-pdfs", pages=pages, pdfs=_counted(result.pdfs, "pdf", texts))


def _warnings(count: int, told: int, texts: Texts) -> str:
    if told < count:
        return texts.tell("some-warnings", count=count, told=told)
    return _counted(count, "warning", texts) if count else texts.tell("no-warnings")


def _counted(count: int, thing: str, texts: Texts) -> str:
    """Compose a count: `one-thing` or `many-things` in texts.yaml."""
    return texts.tell(f"one-{thing}") if count == 1 else texts.tell(f"many-{thing}s", count=count)


class _ProgressLine:
    """A progress line that overwrites itself, on terminals only."""

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
        """Compose an estimate of the time left, once there is enough to go by."""
        spent = now - self.began
        if not done or spent < WORTH_ESTIMATING:
            return ""
        seconds = max(1, round(spent * (total - done) / done))
        return self.texts.tell("progress-left-one" if seconds == 1 else "progress-left", seconds=seconds)

    def clear(self) -> None:
        if self.shown:
            _say("\r\033[K", self.stream)


def _quiet(_step: str, _done: int, _total: int) -> None:
    """Show no progress."""
