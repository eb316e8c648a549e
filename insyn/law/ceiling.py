"""Is what is saved within the ceiling that Nationella rådet recommended on 2 October 2013?

The recommendation names a percentage for each step of the year's contributions. Whether each is for its own step only,
as with tax brackets, or one for the whole amount, can't be told from it. Both are computed. Readers see the one that
the förbund has confirmed, and none when it hasn't; staff are warned of what is above the ceiling however it is read.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import count

from msgspec.structs import replace

from insyn.law.judgement import Case, Judgement, Verdict, gravest, money_share, not_applicable, unmade
from insyn.model import CeilingReading, EquityCeiling, Kronor, Unit
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
from insyn.money.unknown import Money, Unknown, all_known
from insyn.problems import Problem, problem
from insyn.swedish import listed
from insyn.vocabulary import amount_in, heading, millions_in_words

# --- Judging --------------------------------------------------------------------------------------------------------


def ceiling(case: Case) -> Judgement:
    """Hold closing equity, and opening, against the ceiling."""
    source = case.source("ceiling")
    if source is None:
        return not_applicable("ceiling")
    given = case.plan.budget.ceiling or case.association.ceiling
    is_confirmed = given is not None and given.confirmed
    steps = steps_of((given.steps if given else ()) or RECOMMENDED)
    told = all_known(member_income(case.plan.budget), case.year.closing)
    if told is None or told[0] <= 0 or steps is None or (given and not is_of_contributions(given)):
        unknown = unmade(case, "ceiling", case.say("law.ceiling.unknown"), "unmade-ceiling")
        return replace(unknown, for_staff=not is_confirmed)
    base, closing = told
    readings = (given.reading,) if given and is_confirmed else tuple(CeilingReading)
    limits = {reading: allowed(steps, base, reading) for reading in readings}
    problems = tuple(_problems(case, closing, limits))
    judged = Judgement("ceiling", _verdict(closing, case.year.opening, limits), for_staff=True, problems=problems)
    return _told(case, judged, given, told, steps) if given and is_confirmed else judged


def _verdict(closing: int, opening: Money, limits: dict[CeilingReading, Fraction]) -> Verdict:
    """Warn of closing equity above every limit; note what is above one of them, and opening equity above them all."""
    above = [closing > allowed for allowed in limits.values()]
    at_opening = not isinstance(opening, Unknown) and all(opening > allowed for allowed in limits.values())
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


# --- Telling --------------------------------------------------------------------------------------------------------


def _told(
    case: Case, judged: Judgement, given: EquityCeiling, told: tuple[Kronor, ...], steps: Sequence[CeilingShare]
) -> Judgement:
    """Say it to readers too, by the reading that the förbund has confirmed."""
    base, closing = told
    parts, limit = parts_of(steps, base, given.reading), allowed(steps, base, given.reading)
    return replace(
        judged,
        rule=case.say("law.ceiling.recommends", source=given.source, steps=listed([_step(case, one) for one in steps])),
        found=tuple(_found(case, limit, base, closing)),
        calculation=tuple(_calculation(case, parts, given.reading, limit)),
        source=case.source("ceiling") or "",
        for_staff=False,
    )


def _step(case: Case, step: CeilingShare) -> str:
    percent, above, up_to = case.percent(step.share, _places(step.share)), step.above, step.up_to
    if up_to is None:
        return case.say("law.ceiling.step-above", percent=percent, low=_million(case, above)) if above else percent
    if not above:
        return case.say("law.ceiling.step-first", percent=percent, high=_million(case, up_to))
    return case.say("law.ceiling.step-between", percent=percent, low=_million(case, above), high=_million(case, up_to))


def _places(share: Fraction) -> int:
    """Return how many decimals a percentage needs. It is one that a plan states, so they aren't many."""
    return next(places for places in count() if 10**places % (share * 100).denominator == 0)


def _million(case: Case, kronor: int) -> str:
    return millions_in_words(amount_in(Unit.MKR, kronor), case.texts)


def _found(case: Case, limit: Fraction, base: int, closing: Kronor) -> Iterator[str]:
    year = case.year
    yield case.say(
        "law.ceiling.found",
        year=year.column.year,
        closing=case.money(closing),
        percent=case.percent(Fraction(closing, base)),
        limit=money_share(case, limit),
    )
    if not isinstance(year.opening, Unknown) and year.opening > limit:
        yield case.say("law.ceiling.opening", year=year.column.year, opening=case.money(year.opening))


def _calculation(case: Case, parts: Sequence[CeilingPart], reading: CeilingReading, limit: Fraction) -> Iterator[str]:
    yield case.say("law.ceiling.stepwise" if reading is CeilingReading.STEPWISE else "law.ceiling.level")
    for part in parts:
        yield case.say(
            "law.ceiling.part",
            percent=case.percent(part.share, _places(part.share)),
            amount=case.money(part.amount),
            allowed=money_share(case, part.allowed),
        )
    if len(parts) > 1:
        yield case.say("law.ceiling.together", limit=money_share(case, limit))
