"""How high a recommended ceiling for equity is. The recommendation can be read in two ways, and neither is settled.

Stepwise: each percentage is for the money within its own step. By level: one percentage, that of the step where the
whole amount ends, is for all of it.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct

from insyn.model import CeilingReading, CeilingStep, EquityCeiling, Kronor, Percentage
from insyn.swedish import round_half_up

MILLION = 1_000_000
RECOMMENDED = (
    CeilingStep(Kronor(7 * MILLION), Percentage(20)),
    CeilingStep(Kronor(15 * MILLION), Percentage(15)),
    CeilingStep(None, Percentage(10)),
)
"""What Nationella rådet recommended on 2 October 2013: 20 % of the year's contributions up to 7 million kronor, 15 %
between 7 and 15, 10 % above."""
FIRST_YEAR = 2014
"""The first year whose budget could be decided after that."""
BASE = "medlemsbidrag"


class CeilingShare(Struct, frozen=True):
    """A share of the money from `above` and up to `up_to`; the last step has no end."""

    above: int
    up_to: int | None
    share: Fraction


def steps_of(written: Sequence[CeilingStep]) -> tuple[CeilingShare, ...] | None:
    """Return the steps of a ceiling; None where they don't follow on each other."""
    ends = [step.up_to for step in written]
    inner = [end for end in ends[:-1] if end is not None]
    rising = all(before < after for before, after in pairwise([0, *inner, *(end for end in ends[-1:] if end)]))
    if not written or len(inner) != len(ends) - 1 or not rising:
        return None
    starts = [0, *inner]
    return tuple(
        CeilingShare(start, end, step.percent.share) for start, end, step in zip(starts, ends, written, strict=True)
    )


def confirmed_steps(given: EquityCeiling | None) -> tuple[CeilingShare, ...] | None:
    """Return the steps that a förbund has confirmed its reading of; None where there is nothing to count with."""
    if given is None or not given.confirmed or not is_of_contributions(given):
        return None
    return steps_of(given.steps or RECOMMENDED)


def is_of_contributions(given: EquityCeiling) -> bool:
    """Whether the ceiling is a share of the members' contributions, the only ground that is known how to count."""
    return given.base.strip().lower() == BASE


class CeilingPart(Struct, frozen=True):
    """A part of the whole amount, and the share of it that the ceiling allows."""

    amount: int
    share: Fraction

    @property
    def allowed(self) -> Fraction:
        return self.amount * self.share


def parts_of(steps: Sequence[CeilingShare], amount: int, reading: CeilingReading) -> tuple[CeilingPart, ...]:
    """Divide an amount as a reading of the recommendation does."""
    if reading is CeilingReading.LEVEL:
        own = next((step for step in steps if step.up_to is None or amount <= step.up_to), steps[-1])
        return (CeilingPart(amount, own.share),)
    inside = ((max(0, min(amount, step.up_to or amount) - step.above), step.share) for step in steps)
    return tuple(CeilingPart(part, share) for part, share in inside if part)


def allowed(steps: Sequence[CeilingShare], amount: int, reading: CeilingReading) -> Fraction:
    """Return the ceiling, exact."""
    return sum((part.allowed for part in parts_of(steps, amount, reading)), Fraction(0))


def stepwise(steps: Sequence[CeilingShare], amount: int) -> Kronor:
    """Return the ceiling where each percentage is for the money within its own step.

    >>> stepwise(steps_of(RECOMMENDED), 10_000_000)
    1850000
    """
    return _whole(allowed(steps, amount, CeilingReading.STEPWISE))


def limit_of(given: EquityCeiling, steps: Sequence[CeilingShare], amount: int) -> Kronor:
    """Return the ceiling by the förbund's own reading."""
    return _whole(allowed(steps, amount, given.reading))


def by_level(steps: Sequence[CeilingShare], amount: int) -> Kronor:
    """Return the ceiling where one percentage is for the whole amount.

    >>> by_level(steps_of(RECOMMENDED), 10_000_000)
    1500000
    """
    return _whole(allowed(steps, amount, CeilingReading.LEVEL))


def _whole(kronor: Fraction) -> Kronor:
    return Kronor(int(round_half_up(kronor, 0)))
