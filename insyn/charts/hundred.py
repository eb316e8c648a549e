"""How are a hundred kronor used? The costs in whole kronor of a hundred (D4)."""

from collections.abc import Collection

from insyn.charts.chart import ChartTable, Hundred, Share, TableRow, Words, kind_of
from insyn.charts.purposes import Divided, PurposeBar, divide
from insyn.model import Budget, Column, Purpose
from insyn.money.budget import main_column, share
from insyn.swedish import HARD_SPACE, capitalised, round_half_up

KRONOR = 100


def hundred(budget: Budget, counted: Collection[Purpose], words: Words) -> Hundred | None:
    """Divide a hundred kronor as the costs are divided; None where they aren't divided, or something is taken off."""
    divided = divide(budget, counted, words)
    if divided is None or divided.below:
        return None
    parts, column = divided.parts, main_column(budget)
    kronor = [int(round_half_up(share(part.amount, divided.whole) * KRONOR, 0)) for part in parts]
    shares = tuple(_share(part, number, words) for part, number in zip(parts, kronor, strict=True))
    suffix = "" if divided.by_purpose else "-groups"
    return Hundred(
        id="en-hundralapp",
        title=words.of(column, "hundred.title", year=column.year),
        subtitle=words.say(f"hundred.subtitle{suffix}", kind=kind_of(column), year=column.year),
        shares=shares,
        summary=words.of(column, "hundred.summary", amount=shares[0].amount, purpose=parts[0].quoted),
        help=words.say("hundred.help" if sum(kronor) == KRONOR else "hundred.help-other", sum=sum(kronor)),
        table=_table(divided, shares, column, words),
    )


def _share(part: PurposeBar, kronor: int, words: Words) -> Share:
    if kronor == 0:
        amount = words.say("hundred.kronor-less")
    else:
        amount = words.say("hundred.kronor-one" if kronor == 1 else "hundred.kronor-many", count=kronor)
    told = words.say("hundred.part", purpose=part.quoted)
    return Share(amount.replace(" ", HARD_SPACE), told, kronor, part.series, part.tentative)


def _table(divided: Divided, shares: tuple[Share, ...], column: Column, words: Words) -> ChartTable:
    rows = [
        TableRow(part.name, (words.in_unit(part.amount), capitalised(one.amount)))
        for part, one in zip(divided.parts, shares, strict=True)
    ]
    together = sum(one.kronor for one in shares)
    total = (words.in_unit(divided.whole), words.say("hundred.kronor-many", count=together))
    rows.append(TableRow(words.say("purposes.total"), total, is_total=True))
    key = "hundred.caption" if divided.by_purpose else "hundred.caption-groups"
    caption = words.say(key, year=column.year, unit=words.unit_name)
    headings = ("Ändamål" if divided.by_purpose else "Grupp", f"Belopp, {words.unit_word}", "Av 100 kronor")
    return ChartTable(caption, headings, tuple(rows))
