"""Who pays? The parties' shares (D1) and each kommun's contribution (D2)."""

from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from insyn.charts.chart import (
    MILLION,
    Chart,
    ChartTable,
    TableRow,
    Unshown,
    Words,
    in_millions,
    kind_of,
    percent_number,
    short,
    total_kronor,
)
from insyn.charts.figures import Bar, Bars, Series, ShareBar
from insyn.model import Budget, Funder, Kronor, Member, kronor_in
from insyn.money.budget import (
    Contribution,
    by_funder,
    contributions,
    index_of,
    main_column,
    member_income,
    other_incomes,
    rows_of,
    share,
)
from insyn.swedish import HARD_SPACE, capitalised, integer, listed, number_word

SERIES = {Funder.STATE: Series.FIRST, Funder.REGION: Series.SECOND, Funder.MUNICIPALITY: Series.THIRD}


class _Parties(Struct, frozen=True):
    """The members' contributions, and the rows that name the members."""

    paid: tuple[Contribution, ...]
    sums: dict[Funder, Kronor]
    members: tuple[Member, ...]
    words: Words

    @property
    def whole(self) -> Kronor:
        return total_kronor(list(self.sums.values()))

    def share(self, funder: Funder) -> Fraction:
        return share(self.sums[funder], self.whole)

    def rows(self, funder: Funder) -> list[str]:
        """Return the names of a party's rows, as printed."""
        return [contribution.name for contribution in self.paid if contribution.funder is funder]

    def name(self, funder: Funder) -> str:
        """Return a party's name: Staten, Regionen (or Landstinget), Sex kommuner."""
        rows = self.rows(funder)
        if funder is Funder.STATE:
            return self.words.say("funder-state")
        if funder is Funder.REGION:
            one = len(rows) == 1
            return capitalised(_short_name(rows[0], self.members)) if one else self.words.say("funder-region-many")
        if len(rows) == 1:
            return rows[0]
        return capitalised(self.words.say("funder-municipality-many", count=number_word(len(rows))))


def who_pays(budget: Budget, members: tuple[Member, ...], words: Words) -> Chart | Unshown:
    """Return the parties' shares of the members' contributions."""
    words = _in_payers_unit(budget, words)
    paid = contributions(budget)
    parties = _Parties(paid, by_funder(paid), members, words)
    if len(parties.sums) < 2 or any(amount < 0 for amount in parties.sums.values()):
        return Unshown("vem-betalar", words.say("who-pays.nothing"))
    column = main_column(budget)
    return Chart(
        id="vem-betalar",
        title=_title(parties, column.year),
        subtitle=words.say("who-pays.subtitle", kind=kind_of(column), year=column.year),
        description=words.say("who-pays.description", year=column.year),
        summary=" ".join([_summary(parties), *_other_income(budget, words), *_differs(budget, parties)]),
        help=words.say("who-pays.help"),
        keys=(),
        figure=ShareBar(tuple(_part(funder, parties) for funder in parties.sums)),
        table=_table(parties, column.year),
    )


def _in_payers_unit(budget: Budget, words: Words) -> Words:
    """Return the wording in a breakdown's unit, if one tells who pays: it may be finer than the table's."""
    breakdowns = [row.breakdown for row in rows_of(budget.income.rows) if row.breakdown]
    return replace(words, unit=breakdowns[0].unit) if breakdowns else words


def _title(parties: _Parties, year: int) -> str:
    most = max(parties.sums, key=lambda funder: parties.sums[funder])
    words = parties.words
    return words.say(
        "who-pays.title",
        party=parties.name(most),
        share=words.share(parties.share(most)),
        part=_beside(parties.sums[most], parties.whole),
        whole=words.rounded(parties.whole),
        year=year,
    )


def _beside(part: int, whole: int) -> str:
    """Return an amount before another, without its unit: "4,0" of "4,0 av 8,0 miljoner kronor"."""
    return in_millions(part) if whole >= MILLION else integer(part)


def _part(funder: Funder, parties: _Parties) -> Bar:
    percent = f"{percent_number(parties.share(funder), 0)}{HARD_SPACE}%"
    return Bar(parties.name(funder), parties.sums[funder], percent, SERIES[funder])


def _short_name(name: str, members: tuple[Member, ...]) -> str:
    """Return the short name that the förbund has given a member, never one made by rule."""
    for member in members:
        if name in {member.name, member.short_name, *member.also}:
            return member.short_name
    return name


def _summary(parties: _Parties) -> str:
    words = parties.words
    parts = []
    for number, (funder, amount) in enumerate(parties.sums.items()):
        rows = parties.rows(funder)
        if funder is Funder.MUNICIPALITY and len(rows) > 1:
            key = "who-pays.part-municipalities"
            parts.append(words.say(key, count=number_word(len(rows)), amount=words.exact(amount)))
            continue
        key = "who-pays.part" if number else "who-pays.part-first"
        parts.append(words.say(key, names=listed(rows), amount=words.exact(amount)))
    return capitalised(words.say("who-pays.summary", parts=listed(parts)))


