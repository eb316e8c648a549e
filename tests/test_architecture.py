"""The rooms of the program: who may import whom, who may touch the world outside, and where Swedish keys are known."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
LAYERS = (
    (
        *("problems", "swedish", "identity", "cores", "policies", "index_files"),
        *("downloads.files", "downloads.separated", "downloads.numbers"),
    ),
    ("pool", "ahead"),
    ("workers",),
    ("model", "texts"),
    ("vocabulary", "budget", "ceiling", "article"),
    ("markdown",),
    ("inline",),
    # what plans say together
    ("money",),
    ("years", "comparison"),
    # from a page to a document
    (*("pdf.markup", "pdf.characters", "pdf.columns", "pdf.stylesheet"), "pdf.attachments", "pdf.packing", "pdf.dates"),
    ("pdf.tree",),
    ("pdf.document", "pdf.tagging"),
    ("pdf.typesetting",),
    # what is on the disk, and what is remembered of it
    ("disk.hashing", "disk.store", "disk.joining"),
    ("disk.inventory",),
    ("disk.beside",),
    ("disk.latest", "disk.output", "disk.pagefind"),
    ("disk.materials",),
    ("disk.printing",),
    # from text to plans
    ("reading.nodes", "reading.sources", "reading.characters"),
    ("reading.frontmatter", "reading.surround"),
    ("reading.fields", "disk.content"),
    ("reading.cells", "reading.expressions"),
    ("reading.ceilings",),
    ("reading.budget", "reading.site"),
    ("reading.plan",),
    ("reading.content",),
    # from figures to drawings
    ("charts.figures",),
    ("charts.measuring",),
    ("charts.canvas",),
    ("charts.layouts.spans",),
    (
        *("charts.layouts.below", "charts.layouts.beside", "charts.layouts.line", "charts.layouts.share_bar"),
        "charts.layouts.standing",
    ),
    ("charts.drawing",),
    # from budgets to charts in words
    ("charts.chart",),
    ("charts.plan_charts",),
    ("charts.payers", "charts.purposes", "charts.outcome", "charts.costs", "charts.goals", "charts.years"),
    ("charts.hundred", "charts.changes", "charts.planned", "charts.administration", "charts.comparison"),
    ("charts.catalogue",),
    # from plans to what is wrong in them
    ("checks.findings",),
    (
        *("checks.sums", "checks.equity", "checks.deviations", "checks.columns", "checks.decision"),
        *("checks.notes", "checks.charts", "checks.links", "checks.funders", "checks.personal"),
        "checks.accessibility",
    ),
    ("checks.plan",),
    # from plans to how they keep to law, recommendation and their own goals
    ("law.basis", "law.body", "law.stated"),
    ("law.judgement",),
    ("law.money", "law.ceiling", "law.contents", "law.procedure", "law.prose", "law.documents"),
    ("law.judging",),
    # from two versions of a plan to what differs
    ("differences.alignment",),
    ("differences.words",),
    ("differences.blocks",),
    ("differences.passages", "differences.lines"),
    ("differences.amounts", "differences.rows", "differences.chapters", "differences.goals", "differences.facts"),
    ("differences.budgets",),
    ("differences",),
    # from plans and charts to files
    ("downloads.fields", "downloads.spreadsheet"),
    (
        *("downloads.tidy", "downloads.plan_json", "downloads.plan_workbook", "downloads.chart_files"),
        *("downloads.collected", "downloads.series"),
    ),
    ("downloads.plan_files", "downloads.descriptions"),
    # from plans, charts and files to pages
    ("pages.views",),
    ("charts.preview", "pages.structured"),
    (
        *("pages.contact", "pages.frame", "pages.notes", "pages.events", "pages.depth", "pages.terms", "pages.drawn"),
        "pages.files",
    ),
    ("pages.topics",),
    ("pages.accessibility", "pages.budget_tables", "pages.goals", "pages.history", "pages.money_years"),
    ("pages.about_plan", "pages.judgements", "pages.difference_texts"),
    ("pages.about_ceiling", "pages.goals_page", "pages.comparison_page", "pages.difference_tables"),
    ("pages.digest", "pages.about_figures", "pages.difference_page"),
    ("versions", "checks.addresses"),
    ("pages.plan_page", "pages.log", "pages.catalogue", "pages.search_page", "pages.server_files"),
    ("pages.other_pages", "pages.data_page"),
    # the story of a build
    ("rendering", "reports", "keys"),
    ("knowledge", "drawer", "former"),
    ("examination", "foresight"),
    ("reader",),
    ("composition", "plan_facts", "recall"),
    ("open_data", "plan_pages"),
    ("side_pages", "plan_documents", "search_index"),
    ("making",),
    ("pipeline",),
    ("command",),
    ("build",),
)
"""Lowest first. A module imports only from layers below its own, type imports included."""
EMPTY = {"insyn", "charts", "charts.layouts", "checks", "disk", "downloads", "law", "pages", "pdf", "reading"}
"""Packages that hold nothing but their docstring, and so belong to no layer."""


@cache
def modules() -> dict[str, Path]:
    """Return every module of the program by its name within the package; the program that starts it is "build"."""
    found = {"build": PROJECT / "build.py"}
    for file in (PROJECT / "insyn").rglob("*.py"):
        parts = file.relative_to(PROJECT / "insyn").with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__").removesuffix("__init__") or "insyn"] = file
    return found


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(modules()[name].read_text("utf-8"))


def imports(name: str) -> Iterator[str]:
    """Yield what a module imports, by full name: "insyn.model", "matplotlib.path", "os". Functions' own imports too."""
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
    """Return the modules for which something was found, and what."""
    return {name: what for name, what in found.items() if what}


