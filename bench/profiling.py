"""The time of a build, by phase and by imported library."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from json import loads
from pathlib import Path

from bench.measuring import Spread
from bench.project import WITHOUT_PDF, WITHOUT_SEARCH, Project
from bench.table import figure, markdown, spread

WRAPPER = Path(__file__).with_name("phases.py")
OUTSIDE = "starting and ending Python"
LIBRARIES = {
    "Insyn": ("insyn",),
    "Jinja2": ("jinja2", "markupsafe"),
    "markdown-it-py": ("markdown_it", "mdit_py_plugins", "mdurl"),
    "PyYAML": ("yaml", "_yaml"),
    "NumPy": ("numpy",),
    "matplotlib and its own": (
        "matplotlib",
        "mpl_toolkits",
        "PIL",
        "pyparsing",
        "cycler",
        "contourpy",
        "kiwisolver",
        "dateutil",
        "fontTools",
        "packaging",
    ),
    "tinycss2": ("tinycss2", "webencodings"),
}
STANDARD = "Python's own library"
LINE = re.compile(r"^import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)$", re.MULTILINE)


def time_phases(project: Project) -> dict[str, float]:
    """Build from scratch; return seconds by phase."""
    project.forget()
    result = project.log.with_suffix(".json")
    taken = project.run(str(WRAPPER), str(result), WITHOUT_PDF, WITHOUT_SEARCH)
    spent: dict[str, float] = loads(result.read_text("utf-8"))
    return {**spent, OUTSIDE: taken.wall - sum(spent.values())}


def phase_table(runs: Sequence[Mapping[str, float]], plans: int) -> str:
    """Return the phases, the longest first."""
    spreads = {phase: Spread(tuple(run.get(phase, 0.0) for run in runs)) for run in runs for phase in run}
    whole = sum(found.middle for found in spreads.values())
    heads = (f"{figure(plans)} plans, nothing cached, one core", "s", "% of all", "ms a plan")
    return markdown(heads, (_line(phase, found, whole, plans) for phase, found in _longest_first(spreads)))


def _longest_first(spreads: Mapping[str, Spread]) -> list[tuple[str, Spread]]:
    return sorted(spreads.items(), key=lambda one: -one[1].middle)


def _line(phase: str, found: Spread, whole: float, plans: int) -> tuple[str, ...]:
    return phase, spread(found), figure(100 * found.middle / whole), figure(1000 * found.middle / plans)


def import_table(project: Project) -> str:
    """Return a table of import times in a build of so few plans that it runs in one process."""
    project.forget()
    cold = _import_times(project)
    project.build()
    columns = [cold, _import_times(project)]
    names = [name for name in (*LIBRARIES, STANDARD) if any(name in column for column in columns)]
    rows = [(name, *(figure(column.get(name, 0.0)) for column in columns)) for name in names]
    rows.append(("all", *(figure(sum(column.values())) for column in columns)))
    return markdown(("importing", "nothing cached, ms", "nothing changed, ms"), rows)


def _import_times(project: Project) -> dict[str, float]:
    """Build; return import milliseconds by library."""
    project.run("-X", "importtime", "build.py", WITHOUT_PDF, WITHOUT_SEARCH)
    return _by_library(LINE.findall(project.log.read_text("utf-8", "replace")))


def _by_library(imported: Iterable[tuple[str, str]]) -> dict[str, float]:
    """Sum the modules' own microseconds, as milliseconds."""
    sums: dict[str, float] = defaultdict(float)
    owners = {package: library for library, packages in LIBRARIES.items() for package in packages}
    for microseconds, module in imported:
        sums[owners.get(module.partition(".")[0], STANDARD)] += int(microseconds) / 1000
    return dict(sums)
