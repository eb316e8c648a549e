"""Charts as values: title, summary, table and figure; and the wording that charts share."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from insyn.charts.figures import Figure, Series
from insyn.model import ColumnKind, Kronor, Stated, Unit
from insyn.money.unknown import Money, Unknown
from insyn.swedish import HARD_SPACE, MINUS, decimal, integer, listed, number_word, quotient, round_half_up
from insyn.texts import Texts
from insyn.vocabulary import UNIT_NAMES, amount_in, kind_word, kronor_in_words, millions_in_words, unit_word

MILLION = 1_000_000
THOUSAND = 1_000
HUNDRED = 100
PLACES = 2
"""Decimals of a million wherever one is rounded, so that an amount is the same all over a page."""
MOST_ROWS = 8
"""As many rows without amount are named; the rest are counted."""
NOTICEABLE = Fraction(1, 100)
"""The least relative change that is mentioned as one."""

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


class ChartTable(Struct, frozen=True):
    """The chart's figures. `headings` includes the first column's."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    text_columns: int = 0
    """How many cells, from the first, have words rather than numbers."""


class Key(Struct, frozen=True):
    """An entry of the legend."""

    series: Series | None
    """None for the line that crosses bars."""
    label: str


class Chart(Struct, frozen=True):
    id: str
    title: str
    subtitle: str
    description: str
    """The kind of chart, for those who can't see it."""
    summary: str
    help: str | None
    keys: tuple[Key, ...]
    figure: Figure
    table: ChartTable
    by_staff: bool = False
    """Whether title or summary is staff's own."""


class Share(Struct, frozen=True):
    """A part's share of a hundred kronor."""

    amount: str
    """"55 kronor", or "mindre än 1 krona"."""
    words: str
    """"till stöd till enskilda personer"."""
    kronor: int
    series: Series
    tentative: bool


class Hundred(Struct, frozen=True):
    """A whole as a hundred kronor: a list with bars drawn by CSS."""

    id: str
    title: str
    subtitle: str
    shares: tuple[Share, ...]
    summary: str
    help: str
    table: ChartTable
    by_staff: bool = False


class Message(Struct, frozen=True):
    """A title and summary above a table that the page has anyway."""

    id: str
    title: str
    summary: str
    by_staff: bool = False


class Unshown(Struct, frozen=True):
    """A sentence in place of a chart that would show nothing."""

    id: str
    text: str


class Words(Struct, frozen=True):
    """The wording of amounts and columns in one plan's charts."""

    texts: Texts
    unit: Unit
    mark_unit: Unit | None = None
    """Of every mark in a chart; None where an amount decides it itself."""

    def say(self, key: str, **values: object) -> str:
        return self.texts.say(key, **values)

    def of(self, column: Stated, key: str, **values: object) -> str:
        """Return a sentence on a column in the right tense: past for an outcome, else expected."""
        return self.of_kind(column.kind, key, **values)

    def of_kind(self, kind: ColumnKind, key: str, **values: object) -> str:
        """Return a sentence on a kind of column: past for an outcome, "väntas" for a forecast."""
        tense = {ColumnKind.OUTCOME: f"{key}-past", ColumnKind.FORECAST: f"{key}-forecast"}.get(kind, key)
        return self.say(tense if tense in self.texts.sentences else key, **values)

    def exact(self, kronor: int) -> str:
        """Return an amount in full: 4 018 000 kronor."""
        return kronor_in_words(kronor, self.texts)

    def rounded(self, kronor: int) -> str:
        """Return an amount for a title: 8,24 miljoner kronor, 3 miljoner kronor; in full below a million."""
        return millions_in_words(spoken_millions(kronor), self.texts) if abs(kronor) >= MILLION else self.exact(kronor)

    def alike(self, *amounts: int) -> tuple[str, ...]:
        """Return the amounts of a sentence, rounded as by `rounded` and all in one unit."""
        in_full = any(0 < abs(amount) < MILLION for amount in amounts)
        return tuple(self.exact(amount) if in_full else self.rounded(amount) for amount in amounts)

    def column(self, column: Stated) -> str:
        """Return a column's name in a sentence: "prognosen för 2023"."""
        return self.kind(column.kind, column.year)

    def kind(self, kind: ColumnKind, year: int) -> str:
        return self.say(COLUMN_SENTENCES[kind], year=year)

    def most_of(self, names: Sequence[str], most: int) -> str:
        """Join names as in a sentence, and count those beyond `most`: a, b och fyra till."""
        if len(names) <= most + 1:
            return listed(names)
        return listed([*names[:most], self.say("more", count=number_word(len(names) - most))])

    def share(self, share: Fraction) -> str:
        """Return a share (0–1) in words: a half is one that reads 50,0 percent; percent has the tables' decimal."""
        percent = share * 100
        told = round_half_up(percent, 1)
        named = {Decimal(50): "share-half", Decimal(25): "share-quarter"}.get(told)
        if named:
            return self.say(named)
        if 45 <= percent <= 60:
            return self.say("share-about-half" if percent < 50 else "share-more-than-half")
        if percent < HUNDRED == told:
            return self.say("share-almost-all")
        return self.say("share-percent", percent=decimal(percent, 0 if percent.denominator == 1 else 1))

    def percent(self, share: Fraction) -> str:
        """Return a share (0–1) in percent with one decimal; one too small for that is "mindre än"."""
        return self.say("share-tiny") if 0 < share < Fraction(1, 2000) else percent_number(share)

    def in_unit(self, kronor: int) -> str:
        """Return an amount for a table, in the plan's unit but without it."""
        return amount_in(self.unit, kronor)

    def amount_or_unknown(self, figure: Money | None) -> str:
        """Return an amount for a table, or that it is unknown."""
        return self.say("not-told") if figure is None or isinstance(figure, Unknown) else self.in_unit(figure)

    def signed_or_unknown(self, figure: Money | None) -> str:
        """Return a change or a result for a table, or that it is unknown."""
        amount = self.amount_or_unknown(figure)
        return amount if figure is None or isinstance(figure, Unknown) else signed(amount, figure)

    def lacking(self, what: str, figures: Iterable[tuple[Stated, Money]]) -> list[str]:
        """Return sentences on the rows without the amounts that unknown figures need."""
        columns: dict[tuple[str, ...], list[str]] = {}
        for column, figure in figures:
            if isinstance(figure, Unknown) and figure.rows:
                columns.setdefault(figure.rows, []).append(self.column(column))
        return [
            self.say(
                f"unknown.{what}",
                columns=listed(named),
                rows=self.most_of([f"”{row}”" for row in rows], MOST_ROWS),
            )
            for rows, named in columns.items()
        ]

    def quoted(self, names: Sequence[str]) -> str:
        return listed([f"”{name}”" for name in names])

    def marking(self, amounts: Iterable[int]) -> "Words":
        """Return the wording of a chart with these amounts: all its marks have the unit that the least one needs."""
        sizes = [abs(amount) for amount in amounts if amount]
        if not sizes:
            return self
        in_plans_unit = self.unit is Unit.MKR and max(sizes) >= MILLION
        return replace(self, mark_unit=Unit.MKR if in_plans_unit else short_unit(min(sizes)))

    def mark(self, kronor: int, *, signed: bool = False) -> str:
        """Return an amount for a mark: 8,09 mnkr, 562 tkr, never finer than the plan's unit."""
        unit = self.mark_unit or short_unit(kronor)
        if unit is not Unit.MKR or self.unit is not Unit.MKR:
            return short(kronor, unit, signed=signed)
        return f"{'+' if signed and kronor > 0 else ''}{self.in_unit(kronor)}{HARD_SPACE}mnkr"

    @property
    def unit_name(self) -> str:
        return UNIT_NAMES[self.unit]

    @property
    def unit_word(self) -> str:
        return unit_word(self.unit)


