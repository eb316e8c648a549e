"""Draws the charts that are new, and fetches those that were drawn before."""

from msgspec import Struct

from insyn.charts.chart import Chart
from insyn.charts.figures import Width
from insyn.disk.materials import Materials
from insyn.disk.store import Store
from insyn.keys import Tools
from insyn.pages.drawn import Drawing


class Drawer(Struct, frozen=True):
    """What it takes to draw."""

    tools: Tools
    materials: Materials

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
        """Draw a chart in both widths. matplotlib, which takes long to import, is imported for the first."""
        from insyn.charts.drawing import draw
        from insyn.charts.measuring import Fonts

        faces = self.materials.fonts
        fonts = Fonts(faces["source-sans-3-regular"], faces["source-sans-3-semibold"])
        narrow, wide = (draw(chart.figure, chart_id=chart.id, width=width, fonts=fonts) for width in Width)
        return Drawing(narrow, wide)