def _other_income(budget: Budget, words: Words) -> list[str]:
    rows = other_incomes(budget)
    if not rows:
        return []
    index = index_of(budget, budget.main_column)
    amount = words.exact(sum(kronor_in(row.cells[index]) or 0 for row in rows))
    if all(row.funder is Funder.INTEREST for row in rows):
        return [words.of(budget.columns[index], "who-pays.interest", amount=amount)]
    names = listed([f"”{row.name}”" for row in rows])
    return [words.of(budget.columns[index], "who-pays.other", amount=amount, names=names)]


def _differs(budget: Budget, parties: _Parties) -> list[str]:
    """Return a sentence if a breakdown's parts don't sum to its row."""
    printed = member_income(budget)
    if printed == parties.whole:
        return []
    words = parties.words
    return [words.say("who-pays.differs", parts=words.exact(parties.whole), printed=words.exact(printed))]


def _table(parties: _Parties, year: int) -> ChartTable:
    words = parties.words
    rows = []
    for funder, amount in parties.sums.items():
        percent = f"{percent_number(parties.share(funder))}{HARD_SPACE}%"
        rows.append(TableRow(parties.name(funder), (listed(parties.rows(funder)), words.in_unit(amount), percent)))
    total = (words.say("who-pays.everyone"), words.in_unit(parties.whole), f"100{HARD_SPACE}%")
    rows.append(TableRow(words.say("who-pays.total"), total, is_total=True))
    caption = f"Medlemsbidrag per part {year}, {words.unit_name}"
    return ChartTable(caption, ("Part", "Vilka", f"Belopp, {words.unit_word}", "Andel"), tuple(rows), text_columns=1)


# --- D2 -------------------------------------------------------------------------------------------------------------


def municipalities(budget: Budget, members: tuple[Member, ...], words: Words) -> Chart | Unshown | None:
    """Return what each kommun pays; Unshown where bars would show nothing, None unless the plan names two."""
    words = _in_payers_unit(budget, words)
    paid = [contribution for contribution in contributions(budget) if contribution.funder is Funder.MUNICIPALITY]
    ordered = sorted(paid, key=lambda contribution: -contribution.amount)
    whole = total_kronor([contribution.amount for contribution in paid])
    if len(paid) < 2:
        return None
    column = main_column(budget)
    names = {contribution.name: capitalised(_short_name(contribution.name, members)) for contribution in paid}
    unshown = _municipalities_unshown(ordered, words, column.year)
    if unshown:
        return Unshown("vad-kommunerna-betalar", unshown)
    bars = (
        Bar(names[contribution.name], contribution.amount, short(contribution.amount), Series.THIRD)
        for contribution in ordered
    )
    return Chart(
        id="vad-kommunerna-betalar",
        title=_municipalities_title(ordered, names, words, column.year),
        subtitle=words.say("municipalities.subtitle", kind=kind_of(column), year=column.year),
        description=words.say("municipalities.description", year=column.year),
        summary=_municipalities_summary(ordered, whole, names, words),
        help=words.say("municipalities.help"),
        keys=(),
        figure=Bars(tuple(bars)),
        table=_municipalities_table(ordered, whole, words, column.year),
    )


def _municipalities_unshown(ordered: list[Contribution], words: Words, year: int) -> str | None:
    """Say it in a sentence where bars would say nothing."""
    if ordered[-1].amount < 0:
        return words.say("municipalities.negative", year=year)
    return None if ordered[0].amount else words.say("municipalities.none", year=year)


def _municipalities_title(ordered: list[Contribution], names: dict[str, str], words: Words, year: int) -> str:
    most = [contribution for contribution in ordered if contribution.amount == ordered[0].amount]
    amount = words.rounded(ordered[0].amount)
    if len(most) == len(ordered):
        return words.say("municipalities.title-equal", count=number_word(len(ordered)), amount=amount, year=year)
    key = "municipalities.title" if len(most) == 1 else "municipalities.title-each"
    named = listed([names[contribution.name] for contribution in most])
    return words.say(key, names=named, amount=amount, year=year)


def _municipalities_summary(ordered: list[Contribution], whole: Kronor, names: dict[str, str], words: Words) -> str:
    most, least = ordered[0], ordered[-1]
    if most.amount == least.amount:
        percent = percent_number(share(most.amount, whole))
        return words.say("municipalities.summary-equal", whole=words.exact(whole), percent=percent)
    return words.say(
        "municipalities.summary",
        whole=words.exact(whole),
        most=names[most.name],
        most_percent=percent_number(share(most.amount, whole)),
        least=names[least.name],
        least_percent=percent_number(share(least.amount, whole)),
    )


def _municipalities_table(ordered: list[Contribution], whole: Kronor, words: Words, year: int) -> ChartTable:
    rows = [
        TableRow(
            contribution.name,
            (words.in_unit(contribution.amount), f"{percent_number(share(contribution.amount, whole))}{HARD_SPACE}%"),
        )
        for contribution in ordered
    ]
    total = (words.in_unit(whole), f"100{HARD_SPACE}%")
    rows.append(TableRow(words.say("municipalities.total"), total, is_total=True))
    caption = f"Medlemsbidrag per kommun {year}, {words.unit_name}"
    return ChartTable(caption, ("Kommun", f"Belopp, {words.unit_word}", "Andel av kommunernas del"), tuple(rows))
