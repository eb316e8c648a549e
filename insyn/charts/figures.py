"""Figures: what a chart shows, as finished words and numbers, without layout.

Amounts are whole kronor, for lengths only; every displayed text is given.
"""

from enum import Enum

from msgspec import Struct


class Series(Enum):
    """What a colour means, the same on the whole site; no two meanings share one. The value is the CSS variable."""

    INDIVIDUAL = "serie-individual"
    STRUCTURE = "serie-structure"
    ACTIVITIES = "serie-activities"
    """Activities that the plan doesn't divide between individuals and structure."""
    ADMINISTRATION = "serie-administration"
    """With the board and the audit."""
    NEW = "serie-new"
    """Activities not yet chosen."""
    OTHER = "serie-other"
    """Other purposes, and small rows of several drawn as one."""
    STATE = "serie-state"
    REGION = "serie-region"
    MUNICIPALITY = "serie-municipality"
    INCOME = "serie-income"
    COSTS = "serie-costs"
    """All of them, or parts without a purpose."""
    RESULT = "serie-result"
    SAVED = "serie-saved"


PURPOSES = frozenset(
    {Series.INDIVIDUAL, Series.STRUCTURE, Series.ACTIVITIES, Series.ADMINISTRATION, Series.NEW, Series.OTHER}
)
PAYERS = frozenset({Series.STATE, Series.REGION, Series.MUNICIPALITY})
FLOWS = frozenset(Series) - PURPOSES - PAYERS
"""What comes in, goes out and remains."""


class Bar(Struct, frozen=True):
    label: str
    amount: int
    value: str
    series: Series
    tentative: bool = False
    """Not yet decided, or only planned: drawn as an outline with a light fill."""
    mark: int | None = None
    """An amount to compare with, a budget or limit, drawn as a line across the bar."""
    whole: int | None = None
    """The whole that a horizontal bar is part of, drawn as a light ground."""


class Bars(Struct, frozen=True):
    """Horizontal bars from zero, negative ones to the left."""

    bars: tuple[Bar, ...]


class ShareBar(Struct, frozen=True):
    """One bar split into parts. Each part's `value` is its share: "50 %"."""

    parts: tuple[Bar, ...]


class ColumnGroup(Struct, frozen=True):
    """One or several columns over one label on the axis. Amounts may be negative."""

    label: str
    """For example "Budget 2024"; may wrap."""
    bars: tuple[Bar, ...]
    """Each bar's `label` names its series and is shown in the legend only."""


class Columns(Struct, frozen=True):
    """Vertical columns from zero, grouped; negative ones hang below."""

    groups: tuple[ColumnGroup, ...]


class StepKind(Enum):
    LEVEL = "level"
    """A level at a point in time, drawn from zero."""
    ADDED = "added"
    TAKEN = "taken"


class Step(Struct, frozen=True):
    label: str
    amount: int
    """The level, or for ADDED and TAKEN the change, never negative."""
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
    """A level to compare with, drawn as a step line."""


class LevelLine(Struct, frozen=True):
    """Levels of saved money at points in time, joined by a line, dashed at tentative points. The axis includes zero."""

    points: tuple[Point, ...]


Figure = Bars | ShareBar | Columns | Waterfall | LevelLine


class DrawingWidth(Enum):
    """The two widths of every chart, in units: 1 unit is at least 1 CSS px."""

    NARROW = 288
    """For windows of 320 px and up."""
    WIDE = 640
    """For windows of 640 px and up."""
