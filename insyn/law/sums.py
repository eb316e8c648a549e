"""Do the printed sums hold, and which can't be recomputed because a row that they need has no amount?"""

from collections.abc import Iterator

from msgspec import Struct

from insyn.law.judgement import Case, Judgement, Verdict, unmade
from insyn.model import (
    Blank,
    Budget,
    Cell,
    EquityModel,
    kronor_in,
)
from insyn.money.budget import Year, added_up, addends, block_total, cell_of, groups_of, leaves, rows_of, years_of
from insyn.money.unknown import Unknown
from insyn.swedish import capitalised, listed, number_word


def sums(case: Case) -> Judgement:
    """Judge the printed sums by counting those recomputed. An unacknowledged difference stops the plan before this."""
    budget = case.plan.budget
    count, lacking = examined(budget), tuple(unexamined(budget))
    unsure = (case.say("law.sums.lacking", rows=listed([f"”{row}”" for row in lacking])),) if lacking else ()
    if not count:
        why = unsure[0] if unsure else case.say("law.sums.none")
        return unmade(case, "sums", why, "unmade-sums")
    if count == 1:
        found = case.say("law.sums.differ-one" if budget.deviations else "law.sums.hold-one")
    else:
        key = "law.sums.differ" if budget.deviations else "law.sums.hold"
        found = case.say(key, count=capitalised(number_word(count)))
    verdict = Verdict.NOTE if budget.deviations or lacking else Verdict.OK
    return Judgement("sums", verdict, case.say("law.sums.rule"), (found, *unsure))


class _Printed(Struct, frozen=True):
    """A printed sum, and the rows without an amount that it must include, since those with amounts don't give it."""

    cell: Cell
    lacking: tuple[str, ...]
    has_parts: bool = True


def examined(budget: Budget) -> int:
    """Count the printed sums that were recomputed."""
    return sum(1 for one in _printed_sums(budget) if one.has_parts and not one.lacking)


def unexamined(budget: Budget) -> Iterator[str]:
    """Yield the rows that keep printed sums from being recomputed, each once."""
    yield from dict.fromkeys(row for one in _printed_sums(budget) for row in one.lacking)


def _printed_sums(budget: Budget) -> Iterator[_Printed]:
    """Yield every printed figure that follows from others."""
    found = [*_of_blocks(budget), *_of_breakdowns(budget), *_of_years(budget, years_of(budget))]
    yield from (one for one in found if kronor_in(one.cell) is not None)


def _of_blocks(budget: Budget) -> Iterator[_Printed]:
    for block in (budget.income, budget.costs):
        sums = [(block.total.cells, block.rows)] if block.total else []
        sums += [(group.subtotal.cells, group.rows) for group in groups_of(block.rows) if group.subtotal and group.rows]
        for cells, rows in sums:
            for index, cell in enumerate(cells):
                known = tuple(amount for _, amount in addends(rows, index))
                holds = kronor_in(cell) in (sum(known), added_up(rows, index))
                blank = (part.name for part in leaves(rows) if isinstance(cell_of(part, index), Blank))
                yield _Printed(cell, () if holds else tuple(blank), has_parts=bool(known))


def _of_breakdowns(budget: Budget) -> Iterator[_Printed]:
    for block in (budget.income, budget.costs):
        for row in rows_of(block.rows):
            if row.breakdown and row.breakdown.total:
                amounts = [kronor_in(part.cell) for part in row.breakdown.rows]
                holds = kronor_in(row.breakdown.total) == sum(amount for amount in amounts if amount is not None)
                blank = (part.name for part in row.breakdown.rows if isinstance(part.cell, Blank))
                yield _Printed(row.breakdown.total, () if holds else tuple(blank))


def _of_years(budget: Budget, years: tuple[Year, ...]) -> Iterator[_Printed]:
    """Yield results, which follow from the sums of their column, and closing equity, which follows from the results."""
    closing = budget.equity.closing if budget.equity else None
    for index, year in enumerate(years):
        sums = (block_total(block, index) for block in (budget.income, budget.costs))
        settled = not any(isinstance(one, Unknown) for one in sums)
        if budget.result:
            yield _Printed(budget.result.cells[index], (), has_parts=settled)
        if closing:
            apart = budget.equity_model is EquityModel.SEPARATE and isinstance(year.opening, Unknown)
            yield _Printed(closing.cells[index], (), has_parts=settled and not apart)
