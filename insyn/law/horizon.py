"""Does the plan cover as many years as the law requires?"""

from insyn.law.judgement import Case, Judgement, Verdict
from insyn.problems import problem
from insyn.swedish import listed, years

LENGTH = 3
"""Number of years that the financial plan covers, the budget year first."""


def horizon(case: Case) -> Judgement:
    """Judge whether the plan covers three years, the budget year first."""
    first = case.plan.year
    there = sorted({year.column.year for year in case.years if year.column.year >= first})
    missing = [year for year in range(first, first + LENGTH) if year not in there]
    rule, source = case.say("law.horizon.rule"), case.source("horizon") or ""
    found = case.say("law.horizon.found", years=_spoken(there))
    if not missing:
        return Judgement("horizon", Verdict.OK, rule, (found,), source=source)
    said = case.say("law.horizon.missing", missing=_spoken(missing))
    place, reason = case.plan.budget.columns[-1].place, case.plan.horizon_reason
    code, verdict = ("horizon-explained", Verdict.NOTE) if reason else ("horizon-short", Verdict.WARNING)
    told = problem(code, place, years=_spoken(there), missing=_spoken(missing))
    return Judgement("horizon", verdict, rule, (found, said), source=source, reason=reason, problems=(told,))


def _spoken(numbers: list[int]) -> str:
    """Format years as a range if they are consecutive, else one by one."""
    if numbers and numbers[-1] - numbers[0] == len(numbers) - 1:
        return years(numbers[0], numbers[-1])
    return listed([str(number) for number in numbers])
