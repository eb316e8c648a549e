"""Which differences are stated under `avvikelser`, which aren't, and which stated ones no longer exist?

A deviation is known only with its exact difference: when a figure changes, so does the difference, and the fault shows.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from insyn.checks.findings import Finding
from insyn.model import Budget, Column, Control, Deviation, Kronor, Plan
from insyn.money.budget import main_column, told_column
from insyn.problems import Problem, problem
from insyn.reading.characters import fold
from insyn.vocabulary import control_word, heading


class Matched(Struct, frozen=True):
    """A budget's findings, matched against its stated deviations."""

    faults: tuple[Finding, ...]
    """Findings that nobody has acknowledged."""
    changed: frozenset[Finding]
    """Those of the faults that are acknowledged with another difference."""
    known: tuple[Finding, ...]
    unchecked: tuple[Finding, ...]
    """Findings that may well be right: rows that they need have no amount."""
    gone: tuple[tuple[Deviation, str], ...]
    """Stated deviations without a finding, each with its column."""


def match(budget: Budget, findings: Iterable[Finding]) -> Matched:
    """Sort findings by whether they are acknowledged."""
    unmet = {(deviation, column) for deviation in budget.deviations for column in deviation.columns}
    faults, changed, kept, unchecked = list[Finding](), set[Finding](), list[Finding](), list[Finding]()
    for finding in findings:
        known = _known(budget, finding)
        if known:
            unmet.discard((known, finding.column.id))
            if known.difference is None or known.difference == finding.difference:
                kept.append(finding)
                continue
            changed.add(finding)
        (unchecked if finding.lacking and not known else faults).append(finding)
    gone = sorted(unmet, key=lambda pair: (pair[0].place, pair[1]))
    return Matched(tuple(faults), frozenset(changed), tuple(kept), tuple(unchecked), tuple(gone))


def known_difference(budget: Budget, finding: Finding) -> Kronor | None:
    """Return the acknowledged difference of a finding in kronor; its actual one may differ."""
    known = _known(budget, finding)
    return known.difference if known else None


def gone(budget: Budget, lost: Iterable[tuple[Deviation, str]]) -> Iterator[Problem]:
    """Yield a problem for each known deviation that no longer exists in its column."""
    return (_gone(budget, deviation, column) for deviation, column in lost)


def without_needless(plan: Plan, problems: Iterable[Problem]) -> Plan:
    """Leave out the deviations that are reported as needless: they state something that isn't so."""
    needless = {problem.place for problem in problems if problem.code == "deviation-needless"}
    kept = tuple(one for one in plan.budget.deviations if one.place not in needless)
    return replace(plan, budget=replace(plan.budget, deviations=kept)) if needless else plan


def _is_needless(budget: Budget, deviation: Deviation) -> bool:
    """Whether an obsolete deviation dates from when the year after the plan's own was compared with its outcome."""
    later = {column.id for column in budget.columns if column.year == main_column(budget).year + 1}
    has_outcome = told_column(budget) is not main_column(budget)
    is_chain = deviation.control in (Control.EQUITY, Control.EQUITY_CHAIN)
    return has_outcome and is_chain and later.issuperset(deviation.columns)


def _known(budget: Budget, finding: Finding) -> Deviation | None:
    names = {fold(name) for name in finding.rows}
    for deviation in budget.deviations:
        same_row = deviation.row is None or fold(deviation.row) in names
        if deviation.control is finding.control and finding.column.id in deviation.columns and same_row:
            return deviation
    return None


def _gone(budget: Budget, deviation: Deviation, column_id: str) -> Problem:
    column = next((column for column in budget.columns if column.id == column_id), None)
    return problem(
        "deviation-needless" if _is_needless(budget, deviation) else "deviation-gone",
        deviation.place,
        control=control_word(deviation.control),
        column=heading(column) if isinstance(column, Column) else column_id,
    )
