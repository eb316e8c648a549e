"""Draws the charts that are new, and fetches those that were drawn before."""

from msgspec import Struct

from insyn.ahead import DRAWING, Ahead, answer
from insyn.charts.chart import Chart
from insyn.disk.materials import Materials
from insyn.disk.store import Store
from insyn.keys import Tools
from insyn.pages.drawn import Drawing


class Drawer(Struct, frozen=True):
    """What it takes to draw."""

    tools: Tools
    materials: Materials
    ahead: Ahead | None = None
    """A process that may have imported what draws while this one did other things."""

    def drawing(self, chart: Chart, store: Store) -> tuple[Drawing, bool]:
        """Return a chart's drawing, and whether it had to be drawn."""
        key = self.tools.drawing(chart.id, chart.figure)
        known = store.get(key)
        if isinstance(known, Drawing):
            return known, False
        drawing = self._draw(chart)
        store.put(key, drawing)
        return drawing, True

    def _draw(self, chart: Chart) -> Drawing:
        """Draw a chart in both widths, by the process that was begun ahead if it is there."""
        faces = self.materials.fonts
        asked = (chart.id, chart.figure, faces["source-sans-3-regular"], faces["source-sans-3-semibold"])
        return Drawing(*answer(self.ahead, DRAWING, asked))
