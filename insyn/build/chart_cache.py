"""The chart cache: drawings by figure, in the store."""

from collections.abc import Iterable

from msgspec import Struct

from insyn.build.cache_keys import CacheKeys
from insyn.charts.chart import Chart
from insyn.disk.materials import Materials
from insyn.disk.store import Store
from insyn.pages.drawn import Drawing
from insyn.parallel.helper_process import DRAWING, HelperProcess, answer


class ChartCache(Struct, frozen=True):
    """Fetches drawings from the store, or draws on a miss."""

    keys: CacheKeys
    materials: Materials
    helper: HelperProcess | None = None

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
        """Draw a chart in both widths, in the helper if there is one."""
        faces = self.materials.fonts
        asked = (chart.id, chart.figure, faces["source-sans-3-regular"], faces["source-sans-3-semibold"])
        return Drawing(*answer(self.helper, DRAWING, asked))
