"""Measures Insyn beside Hugo: `python -m bench.run --plans 1500 --runs 5`. What and why stands in docs/prestanda.md."""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from bench import profiling
from bench.measuring import Failed
from bench.others import HUGO, OTHERS, Kind, Tool, find_program, make_tool
from bench.project import Project, make_project, warm_up
from bench.scenarios import (
    AMOUNT_CHANGED,
    NOTHING_CACHED,
    NOTHING_CHANGED,
    PLAN_ADDED,
    SCENARIOS,
    SENTENCE_CHANGED,
    Bar,
    Bench,
    Row,
)
from bench.table import HEADS, NONE, cells, figure, markdown

FEW, FEW_BAR = 5, Bar(wall=3)
JUDGED = 1500
"""The number of plans that the scenarios' limits are for."""


def main(arguments: Sequence[str]) -> int:
    """Measure and print a table; return 1 when a measured command failed, else 0, even if a limit is exceeded."""
    asked = _read(arguments)
    with tempfile.TemporaryDirectory(prefix="insyn-bench-") as folder:
        try:
            report = _way(asked)(asked, Path(folder))
        except Failed as fault:
            _tell(f"\n{fault}")
            return 1
    print(report)
    if asked.out:
        asked.out.write_text(f"{report}\n", "utf-8")
    return 0


def _way(asked: argparse.Namespace) -> Callable[[argparse.Namespace, Path], str]:
    if asked.pdf:
        return _measure_pdfs
    return _profile if asked.profile else _measure


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description="Measure Insyn beside Hugo.")
    parser.add_argument("--plans", type=int, default=JUDGED, help="how many plans (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each scenario (default: %(default)s)")
    parser.add_argument("--others", action="store_true", help="time Pelican, MkDocs and Eleventy too")
    parser.add_argument("--profile", action="store_true", help="instead: where the time goes in one build")
    parser.add_argument("--pdf", action="store_true", help="instead: what it takes to make the plans as PDF too")
    parser.add_argument("--tools", type=Path, action="append", default=[], metavar="FOLDER", help="has hugo and others")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the table to a file too")
    asked = parser.parse_args(arguments)
    if asked.plans < 1 or asked.runs < 1:
        parser.error("--plans and --runs are at least 1")
    return asked


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


# --- Measuring ------------------------------------------------------------------------------------------------------


def _measure(asked: argparse.Namespace, folder: Path) -> str:
    """Run every scenario with all plans, and two of them with fewer."""
    sizes = [size for size in sorted({FEW, asked.plans // 10}) if FEW <= size < asked.plans]
    smaller = [_play_smaller(asked, size, folder) for size in sizes]
    project = _make_ready(asked.plans, folder)
    tools = {kind: _find(kind, asked, project, folder) for kind in (HUGO, *(OTHERS if asked.others else ()))}
    bench = Bench(project, tools[HUGO], asked.runs, _tell)
    rows = [bench.play(scenario) for scenario in SCENARIOS]
    compared = [bench.compare(tool) for kind, tool in tools.items() if tool and kind is not HUGO]
    colds = [(size, row) for size, row, _ in smaller] + [(asked.plans, rows[0])]
    lines = [cells(row, judged=asked.plans == JUDGED) for row in rows]
    beside = [*_hugo(rows), *compared, *(row for _, *two in smaller for row in two)]
    lines += [cells(row, judged=True) for row in beside]
    lines += _flatness(colds)
    heads = (f"{figure(asked.plans)} plans, runs: {asked.runs}", *HEADS[1:])
    return f"{markdown(heads, lines)}\n\n{_circumstances(tools)}"


def _measure_pdfs(asked: argparse.Namespace, folder: Path) -> str:
    """Build the same plans without PDFs and with them, and edit one."""
    without, with_them = (_make_ready(asked.plans, folder / name) for name in ("without", "with"))
    rows = []
    for project in (without, replace(with_them, pdfs=True)):
        project.build()
        bench = Bench(project, None, asked.runs, _tell)
        played = [bench.play(one) for one in (NOTHING_CACHED, NOTHING_CHANGED, SENTENCE_CHANGED, AMOUNT_CHANGED)]
        rows += [replace(row, name=f"{'with' if project.pdfs else 'without'} PDFs, {row.name}") for row in played]
    lines = [cells(row, judged=False) for row in rows]
    bare, printed = rows[0], rows[len(rows) // 2]
    each = [(printed.wall.middle - bare.wall.middle), (printed.cpu.middle - bare.cpu.middle)]
    lines.append(["each PDF, nothing cached", *(figure(cost / asked.plans) for cost in each), *[NONE] * 4])
    heads = (f"{figure(asked.plans)} plans, runs: {asked.runs}", *HEADS[1:])
    return f"{markdown(heads, lines)}\n\n{_circumstances({})}"


def _make_ready(plans: int, folder: Path) -> Project:
    _tell(f"{plans} plans: making ready")
    project = make_project(plans, folder / f"{plans}-plans")
    warm_up(project)
    return project


def _play_smaller(asked: argparse.Namespace, size: int, folder: Path) -> tuple[int, Row, Row]:
    """Build a smaller site from nothing, and with one more plan."""
    bench = Bench(_make_ready(size, folder), None, asked.runs, _tell)
    cold, added = (
        replace(bench.play(scenario), name=f"{size} plans, {scenario.name}", bar=Bar())
        for scenario in (NOTHING_CACHED, PLAN_ADDED)
    )
    return size, replace(cold, bar=FEW_BAR) if size == FEW else cold, added


def _find(kind: Kind, asked: argparse.Namespace, project: Project, folder: Path) -> Tool | None:
    """Return a generator with its project, built once so that the program is in the disk cache."""
    program = find_program(kind, asked.tools)
    if program is None:
        _tell(f"{kind.name} isn't installed here and is skipped")
        return None
    _tell(f"{kind.name}: making ready")
    tool = make_tool(kind, program, project.content, folder / kind.program)
    tool.build()
    return tool


def _hugo(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield Hugo's row: all its builds."""
    taken = tuple(one for row in rows for one in row.pairs)
    if taken:
        yield Row(f"{HUGO.name}, full build", taken)


def _flatness(colds: Sequence[tuple[int, Row]]) -> Iterator[list[str]]:
    """Yield the cost per added plan between sizes. Equal lines mean linear time."""
    for (fewer, before), (more, after) in pairwise(colds):
        each = [(after.wall.middle - before.wall.middle), (after.cpu.middle - before.cpu.middle)]
        costs = [figure(cost / (more - fewer)) for cost in each]
        yield [f"each plan from {fewer} to {figure(more)}, nothing cached", *costs, *[NONE] * 4]


def _circumstances(tools: dict[Kind, Tool | None]) -> str:
    """Say what it was measured with."""
    found = [tool.version() for tool in tools.values() if tool]
    missing = [kind.name for kind, tool in tools.items() if not tool]
    said = f"Python {platform.python_version()} on {platform.system()}, {os.cpu_count()} cores. "
    said += f"Beside it: {', '.join(found) or 'nothing'}."
    return f"{said} Not installed, so not measured: {', '.join(missing)}." if missing else said


# --- Where the time goes --------------------------------------------------------------------------------------------


def _profile(asked: argparse.Namespace, folder: Path) -> str:
    """Return tables of a clean build by phase, and of import times."""
    few = _make_ready(FEW, folder)
    project = few if asked.plans == FEW else _make_ready(asked.plans, folder)
    _tell("profiling")
    runs = [profiling.time_phases(project) for _ in range(asked.runs)]
    return f"{profiling.phase_table(runs, asked.plans)}\n\n{profiling.import_table(few)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
