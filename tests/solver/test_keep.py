"""A run that knows the schedule of before moves no meeting without need."""

import numpy as np
import pytest

from matchmaker.solver import Never, Params, Problem, Result, Schedule, solve
from matchmaker.solver.objective import gains
from tests.solver.brute import best_schedule_value
from tests.solver.instances import event, random_problem, random_rules, solved

SHORT = Params(improve_rounds=10)


def _again(given: Problem, previous: Schedule, worth: float | None = None, seed: int = 2) -> Result:
    return solve(
        given,
        stop=Never(),
        seed=seed,
        params=SHORT,
        previous=previous,
        keep_worth=worth,
    )


def _kept(result: Result, previous: Schedule) -> int:
    slots = {(pair, slot) for pair, slot, _ in previous.meetings()}
    return len(slots & {(pair, slot) for pair, slot, _ in result.schedule.meetings()})


def test_where_nothing_changed_nothing_moves() -> None:
    given = event(8, people=40, slots=6, points=14)
    before = solved(given, params=SHORT)

    again = _again(given, before.schedule)

    assert (again.value, _kept(again, before.schedule)) == (before.value, len(before.schedule))


def test_where_little_changed_little_moves() -> None:
    given = event(8, people=40, slots=6, points=14)
    before = solved(given, params=SHORT)
    values = given.values.copy()
    values[:3] += 40
    changed = given.replace(values=values)

    fresh, again = solved(changed, params=SHORT), _again(changed, before.schedule)

    assert again.value >= fresh.value
    assert _kept(again, before.schedule) >= 0.8 * len(before.schedule)
    assert _kept(fresh, before.schedule) < 0.5 * len(before.schedule)


def test_who_keeps_the_time_keeps_the_place_but_where_it_is_lost() -> None:
    given = event(8, people=40, slots=6, points=24)
    before = solved(given, params=SHORT).schedule
    still_open = given.point_open.copy()
    still_open[0] = False

    again = _again(given.replace(point_open=still_open), before).schedule

    places = {(pair, slot): point for pair, slot, point in before.meetings()}
    others = [m for m in again.meetings() if places.get(m[:2]) != m[2]]
    assert len(again) == len(before)
    assert sorted(places[m[:2]] for m in others) == [0] * sum(before.point == 0)


@pytest.mark.parametrize("worth", [None, 4.0])
@pytest.mark.parametrize("instance", [random_problem, random_rules])
@pytest.mark.parametrize("seed", range(4))
def test_small_problems_keep_the_most_there_can_be(
    seed: int, instance: type, worth: float | None
) -> None:
    original: Problem = instance(seed)
    previous = solved(original).schedule
    random = np.random.default_rng(seed)
    changed = original.replace(values=random.permutation(original.values))
    extra = np.pad(gains(changed, Params()), ((0, 0), (0, 1))).tolist()
    home = {pair: slot for pair, slot, _ in previous.meetings()}
    bonus = worth or 0.001

    result = _again(changed, previous, worth)

    total = result.value + bonus * _kept(result, previous)
    assert total == pytest.approx(best_schedule_value(changed, extra, home, bonus))
    assert result.bound >= best_schedule_value(changed, extra)
