"""Does it add up? Income beside costs (D7), the year's result (D8), saved money (D9), the year as a waterfall (D12).

Income never includes saved money.
"""

from collections.abc import Iterator

from msgspec import Struct

from insyn.charts.chart import Chart, ChartTable, Key, TableRow, Unshown, Words, kind_of, short, signed, tentative
from insyn.charts.figures import Bar, ColumnGroup, Columns, LevelLine, Point, Series, Step, StepKind, Waterfall
from insyn.model import Budget, Column, ColumnKind, EquityCeiling, EquityModel, Kronor
from insyn.money.budget import Year, drawn_years, is_main, main_year, member_income, member_income_in, years_of
from insyn.money.ceiling import FIRST_YEAR, confirmed_steps, limit_of
from insyn.swedish import capitalised, listed
from insyn.swedish import years as year_span
from insyn.vocabulary import kind_and_year


class _Settled(Struct, frozen=True):
    """A year with known income, costs and result."""

    year: Year
    income: Kronor
    costs: Kronor
    result: Kronor


def _known_years(years: tuple[Year, ...]) -> list[_Settled]:
    """Return the years with known income, costs and result."""
    told = []
    for year in years:
        if year.income is not None and year.costs is not None and year.result is not None:
            told.append(_Settled(year, year.income, year.costs, year.result))
    return told


def _span(years: tuple[Year, ...]) -> str:
    return year_span(years[0].column.year, years[-1].column.year)


# --- D7 -------------------------------------------------------------------------------------------------------------


def balance(budget: Budget, words: Words) -> Chart | None:
    """Return each year's income and costs; None where equity is among the incomes, which D12 shows better."""
    drawn = _known_years(drawn_years(budget))
    main = next((told for told in drawn if is_main(budget, told.year)), None)
    if main is None or not (main.income or main.costs) or _flowing(budget):
        return None
    income, costs = words.say("balance.income"), words.say("balance.costs")
    groups = (_balance_group(told, income, costs, words) for told in drawn)
    return Chart(
        id="racker-pengarna",
        title=_balance_title(main, words),
        subtitle=words.say("balance.subtitle"),
        description=words.say("balance.description", years=_span(tuple(told.year for told in drawn))),
        summary=_balance_summary(main, drawn, words),
        help=None,
        keys=(Key(Series.FIRST, income), Key(Series.THIRD, costs)),
        figure=Columns(tuple(groups)),
        table=_balance_table(_known_years(years_of(budget)), words),
    )


def _balance_group(told: _Settled, income: str, costs: str, words: Words) -> ColumnGroup:
    planned = tentative(told.year.column)
    bars = (
        Bar(income, told.income, words.fine(told.income), Series.FIRST, planned),
        Bar(costs, told.costs, words.fine(told.costs), Series.THIRD, planned),
    )
    return ColumnGroup(kind_and_year(told.year.column), bars)


def _balance_title(main: _Settled, words: Words) -> str:
    year = main.year.column.year
    if main.result == 0:
        return words.say("balance.title-even", year=year)
    key = "balance.title-higher" if main.result < 0 else "balance.title-lower"
    return words.say(key, amount=words.rounded(abs(main.result)), year=year)


def _balance_summary(main: _Settled, drawn: list[_Settled], words: Words) -> str:
    year = main.year.column.year
    income, costs = words.exact(main.income), words.exact(main.costs)
    sentences = [words.of(main.year.column, "balance.summary", income=income, costs=costs, year=year)]
    even = [str(told.year.column.year) for told in drawn if told.result == 0 and told.year.column.year > year]
    if even:
        sentences.append(words.say("balance.even-years", years=listed(even)))
    return " ".join(sentences)


def _balance_table(told: list[_Settled], words: Words) -> ChartTable:
    rows = (
        TableRow(
            kind_and_year(year.year.column),
            (words.in_unit(year.income), words.in_unit(year.costs), signed(words.in_unit(year.result), year.result)),
        )
        for year in told
    )
    caption = f"Årets intäkter, kostnader och resultat, {words.unit_name}"
    return ChartTable(caption, ("År", "Intäkter", "Kostnader", "Resultat"), tuple(rows))


# --- D8 -------------------------------------------------------------------------------------------------------------


def result(budget: Budget, words: Words) -> Chart | Unshown | None:
    """Return each year's result; Unshown when all are zero, or there is only one."""
    drawn = _known_years(drawn_years(budget))
    main = next((told for told in drawn if is_main(budget, told.year)), None)
    if main is None:
        return None
    if len(drawn) == 1:
        return Unshown("plus-eller-minus", f"{_result_title(main, words)}.")
    if not any(told.result for told in drawn):
        return Unshown("plus-eller-minus", words.say("result.nothing"))
    groups = (_result_group(told) for told in drawn)
    return Chart(
        id="plus-eller-minus",
        title=_result_title(main, words),
        subtitle=words.say("result.subtitle"),
        description=words.say("result.description", years=_span(tuple(told.year for told in drawn))),
        summary=_result_summary(main, drawn, words),
        help=None,
        keys=(),
        figure=Columns(tuple(groups)),
        table=_result_table(_known_years(years_of(budget)), words),
    )


