"""The parts of a plan that the rest of the site needs: other pages are built from them, never from plans.

`PlanDigest` is fetched for every plan in every build and is kept small. The parts of a plan shown on other pages are in
`PlanExcerpt`, which is fetched only when such a page is stale; the hashes in `sums` decide that.
"""

from datetime import date

from msgspec import Struct

from insyn.charts.plan_charts import PlanCharts
from insyn.dates import on_day
from insyn.disk.hashing import hash_of
from insyn.downloads.separated import separated
from insyn.downloads.tidy import budget_rows, deviation_rows, equity_rows, part_rows
from insyn.law.revision import unpaid_revision
from insyn.model import Association, Kronor, Plan, Status, is_elsewhere
from insyn.money.budget import main_year, totals_of
from insyn.money.fingerprint import figures_fingerprint, fingerprint
from insyn.money.plan_money import PlanMoney, money_of
from insyn.money.unknown import Unknown
from insyn.money.years import has_points
from insyn.pages.about_plan import PlanAbout, about_of
from insyn.pages.events import PlanStory, story_of
from insyn.pages.glance import GlanceRow, payers_at_a_glance, purposes_at_a_glance
from insyn.pages.goals_page import PlanGoals, goals_of, has_followed
from insyn.pages.lead import lead
from insyn.pages.status_words import applies, decided_day, proposal_text, status_text
from insyn.reading.characters import normalised
from insyn.texts import Texts
from insyn.versions.digest import Alias, PlanDigest, StatedDay, StatedOriginal
from insyn.vocabulary import unit_word


class PlanSummary(Struct, frozen=True):
    """A plan as summarised on other pages."""

    title: str
    status_text: str
    lead: str
    notice: str | None
    """The notice that a plan isn't decided."""
    applies: str
    """Its period: "Gäller 2024", or "Avser 2024" if it doesn't apply."""
    payers: tuple[str, ...]
    """Anchors on its page of the contributions of single kommuner."""
    purposes: tuple[GlanceRow, ...]
    """What its costs are for."""
    decided: date | None
    """The day of decision or latest revision. None if the plan doesn't apply, or states no day."""


class PlanExcerpt(Struct, frozen=True):
    """The parts of a plan shown on other pages, each for a page of its own."""

    summary: PlanSummary
    story: PlanStory
    about: PlanAbout | None
    """None if it has nothing to show there, as is the case for most plans."""
    money: PlanMoney
    goals: PlanGoals
    budget_rows: str
    """Its rows in the open data, without the fields that identify plan and version."""
    equity_rows: str
    part_rows: str
    deviation_rows: str


def excerpt_of(plan: Plan, association: Association, charts: PlanCharts, texts: Texts) -> PlanExcerpt:
    """Collect the parts of a plan shown on other pages."""
    return PlanExcerpt(
        summary=summary_of(plan, association, charts, texts),
        story=story_of(plan, association),
        about=about_of(plan, texts),
        money=money_of(plan, association),
        goals=goals_of(plan, texts),
        budget_rows=separated(budget_rows(plan)),
        equity_rows=separated(equity_rows(plan.budget)),
        part_rows=separated(part_rows(plan.budget)),
        deviation_rows=separated(deviation_rows(plan.budget)),
    )


def digest_of(plan: Plan, version: str, contents: str, text: str, excerpt: PlanExcerpt) -> PlanDigest:
    """Return a plan's identity with hashes of the parts shown on other pages. `contents` is the hash of its file."""
    decided = plan.decided_on or plan.signed_on
    return PlanDigest(
        association=plan.association,
        year=plan.year,
        version=version,
        status=plan.status,
        day=_day_of(plan),
        came=plan.followed_up or _day_of(plan) or plan.signed_on,
        days=tuple(sorted({*(revision.day for revision in plan.revisions), *([decided] if decided else [])})),
        published=StatedDay(plan.published, plan.published_place) if plan.published else None,
        followed_up=StatedDay(on_day(plan.followed_up), plan.followed_up_place) if plan.followed_up else None,
        aliases=tuple(Alias(alias.text, alias.place) for alias in plan.aliases),
        retold=plan.retold,
        costs=_costs_of(plan),
        unpaid=unpaid_revision(plan),
        unit=unit_word(plan.budget.unit),
        unit_place=plan.budget.unit_place,
        largest=max(totals_of(plan.budget), default=None),
        first_year=min((column.year for column in plan.budget.columns), default=plan.year),
        last_year=max((column.year for column in plan.budget.columns), default=plan.year),
        contents=contents,
        source=fingerprint(normalised(text)),
        figures=figures_fingerprint(plan.budget),
        sums=tuple(hash_of(repr(getattr(excerpt, part))) for part in excerpt.__struct_fields__),
        remarks=excerpt.about.count if excerpt.about else 0,
        has_about=excerpt.about is not None,
        has_money=has_points([excerpt.money]),
        has_goals=excerpt.goals.is_used,
        has_followed=has_followed(excerpt.goals),
        original=_original_of(plan),
    )


def _original_of(plan: Plan) -> StatedOriginal | None:
    """Return the file to publish as the plan's original; None if it is elsewhere."""
    if plan.original is None or is_elsewhere(plan.original):
        return None
    return StatedOriginal(plan.original, plan.original_place)


def _costs_of(plan: Plan) -> Kronor | None:
    costs = main_year(plan.budget).costs if plan.budget.columns else None
    return None if isinstance(costs, Unknown) else costs


def _day_of(plan: Plan) -> date | None:
    if plan.status is Status.PROPOSAL:
        told = plan.published or (plan.meeting.announced if plan.meeting else None)
        return told.day if told else None
    revised = [revision.day for revision in plan.revisions]
    return max(revised) if revised else plan.decided_on


def summary_of(plan: Plan, association: Association, charts: PlanCharts, texts: Texts) -> PlanSummary:
    """Summarise a plan."""
    return PlanSummary(
        title=plan.title,
        status_text=status_text(plan.status, _day_of(plan), texts),
        lead=lead(plan, association, texts),
        notice=proposal_text(plan, texts) if plan.status is Status.PROPOSAL else None,
        applies=applies(plan, texts),
        payers=tuple(row.id for row in payers_at_a_glance(charts.who_pays) if row.id),
        purposes=purposes_at_a_glance(charts.what_for),
        decided=decided_day(plan),
    )
