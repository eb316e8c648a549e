"""Does what a plan says about itself hold? Each module answers for one kind of statement."""

from insyn.checks import columns, deviations, equity, notes, sums
from insyn.model import Plan
from insyn.problems import Problem


def check_plan(plan: Plan) -> tuple[Problem, ...]:
    """Run every check on one plan."""
    budget = plan.budget
    findings = (*sums.find(budget), *equity.find(budget))
    return (
        *deviations.check(budget, findings),
        *columns.check(plan),
        *notes.check(plan),
    )