def in_millions(kronor: int) -> str:
    return quotient(kronor, MILLION, PLACES)


def spoken_millions(kronor: int) -> str:
    """Return millions as they are spoken of: 8,24, and 3 or 3,5 where that is all there is."""
    number = in_millions(kronor)
    return number if kronor % (MILLION // 10**PLACES) else number.rstrip("0").rstrip(",")


def short_unit(kronor: int) -> Unit:
    """Return the unit in which an amount is short and yet not rounded to nothing."""
    if abs(kronor) >= MILLION - THOUSAND // 2:
        return Unit.MKR
    return Unit.TKR if abs(kronor) >= THOUSAND else Unit.KR


def short(kronor: int, unit: Unit, *, signed: bool = False) -> str:
    """Return an amount for a mark: 4,02 mnkr, 562 tkr, 68 kr."""
    plus = "+" if signed and kronor > 0 else ""
    match unit:
        case Unit.MKR:
            number = in_millions(kronor) if kronor else integer(0)
            return f"{plus}{number}{HARD_SPACE}mnkr"
        case Unit.TKR:
            return f"{plus}{quotient(kronor, THOUSAND, 0)}{HARD_SPACE}tkr"
        case Unit.KR:
            return f"{plus}{integer(kronor)}{HARD_SPACE}kr"


def turn(before: int, now: int) -> str:
    """Return an amount's direction: up, down, same, or near for a change below `NOTICEABLE`."""
    if now == before:
        return "same"
    if abs(now - before) < NOTICEABLE * abs(before):
        return "near"
    return "up" if now > before else "down"


def percent_number(share: Fraction, places: int = 1) -> str:
    return quotient(share.numerator * HUNDRED, share.denominator, places)


def signed(kronor_text: str, kronor: int) -> str:
    """Return the text with a plus if the amount is positive."""
    return f"+{kronor_text}" if kronor > 0 and not kronor_text.startswith(MINUS) else kronor_text


def kind_of(column: Stated) -> str:
    return kind_word(column.kind)


def adds_to_hundred(shares: Sequence[Fraction], places: int) -> bool:
    """Whether individually rounded percentages sum to exactly 100."""
    return sum(round_half_up(share * 100, places) for share in shares) == 100


def tentative(column: Stated) -> bool:
    return column.kind is ColumnKind.PLAN


def total_kronor(amounts: Sequence[Kronor]) -> Kronor:
    return Kronor(sum(amounts))