# --- Layers ---------------------------------------------------------------------------------------------------------


def test_every_module_has_its_layer() -> None:
    placed = [name for layer in LAYERS for name in layer]
    assert sorted(placed) == sorted(set(modules()) - EMPTY)


def test_empty_packages_hold_only_their_docstring() -> None:
    for name in EMPTY:
        assert [type(node) for node in tree(name).body] == [ast.Expr]


def test_a_module_imports_only_from_layers_below_its_own() -> None:
    heights = {module: height for height, layer in enumerate(LAYERS) for module in layer}
    placed = set(heights)
    above = {name: {one for one in own_imports(name) & placed if heights[one] >= heights[name]} for name in placed}
    assert offenders(above) == {}


# --- The world outside ----------------------------------------------------------------------------------------------

OUTSIDE = {
    "os", "shutil", "subprocess", "tempfile", "glob", "fileinput", "socket", "urllib.request", "http", "ctypes",
    "time", "random", "secrets", "uuid", "locale", "platform", "getpass", "sys", "signal", "threading",
    "multiprocessing", "logging", "traceback",
}  # fmt: skip
"""Modules through which a program reads or changes something it wasn't handed: files, clock, chance, environment."""
MAY_IMPORT = {
    "disk.inventory": {"os", "time"},
    "disk.latest": {"os", "sys"},
    "disk.materials": {"sys"},
    "disk.pagefind": {"os", "subprocess"},
    "disk.output": {"os", "shutil", "signal", "threading"},
    "pool": {"multiprocessing", "os", "signal", "threading"},
    "cores": {"os", "sys"},
    "ahead": {"os", "signal"},
    "pipeline": {"sys"},
    "command": {"os", "sys", "time", "traceback"},
    "build": {"os", "sys"},
}
"""The clock only tells how far a signature can be trusted, and how long a build has left."""
TOUCHES_FILES = {
    "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "rename", "replace_file", "unlink", "rmdir",
    "touch", "iterdir", "glob", "rglob", "stat", "exists", "is_file", "is_dir", "resolve", "cwd", "home", "expanduser",
    "isdir", "isfile", "listdir", "scandir", "makedirs", "lstat",
}  # fmt: skip
MAY_TOUCH = {"command": {"isdir"}, "pdf.tagging": {"open"}, "pdf.packing": {"read_bytes"}, "pdf.dates": {"read_bytes"}}
"""Whether the folder that was named is there: what was asked for, not what is in it. A PDF that is in memory."""
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


