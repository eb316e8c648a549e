"""How do the costs change over the years? (D6)"""

from msgspec import Struct

from insyn.charts.chart import Chart, ChartTable, TableRow, Unshown, Words, tentative, turn
from insyn.charts.figures import Bar, ColumnGroup, Columns, Series
from insyn.model import Budget, Column, ColumnKind, Kronor
from insyn.money.budget import Year, drawn_years, share, told_apart, told_column, told_year, whole_years
from insyn.money.unknown import Unknown
from insyn.swedish import capitalised, listed
from insyn.swedish import years as year_span
from insyn.vocabulary import kind_and_year


class _KnownYear(Struct, frozen=True):
    """A year with known costs."""

    column: Column
    costs: Kronor


def costs(budget: Budget, words: Words) -> Chart | Unshown | None:
    """Return each year's costs; Unshown if all years are equal or there is only one."""
    years = drawn_years(budget)
    drawn = [_KnownYear(year.column, year.costs) for year in years if not isinstance(year.costs, Unknown)]
    main = next((told for told in drawn if told.column is told_column(budget)), None)
    if main is None:
        lacking = words.lacking("costs", [((year := told_year(budget)).column, year.costs)])
        return Unshown("hur-kostnaderna-andras", lacking[0]) if lacking else None
    unshown = _without_change(drawn, words)
    if unshown and len(drawn) < len(years):
        unshown = " ".join([_column_sentence(main, words), *_lacking(budget, words)])
    if unshown:
        return Unshown("hur-kostnaderna-andras", unshown)
    marks = words.marking(told.costs for told in drawn)
    groups = (
        ColumnGroup(
            kind_and_year(told.column),
            (Bar("", told.costs, marks.mark(told.costs), Series.COSTS, tentative(told.column)),),
        )
        for told in drawn
    )
    return Chart(
        id="hur-kostnaderna-andras",
        title=_costs_title(drawn, main, words),
        subtitle=words.say("costs.subtitle"),
        description=words.say("costs.description", years=year_span(drawn[0].column.year, drawn[-1].column.year)),
        summary=" ".join([_costs_summary(drawn, main, words), *_lacking(budget, words)]),
        help=words.say("costs.help") if any(tentative(told.column) for told in drawn) else None,
        keys=(),
        figure=Columns(tuple(groups)),
        table=_costs_table(budget, words),
    )


def name_of(budget: Budget, year: Year) -> str:
    """Name a year in a table that has every column: by its heading where several are of its kind."""
    return told_apart(budget, year.column) or kind_and_year(year.column)


def _without_change(drawn: list[_KnownYear], words: Words) -> str | None:
    """Return the sentence in place of a chart; None when there is something to draw."""
    first = drawn[0]
    if any(told.costs != first.costs for told in drawn):
        return None
    if not first.costs:
        return words.say("costs.none")
    if len(drawn) == 1:
        return words.say("costs.one-year", year=first.column.year)
    return words.say("costs.all-same", amount=words.exact(first.costs))


def _costs_title(drawn: list[_KnownYear], main: _KnownYear, words: Words) -> str:
    """Return a title that compares with the year before, or with the next if the plan begins with its own year."""
    place = drawn.index(main)
    if place:
        key = f"costs.title-{turn(drawn[place - 1].costs, main.costs)}"
        return words.of(main.column, key, amount=words.rounded(main.costs), year=main.column.year)
    after = drawn[1]
    first, amount = words.alike(main.costs, after.costs)
    return words.of(
        after.column,
        f"costs.span-{turn(main.costs, after.costs)}",
        first=first,
        first_year=main.column.year,
        amount=amount,
        year=after.column.year,
    )


def _costs_summary(drawn: list[_KnownYear], main: _KnownYear, words: Words) -> str:
    place = drawn.index(main)
    before = drawn[place - 1] if place else None
    sentences = [_column_sentence(before, words)] if before else []
    sentences.append(_compared(before, main, words) if before else _column_sentence(main, words))
    later = drawn[place + 1 :]
    expected = [told for told in later if told.column.kind is not ColumnKind.PLAN]
    if expected and not before:
        sentences.append(_compared(main, expected.pop(0), words))
    sentences += [_column_sentence(told, words) for told in expected]
    planned = [told for told in later if told.column.kind is ColumnKind.PLAN]
    if planned:
        sentences.append(_planned_sentence(planned, words))
    return " ".join(sentences)


def _column_sentence(told: _KnownYear, words: Words) -> str:
    what = capitalised(words.column(told.column))
    return words.of(told.column, "costs.column", what=what, amount=words.exact(told.costs))


def _compared(before: _KnownYear, main: _KnownYear, words: Words) -> str:
    what = capitalised(words.column(main.column))
    difference = main.costs - before.costs
    if not difference:
        return words.of(main.column, "costs.equal", what=what)
    key = "costs.higher" if difference > 0 else "costs.lower"
    told = words.exact(abs(difference))
    if before.costs > 0:
        told = words.say("costs.percent", amount=told, percent=words.percent(share(abs(difference), before.costs)))
    return words.of(main.column, key, what=what, amount=words.exact(main.costs), difference=told)


def _planned_sentence(planned: list[_KnownYear], words: Words) -> str:
    """Return a sentence on later years, without a trend: plans often repeat one figure."""
    first = planned[0]
    if len(planned) > 1 and all(told.costs == first.costs for told in planned):
        years = listed([str(told.column.year) for told in planned])
        return words.say("costs.planned-equal", amount=words.exact(first.costs), years=years)
    parts = [words.say("costs.planned-part", amount=words.exact(told.costs), year=told.column.year) for told in planned]
    return words.say("costs.planned", parts=listed(parts))


def _lacking(budget: Budget, words: Words) -> list[str]:
    return words.lacking("costs", [(year.column, year.costs) for year in whole_years(budget)])


def _costs_table(budget: Budget, words: Words) -> ChartTable:
    rows = (TableRow(name_of(budget, year), (words.amount_or_unknown(year.costs),)) for year in whole_years(budget))
    caption = words.say("costs.caption", unit=words.unit_name)
    return ChartTable(caption, ("År", f"Kostnader, {words.unit_word}"), tuple(rows))
