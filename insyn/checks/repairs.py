"""Which changes may put a budget right? Of one amount or of one row as a whole, each with its likelihood."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from insyn.checks.amount_slips import LIKELIHOOD, AmountSlip, significant, slip_between
from insyn.checks.budget_lines import Line, lines_of
from insyn.checks.deviations import known_difference
from insyn.checks.findings import Finding
from insyn.model import Amount, Budget, BudgetRow, Cell, Control, Kronor, Side, kronor_in
from insyn.money.budget import rows_of
from insyn.reading.characters import fold

SUMS = frozenset({Control.INCOME_TOTAL, Control.COST_TOTAL, Control.SUBTOTAL})
OUT_OF_REACH: Mapping[Side | None, frozenset[Control]] = {
    Side.INCOME: frozenset({Control.COST_TOTAL}),
    Side.COSTS: frozenset({Control.INCOME_TOTAL, Control.EQUITY_CHAIN}),
    None: SUMS,
}
"""Controls that a line can't repair: those of the other side and, for lines outside the rows, the sums."""
LARGEST = 10**15


class RowFault(Enum):
    """A possible fault in a row as a whole; its value is the code or hint that reports it."""

    TWICE = "row-twice"
    IS_SUM = "row-is-sum"
    UNCOUNTED = "row-uncounted"
    MISSING = "row-missing"
    SWAPPED = "row-swapped"
    SHIFTED = "row-shifted"
    SIGN = "row-sign"
    UNIT = "row-unit"


ROW_LIKELIHOOD = {
    RowFault.TWICE: 9,
    RowFault.IS_SUM: 8,
    RowFault.UNCOUNTED: 3,
    RowFault.MISSING: 8,
    RowFault.SWAPPED: 6,
    RowFault.SHIFTED: 7,
    RowFault.SIGN: 6,
    RowFault.UNIT: 7,
}


class Former(Struct, frozen=True):
    """The budget of the year before."""

    year: int
    budget: Budget


class Repair(Struct, frozen=True):
    """A possible correction of a budget, to one amount or to a row as a whole."""

    line: Line
    budget: Budget
    """The budget with the repair made."""
    score: float
    index: int = 0
    """Index of the changed amount within the line."""
    right: Kronor = Kronor(0)
    slip: AmountSlip | None = None
    row_fault: RowFault | None = None
    row: str = ""
    """Another row that explains the repair: one that a sum lacks or counts twice, or that last year's plan had."""
    columns: tuple[int, ...] = ()
    """Columns of the row whose amounts stand in each other's place."""
    repeated: tuple[int, ...] = ()
    """The other columns where the line has the right amount of this one."""
    is_former: bool = False
    """Whether the right amount stands in last year's plan."""
    is_doubled: bool = False
    """Whether the sum counts the row twice rather than not at all."""

    @property
    def is_recognised(self) -> bool:
        """Whether the repair has any support besides the sums."""
        return any((self.slip, self.row_fault, self.row, self.repeated, self.is_former))


# --- Amounts --------------------------------------------------------------------------------------------------------


def repairs(budget: Budget, found: Sequence[Finding], former: Former | None) -> Iterator[Repair]:
    """Yield every repair that may remove one of the findings."""
    by_sum: defaultdict[tuple[Control, str], dict[int, Finding]] = defaultdict(dict)
    at = {column.id: index for index, column in enumerate(budget.columns)}
    for one in found:
        by_sum[one.control, one.subject][at[one.column.id]] = one
    shapes = list[Repair]()
    for line in lines_of(budget):
        yield from _amounts(line, found, former, budget)
        for findings in by_sum.values():
            if line.row:
                shapes += _rows(line, {index: one.computed - one.printed for index, one in findings.items()}, budget)
            elif any(one.place == cell.place for one in findings.values() for cell in line.cells):
                shapes += _missing(line, findings, former, budget)
    yield from shapes


def _amounts(line: Line, found: Iterable[Finding], former: Former | None, budget: Budget) -> Iterator[Repair]:
    """Yield a repair for each amount that would make a sum right."""
    for index, (at, cell) in enumerate(zip(line.columns, line.cells, strict=True)):
        if isinstance(cell, Amount) and abs(cell.kronor) < LARGEST:
            column = budget.columns[at]
            beside = [one for one in found if one.column.id == column.id]
            own = next((one for one in beside if one.place == cell.place), None)
            before = _former_amounts(former, line, column.year)
            for right in set().union(*(_right_for(one, line, cell.kronor, budget) for one in beside)):
                yield _amount(line, index, cell, Kronor(right), own, before)


