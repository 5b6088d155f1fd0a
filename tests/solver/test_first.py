"""A first timetable for given meetings keeps every rule; searching on ends with the best."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from matchmaker.solver.first import first_timetable
from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.polish import timetable
from matchmaker.solver.progress import Run
from matchmaker.solver.prover import findings
from matchmaker.solver.stop import Never, WhenAsked
from matchmaker.solver.verify_given import verify_given
from tests.solver.given_instances import fewest_breaks, random_given

UNORDERED = (1, 2, 5, 6, 7, 9, 11)  # seeds of instances in which no meeting must precede another


def _meeting_again(seed: int) -> GivenMeetings:
    """Three people, and most pairs of them are given two meetings."""
    return random_given(seed, people=3, slots=6, meetings=5)


@pytest.mark.parametrize("instance", [random_given, _meeting_again])
@pytest.mark.parametrize("seed", UNORDERED)
def test_small_instances_are_placed_at_once_and_keep_every_rule(
    instance: Callable[[int], GivenMeetings], seed: int
) -> None:
    given = instance(seed)

    slots = first_timetable(given, Run(Never()))

    assert slots is not None
    rows = [(m, t, slots[:m].tolist().count(t)) for m, t in enumerate(slots.tolist())]
    assert verify_given(given, rows, most_each=None) == []


def test_a_run_asked_to_stop_tries_once() -> None:
    crowded = replace(random_given(1), capacity=np.zeros(5, dtype=np.int64))
    looks = iter([True])

    assert first_timetable(crowded, Run(WhenAsked(lambda: next(looks)))) is None
    assert list(looks) == []


@pytest.mark.parametrize("seed", [0, 2, 3, 5, 9])
def test_the_search_from_above_ends_with_the_fewest_breaks_wherever_it_starts(seed: int) -> None:
    given = random_given(seed)
    slots = first_timetable(given, Run(Never()))
    start = None if slots is None else slots.tolist()

    told = [found for found in findings(given, None, "halve", start) if "breaks" in found]

    best = fewest_breaks(given, None)
    started = None if slots is None else timetable(given, slots, None)
    fewest = [found["breaks"] for found in (started, *told) if found is not None]
    assert min(fewest, default=None) == best


def test_a_timetable_unfair_to_somebody_is_not_shown() -> None:
    torn = GivenMeetings(
        people=3,
        pairs=np.array([(0, 1), (0, 2)]),
        usable=np.array([[1, 0, 0], [0, 0, 1]], dtype=bool),
        capacity=np.ones(3, dtype=np.int64),
        slot_day=np.zeros(3, dtype=np.int64),
    )

    assert timetable(torn, np.array([0, 2]), 0) is None
    assert timetable(torn, np.array([0, 2]), 1) == {"breaks": 1, "slots": [0, 2]}
