"""Is what was published at a plan's addresses kept among its versions?"""

from collections.abc import Iterable, Iterator

from insyn.model import Status
from insyn.problems import Problem, problem
from insyn.swedish import partial_date
from insyn.versions.arrangement import YearPlans


def not_kept(years: Iterable[YearPlans]) -> Iterator[Problem]:
    """Yield a problem for each plan that followed on a version which isn't there any more."""
    for year in years:
        latest = year.versions[-1].digest
        statuses = [version.digest.status for version in year.versions]
        if latest.is_decided and latest.published and Status.PROPOSAL not in statuses:
            yield problem("proposal-not-kept", latest.published.place, day=partial_date(latest.published.day))
        decided = [version for version in year.versions if version.digest.is_decided and not version.digest.followed_up]
        if latest.followed_up and not decided:
            yield problem("decided-not-kept", latest.followed_up.place, day=partial_date(latest.followed_up.day))
