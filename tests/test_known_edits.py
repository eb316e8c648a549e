"""The reported differences of two versions are the edits made, or are reported as uncertain: some hundred pairs.

`python -m tests.known_edits 5000` tries thousands.
"""

import pytest

from tests.known_edits import Verdict, judge
from tests.model_edits import edited
from tests.model_plans import written

EACH = 40


@pytest.mark.parametrize("batch", range(6))
def test_a_comparison_tells_the_edits_and_nothing_else(batch: int) -> None:
    """A pair takes 25 ms: two versions are read, and compared both ways and with themselves."""
    for seed in range(batch * EACH, (batch + 1) * EACH):
        edits = edited(seed)
        outcome = judge(edits)
        assert outcome.verdict in (Verdict.EXACT, Verdict.UNSURE), f"{seed}: {edits.made}\n{outcome.why}"


def test_the_edits_make_other_versions() -> None:
    """All kinds of edits are made, and most are certain to be told."""
    every = [edited(seed) for seed in range(60)]
    assert len({name for edits in every for name in edits.made}) > 30
    assert sum(written(edits.older) != written(edits.newer) for edits in every) == len(every)
    assert sum(not edits.unsure for edits in every) > 40
