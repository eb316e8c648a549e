"""The likeliest cause of several findings: the one repair that removes most of them.

A repair is tried by making it and running the real checks again. It may remove findings, but may not add any.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from insyn.checks import equity, sums
from insyn.checks.amount_slips import AmountSlip, slip_between
from insyn.checks.deviations import Matched, known_difference, match
from insyn.checks.findings import Finding
from insyn.checks.repairs import Former, Repair, repairs
from insyn.model import Budget, Control
from insyn.money.computed import with_computed

Key = tuple[object, ...]
Faults = Mapping[Key, Finding | None]
"""Figures that don't add up, by identifying key; None for a known deviation that is gone."""

MARGIN = 2
"""Score by which a repair must beat every other to be reported as the cause."""
MOST_CAUSES = 8


class Cause(Struct, frozen=True):
    """A repair, with the findings that it removes."""

    repair: Repair
    findings: tuple[Finding, ...]
    """The reportable findings, the innermost first."""
    is_certain: bool
    suspects: tuple[str, ...] = ()
    """Rows that may be wrong, when the cause can't be told from its rivals."""


def matched(budget: Budget) -> Matched:
    """Run the checks on a budget, with its computed figures worked out anew."""
    budget = with_computed(budget)
    return match(budget, (*sums.find(budget), *equity.find(budget)))


def faults_of(found: Matched, *, unchecked: bool = False) -> dict[Key, Finding | None]:
    """Return the figures that don't add up and aren't acknowledged and, if asked, those that can't be checked.

    Findings about a printed sign are left out, since they concern no amount.
    """
    faults: dict[Key, Finding | None] = {
        (one.control, one.column.id, one.place, one.printed - one.computed): one
        for one in (*found.faults, *(found.unchecked if unchecked else ()))
        if one.control is not Control.SIGN
    }
    faults.update({("gone", deviation.place, column): None for deviation, column in found.gone})
    return faults


def told(faults: Faults) -> list[Finding]:
    """Return the findings that are reported to staff, a sum before its consequences."""
    found = [one for one in faults.values() if one and not one.follows_subtotals]
    return sorted(found, key=lambda one: (INNERMOST.index(one.control), one.place))


INNERMOST = (
    *(Control.BREAKDOWN_TOTAL, Control.BREAKDOWN_ROW, Control.SUBTOTAL, Control.INCOME_TOTAL, Control.COST_TOTAL),
    *(Control.RESULT, Control.EQUITY_CHAIN, Control.EQUITY, Control.SIGN),
)


def find_causes(
    budget: Budget, faults: Faults, former: Former | None = None, *, unchecked: bool = False
) -> tuple[list[Cause], Faults]:
    """Return the identifiable causes, and the faults without one.

    With `unchecked`, sums that lack amounts in rows are included; `faults` must then hold them too.
    """
    causes: list[Cause] = []
    while told(faults) and len(causes) < MOST_CAUSES:
        found = _likeliest(budget, faults, former, unchecked)
        if found is None:
            break
        cause, faults = found
        causes.append(cause)
        budget = cause.repair.budget
    return causes, faults


def _likeliest(budget: Budget, faults: Faults, former: Former | None, unchecked: bool) -> tuple[Cause, Faults] | None:
    possible = (
        (repair, _left(repair, faults, unchecked))
        for repair in repairs(budget, [one for one in faults.values() if one], former)
    )
    tried = [(repair, left) for repair, left in possible if left is not None]
    if not tried:
        return None
    fewest = min(len(left) for _, left in tried)
    tried = [(repair, left) for repair, left in tried if len(left) == fewest]
    best, left = max(tried, key=lambda one: (one[0].score, one[0].line.is_sum))
    gone = faults.keys() - left.keys()
    rivals = [
        repair
        for repair, others in tried
        if repair.line.place != best.line.place and not gone.isdisjoint(faults.keys() - others.keys())
    ]
    findings = tuple(told({key: faults[key] for key in gone}))
    if not findings:
        return None
    if any(_is_misstated(budget, one) for one in findings):
        return Cause(best, findings, is_certain=False), left
    if _is_certain(best, rivals):
        return Cause(best, findings, is_certain=True), left
    return Cause(best, findings, is_certain=False, suspects=_suspects(best, rivals)), left


def _is_certain(best: Repair, rivals: Iterable[Repair]) -> bool:
    """Whether a repair is likelier than its rivals. Between a sum and an equally likely row, the sum wins."""
    strongest = max((one.score for one in rivals), default=None)
    if strongest is None:
        return True
    margin = 0 if best.line.is_sum else MARGIN
    return best.is_recognised and best.score >= strongest + margin


def _is_misstated(budget: Budget, finding: Finding) -> bool:
    """Whether the stated deviation itself is wrong: its difference is in another unit."""
    known = known_difference(budget, finding)
    return known is not None and slip_between(known, finding.difference) in (
        AmountSlip.UNIT_SMALL,
        AmountSlip.UNIT_LARGE,
    )


def _suspects(best: Repair, rivals: Iterable[Repair]) -> tuple[str, ...]:
    alike = [one for one in (best, *rivals) if one.is_recognised and one.score > best.score - MARGIN]
    return tuple(dict.fromkeys(one.line.name for one in alike if not one.line.is_sum))


def _left(repair: Repair, faults: Faults, unchecked: bool) -> Faults | None:
    """Return the faults that remain after a repair; None if it removes none or adds new ones."""
    left = faults_of(matched(repair.budget), unchecked=unchecked)
    new = [one for key, one in left.items() if key not in faults and not (one and one.follows_subtotals)]
    return left if not new and len(left) < len(faults) else None
