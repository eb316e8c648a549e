"""Does it add up? Income beside costs (D7), the year's result (D8), saved money (D9), the year as a waterfall (D12).

Income never includes saved money.
"""

from collections.abc import Iterator

from msgspec import Struct

from insyn.charts.chart import Chart, ChartTable, Key, TableRow, Unshown, Words, kind_of, signed, tentative
from insyn.charts.costs import name_of
from insyn.charts.figures import Bar, ColumnGroup, Columns, LevelLine, Point, Series, Step, StepKind, Waterfall
from insyn.model import Budget, Column, ColumnKind, Control, EquityCeiling, EquityModel, Kronor
from insyn.money.budget import Year, drawn_years, main_year, told_column, told_year, whole_years
from insyn.money.ceiling import FIRST_YEAR, confirmed_steps, limit_of
from insyn.money.contributions import member_income_in
from insyn.money.unknown import Money, Unknown, all_known
from insyn.swedish import capitalised, listed
from insyn.swedish import years as year_span
from insyn.vocabulary import kind_and_year

ROUNDING = "avrundning"
"""What staff write as the cause of a deviation that is only that."""


class _Settled(Struct, frozen=True):
    """A year with known income, costs and result."""

    year: Year
    income: Kronor
    costs: Kronor
    result: Kronor


class _Saved(Struct, frozen=True):
    """A year whose saved money at its end is known."""

    year: Year
    closing: Kronor


def _known_years(years: tuple[Year, ...]) -> list[_Settled]:
    """Return the years with known income, costs and result."""
    told = []
    for year in years:
        figures = all_known(year.income, year.costs, year.result)
        if figures:
            told.append(_Settled(year, *figures))
    return told


def _own(budget: Budget, drawn: list[_Settled]) -> _Settled | None:
    """Return the plan's own year: how it came out, once that is known."""
    return next((told for told in drawn if told.year.column is told_column(budget)), None)


def _budgeted(budget: Budget) -> Year | None:
    """Return what was planned for the plan's own year; None while that is all that is known of it."""
    planned = main_year(budget)
    return None if planned.column is told_column(budget) else planned


def _span(years: tuple[Year, ...]) -> str:
    return year_span(years[0].column.year, years[-1].column.year)


# --- D7 -------------------------------------------------------------------------------------------------------------


def balance(budget: Budget, words: Words) -> Chart | None:
    """Return each year's income and costs; None where equity is among the incomes, which D12 shows better."""
    drawn = _known_years(drawn_years(budget))
    main = _own(budget, drawn)
    if main is None or not (main.income or main.costs) or _flowing(budget):
        return None
    income, costs = words.say("balance.income"), words.say("balance.costs")
    marks = words.marking(amount for told in drawn for amount in (told.income, told.costs))
    groups = (_balance_group(told, income, costs, marks) for told in drawn)
    return Chart(
        id="racker-pengarna",
        title=_balance_title(main, words),
        subtitle=words.say("balance.subtitle"),
        description=words.say("balance.description", years=_span(tuple(told.year for told in drawn))),
        summary=_balance_summary(main, _budgeted(budget), drawn, words),
        help=None,
        keys=(Key(Series.INCOME, income), Key(Series.COSTS, costs)),
        figure=Columns(tuple(groups)),
        table=_balance_table(budget, words),
    )


def _balance_group(told: _Settled, income: str, costs: str, words: Words) -> ColumnGroup:
    planned = tentative(told.year.column)
    bars = (
        Bar(income, told.income, words.mark(told.income), Series.INCOME, planned),
        Bar(costs, told.costs, words.mark(told.costs), Series.COSTS, planned),
    )
    return ColumnGroup(kind_and_year(told.year.column), bars)


def _balance_title(main: _Settled, words: Words) -> str:
    year = main.year.column.year
    if main.result == 0:
        return words.of(main.year.column, "balance.title-even", year=year)
    key = "balance.title-higher" if main.result < 0 else "balance.title-lower"
    return words.of(main.year.column, key, amount=words.rounded(abs(main.result)), year=year)


