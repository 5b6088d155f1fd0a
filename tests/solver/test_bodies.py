"""One human being in several roles is in one place at a time; limits hold for each role."""

import numpy as np
import pytest

from matchmaker.solver import Params, verify
from matchmaker.solver.objective import gains
from tests.solver.brute import best_schedule_value
from tests.solver.instances import (
    PLAIN,
    event,
    held,
    problem,
    random_roles,
    relaxed_bound,
    solved,
    with_pairs,
)

CLUSTER_AND_FIRM = [0, 1, 2, 0]  # person 3 is person 0 again, for another organisation


def test_two_roles_never_meet_somebody_at_the_same_time() -> None:
    rivals = problem(4, 1, 2, {(0, 1): 5, (2, 3): 4}, body=CLUSTER_AND_FIRM)

    assert held(rivals, solved(rivals)) == {(0, 1)}


def test_each_role_has_its_own_limit() -> None:
    roles = problem(
        4,
        3,
        2,
        {(0, 1): 5, (0, 2): 6, (1, 3): 5, (2, 3): 5},
        body=CLUSTER_AND_FIRM,
        max_meetings=[1, 3, 3, 2],
    )

    result = solved(roles, params=PLAIN)

    assert np.bincount(roles.pairs[result.schedule.pair].ravel()).tolist() == [1, 1, 2, 2]
    assert (result.value, result.gap, result.breaks) == (16, 0.0, 0)


def test_a_first_meeting_counts_for_each_role() -> None:
    roles = problem(4, 2, 1, {(0, 1): 9, (0, 2): 9, (2, 3): 8}, body=CLUSTER_AND_FIRM)

    assert (2, 3) in held(roles, solved(roles))


def test_breaks_are_those_of_the_human_being() -> None:
    roles = problem(
        4,
        3,
        1,
        {(0, 1): 1, (2, 3): 1},
        body=CLUSTER_AND_FIRM,
        locked=[(0, 0, 0), (1, 2, 0)],
    )

    assert solved(roles).person_breaks.tolist() == [1, 0, 0]


@pytest.mark.parametrize("seed", range(10))
def test_small_problems_reach_the_true_optimum_and_are_bounded(seed: int) -> None:
    small = random_roles(seed)
    extra = np.pad(gains(small, Params()), ((0, 0), (0, 1))).tolist()
    best = best_schedule_value(small, extra)

    result = solved(small)

    assert verify(small, result.schedule) == []
    assert result.value == best <= result.bound
    assert best <= relaxed_bound(small, Params())


def test_an_event_with_many_in_two_roles_is_solved_to_a_hundredth() -> None:
    alone = event(3, people=40, slots=6, points=14)
    body = np.arange(40)
    body[34:] = np.arange(10, 16)
    apart = body[alone.pairs[:, 0]] != body[alone.pairs[:, 1]]
    roles = with_pairs(alone, np.flatnonzero(apart), body=body)

    result = solved(roles, params=Params(improve_rounds=15))

    assert result.violations == ()
    assert result.gap <= 0.01
