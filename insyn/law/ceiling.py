"""Is equity within the ceiling that Nationella rådet recommended on 2 October 2013?

The recommendation gives a percentage for each step of the year's contributions. It doesn't say whether each applies
only to its own step, as with tax brackets, or one to the whole amount. Both readings are computed. If the förbund has
confirmed one, or both give the same amount, that is the ceiling; otherwise both are shown, and a plan is said to be
within or above the ceiling only so far as they agree.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import count

from msgspec.structs import replace

from insyn.law.judgement import Case, Judgement, Verdict, gravest, money_share, unmade
from insyn.model import CeilingReading, EquityCeiling, FinancialGoal, Unit
from insyn.money.ceiling import (
    RECOMMENDED,
    CeilingPart,
    CeilingShare,
    allowed,
    is_of_contributions,
    parts_of,
    steps_of,
)
from insyn.money.contributions import member_income
from insyn.money.unknown import Money, Unknown
from insyn.problems import Problem, problem
from insyn.reading.characters import fold
from insyn.swedish import listed
from insyn.vocabulary import amount_in, heading, millions_in_words

MEASURE = "eget-kapital-mot-tak"
"""The `measure` of a financial goal to stay within the ceiling."""

# --- Judging --------------------------------------------------------------------------------------------------------


def ceiling(case: Case) -> Judgement:
    """Judge closing equity, and opening equity, against the ceiling."""
    given = case.plan.budget.ceiling or case.association.ceiling
    steps = steps_of((given.steps if given else ()) or RECOMMENDED)
    base, closing = member_income(case.plan.budget), case.year.closing
    why = _why_not(given, steps, base, closing)
    if steps is None or isinstance(closing, Unknown) or isinstance(base, Unknown) or why:
        unknown = unmade(case, "ceiling", _with_goal(case, case.say(f"law.ceiling-unmade.{why}")), "unmade-ceiling")
        return replace(unknown, for_staff=not (_is_confirmed(given) or _goal_of(case)))
    limits = _limits(given, steps, base)
    return Judgement(
        "ceiling",
        _verdict(closing, case.year.opening, limits),
        _with_goal(case, _rule(case, given, steps)),
        tuple(_found(case, given, base, closing, limits)),
        tuple(sentence for reading in limits for sentence in _calculation(case, parts_of(steps, base, reading))),
        case.source("ceiling") or "",
        problems=tuple(_problems(case, closing, limits)),
    )


def _is_confirmed(given: EquityCeiling | None) -> bool:
    return given is not None and given.confirmed


def _why_not(
    given: EquityCeiling | None, steps: Sequence[CeilingShare] | None, base: Money, closing: Money
) -> str | None:
    """Return the key of the sentence that explains why no comparison is possible; None if one is."""
    if given and not is_of_contributions(given):
        return "other-base"
    if steps is None:
        return "unreadable"
    return "unknown" if isinstance(closing, Unknown) or isinstance(base, Unknown) or base <= 0 else None


def _limits(given: EquityCeiling | None, steps: Sequence[CeilingShare], base: int) -> dict[CeilingReading, Fraction]:
    """Return the ceiling by each possible reading: the confirmed one, else both if they differ."""
    if given and given.confirmed:
        return {given.reading: allowed(steps, base, given.reading)}
    limits = {reading: allowed(steps, base, reading) for reading in CeilingReading}
    return limits if len(set(limits.values())) > 1 else dict(tuple(limits.items())[:1])


def _verdict(closing: int, opening: Money, limits: dict[CeilingReading, Fraction]) -> Verdict:
    """Return WARNING for closing equity above all limits, NOTE if above one or if only opening equity is above all."""
    above = [closing > limit for limit in limits.values()]
    at_opening = not isinstance(opening, Unknown) and all(opening > limit for limit in limits.values())
    closing_verdict = Verdict.WARNING if all(above) else Verdict.NOTE if any(above) else Verdict.OK
    return gravest((closing_verdict, Verdict.NOTE if at_opening else Verdict.OK))


def _problems(case: Case, closing: int, limits: dict[CeilingReading, Fraction]) -> Iterator[Problem]:
    year, highest, lowest = case.year, max(limits.values()), min(limits.values())
    column, place = heading(year.column), year.column.place
    low, high = money_share(case, lowest), money_share(case, highest)
    if closing > highest:
        yield problem("equity-above-ceiling", place, column=column, amount=case.money(closing), limit=high)
    elif closing > lowest:
        yield problem("equity-above-one-reading", place, column=column, amount=case.money(closing), low=low, high=high)
    if not isinstance(year.opening, Unknown) and year.opening > highest:
        yield problem("opening-above-ceiling", place, column=column, amount=case.money(year.opening), limit=high)


# --- Sentences ------------------------------------------------------------------------------------------------------


def _goal_of(case: Case) -> FinancialGoal | None:
    """Return the plan's own goal to stay within the ceiling."""
    goals = case.plan.budget.financial_goals
    points = goals.points if goals else ()
    return next((goal for goal in points if goal.measure and fold(goal.measure) == MEASURE), None)


