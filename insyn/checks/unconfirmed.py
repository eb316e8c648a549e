"""How much of what was carried from last year's plan is left to confirm?"""

from collections.abc import Iterator

from insyn.model import Plan
from insyn.problems import Problem, problem


def check(plan: Plan) -> Iterator[Problem]:
    """Yield how many are left, once. An error, so that only a draft can have any."""
    if plan.unconfirmed:
        count = sum(one.count for one in plan.unconfirmed)
        first = plan.unconfirmed[0]
        yield problem("unconfirmed", first.place, count=count, first=first.what)
