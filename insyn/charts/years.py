"""How do costs and saved money change over the years of several plans? Gathered points in, charts out (D6, D9)."""

from collections.abc import Iterable

from msgspec import Struct

from insyn.charts.chart import Chart, Key, Table, TableRow, Unshown, Words, short, turn
from insyn.charts.figures import Bar, ColumnGroup, Columns, Line, Point, Series
from insyn.model import ColumnKind, Kronor
from insyn.swedish import capitalised
from insyn.swedish import years as year_span
from insyn.vocabulary import kind_in_year

FACTS = frozenset({ColumnKind.OUTCOME, ColumnKind.FORECAST})


class YearPoint(Struct, frozen=True):
    """What one column of one plan says of a year."""

    year: int
    kind: ColumnKind
    source: int
    """The year of the plan that says it."""
    income: Kronor | None
    costs: Kronor | None
    closing: Kronor | None
    """Saved money at the end of the year."""


class _Told(Struct, frozen=True):
    """An amount for a year, of one kind, by the newest plan that tells it."""

    year: int
    kind: ColumnKind
    source: int
    amount: Kronor

    @property
    def planned(self) -> bool:
        return self.kind is ColumnKind.PLAN


# --- Costs ----------------------------------------------------------------------------------------------------------


def costs_over_years(points: Iterable[YearPoint], words: Words) -> Chart | Unshown | None:
    """Show each year's costs by the most certain that plans say of it, with a mark for its budget; None without any."""
    told = _newest((point, point.costs) for point in points)
    drawn = _one_a_year(told)
    if not drawn:
        return None
    if not any(one.amount for one in drawn):
        return Unshown("kostnader-over-aren", words.say("years.costs-none"))
    if len(drawn) < 2:
        return Unshown("kostnader-over-aren", words.say("years.costs-one", year=drawn[0].year))
    budgets = {one.year: one for one in told if one.kind is ColumnKind.BUDGET}
    groups = tuple(_group(one, budgets.get(one.year), words) for one in drawn)
    marked = any(bar.mark is not None for group in groups for bar in group.bars)
    keys = (Key(Series.THIRD, words.say("years.costs-key")), Key(None, words.say("years.costs-key-budget")))
    return Chart(
        id="kostnader-over-aren",
        title=_costs_title(drawn, words),
        subtitle=words.say("years.costs-subtitle", plans=_plans(told)),
        description=words.say("costs.description", years=year_span(drawn[0].year, drawn[-1].year)),
        summary=_costs_summary(drawn, words),
        help=words.say("years.costs-help"),
        keys=keys if marked else (),
        figure=Columns(groups),
        table=_table(told, f"Kostnader per år, {words.unit_name}", f"Kostnader, {words.unit_word}", words),
    )


def _newest(given: Iterable[tuple[YearPoint, Kronor | None]]) -> list[_Told]:
    """Keep what the newest plan says of each year and kind, in time order; of planned years those without surer."""
    newest: dict[tuple[int, ColumnKind], _Told] = {}
    for point, amount in given:
        earlier = newest.get((point.year, point.kind))
        if amount is not None and (earlier is None or point.source >= earlier.source):
            newest[point.year, point.kind] = _Told(point.year, point.kind, point.source, amount)
    surer = {one.year for one in newest.values() if not one.planned}
    kept = (one for one in newest.values() if not (one.planned and one.year in surer))
    return sorted(kept, key=lambda one: (one.year, -one.kind.value))


def _one_a_year(told: list[_Told]) -> list[_Told]:
    """The most certain kind of each year."""
    return list({one.year: one for one in told}.values())


def _group(one: _Told, budget: _Told | None, words: Words) -> ColumnGroup:
    mark = budget.amount if budget and one.kind in FACTS else None
    bar = Bar("", one.amount, words.fine(one.amount), Series.THIRD, one.planned, mark)
    return ColumnGroup(kind_in_year(one.kind, one.year), (bar,))


