"""After a change as few published meetings as possible change, and that number is proved."""

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest

from matchmaker.solver import Locked, Never, Params, Problem, Schedule, verify
from matchmaker.solver.repair import Repaired, repair, repair_choices
from tests.solver.brute import Held, may_add
from tests.solver.instances import (
    PLAIN,
    event,
    problem,
    random_problem,
    random_roles,
    random_rules,
    solved,
)

PUBLISHED = Schedule.of([(0, 0, 0), (1, 0, 1), (2, 1, 0)])


def _four(**given: object) -> Problem:
    worth = {(0, 1): 5, (2, 3): 4, (0, 2): 3, (1, 3): 2}
    return problem(4, 2, 2, worth, **given)


def _repaired(changed: Problem, published: Schedule = PUBLISHED) -> Repaired:
    return repair(changed, published, stop=Never(), seed=1, params=Params())


def test_where_nothing_changed_nothing_changes_and_what_fits_is_added() -> None:
    repaired = _repaired(_four())

    assert (repaired.changes, repaired.fewest) == (0, 0)
    assert repaired.result.schedule.meetings() == [(0, 0, 0), (1, 0, 1), (2, 1, 0), (3, 1, 1)]


def test_one_who_cancels_takes_only_their_own_meetings_along() -> None:
    repaired = _repaired(_four(max_meetings=[0, 2, 2, 2]))

    assert (repaired.moved, repaired.dropped, repaired.fewest) == ((), (0, 2), 2)
    assert repaired.result.schedule.meetings() == [(1, 0, 1), (3, 1, 1)]


def test_one_who_comes_late_is_moved_where_there_is_room() -> None:
    late = problem(4, 2, 2, {(0, 1): 5, (2, 3): 4}, available=[[False, True], *[[True, True]] * 3])

    repaired = _repaired(late, Schedule.of([(0, 0, 0), (1, 0, 1)]))

    assert (repaired.moved, repaired.dropped, repaired.fewest) == ((0,), (), 1)


def test_a_lost_table_costs_the_least_valuable_meeting() -> None:
    repaired = _repaired(_four(point_open=[[True, True], [False, True]]))

    assert (repaired.changes, repaired.fewest) == (1, 1)
    assert (0, 0, 0) in repaired.result.schedule.meetings()


def test_another_table_is_no_change() -> None:
    published = Schedule.of([(2, 1, 0)])

    repaired = _repaired(_four(point_open=[[True, False], [True, True]]), published)

    assert repaired.changes == 0
    assert (2, 1, 1) in repaired.result.schedule.meetings()


def test_a_locked_meeting_comes_before_a_published_one() -> None:
    repaired = _repaired(_four(locked=[Locked(3, 0, 0)]))

    assert (3, 0, 0) in repaired.result.schedule.meetings()
    assert (repaired.changes, repaired.fewest) == (2, 2)


@pytest.mark.parametrize("instance", [random_problem, random_roles, random_rules])
@pytest.mark.parametrize("seed", range(8))
def test_the_number_of_changes_is_the_least_there_can_be(
    seed: int, instance: Callable[[int], Problem]
) -> None:
    original = instance(seed)
    published = solved(original).schedule
    random = np.random.default_rng(seed)
    changed = original.replace(
        available=original.available & (random.random(original.available.shape) < 0.8),
        point_open=original.point_open & (random.random(original.point_open.shape) < 0.7),
    )

    repaired = _repaired(changed, published)

    assert verify(changed, repaired.result.schedule) == []
    assert repaired.changes <= repaired.fewest == _least_changes(changed, published)


def test_a_cancellation_at_an_event_changes_nothing_else() -> None:
    original = event(8)
    published = solved(original).schedule
    gone = int(original.pairs[published.pair[0], 0])
    theirs = [p for p, _, _ in published.meetings() if gone in original.pairs[p]]
    room = original.max_meetings.copy()
    room[gone] = 0

    repaired = _repaired(original.replace(max_meetings=room), published)

    assert sorted(repaired.dropped) == sorted(theirs)
    assert (repaired.moved, repaired.fewest) == ((), len(theirs))


def _least_changes(changed: Problem, published: Schedule) -> int:
    """By trying every set of published meetings, as many as possible first."""
    meetings = published.meetings()
    for size in range(len(meetings), -1, -1):
        if any(_fits(changed, list(kept)) for kept in combinations(meetings, size)):
            return len(meetings) - size
    raise AssertionError("keeping nothing always fits")


