"""A plan as listed on other pages."""

from msgspec import Struct

from insyn.model import Status
from insyn.pages.excerpt import PlanSummary
from insyn.pages.frame import Neighbour, link
from insyn.pages.glance import GlanceRow
from insyn.versions.digest import DECIDED


class PlanCard(Struct, frozen=True):
    """A plan in a list."""

    year: str
    title: str
    applies: str
    href: str
    status_kind: str
    status: str
    lead: str
    purposes: tuple[GlanceRow, ...]
    """What its costs are for."""


class ListedPlan(Struct, frozen=True):
    """A plan that other pages mention, with its address."""

    path: str
    year: int
    status: Status
    summary: PlanSummary

    @property
    def is_decided(self) -> bool:
        return self.status in DECIDED


def plan_card(here: str, plan: ListedPlan) -> PlanCard:
    summary, status = plan.summary, plan.status.value
    href = link(here, Neighbour(summary.title, plan.path)).href
    return PlanCard(
        str(plan.year),
        summary.title,
        summary.applies,
        href,
        status,
        summary.status_text,
        summary.lead,
        summary.purposes,
    )
