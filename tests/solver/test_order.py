"""How a problem is written down makes no difference to its schedule."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.solver import Params, Problem
from tests.solver.instances import event, random_problem, random_roles, random_rules, solved

People = frozenset[int]
OF_PAIRS = ("values", "pair_slots", "pair_kind", "pair_group", "pair_language")


def _shuffled(original: Problem, seed: int) -> tuple[Problem, list[int]]:
    """The problem with people and pairs in another order, and who each person was."""
    random = np.random.default_rng(seed)
    people = random.permutation(original.people)
    number = np.argsort(people)
    order = random.permutation(len(original.pairs))
    place = np.argsort(order)
    shuffled = original.replace(
        available=original.available[people],
        max_meetings=original.max_meetings[people],
        min_meetings=original.min_meetings[people],
        most_in_a_row=original.most_in_a_row[people],
        body=original.body[people],
        pairs=np.sort(number[original.pairs[order]], axis=1),
        **{name: getattr(original, name)[order] for name in OF_PAIRS},
        precedences=[(place[first], place[later]) for first, later in original.precedences],
    )
    return shuffled, people.tolist()


def _held(problem: Problem, names: list[int]) -> set[tuple[People, int, int]]:
    """Who meets when and where, by name."""
    result = solved(problem, params=Params(improve_rounds=2))
    return {
        (frozenset(names[p] for p in problem.pairs[pair]), slot, point)
        for pair, slot, point in result.schedule.meetings()
    }


def _scarce() -> Problem:
    """An event with half the time, whose relaxation is dived into."""
    return event(6, people=30).replace(available=np.random.default_rng(6).random((30, 8)) < 0.5)


@pytest.mark.parametrize("original", [event(6), _scarce()], ids=["event", "scarce"])
@pytest.mark.parametrize("seed", range(2))
def test_an_event_in_another_order_has_the_same_schedule(original: Problem, seed: int) -> None:
    shuffled, names = _shuffled(original, seed)

    assert _held(shuffled, names) == _held(original, list(range(original.people)))


@given(st.integers(0, 10_000))
@settings(max_examples=12, deadline=None)
def test_value_and_bound_are_the_same_in_any_order(seed: int) -> None:
    original = random_problem(seed)
    shuffled, _ = _shuffled(original, seed)

    first, second = solved(original), solved(shuffled)

    assert (first.value, first.bound) == (second.value, second.bound)


@given(st.integers(0, 10_000), st.sampled_from([random_roles, random_rules]))
@settings(max_examples=6, deadline=None)
def test_so_they_are_with_roles_and_further_rules(
    seed: int, instance: Callable[[int], Problem]
) -> None:
    original = instance(seed)
    shuffled, _ = _shuffled(original, seed)

    first, second = solved(original), solved(shuffled)

    assert (first.value, first.bound) == (second.value, second.bound)


@given(st.integers(0, 10_000))
@settings(max_examples=12, deadline=None)
def test_one_more_point_never_lowers_the_bound(seed: int) -> None:
    original = random_problem(seed, points=1)
    roomier = original.replace(point_open=np.ones((2, original.slots)), point_kind=None)

    assert solved(roomier).bound >= solved(original).bound


@given(st.integers(0, 10_000))
@settings(max_examples=5, deadline=None)
def test_more_points_or_slots_never_lower_what_is_proved_to_be_the_best(seed: int) -> None:
    original = random_problem(seed, people=5, points=1)
    points = original.replace(point_open=np.ones((2, original.slots)), point_kind=None)
    slots = original.replace(
        available=np.hstack([original.available, np.ones((5, 1))]),
        point_open=np.hstack([original.point_open, np.ones((1, 1))]),
        pair_slots=None,
        slot_day=None,
        interpreters=None,
        max_meetings=original.max_meetings,
    )

    before, with_point, with_slot = solved(original), solved(points), solved(slots)

    assert (before.gap, with_point.gap, with_slot.gap) == (0.0, 0.0, 0.0)
    assert before.value <= min(with_point.value, with_slot.value)