def _result_group(told: _Settled) -> ColumnGroup:
    value = short(told.result, signed=True)
    bar = Bar("", told.result, value, Series.FIRST, tentative(told.year.column))
    return ColumnGroup(kind_and_year(told.year.column), (bar,))


def _result_title(main: _Settled, words: Words) -> str:
    year = main.year.column.year
    if main.result == 0:
        return words.of(main.year.column, "result.title-even", year=year)
    key = "result.title-deficit" if main.result < 0 else "result.title-surplus"
    return words.of(main.year.column, key, amount=words.rounded(abs(main.result)), year=year)


def _result_summary(main: _Settled, drawn: list[_Settled], words: Words) -> str:
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
    if main.result < 0 and opening is not None and opening + main.result >= 0:
        sentences.append(words.of(main.year.column, "result.paid", year=main.year.column.year))
    return " ".join(sentences)


def _result_table(told: list[_Settled], words: Words) -> ChartTable:
    rows = (
        TableRow(kind_and_year(year.year.column), (signed(words.in_unit(year.result), year.result),)) for year in told
    )
    return ChartTable(f"Årets resultat, {words.unit_name}", ("År", f"Resultat, {words.unit_word}"), tuple(rows))


# --- D9 -------------------------------------------------------------------------------------------------------------


def savings(budget: Budget, ceiling: EquityCeiling | None, words: Words) -> Chart | Unshown | None:
    """Show saved money at the end of each year, with the point that the first year starts from; a sentence where there
    is one point alone, or nothing is saved. The ceiling is shown where the förbund has confirmed how it is read."""
    drawn = [year for year in drawn_years(budget) if year.closing is not None]
    main = main_year(budget)
    if main.closing is None:
        return None
    limits = _limits(budget, drawn, ceiling)
    points = _points(drawn, limits, words)
    if not any(point.amount for point in points):
        return Unshown("sparade-pengar", words.say("savings.nothing"))
    title = _savings_title(main, words)
    if len(points) < 2:
        return Unshown("sparade-pengar", f"{title}.")
    return Chart(
        id="sparade-pengar",
        title=title,
        subtitle=words.say("savings.subtitle"),
        description=words.say("savings.description", years=year_span(drawn[0].column.year, drawn[-1].column.year)),
        summary=" ".join((_savings_summary(main, drawn, words), *_limit_sentence(main, limits, words))),
        help=None,
        keys=_limit_key(limits, words),
        figure=LevelLine(points),
        table=_savings_table(budget, limits, words),
    )


def _limits(budget: Budget, drawn: list[Year], ceiling: EquityCeiling | None) -> dict[str, Kronor]:
    """Return the ceiling in kronor by column id, for columns with members' contributions."""
    steps = confirmed_steps(ceiling)
    if ceiling is None or steps is None:
        return {}
    bases = {
        year.column.id: member_income_in(budget, year.column.id) for year in drawn if year.column.year >= FIRST_YEAR
    }
    return {column: limit_of(ceiling, steps, base) for column, base in bases.items() if base and base > 0}


def _limit_key(limits: dict[str, Kronor], words: Words) -> tuple[Key, ...]:
    """Return the legend of the ceiling's line, with its level if that is the same all years."""
    if not limits:
        return ()
    levels = set(limits.values())
    if len(levels) > 1:
        return (Key(None, words.say("savings.limit-key")),)
    return (Key(None, words.say("savings.limit-key-level", amount=short(levels.pop()))),)


def _limit_sentence(main: Year, limits: dict[str, Kronor], words: Words) -> Iterator[str]:
    limit = limits.get(main.column.id)
    if limit is not None:
        yield words.say("savings.limit", amount=words.exact(limit), year=main.column.year)


def _points(drawn: list[Year], limits: dict[str, Kronor], words: Words) -> tuple[Point, ...]:
    points = []
    for number, year in enumerate(drawn):
        if number == 0 and year.opening is not None:
            label = words.say("savings.point", year=year.column.year - 1)
            points.append(Point(label, year.opening, short(year.opening)))
        closing = year.closing or Kronor(0)
        label = words.say("savings.point", year=year.column.year)
        limit = limits.get(year.column.id)
        points.append(Point(label, closing, short(closing), tentative(year.column), limit))
    return tuple(points)


