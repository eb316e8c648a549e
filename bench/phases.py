"""Times a build by phase: `python bench/phases.py FILE [build.py's arguments]`, in a folder with Insyn.

Functions are wrapped from the outside. A phase's time excludes nested phases. The build runs on one core in one
process, so that no work goes unmeasured.
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
        "insyn.build.examine:check_text",
        "insyn.build.examine:check_short_text",
        "insyn.checks.personal:check",
        "insyn.checks.personal:check_shown",
        "insyn.build.examine:broken_anchors",
        "insyn.build.pipeline:broken_links",
    ),
    "judging": ("insyn.build.examine:judge",),
    "Markdown to HTML": (
        "insyn.build.examine:parse",
        "insyn.build.examine:parse_short",
        "insyn.build.examine:render_article",
        "insyn.build.examine:check_inline",
    ),
    "charts as words and numbers": ("insyn.build.examine:charts_of",),
    "what other pages show": ("insyn.build.examine:excerpt_of", "insyn.build.examine:digest_of"),
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
"""By phase: its functions, named as their callers see them."""


class Stopwatch:
    """Charges time to the innermost phase."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._open = [REST]
        self._since = time.perf_counter()

    def charge(self) -> None:
        now = time.perf_counter()
        self.spent[self._open[-1]] += now - self._since
        self._since = now

    def timed(self, phase: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function wrapped: its time is charged to a phase."""

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
    """Wrap the functions of all phases. Raises AttributeError for a name that no longer exists."""
    find = watch.timed(IMPORTING, importlib.import_module)
    for phase, names in PHASES.items():
        for name in names:
            module, _, path = name.partition(":")
            *outer, last = path.split(".")
            owner = functools.reduce(getattr, outer, find(module))
            setattr(owner, last, watch.timed(phase, getattr(owner, last)))


def main(result: str, arguments: list[str]) -> int:
    """Build, and write seconds by phase to a file as JSON."""
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
