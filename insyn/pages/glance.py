"""A whole and its parts at a glance: names, amounts and short bars, taken from the charts with all the detail."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from insyn.charts.chart import Chart
from insyn.charts.figures import Bar, Bars, Series, ShareBar
from insyn.charts.plan_charts import Shown
from insyn.swedish import HARD_SPACE, integer, slug

WIDTH = 100
"""Width of the longest bar."""


class GlanceRow(Struct, frozen=True):
    name: str
    value: str
    """In kronor whatever the plan's unit, so that plans can be compared."""
    width: float
    """Width of its bar, in percent of the longest."""
    series: Series
    tentative: bool
    within: bool = False
    """Whether it is a part of the row above."""
    id: str | None = None


def payers_at_a_glance(shown: Sequence[Shown]) -> tuple[GlanceRow, ...]:
    """Return the parties' contributions, with those of each kommun below, which have anchors of their own."""
    parties, municipalities = (_bars(shown, chart) for chart in ("vem-betalar", "vad-kommunerna-betalar"))
    longest = max((bar.amount for bar in (*parties, *municipalities)), default=0)
    rows = tuple(_rows(parties, longest))
    within = (
        GlanceRow(row.name, row.value, row.width, row.series, row.tentative, within=True, id=municipality_id(row.name))
        for row in _rows(municipalities, longest)
    )
    return (*rows, *within)


def purposes_at_a_glance(shown: Sequence[Shown]) -> tuple[GlanceRow, ...]:
    """Return what the costs are for."""
    bars = _bars(shown, "vad-pengarna-gar-till")
    return tuple(_rows(bars, max((bar.amount for bar in bars), default=0)))


def municipality_id(name: str) -> str:
    """Return the id of a kommun's contribution. The id of a heading never contains a full stop."""
    return f"kommun.{slug(name)}"


def _bars(shown: Iterable[Shown], id: str) -> tuple[Bar, ...]:
    """Return the bars of a chart; none if it is replaced by a sentence."""
    for chart in shown:
        if chart.id == id and isinstance(chart, Chart):
            match chart.figure:
                case ShareBar(parts=bars) | Bars(bars=bars):
                    return bars
    return ()


def _rows(bars: Iterable[Bar], longest: int) -> Iterator[GlanceRow]:
    for bar in bars:
        width = round(WIDTH * max(bar.amount, 0) / longest, 1) if longest else 0
        yield GlanceRow(bar.label, f"{integer(bar.amount)}{HARD_SPACE}kr", width, bar.series, bar.tentative)
