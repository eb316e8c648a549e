"""A förbund's money over the years: charts, a table of all figures in its plans, and breaks in the series."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from insyn.charts.chart import Chart, ChartTable, TableRow, Words, signed
from insyn.charts.years import costs_over_years, savings_over_years
from insyn.downloads.files import FileFacts
from insyn.model import Association, EquityModel, Status, Unit
from insyn.money.plan_money import PlanMoney, common_unit
from insyn.money.years import YearPoint, model_breaks, points_of, proposed_points, seams_of, untold_years
from insyn.pages.drawn import Drawn, chart_view
from insyn.pages.files import file_view
from insyn.pages.frame import DATA, Neighbour, link
from insyn.pages.parts import ChartView, FileView, PageLink
from insyn.swedish import listed, month
from insyn.swedish import years as year_span
from insyn.texts import Texts
from insyn.vocabulary import UNIT_NAMES, kind_and_year

SECTION_ID = "pengarna-ar-for-ar"
TABLE_ID = "tabell-ar-for-ar"
SEAMS_ID = "tabell-plan-till-plan"
CHART_IDS = frozenset({"kostnader-ar-for-ar", "sparat-ar-for-ar"})
IDS = frozenset({SECTION_ID, TABLE_ID, SEAMS_ID, "plan-till-plan", *CHART_IDS, *(f"{id}-tabell" for id in CHART_IDS)})
SHORT_TABLE = 8
"""A table with more rows than this is folded."""


class YearRow(Struct, frozen=True):
    """One plan's figures for one year, of one kind."""

    heading: str
    note: str | None
    """The month of a forecast."""
    costs: str
    income: str
    result: str
    closing: str
    source: PageLink


class YearsTable(Struct, frozen=True):
    """All money figures of a förbund's plans, in time order."""

    id: str
    caption: str
    rows: tuple[YearRow, ...]
    folded: bool
    """Whether it is so long that it starts closed."""


class MoneyYears(Struct, frozen=True):
    """A förbund's money over the years."""

    charts: tuple[ChartView, ...]
    table: YearsTable
    proposals: tuple[YearsTable, ...]
    """The figures of each proposal that awaits a decision."""
    notes: tuple[str, ...]
    seams_id: str
    seams: ChartTable | None
    """Years where a plan's opening savings differ from the closing savings of the plan before."""
    files: tuple[FileView, ...] = ()
    """The figures as files."""


def words_for(monies: Sequence[PlanMoney], texts: Texts) -> Words:
    """Return the wording of a förbund's amounts, in the unit of its plans."""
    return Words(texts, common_unit(money.unit for money in monies if money.is_used))


def charts_over_years(monies: Sequence[PlanMoney], texts: Texts) -> tuple[Chart, ...]:
    """Return the charts of a förbund's money that have something to show."""
    points, words = points_of(monies), words_for(monies, texts)
    charts = (costs_over_years(points, words), savings_over_years(points, words))
    return tuple(chart for chart in charts if chart is not None)


def money_years(
    here: str, monies: Sequence[PlanMoney], drawn: Sequence[Drawn], file: FileFacts | None, texts: Texts
) -> MoneyYears | None:
    """Compose the section for the page at `here`; None if no plan states any figure. `file` has its figures."""
    words, points = words_for(monies, texts), points_of(monies)
    if not points:
        return None
    return MoneyYears(
        charts=tuple(chart_view(one.chart, one.drawing) for one in drawn),
        table=years_table(here, monies[0].association, points, words),
        proposals=tuple(_proposal_tables(here, monies, words)),
        notes=tuple(_notes(monies, points, words)),
        seams_id=SEAMS_ID,
        seams=_seams_table(monies, words),
        files=(file_view(texts.say("file-over-years"), file, f"./{DATA}"),) if file else (),
    )


# --- The table ------------------------------------------------------------------------------------------------------


def years_table(here: str, association: str, points: Sequence[YearPoint], words: Words) -> YearsTable:
    """Lay out all figures of a förbund's plans, in time order."""
    caption = words.say("years.caption", unit=words.unit_name)
    return _table(here, association, points, words, id=TABLE_ID, caption=caption)


