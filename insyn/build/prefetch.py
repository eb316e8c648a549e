"""Prefetch: starts helper processes that import the modules that an edit will need.

An edited plan must be examined. Charts follow from front matter, so an edit of the text alone needs no drawing. Runs
before everything else, so nothing heavy is imported unless a plan was edited.
"""

from __future__ import annotations

from zlib import crc32

from insyn.disk.snapshot import read_file
from insyn.parallel import helper_process
from insyn.parallel.workers import will_fork

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from insyn.disk.build_record import BuildRecord
    from insyn.disk.snapshot import FolderSnapshot
    from insyn.parallel.helper_process import HelperProcess

PLAN_DEPTH = 2
"""Minimum number of slashes in a plan file's path: "forbund/2024/plan.md"."""


def front_sum(body: bytes) -> int:
    """Return a CRC-32 of a plan's front matter. On a collision no helper starts, and drawing is only slower."""
    return crc32(body.partition(b"\n---")[0])


class Prefetch:
    """The running helper processes; None if one isn't needed, or no core is free."""

    def __init__(
        self, edited: Collection[str] = (), reading: HelperProcess | None = None, drawing: HelperProcess | None = None
    ) -> None:
        self.edited = edited
        """The edited plan files, if they are few."""
        self.reading, self.drawing = reading, drawing

    def end(self) -> None:
        """Kill the helpers."""
        for helper in self._helpers():
            helper.end()

    def wait(self) -> None:
        """Reap the helpers."""
        for helper in self._helpers():
            helper.wait()

    def _helpers(self) -> list[HelperProcess]:
        return [helper for helper in (self.reading, self.drawing) if helper is not None]


def begin_prefetch(content: FolderSnapshot, record: BuildRecord | None) -> Prefetch:
    """Start helpers for an edit of a few plans. With many plans, or no previous build, every core is busy anyway."""
    if record is None:
        return Prefetch()
    edited = [path for path in content.changed_since(record.inputs.content) if path.count("/") >= PLAN_DEPTH]
    if not edited or will_fork(edited):
        return Prefetch()
    is_new = any(
        front_sum(read_file(f"{content.root}/{path}") or b"") != record.front_sums.get(path) for path in edited
    )
    drawing = helper_process.begin(helper_process.DRAWING) if is_new else None
    import insyn.site.facts  # noqa: F401  before the fork, so that it is imported once

    return Prefetch(edited, helper_process.begin(helper_process.READING), drawing)
