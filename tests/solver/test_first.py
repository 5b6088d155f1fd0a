"""A first timetable for given meetings keeps every rule; searching on ends with the best."""

import numpy as np
import pytest

from matchmaker.solver.first import first_timetable
from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.polish import timetable
from matchmaker.solver.prover import findings
from matchmaker.solver.verify_given import verify_given
from tests.solver.given_instances import fewest_breaks, random_given


def _meeting_again(seed: int) -> GivenMeetings:
    """Three people, and most pairs of them are given two meetings."""
    return random_given(seed, people=3, slots=6, meetings=5)


@pytest.mark.parametrize("seed", range(8))
def test_what_is_placed_keeps_every_rule(seed: int) -> None:
    for given in (random_given(seed), _meeting_again(seed)):
        slots = first_timetable(given)

        if slots is not None:
            rows = [(m, t, slots[:m].tolist().count(t)) for m, t in enumerate(slots.tolist())]
            assert verify_given(given, rows, most_each=None) == []


def test_most_small_instances_that_have_a_timetable_are_placed_at_once() -> None:
    instances = [random_given(seed) for seed in range(12)]
    unordered = [given for given in instances if not given.precedences]
    possible = [given for given in unordered if fewest_breaks(given, None) is not None]

    placed = [given for given in possible if first_timetable(given) is not None]

    assert (len(placed), len(possible)) == (7, 7)


@pytest.mark.parametrize("seed", range(6))
def test_the_search_from_above_ends_with_the_fewest_breaks_wherever_it_starts(seed: int) -> None:
    given = random_given(seed)
    slots = first_timetable(given)
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
