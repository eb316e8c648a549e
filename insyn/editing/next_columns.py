"""Which column of a plan the amounts of each column of a later plan are taken from."""

import re
from collections.abc import Sequence

from msgspec import Struct

from insyn.model import Column, ColumnKind

OF_THE_PAST = (ColumnKind.OUTCOME, ColumnKind.FORECAST, ColumnKind.BUDGET, ColumnKind.PLAN)
OF_THE_FUTURE = (ColumnKind.BUDGET, ColumnKind.PLAN, ColumnKind.FORECAST, ColumnKind.OUTCOME)
LIKELIEST = {
    ColumnKind.OUTCOME: OF_THE_PAST,
    ColumnKind.FORECAST: OF_THE_PAST,
    ColumnKind.BUDGET: OF_THE_FUTURE,
    ColumnKind.PLAN: (ColumnKind.PLAN, *OF_THE_FUTURE),
}
"""By what a column states: what the column of the same year that it is taken from states, the best first."""


class ColumnMove(Struct, frozen=True):
    """A column of the new plan, and the old one of the same year; None when the old plan says nothing of the year."""

    id: str
    year: int
    kind: ColumnKind
    source: Column | None
    number: int | None
    """Which column the source is, from 0."""


def moves_of(columns: Sequence[Column], step: int) -> tuple[ColumnMove, ...]:
    """Return what the columns become when each is moved a number of years on."""
    return tuple(_move(one, columns, step) for one in columns)


def _move(old: Column, columns: Sequence[Column], step: int) -> ColumnMove:
    year = old.year + step
    order = LIKELIEST[old.kind]
    whole = [number for number, one in enumerate(columns) if one.year == year and not one.is_part]
    number = min(whole, key=lambda one: order.index(columns[one].kind)) if whole else None
    id = re.sub(rf"(?<!\d){old.year}(?!\d)", str(year), old.id)
    return ColumnMove(id, year, old.kind, None if number is None else columns[number], number)


def successors(columns: Sequence[Column], moves: Sequence[ColumnMove]) -> dict[str, str | None]:
    """Return for each old column the new one that has its amounts: what states the same, else the first."""
    found: dict[str, str | None] = {}
    for number, old in enumerate(columns):
        taking = [new for new in moves if new.number == number]
        same = [new for new in taking if new.kind is old.kind]
        found[old.id] = (same or taking)[0].id if taking else None
    return found