def _right_for(finding: Finding, line: Line, written: int, budget: Budget) -> set[int]:
    """Return the amounts, in kronor, that would remove a finding or reduce it to its known deviation."""
    if finding.control in OUT_OF_REACH[line.side]:
        return set()
    excess, known = finding.computed - finding.printed, known_difference(budget, finding)
    wrong = {excess} if known is None else {excess - known, excess + known}
    less = {written - one for one in wrong}
    return less if line.row and finding.control in SUMS else less | {written + one for one in wrong}


def _amount(line: Line, index: int, cell: Amount, right: Kronor, own: Finding | None, before: frozenset[int]) -> Repair:
    slip = slip_between(cell.kronor, right)
    others = {at: kronor_in(one) for at, one in zip(line.columns, line.cells, strict=True) if at != line.columns[index]}
    repeated = tuple(at for at, amount in others.items() if right and amount == right)
    kept = [amount for amount in others.values() if cell.kronor and amount == cell.kronor]
    row = _row_between(own) if own and own.computed == right else None
    score: float = (LIKELIHOOD[slip] if slip else 0) + 2 * min(2, len(repeated)) - 2 * min(2, len(kept))
    score += _bounded(significant(cell.kronor) - significant(right), 2) + (5 if row else 0)
    score += 4 if right in before else -3 if cell.kronor in before else 0
    score += _bounded(2 * (_distance(cell.kronor, others.values()) - _distance(right, others.values())), 3)
    changed = line.with_cell(index, replace(cell, kronor=right))
    return Repair(
        *(line, changed, score, index, right, slip),
        row=row[0] if row else "",
        repeated=repeated,
        is_former=right in before,
        is_doubled=bool(row and row[1]),
    )


def _bounded(value: float, most: int) -> float:
    return max(-most, min(most, value))


def _distance(amount: int, others: Iterable[int | None]) -> float:
    """Return how far an amount is from those of the other columns, as a logarithm: they are mostly of similar size."""
    sizes = [math.log(abs(other)) for other in others if other]
    return abs(math.log(abs(amount)) - sum(sizes) / len(sizes)) if amount and sizes else 0


def _row_between(finding: Finding) -> tuple[str, bool] | None:
    """Return the only row whose amount a sum lacks or counts twice, and whether it counts it twice."""
    lacking = finding.computed - finding.printed
    rows = [(name, amount == -lacking) for name, amount in finding.parts if abs(amount) == abs(lacking)]
    is_sum = finding.control not in (Control.RESULT, Control.EQUITY, Control.EQUITY_CHAIN)
    return rows[0] if len(rows) == 1 and is_sum else None


# --- Rows as a whole ------------------------------------------------------------------------------------------------


def _rows(line: Line, excess: Mapping[int, int], budget: Budget) -> Iterator[Repair]:
    """Yield the repairs of a row that make a sum right in all columns: the row removed, or its amounts transformed."""
    written = [kronor_in(cell) for cell in line.cells]
    right = [None if amount is None else amount - excess.get(at, 0) for at, amount in enumerate(written)]
    if not any(written) or None in (right[at] for at in excess):
        return
    amounts, wanted = [amount or 0 for amount in written], [amount or 0 for amount in right]
    if not any(wanted) and line.without:
        fault = _as_surplus(line, amounts, budget)
        columns = len([amount for amount in amounts if amount])
        if fault:
            yield Repair(line, line.without(), ROW_LIKELIHOOD[fault] + columns, row_fault=fault)
    shape = _shape(amounts, wanted)
    if shape:
        fault, columns_of = shape
        cells = tuple(
            replace(cell, kronor=Kronor(amount)) if isinstance(cell, Amount) else cell
            for cell, amount in zip(line.cells, wanted, strict=True)
        )
        yield Repair(line, line.having(cells), ROW_LIKELIHOOD[fault], row_fault=fault, columns=columns_of)


