"""The charts of a plan by the question they answer, and their ids."""

from msgspec import Struct

from insyn.charts.chart import Chart, Hundred, Message, Unshown

CHART_IDS = (
    "vem-betalar",
    "vad-kommunerna-betalar",
    "vad-pengarna-gar-till",
    "en-hundralapp",
    "vilka-insatser-kostar-mest",
    "hur-kostnaderna-andras",
    "vad-okar-och-minskar",
    "blev-det-som-planerat",
    "hur-det-gar-ihop",
    "racker-pengarna",
    "plus-eller-minus",
    "sparade-pengar",
    "hur-mycket-administration",
    "nades-malen",
)
"""What staff may name under `diagram`."""

Shown = Chart | Hundred | Unshown


class PlanCharts(Struct, frozen=True):
    """Charts by the question they answer, without those that have nothing to show."""

    who_pays: tuple[Shown, ...]
    what_for: tuple[Shown, ...]
    changes: tuple[Shown, ...]
    planned: tuple[Shown, ...]
    outcome: tuple[Shown, ...]
    goals: Message | None

    def shown(self) -> tuple[Shown, ...]:
        """Return all, in the order of the page."""
        return (*self.who_pays, *self.what_for, *self.changes, *self.planned, *self.outcome)

    def charts(self) -> tuple[Chart, ...]:
        """Return all that are drawn."""
        return tuple(chart for chart in self.shown() if isinstance(chart, Chart))
