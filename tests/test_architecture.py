"""The architecture: allowed imports, allowed access to the outside world, and the modules that know Swedish keys."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from importlinter import cli

from insyn.reading import keys
from insyn.reading.key_kinds import Keys

PROJECT = Path(__file__).parent.parent


@cache
def modules() -> dict[str, Path]:
    """Return every module of the program by its name within the package; the program that starts it is "build.py"."""
    found = {"build.py": PROJECT / "build.py"}
    for file in (PROJECT / "insyn").rglob("*.py"):
        parts = file.relative_to(PROJECT / "insyn").with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__").removesuffix("__init__") or "insyn"] = file
    return found


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(modules()[name].read_text("utf-8"))


def imports(name: str) -> Iterator[str]:
    """Yield a module's imports, even in functions, by full name: "insyn.model", "matplotlib.path", "os"."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                is_module = inner.removeprefix("insyn.") in modules() or inner == "insyn"
                yield inner if is_module else node.module or ""


def own_imports(name: str) -> set[str]:
    return {one.removeprefix("insyn.") for one in imports(name) if one == "insyn" or one.startswith("insyn.")}


def offenders(found: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return the modules with findings, and those findings."""
    return {name: what for name, what in found.items() if what}


# --- Packages -------------------------------------------------------------------------------------------------------


def test_packages_import_downwards_and_nothing_in_a_circle() -> None:
    """The rows of packages stand in pyproject.toml, and `lint-imports` alone tells more."""
    assert cli.lint_imports(config_filename=str(PROJECT / "pyproject.toml"), no_cache=True) == cli.EXIT_STATUS_SUCCESS


def test_a_name_has_one_meaning() -> None:
    """Public classes and functions that other modules import: no two of them share a name."""
    defined: dict[str, list[str]] = {}
    for name in modules():
        for node in tree(name).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                defined.setdefault(node.name, []).append(name)
    assert {name: where for name, where in defined.items() if len(where) > 1} == {}


# --- The world outside ----------------------------------------------------------------------------------------------

OUTSIDE = {
    "os", "shutil", "subprocess", "tempfile", "glob", "fileinput", "socket", "urllib.request", "http", "ctypes",
    "time", "random", "secrets", "uuid", "locale", "platform", "getpass", "sys", "signal", "threading",
    "multiprocessing", "logging", "traceback",
}  # fmt: skip
"""Modules by which a program reads or changes something it wasn't passed: files, clock, chance, environment."""
MAY_IMPORT = {
    "disk.snapshot": {"os", "time"},
    "disk.build_record": {"os", "sys"},
    "disk.materials": {"sys"},
    "disk.imports": {"shutil", "subprocess"},
    "disk.mirror": {"os"},
    "disk.watch": {"os", "time"},
    "disk.output": {"os", "shutil", "signal", "threading"},
    "disk.second_tree": {"os", "shutil"},
    "disk.exchange": {"ctypes", "os", "sys"},
    "disk.real_folders": {"os"},
    "disk.turns": {"os"},
    "parallel.pool": {"multiprocessing", "os", "signal", "threading"},
    "parallel.cores": {"os", "sys"},
    "build.equipment": {"sys"},
    "preview.events": {"threading"},
    "preview.guard": {"secrets"},
    "preview.run": {"signal", "sys", "threading", "traceback"},
    "preview.whole": {"subprocess", "sys", "threading"},
    "preview.server": {"http", "os", "sys", "threading", "traceback"},
    "command": {"os", "signal", "sys", "threading", "time", "traceback"},
    "build.py": {"os", "sys"},
}
"""The clock decides only how far a signature is trusted, when to look for saves, and how long a build has left."""
TOUCHES_FILES = {
    "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "rename", "replace_file", "unlink", "rmdir",
    "touch", "iterdir", "glob", "rglob", "stat", "exists", "is_file", "is_dir", "resolve", "cwd", "home", "expanduser",
    "isdir", "isfile", "listdir", "scandir", "makedirs", "lstat",
}  # fmt: skip
MAY_TOUCH = {"command": {"isdir"}, "pdf.tagging": {"open"}, "pdf.packing": {"read_bytes"}, "pdf.dates": {"read_bytes"}}
"""Whether the named folder exists, but not its contents. A PDF in memory."""
READS_THE_CLOCK = {"today", "now", "utcnow", "monotonic", "perf_counter"}


def calls(name: str) -> Iterator[str]:
    """Yield the names of everything that a module calls: "open", "read_text"."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node.func.id


def test_only_disk_opens_files() -> None:
    others = [name for name in modules() if not name.startswith("disk.")]
    touched = {name: set(calls(name)) & (TOUCHES_FILES | {"open"}) for name in others}
    assert offenders(touched) == MAY_TOUCH


def test_only_editing_changes_the_content_folder() -> None:
    """What isn't read again before it is written may change what an author didn't ask for."""
    assert {name for name in modules() if {"write_content", "remove_content"} & set(calls(name))} == {"editing.saving"}
    functions = (node for node in tree("disk.content").body if isinstance(node, ast.FunctionDef))
    writing = {"write_bytes", "write_text", "unlink", "rmdir"}
    wrote = {
        function.name
        for function in functions
        if writing & {node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute)}
    }
    assert wrote == {"write_content", "remove_content"}


def test_nothing_reads_clock_chance_or_environment_but_the_command() -> None:
    assert offenders({name: set(imports(name)) & OUTSIDE for name in modules()}) == MAY_IMPORT
    read = {name: set(calls(name)) & READS_THE_CLOCK for name in modules() if name != "command"}
    assert offenders(read) == {"disk.watch": {"monotonic"}}


def test_nothing_prints_but_the_command_by_its_own_streams() -> None:
    assert [name for name in modules() if "print" in set(calls(name))] == []


def test_no_module_keeps_something_that_is_filled_in_later() -> None:
    """What is handed in decides what comes out."""
    kept = {name for name in modules() if any(isinstance(node, ast.Global) for node in ast.walk(tree(name)))}
    assert kept == set()


MUTABLE = {"problems.Found"}
"""Collects problems while one file is read."""


def structs_in(name: str) -> Iterator[tuple[str, set[str | None]]]:
    """Yield each value class of a module with the keywords of its definition."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.ClassDef) and any(
            isinstance(base, ast.Name) and base.id == "Struct" for base in node.bases
        ):
            yield f"{name}.{node.name}", {word.arg for word in node.keywords}


