"""Tells before a plan is read whether charts may have to be drawn, so that what draws can be begun at once.

Charts are made of front matter. A plan whose text alone was edited needs none drawn, and then nothing is begun. Imports
nothing heavy: it is asked before anything else is.
"""

from __future__ import annotations

from zlib import crc32

from insyn import ahead
from insyn.disk.inventory import read_file
from insyn.workers import will_fork

TYPE_CHECKING = False
if TYPE_CHECKING:
    from insyn.ahead import Ahead
    from insyn.disk.inventory import Inventory
    from insyn.disk.latest import Latest

A_PLANS_DEPTH = 2
"""Plans and their versions lie at least so many folders down."""


def front_sum(body: bytes) -> int:
    """Return a sum of a text's front matter. Two may share one: then a chart waits a little longer."""
    return crc32(body.partition(b"\n---")[0])


def begin_drawing(content: Inventory, before: Latest | None) -> Ahead | None:
    """Begin to import what draws, when the front matter of a few plans is new.

    With many plans to read every core has work anyway, and with none built before there are many.
    """
    if before is None:
        return None
    edited = [path for path in content.changed_since(before.stock.content) if path.count("/") >= A_PLANS_DEPTH]
    if will_fork(edited):
        return None
    if any(front_sum(read_file(f"{content.root}/{path}")) != before.fronts.get(path) for path in edited):
        return ahead.begin("insyn.charts.drawing", "draw_both")
    return None