def _proposal_tables(here: str, monies: Sequence[PlanMoney], words: Words) -> Iterator[YearsTable]:
    for money in sorted(monies, key=lambda money: money.year):
        points = [point for point in proposed_points(monies) if point.plan == money.year]
        if points:
            caption = words.say("years.caption-proposal", year=money.year, unit=words.unit_name)
            yield _table(here, money.association, points, words, id=f"forslag--{money.year}", caption=caption)


def years_table_among_others(
    here: str, association: Association, points: Sequence[YearPoint], words: Words
) -> YearsTable:
    """Lay out the same on a page with the tables of several förbund."""
    caption = words.say("years.caption-of", association=association.name, unit=words.unit_name)
    return _table(here, association.id, points, words, id=f"ar-{association.id}", caption=caption)


def _table(
    here: str, association: str, points: Sequence[YearPoint], words: Words, *, id: str, caption: str
) -> YearsTable:
    rows = tuple(_row(here, association, point, words) for point in points)
    return YearsTable(id, caption, rows, folded=len(points) > SHORT_TABLE)


def _row(here: str, association: str, point: YearPoint, words: Words) -> YearRow:
    return YearRow(
        heading=point.label or kind_and_year(point),
        note=month(point.as_of) if point.as_of else None,
        costs=words.amount_or_unknown(point.costs),
        income=words.amount_or_unknown(point.income),
        result=words.signed_or_unknown(point.result),
        closing=words.amount_or_unknown(point.closing),
        source=_source(here, association, point, words),
    )


def _source(here: str, association: str, point: YearPoint, words: Words) -> PageLink:
    key = "years.source-proposal" if point.is_proposal else "years.source"
    told = words.texts.about(point.document.value).say(key, year=point.plan)
    return link(here, Neighbour(told, f"{association}/{point.plan}/"))


# --- Breaks ---------------------------------------------------------------------------------------------------------


def _notes(monies: Sequence[PlanMoney], points: Sequence[YearPoint], words: Words) -> Iterator[str]:
    """Yield the reasons why certain years aren't directly comparable."""
    spans = untold_years(point.year for point in points)
    if spans:
        yield words.say("years.untold", years=listed([year_span(*span) for span in spans]))
    breaks = model_breaks(monies)
    for one in breaks:
        included = one.model is EquityModel.INCLUDED
        yield words.say("years.model-included" if included else "years.model-separate", year=one.year)
    if breaks:
        yield words.say("years.model-comparable")
    yield from _rounded(monies, words)
    if any(point.is_proposal for point in points) or proposed_points(monies):
        yield words.say("years.proposal")
    yield from _left_out(monies, words)


def _rounded(monies: Sequence[PlanMoney], words: Words) -> Iterator[str]:
    """Yield the plans whose amounts are shown in a finer unit than they are written in."""
    for unit in (Unit.TKR, Unit.MKR):
        plans = sorted(money.year for money in monies if money.is_used and money.unit is unit)
        if plans and words.unit is not unit:
            key = "years.rounded" if len(plans) == 1 else "years.rounded-many"
            yield words.say(key, years=listed([str(year) for year in plans]), unit=UNIT_NAMES[unit])


def _left_out(monies: Sequence[PlanMoney], words: Words) -> Iterator[str]:
    for money in sorted(monies, key=lambda money: money.year):
        if money.status is Status.REPLACED:
            yield words.say("years.replaced", year=money.year)
        if money.status is Status.REVOKED:
            yield words.say("years.revoked", year=money.year)


def _seams_table(monies: Sequence[PlanMoney], words: Words) -> ChartTable | None:
    rows = []
    for seam in seams_of(monies):
        difference = seam.opening - seam.closing
        amounts = (
            words.in_unit(seam.closing),
            words.in_unit(seam.opening),
            signed(words.in_unit(difference), difference),
        )
        rows.append(TableRow(words.say("years.seam", before=seam.closing_plan, after=seam.opening_plan), amounts))
    if not rows:
        return None
    caption = words.say("years.seams-caption", unit=words.unit_name)
    headings = ("Planer", "Slutar med", "Börjar med", "Skillnad")
    return ChartTable(caption, headings, tuple(rows))
