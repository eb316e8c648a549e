"""What do the förbund cost, side by side? (D15.) Ordered by name: neither order nor colour is a verdict."""

from insyn.charts.chart import Chart, ChartTable, TableRow, Words
from insyn.charts.figures import Bar, Bars, Series
from insyn.money.comparison import Compared, Comparison
from insyn.money.unknown import Unknown
from insyn.vocabulary import kind_word

FEWEST = 2
"""One förbund alone is no comparison."""


def costs_per_association(comparison: Comparison, words: Words) -> Chart | None:
    """Return each förbund's costs; None if fewer than two are known, all are zero, or one is negative."""
    drawn = [(one, costs) for one in comparison.compared if not isinstance(costs := one.money.costs, Unknown)]
    amounts = [costs for _, costs in drawn]
    if len(drawn) < FEWEST or not any(amounts) or min(amounts) < 0:
        return None
    marks = words.marking(amounts)
    bars = (Bar(_name(one, words), costs, marks.mark(costs), Series.COSTS, one.is_proposal) for one, costs in drawn)
    rows = (TableRow(_name(one, words), (words.in_unit(costs),)) for one, costs in drawn)
    kind, year = kind_word(comparison.kind), comparison.year
    return Chart(
        id="kostnader-per-forbund",
        title=words.say("comparison.title", kind=kind, year=year),
        subtitle=words.say("comparison.subtitle"),
        description=words.say("comparison.description", kind=kind, year=year),
        summary=words.say("comparison.summary"),
        help=None,
        keys=(),
        figure=Bars(tuple(bars)),
        table=ChartTable(
            words.say("comparison.caption", kind=kind, year=year, unit=words.unit_name),
            ("Förbund", f"Kostnader, {words.unit_word}"),
            tuple(rows),
        ),
    )


def _name(one: Compared, words: Words) -> str:
    """Return a förbund's name, with a word if its plan is only proposed: looks alone aren't enough."""
    name = one.association.short_name
    return words.say("comparison.proposed", name=name) if one.is_proposal else name
