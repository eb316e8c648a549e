"""Which year was a column meant to have, when the years of a budget's columns are inconsistent?"""

import re
from itertools import pairwise

from msgspec import Struct

from insyn.model import Column, ColumnKind

YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
SHORT_YEAR = re.compile(r"(?<!\d)\d{2}\Z")


FAR = 3
"""Number of years between two columns above which one of them is a slip."""
SURE = frozenset({"order", "main"})
"""Certain faults. Otherwise a year may have two budgets or be left out, and a heading may be outdated."""


class MeantYear(Struct, frozen=True):
    number: int
    """Index of the column, from zero."""
    year: int


def meant_year(
    columns: tuple[Column, ...], plan_year: int, kinds: tuple[ColumnKind, ...], heading: str
) -> MeantYear | None:
    """Return the only column whose year is a slip, with the right year; None if there is none, or no certain one.

    A year is a slip if the years are inconsistent and changing it alone makes them consistent. The right year is the
    one named by the column's id and heading, or the one that its neighbours leave.
    """
    years = [column.year for column in columns]
    if not years or not all(years):
        return None
    faults = _faults(columns, years, plan_year, kinds, heading)
    if not faults and not _are_repeated(columns):
        return None
    is_sure = bool(faults & SURE) and not _are_shuffled(years)
    mended: list[tuple[bool, MeantYear]] = []
    for number, column in enumerate(columns):
        named = _named_years(column)
        if column.year in named:
            continue
        beside = {plan_year, *(year + step for year in years[max(0, number - 1) : number + 2] for step in (-1, 0, 1))}
        for year in named or (beside if is_sure else ()):
            other = [*years[:number], year, *years[number + 1 :]]
            is_better = not _equal(other) if not named else bool(faults) or _equal(other) < _equal(years)
            left = _faults(columns, other, plan_year, kinds, heading)
            if is_better and (not left or (left < faults and left <= {"heading"})):
                mended.append((bool(named), MeantYear(number, year)))
    best = [meant for is_named, meant in mended if is_named or not any(named for named, _ in mended)]
    return best[0] if len(best) == 1 else None


def missing_year(columns: tuple[Column, ...], named: tuple[str, ...], heading: str | None) -> int:
    """Return the year of a forgotten column: a gap between the others, or the only other year that is named; else 0."""
    years = [column.year for column in columns if column.year]
    gaps = [before + 1 for before, after in pairwise(years) if after > before + 1]
    told = {int(year) for text in (*named, heading or "") for year in YEAR.findall(text)} - set(years)
    if gaps:
        return gaps[0]
    return told.pop() if len(told) == 1 else 0


def _are_repeated(columns: tuple[Column, ...]) -> bool:
    """Whether a plan column repeats the year of the column before it, as after copying that column."""
    return any(
        before.year == after.year and after.kind is ColumnKind.PLAN and before.kind is not ColumnKind.PLAN
        for before, after in pairwise(columns)
    )


def _are_shuffled(years: list[int]) -> bool:
    """Whether the years are right but for their order: then a column has been moved."""
    return sorted(years) == list(range(min(years), min(years) + len(years)))


def _equal(years: list[int]) -> int:
    """Return the number of columns with the same year as the one before."""
    return sum(before == after for before, after in pairwise(years))


def _named_years(column: Column) -> set[int]:
    """Return the year in a column's heading, else the years in its id."""
    label = {int(year) for year in YEAR.findall(column.label or "")}
    if len(label) == 1:
        return label
    years = {int(year) for year in YEAR.findall(re.sub("[^0-9]", " ", column.id))}
    short = SHORT_YEAR.search(column.id)
    return years or ({2000 + int(short[0])} if short else set())


def _faults(
    columns: tuple[Column, ...], years: list[int], plan_year: int, kinds: tuple[ColumnKind, ...], heading: str
) -> set[str]:
    """Return the inconsistencies in a sequence of years."""
    pairs = list(pairwise(years))
    columns_of = list(zip(years, columns, strict=True))
    told = {(year, column.kind, column.as_of, column.label) for year, column in columns_of}
    named = [int(year) for year in YEAR.findall(heading)]
    faults = {
        "order": any(before > after for before, after in pairs),
        "gap": any(after > before + FAR for before, after in pairs),
        "alike": len(told) < len(years),
        "main": not any(year == plan_year and column.kind in kinds for year, column in columns_of),
        "heading": len(named) > 1 and max(named) != max(years),
    }
    return {fault for fault, is_there in faults.items() if is_there}