def _balance_summary(main: _Settled, budgeted: Year | None, drawn: list[_Settled], words: Words) -> str:
    year = main.year.column.year
    income, costs = words.exact(main.income), words.exact(main.costs)
    sentences = [words.of(main.year.column, "balance.summary", income=income, costs=costs, year=year)]
    planned = all_known(budgeted.income, budgeted.costs) if budgeted else None
    if planned:
        income, costs = (words.exact(amount) for amount in planned)
        sentences.append(words.say("balance.budgeted", year=year, income=income, costs=costs))
    even = [str(told.year.column.year) for told in drawn if told.result == 0 and told.year.column.year > year]
    if even:
        sentences.append(words.say("balance.even-years", years=listed(even)))
    return " ".join(sentences)


def _balance_table(budget: Budget, words: Words) -> ChartTable:
    rows = (
        TableRow(
            name_of(budget, told.year),
            (words.in_unit(told.income), words.in_unit(told.costs), signed(words.in_unit(told.result), told.result)),
        )
        for told in _known_years(whole_years(budget))
    )
    caption = words.say("balance.caption", unit=words.unit_name)
    return ChartTable(caption, ("År", "Intäkter", "Kostnader", "Resultat"), tuple(rows))


# --- D8 -------------------------------------------------------------------------------------------------------------


def result(budget: Budget, words: Words) -> Chart | Unshown | None:
    """Return each year's result; Unshown when all are zero, or there is only one."""
    drawn = _known_years(drawn_years(budget))
    main = _own(budget, drawn)
    if main is None:
        lacking = words.lacking("result", [((year := told_year(budget)).column, year.result)])
        return Unshown("plus-eller-minus", lacking[0]) if lacking else None
    lacking = _lacking(budget, "result", words)
    if len(drawn) == 1 or (lacking and not any(told.result for told in drawn)):
        return Unshown("plus-eller-minus", " ".join([f"{_result_title(main, words)}.", *lacking]))
    if not any(told.result for told in drawn):
        return Unshown("plus-eller-minus", words.say("result.nothing"))
    marks = words.marking(told.result for told in drawn)
    groups = (_result_group(told, marks) for told in drawn)
    return Chart(
        id="plus-eller-minus",
        title=_result_title(main, words),
        subtitle=words.say("result.subtitle"),
        description=words.say("result.description", years=_span(tuple(told.year for told in drawn))),
        summary=" ".join([_result_summary(main, _budgeted(budget), drawn, words), *lacking]),
        help=None,
        keys=(),
        figure=Columns(tuple(groups)),
        table=_result_table(budget, words),
    )


def _result_group(told: _Settled, words: Words) -> ColumnGroup:
    value = words.mark(told.result, signed=True)
    bar = Bar("", told.result, value, Series.RESULT, tentative(told.year.column))
    return ColumnGroup(kind_and_year(told.year.column), (bar,))


def _result_title(main: _Settled, words: Words) -> str:
    year = main.year.column.year
    if main.result == 0:
        return words.of(main.year.column, "result.title-even", year=year)
    key = "result.title-deficit" if main.result < 0 else "result.title-surplus"
    return words.of(main.year.column, key, amount=words.rounded(abs(main.result)), year=year)


def _result_summary(main: _Settled, budgeted: Year | None, drawn: list[_Settled], words: Words) -> str:
    sentences = []
    for told in drawn:
        if told.result:
            key = "result.year-plus" if told.result > 0 else "result.year-minus"
            column = capitalised(words.column(told.year.column))
            sentences.append(words.say(key, column=column, amount=words.exact(abs(told.result))))
    even = [told.year.column for told in drawn if not told.result]
    for over in (True, False):
        alike = [column for column in even if (column.kind is ColumnKind.OUTCOME) is over]
        if alike:
            years = listed([str(column.year) for column in alike])
            sentences.append(words.of(alike[0], "result.even-years", years=years))
    opening = main.year.opening
    if main.result < 0 and not isinstance(opening, Unknown) and opening + main.result >= 0:
        sentences.append(words.of(main.year.column, "result.paid", year=main.year.column.year))
    if budgeted and not isinstance(budgeted.result, Unknown):
        key = "plus" if budgeted.result > 0 else "minus" if budgeted.result < 0 else "even"
        sentences.append(
            words.say(f"result.budgeted-{key}", year=budgeted.column.year, amount=words.exact(abs(budgeted.result)))
        )
    return " ".join(sentences)


