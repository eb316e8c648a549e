"""Do the charts that staff have written about exist?"""

from collections.abc import Iterator

from insyn.charts.plan_charts import CHART_IDS
from insyn.model import Plan
from insyn.problems import Problem, problem


def check(plan: Plan) -> Iterator[Problem]:
    """Yield a problem for each unknown name under `diagram`."""
    for words in plan.chart_words:
        if words.chart not in CHART_IDS:
            yield problem("chart-unknown", words.place, written=words.chart, charts=", ".join(CHART_IDS))
