"""Is a plan in another unit than last year's, with all its amounts a thousand times as large or small?"""

from collections.abc import Iterable, Iterator

from insyn.problems import Problem, problem
from insyn.swedish import HARD_SPACE, integer
from insyn.versions.arrangement import YearPlans
from insyn.versions.digest import PlanDigest

TIMES = 500
"""Factor between two years from which the unit must have changed, rather than the size of the plan."""


def in_other_unit(years: Iterable[YearPlans]) -> Iterator[Problem]:
    """Yield a problem for each working copy whose largest sum is far from that of the year before."""
    plans: dict[tuple[str, int], PlanDigest] = {(one.association, one.year): one.applying.digest for one in years}
    told = set[tuple[str, int]]()
    for association, year in sorted(plans):
        own, before = plans[association, year], plans.get((association, year - 1))
        if before and (association, year - 1) not in told and not own.version and _differ(own, before):
            told.add((association, year))
            yield problem(
                "unit-wrong",
                own.unit_place,
                hint="unit-former",
                unit=own.unit,
                amount=f"{integer(own.largest or 0)}{HARD_SPACE}kr",
                other_amount=f"{integer(before.largest or 0)}{HARD_SPACE}kr",
            )


def _differ(own: PlanDigest, before: PlanDigest) -> bool:
    if not own.largest or not before.largest:
        return False
    small, large = sorted((own.largest, before.largest))
    return large >= TIMES * small
