"""What a plan says of its money, column by column: all that pages over years and across förbund are made from."""

from collections.abc import Iterable

from msgspec import Struct

from insyn.model import Association, ColumnKind, DocumentKind, EquityModel, Plan, Status, Unit
from insyn.money.budget import Year, costs_for, index_of, told_apart, whole_years
from insyn.money.contributions import member_income
from insyn.money.unknown import Money, Unknown

USED = frozenset({Status.PROPOSAL, Status.ADOPTED, Status.REVISED})
"""A plan that was replaced or revoked says nothing of what is."""


class ColumnMoney(Struct, frozen=True):
    """A year's money in one column of a plan."""

    year: int
    kind: ColumnKind
    as_of: str | None
    """For a forecast: the month it was made, "2021-09"."""
    income: Money
    """What comes in during the year; saved money left out."""
    costs: Money
    result: Money
    opening: Money
    """Saved money at the start of the year."""
    closing: Money
    """Saved money at its end."""
    administration: Money
    """The cost of the purposes that the förbund counts as administration; Unknown also when it hasn't said which."""
    label: str | None = None
    """The printed heading, where the plan has several columns of the year and kind and this isn't the main one."""


class PlanMoney(Struct, frozen=True):
    """The money of one plan."""

    association: str
    year: int
    status: Status
    unit: Unit
    equity_model: EquityModel
    columns: tuple[ColumnMoney, ...]
    """As printed, earliest first."""
    main_index: int
    contributions: Money
    """What the members pay, in the main column."""
    document: DocumentKind = DocumentKind.PLAN

    @property
    def main(self) -> ColumnMoney:
        """What the plan says of its own year."""
        return self.columns[self.main_index]

    @property
    def columns_by_weight(self) -> list[ColumnMoney]:
        """Return the columns, the one that counts first of those of a year and kind: the latest, then the main."""
        numbered = enumerate(self.columns)
        weights = [(column.as_of or "", number == self.main_index, number) for number, column in numbered]
        return [self.columns[number] for *_, number in sorted(weights, reverse=True)]

    @property
    def is_used(self) -> bool:
        return self.status in USED

    @property
    def is_proposal(self) -> bool:
        return self.status is Status.PROPOSAL


def money_of(plan: Plan, association: Association) -> PlanMoney:
    """Sum up a plan's money. An outcome of a part of a year says nothing of the year."""
    budget = plan.budget
    years = whole_years(budget)
    return PlanMoney(
        association=plan.association,
        year=plan.year,
        status=plan.status,
        unit=budget.unit,
        equity_model=budget.equity_model,
        columns=tuple(_column(plan, association, year) for year in years),
        main_index=next((at for at, year in enumerate(years) if year.column.id == budget.main_column), 0),
        contributions=member_income(budget),
        document=plan.document,
    )


def _column(plan: Plan, association: Association, year: Year) -> ColumnMoney:
    counted, index = association.administration, index_of(plan.budget, year.column.id)
    return ColumnMoney(
        year=year.column.year,
        kind=year.column.kind,
        as_of=year.column.as_of,
        income=year.income,
        costs=year.costs,
        result=year.result,
        opening=year.opening,
        closing=year.closing,
        administration=costs_for(plan.budget, counted, index) if counted else Unknown(),
        label=told_apart(plan.budget, year.column),
    )


def common_unit(units: Iterable[Unit]) -> Unit:
    """Return the unit that all are; kronor, which hold every amount in full, when they differ."""
    different = set(units)
    return different.pop() if len(different) == 1 else Unit.KR
