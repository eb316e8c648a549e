"""What a förbund's plans say together, year by year: the newest word on each year, and where the series breaks."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from insyn.model import ColumnKind, DocumentKind, EquityModel, Kronor
from insyn.money.plan_money import ColumnMoney, PlanMoney
from insyn.money.unknown import Money, Unknown


class YearPoint(Struct, frozen=True):
    """What is said of one year in one kind. All of it stands in one column of one plan: kinds and plans never mix."""

    year: int
    kind: ColumnKind
    as_of: str | None
    """For a forecast: the month it was made, "2021-09"."""
    income: Money
    """What comes in during the year; saved money left out."""
    costs: Money
    result: Money
    opening: Money
    closing: Money
    plan: int
    """The year of the plan that says it."""
    is_proposal: bool
    """Whether that plan is only a proposal."""
    document: DocumentKind
    """The kind of that document: a plan or a report."""
    label: str | None = None
    """The printed heading, where the plan has several columns of the year and kind and this isn't the main one."""


class Seam(Struct, frozen=True):
    """Where a plan begins with other savings than the plan before it ends with."""

    closing_plan: int
    closing: Kronor
    opening_plan: int
    opening: Kronor


class ModelBreak(Struct, frozen=True):
    """From the plan of a year on, saved money stands otherwise among the incomes than before."""

    year: int
    model: EquityModel


# --- Points ---------------------------------------------------------------------------------------------------------


def points_of(monies: Iterable[PlanMoney]) -> tuple[YearPoint, ...]:
    """Return what a förbund's plans say of each year and kind, in time order, by the newest plan that says it.

    What an older plan says is kept only where it tells something that the newer ones don't, and never of the years
    after the newest plan's own: those are told by that plan alone.
    """
    used = settled(monies)
    newest = max((money.year for money in used), default=0)
    found: dict[tuple[int, ColumnKind], list[tuple[ColumnMoney, PlanMoney]]] = {}
    for money in sorted(used, key=lambda money: money.year, reverse=True):
        for column in money.columns_by_weight:
            newer = found.setdefault((column.year, column.kind), [])
            is_past = money.year == newest or column.year <= newest
            if is_past and _adds(column, [other for other, _ in newer]):
                newer.append((column, money))
    return _in_order(_point(column, money) for same in found.values() for column, money in same)


def proposed_points(monies: Iterable[PlanMoney]) -> tuple[YearPoint, ...]:
    """Return what the proposals say that await a decision beside decided plans; they are never mixed with those."""
    known = list(monies)
    decided = [money.year for money in known if money.is_used and not money.is_proposal]
    pending = [money for money in known if money.is_proposal and decided and money.year > max(decided)]
    return _in_order(_point(column, money) for money in pending for column in money.columns if _adds(column, ()))


def settled(monies: Iterable[PlanMoney]) -> list[PlanMoney]:
    """Return the decided plans, or while there are none, the proposals. Replaced and revoked plans say nothing."""
    used = [money for money in monies if money.is_used]
    return [money for money in used if not money.is_proposal] or used


def _in_order(points: Iterable[YearPoint]) -> tuple[YearPoint, ...]:
    return tuple(sorted(points, key=lambda point: (point.year, -point.kind.value, point.plan)))


def has_points(monies: Iterable[PlanMoney]) -> bool:
    """Whether the plans say anything together, without going through what."""
    return any(_adds(column, ()) for money in monies if money.is_used for column in money.columns)


def _point(column: ColumnMoney, money: PlanMoney) -> YearPoint:
    return YearPoint(
        year=column.year,
        kind=column.kind,
        as_of=column.as_of,
        income=column.income,
        costs=column.costs,
        result=column.result,
        opening=column.opening,
        closing=column.closing,
        plan=money.year,
        is_proposal=money.is_proposal,
        document=money.document,
        label=column.label,
    )


def _adds(column: ColumnMoney, newer: Sequence[ColumnMoney]) -> bool:
    """Whether a column tells a figure that no newer one tells."""
    return any(
        not isinstance(figure, Unknown) and all(isinstance(other, Unknown) for other in others)
        for figure, others in (
            (column.costs, [other.costs for other in newer]),
            (column.income, [other.income for other in newer]),
            (column.closing, [other.closing for other in newer]),
        )
    )


def most_certain(points: Iterable[YearPoint]) -> tuple[YearPoint, ...]:
    """Return one point a year, for a chart: an outcome before a forecast before a budget before a plan."""
    chosen: dict[int, YearPoint] = {}
    for point in points:
        if point.year not in chosen or _certainty(point) < _certainty(chosen[point.year]):
            chosen[point.year] = point
    return tuple(chosen[year] for year in sorted(chosen))


def _certainty(point: YearPoint) -> tuple[int, bool, int]:
    return point.kind.value, point.is_proposal, -point.plan


# --- Breaks ---------------------------------------------------------------------------------------------------------


def untold_years(years: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return the spans, first and last year, that lie between the years that are told and aren't among them."""
    told = sorted(set(years))
    return tuple((before + 1, after - 1) for before, after in pairwise(told) if after > before + 1)


def seams_of(monies: Iterable[PlanMoney]) -> tuple[Seam, ...]:
    """Return where a plan doesn't begin with the savings that the plan of the year before ends with.

    Plans in different units are compared in the coarser one: what differs less is rounding.
    """
    return tuple(_seams(sorted(settled(monies), key=lambda money: money.year)))


def _seams(plans: Sequence[PlanMoney]) -> Iterator[Seam]:
    for before, after in pairwise(plans):
        closing, opening = before.main.closing, after.main.opening
        if after.year != before.year + 1 or isinstance(closing, Unknown) or isinstance(opening, Unknown):
            continue
        rounding = 0 if before.unit is after.unit else max(before.unit.value, after.unit.value) - 1
        if abs(opening - closing) > rounding:
            yield Seam(before.year, closing, after.year, opening)


def model_breaks(monies: Iterable[PlanMoney]) -> tuple[ModelBreak, ...]:
    """Return the plans that print saved money otherwise than the plan before."""
    plans = sorted(settled(monies), key=lambda money: money.year)
    return tuple(
        ModelBreak(after.year, after.equity_model)
        for before, after in pairwise(plans)
        if before.equity_model is not after.equity_model
    )
