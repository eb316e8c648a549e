"""Did it become as planned? Costs of a year beside its budget, when the plan tells both (D13)."""

from msgspec import Struct

from insyn.charts.chart import Chart, ChartTable, Key, TableRow, Unshown, Words, signed, total_kronor
from insyn.charts.figures import Bar, Bars, Series
from insyn.model import Budget, Column, ColumnKind, Kronor
from insyn.money.budget import Pair, block_total, cost_entries, index_of, paired, precedence
from insyn.money.unknown import Unknown
from insyn.swedish import HARD_SPACE, month, number_word
from insyn.vocabulary import kind_and_year

MOST_BARS = 8
"""Bars besides the total: rows, or seven rows and one for the others."""

MOST_NAMES = 3


class _Year(Struct, frozen=True):
    """A year with both a budget and an outcome or forecast."""

    budgeted: Column
    actual: Column
    budget: Kronor
    cost: Kronor
    pairs: tuple[Pair, ...]
    """Budget first."""

    @property
    def number(self) -> int:
        return self.actual.year

    @property
    def tense(self) -> str:
        return "outcome" if self.actual.kind is ColumnKind.OUTCOME else "forecast"

    @property
    def way(self) -> str:
        if self.cost == self.budget:
            return "equal"
        return "higher" if self.cost > self.budget else "lower"


class _Lacking(Struct, frozen=True):
    """A year whose budget, outcome or forecast has an unknown sum."""

    column: Column
    """The one whose sum is unknown."""
    costs: Unknown


def planned(budget: Budget, words: Words) -> Chart | Unshown | None:
    """Return each large cost with a mark for its budget; a sentence where a sum is unknown, None without both."""
    year = _year(budget)
    if isinstance(year, _Lacking):
        lacking = words.lacking("costs", [(year.column, year.costs)])
        return Unshown("blev-det-som-planerat", lacking[0]) if lacking else None
    if year is None or not (year.cost or year.budget):
        return None
    told = year.actual.as_of if year.tense == "forecast" else None
    subtitle = words.say(
        "planned.subtitle-dated" if told else f"planned.subtitle-{year.tense}",
        year=year.number,
        month=month(told) if told else "",
    )
    return Chart(
        id="blev-det-som-planerat",
        title=_title(year, words),
        subtitle=subtitle,
        description=words.say("planned.description", year=year.number),
        summary=_summary(year, words),
        help=words.say(f"planned.help-{year.tense}"),
        keys=(
            Key(Series.COSTS, words.say(f"planned.key-{year.tense}")),
            Key(None, words.say("planned.key-budget")),
        ),
        figure=Bars(tuple(_bars(year, words))),
        table=_table(year, words),
    )


def _year(budget: Budget) -> _Year | _Lacking | None:
    """Return the plan's own year if it has both, else the latest that has."""
    told: dict[int, _Year | _Lacking] = {}
    told_twice = (ColumnKind.OUTCOME, ColumnKind.FORECAST)
    actuals = [one for one in budget.columns if one.kind in told_twice and not one.is_part]
    for actual in sorted(actuals, key=lambda column: precedence(budget, column)):
        found = _with_budget(budget, actual)
        if found:
            told[actual.year] = found
    own = budget.columns[index_of(budget, budget.main_column)].year
    return told.get(own) or (told[max(told)] if told else None)


def _with_budget(budget: Budget, actual: Column) -> _Year | _Lacking | None:
    """Return a column's year with its budget: the plan's own column, else the last printed budget."""
    budgets = [one for one in budget.columns if one.year == actual.year and one.kind is ColumnKind.BUDGET]
    if not budgets:
        return None
    budgeted = next((one for one in budgets if one.id == budget.main_column), budgets[-1])
    before = block_total(budget.costs, index_of(budget, budgeted.id))
    now = block_total(budget.costs, index_of(budget, actual.id))
    if isinstance(before, Unknown):
        return _Lacking(budgeted, before)
    pairs = paired(cost_entries(budget, budgeted.id), cost_entries(budget, actual.id))
    if isinstance(now, Unknown):
        return _Lacking(actual, now) if any(pair.amount is not None for pair in pairs) else None
    return _Year(budgeted, actual, before, now, pairs)


def _title(year: _Year, words: Words) -> str:
    amount = words.rounded(abs(year.cost - year.budget))
    return words.say(f"planned.title-{year.way}-{year.tense}", amount=amount, year=year.number)


# --- In sentences ---------------------------------------------------------------------------------------------------


def _summary(year: _Year, words: Words) -> str:
    key = f"equal-{year.tense}" if year.way == "equal" else year.tense
    amounts = words.say(f"planned.amounts-{key}", budget=words.exact(year.budget), actual=words.exact(year.cost))
    return " ".join([amounts, *_unmatched(year, words), *_largest(year, words)])


