"""Is what is saved within the ceiling that Nationella rådet recommended on 2 October 2013?

The recommendation names a percentage for each step of the year's contributions. Whether each is for its own step only,
as with tax brackets, or one for the whole amount, can't be told from it. Both are computed. Readers see the one that
the förbund has confirmed, and none when it hasn't; staff are warned of what is above the ceiling however it is read.
"""

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from insyn.budget import member_income
from insyn.law.judgement import Case, Judgement, Verdict, gravest, money_share, not_applicable, unmade
from insyn.model import CeilingReading, CeilingStep, EquityCeiling, Kronor
from insyn.problems import Problem, problem
from insyn.reading.frontmatter import fold
from insyn.swedish import decimal, listed
from insyn.vocabulary import heading

MILLION = 1_000_000
STEPS = (
    CeilingStep(Kronor(7 * MILLION), "20"),
    CeilingStep(Kronor(15 * MILLION), "15"),
    CeilingStep(None, "10"),
)
"""Of the year's contributions: 20 % up to 7 million kronor, 15 % between 7 and 15, 10 % above."""
BASE = fold("medlemsbidrag")


class Slice(Struct, frozen=True):
    """A part of the contributions, and the percentage of it that may be saved."""

    amount: Kronor
    rate: Fraction

    @property
    def allowed(self) -> Fraction:
        return self.amount * self.rate


def slices(base: int, steps: tuple[CeilingStep, ...], reading: CeilingReading) -> tuple[Slice, ...]:
    """Divide the contributions by a reading of the recommendation."""
    if reading is CeilingReading.STEPWISE:
        return tuple(_stepwise(base, steps))
    inside = next((step for step in steps if step.up_to is None or base <= step.up_to), steps[-1])
    return (Slice(Kronor(base), _rate(inside)),)


def _stepwise(base: int, steps: tuple[CeilingStep, ...]) -> Iterator[Slice]:
    below = 0
    for step in steps:
        top = base if step.up_to is None else min(base, step.up_to)
        if top > below:
            yield Slice(Kronor(top - below), _rate(step))
            below = top


def _rate(step: CeilingStep) -> Fraction:
    return Fraction(step.percent.replace(",", ".")) / 100


def limit(base: int, steps: tuple[CeilingStep, ...], reading: CeilingReading) -> Fraction:
    """Return the highest sum that may be saved."""
    return sum((part.allowed for part in slices(base, steps, reading)), Fraction(0))


# --- Judging --------------------------------------------------------------------------------------------------------


def ceiling(case: Case) -> Judgement:
    """Hold closing equity, and opening, against the ceiling."""
    source = case.source("ceiling")
    if source is None:
        return not_applicable("ceiling")
    given = case.plan.budget.ceiling or case.association.ceiling
    base, closing = member_income(case.plan.budget), case.year.closing
    if closing is None or base <= 0 or (given and fold(given.base) != BASE):
        unknown = unmade(case, "ceiling", case.say("law.ceiling.unknown"), "unmade-ceiling")
        return replace(unknown, for_staff=not (given and given.confirmed))
    steps = (given.steps if given else ()) or STEPS
    readings = (given.reading,) if given and given.confirmed else tuple(CeilingReading)
    limits = {reading: limit(base, steps, reading) for reading in readings}
    problems = tuple(_problems(case, closing, limits))
    judged = Judgement("ceiling", _verdict(closing, case.year.opening, limits), for_staff=True, problems=problems)
    return _told(case, judged, given, base, steps) if given and given.confirmed else judged


def _verdict(closing: int, opening: int | None, limits: dict[CeilingReading, Fraction]) -> Verdict:
    """Warn of closing equity above every limit; note what is above one of them, and opening equity above them all."""
    above = [closing > allowed for allowed in limits.values()]
    at_opening = opening is not None and all(opening > allowed for allowed in limits.values())
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
    if year.opening is not None and year.opening > highest:
        yield problem("opening-above-ceiling", place, column=column, amount=case.money(year.opening), limit=high)


# --- Telling --------------------------------------------------------------------------------------------------------


def _told(case: Case, judged: Judgement, given: EquityCeiling, base: int, steps: tuple[CeilingStep, ...]) -> Judgement:
    """Say it to readers too, by the reading that the förbund has confirmed."""
    parts = slices(base, steps, given.reading)
    allowed = sum((part.allowed for part in parts), Fraction(0))
    return Judgement(
        judged.check,
        judged.verdict,
        case.say("law.ceiling.recommends", source=given.source, steps=listed(list(_steps(case, steps)))),
        tuple(_found(case, allowed, base)),
        tuple(_calculation(case, parts, given.reading, allowed)),
        case.source("ceiling") or "",
        problems=judged.problems,
    )


def _steps(case: Case, steps: tuple[CeilingStep, ...]) -> Iterator[str]:
    below: Kronor | None = None
    for step in steps:
        if step.up_to is None and below is None:
            yield case.say("share-percent", percent=step.percent)
        elif step.up_to is None:
            yield case.say("law.ceiling.step-above", percent=step.percent, low=_million(case, below or 0))
        elif below is None:
            yield case.say("law.ceiling.step-first", percent=step.percent, high=_million(case, step.up_to))
        else:
            low, high = _million(case, below), _million(case, step.up_to)
            yield case.say("law.ceiling.step-between", percent=step.percent, low=low, high=high)
        below = step.up_to


def _million(case: Case, kronor: int) -> str:
    places = 0 if kronor % MILLION == 0 else 1
    return case.say("millions-kronor", amount=decimal(Fraction(kronor, MILLION), places))


def _found(case: Case, allowed: Fraction, base: int) -> Iterator[str]:
    year = case.year
    closing = year.closing or 0
    yield case.say(
        "law.ceiling.found",
        year=year.column.year,
        closing=case.money(closing),
        percent=case.percent(Fraction(closing, base)),
        limit=money_share(case, allowed),
    )
    if year.opening is not None and year.opening > allowed:
        yield case.say("law.ceiling.opening", year=year.column.year, opening=case.money(year.opening))


def _calculation(case: Case, parts: tuple[Slice, ...], reading: CeilingReading, allowed: Fraction) -> Iterator[str]:
    yield case.say("law.ceiling.stepwise" if reading is CeilingReading.STEPWISE else "law.ceiling.level")
    for part in parts:
        yield case.say(
            "law.ceiling.part",
            percent=case.percent(part.rate, 0 if (part.rate * 100).denominator == 1 else 1),
            amount=case.money(part.amount),
            allowed=money_share(case, part.allowed),
        )
    if len(parts) > 1:
        yield case.say("law.ceiling.together", limit=money_share(case, allowed))