def _savings_title(main: Year, words: Words) -> str:
    closing = main.closing or 0
    key = "savings.title" if closing > 0 else "savings.title-lacking" if closing < 0 else "savings.title-none"
    return words.of(main.column, key, amount=words.rounded(abs(closing)), year=main.column.year)


def _savings_summary(main: Year, drawn: list[Year], words: Words) -> str:
    sentences = []
    closing, opening = main.closing or Kronor(0), main.opening
    if opening is not None:
        lacking = "-lacking" if closing < 0 else ""
        sentences.append(
            words.of(
                main.column,
                "savings.summary-from-lacking" if opening < 0 else f"savings.summary{lacking}",
                year=main.column.year,
                opening=words.exact(abs(opening)),
                change=_change(closing - opening, main.column, words),
                closing=words.exact(abs(closing)),
            )
        )
    last = drawn[-1]
    if last.column.year > main.column.year and last.closing is not None:
        lacking = "-lacking" if last.closing < 0 else ""
        key = f"savings.later{lacking}" if last.closing else "savings.later-none"
        sentences.append(words.say(key, year=last.column.year, amount=words.exact(abs(last.closing))))
    return " ".join(sentences)


def _change(difference: int, column: Column, words: Words) -> str:
    if difference == 0:
        return words.of(column, "savings.unchanged")
    key = "savings.used" if difference < 0 else "savings.added"
    return words.of(column, key, amount=words.exact(abs(difference)))


def _savings_table(budget: Budget, limits: dict[str, Kronor], words: Words) -> ChartTable:
    rows = []
    for year in years_of(budget):
        cells = (words.amount_or_unknown(year.opening), words.amount_or_unknown(year.closing))
        limit = (words.amount_or_unknown(limits.get(year.column.id)),) if limits else ()
        rows.append(TableRow(kind_and_year(year.column), cells + limit))
    caption = f"Sparade pengar (eget kapital), {words.unit_name}"
    headings = ("År", "I årets början", "I årets slut") + (("Rekommenderat tak",) if limits else ())
    return ChartTable(caption, headings, tuple(rows))


# --- D12 ------------------------------------------------------------------------------------------------------------


def waterfall(budget: Budget, words: Words) -> Chart | None:
    """Return the plan's year from opening to closing equity; None unless equity is among the printed incomes."""
    flow = _flowing(budget)
    if flow is None:
        return None
    told, opening, closing = flow
    steps = _steps(budget, told, opening, closing, words)
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
    year = main_year(budget)
    told = _known_years((year,))
    if not told or not year.opening or year.opening < 0 or year.closing is None or year.closing < 0:
        return None
    return told[0], year.opening, year.closing


def _waterfall_title(whole: Kronor, left: Kronor, column: Column, words: Words) -> str:
    year = column.year
    if left == 0:
        return words.of(column, "waterfall.title-none", whole=words.rounded(whole), year=year)
    return words.of(column, "waterfall.title", whole=words.rounded(whole), left=words.rounded(left), year=year)


def _steps(budget: Budget, told: _Settled, opening: Kronor, closing: Kronor, words: Words) -> tuple[Step, ...]:
    members = member_income(budget)
    steps = [Step(words.say("waterfall.opening"), opening, short(opening), StepKind.LEVEL, Series.MUTED)]
    steps += _income_steps(told.income, members, words)
    taken = Step(words.say("waterfall.costs"), told.costs, f"−{short(told.costs)}", StepKind.TAKEN, Series.THIRD)
    label = words.say("waterfall.closing", year=told.year.column.year)
    return (*steps, taken, Step(label, closing, short(closing), StepKind.LEVEL, Series.SECOND))


def _income_steps(income: Kronor, members: Kronor, words: Words) -> list[Step]:
    """Return steps for contributions and other income, if the plan tells them apart."""
    if not 0 < members < income:
        label = words.say("waterfall.members" if members == income else "waterfall.income")
        return [Step(label, income, f"+{short(income)}", StepKind.ADDED, Series.FIRST)]
    rest = income - members
    return [
        Step(words.say("waterfall.members"), members, f"+{short(members)}", StepKind.ADDED, Series.FIRST),
        Step(words.say("waterfall.other"), rest, f"+{short(rest)}", StepKind.ADDED, Series.FIRST),
    ]


def _waterfall_table(steps: tuple[Step, ...], year: int, words: Words) -> ChartTable:
    signs = {StepKind.LEVEL: "", StepKind.ADDED: "+", StepKind.TAKEN: "−"}
    rows = []
    for number, step in enumerate(steps):
        amount = words.in_unit(step.amount)
        last = number == len(steps) - 1
        rows.append(TableRow(step.label, (f"{signs[step.kind]}{amount}",), is_total=last))
    caption = f"Från årets början till årets slut {year}, {words.unit_name}"
    return ChartTable(caption, ("Steg", f"Belopp, {words.unit_word}"), tuple(rows))
