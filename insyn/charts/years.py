"""How is it over the years? A förbund's costs (D6) and its saved money (D9), from all its plans.

Each year is drawn by its most certain kind, which is named; the page's table has every kind.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from insyn.charts.chart import HUNDRED, Chart, ChartTable, TableRow, Words, short, tentative
from insyn.charts.figures import Bar, ColumnGroup, Columns, LevelLine, Point, Series
from insyn.model import ColumnKind, Kronor
from insyn.money.years import YearPoint, most_certain, untold_years
from insyn.swedish import decimal, listed
from insyn.swedish import years as year_span
from insyn.vocabulary import kind_and_year

FEWEST = 2
"""Fewer years than this are no series."""
YEARS_AFTER = 3
"""The most planned years that the summary mentions."""


def _focus(drawn: Sequence[YearPoint]) -> YearPoint:
    """Return the year that the title is about: the latest that isn't only a plan for later years."""
    settled = [point for point in drawn if point.kind is not ColumnKind.PLAN]
    return (settled or drawn)[-1]


def _of(point: YearPoint, words: Words, key: str, **values: object) -> str:
    """Return a sentence on a point in the right tense, or on a proposal."""
    proposed = point.is_proposal and point.kind is not ColumnKind.OUTCOME
    return words.of(point, f"{key}-proposal" if proposed else key, **values)


# --- D6 -------------------------------------------------------------------------------------------------------------


def costs_over_years(points: Sequence[YearPoint], words: Words) -> Chart | None:
    """Return each year's costs; None if fewer than two are known, or all are zero."""
    drawn = most_certain(point for point in points if point.costs is not None)
    if len(drawn) < FEWEST or not any(point.costs for point in drawn):
        return None
    groups = tuple(ColumnGroup(kind_and_year(point), (_bar(point, point.costs or 0),)) for point in drawn)
    rows = (TableRow(kind_and_year(point), (words.in_unit(point.costs or 0),)) for point in drawn)
    return Chart(
        id="kostnader-ar-for-ar",
        title=_costs_title(drawn, words),
        subtitle=words.say("years-costs.subtitle"),
        description=words.say("years-costs.description", years=year_span(drawn[0].year, drawn[-1].year)),
        summary=_costs_summary(drawn, words),
        help=None,
        keys=(),
        figure=Columns(groups),
        table=ChartTable(f"Kostnader per år, {words.unit_name}", ("År", f"Kostnader, {words.unit_word}"), tuple(rows)),
    )


def _bar(point: YearPoint, amount: int) -> Bar:
    return Bar("", amount, short(amount), Series.THIRD, tentative(point) or point.is_proposal)


def _costs_title(drawn: Sequence[YearPoint], words: Words) -> str:
    point = _focus(drawn)
    before = next((other for other in drawn if other.year == point.year - 1), None)
    key = f"years-costs.title-{_direction(point, before, words)}"
    return _of(point, words, key, amount=words.rounded(point.costs or 0), year=point.year)


def _direction(point: YearPoint, before: YearPoint | None, words: Words) -> str:
    """Return the direction in words. A change below one percent, or one unit, isn't one."""
    if before is None:
        return "alone"
    then, change = before.costs or 0, (point.costs or 0) - (before.costs or 0)
    if abs(change) * HUNDRED < abs(then) or abs(change) < words.unit.value:
        return "same"
    return "up" if change > 0 else "down"


def _costs_summary(drawn: Sequence[YearPoint], words: Words) -> str:
    point = _focus(drawn)
    before = next((other for other in drawn if other.year == point.year - 1), None)
    sentences = [_stated(point, words)]
    if before is not None:
        sentences.append(_compared(point, before, words))
    after = [other for other in drawn if other.year > point.year][:YEARS_AFTER]
    return " ".join(
        [*sentences, *(_stated(other, words) for other in after), *_gaps((other.year for other in drawn), words)]
    )


