"""Rows of a budget that stand twice without any money: no sum can tell of them."""

from collections.abc import Iterator

from insyn.checks.budget_lines import lines_of
from insyn.model import Budget, kronor_in
from insyn.problems import Problem, problem
from insyn.reading.characters import fold


def check(budget: Budget) -> Iterator[Problem]:
    """Yield the second of two rows in one list that are alike and whose amounts all are zero."""
    seen: set[tuple[object, ...]] = set()
    for line in lines_of(budget):
        row = line.row
        if row is None or any(kronor_in(cell) != 0 for cell in row.cells):
            continue
        alike = (id(line.siblings), fold(row.name), row.purpose, row.funder)
        if alike in seen:
            yield problem("row-zero-twice", row.place, row=row.name)
        seen.add(alike)
