"""Builds a site with a stopwatch in hand: `python bench/phases.py FILE [build.py's words]`, in a folder with Insyn.

Functions of Insyn are wrapped from the outside, so that Insyn itself knows nothing of it. A phase has only its own
time, not that of a phase inside it. All is done on one core, in one process, so that nothing happens out of sight.
"""

import functools
import importlib
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import GeneratorType
from typing import Any

REST, IMPORTING = "the rest", "importing"
PHASES = {
    IMPORTING: ("builtins:__import__",),
    "taking snapshots": (
        "insyn.disk.build_record:snapshot_inputs",
        "insyn.disk.materials:read_materials",
        "insyn.disk.content:read_texts",
        "insyn.disk.build_record:read",
    ),
    "reading front matter": ("insyn.build.examine:read_plan_text",),
    "checking": (
        "insyn.build.examine:check_plan",
        "insyn.build.examine:broken_anchors",
        "insyn.build.pipeline:broken_links",
    ),
    "Markdown to HTML": ("insyn.build.examine:render_article", "insyn.build.examine:check_inline"),
    "charts as words and numbers": ("insyn.build.examine:charts_of", "insyn.build.examine:digest_of"),
    "drawing charts": ("insyn.build.render_plans:PlanRenderer.draw_all",),
    "composing pages": (
        "insyn.build.render_plans:compose_plan",
        "insyn.build.pipeline:compose_others",
        "insyn.build.pipeline:compose_data",
    ),
    "rendering templates": ("insyn.build.render_plans:render", "insyn.build.render_pages:render"),
    "files to download": ("insyn.build.render_plans:PlanRenderer._files",),
    "hashing keys": (
        "insyn.build.cache_keys:CacheKeys.drawing",
        "insyn.build.cache_keys:CacheKeys.plan",
        "insyn.build.cache_keys:CacheKeys.page",
        "insyn.build.cache_keys:CacheKeys.files",
    ),
    "remembering": (
        "insyn.disk.store:Store.__init__",
        "insyn.disk.store:Store.get_many",
        "insyn.disk.store:Store.put",
        "insyn.disk.store:Store.begin_build",
        "insyn.disk.store:Store.close",
        "insyn.disk.build_record:write",
    ),
    "writing and publishing": ("insyn.disk.output:Staging.write", "insyn.disk.output:publish"),
}
"""The functions of each phase, under the name by which they are called."""


class Stopwatch:
    """Counts seconds to the phase that is innermost at the time."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._open = [REST]
        self._since = time.perf_counter()

    def charge(self) -> None:
        now = time.perf_counter()
        self.spent[self._open[-1]] += now - self._since
        self._since = now

    def timed(self, phase: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same and is counted to a phase."""

        @functools.wraps(function)
        def wrapped(*given: Any, **named: Any) -> Any:
            self.charge()
            self._open.append(phase)
            try:
                made = function(*given, **named)
                return list(made) if isinstance(made, GeneratorType) else made
            finally:
                self.charge()
                self._open.pop()

        return wrapped


def wrap(watch: Stopwatch) -> None:
    """Put the stopwatch round every function of every phase. A name that Insyn no longer has is an error."""
    find = watch.timed(IMPORTING, importlib.import_module)
    for phase, names in PHASES.items():
        for name in names:
            module, _, path = name.partition(":")
            *outer, last = path.split(".")
            owner = functools.reduce(getattr, outer, find(module))
            setattr(owner, last, watch.timed(phase, getattr(owner, last)))


def main(result: str, arguments: list[str]) -> int:
    """Build, and write the seconds of each phase to a file."""
    sys.path[0] = str(Path.cwd())
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    watch = Stopwatch()
    wrap(watch)
    code = importlib.import_module("insyn.command").main(arguments)
    watch.charge()
    Path(result).write_text(json.dumps(watch.spent), "utf-8")
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