def test_values_are_frozen() -> None:
    made = [one for name in modules() for one in structs_in(name)]
    assert len(made) > 80
    assert {name for name, words in made if "frozen" not in words} == MUTABLE


# --- matplotlib -----------------------------------------------------------------------------------------------------


def test_matplotlib_is_known_only_to_what_draws() -> None:
    knowing = {name for name in modules() if any(one.split(".")[0] == "matplotlib" for one in imports(name))}
    assert knowing == {"charts.measuring", "charts.canvas", "charts.preview"}


def test_no_private_name_of_a_library_is_imported() -> None:
    """It may be gone in the library's next version, without a word."""
    nodes = [node for name in modules() for node in ast.walk(tree(name))]
    found = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    assert [one for one in found if re.search(r"(^|\.)_(?!_)", one)] == []


def test_what_typesets_is_known_only_to_what_makes_pdfs() -> None:
    libraries = {"typst", "pikepdf"}
    knowing = {name for name in modules() if libraries & {one.split(".")[0] for one in imports(name)}}
    assert knowing == {"pdf.typesetting", "pdf.tagging", "pdf.packing", "pdf.dates"}
    assert {name for name in modules() if "pdf.typesetting" in own_imports(name)} == {"build.typeset_plans"}


@pytest.mark.parametrize(
    "program",
    [
        "import insyn.build.pipeline",
        "from insyn.command import main; assert main(['kontrollera']) == 0",
        "from insyn.command import main; assert main(['--hjälp']) == 0",
    ],
)
def test_what_takes_long_to_import_is_left_alone_until_something_is_drawn_or_typeset(program: str) -> None:
    heavy = "{'matplotlib', 'typst', 'pikepdf'}"
    found = f"{heavy} & {{name.split('.')[0] for name in sys.modules}}"
    pdf = "{name for name in sys.modules if name.startswith('insyn.pdf')}"
    after = f"import sys; found = {found} | {pdf}; assert not found, found"
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\n{after}"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_what_reads_and_what_renders_is_imported_where_it_is_needed_and_not_before() -> None:
    """An edited plan is read by a process that was begun ahead, and this one imports what renders meanwhile."""
    asked = "('yaml', 'markdown_it', 'jinja2')"
    program = f"import sys, insyn.build.pipeline; print([one for one in {asked} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- Swedish keys ---------------------------------------------------------------------------------------------------

