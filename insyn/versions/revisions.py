"""The rise in the year's costs by a revision, which only the previous version can tell."""

from collections.abc import Iterable, Iterator

from insyn.model import Kronor, Status
from insyn.problems import Problem, problem
from insyn.swedish import HARD_SPACE, integer
from insyn.versions.arrangement import Version, YearPlans


def rise_of(version: Version, year: YearPlans) -> Kronor | None:
    """Return the rise in costs since the previous decided version, in kronor; None if it isn't known."""
    place = year.versions.index(version)
    before = year.versions[place - 1].digest if place else None
    own = version.digest
    if own.status is not Status.REVISED or before is None or not before.is_decided:
        return None
    return None if own.costs is None or before.costs is None else Kronor(own.costs - before.costs)


def unpaid(years: Iterable[YearPlans]) -> Iterator[Problem]:
    """Yield a problem for each revision that raised the costs without stating how that is financed."""
    for year in years:
        for version in year.versions:
            rise, place = rise_of(version, year), version.digest.unpaid
            if rise is not None and rise > 0 and place and not version.digest.version:
                yield problem("revision-unpaid", place, year=year.year, amount=f"{integer(rise)}{HARD_SPACE}kr")
