"""The relaxed bound is true, and lower than the selection's where time is scarce."""

import numpy as np
import pytest

from matchmaker.solver import Params
from matchmaker.solver.objective import gains
from matchmaker.solver.select import select
from tests.solver.brute import best_schedule_value
from tests.solver.instances import PLAIN, problem, random_problem, relaxed_bound, solved


@pytest.mark.parametrize("seed", range(20))
def test_no_schedule_is_worth_more_than_the_relaxed_bound(seed: int) -> None:
    small = random_problem(seed, people=5)
    extra = np.pad(gains(small, Params()), ((0, 0), (0, 1))).tolist()

    assert relaxed_bound(small, Params()) >= best_schedule_value(small, extra)


def test_two_meetings_of_one_person_in_one_slot_count_once() -> None:
    rivals = problem(
        4,
        2,
        2,
        {(0, 1): 8, (0, 2): 6, (0, 3): 1},
        pair_slots=[[True, False], [True, False], [False, True]],
    )

    selection = select(rivals, gains(rivals, PLAIN), nodes=500, seconds=60)

    assert (selection.bound, relaxed_bound(rivals, PLAIN)) == (14, 9)
    assert solved(rivals, params=PLAIN).gap == 0.0


def test_a_locked_meeting_is_counted_although_it_pays_badly() -> None:
    locked = problem(3, 1, 2, {(0, 1): 1, (0, 2): 100}, locked=[(0, 0, 1)])

    assert relaxed_bound(locked, PLAIN) == 1


def test_three_people_in_one_slot_hold_one_meeting_and_not_one_and_a_half() -> None:
    assert relaxed_bound(problem(3, 1, 2, {(0, 1): 8, (0, 2): 8, (1, 2): 8}), PLAIN) == 8
