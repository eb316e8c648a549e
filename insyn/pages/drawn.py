"""A chart with its drawings, as shown on a page."""

from markupsafe import Markup
from msgspec import Struct

from insyn.charts.chart import Chart
from insyn.pages.parts import ChartView, FileView


class Drawing(Struct, frozen=True):
    """A chart drawn for a narrow and for a wide column."""

    narrow: str
    wide: str


class Drawn(Struct, frozen=True):
    """A chart that is ready to be shown."""

    chart: Chart
    drawing: Drawing


def chart_view(
    chart: Chart, drawing: Drawing, source: str | None = None, files: tuple[FileView, ...] = ()
) -> ChartView:
    """Combine a chart with its drawings.

    `source` states any departure from the page's common note on its charts; `files` are the formats of the chart.
    """
    return ChartView(
        id=chart.id,
        title=chart.title,
        subtitle=chart.subtitle,
        description=chart.description,
        summary=chart.summary,
        help=chart.help,
        keys=chart.keys,
        table=chart.table,
        source=source,
        narrow_html=Markup(drawing.narrow),
        wide_html=Markup(drawing.wide),
        files=files,
    )
