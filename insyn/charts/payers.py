"""Who pays? The parties' shares (D1) and each kommun's contribution (D2)."""

from dataclasses import replace

from insyn.budget import Contribution, by_funder, contributions, index_of, main_year, other_incomes, rows_of, share
from insyn.charts.chart import (
    MILLION,
    Chart,
    Table,
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
from insyn.swedish import HARD_SPACE, capitalised, integer, listed, number_word

SERIES = {Funder.STATE: Series.FIRST, Funder.REGION: Series.SECOND, Funder.MUNICIPALITY: Series.THIRD}


def who_pays(budget: Budget, members: tuple[Member, ...], words: Words) -> Chart | Unshown:
    """Show the parties' shares of the members' contributions."""
    words = _in_payers_unit(budget, words)
    paid = contributions(budget)
    sums = by_funder(paid)
    if len(sums) < 2:
        return Unshown("vem-betalar", words.say("who-pays.nothing"))
    year = main_year(budget).column.year
    whole = total_kronor(list(sums.values()))
    most = max(sums, key=lambda funder: sums[funder])
    party = _party(most, paid, members, words)
    return Chart(
        id="vem-betalar",
        title=words.say(
            "who-pays.title",
            party=party,
            share=words.share(share(sums[most], whole)),
            part=_beside(sums[most], whole),
            whole=words.rounded(whole),
            year=year,
        ),
        subtitle=words.say("who-pays.subtitle", kind=kind_of(main_year(budget).column), year=year),
        description=words.say("who-pays.description", year=year),
        summary=_summary(budget, paid, sums, words),
        help=words.say("who-pays.help"),
        keys=(),
        figure=ShareBar(tuple(_part(funder, sums, whole, paid, members, words) for funder in sums)),
        table=_table(sums, whole, paid, members, words, year),
    )


def _in_payers_unit(budget: Budget, words: Words) -> Words:
    """Use the unit of the breakdown where one tells who pays: it may be finer than the table's."""
    breakdowns = [row.breakdown for row in rows_of(budget.income.rows) if row.breakdown]
    return replace(words, unit=breakdowns[0].unit) if breakdowns else words


def _beside(part: int, whole: int) -> str:
    """Write an amount that stands before another: "4,0 av 8,0 miljoner kronor" names the unit once."""
    return in_millions(part) if part >= MILLION and whole >= MILLION else integer(part)


def _part(
    funder: Funder,
    sums: dict[Funder, Kronor],
    whole: Kronor,
    paid: tuple[Contribution, ...],
    members: tuple[Member, ...],
    words: Words,
) -> Bar:
    percent = f"{percent_number(share(sums[funder], whole), 0)}{HARD_SPACE}%"
    return Bar(_party(funder, paid, members, words), sums[funder], percent, SERIES[funder])


def _party(funder: Funder, paid: tuple[Contribution, ...], members: tuple[Member, ...], words: Words) -> str:
    """Name a party: Staten, Regionen (or Landstinget), Sex kommuner."""
    rows = [contribution for contribution in paid if contribution.funder is funder]
    if funder is Funder.STATE:
        return words.say("funder-state")
    if funder is Funder.REGION:
        return capitalised(_short_name(rows[0].name, members)) if len(rows) == 1 else words.say("funder-region-many")
    if len(rows) == 1:
        return rows[0].name
    return capitalised(words.say("funder-municipality-many", count=number_word(len(rows))))


def _short_name(name: str, members: tuple[Member, ...]) -> str:
    """Return the short name that the förbund has given a member, never one made by rule."""
    for member in members:
        if name in (member.name, member.short_name, *member.also):
            return member.short_name
    return name


def _summary(budget: Budget, paid: tuple[Contribution, ...], sums: dict[Funder, Kronor], words: Words) -> str:
    parts = []
    for number, funder in enumerate(sums):
        rows = [contribution.name for contribution in paid if contribution.funder is funder]
        names = listed(rows) if len(rows) < 3 else ""
        if not names:
            key = "who-pays.part-municipalities"
            parts.append(words.say(key, count=number_word(len(rows)), amount=words.exact(sums[funder])))
            continue
        key = "who-pays.part" if number else "who-pays.part-first"
        parts.append(words.say(key, names=names, amount=words.exact(sums[funder])))
    sentence = words.say("who-pays.summary", parts=listed(parts))
    return " ".join([capitalised(sentence), *_other_income(budget, words)])


def _other_income(budget: Budget, words: Words) -> list[str]:
    rows = other_incomes(budget)
    if not rows:
        return []
    index = index_of(budget, budget.main_column)
    amount = words.exact(sum(kronor_in(row.cells[index]) or 0 for row in rows))
    if all(row.funder is Funder.INTEREST for row in rows):
        return [words.say("who-pays.interest", amount=amount)]
    return [words.say("who-pays.other", amount=amount, names=listed([f"”{row.name}”" for row in rows]))]


def _table(
    sums: dict[Funder, Kronor],
    whole: Kronor,
    paid: tuple[Contribution, ...],
    members: tuple[Member, ...],
    words: Words,
    year: int,
) -> Table:
    rows = []
    for funder, amount in sums.items():
        names = listed([contribution.name for contribution in paid if contribution.funder is funder])
        percent = f"{percent_number(share(amount, whole))}{HARD_SPACE}%"
        rows.append(TableRow(_party(funder, paid, members, words), (names, words.in_unit(amount), percent)))
    total = (words.say("who-pays.everyone"), words.in_unit(whole), f"100{HARD_SPACE}%")
    rows.append(TableRow(words.say("who-pays.total"), total, is_total=True))
    caption = f"Medlemsbidrag per part {year}, {words.unit_name}"
    return Table(caption, ("Part", "Vilka", f"Belopp, {words.unit_word}", "Andel"), tuple(rows), text_columns=1)


# --- D2 -------------------------------------------------------------------------------------------------------------


def municipalities(budget: Budget, members: tuple[Member, ...], words: Words) -> Chart | None:
    """Show what each kommun pays; None when the plan doesn't name two of them."""
    words = _in_payers_unit(budget, words)
    paid = [contribution for contribution in contributions(budget) if contribution.funder is Funder.MUNICIPALITY]
    ordered = sorted(paid, key=lambda contribution: -contribution.amount)
    whole = total_kronor([contribution.amount for contribution in paid])
    if len(paid) < 2 or not whole:
        return None
    column = main_year(budget).column
    names = {contribution.name: capitalised(_short_name(contribution.name, members)) for contribution in paid}
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


def _municipalities_title(ordered: list[Contribution], names: dict[str, str], words: Words, year: int) -> str:
    most = [contribution for contribution in ordered if contribution.amount == ordered[0].amount]
    amount = words.rounded(ordered[0].amount)
    if len(most) == len(ordered):
        return words.say("municipalities.title-equal", count=number_word(len(ordered)), amount=amount, year=year)
    key = "municipalities.title" if len(most) == 1 else "municipalities.title-each"
    named = listed([names[contribution.name] for contribution in most])
    return words.say(key, names=named, amount=amount, year=year)


def _municipalities_summary(
    ordered: list[Contribution], whole: Kronor, names: dict[str, str], words: Words
) -> str:
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


def _municipalities_table(ordered: list[Contribution], whole: Kronor, words: Words, year: int) -> Table:
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
    return Table(caption, ("Kommun", f"Belopp, {words.unit_word}", "Andel av kommunernas del"), tuple(rows))