def test_nothing_reads_clock_chance_or_environment_but_the_command() -> None:
    assert offenders({name: set(imports(name)) & OUTSIDE for name in modules()}) == MAY_IMPORT
    read = {name: set(calls(name)) & READS_THE_CLOCK for name in modules() if name != "command"}
    assert offenders(read) == {}


def test_only_the_command_prints() -> None:
    assert [name for name in modules() if "print" in set(calls(name))] == ["command"]


def test_no_module_keeps_something_that_is_filled_in_later() -> None:
    """What is handed in decides what comes out."""
    kept = {name for name in modules() if any(isinstance(node, ast.Global) for node in ast.walk(tree(name)))}
    assert kept == set()


MUTABLE = {"problems.Found"}
"""Collects problems while one file is read."""


def structs_in(name: str) -> Iterator[tuple[str, set[str | None]]]:
    """Yield each value class of a module with the words that it is made with."""
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


def test_what_typesets_is_known_only_to_what_makes_pdfs() -> None:
    libraries = {"typst", "pikepdf"}
    knowing = {name for name in modules() if libraries & {one.split(".")[0] for one in imports(name)}}
    assert knowing == {"pdf.typesetting", "pdf.tagging", "pdf.packing", "pdf.dates"}
    assert {name for name in modules() if "pdf.typesetting" in own_imports(name)} == {"plan_documents"}


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
    program = f"import sys, insyn.pipeline; print([one for one in {asked} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- Swedish keys ---------------------------------------------------------------------------------------------------

ASKED_BY = {
    "text", "required_text", "scalar", "choice", "required_choice", "choices", "yes", "day", "year", "mapping",
    "items", "mappings", "scalars", "texts", "entry", "node_of", "place_of", "require", "block", "total",
}  # fmt: skip
"""What asks for a key of the front matter by its name."""
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
    "pages.other_pages": {"kontakt", "medlemmar"},  # addresses within the page
    "charts.purposes": {"grupp", "ändamål"},  # headings of a table
    "checks.sums": {"intäkter", "kostnader"},  # said to staff
    "law.stated": {"procent"},  # how a text writes a share
}
"""Words that are keys too, but mean something else where they stand."""
PUBLISHED_FORMATS = {"downloads.fields", "downloads.descriptions", "downloads.plan_json"}
"""Where the open data's own names stand, which never change with those of the front matter. Many are the same words."""


@cache
def swedish_keys() -> frozenset[str]:
    asked = {
        argument.value
        for name in modules()
        if name.startswith("reading.")
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKED_BY
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
    return frozenset(asked - ENGLISH_TOO)


def test_the_keys_are_found() -> None:
    assert {"namn", "belopp", "återberättad", "huvudkolumn", "eget_kapital"} <= swedish_keys()
    assert len(swedish_keys()) > 80


def elsewhere() -> list[str]:
    return [name for name in modules() if not name.startswith("reading.") and name not in PUBLISHED_FORMATS]


def test_the_keys_of_the_front_matter_are_known_only_where_it_is_read() -> None:
    written = {
        name: {node.value for node in ast.walk(tree(name)) if isinstance(node, ast.Constant)} for name in elsewhere()
    }
    known = {name: (words & swedish_keys()) - OTHERWISE.get(name, set()) for name, words in written.items()}
    assert offenders(known) == {}


def test_the_front_matter_is_taken_apart_only_where_it_is_read() -> None:
    apart = {"reading.nodes", "reading.fields", "reading.cells", "reading.budget", "reading.plan", "reading.site"}
    assert offenders({name: own_imports(name) & apart for name in elsewhere()}) == {}