def _difference_of(pair: Pair) -> int | None:
    """Return how much more a row became; a row without an amount on one side is only named."""
    return None if pair.then is None or pair.amount is None else pair.amount - pair.then


def _unmatched(year: _Year, words: Words) -> list[str]:
    """Return sentences on rows with an amount only in the budget, or only in the outcome."""
    budget, actual = words.say("planned.source-budget"), words.say(f"planned.source-{year.tense}")
    sentences = []
    for there, missing, rows in (
        (budget, actual, [(pair.then, pair.told.name) for pair in year.pairs if pair.then and pair.amount is None]),
        (actual, budget, [(pair.amount, pair.told.name) for pair in year.pairs if pair.amount and pair.then is None]),
    ):
        if rows:
            parts = [
                words.say("planned.blank-part", name=name, amount=words.exact(amount), source=there)
                for amount, name in sorted(rows, key=lambda row: -abs(row[0]))
            ]
            names = words.most_of(parts, MOST_NAMES)
            sentences.append(words.say("planned.blank", names=names, source=missing))
    return sentences


def _largest(year: _Year, words: Words) -> list[str]:
    compared = [pair for pair in year.pairs if _difference_of(pair)]
    if not compared or len(year.pairs) < 2:
        return []
    most = max(compared, key=lambda pair: abs(_difference_of(pair) or 0))
    difference = _difference_of(most) or 0
    told = words.say("planned.higher" if difference > 0 else "planned.lower", amount=words.exact(abs(difference)))
    unmatched = any(_difference_of(pair) is None and (pair.then or pair.amount) for pair in year.pairs)
    key = "planned.largest-otherwise" if unmatched else "planned.largest"
    return [words.say(key, name=most.told.name, difference=told)]


# --- As marks and table ---------------------------------------------------------------------------------------------


def _bars(year: _Year, words: Words) -> list[Bar]:
    """Return bars: the total, the rows that differ most, and one for the others."""
    ordered = sorted(year.pairs, key=lambda pair: -abs((pair.amount or 0) - (pair.then or 0)))
    shown = ordered if len(ordered) <= MOST_BARS else ordered[: MOST_BARS - 1]
    rest = ordered[len(shown) :]
    amount, budgeted = (
        total_kronor([kronor or Kronor(0) for kronor in kronors])
        for kronors in ([pair.amount for pair in rest], [pair.then for pair in rest])
    )
    told = [amount, budgeted, *(kronor or 0 for pair in shown for kronor in (pair.amount, pair.then))]
    words = words.marking([year.cost, year.budget, *told])
    bars = [_bar(words.say("planned.everything"), year.cost, year.budget, words)]
    if len(year.pairs) < 2:
        return bars
    bars += [_bar(pair.told.name, pair.amount, pair.then, words) for pair in shown]
    if rest:
        label = words.say("planned.rest", count=number_word(len(rest)))
        bars.append(_bar(label, amount, budgeted, words))
    return bars


def _bar(label: str, amount: Kronor | None, budgeted: Kronor | None, words: Words) -> Bar:
    """Return a bar. A row without amount has only a mark, one without budget only a bar."""
    value = words.say("planned.no-amount") if amount is None else words.mark(amount)
    if budgeted is None:
        value = words.say("planned.mark-unbudgeted", actual=value)
    else:
        value = words.say("planned.mark", actual=value, budget=_beside(words.mark(budgeted), value))
    return Bar(label, amount or 0, value, Series.COSTS, mark=budgeted)


def _beside(amount: str, other: str) -> str:
    """Leave out the unit of an amount that stands beside another with the same unit."""
    number, _, unit = amount.rpartition(HARD_SPACE)
    return number if other.endswith(f"{HARD_SPACE}{unit}") else amount


def _table(year: _Year, words: Words) -> ChartTable:
    rows = [
        TableRow(
            pair.told.name,
            (
                words.amount_or_unknown(pair.then),
                words.amount_or_unknown(pair.amount),
                _difference(_difference_of(pair), words),
            ),
        )
        for pair in year.pairs
    ]
    cells = (words.in_unit(year.budget), words.in_unit(year.cost), _difference(year.cost - year.budget, words))
    rows.append(TableRow(words.say("planned.everything"), cells, is_total=True))
    caption = words.say("planned.caption", year=year.number, unit=words.unit_name)
    return ChartTable(
        caption, ("Rad", kind_and_year(year.budgeted), kind_and_year(year.actual), "Skillnad"), tuple(rows)
    )


def _difference(kronor: int | None, words: Words) -> str:
    return words.say("not-told") if kronor is None else signed(words.in_unit(kronor), kronor)
