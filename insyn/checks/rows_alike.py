"""Duplicate rows of a budget that hold only zeros, which no sum can reveal."""

from collections.abc import Iterator

from insyn.checks.budget_lines import lines_of
from insyn.model import Budget, kronor_in
from insyn.problems import Problem, problem
from insyn.reading.characters import fold


def check(budget: Budget) -> Iterator[Problem]:
    """Yield a problem for the second of two identical rows in one list whose amounts are all zero."""
    seen: set[tuple[object, ...]] = set()
    for line in lines_of(budget):
        row = line.row
        if row is None or any(kronor_in(cell) != 0 for cell in row.cells):
            continue
        alike = (id(line.siblings), fold(row.name), row.purpose, row.funder)
        if alike in seen:
            yield problem("row-zero-twice", row.place, row=row.name)
        seen.add(alike)
