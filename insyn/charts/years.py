"""How is it over the years? A förbund's costs (D6) and its saved money (D9), from all its plans.

Each year is drawn by its most certain kind, which is named; the page's table has every kind.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from insyn.charts.chart import NOTICEABLE, Chart, ChartTable, TableRow, Words, tentative
from insyn.charts.figures import Bar, ColumnGroup, Columns, LevelLine, Point, Series
from insyn.model import ColumnKind, Kronor
from insyn.money.budget import share
from insyn.money.unknown import Unknown
from insyn.money.years import YearPoint, most_certain, untold_years
from insyn.swedish import listed
from insyn.swedish import years as year_span
from insyn.vocabulary import kind_and_year

FEWEST = 2
"""Fewer years than this are no series."""
YEARS_AFTER = 3
"""The most planned years that the summary mentions."""


class _KnownPoint(Struct, frozen=True):
    """A point with a known amount: the one that the chart shows."""

    point: YearPoint
    amount: Kronor

    @property
    def year(self) -> int:
        return self.point.year


def _focus(drawn: Sequence[_KnownPoint]) -> _KnownPoint:
    """Return the year that the title is about: the latest that isn't only a plan for later years."""
    settled = [told for told in drawn if told.point.kind is not ColumnKind.PLAN]
    return (settled or drawn)[-1]


def _name(point: YearPoint) -> str:
    return point.label or kind_and_year(point)


def _of(point: YearPoint, words: Words, key: str, **values: object) -> str:
    """Return a sentence on a point in the right tense, or on a proposal."""
    proposed = point.is_proposal and point.kind is not ColumnKind.OUTCOME
    return words.of(point, f"{key}-proposal" if proposed else key, **values)


# --- D6 -------------------------------------------------------------------------------------------------------------


def costs_over_years(points: Sequence[YearPoint], words: Words) -> Chart | None:
    """Return each year's costs; None if fewer than two are known, or all are zero."""
    points = most_certain(point for point in points if not isinstance(point.costs, Unknown))
    drawn = [_KnownPoint(point, point.costs) for point in points if not isinstance(point.costs, Unknown)]
    if len(drawn) < FEWEST or not any(told.amount for told in drawn):
        return None
    marks = words.marking(told.amount for told in drawn)
    groups = tuple(ColumnGroup(_name(told.point), (_bar(told.point, told.amount, marks),)) for told in drawn)
    rows = (TableRow(_name(told.point), (words.in_unit(told.amount),)) for told in drawn)
    return Chart(
        id="kostnader-ar-for-ar",
        title=_costs_title(drawn, words),
        subtitle=words.say("years-costs.subtitle"),
        description=words.say("years-costs.description", years=year_span(drawn[0].year, drawn[-1].year)),
        summary=_costs_summary(drawn, words),
        help=None,
        keys=(),
        figure=Columns(groups),
        table=ChartTable(
            words.say("years-costs.caption", unit=words.unit_name), ("År", f"Kostnader, {words.unit_word}"), tuple(rows)
        ),
    )


def _bar(point: YearPoint, amount: int, words: Words) -> Bar:
    return Bar("", amount, words.mark(amount), Series.COSTS, tentative(point) or point.is_proposal)


def _costs_title(drawn: Sequence[_KnownPoint], words: Words) -> str:
    told = _focus(drawn)
    before = next((other for other in drawn if other.year == told.year - 1), None)
    key = f"years-costs.title-{_direction(told, before, words)}"
    return _of(told.point, words, key, amount=words.rounded(told.amount), year=told.year)


def _direction(told: _KnownPoint, before: _KnownPoint | None, words: Words) -> str:
    """Return the direction in words. A change below one percent, or one unit, isn't one."""
    if before is None:
        return "alone"
    change = told.amount - before.amount
    if abs(change) < NOTICEABLE * abs(before.amount) or abs(change) < words.unit.value:
        return "same"
    return "up" if change > 0 else "down"


def _costs_summary(drawn: Sequence[_KnownPoint], words: Words) -> str:
    told = _focus(drawn)
    before = next((other for other in drawn if other.year == told.year - 1), None)
    sentences = [_stated(told, words)]
    if before is not None:
        sentences.append(_compared(told, before, words))
    after = [other for other in drawn if other.year > told.year][:YEARS_AFTER]
    return " ".join(
        [*sentences, *(_stated(other, words) for other in after), *_gaps((other.year for other in drawn), words)]
    )


