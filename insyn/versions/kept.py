"""Is everything that was published at a plan's addresses kept among its versions?"""

from collections.abc import Iterable, Iterator

from insyn.model import Status
from insyn.problems import Problem, problem
from insyn.swedish import on_date, partial_date
from insyn.versions.arrangement import YearPlans
from insyn.versions.digest import StatedDay


def not_kept(years: Iterable[YearPlans]) -> Iterator[Problem]:
    """Yield a problem for each plan that states a former version which isn't kept."""
    for year in years:
        latest = year.versions[-1].digest
        statuses = [version.digest.status for version in year.versions]
        if latest.is_decided and latest.published and Status.PROPOSAL not in statuses:
            yield _not_kept("proposal-not-kept", latest.published)
        decided = [version for version in year.versions if version.digest.is_decided and not version.digest.followed_up]
        if latest.followed_up and not decided:
            yield _not_kept("decided-not-kept", latest.followed_up)


def _not_kept(code: str, stated: StatedDay) -> Problem:
    return problem(code, stated.place, day=partial_date(stated.day), when=on_date(stated.day))
