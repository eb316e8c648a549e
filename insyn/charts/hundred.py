"""How are a hundred kronor used? The costs in whole kronor of a hundred (D4)."""

from fractions import Fraction

from insyn.charts.chart import ChartTable, Hundred, Share, TableRow, Words, kind_of, total_kronor
from insyn.charts.purposes import PurposeBar, divide
from insyn.model import Budget, Column
from insyn.money.budget import main_column, share
from insyn.swedish import HARD_SPACE, capitalised

KRONOR = 100
HALF = Fraction(1, 2)


def hundred(budget: Budget, words: Words) -> Hundred | None:
    """Divide a hundred kronor as the costs are divided; None where they aren't divided at all."""
    divided = divide(budget, words)
    if divided is None:
        return None
    parts, by_purpose = divided
    column = main_column(budget)
    whole = total_kronor([part.amount for part in parts])
    kronor = in_whole([share(part.amount, whole) * KRONOR for part in parts])
    shares = tuple(_share(part, number, words) for part, number in zip(parts, kronor, strict=True))
    return Hundred(
        id="en-hundralapp",
        title=words.of(column, "hundred.title", year=column.year),
        subtitle=words.say(
            "hundred.subtitle" if by_purpose else "hundred.subtitle-groups", kind=kind_of(column), year=column.year
        ),
        shares=shares,
        summary=words.of(column, "hundred.summary", amount=shares[0].amount, purpose=parts[0].quoted),
        help=words.say("hundred.help" if sum(kronor) == KRONOR else "hundred.help-other", sum=sum(kronor)),
        table=_table(parts, shares, column, words, by_purpose=by_purpose),
    )


def in_whole(exact: list[Fraction]) -> list[int]:
    """Round to whole numbers with the same sum, by largest remainder, as far as equal ones can stay equal.

    What is left when equal ones can't all be rounded up is rounded as numbers are, so the sum may be another. Less than
    a half is never rounded up.
    """
    whole = {number: int(number) for number in exact}
    left = int(sum(exact)) - sum(whole[number] for number in exact)
    for number in sorted((one for one in whole if one >= HALF), key=lambda one: whole[one] - one):
        equal = exact.count(number)
        if left >= equal or (left > 0 and number - whole[number] >= HALF):
            whole[number] += 1
        left -= equal
    return [whole[number] for number in exact]


def _share(part: PurposeBar, kronor: int, words: Words) -> Share:
    if kronor == 0:
        amount = words.say("hundred.kronor-less")
    else:
        amount = words.say("hundred.kronor-one" if kronor == 1 else "hundred.kronor-many", count=kronor)
    told = words.say("hundred.part", purpose=part.quoted)
    return Share(amount.replace(" ", HARD_SPACE), told, kronor, part.series, part.tentative)


def _table(
    parts: list[PurposeBar], shares: tuple[Share, ...], column: Column, words: Words, *, by_purpose: bool
) -> ChartTable:
    whole = total_kronor([part.amount for part in parts])
    rows = [
        TableRow(part.name, (words.in_unit(part.amount), capitalised(one.amount)))
        for part, one in zip(parts, shares, strict=True)
    ]
    total = (words.in_unit(whole), words.say("hundred.kronor-many", count=KRONOR))
    rows.append(TableRow(words.say("purposes.total"), total, is_total=True))
    key = "hundred.caption" if by_purpose else "hundred.caption-groups"
    caption = words.say(key, year=column.year, unit=words.unit_name)
    headings = ("Ändamål" if by_purpose else "Grupp", f"Belopp, {words.unit_word}", "Av 100 kronor")
    return ChartTable(caption, headings, tuple(rows))
