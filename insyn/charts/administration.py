"""How much goes to administration? Its share of the costs, beside the limit that the förbund has set itself (D11)."""

from fractions import Fraction

from msgspec import Struct

from insyn.charts.chart import Chart, ChartTable, Key, TableRow, Unshown, Words, kind_of
from insyn.charts.figures import Bar, Bars, Series
from insyn.charts.purposes import own_group
from insyn.model import Budget, Column, Direction, Kronor, Percentage, Purpose
from insyn.money.budget import (
    Entry,
    administration_goal,
    block_total,
    cost_entries,
    costs_for,
    index_of,
    main_column,
    share,
)
from insyn.money.unknown import all_known
from insyn.swedish import HARD_SPACE, capitalised, integer, round_half_up

MOST_NAMES = 8


class _Part(Struct, frozen=True):
    """The administration's part of all costs, in kronor."""

    column: Column
    rows: tuple[Entry, ...]
    amount: Kronor
    whole: Kronor
    limit: Percentage | None

    @property
    def share(self) -> Fraction:
        return share(self.amount, self.whole)

    @property
    def limit_kronor(self) -> int | None:
        if self.limit is None:
            return None
        return int(round_half_up(self.limit.share * self.whole, 0))


def administration(budget: Budget, purposes: tuple[Purpose, ...], words: Words) -> Chart | Unshown | None:
    """Show the share of costs that have one of these purposes; None unless every cost has a purpose."""
    part = _part(budget, purposes)
    if part is None:
        return None
    year = part.column.year
    if part.amount == 0:
        return Unshown("hur-mycket-administration", words.say("administration.nothing", year=year))
    value = f"{words.percent(part.share)}{HARD_SPACE}%"
    label = words.say("administration.bar")
    limit = Key(None, words.say("administration.limit", limit=f"{part.limit}{HARD_SPACE}%"))
    bar = Bar(label, part.amount, value, Series.ADMINISTRATION, mark=part.limit_kronor, whole=part.whole)
    return Chart(
        id="hur-mycket-administration",
        title=_title(part, words),
        subtitle=words.say("administration.subtitle", kind=kind_of(part.column), year=year),
        description=words.say("administration.description", year=year),
        summary=" ".join([_summary(part, words), *own_group(budget, label, part.amount, words)]),
        help=_help(part, words),
        keys=(Key(Series.ADMINISTRATION, label), limit) if part.limit else (),
        figure=Bars((bar,)),
        table=_table(part, words),
    )


def _part(budget: Budget, purposes: tuple[Purpose, ...]) -> _Part | None:
    """Return the administration's part; None if its purposes aren't stated, or a cost has no purpose."""
    index = index_of(budget, budget.main_column)
    told = all_known(costs_for(budget, purposes, index), block_total(budget.costs, index)) if purposes else None
    if told is None or told[0] < 0 or told[1] <= 0:
        return None
    rows = tuple(entry for entry in cost_entries(budget, budget.main_column) if entry.purpose in purposes)
    return _Part(
        column=main_column(budget),
        rows=tuple(entry for entry in rows if entry.amount),
        amount=told[0],
        whole=told[1],
        limit=_limit(budget),
    )


def _limit(budget: Budget) -> Percentage | None:
    """Return the percentage that the plan's own financial goal sets as a ceiling; None when it sets none."""
    goal = administration_goal(budget)
    is_ceiling = goal is not None and goal.direction in {None, Direction.AT_MOST, Direction.BELOW}
    return goal.percent if goal and is_ceiling else None


def _title(part: _Part, words: Words) -> str:
    percent, year = words.percent(part.share), part.column.year
    key = "administration.title-limit" if part.limit else "administration.title"
    return capitalised(words.of(part.column, key, percent=percent, year=year, limit=part.limit))


def _summary(part: _Part, words: Words) -> str:
    rows = words.most_of([f"”{entry.name}”" for entry in part.rows], MOST_NAMES)
    amount, whole = integer(part.amount), words.exact(part.whole)
    return words.of(part.column, "administration.summary", part=amount, whole=whole, rows=rows)


def _help(part: _Part, words: Words) -> str:
    sentences = [words.say("administration.help-limit")] if part.limit else []
    return " ".join([words.say("administration.help"), *sentences])


def _table(part: _Part, words: Words) -> ChartTable:
    rows = [_row(entry.name, entry.amount or 0, part, words) for entry in part.rows]
    rows.append(_row(words.say("administration.total"), part.amount, part, words, is_total=True))
    if part.limit is not None and part.limit_kronor is not None:
        cells = (words.in_unit(part.limit_kronor), f"{part.limit}{HARD_SPACE}%")
        rows.append(TableRow(words.say("administration.limit-row"), cells))
    rows.append(TableRow(words.say("administration.whole"), (words.in_unit(part.whole), f"100{HARD_SPACE}%")))
    caption = words.say("administration.caption", year=part.column.year, unit=words.unit_name)
    return ChartTable(caption, ("Rad", f"Belopp, {words.unit_word}", "Andel av kostnaderna"), tuple(rows))


def _row(name: str, amount: int, part: _Part, words: Words, *, is_total: bool = False) -> TableRow:
    percent = f"{words.percent(share(amount, part.whole))}{HARD_SPACE}%"
    return TableRow(name, (words.in_unit(amount), percent), is_total=is_total)
