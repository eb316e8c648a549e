"""What the page about the figures tells of a plan: where it is known to differ, and what is corrected in its source.

Small, and made when the plan is read: the page gathers all plans, and is never made from the plans themselves.
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
    """The recommended ceiling for equity as the plan states it, confirmed or not."""

    @property
    def count(self) -> int:
        """How much there is to tell, the ceiling left out."""
        return len(self.deviations) + len(self.corrections)


def about_of(plan: Plan, texts: Texts) -> PlanAbout | None:
    """Return what there is to tell of a plan; None when there is nothing, as there is of most."""
    deviations, corrections = deviation_views(plan.budget, texts), correction_views(plan.source)
    ceiling = plan.budget.ceiling
    if not (deviations or corrections or ceiling):
        return None
    return PlanAbout(plan.association, plan.year, plan.title, deviations, corrections, ceiling)


def correction_views(source: Source | None) -> tuple[CorrectionView, ...]:
    """Show what is corrected in a plan's source, or kept though it looks wrong."""
    corrections = source.corrections if source else ()
    return tuple(CorrectionView(one.printed, one.corrected, one.text) for one in corrections)