def _with_goal(case: Case, sentence: str) -> str:
    goal = _goal_of(case)
    if goal is None:
        return sentence
    return f"{case.say('law.administration.goal', goal=goal.text.rstrip('.'))} {sentence}"


def _rule(case: Case, given: EquityCeiling | None, steps: Sequence[CeilingShare]) -> str:
    source = given.source if given else case.say("law.ceiling.source")
    return case.say("law.ceiling.recommends", source=source, steps=listed([_step(case, one) for one in steps]))


def _found(
    case: Case, given: EquityCeiling | None, base: int, closing: int, limits: dict[CeilingReading, Fraction]
) -> Iterator[str]:
    year, opening, highest = case.year.column.year, case.year.opening, max(limits.values())
    percent = case.percent(Fraction(closing, base))
    yield case.say("law.ceiling.found", year=year, closing=case.kronor(closing), percent=percent)
    if len(limits) > 1:
        stepwise, level = limits[CeilingReading.STEPWISE], limits[CeilingReading.LEVEL]
        yield case.say("law.ceiling.two-readings", stepwise=case.kronor(stepwise), level=case.kronor(level))
        yield case.say(f"law.ceiling-standing.{_standing(closing, limits)}")
    else:
        yield case.say("law.ceiling.limit", limit=case.kronor(highest))
    if given and given.confirmed:
        yield case.say(f"law.ceiling-reading.{given.reading.value}")
    if not isinstance(opening, Unknown) and opening > highest:
        yield case.say("law.ceiling.opening", year=year, opening=case.kronor(opening))


def _standing(closing: int, limits: dict[CeilingReading, Fraction]) -> str:
    if closing > max(limits.values()):
        return "above-both"
    if closing <= min(limits.values()):
        return "within-both"
    return "within-stepwise" if closing <= limits[CeilingReading.STEPWISE] else "within-level"


def _step(case: Case, step: CeilingShare) -> str:
    percent, above, up_to = case.percent(step.share, _places(step.share)), step.above, step.up_to
    if up_to is None:
        return case.say("law.ceiling.step-above", percent=percent, low=_million(case, above)) if above else percent
    if not above:
        return case.say("law.ceiling.step-first", percent=percent, high=_million(case, up_to))
    low = amount_in(Unit.MKR, above)
    return case.say("law.ceiling.step-between", percent=percent, low=low, high=_million(case, up_to))


def _places(share: Fraction) -> int:
    """Return the number of decimals that a percentage needs: few, since it is one that a plan states."""
    return next(places for places in count() if 10**places % (share * 100).denominator == 0)


def _million(case: Case, kronor: int) -> str:
    return millions_in_words(amount_in(Unit.MKR, kronor), case.texts)


def _calculation(case: Case, parts: Sequence[CeilingPart]) -> Iterator[str]:
    for part in parts:
        yield case.say(
            "law.ceiling.part",
            percent=case.percent(part.share, _places(part.share)),
            amount=case.kronor(part.amount),
            allowed=case.kronor(part.allowed),
        )
    if len(parts) > 1:
        limit = sum((part.allowed for part in parts), Fraction(0))
        yield case.say("law.ceiling.together", limit=case.kronor(limit))
