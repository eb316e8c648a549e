"""The charts of a plan, in the order its page shows them, with what staff have written in place of generated words."""

from msgspec import Struct
from msgspec.structs import replace

from insyn.charts import outcome, payers, purposes
from insyn.charts.chart import Chart, Unshown, Words
from insyn.model import Association, ChartWords, Plan
from insyn.texts import Texts

CHART_IDS = (
    "vem-betalar",
    "vad-kommunerna-betalar",
    "vad-pengarna-gar-till",
    "vilka-insatser-kostar-mest",
    "hur-det-gar-ihop",
    "racker-pengarna",
    "plus-eller-minus",
    "sparade-pengar",
)
"""What staff may name under `diagram`."""

Shown = Chart | Unshown


class PlanCharts(Struct, frozen=True):
    """Charts by the question they answer. Those without anything to show are left out."""

    who_pays: tuple[Shown, ...]
    what_for: tuple[Shown, ...]
    outcome: tuple[Shown, ...]

    def charts(self) -> tuple[Chart, ...]:
        """Return all that are drawn."""
        everything = (*self.who_pays, *self.what_for, *self.outcome)
        return tuple(chart for chart in everything if isinstance(chart, Chart))


def charts_of(plan: Plan, association: Association, texts: Texts) -> PlanCharts:
    """Describe every chart of a plan."""
    budget = plan.budget
    words = Words(texts, budget.unit)
    own = {words.chart: words for words in plan.chart_words}
    return PlanCharts(
        who_pays=_edited(
            own,
            payers.who_pays(budget, association.members, words),
            payers.municipalities(budget, association.members, words),
        ),
        what_for=_edited(own, purposes.purposes(budget, words), purposes.activities(budget, words)),
        outcome=_edited(
            own,
            outcome.waterfall(budget, words),
            outcome.balance(budget, words),
            outcome.result(budget, words),
            outcome.savings(budget, words),
        ),
    )


def _edited(own: dict[str, ChartWords], *shown: Shown | None) -> tuple[Shown, ...]:
    """Drop what isn't there or staff don't want, and put staff's words in place of the generated ones."""
    edited = (_with_own_words(chart, own.get(chart.id)) for chart in shown if chart is not None)
    return tuple(chart for chart in edited if chart is not None)


def _with_own_words(chart: Shown, own: ChartWords | None) -> Shown | None:
    if own is None or isinstance(chart, Unshown):
        return chart if own is None or own.shown else None
    if not own.shown:
        return None
    written = bool(own.title or own.summary)
    return replace(chart, title=own.title or chart.title, summary=own.summary or chart.summary, by_staff=written)