def _lacking(budget: Budget, what: str, words: Words) -> list[str]:
    """Return sentences on why a figure is missing in some columns."""
    years = whole_years(budget)
    results, closings = [(year.column, year.result) for year in years], [(year.column, year.closing) for year in years]
    return words.lacking(what, results if what == "result" else closings)


def _result_table(budget: Budget, words: Words) -> ChartTable:
    rows = (TableRow(name_of(budget, year), (words.signed_or_unknown(year.result),)) for year in whole_years(budget))
    caption = words.say("result.caption", unit=words.unit_name)
    return ChartTable(caption, ("År", f"Resultat, {words.unit_word}"), tuple(rows))


# --- D9 -------------------------------------------------------------------------------------------------------------


def savings(budget: Budget, ceiling: EquityCeiling | None, words: Words) -> Chart | Unshown | None:
    """Show saved money at the end of each year, with the point that the first year starts from; a sentence where there
    is one point alone, or nothing is saved. The ceiling is shown where the förbund has confirmed how it is read."""
    budgeted = _budgeted(budget)
    saved = [_Saved(year, year.closing) for year in drawn_years(budget) if not isinstance(year.closing, Unknown)]
    main = next((one for one in saved if one.year.column is told_column(budget)), None)
    if main is None:
        lacking = words.lacking("closing", [((year := told_year(budget)).column, year.closing)])
        return Unshown("sparade-pengar", lacking[0]) if lacking else None
    drawn = [one for one in saved if budgeted is None or one.year.column.year <= main.year.column.year]
    limits = _limits(budget, drawn, ceiling)
    marks = words.marking([*_levels(drawn), *limits.values()])
    points = _points(drawn, limits, marks)
    if not any(point.amount for point in points):
        return Unshown("sparade-pengar", words.say("savings.nothing"))
    title = _savings_title(main, words)
    if len(points) < 2:
        return Unshown("sparade-pengar", f"{title}.")
    return Chart(
        id="sparade-pengar",
        title=title,
        subtitle=words.say("savings.subtitle"),
        description=words.say("savings.description", years=_levels_span(drawn)),
        summary=" ".join(
            (
                *_savings_sentences(budget, main, drawn, words),
                *(_savings_planned(budgeted, saved[-1].year, words) if budgeted else ()),
                *_lacking(budget, "closing", words),
                *_limit_sentence(main.year, limits, words),
            )
        ),
        help=None,
        keys=_limit_key(limits, marks),
        figure=LevelLine(points),
        table=_savings_table(budget, limits, words),
    )


def _levels(drawn: list[_Saved]) -> Iterator[Kronor]:
    """Yield what is drawn: the first year's opening, and each year's closing."""
    if drawn and not isinstance(drawn[0].year.opening, Unknown):
        yield drawn[0].year.opening
    yield from (saved.closing for saved in drawn)


def _limits(budget: Budget, drawn: list[_Saved], ceiling: EquityCeiling | None) -> dict[str, Kronor]:
    """Return the ceiling in kronor by column id, for columns with members' contributions."""
    steps = confirmed_steps(ceiling)
    if ceiling is None or steps is None:
        return {}
    columns = [saved.year.column for saved in drawn if saved.year.column.year >= FIRST_YEAR]
    bases = {column.id: member_income_in(budget, column.id) for column in columns}
    return {
        column: limit_of(ceiling, steps, base)
        for column, base in bases.items()
        if not isinstance(base, Unknown) and base > 0
    }


def _limit_key(limits: dict[str, Kronor], words: Words) -> tuple[Key, ...]:
    """Return the legend of the ceiling's line, with its level if that is the same all years."""
    if not limits:
        return ()
    levels = set(limits.values())
    if len(levels) > 1:
        return (Key(None, words.say("savings.limit-key")),)
    return (Key(None, words.say("savings.limit-key-level", amount=words.mark(levels.pop()))),)


def _limit_sentence(main: Year, limits: dict[str, Kronor], words: Words) -> Iterator[str]:
    limit = limits.get(main.column.id)
    if limit is not None:
        yield words.say("savings.limit", amount=words.exact(limit), year=main.column.year)


