"""Who pays? The parties' shares (D1) and each kommun's contribution (D2)."""

from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from insyn.charts.chart import (
    MILLION,
    PLACES,
    Chart,
    ChartTable,
    TableRow,
    Unshown,
    Words,
    kind_of,
    percent_number,
    spoken_millions,
    total_kronor,
)
from insyn.charts.figures import Bar, Bars, Series, ShareBar
from insyn.model import Budget, Funder, Kronor, Member
from insyn.money.budget import main_column, rows_of, share
from insyn.money.contributions import Contribution, by_funder, contributions, extra, member_income, payers_named
from insyn.money.unknown import Unknown
from insyn.swedish import HARD_SPACE, capitalised, integer, listed, number_word, round_half_up

SERIES = {
    Funder.STATE: Series.STATE,
    Funder.REGION: Series.REGION,
    Funder.MUNICIPALITY: Series.MUNICIPALITY,
}


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

    def named(self, funder: Funder) -> list[str]:
        """Return whose a party's rows are, as a sentence names them: the members where the rows name them."""
        names = [name for one in self.paid if one.funder is funder for name in payers_named(one, self.members)]
        return list(dict.fromkeys(names))

    def of_kind(self, funder: Funder) -> list[Member]:
        return [member for member in self.members if member.kind is funder]

    def payers(self, funder: Funder) -> list[Member] | None:
        """Return whose a party's rows are, each member once; None where a row names nobody and it may be another's."""
        mine = [contribution.member for contribution in self.paid if contribution.funder is funder]
        named = list({member.name: member for member in mine if member}.values())
        everyone = len(named) == len(self.of_kind(funder)) or len(self.of_kind(funder)) == 1
        if None in mine:
            return self.of_kind(funder) if everyone else None
        return named

    def name(self, funder: Funder) -> str:
        """Return a party's name: Staten, Regionen (or Landstinget), Sex kommuner."""
        payers = self.payers(funder)
        if funder is Funder.STATE:
            return self.words.say("funder-state")
        if funder is Funder.REGION:
            one = payers is not None and len(payers) == 1
            return capitalised(payers[0].short_name) if one and payers else self.words.say("funder-region-many")
        if payers is None:
            return self.words.say("funder-municipality-some")
        if len(payers) == 1:
            return payers[0].name
        return capitalised(self.words.say("funder-municipality-many", count=number_word(len(payers))))


