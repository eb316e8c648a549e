"""What a chart shows, as values with finished words and numbers: nothing here knows how it is drawn.

Amounts are whole kronor; they decide lengths only. Every text that is shown is handed in.
"""

from enum import Enum

from msgspec import Struct


class Series(Enum):
    """A meaning with a colour of its own, the same over the whole site. The value names the CSS variable."""

    FIRST = "serie-1"
    """Staten; individinriktade insatser; intäkter."""
    SECOND = "serie-2"
    """Regionen; strukturövergripande insatser."""
    THIRD = "serie-3"
    """Kommunerna; administration; kostnader."""
    FOURTH = "serie-4"
    """Annat; ännu inte fördelat."""
    MUTED = "serie-5"
    """Det som samlats ihop till en rest."""


class Bar(Struct, frozen=True):
    label: str
    amount: int
    value: str
    series: Series
    tentative: bool = False
    """Drawn as an outline with a light fill: money not yet decided, or a year that is only planned."""
    mark: int | None = None
    """Where a line crosses the bar, at an amount that it is to be compared with: its budget, or a limit."""
    whole: int | None = None
    """What a lying bar is a part of: the rest of it is drawn as light ground up to this amount."""


class Bars(Struct, frozen=True):
    """Horizontal bars from zero, in the order given; negative ones go left from the zero line."""

    bars: tuple[Bar, ...]


class ShareBar(Struct, frozen=True):
    """One bar split into parts of a whole, each with its share above it. `value` is the share: "50 %"."""

    parts: tuple[Bar, ...]


class ColumnGroup(Struct, frozen=True):
    """What stands over one label on the axis: one column or several side by side. Amounts may be negative."""

    label: str
    """For example "Budget 2024"; may be broken at its spaces."""
    bars: tuple[Bar, ...]
    """`label` of each names its series and is shown in the legend line above the chart, not at the column."""


class Columns(Struct, frozen=True):
    """Standing columns from zero, grouped; negative ones hang below the zero line."""

    groups: tuple[ColumnGroup, ...]


class StepKind(Enum):
    LEVEL = "level"
    """Stands on zero: what there is at a point in time."""
    ADDED = "added"
    TAKEN = "taken"


class Step(Struct, frozen=True):
    label: str
    amount: int
    """LEVEL: the level. ADDED and TAKEN: how much, not negative."""
    value: str
    kind: StepKind
    series: Series


class Waterfall(Struct, frozen=True):
    """Steps from an opening level to a closing level, joined by thin lines."""

    steps: tuple[Step, ...]


class Point(Struct, frozen=True):
    label: str
    amount: int
    value: str
    tentative: bool = False
    limit: int | None = None
    """A level that the point is to be compared with, drawn as a step of a line of its own."""


class LevelLine(Struct, frozen=True):
    """Levels at points in time, joined by a line; the part between tentative points is dashed. Starts at zero."""

    points: tuple[Point, ...]


Figure = Bars | ShareBar | Columns | Waterfall | LevelLine


class DrawingWidth(Enum):
    """The two drawings of every chart; the value is the width in units, 1 unit = 1 CSS px at its smallest place."""

    NARROW = 288
    """For windows of 320 px and up."""
    WIDE = 640
    """For windows of 640 px and up."""