def _last_settled(drawn: list[_Told]) -> _Told:
    """The last year that is more than planned: plans often repeat one figure, and say little of where it goes."""
    return next((one for one in reversed(drawn) if not one.planned), drawn[-1])


def _ends(drawn: list[_Told]) -> tuple[_Told, _Told]:
    """The two years that a title compares."""
    last = _last_settled(drawn)
    return (drawn[0], last) if last is not drawn[0] else (drawn[0], drawn[1])


def _costs_title(drawn: list[_Told], words: Words) -> str:
    first, last = _ends(drawn)
    return words.of_kind(
        last.kind,
        f"costs.span-{turn(first.amount, last.amount)}",
        first=words.rounded(first.amount),
        first_year=first.year,
        amount=words.rounded(last.amount),
        year=last.year,
    )


def _costs_summary(drawn: list[_Told], words: Words) -> str:
    sentences = []
    for one in _ends(drawn):
        what = capitalised(words.kind(one.kind, one.year))
        sentences.append(words.of_kind(one.kind, "costs.column", what=what, amount=words.exact(one.amount)))
    return " ".join([*sentences, _newest_source(drawn, words)])


def _newest_source(drawn: list[_Told], words: Words) -> str:
    return words.say("years.newest", year=max(one.source for one in drawn))


def _plans(told: list[_Told]) -> str:
    sources = [one.source for one in told]
    return year_span(min(sources), max(sources))


def _table(told: list[_Told], caption: str, heading: str, words: Words) -> Table:
    rows = (
        TableRow(
            kind_in_year(one.kind, one.year),
            (words.say("years.source", year=one.source), words.in_unit(one.amount)),
        )
        for one in told
    )
    return Table(caption, ("År", "Källa", heading), tuple(rows), text_columns=1)


# --- Saved money ----------------------------------------------------------------------------------------------------


def savings_over_years(points: Iterable[YearPoint], words: Words) -> Chart | Unshown | None:
    """Show saved money at the end of each year by the most certain that plans say of it; None without any."""
    told = _newest((point, point.closing) for point in points)
    drawn = _one_a_year(told)
    if not drawn:
        return None
    if not any(one.amount for one in drawn):
        return Unshown("sparade-pengar-over-aren", words.say("years.savings-none"))
    if len(drawn) < 2:
        only = drawn[0]
        amount = words.exact(only.amount)
        return Unshown("sparade-pengar-over-aren", words.say("years.savings-one", year=only.year, amount=amount))
    line = (Point(kind_in_year(one.kind, one.year), one.amount, short(one.amount), one.planned) for one in drawn)
    return Chart(
        id="sparade-pengar-over-aren",
        title=_savings_title(_last_settled(drawn), words),
        subtitle=words.say("years.savings-subtitle", plans=_plans(told)),
        description=words.say("savings.description", years=year_span(drawn[0].year, drawn[-1].year)),
        summary=_savings_summary(drawn, words),
        help=words.say("years.savings-help"),
        keys=(),
        figure=Line(tuple(line)),
        table=_table(told, f"Sparade pengar i årets slut, {words.unit_name}", f"Belopp, {words.unit_word}", words),
    )


def _savings_title(last: _Told, words: Words) -> str:
    key = "savings.title" if last.amount > 0 else "savings.title-lacking" if last.amount < 0 else "savings.title-none"
    return words.of_kind(last.kind, key, amount=words.rounded(abs(last.amount)), year=last.year)


def _savings_summary(drawn: list[_Told], words: Words) -> str:
    sentences = []
    for one in _ends(drawn):
        key = "years.savings-column" if one.amount >= 0 else "years.savings-column-lacking"
        column = words.kind(one.kind, one.year)
        told = words.exact(abs(one.amount))
        sentences.append(words.of_kind(one.kind, key, column=column, amount=told))
    return " ".join([*sentences, _newest_source(drawn, words)])
