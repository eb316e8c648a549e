"""Draws the charts that are new, and fetches those that were drawn before."""

from collections.abc import Iterable

from msgspec import Struct

from insyn.build.cache_keys import CacheKeys
from insyn.charts.chart import Chart
from insyn.disk.materials import Materials
from insyn.disk.store import Store
from insyn.pages.drawn import Drawing
from insyn.parallel.helper_process import DRAWING, HelperProcess, answer


class ChartCache(Struct, frozen=True):
    """What it takes to draw."""

    tools: CacheKeys
    materials: Materials
    ahead: HelperProcess | None = None
    """A process that may have imported what draws while this one did other things."""

    def drawings(self, charts: Iterable[Chart], store: Store) -> tuple[dict[str, Drawing], int]:
        """Return charts' drawings by their ids, and how many had to be drawn."""
        keyed = {self.tools.drawing(chart.id, chart.figure): chart for chart in charts}
        known = {key: one for key, one in store.get_many(keyed).items() if isinstance(one, Drawing)}
        drawings = {chart.id: known.get(key) or self._draw(chart) for key, chart in keyed.items()}
        new = [(key, chart) for key, chart in keyed.items() if key not in known]
        for key, chart in new:
            store.put(key, drawings[chart.id])
        return drawings, len(new)

    def _draw(self, chart: Chart) -> Drawing:
        """Draw a chart in both widths, by the process that was begun ahead if it is there."""
        faces = self.materials.fonts
        asked = (chart.id, chart.figure, faces["source-sans-3-regular"], faces["source-sans-3-semibold"])
        return Drawing(*answer(self.ahead, DRAWING, asked))
