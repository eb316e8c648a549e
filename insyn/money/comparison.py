"""Which förbund can be set beside each other: for one year and one kind of figures, and why the others are missing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Protocol

from msgspec import Struct

from insyn.model import Association, ColumnKind, EquityModel, Status, Unit
from insyn.money.plan_money import USED, ColumnMoney, PlanMoney
from insyn.money.unknown import Money, Unknown
from insyn.swedish import sort_key

COMPARABLE = 2
"""Fewer förbund than this are no comparison."""


class Compared(Struct, frozen=True):
    """A förbund's figures for the year that is compared."""

    association: Association
    plan: int
    is_proposal: bool
    money: ColumnMoney
    contributions: Money
    """Unknown too when the compared column isn't the plan's main one."""
    unit: Unit
    equity_model: EquityModel


class Reason(Enum):
    """Why a förbund isn't in a comparison."""

    NO_PLANS = "no-plans"
    NO_PLAN = "no-plan"
    REPLACED = "replaced"
    REVOKED = "revoked"
    NO_COLUMN = "no-column"


class Missing(Struct, frozen=True):
    association: Association
    reason: Reason
    latest: int | None
    """The year of its newest plan."""


class Comparison(Struct, frozen=True):
    """Förbund in the order of their names. Only figures of the same year and kind stand here."""

    year: int
    kind: ColumnKind
    compared: tuple[Compared, ...]
    missing: tuple[Missing, ...]


class Choice(Struct, frozen=True):
    """The year that is compared unless the reader asks for another, and why it is that one."""

    year: int
    is_common: bool
    """More than half of the förbund have a plan for it."""
    is_shared: bool
    """Another year has as many."""


class Told(Protocol):
    """A plan, as far as it decides which years can be compared."""

    @property
    def association(self) -> str: ...

    @property
    def year(self) -> int: ...

    @property
    def status(self) -> Status: ...


class Compilation(Struct, frozen=True):
    """Which years can be compared on a site."""

    choice: Choice
    years: tuple[int, ...]
    """Every year that has a comparison, newest first."""
    latest: Mapping[str, int]
    """The year of each förbund's newest plan, by its id."""


def compilation_of(associations: Sequence[Association], plans: Iterable[Told]) -> Compilation | None:
    """Find every year that can be compared; None without a second förbund, or without any plan."""
    known = list(plans)
    counts = Counter(plan.year for plan in known if plan.status in USED) or Counter(plan.year for plan in known)
    if len(associations) < COMPARABLE or not counts:
        return None
    choice = _choice(counts, len(associations))
    years = sorted((year for year in counts if counts[year] >= COMPARABLE or year == choice.year), reverse=True)
    latest = {plan.association: plan.year for plan in sorted(known, key=lambda plan: plan.year)}
    return Compilation(choice, tuple(years), latest)


def _choice(counts: Mapping[int, int], associations: int) -> Choice:
    """Choose the newest year that most förbund have a plan for; without any, the newest of those that the most have."""
    common = [year for year, count in counts.items() if count * 2 > associations]
    if common:
        return Choice(max(common), is_common=True, is_shared=False)
    most = max(counts.values())
    tied = [year for year, count in counts.items() if count == most]
    return Choice(max(tied), is_common=False, is_shared=len(tied) > 1)


def compare(
    associations: Iterable[Association], plans: Mapping[str, PlanMoney], latest: Mapping[str, int], year: int
) -> Comparison:
    """Set the förbund beside each other for a year. `plans` are their plans for it, by förbund."""
    ordered = sorted(associations, key=lambda association: sort_key(association.name))
    kind = _common_kind([plan for plan in plans.values() if plan.is_used])
    compared, missing = [], []
    for association in ordered:
        plan = plans.get(association.id)
        found = _compared(association, plan, kind)
        if found:
            compared.append(found)
        else:
            missing.append(_missing(association, plan, latest.get(association.id)))
    return Comparison(year, kind, tuple(compared), tuple(missing))


def _common_kind(plans: Sequence[PlanMoney]) -> ColumnKind:
    """Return the kind that the most of the plans tell for their own year, the one they are about when several do."""
    told = Counter(kind for plan in plans for kind in {one.kind for one in plan.columns if one.year == plan.year})
    main = Counter(plan.main.kind for plan in plans)
    return max(told, key=lambda kind: (told[kind], main[kind], -kind.value), default=ColumnKind.BUDGET)


def _compared(association: Association, plan: PlanMoney | None, kind: ColumnKind) -> Compared | None:
    if plan is None or not plan.is_used:
        return None
    alike = (column for column in plan.columns_by_weight if (column.year, column.kind) == (plan.year, kind))
    money = next(alike, None)
    if money is None:
        return None
    contributions = plan.contributions if money is plan.main else Unknown()
    return Compared(association, plan.year, plan.is_proposal, money, contributions, plan.unit, plan.equity_model)


def _missing(association: Association, plan: PlanMoney | None, latest: int | None) -> Missing:
    if plan is None:
        return Missing(association, Reason.NO_PLANS if latest is None else Reason.NO_PLAN, latest)
    reasons = {Status.REPLACED: Reason.REPLACED, Status.REVOKED: Reason.REVOKED}
    return Missing(association, reasons.get(plan.status, Reason.NO_COLUMN), latest)
