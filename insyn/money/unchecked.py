"""Printed sums that can't be held to their rows, since an amount isn't known."""

from collections.abc import Iterator

from insyn.model import Amount, Budget, Column
from insyn.money.budget import sum_of
from insyn.money.unknown import Unknown


def unchecked_totals(budget: Budget) -> Iterator[tuple[str, Column]]:
    """Yield name and column of each printed total that can't be checked."""
    for block in (budget.income, budget.costs):
        if block.total is None:
            continue
        for index, column in enumerate(budget.columns):
            is_printed = isinstance(block.total.cells[index], Amount)
            if is_printed and isinstance(sum_of(block.rows, index), Unknown):
                yield block.total.name, column
