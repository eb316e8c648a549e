"""A chart as a reader meets it: message, explanation, table and what to draw; and the words that charts share."""

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from insyn.charts.figures import Figure, Series
from insyn.model import ColumnKind, Kronor, Stated, Unit
from insyn.swedish import HARD_SPACE, MINUS, decimal, integer, round_half_up
from insyn.texts import Texts
from insyn.vocabulary import UNIT_NAMES, amount_in, kind_word, unit_word

MILLION = 1_000_000
THOUSAND = 1_000
HUNDRED = 100
COLUMN_SENTENCES = {
    ColumnKind.OUTCOME: "column-outcome",
    ColumnKind.FORECAST: "column-forecast",
    ColumnKind.BUDGET: "column-budget",
    ColumnKind.PLAN: "column-plan",
}


class TableRow(Struct, frozen=True):
    name: str
    cells: tuple[str, ...]
    is_total: bool = False


class Table(Struct, frozen=True):
    """The chart's figures. `headings` includes the first column's; cells before `text_columns` are words."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    text_columns: int = 0
    """How many of the cells, from the first, hold words rather than numbers."""


class Key(Struct, frozen=True):
    """What a colour means, where the marks themselves don't say it."""

    series: Series
    label: str


class Chart(Struct, frozen=True):
    id: str
    title: str
    subtitle: str
    description: str
    """Names the kind of chart for someone who can't see it."""
    summary: str
    help: str | None
    keys: tuple[Key, ...]
    figure: Figure
    table: Table
    by_staff: bool = False
    """Whether staff have written the title or summary."""


class Unshown(Struct, frozen=True):
    """A chart that would say nothing: a sentence stands in its place."""

    id: str
    text: str


class Words(Struct, frozen=True):
    """How charts of one plan put amounts and columns into words."""

    texts: Texts
    unit: Unit

    def say(self, key: str, **values: object) -> str:
        return self.texts.say(key, **values)

    def of(self, column: Stated, key: str, **values: object) -> str:
        """Speak of a column in the tense it needs: an outcome is past, all else is expected."""
        past = f"{key}-past"
        known = column.kind is ColumnKind.OUTCOME and past in self.texts.sentences
        return self.say(past if known else key, **values)

    def exact(self, kronor: int) -> str:
        """Write an amount in full: 4 018 000 kronor."""
        return self.say("kronor", amount=integer(kronor))

    def rounded(self, kronor: int) -> str:
        """Write an amount for a title: 8,2 miljoner kronor; below a million in full."""
        return self.in_millions(kronor, 1)

    def in_millions(self, kronor: int, places: int) -> str:
        if abs(kronor) >= MILLION:
            return self.say("millions-kronor", amount=in_millions(kronor, places))
        return self.exact(kronor)

    def column(self, column: Stated) -> str:
        """Speak of a column: "prognosen för 2023"."""
        return self.say(COLUMN_SENTENCES[column.kind], year=column.year)

    def share(self, share: Fraction) -> str:
        """Put a share of one into words; whole percent, or one decimal where whole ones would mislead."""
        percent = share * 100
        for low, high, key in (
            (Fraction(99, 2), Fraction(101, 2), "share-half"),
            (Fraction(49, 2), Fraction(51, 2), "share-quarter"),
            (Fraction(45), Fraction(99, 2), "share-about-half"),
            (Fraction(101, 2), Fraction(60), "share-more-than-half"),
        ):
            if low <= percent <= high:
                return self.say(key)
        if Fraction(9995, 100) <= percent < HUNDRED:
            return self.say("share-almost-all")
        whole = 1 <= percent < Fraction(199, 2) or percent == HUNDRED
        return self.say("share-percent", percent=decimal(percent, 0 if whole else 1))

    def percent(self, share: Fraction) -> str:
        """Write a share of one as a number of percent with one decimal, never as nothing when it is something."""
        return self.say("share-tiny") if 0 < share < Fraction(1, 2000) else percent_number(share)

    def in_unit(self, kronor: int) -> str:
        """Write an amount for a table in the plan's unit, without the unit."""
        return amount_in(self.unit, kronor)

    @property
    def unit_name(self) -> str:
        return UNIT_NAMES[self.unit]

    @property
    def unit_word(self) -> str:
        return unit_word(self.unit)


def in_millions(kronor: int, places: int = 1) -> str:
    return decimal(Fraction(kronor, MILLION), places)


def short(kronor: int, *, signed: bool = False) -> str:
    """Write an amount for a mark in a chart: 4,0 mnkr, 562 tkr, 68 kr."""
    plus = "+" if signed and kronor > 0 else ""
    if abs(kronor) >= MILLION - THOUSAND // 2:
        return f"{plus}{in_millions(kronor)}{HARD_SPACE}mnkr"
    if abs(kronor) >= THOUSAND:
        return f"{plus}{integer(int(round_half_up(Fraction(kronor, THOUSAND), 0)))}{HARD_SPACE}tkr"
    return f"{plus}{integer(kronor)}{HARD_SPACE}kr"


def percent_number(share: Fraction, places: int = 1) -> str:
    return decimal(share * 100, places)


def signed(kronor_text: str, kronor: int) -> str:
    """Put a plus before a positive amount, as a change or a result needs."""
    return f"+{kronor_text}" if kronor > 0 and not kronor_text.startswith(MINUS) else kronor_text


def kind_of(column: Stated) -> str:
    return kind_word(column.kind)


def adds_to_hundred(shares: Sequence[Fraction], places: int) -> bool:
    """Whether percentages, each rounded by itself, make exactly 100 together."""
    return sum(round_half_up(share * 100, places) for share in shares) == 100


def tentative(column: Stated) -> bool:
    return column.kind is ColumnKind.PLAN


def total_kronor(amounts: Sequence[Kronor]) -> Kronor:
    return Kronor(sum(amounts))