def _points(drawn: list[_Saved], limits: dict[str, Kronor], words: Words) -> tuple[Point, ...]:
    points = []
    for number, saved in enumerate(drawn):
        year, closing = saved.year, saved.closing
        if number == 0 and not isinstance(year.opening, Unknown):
            label = words.say("savings.point", year=year.column.year - 1)
            points.append(Point(label, year.opening, words.mark(year.opening)))
        label = words.say("savings.point", year=year.column.year)
        limit = limits.get(year.column.id)
        points.append(Point(label, closing, words.mark(closing), tentative(year.column), limit))
    return tuple(points)


def _levels_span(drawn: list[_Saved]) -> str:
    """Return the years at whose ends there is a point: the first may be what the first year opens with."""
    first = drawn[0].year
    opens = not isinstance(first.opening, Unknown)
    return year_span(first.column.year - opens, drawn[-1].year.column.year)


def _savings_title(main: _Saved, words: Words) -> str:
    closing = main.closing
    key = "savings.title" if closing > 0 else "savings.title-lacking" if closing < 0 else "savings.title-none"
    column = main.year.column
    return words.of(column, key, amount=words.rounded(abs(closing)), year=column.year)


def _savings_sentences(budget: Budget, main: _Saved, drawn: list[_Saved], words: Words) -> Iterator[str]:
    column, closing, opening = main.year.column, main.closing, main.year.opening
    if not isinstance(opening, Unknown):
        lacking = "-lacking" if closing < 0 else ""
        yield words.of(
            column,
            "savings.summary-from-lacking" if opening < 0 else f"savings.summary{lacking}",
            year=column.year,
            opening=words.exact(abs(opening)),
            change=_moved(budget, main, closing - opening, words),
            closing=words.exact(abs(closing)),
        )
    last = drawn[-1]
    if last.year.column.year > column.year:
        lacking = "-lacking" if last.closing < 0 else ""
        key = f"savings.later{lacking}" if last.closing else "savings.later-none"
        yield words.say(key, year=last.year.column.year, amount=words.exact(abs(last.closing)))


def _savings_planned(budgeted: Year, last: Year, words: Words) -> Iterator[str]:
    """Say what was counted on before it was known how the year came out. Later years were planned from that."""
    for year, key in ((budgeted, "savings.budgeted"), (last, "savings.planned")):
        is_meant = year is budgeted or year.column.year > budgeted.column.year
        if is_meant and not isinstance(year.closing, Unknown):
            which = f"{key}-lacking" if year.closing < 0 else key if year.closing else f"{key}-none"
            yield words.say(which, year=year.column.year, amount=words.exact(abs(year.closing)))


def _moved(budget: Budget, main: _Saved, difference: int, words: Words) -> str:
    """Say what happens to saved money: what the result does to it, and apart from that what else does."""
    column, aside = main.year.column, _aside(budget, main.year, main.closing)
    if not aside:
        return _change(difference, column, words)
    key = "savings.aside" if aside > 0 else "savings.moved-in"
    moved = words.of(column, key, amount=words.exact(abs(aside)))
    result = difference + aside
    return listed([_change(result, column, words), moved]) if result else moved


def _aside(budget: Budget, year: Year, closing: Kronor) -> int:
    """Return how much less is left than the result leaves: money set aside within what is saved. Not rounding."""
    told = all_known(year.opening, year.result)
    controls = (Control.EQUITY, Control.RESULT)
    known = [one for one in budget.deviations if one.control in controls and year.column.id in one.columns]
    if told is None or any(one.cause.casefold().startswith(ROUNDING) for one in known):
        return 0
    return told[0] + told[1] - closing


def _change(difference: int, column: Column, words: Words) -> str:
    if difference == 0:
        return words.of(column, "savings.unchanged")
    key = "savings.used" if difference < 0 else "savings.added"
    return words.of(column, key, amount=words.exact(abs(difference)))


def _savings_table(budget: Budget, limits: dict[str, Kronor], words: Words) -> ChartTable:
    rows = []
    for year in whole_years(budget):
        cells = (words.amount_or_unknown(year.opening), words.amount_or_unknown(year.closing))
        limit = (words.amount_or_unknown(limits.get(year.column.id)),) if limits else ()
        rows.append(TableRow(name_of(budget, year), cells + limit))
    caption = words.say("savings.caption", unit=words.unit_name)
    headings = ("År", "I årets början", "I årets slut") + (("Rekommenderat tak",) if limits else ())
    return ChartTable(caption, headings, tuple(rows))


