"""The criteria that end a run."""

import math

import pytest

from matchmaker.solver.stop import (
    AfterRounds,
    AfterSeconds,
    Effort,
    FirstOf,
    Never,
    Stop,
    WhenAsked,
)


@pytest.mark.parametrize(
    ("stop", "over", "left"),
    [
        (Never(), False, math.inf),
        (AfterSeconds(10), False, 4.0),
        (AfterSeconds(5), True, 0.0),
        (AfterRounds(8), False, math.inf),
        (AfterRounds(7), True, math.inf),
        (WhenAsked(lambda: False), False, math.inf),
        (WhenAsked(lambda: True), True, 0.0),
        (FirstOf((AfterSeconds(10), AfterRounds(7))), True, 4.0),
        (FirstOf((AfterSeconds(10), AfterRounds(8))), False, 4.0),
        (FirstOf(()), False, math.inf),
    ],
)
def test_after_six_seconds_and_seven_rounds(stop: Stop, over: bool, left: float) -> None:
    effort = Effort(seconds=6, rounds=7)

    assert (stop(effort), stop.seconds_left(effort)) == (over, left)
