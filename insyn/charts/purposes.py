"""What is the money for? Costs by purpose (D3) and the activities that cost most (D5)."""

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction

from msgspec import Struct

from insyn.charts.chart import (
    Chart,
    ChartTable,
    Key,
    TableRow,
    Unshown,
    Words,
    adds_to_hundred,
    kind_of,
    total_kronor,
)
from insyn.charts.figures import Bar, Bars, Series
from insyn.model import Budget, BudgetGroup, BudgetRow, Kronor, Purpose, kronor_in
from insyn.money.budget import (
    Reading,
    addends,
    block_total,
    cell_of,
    costs_by_group,
    costs_by_purpose,
    groups_of,
    index_of,
    leaves,
    main_column,
    rows_of,
    share,
)
from insyn.money.unknown import Unknown
from insyn.swedish import HARD_SPACE, capitalised, listed, number_word

SERIES = {
    Purpose.INDIVIDUAL: Series.INDIVIDUAL,
    Purpose.STRUCTURE: Series.STRUCTURE,
    Purpose.ACTIVITIES: Series.ACTIVITIES,
    Purpose.NEW: Series.NEW,
    Purpose.ADMINISTRATION: Series.ADMINISTRATION,
    Purpose.BOARD: Series.ADMINISTRATION,
    Purpose.AUDIT: Series.ADMINISTRATION,
    Purpose.OTHER: Series.OTHER,
}
ACTIVITIES = frozenset({Purpose.INDIVIDUAL, Purpose.STRUCTURE, Purpose.ACTIVITIES, Purpose.NEW})
MOST_BARS = 8
IN_A_SENTENCE = 3
"""Parts that a sentence names; more are hard to hear."""


class PurposeBar(Struct, frozen=True):
    """One bar: a purpose, or one of the plan's own groups."""

    name: str
    phrase: str
    amount: Kronor
    series: Series
    tentative: bool
    rows: tuple[str, ...]
    purposes: frozenset[Purpose] = frozenset()
    """Empty for one of the plan's own groups."""

    @property
    def quoted(self) -> str:
        """Return the name in a sentence, quoted if it is the plan's own."""
        return self.phrase if self.phrase != self.name else f"”{self.name}”"


def purposes(budget: Budget, counted: Collection[Purpose], words: Words) -> Chart | Unshown | None:
    """Return costs by purpose, what the förbund counts as administration together, else by the plan's own groups, else
    Unshown; None without costs."""
    divided = divide(budget, counted, words)
    if divided is None:
        unshown = _undivided(budget, counted, words)
        return Unshown("vad-pengarna-gar-till", unshown) if unshown else None
    suffix = "" if divided.by_purpose else "-groups"
    column, parts, whole = main_column(budget), divided.parts, divided.whole
    marks = words.marking(part.amount for part in parts)
    bars = (Bar(part.name, part.amount, _mark(part, whole, marks), part.series, part.tentative) for part in parts)
    most = parts[0]
    return Chart(
        id="vad-pengarna-gar-till",
        title=capitalised(
            words.say(
                f"purposes.title{suffix}",
                share=words.share(share(most.amount, whole)),
                purpose=most.phrase,
                year=column.year,
            )
        ),
        subtitle=words.say(f"purposes.subtitle{suffix}", kind=kind_of(column), year=column.year),
        description=words.say(f"purposes.description{suffix}", year=column.year),
        summary=_summary(budget, divided, words),
        help=words.say(f"purposes.help{suffix}"),
        keys=(),
        figure=Bars(tuple(bars)),
        table=_table(divided, words, column.year),
    )


class Divided(Struct, frozen=True):
    """The costs in parts, largest first."""

    parts: tuple[PurposeBar, ...]
    below: tuple[PurposeBar, ...]
    """Parts below zero, such as what a sold service brings in."""
    by_purpose: bool

    @property
    def whole(self) -> Kronor:
        return total_kronor([part.amount for part in (*self.parts, *self.below)])


