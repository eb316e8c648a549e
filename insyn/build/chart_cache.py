"""The chart cache: drawings by figure, in the store."""

from collections.abc import Iterable

from msgspec import Struct

from insyn.build.cache_keys import CacheKeys
from insyn.charts.chart import Chart
from insyn.disk.materials import Materials
from insyn.disk.store import Store
from insyn.pages.drawn import Drawing


class ChartCache(Struct, frozen=True):
    """Fetches drawings from the store, or draws on a miss."""

    keys: CacheKeys
    materials: Materials

    def drawings(self, charts: Iterable[Chart], store: Store) -> tuple[dict[str, Drawing], int]:
        """Return drawings by chart id, and the number that had to be drawn."""
        keyed = {self.keys.drawing(chart.id, chart.figure): chart for chart in charts}
        cached = {key: one for key, one in store.get_many(keyed).items() if isinstance(one, Drawing)}
        drawings = {chart.id: cached.get(key) or self._draw(chart) for key, chart in keyed.items()}
        new = [(key, chart) for key, chart in keyed.items() if key not in cached]
        for key, chart in new:
            store.put(key, drawings[chart.id])
        return drawings, len(new)

    def _draw(self, chart: Chart) -> Drawing:
        """Draw a chart in both widths."""
        from insyn.charts.drawing import Fonts, draw_both  # deferred: matplotlib takes as long as the rest of an edit

        faces = self.materials.fonts
        fonts = Fonts(faces["source-sans-3-regular"], faces["source-sans-3-semibold"])
        return Drawing(*draw_both(chart.figure, chart.id, fonts))
