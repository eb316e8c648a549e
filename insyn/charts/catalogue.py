"""The charts of a plan, with staff's own words where they have written any."""

from typing import TypeVar

from msgspec.structs import replace

from insyn.charts import outcome, payers, purposes
from insyn.charts.administration import administration
from insyn.charts.changes import rows
from insyn.charts.chart import Chart, Hundred, Message, Unshown, Words
from insyn.charts.costs import costs
from insyn.charts.goals import goals
from insyn.charts.hundred import hundred
from insyn.charts.plan_charts import PlanCharts, Shown
from insyn.charts.planned import planned
from insyn.model import Association, ChartWords, Plan
from insyn.texts import Texts

Said = TypeVar("Said", bound=Chart | Hundred | Unshown | Message)


def charts_of(plan: Plan, association: Association, texts: Texts) -> PlanCharts:
    """Return every chart of a plan."""
    budget = plan.budget
    words = Words(texts, budget.unit)
    own = {words.chart: words for words in plan.chart_words}
    message = goals(plan, texts)
    return PlanCharts(
        who_pays=_edited(
            own,
            payers.who_pays(budget, association.members, words),
            payers.municipalities(budget, association.members, words),
        ),
        what_for=_edited(
            own,
            purposes.purposes(budget, association.administration, words),
            hundred(budget, association.administration, words),
            purposes.activities(budget, words),
        ),
        changes=_edited(own, costs(budget, words), rows(budget, words)),
        planned=_edited(own, planned(budget, words)),
        outcome=_edited(
            own,
            outcome.waterfall(budget, words),
            outcome.balance(budget, words),
            outcome.result(budget, words),
            outcome.savings(budget, budget.ceiling or association.ceiling, words),
            administration(budget, association.administration, words),
        ),
        goals=_with_own_words(message, own.get(message.id)) if message else None,
    )


def _edited(own: dict[str, ChartWords], *shown: Shown | None) -> tuple[Shown, ...]:
    """Drop charts that are None or that staff have hidden; apply staff's words to the others."""
    edited = (_with_own_words(chart, own.get(chart.id)) for chart in shown if chart is not None)
    return tuple(chart for chart in edited if chart is not None)


def _with_own_words(said: Said, own: ChartWords | None) -> Said | None:
    if own is None or isinstance(said, Unshown):
        return said if own is None or own.shown else None
    if not own.shown:
        return None
    written = bool(own.title or own.summary)
    return replace(said, title=own.title or said.title, summary=own.summary or said.summary, by_staff=written)
