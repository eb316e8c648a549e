"""Which differences are known and stated in `avvikelser`, which are not, and which stated ones are no longer there?

A deviation is known only with its exact difference: when a figure changes, so does the difference, and the fault shows.
"""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from insyn.checks.findings import Finding
from insyn.model import Budget, Column, Control, Deviation, Plan
from insyn.money.budget import main_column, told_column
from insyn.problems import Problem, problem
from insyn.reading.characters import fold
from insyn.swedish import integer, listed
from insyn.vocabulary import amount_in, control_word, heading, unit_word

CODES = {
    Control.INCOME_TOTAL: "sum-differs",
    Control.COST_TOTAL: "sum-differs",
    Control.SUBTOTAL: "subtotal-differs",
    Control.BREAKDOWN_TOTAL: "breakdown-sum-differs",
    Control.BREAKDOWN_ROW: "breakdown-row-differs",
    Control.RESULT: "result-differs",
    Control.EQUITY: "equity-differs",
    Control.EQUITY_CHAIN: "equity-chain-differs",
    Control.SIGN: "sign-differs",
}


def check(budget: Budget, findings: Iterable[Finding]) -> Iterator[Problem]:
    """Yield a problem for each finding that isn't known, and for each known deviation that has gone."""
    unmet = {(deviation, column) for deviation in budget.deviations for column in deviation.columns}
    all_findings = tuple(findings)
    for finding in all_findings:
        known = _known(budget, finding)
        if known:
            unmet.discard((known, finding.column.id))
            if known.difference is not None and known.difference != finding.difference:
                yield _problem(budget, finding, "deviation-other-difference")
        elif finding.lacking:
            yield _unchecked(budget, finding)
        elif not finding.follows_subtotals:
            yield _problem(budget, finding, _hint(finding, all_findings, has_others=len(budget.columns) > 1))
    for deviation, column_id in sorted(unmet, key=lambda pair: (pair[0].place, pair[1])):
        yield _gone(budget, deviation, column_id)


def without_needless(plan: Plan, problems: Iterable[Problem]) -> Plan:
    """Leave out the deviations that are told to be needless: what they say isn't so."""
    needless = {problem.place for problem in problems if problem.code == "deviation-needless"}
    kept = tuple(one for one in plan.budget.deviations if one.place not in needless)
    return replace(plan, budget=replace(plan.budget, deviations=kept)) if needless else plan


def _is_needless(budget: Budget, deviation: Deviation) -> bool:
    """Whether what is gone was acknowledged when the year after the plan's own was compared with its outcome."""
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


def _problem(budget: Budget, finding: Finding, hint: str) -> Problem:
    return problem(
        CODES[finding.control],
        finding.place,
        hint=hint,
        subject=finding.subject,
        column=heading(finding.column),
        printed=_amount(budget, finding.printed),
        computed=_amount(budget, finding.computed),
        difference=_amount(budget, finding.difference),
        rows=" eller ".join(f"”{name}”" for name in _suspects(finding)),
    )


def _unchecked(budget: Budget, finding: Finding) -> Problem:
    return problem(
        "sum-unchecked",
        finding.place,
        subject=finding.subject,
        column=heading(finding.column),
        printed=_amount(budget, finding.printed),
        computed=_amount(budget, finding.computed),
        rows=listed([f"”{row}”" for row in finding.lacking]),
    )


def _amount(budget: Budget, kronor: int) -> str:
    """Write an amount in the plan's unit, or in kronor when it isn't a whole number of it."""
    if kronor % budget.unit.value:
        return f"{integer(kronor)} kr"
    return f"{amount_in(budget.unit, kronor)} {unit_word(budget.unit)}"


def _gone(budget: Budget, deviation: Deviation, column_id: str) -> Problem:
    column = next((column for column in budget.columns if column.id == column_id), None)
    return problem(
        "deviation-needless" if _is_needless(budget, deviation) else "deviation-gone",
        deviation.place,
        control=control_word(deviation.control),
        column=heading(column) if isinstance(column, Column) else column_id,
    )


# --- Advice ---------------------------------------------------------------------------------------------------------


def _hint(finding: Finding, findings: Iterable[Finding], *, has_others: bool) -> str:
    """Name the likeliest slip behind a difference. The order is from the most to the least telling."""
    if finding.control is Control.SIGN:
        return "hint-sign-printed"
    amounts = {abs(amount) for _, amount in finding.parts}
    if finding.difference in amounts:
        return "hint-row-missed"
    if finding.difference % 2 == 0 and finding.difference // 2 in amounts:
        return "hint-row-sign"
    if _is_thousandfold(finding):
        return "hint-unit"
    if finding.difference % 9 == 0:
        return "hint-digits-swapped"
    return "hint-one-column" if has_others and _is_alone(finding, findings) else "hint-check-all"


def _suspects(finding: Finding) -> tuple[str, ...]:
    """Return the rows whose amount is the difference, or half of it."""
    whole = [name for name, amount in finding.parts if abs(amount) == finding.difference]
    half = [name for name, amount in finding.parts if 2 * abs(amount) == finding.difference]
    return tuple(whole or half)


def _is_thousandfold(finding: Finding) -> bool:
    """Whether the figure, or one of its rows, would be right if it were a thousand times larger or smaller."""
    small, large = sorted((abs(finding.printed), abs(finding.computed)))
    rows = (abs(amount) for _, amount in finding.parts if amount)
    gaps = (gap for amount in rows for gap in (amount * 999, amount - amount // 1000))
    return small * 1000 == large or finding.difference in gaps


def _is_alone(finding: Finding, findings: Iterable[Finding]) -> bool:
    alike = [other for other in findings if (other.control, other.subject) == (finding.control, finding.subject)]
    return len(alike) == 1
