"""A run: exact schedules where a hand can find them, proof and promises everywhere."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.solver import Params, Progress, Result, Schedule, solve, verify
from matchmaker.solver.objective import gains
from matchmaker.solver.stop import Never, WhenAsked
from tests.solver.brute import best_schedule_value
from tests.solver.instances import PLAIN, event, held, problem, random_problem, solved


@cache
def watched() -> tuple[Result, list[Progress]]:
    seen: list[Progress] = []
    return solve(event(3), stop=Never(), seed=1, params=Params(), progress=seen.append), seen


def test_one_pair_meets() -> None:
    one = problem(2, 1, 1, {(0, 1): 7})

    result = solved(one, params=PLAIN)

    assert result.schedule.meetings() == [(0, 0, 0)]
    assert (result.value, result.bound, result.gap, result.breaks) == (7, 7, 0.0, 0)


def test_the_better_pair_wins_the_only_table() -> None:
    rivals = problem(4, 1, 1, {(0, 1): 7, (2, 3): 9})

    result = solved(rivals)

    assert held(rivals, result) == {(2, 3)}


def test_three_who_all_want_each_other_need_three_slots() -> None:
    triangle = {(0, 1): 5, (0, 2): 4, (1, 2): 3}

    two, three = problem(3, 2, 2, triangle), problem(3, 3, 2, triangle)

    assert held(two, solved(two)) == {(0, 1), (0, 2)}
    assert held(three, solved(three)) == {(0, 1), (0, 2), (1, 2)}


def test_the_only_slot_a_late_comer_has_is_kept_for_them() -> None:
    late = problem(
        3, 2, 1, {(0, 1): 9, (0, 2): 1}, available=[[True, True], [True, True], [False, True]]
    )

    result = solved(late)

    assert [m[:2] for m in result.schedule.meetings()] == [(0, 0), (1, 1)]


def test_a_locked_meeting_stays_although_better_is_to_be_had() -> None:
    locked = problem(3, 1, 2, {(0, 1): 1, (0, 2): 100}, locked=[(0, 0, 1)])

    result = solved(locked)

    assert result.schedule.meetings() == [(0, 0, 1)]
    assert result.gap == 0.0


def test_nobody_goes_without_where_a_swap_avoids_it() -> None:
    friends = problem(4, 3, 1, {(0, 1): 30, (0, 2): 28, (1, 2): 29, (2, 3): 3})

    plain, shared = solved(friends, params=PLAIN), solved(friends)

    assert held(friends, plain) == {(0, 1), (0, 2), (1, 2)}
    assert held(friends, shared) == {(0, 1), (1, 2), (2, 3)}
    assert shared.terms.pair_value == 62


def test_a_promised_minimum_is_kept_where_it_can_be() -> None:
    worth = {(0, 1): 20, (0, 2): 19, (0, 3): 5, (1, 3): 4}
    plain = problem(4, 2, 1, worth)
    promised = problem(4, 2, 1, worth, min_meetings=[2, 0, 0, 0])

    without, kept = solved(plain), solved(promised)

    assert held(plain, without) == {(0, 2), (1, 3)}
    assert held(promised, kept) == {(0, 1), (0, 2)}
    assert (without.terms.promises, kept.terms.promises) == (0, 20)


@pytest.mark.parametrize("shape", [(0, 2, 1), (3, 0, 1), (3, 2, 0), (3, 2, 1)])
def test_nothing_to_schedule_is_an_empty_schedule(shape: tuple[int, int, int]) -> None:
    result = solved(problem(*shape, {}))

    assert result.schedule.meetings() == []
    assert (result.value, result.bound, result.gap) == (0, 0, 0.0)


@pytest.mark.parametrize("shape", [(3, 0, 1), (3, 2, 0)])
def test_wishes_without_slots_or_points_stay_wishes(shape: tuple[int, int, int]) -> None:
    result = solved(problem(*shape, {(0, 1): 4}))

    assert (len(result.schedule), result.bound) == (0, 0)


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_every_result_is_feasible_within_its_bound_and_repeatable(seed: int) -> None:
    given_problem = random_problem(seed)

    first, second = solved(given_problem), solved(given_problem)

    assert verify(given_problem, first.schedule) == []
    assert first.value <= first.bound
    assert first.schedule.meetings() == second.schedule.meetings()


@pytest.mark.parametrize("seed", range(25))
def test_small_problems_reach_the_true_optimum(seed: int) -> None:
    small = random_problem(seed, people=5)
    extra = np.pad(gains(small, Params()), ((0, 0), (0, 1))).tolist()

    result = solved(small)

    assert result.value == best_schedule_value(small, extra)
    assert result.bound >= result.value


def test_an_event_is_solved_to_a_thousandth() -> None:
    result, _ = watched()

    assert result.violations == ()
    assert result.gap <= 0.001


def test_scarce_time_is_improved_beyond_what_placing_reaches() -> None:
    scarce = event(5)
    scarce = scarce.replace(available=np.random.default_rng(0).random((60, 8)) < 0.5)

    placed, improved = solved(scarce, params=Params(improve_rounds=0)), solved(scarce)

    assert placed.value < improved.value <= improved.bound
    assert improved.violations == ()


def test_a_run_asked_to_stop_at_once_still_yields_a_schedule() -> None:
    asked = solve(event(3), stop=WhenAsked(lambda: True), seed=1, params=Params())

    assert asked.violations == ()
    assert len(asked.schedule) > 100


def test_progress_rises_to_the_end() -> None:
    result, seen = watched()

    fractions = [p.fraction for p in seen]
    assert fractions == sorted(fractions)
    assert (seen[0].stage, seen[-1].stage, fractions[-1]) == ("select", "verify", 1.0)
    assert (seen[-1].value, seen[-1].bound) == (result.value, result.bound)


def test_breaks_are_counted_within_a_day() -> None:
    worth = {(0, 1): 1, (0, 2): 1}
    same_day = problem(3, 3, 1, worth, locked=[(0, 0, 0), (1, 2, 0)])
    two_days = problem(3, 3, 1, worth, locked=[(0, 0, 0), (1, 2, 0)], slot_day=[0, 1, 1])

    assert solved(same_day).person_breaks.tolist() == [1, 0, 0]
    assert solved(two_days).breaks == 0


def test_people_stay_at_their_point() -> None:
    calm = problem(3, 2, 3, {(0, 1): 5, (0, 2): 5})

    points = solved(calm).schedule.point.tolist()

    assert points == [0, 0]


def test_meetings_come_in_order_of_slot_and_point() -> None:
    schedule = Schedule.of([(2, 1, 0), (0, 0, 1), (1, 0, 0)])

    assert schedule.meetings() == [(1, 0, 0), (0, 0, 1), (2, 1, 0)]


@pytest.mark.parametrize("seed", range(3))
def test_slots_that_nobody_is_left_for_are_no_trouble(seed: int) -> None:
    """Three who all want each other in two slots leave the other two slots without a pair."""
    event = problem(
        5,
        4,
        2,
        {(0, 1): 2, (0, 2): 2, (1, 2): 2, (3, 4): 2},
        available=np.array([[True, True, False, False]] * 5),
        max_meetings=[9] * 5,
    )

    result = solve(event, stop=Never(), seed=seed, params=Params())

    assert (result.terms.pair_value, result.violations) == (6, ())