def _stated(point: YearPoint, words: Words) -> str:
    return words.say("years-costs.stated", column=words.column(point), amount=words.exact(point.costs or 0))


def _compared(point: YearPoint, before: YearPoint, words: Words) -> str:
    change, then = (point.costs or 0) - (before.costs or 0), before.costs or 0
    if change == 0:
        return words.say("years-costs.equal", column=words.column(before))
    key = "years-costs.more" if change > 0 else "years-costs.less"
    percent = words.say("share-percent", percent=decimal(abs(Fraction(change, then)) * HUNDRED, 1)) if then else ""
    amount = words.exact(abs(change)) + (f" ({percent})" if percent else "")
    return words.say(key, amount=amount, column=words.column(before))


def _gaps(years: Iterable[int], words: Words) -> list[str]:
    spans = untold_years(years)
    return [words.say("years.gap", years=listed([year_span(*span) for span in spans]))] if spans else []


# --- D9 -------------------------------------------------------------------------------------------------------------


def savings_over_years(points: Sequence[YearPoint], words: Words) -> Chart | None:
    """Return saved money at each year's end; None if fewer than two are known, or all are zero."""
    drawn = most_certain(point for point in points if point.closing is not None)
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
            years=year_span(drawn[0].year, drawn[-1].year),
        ),
        summary=" ".join([_savings_summary(drawn, words), *_gaps(levels, words)]),
        help=None,
        keys=(),
        figure=LevelLine(tuple(levels.values())) if joined else _apart(levels.values()),
        table=_savings_table(drawn, words),
    )


def _levels(drawn: Sequence[YearPoint], words: Words) -> dict[int, Point]:
    """Return saved money at the end of each year: closing equity, else the next year's opening equity."""
    levels: dict[int, Point] = {}
    for point in drawn:
        if point.opening is not None and point.year - 1 not in levels:
            label = words.say("savings.point", year=point.year - 1)
            levels[point.year - 1] = Point(label, point.opening, short(point.opening))
        closing = point.closing or Kronor(0)
        label = words.say("savings.point", year=point.year)
        levels[point.year] = Point(label, closing, short(closing), tentative(point) or point.is_proposal)
    return levels


def _apart(levels: Iterable[Point]) -> Columns:
    """Return columns instead of a line, which would suggest values for missing years."""
    return Columns(
        tuple(
            ColumnGroup(level.label, (Bar("", level.amount, level.value, Series.FIRST, level.tentative),))
            for level in levels
        )
    )


def _savings_title(point: YearPoint, words: Words) -> str:
    closing = point.closing or 0
    key = "savings.title" if closing > 0 else "savings.title-lacking" if closing < 0 else "savings.title-none"
    return words.of(point, key, amount=words.rounded(abs(closing)), year=point.year)


def _savings_summary(drawn: Sequence[YearPoint], words: Words) -> str:
    """Return a summary: the first known level, the focus year, the last."""
    first, focus, last = drawn[0], _focus(drawn), drawn[-1]
    chosen = {point.year: point for point in (first, focus, last)}
    return " ".join(_level_said(chosen[year], words) for year in sorted(chosen))


def _level_said(point: YearPoint, words: Words) -> str:
    closing = point.closing or 0
    key = "years-savings.level-lacking" if closing < 0 else "years-savings.level"
    return words.of(point, key, source=words.column(point), amount=words.exact(abs(closing)), year=point.year)


def _savings_table(drawn: Sequence[YearPoint], words: Words) -> ChartTable:
    rows = []
    for point in drawn:
        opening = words.say("not-told") if point.opening is None else words.in_unit(point.opening)
        rows.append(TableRow(kind_and_year(point), (opening, words.in_unit(point.closing or 0))))
    caption = f"Sparade pengar (eget kapital) per år, {words.unit_name}"
    return ChartTable(caption, ("År", "I årets början", "I årets slut"), tuple(rows))