def _stated(told: _KnownPoint, words: Words) -> str:
    return words.say("years-costs.stated", column=words.column(told.point), amount=words.exact(told.amount))


def _compared(told: _KnownPoint, before: _KnownPoint, words: Words) -> str:
    change, column = told.amount - before.amount, words.column(before.point)
    if change == 0:
        return words.say("years-costs.equal", column=column)
    key = "years-costs.more" if change > 0 else "years-costs.less"
    amount = words.exact(abs(change))
    if before.amount > 0:
        amount = words.say("costs.percent", amount=amount, percent=words.percent(share(abs(change), before.amount)))
    return words.say(key, amount=amount, column=column)


def _gaps(years: Iterable[int], words: Words) -> list[str]:
    spans = untold_years(years)
    return [words.say("years.gap", years=listed([year_span(*span) for span in spans]))] if spans else []


# --- D9 -------------------------------------------------------------------------------------------------------------


def savings_over_years(points: Sequence[YearPoint], words: Words) -> Chart | None:
    """Return saved money at each year's end; None if fewer than two are known, or all are zero."""
    points = most_certain(point for point in points if not isinstance(point.closing, Unknown))
    drawn = [_KnownPoint(point, point.closing) for point in points if not isinstance(point.closing, Unknown)]
    levels = _levels(drawn, words)
    if len(levels) < FEWEST or not any(level.amount for level in levels.values()):
        return None
    joined = not untold_years(levels)
    return Chart(
        id="sparat-ar-for-ar",
        title=_savings_title(_focus(drawn), words),
        subtitle=words.say("savings.subtitle"),
        description=words.say(
            "savings.description" if joined else "years-savings.description",
            years=year_span(min(levels), max(levels)),
        ),
        summary=" ".join([_savings_summary(drawn, words), *_gaps(levels, words)]),
        help=None,
        keys=(),
        figure=LevelLine(tuple(levels.values())) if joined else _apart(levels.values()),
        table=_savings_table(drawn, words),
    )


def _levels(drawn: Sequence[_KnownPoint], words: Words) -> dict[int, Point]:
    """Return saved money at the end of each year: closing equity, else the next year's opening equity."""
    openings = (told.point.opening for told in drawn)
    known = (opening for opening in openings if not isinstance(opening, Unknown))
    words = words.marking([*known, *(told.amount for told in drawn)])
    levels: dict[int, Point] = {}
    for told in drawn:
        point, closing = told.point, told.amount
        if not isinstance(point.opening, Unknown) and point.year - 1 not in levels:
            label = words.say("savings.point", year=point.year - 1)
            levels[point.year - 1] = Point(label, point.opening, words.mark(point.opening))
        label = words.say("savings.point", year=point.year)
        levels[point.year] = Point(label, closing, words.mark(closing), tentative(point) or point.is_proposal)
    return levels


def _apart(levels: Iterable[Point]) -> Columns:
    """Return columns instead of a line, which would suggest values for missing years."""
    return Columns(
        tuple(
            ColumnGroup(level.label, (Bar("", level.amount, level.value, Series.SAVED, level.tentative),))
            for level in levels
        )
    )


def _savings_title(told: _KnownPoint, words: Words) -> str:
    closing = told.amount
    key = "savings.title" if closing > 0 else "savings.title-lacking" if closing < 0 else "savings.title-none"
    return words.of(told.point, key, amount=words.rounded(abs(closing)), year=told.year)


def _savings_summary(drawn: Sequence[_KnownPoint], words: Words) -> str:
    """Return a summary: the first known level, the focus year, the last."""
    first, focus, last = drawn[0], _focus(drawn), drawn[-1]
    chosen = {told.year: told for told in (first, focus, last)}
    return " ".join(_level_said(chosen[year], words) for year in sorted(chosen))


def _level_said(told: _KnownPoint, words: Words) -> str:
    key = "years-savings.level-lacking" if told.amount < 0 else "years-savings.level"
    source = words.column(told.point)
    return words.of(told.point, key, source=source, amount=words.exact(abs(told.amount)), year=told.year)


def _savings_table(drawn: Sequence[_KnownPoint], words: Words) -> ChartTable:
    rows = (
        TableRow(_name(told.point), (words.amount_or_unknown(told.point.opening), words.in_unit(told.amount)))
        for told in drawn
    )
    caption = words.say("years-savings.caption", unit=words.unit_name)
    return ChartTable(caption, ("År", "I årets början", "I årets slut"), tuple(rows))
