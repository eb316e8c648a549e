"""Does the administration stay within the plan's own goal?"""

from fractions import Fraction

from insyn.law.judgement import Case, Judgement, Verdict, unmade
from insyn.model import Direction, Purpose
from insyn.money.budget import administration_goal, costs_for
from insyn.money.unknown import Money, all_known, unknown_of
from insyn.problems import problem
from insyn.swedish import listed
from insyn.vocabulary import heading


def administration(case: Case) -> Judgement:
    """Judge whether the administration stays within the plan's own goal. No law sets one."""
    budget, counted = case.plan.budget, case.association.administration
    if not counted:
        place, why = case.association.place, case.say("law.administration.undefined")
        return unmade(case, "administration", why, "unmade-administration", place)
    figure = costs_for(budget, counted, case.years.index(case.year))
    told = all_known(figure, case.year.costs)
    if told is None or told[1] <= 0:
        return unmade(case, "administration", _why_undivided(case, (figure, case.year.costs)), "unmade-purposes")
    share = Fraction(*told)
    amount, costs = (case.kronor(one) for one in told)
    found = case.say("law.administration.found", amount=amount, percent=case.percent(share), year=case.plan.year)
    said = (found,) if counted == (Purpose.ADMINISTRATION,) else (found, _counted(case, counted))
    calculation = case.say("law.administration.calculation", amount=amount, costs=costs, percent=case.percent(share))
    return _against_goal(case, share, said, calculation)


def _why_undivided(case: Case, figures: tuple[Money, ...]) -> str:
    rows = unknown_of(figures).rows
    if rows:
        return case.say("law.administration.lacking", rows=listed([f"”{row}”" for row in rows]))
    return case.say("law.administration.unknown")


def _counted(case: Case, counted: tuple[Purpose, ...]) -> str:
    names = [case.say(f"purpose-phrase-{purpose.value}") for purpose in counted]
    return case.say("law.administration.counted", purposes=listed(names))


def _against_goal(case: Case, share: Fraction, found: tuple[str, ...], calculation: str) -> Judgement:
    goal, place = administration_goal(case.plan.budget), case.year.column.place
    shown, column = case.percent(share), heading(case.year.column)
    if goal is None or goal.percent is None:
        note = problem("administration-without-goal", place, percent=shown, column=column)
        rule = case.say("law.administration.rule")
        return Judgement("administration", Verdict.NOTE, rule, found, (calculation,), problems=(note,))
    rule, source = (
        case.say("law.administration.goal", goal=goal.text.rstrip(".")),
        case.say("law.administration.source"),
    )
    if _keeps(share, goal.direction, goal.percent.share):
        return Judgement("administration", Verdict.OK, rule, found, (calculation,), source)
    warning = problem("goal-missed", goal.place, percent=shown, column=column, goal=goal.text.rstrip("."))
    return Judgement("administration", Verdict.WARNING, rule, found, (calculation,), source, problems=(warning,))


def _keeps(share: Fraction, direction: Direction | None, limit: Fraction) -> bool:
    match direction:
        case Direction.AT_LEAST:
            return share >= limit
        case Direction.ABOVE:
            return share > limit
        case Direction.BELOW:
            return share < limit
    return share <= limit
