"""Tells from what has been edited what will be needed, so that other processes can begin with it at once.

A plan that was edited is to be read. Charts are made of front matter, so a plan whose text alone was edited needs none
drawn. Imports nothing heavy unless a plan was edited: it is asked before anything else is.
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

A_PLANS_DEPTH = 2
"""Plans and their versions lie at least so many folders down."""


def front_sum(body: bytes) -> int:
    """Return a sum of a text's front matter. Two may share one: then a chart waits a little longer."""
    return crc32(body.partition(b"\n---")[0])


class Prefetch:
    """Processes that have begun with what takes long to import; None where none is needed, or no core is free."""

    def __init__(
        self, edited: Collection[str] = (), reading: HelperProcess | None = None, drawing: HelperProcess | None = None
    ) -> None:
        self.edited = edited
        """The plans' files that were edited, when they are few."""
        self.reading, self.drawing = reading, drawing

    def end(self) -> None:
        """End them, whatever they are doing."""
        for helper in self._begun():
            helper.end()

    def wait(self) -> None:
        """Wait until they have ended."""
        for helper in self._begun():
            helper.wait()

    def _begun(self) -> list[HelperProcess]:
        return [helper for helper in (self.reading, self.drawing) if helper is not None]


def begin(content: FolderSnapshot, before: BuildRecord | None) -> Prefetch:
    """Begin with what the edit of a few plans takes.

    With many plans to read every core has work anyway, and with none built before there are many.
    """
    if before is None:
        return Prefetch()
    edited = [path for path in content.changed_since(before.inputs.content) if path.count("/") >= A_PLANS_DEPTH]
    if not edited or will_fork(edited):
        return Prefetch()
    is_new = any(
        front_sum(read_file(f"{content.root}/{path}") or b"") != before.front_sums.get(path) for path in edited
    )
    drawing = helper_process.begin(helper_process.DRAWING) if is_new else None
    import insyn.site.facts  # noqa: F401  what this process and the next both take is imported once

    return Prefetch(edited, helper_process.begin(helper_process.READING), drawing)
