"""A plan's part of the page about the figures: its known deviations, and the corrections of its source.

Small, and made when the plan is read: the page covers all plans, and is never built from the plans themselves.
"""

from msgspec import Struct

from insyn.model import EquityCeiling, Plan, Source
from insyn.pages.budget_tables import deviation_views
from insyn.pages.parts import DeviationView
from insyn.texts import Texts


class CorrectionView(Struct, frozen=True):
    printed: str
    corrected: str | None
    text: str | None


class PlanAbout(Struct, frozen=True):
    association: str
    year: int
    title: str
    deviations: tuple[DeviationView, ...]
    corrections: tuple[CorrectionView, ...]
    ceiling: EquityCeiling | None
    """The recommended ceiling for equity as stated by the plan, confirmed or not."""

    @property
    def count(self) -> int:
        """Number of remarks, not counting the ceiling."""
        return len(self.deviations) + len(self.corrections)


def about_of(plan: Plan, texts: Texts) -> PlanAbout | None:
    """Return a plan's part of the page; None if it has none, as is the case for most."""
    deviations, corrections = deviation_views(plan.budget, texts), correction_views(plan.source)
    ceiling = plan.budget.ceiling
    if not (deviations or corrections or ceiling):
        return None
    return PlanAbout(plan.association, plan.year, plan.title, deviations, corrections, ceiling)


def correction_views(source: Source | None) -> tuple[CorrectionView, ...]:
    """Return the corrections of a plan's source, and the passages kept although they look wrong."""
    corrections = source.corrections if source else ()
    return tuple(CorrectionView(one.printed, one.corrected, one.text) for one in corrections)
