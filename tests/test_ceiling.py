"""A recommended ceiling for equity by both of its readings, compared with amounts computed by hand."""

from fractions import Fraction

import pytest

from insyn.model import CeilingStep, Kronor, Percentage
from insyn.money.ceiling import CeilingShare, by_level, steps_of, stepwise

LADDER = (
    CeilingStep(Kronor(7_000_000), Percentage(20)),
    CeilingStep(Kronor(15_000_000), Percentage(15)),
    CeilingStep(None, Percentage(10)),
)


@pytest.mark.parametrize(
    ("amount", "in_steps", "on_all"),
    [
        (0, 0, 0),
        (3_000_000, 600_000, 600_000),
        (7_000_000, 1_400_000, 1_400_000),
        (8_036_000, 1_555_400, 1_205_400),
        (15_000_000, 2_600_000, 2_250_000),
        (20_000_000, 3_100_000, 2_000_000),
        (7_000_003, 1_400_000, 1_050_000),
    ],
)
def test_the_two_readings_of_a_ladder(amount: int, in_steps: int, on_all: int) -> None:
    steps = steps_of(LADDER)
    assert steps
    assert (stepwise(steps, amount), by_level(steps, amount)) == (in_steps, on_all)


def test_a_single_step_reads_alike_either_way() -> None:
    steps = steps_of((CeilingStep(None, Percentage(125, 1)),))
    assert steps == (CeilingShare(0, None, Fraction(1, 8)),)
    assert stepwise(steps, 8_000_000) == by_level(steps, 8_000_000) == 1_000_000


@pytest.mark.parametrize(
    "written",
    [
        (),
        (CeilingStep(None, Percentage(20)), CeilingStep(None, Percentage(10))),
        (CeilingStep(Kronor(7_000_000), Percentage(20)), CeilingStep(Kronor(7_000_000), Percentage(15))),
        (
            CeilingStep(Kronor(7_000_000), Percentage(20)),
            CeilingStep(Kronor(5_000_000), Percentage(15)),
            CeilingStep(None, Percentage(10)),
        ),
    ],
)
def test_steps_that_make_no_ladder_are_not_counted_with(written: tuple[CeilingStep, ...]) -> None:
    assert steps_of(written) is None


def test_above_a_ladder_with_a_last_end_nothing_is_added() -> None:
    steps = steps_of(LADDER[:2])
    assert steps
    assert stepwise(steps, 20_000_000) == 2_600_000
    assert by_level(steps, 20_000_000) == 3_000_000