# --- D12 ------------------------------------------------------------------------------------------------------------


def waterfall(budget: Budget, words: Words) -> Chart | None:
    """Return the plan's year from opening to closing equity; None unless equity is among the printed incomes."""
    flow = _flowing(budget)
    if flow is None:
        return None
    told, opening, closing = flow
    amounts = (step.amount for step in _steps(budget, told, opening, closing, words))
    steps = _steps(budget, told, opening, closing, words.marking(amounts))
    column = told.year.column
    whole = Kronor(opening + told.income)
    return Chart(
        id="hur-det-gar-ihop",
        title=_waterfall_title(whole, closing, column, words),
        subtitle=words.say("waterfall.subtitle", kind=kind_of(column), year=column.year),
        description=words.say("waterfall.description", year=column.year),
        summary=words.of(
            column,
            "waterfall.summary",
            opening=words.exact(opening),
            income=words.exact(told.income),
            costs=words.exact(told.costs),
            closing=words.exact(closing),
        ),
        help=words.say("waterfall.help"),
        keys=(),
        figure=Waterfall(steps),
        table=_waterfall_table(steps, column.year, words),
    )


def _flowing(budget: Budget) -> tuple[_Settled, Kronor, Kronor] | None:
    """Return the plan's year with opening and closing equity; None where a waterfall wouldn't be clear."""
    if budget.equity_model is not EquityModel.INCLUDED:
        return None
    year = told_year(budget)
    told, saved = _known_years((year,)), all_known(year.opening, year.closing)
    if not told or not saved or saved[0] <= 0 or saved[1] < 0:
        return None
    return told[0], saved[0], saved[1]


def _waterfall_title(whole: Kronor, left: Kronor, column: Column, words: Words) -> str:
    year = column.year
    if left == 0:
        return words.of(column, "waterfall.title-none", whole=words.rounded(whole), year=year)
    spoken, kept = words.alike(whole, left)
    return words.of(column, "waterfall.title", whole=spoken, left=kept, year=year)


def _steps(budget: Budget, told: _Settled, opening: Kronor, closing: Kronor, words: Words) -> tuple[Step, ...]:
    members = member_income_in(budget, told.year.column.id)
    steps = [Step(words.say("waterfall.opening"), opening, words.mark(opening), StepKind.LEVEL, Series.SAVED)]
    steps += _income_steps(told.income, members, words)
    steps.append(_taken("waterfall.costs", told.costs, words))
    aside = _aside(budget, told.year, closing)
    if aside > 0:
        steps.append(_taken("waterfall.aside", aside, words, Series.SAVED))
    elif aside < 0:
        steps.append(_added("waterfall.moved-in", -aside, words, Series.SAVED))
    label = words.say("waterfall.closing", year=told.year.column.year)
    return (*steps, Step(label, closing, words.mark(closing), StepKind.LEVEL, Series.SAVED))


def _taken(key: str, amount: int, words: Words, series: Series = Series.COSTS) -> Step:
    return Step(words.say(key), amount, f"−{words.mark(amount)}", StepKind.TAKEN, series)


def _added(key: str, amount: int, words: Words, series: Series = Series.INCOME) -> Step:
    return Step(words.say(key), amount, f"+{words.mark(amount)}", StepKind.ADDED, series)


def _income_steps(income: Kronor, members: Money, words: Words) -> list[Step]:
    """Return steps for contributions and other income, if the plan tells them apart."""
    if isinstance(members, Unknown) or not 0 < members < income:
        return [_added("waterfall.members" if members == income else "waterfall.income", income, words)]
    return [
        _added("waterfall.members", members, words),
        _added("waterfall.other", income - members, words),
    ]


def _waterfall_table(steps: tuple[Step, ...], year: int, words: Words) -> ChartTable:
    signs = {StepKind.LEVEL: "", StepKind.ADDED: "+", StepKind.TAKEN: "−"}
    rows = []
    for number, step in enumerate(steps):
        amount = words.in_unit(step.amount)
        last = number == len(steps) - 1
        rows.append(TableRow(step.label, (f"{signs[step.kind]}{amount}",), is_total=last))
    caption = words.say("waterfall.caption", year=year, unit=words.unit_name)
    return ChartTable(caption, ("Steg", f"Belopp, {words.unit_word}"), tuple(rows))