def _fits(changed: Problem, kept: list[tuple[int, int, int]]) -> bool:
    held: Held = {}
    for pair, slot, _ in kept:
        if not may_add(changed, held, pair, slot):
            return False
        held[pair] = slot
    return True


def test_where_one_of_two_must_go_it_is_the_later_one() -> None:
    worth = {(0, 1): 2, (0, 2): 9}
    published = Schedule.of([(0, 0, 0), (1, 1, 0)])

    repaired = _repaired(problem(3, 2, 1, worth, max_meetings=[1, 2, 2]), published)

    assert (repaired.changes, repaired.fewest) == (1, 1)
    assert repaired.result.schedule.meetings() == [(0, 0, 0)]


DAYS = [0, 0, 0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize(
    ("free", "goes_to"),
    [([0, 1, 4, 5], 4), ([0, 1, 5], 1), ([0, 5, 6], 0), ([5, 7], 5)],
    ids=["beside its time", "earlier that day", "first that day", "another day where it must"],
)
def test_what_must_move_goes_near_its_old_time(free: list[int], goes_to: int) -> None:
    available = np.zeros((3, 8), dtype=bool)
    available[0, free], available[1:] = True, True
    worth = {(0, 1): 5, (0, 2): 5}
    given = problem(3, 8, 2, worth, available=available, slot_day=DAYS)

    repaired = _repaired(given, Schedule.of([(0, 3, 0)]))

    assert (repaired.moved, repaired.fewest) == ((0,), 1)
    assert {pair: slot for pair, slot, _ in repaired.result.schedule.meetings()}[0] == goes_to


def test_near_its_old_time_comes_before_few_breaks() -> None:
    available = np.ones((3, 5), dtype=bool)
    available[0, 2:4] = False
    given = problem(3, 5, 2, {(0, 1): 5, (0, 2): 5}, available=available)

    repaired = _repaired(given, Schedule.of([(0, 3, 0), (1, 0, 0)]))

    assert repaired.result.schedule.meetings() == [(1, 0, 0), (0, 4, 0)]


def test_what_is_added_to_what_is_kept_is_the_most_there_is() -> None:
    original = event(8)
    published = solved(original).schedule
    late = original.available.copy()
    late[:10, :3] = False

    repaired = _repaired(original.replace(available=late), published)

    assert repaired.result.gap == 0.0
    assert repaired.changes == repaired.fewest > 0


def test_a_meeting_that_is_past_stays_although_better_is_to_be_had() -> None:
    worth = {(0, 1): 1, (0, 2): 9}
    past = problem(3, 2, 1, worth, locked=[Locked(0, 0, 0)], max_meetings=[1, 1, 1])

    choices = _choices(past, Schedule.of([(0, 0, 0)]))

    assert [c.result.schedule.meetings() for c in choices] == [[(0, 0, 0)]]


def test_there_is_a_choice_between_few_changes_and_much_value() -> None:
    worth = {(0, 1): 5, (0, 2): 9, (3, 4): 5, (3, 5): 6, (6, 7): 5}
    given = problem(8, 1, 4, worth)
    published = Schedule.of([(0, 0, 0), (2, 0, 1), (4, 0, 2)])

    choices = _choices(given, published)

    assert [(c.changes, c.result.value) for c in choices] == [(0, 15), (1, 19), (2, 20)]
    assert {c.fewest for c in choices} == {0}


@pytest.mark.parametrize("seed", range(5))
def test_choices_rise_in_changes_and_in_value(seed: int) -> None:
    original = random_problem(seed)
    published = solved(original).schedule
    random = np.random.default_rng(seed)
    changed = original.replace(values=random.permutation(original.values))

    choices = repair_choices(changed, published, stop=Never(), seed=1, params=Params())

    assert [c.changes for c in choices] == sorted({c.changes for c in choices})
    assert [c.result.value for c in choices] == sorted({c.result.value for c in choices})
    assert choices[0].changes == choices[0].fewest
    assert all(verify(changed, c.result.schedule) == [] for c in choices)


def _choices(changed: Problem, published: Schedule) -> tuple[Repaired, ...]:
    return repair_choices(changed, published, stop=Never(), seed=1, params=PLAIN)
