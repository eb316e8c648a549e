"""Drawing of figures: chooses a layout in which the words fit, and writes an inline SVG.

Marks get classes only; colours, outlines and dashes are the stylesheet's.
"""

from insyn.charts.canvas import Sketch, to_svg
from insyn.charts.figures import Bars, Columns, DrawingWidth, Figure, LevelLine, ShareBar, Waterfall
from insyn.charts.layouts.below import lay_below
from insyn.charts.layouts.beside import lay_beside
from insyn.charts.layouts.line import lay_line
from insyn.charts.layouts.share_bar import lay_share_bar
from insyn.charts.layouts.spans import Clusters, clusters_of
from insyn.charts.layouts.standing import stand
from insyn.charts.measuring import Fonts, Styles, styles_for

__all__ = ["Fonts", "draw", "draw_both"]


def draw_both(figure: Figure, chart_id: str, fonts: Fonts) -> tuple[str, str]:
    """Return a figure's SVG, narrow and wide."""
    narrow, wide = (draw(figure, chart_id=chart_id, width=width, fonts=fonts) for width in DrawingWidth)
    return narrow, wide


def draw(figure: Figure, *, chart_id: str, width: DrawingWidth, fonts: Fonts) -> str:
    """Return a figure's SVG in one width. `chart_id` prefixes its id and is unique on the page."""
    variant = width.name.lower()
    sketch = _laid_out(figure, width, styles_for(fonts, width))
    return to_svg(sketch, svg_id=f"{chart_id}-{variant}", variant=variant)


def _laid_out(figure: Figure, width: DrawingWidth, styles: Styles) -> Sketch:
    """Return the figure's preferred layout, or horizontal bars, which always fit."""
    match figure:
        case ShareBar():
            return lay_share_bar(figure, width, styles)
        case LevelLine():
            return lay_line(figure, width, styles) or _lying(clusters_of(figure), width, styles)
        case Columns() | Waterfall():
            clusters = clusters_of(figure)
            return stand(clusters, width, styles) or _lying(clusters, width, styles)
        case Bars():
            return _lying(clusters_of(figure), width, styles)


def _lying(clusters: Clusters, width: DrawingWidth, styles: Styles) -> Sketch:
    beside = lay_beside(clusters, width.value, styles) if width is DrawingWidth.WIDE else None
    return beside or lay_below(clusters, width.value, styles)