def divide(budget: Budget, counted: Collection[Purpose], words: Words) -> Divided | None:
    """Divide the costs by purpose, else by the plan's own groups; None when there aren't two parts of a whole."""
    by_purpose = _by_purpose(budget, counted, words)
    found = by_purpose or _by_group(budget)
    parts = tuple(part for part in found if part.amount > 0)
    divided = Divided(parts, tuple(part for part in found if part.amount < 0), bool(by_purpose))
    if len(parts) < 2 or parts[0].amount > divided.whole:
        return None
    return divided


def _undivided(budget: Budget, counted: Collection[Purpose], words: Words) -> str | None:
    """Return a sentence on why the costs aren't divided; None without any costs."""
    year = main_column(budget).year
    whole = block_total(budget.costs, index_of(budget, budget.main_column))
    parts = _by_purpose(budget, counted, words) or _by_group(budget)
    if any(part.amount < 0 for part in parts):
        return words.say("purposes.negative", year=year)
    if parts:
        return words.say("purposes.one", purpose=parts[0].quoted, year=year)
    by_purpose, by_group = costs_by_purpose(budget), costs_by_group(budget)
    lacking = next((one.rows for one in (by_purpose, by_group) if isinstance(one, Unknown) and one.rows), ())
    if lacking:
        return words.say("purposes.lacking", rows=words.quoted(lacking), year=year)
    if isinstance(whole, Unknown):
        return None
    return words.say("purposes.unknown" if whole else "purposes.none", year=year)


def _by_purpose(budget: Budget, counted: Collection[Purpose], words: Words) -> list[PurposeBar]:
    sums = costs_by_purpose(budget)
    if isinstance(sums, Unknown):
        return []
    alone = [frozenset({purpose}) for purpose in sums if purpose not in counted]
    together = [frozenset(counted) & sums.keys()]
    bars = [_bar_of(purposes, sums, budget, words) for purposes in (*together, *alone) if purposes]
    return sorted(bars, key=lambda bar: -bar.amount)


def _bar_of(purposes: frozenset[Purpose], sums: Mapping[Purpose, Kronor], budget: Budget, words: Words) -> PurposeBar:
    """Return the bar of one purpose, or of those that the förbund counts as administration."""
    index = index_of(budget, budget.main_column)
    purpose = Purpose.ADMINISTRATION if len(purposes) > 1 else next(iter(purposes))
    return PurposeBar(
        name=words.say(f"purpose-{purpose.value}"),
        phrase=words.say(f"purpose-phrase-{purpose.value}"),
        amount=total_kronor([sums[one] for one in purposes]),
        series=SERIES[purpose],
        tentative=purpose is Purpose.NEW,
        rows=tuple(
            row.name
            for row in leaves(budget.costs.rows)
            if row.purpose in purposes and (cell := cell_of(row, index)) and kronor_in(cell)
        ),
        purposes=purposes,
    )


def _by_group(budget: Budget) -> list[PurposeBar]:
    index = index_of(budget, budget.main_column)
    groups = {part.name: part for part in budget.costs.rows if isinstance(part, BudgetGroup)}
    sums = costs_by_group(budget)
    if isinstance(sums, Unknown):
        return []
    amounts = sorted(sums.items(), key=lambda item: -item[1])
    return [
        PurposeBar(name, name, amount, Series.COSTS, False, _named(groups[name], index)) for name, amount in amounts
    ]


def purpose_keys(there: Collection[Purpose], words: Words) -> tuple[Key, ...]:
    """Return the legend of purposes, in the vocabulary's order."""
    names: dict[Series, list[str]] = {}
    for purpose in Purpose:
        if purpose in there:
            names.setdefault(SERIES[purpose], []).append(words.say(f"purpose-{purpose.value}"))
    return tuple(Key(series, capitalised(listed(found).lower())) for series, found in names.items())


def _named(group: BudgetGroup, index: int) -> tuple[str, ...]:
    return tuple(name for name, amount in addends([group], index) if amount)


def _mark(part: PurposeBar, whole: Kronor, words: Words) -> str:
    return f"{words.mark(part.amount)} ({_percent(words, share(part.amount, whole))})"