def _as_surplus(line: Line, amounts: list[int], budget: Budget) -> RowFault | None:
    """Return why a row is surplus: it is the last of identical rows, is itself a sum, or isn't part of the sum."""
    block = budget.income if line.side is Side.INCOME else budget.costs
    alike = [
        row
        for row in rows_of(block.rows)
        if fold(row.name) == fold(line.name) and [kronor_in(cell) or 0 for cell in row.cells] == amounts
    ]
    if len(alike) > 1:
        return RowFault.TWICE if alike[-1] is line.row else None
    return RowFault.IS_SUM if _is_sum_of_siblings(line, amounts) else RowFault.UNCOUNTED


def _is_sum_of_siblings(line: Line, amounts: list[int]) -> bool:
    """Whether a row is the sum of at least two rows next to it, above or below."""
    place = next(index for index, one in enumerate(line.siblings) if one is line.row)
    for beside in (line.siblings[:place][::-1], line.siblings[place + 1 :]):
        added = [0] * len(amounts)
        for count, part in enumerate(beside, 1):
            if not isinstance(part, BudgetRow):
                break
            added = [sum_ + (kronor_in(cell) or 0) for sum_, cell in zip(added, part.cells, strict=True)]
            if count > 1 and added == amounts:
                return True
    return False


def _shape(amounts: list[int], wanted: list[int]) -> tuple[RowFault, tuple[int, ...]] | None:
    """Return how a row's amounts differ from the right ones, if all in the same way, and the columns concerned."""
    differ = [at for at, (one, other) in enumerate(zip(amounts, wanted, strict=True)) if one != other]
    if len(differ) < 2:
        return None
    if all(one == -other for one, other in zip(amounts, wanted, strict=True)):
        return RowFault.SIGN, ()
    ratios = {slip_between(one, other) if one or other else None for one, other in zip(amounts, wanted, strict=True)}
    if ratios - {None} in ({AmountSlip.UNIT_SMALL}, {AmountSlip.UNIT_LARGE}) and (
        len([amount for amount in amounts if amount]) == len(differ)
    ):
        return RowFault.UNIT, ()
    if len(differ) == 2 and [amounts[at] for at in differ] == [wanted[at] for at in reversed(differ)]:
        return RowFault.SWAPPED, tuple(differ)
    if len(amounts) > 2 and len(set(amounts)) > 1 and (amounts[1:] == wanted[:-1] or amounts[:-1] == wanted[1:]):
        return RowFault.SHIFTED, ()
    return None


# --- Last year's plan -----------------------------------------------------------------------------------------------


def _missing(line: Line, findings: Mapping[int, Finding], former: Former | None, budget: Budget) -> Iterator[Repair]:
    """Yield each row of last year's plan that is missing from this one and equals the shortfall of the sum."""
    short = {index: one.printed - one.computed for index, one in findings.items()}
    if former is None or line.adding is None or min(short.values()) <= 0:
        return
    now, before = (one.income if line.side is Side.INCOME else one.costs for one in (budget, former.budget))
    names = {row.id for row in rows_of(now.rows)} | {fold(row.name) for row in rows_of(now.rows)}
    for row in rows_of(before.rows):
        amounts = {kronor_in(cell) for cell in row.cells}
        if row.id not in names and fold(row.name) not in names and amounts.issuperset(short.values()):
            cells: tuple[Cell, ...] = tuple(
                Amount(Kronor(short.get(index, 0)), place=line.place) for index in range(len(budget.columns))
            )
            added = line.adding(replace(row, cells=cells, breakdown=None))
            yield Repair(line, added, ROW_LIKELIHOOD[RowFault.MISSING], row_fault=RowFault.MISSING, row=row.name)


def _former_amounts(former: Former | None, line: Line, year: int) -> frozenset[int]:
    """Return the amounts of last year's plan for the same row and a given year, in kronor."""
    if former is None or line.row is None:
        return frozenset()
    block = former.budget.income if line.side is Side.INCOME else former.budget.costs
    same = [row for row in rows_of(block.rows) if row.id == line.row.id]
    at = [index for index, column in enumerate(former.budget.columns) if column.year == year]
    amounts = (kronor_in(row.cells[index]) for row in same for index in at)
    return frozenset(amount for amount in amounts if amount)