ENGLISH_TOO = {
    "administration",
    "alias",
    "budget",
    "diagram",
    "id",
    "organ",
    "organisation",
    "part",
    "schema",
    "sha256",
    "status",
    "text",
}
OTHERWISE = {
    "vocabulary": {"kolumn", "not", "plan", "resultat", "tecken", "utfall"},  # words for a choice
    "pages.plan_page": {"avvikelser", "beslut", "resultat"},  # addresses within the page
    "pages.about_figures": {"avvikelser"},  # an address within the page
    "pages.accessibility": {"brister"},  # an address within the page
    "pages.budget_tables": {"kostnader"},  # an address
    "pages.association_page": {"kontakt", "medlemmar"},  # addresses within the page
    "charts.purposes": {"grupp", "ändamål"},  # headings of a table
    "checks.sums": {"intäkter", "kostnader"},  # said to staff
    "reading.synonyms": {
        "beskrivning",
        "ingående",
        "utfall",
        "utgående",
    },  # words for a choice, and beginnings of words
    "reading.expressions": {"resultat", "summa"},  # words of expressions
    "law.amounts_in_text": {"procent"},
    "command": {"visa"},  # a command
    "preview.panel": {"fil", "rad", "kolumn"},  # of that format
    "reports": {"fil", "rad", "kolumn", "namn"},  # a format for programs
    "reading.percentages": {"procent"},  # how a text writes a share
}
"""Words that are keys too, but have another meaning in these modules."""
PUBLISHED_FORMATS = {"downloads.fields", "downloads.descriptions", "downloads.plan_json", "downloads.workbook_lines"}
"""Modules with the names of the open data, which stay when those of the front matter change. Many coincide."""


def swedish_keys() -> set[str]:
    blocks = [one for one in vars(keys).values() if isinstance(one, type) and issubclass(one, Keys)]
    return {key.name for block in blocks for key in block.fields.values()} - ENGLISH_TOO


def test_the_keys_are_found() -> None:
    assert {"namn", "belopp", "återberättad", "huvudkolumn", "eget_kapital"} <= swedish_keys()
    assert len(swedish_keys()) > 100


def elsewhere() -> list[str]:
    return [name for name in modules() if not name.startswith("reading.") and name not in PUBLISHED_FORMATS]


def test_keys_of_the_front_matter_stand_only_in_their_table() -> None:
    others = set(modules()) - PUBLISHED_FORMATS - {"reading.keys"}
    written = {name: {node.value for node in ast.walk(tree(name)) if isinstance(node, ast.Constant)} for name in others}
    known = {name: (words & swedish_keys()) - OTHERWISE.get(name, set()) for name, words in written.items()}
    assert offenders(known) == {}


def test_the_front_matter_is_taken_apart_only_where_it_is_read() -> None:
    apart = {"reading.nodes", "reading.fields", "reading.cells", "reading.budget", "reading.plan", "reading.settings"}
    others = [name for name in elsewhere() if not name.startswith("form.")]  # which shows it as it is written
    assert offenders({name: own_imports(name) & apart for name in others}) == {}