def who_pays(budget: Budget, members: tuple[Member, ...], words: Words) -> Chart | Unshown:
    """Return the parties' shares of the members' contributions."""
    words = _in_payers_unit(budget, words)
    paid = contributions(budget, members)
    if isinstance(paid, Unknown):
        key = "who-pays.lacking" if paid.rows else "who-pays.nothing"
        return Unshown("vem-betalar", words.say(key, rows=words.quoted(paid.rows), year=main_column(budget).year))
    parties = _Parties(paid, by_funder(paid), members, words)
    if len(parties.sums) < 2:
        return Unshown("vem-betalar", words.say("who-pays.nothing"))
    column = main_column(budget)
    return Chart(
        id="vem-betalar",
        title=_title(parties, column.year),
        subtitle=words.say("who-pays.subtitle", kind=kind_of(column), year=column.year),
        description=words.say("who-pays.description", year=column.year),
        summary=" ".join([_summary(parties), *_extra(budget, words), *_differs(budget, parties)]),
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
    words, amount, whole = parties.words, parties.sums[most], parties.whole
    told = words.share(parties.share(most))
    in_full = whole < MILLION
    if told == words.say("share-half") and (in_full or not _shows_half(amount, whole)):
        in_full = in_full or 2 * amount == whole
        told = told if 2 * amount == whole else words.say("share-about-half")
    return words.say(
        "who-pays.title",
        party=parties.name(most),
        share=told,
        part=integer(amount) if in_full else spoken_millions(amount),
        whole=words.exact(whole) if in_full else words.rounded(whole),
        year=year,
    )


def _shows_half(part: int, whole: int) -> bool:
    """Whether a reader of the rounded amounts sees that one is half of the other: 4,04 of 8,08."""
    return 2 * round_half_up(Fraction(part, MILLION), PLACES) == round_half_up(Fraction(whole, MILLION), PLACES)


def _part(funder: Funder, parties: _Parties) -> Bar:
    percent = f"{percent_number(parties.share(funder))}{HARD_SPACE}%"
    return Bar(parties.name(funder), parties.sums[funder], percent, SERIES[funder])


def _summary(parties: _Parties) -> str:
    words = parties.words
    parts = []
    for number, (funder, amount) in enumerate(parties.sums.items()):
        payers, rows = parties.payers(funder), parties.rows(funder)
        if funder is Funder.MUNICIPALITY and len(rows) > 1 and (payers is None or len(payers) > 1):
            key = "who-pays.part-municipalities" if payers else "who-pays.part-municipalities-some"
            count = number_word(len(payers or ()))
            parts.append(words.say(key, count=count, amount=words.exact(amount)))
            continue
        key = "who-pays.part" if number else "who-pays.part-first"
        names = parties.named(funder)
        parts.append(words.say(key, names=listed(names), amount=words.exact(amount)))
    return capitalised(words.say("who-pays.summary", parts=listed(parts)))


def _extra(budget: Budget, words: Words) -> list[str]:
    """Tell what comes in beside contributions, and what is paid back: that is nobody's income."""
    found, column, sentences = extra(budget), main_column(budget), []
    for key, rows in (("other", found.incomes), ("paid-back", found.paid_back)):
        if not rows:
            continue
        amount = words.exact(sum(amount for _, amount in rows))
        names = words.quoted([row.name for row, _ in rows])
        only_interest = not found.lacks_interest and all(row.funder is Funder.INTEREST for row, _ in rows)
        said = "who-pays.interest" if key == "other" and only_interest else f"who-pays.{key}"
        sentences.append(words.of(column, said, amount=amount, names=names))
    return sentences


def _differs(budget: Budget, parties: _Parties) -> list[str]:
    """Return a sentence if a breakdown's parts don't sum to its row."""
    printed = member_income(budget)
    if isinstance(printed, Unknown) or printed == parties.whole:
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
    caption = words.say("who-pays.caption", year=year, unit=words.unit_name)
    return ChartTable(caption, ("Part", "Vilka", f"Belopp, {words.unit_word}", "Andel"), tuple(rows), text_columns=1)


# --- D2 -------------------------------------------------------------------------------------------------------------


class _Municipality(Struct, frozen=True):
    """A kommun's contribution, in one row or several."""

    name: str
    short_name: str
    amount: Kronor


def municipalities(budget: Budget, members: tuple[Member, ...], words: Words) -> Chart | Unshown | None:
    """Return what each kommun pays; Unshown where bars would show nothing, None unless the plan names two."""
    words = _in_payers_unit(budget, words)
    found = contributions(budget, members)
    if isinstance(found, Unknown):
        return None
    paid = [contribution for contribution in found if contribution.funder is Funder.MUNICIPALITY]
    ordered = _by_member(paid)
    if len(ordered) < 2:
        return None
    column = main_column(budget)
    unshown = _municipalities_unshown(paid, words, column.year)
    if unshown:
        return Unshown("vad-kommunerna-betalar", unshown)
    whole = total_kronor([one.amount for one in ordered])
    marks = words.marking(one.amount for one in ordered)
    bars = (Bar(one.short_name, one.amount, marks.mark(one.amount), Series.MUNICIPALITY) for one in ordered)
    return Chart(
        id="vad-kommunerna-betalar",
        title=_municipalities_title(ordered, words, column.year),
        subtitle=words.say("municipalities.subtitle", kind=kind_of(column), year=column.year),
        description=words.say("municipalities.description", year=column.year),
        summary=_municipalities_summary(ordered, whole, words),
        help=words.say("municipalities.help"),
        keys=(),
        figure=Bars(tuple(bars)),
        table=_municipalities_table(ordered, whole, words, column.year),
    )


def _by_member(paid: list[Contribution]) -> list[_Municipality]:
    """Return each member's contribution, with its largest row first."""
    sums: dict[str, int] = {}
    members = {one.member.name: one.member for one in paid if one.member}
    for one in paid:
        if one.member:
            sums[one.member.name] = sums.get(one.member.name, 0) + one.amount
    alone = {one.member.name: one.name for one in paid if one.member}
    rows = [one.member.name for one in paid if one.member]
    return sorted(
        (
            _Municipality(
                alone[name] if rows.count(name) == 1 else name, capitalised(members[name].short_name), Kronor(amount)
            )
            for name, amount in sums.items()
        ),
        key=lambda one: -one.amount,
    )


def _municipalities_unshown(paid: list[Contribution], words: Words, year: int) -> str | None:
    """Say it in a sentence where bars would say nothing, or not whose all of the money is."""
    nobodys = [one.name for one in paid if one.member is None and one.amount]
    if nobodys:
        return words.say("municipalities.nobodys", rows=words.quoted(nobodys), year=year)
    return None if any(one.amount for one in paid) else words.say("municipalities.none", year=year)


def _municipalities_title(ordered: list[_Municipality], words: Words, year: int) -> str:
    most = [one for one in ordered if one.amount == ordered[0].amount]
    amount = words.rounded(ordered[0].amount)
    if len(most) == len(ordered):
        return words.say("municipalities.title-equal", count=number_word(len(ordered)), amount=amount, year=year)
    key = "municipalities.title" if len(most) == 1 else "municipalities.title-each"
    return words.say(key, names=listed([one.short_name for one in most]), amount=amount, year=year)


def _municipalities_summary(ordered: list[_Municipality], whole: Kronor, words: Words) -> str:
    most, least = ordered[0], ordered[-1]
    if most.amount == least.amount:
        percent = percent_number(share(most.amount, whole))
        return words.say("municipalities.summary-equal", whole=words.exact(whole), percent=percent)
    return words.say(
        "municipalities.summary",
        whole=words.exact(whole),
        most=most.short_name,
        most_percent=percent_number(share(most.amount, whole)),
        least=least.short_name,
        least_percent=percent_number(share(least.amount, whole)),
    )


def _municipalities_table(ordered: list[_Municipality], whole: Kronor, words: Words, year: int) -> ChartTable:
    rows = [
        TableRow(one.name, (words.in_unit(one.amount), f"{percent_number(share(one.amount, whole))}{HARD_SPACE}%"))
        for one in ordered
    ]
    total = (words.in_unit(whole), f"100{HARD_SPACE}%")
    rows.append(TableRow(words.say("municipalities.total"), total, is_total=True))
    caption = words.say("municipalities.caption", year=year, unit=words.unit_name)
    return ChartTable(caption, ("Kommun", f"Belopp, {words.unit_word}", "Andel av kommunernas del"), tuple(rows))
