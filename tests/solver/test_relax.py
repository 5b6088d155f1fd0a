"""The relaxed bound is true, and lower than the selection's where time is scarce."""

import numpy as np
import pytest

from matchmaker.solver import Params, Problem
from matchmaker.solver.objective import gains
from matchmaker.solver.relax import relaxed_bound
from matchmaker.solver.select import select
from tests.solver.brute import best_schedule_value
from tests.solver.instances import PLAIN, problem, random_problem, solved


def _relaxed(given: Problem, params: Params) -> int:
    bound = relaxed_bound(given, params, seed=1, seconds=np.inf)
    assert bound is not None
    return bound


@pytest.mark.parametrize("seed", range(20))
def test_no_schedule_is_worth_more_than_the_relaxed_bound(seed: int) -> None:
    small = random_problem(seed, people=5)
    extra = np.pad(gains(small, Params()), ((0, 0), (0, 1))).tolist()

    assert _relaxed(small, Params()) >= best_schedule_value(small, extra)


def test_two_meetings_of_one_person_in_one_slot_count_once() -> None:
    rivals = problem(
        4,
        2,
        2,
        {(0, 1): 8, (0, 2): 6, (0, 3): 1},
        pair_slots=[[True, False], [True, False], [False, True]],
    )

    selection = select(rivals, gains(rivals, PLAIN), nodes=500, seconds=60)

    assert (selection.bound, _relaxed(rivals, PLAIN)) == (14, 9)
    assert solved(rivals, params=PLAIN).gap == 0.0


def test_a_locked_meeting_is_counted_although_it_pays_badly() -> None:
    locked = problem(3, 1, 2, {(0, 1): 1, (0, 2): 100}, locked=[(0, 0, 1)])

    assert _relaxed(locked, PLAIN) == 1