def _summary(budget: Budget, divided: Divided, words: Words) -> str:
    parts = [
        words.say(
            "purposes.part",
            amount=words.exact(part.amount),
            percent=words.percent(share(part.amount, divided.whole)),
            purpose=part.quoted,
        )
        for part in divided.parts
    ]
    first, *others = (listed(parts[place : place + IN_A_SENTENCE]) for place in range(0, len(parts), IN_A_SENTENCE))
    sentences = [words.say("purposes.summary", whole=words.exact(divided.whole), parts=first)]
    sentences += [words.say("purposes.summary-more", parts=told) for told in others]
    sentences += _reservations(budget, divided, words)
    return " ".join(sentences)


def _reservations(budget: Budget, divided: Divided, words: Words) -> Iterator[str]:
    """Yield sentences on what is subtracted, on rounding, and on a printed total that differs."""
    whole = divided.whole
    for part in divided.below:
        yield words.say("purposes.below", rows=words.quoted(part.rows), amount=words.exact(-part.amount))
    if not adds_to_hundred([share(part.amount, whole) for part in (*divided.parts, *divided.below)], 1):
        yield words.say("rounding")
    printed = block_total(budget.costs, index_of(budget, budget.main_column))
    if not isinstance(printed, Unknown) and printed != whole:
        yield words.say("purposes.differs", rows=words.exact(whole), printed=words.exact(printed))
    for part in divided.parts if divided.by_purpose else ():
        yield from own_group(budget, part.name, part.amount, words)


def own_group(budget: Budget, name: str, amount: int, words: Words) -> Iterator[str]:
    """Yield a sentence for each of the plan's groups that has a purpose's name but another sum."""
    index = index_of(budget, budget.main_column)
    for group in groups_of(budget.costs.rows):
        figure = Reading(budget, budget.costs, index).sum_of(group)
        if group.name.casefold() == name.casefold() and not isinstance(figure, Unknown) and figure != amount:
            yield words.say("purposes.own-group", name=group.name, amount=words.exact(figure))


def _table(divided: Divided, words: Words, year: int) -> ChartTable:
    whole, suffix = divided.whole, "" if divided.by_purpose else "-groups"
    rows = [
        TableRow(
            part.name,
            (listed(part.rows), words.in_unit(part.amount), _percent(words, share(part.amount, whole))),
        )
        for part in (*divided.parts, *divided.below)
    ]
    total = (words.say("purposes.all"), words.in_unit(whole), f"100{HARD_SPACE}%")
    rows.append(TableRow(words.say("purposes.total"), total, is_total=True))
    return ChartTable(
        words.say(f"purposes.caption{suffix}", year=year, unit=words.unit_name),
        ("Ändamål" if divided.by_purpose else "Grupp", "Rader i budgeten", f"Belopp, {words.unit_word}", "Andel"),
        tuple(rows),
        text_columns=1,
    )


def _percent(words: Words, part: Fraction) -> str:
    return f"{words.percent(part)}{HARD_SPACE}%"


# --- D5 -------------------------------------------------------------------------------------------------------------


def activities(budget: Budget, words: Words) -> Chart | Unshown | None:
    """Show the activities that cost most in the main column; a sentence when fewer than two have money, None when the
    plan has no activities or doesn't say what they cost."""
    index = index_of(budget, budget.main_column)
    rows = [row for row in rows_of(budget.costs.rows) if row.purpose in ACTIVITIES]
    column, reading = main_column(budget), Reading(budget, budget.costs, index)
    lacking = [row.name for row in rows if isinstance(reading.of(row), Unknown)]
    if lacking:
        said = words.say("activities.lacking", rows=words.quoted(lacking), year=column.year)
        return Unshown("vilka-insatser-kostar-mest", said) if len(lacking) < len(rows) else None
    funded = [(row, amount) for row in rows if (amount := kronor_in(row.cells[index])) and amount > 0]
    funded.sort(key=lambda pair: -pair[1])
    if len(funded) < 2:
        unshown = _few_activities(funded, _unfunded(rows, index), words, column.year)
        return Unshown("vilka-insatser-kostar-mest", unshown) if unshown else None
    keys = purpose_keys({row.purpose for row, _ in _shown(funded) if row.purpose}, words)
    return Chart(
        id="vilka-insatser-kostar-mest",
        title=words.say(
            "activities.title", name=funded[0][0].name, amount=words.rounded(funded[0][1]), year=column.year
        ),
        subtitle=words.say("activities.subtitle", kind=kind_of(column), year=column.year),
        description=words.say("activities.description", year=column.year),
        summary=_activities_summary(funded, _unfunded(rows, index), words, column.year),
        help=None,
        keys=keys if len(keys) > 1 else (),
        figure=Bars(_activity_bars(funded, words)),
        table=_activities_table(rows, funded, index, words, column.year),
    )


def _few_activities(funded: list[tuple[BudgetRow, Kronor]], empty: list[str], words: Words, year: int) -> str | None:
    if funded:
        (row, amount) = funded[0]
        return words.say("activities.one", name=row.name, amount=words.exact(amount), year=year)
    return words.say("activities.none", year=year) if empty else None


def _activity_bars(funded: list[tuple[BudgetRow, Kronor]], words: Words) -> tuple[Bar, ...]:
    """Return bars of the largest activities, and one for the rest if there are many."""
    shown = _shown(funded)
    rest = total_kronor([amount for _, amount in funded[len(shown) :]])
    words = words.marking([rest, *(amount for _, amount in shown)])
    bars = [
        Bar(row.name, amount, words.mark(amount), SERIES[row.purpose or Purpose.OTHER], row.purpose is Purpose.NEW)
        for row, amount in shown
    ]
    if rest:
        label = words.say("activities.rest", count=number_word(len(funded) - len(shown)))
        bars.append(Bar(label, rest, words.mark(rest), Series.OTHER))
    return tuple(bars)


def _shown(funded: list[tuple[BudgetRow, Kronor]]) -> list[tuple[BudgetRow, Kronor]]:
    """Return the activities that have a bar of their own."""
    return funded if len(funded) <= MOST_BARS + 1 else funded[:MOST_BARS]


def _unfunded(rows: list[BudgetRow], index: int) -> list[str]:
    """Return the names of rows with the amount zero. A blank isn't zero."""
    return [row.name for row in rows if kronor_in(row.cells[index]) == 0]


def _activities_summary(funded: list[tuple[BudgetRow, Kronor]], empty: list[str], words: Words, year: int) -> str:
    following = [words.say("activities.part", name=row.name, amount=words.exact(amount)) for row, amount in funded[1:3]]
    sentences = [words.say("activities.summary", parts=listed(following))]
    undecided = [row.name for row, _ in funded if row.purpose is Purpose.NEW]
    if undecided:
        sentences.append(words.say("activities.new", names=words.quoted(undecided)))
    if empty:
        key = "activities.empty-one" if len(empty) == 1 else "activities.empty-many"
        count = capitalised(number_word(len(empty)))
        sentences.append(words.say(key, count=count, year=year, names=words.quoted(empty)))
    return " ".join(sentences)


def _activities_table(
    rows: list[BudgetRow], funded: list[tuple[BudgetRow, Kronor]], index: int, words: Words, year: int
) -> ChartTable:
    whole = total_kronor([amount for _, amount in funded])
    ordered = sorted(rows, key=lambda row: -(kronor_in(row.cells[index]) or 0))
    shown = [(row.name, kronor_in(row.cells[index])) for row in ordered if kronor_in(row.cells[index]) is not None]
    table_rows = [TableRow(name, (words.in_unit(amount or 0),)) for name, amount in shown]
    alike = len({row.purpose for row in rows}) == 1
    together = words.say("activities.total") if alike else words.say("purposes.total")
    table_rows.append(TableRow(together, (words.in_unit(whole),), is_total=True))
    caption = words.say("activities.caption", year=year, unit=words.unit_name)
    return ChartTable(caption, ("Insats", f"Belopp, {words.unit_word}"), tuple(table_rows))
