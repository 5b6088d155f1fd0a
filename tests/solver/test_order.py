"""How a problem is written down makes no difference to its schedule."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.solver import Problem
from tests.solver.instances import event, random_problem, solved

People = frozenset[int]


def _shuffled(original: Problem, seed: int) -> tuple[Problem, list[int]]:
    """The problem with people and pairs in another order, and who each person was."""
    random = np.random.default_rng(seed)
    people = random.permutation(original.people)
    number = np.argsort(people)
    order = random.permutation(len(original.pairs))
    shuffled = original.replace(
        available=original.available[people],
        max_meetings=original.max_meetings[people],
        min_meetings=original.min_meetings[people],
        pairs=np.sort(number[original.pairs[order]], axis=1),
        values=original.values[order],
        pair_slots=original.pair_slots[order],
    )
    return shuffled, people.tolist()


def _held(problem: Problem, names: list[int]) -> set[tuple[People, int, int]]:
    """Who meets when and where, by name."""
    return {
        (frozenset(names[p] for p in problem.pairs[pair]), slot, point)
        for pair, slot, point in solved(problem).schedule.meetings()
    }


@pytest.mark.parametrize("seed", range(2))
def test_an_event_in_another_order_has_the_same_schedule(seed: int) -> None:
    original = event(6)
    shuffled, names = _shuffled(original, seed)

    assert _held(shuffled, names) == _held(original, list(range(original.people)))


@given(st.integers(0, 10_000))
@settings(max_examples=12, deadline=None)
def test_value_and_bound_are_the_same_in_any_order(seed: int) -> None:
    original = random_problem(seed)
    shuffled, _ = _shuffled(original, seed)

    first, second = solved(original), solved(shuffled)

    assert (first.value, first.bound) == (second.value, second.bound)


@given(st.integers(0, 10_000))
@settings(max_examples=12, deadline=None)
def test_one_more_point_never_lowers_the_bound(seed: int) -> None:
    original = random_problem(seed, points=1)
    roomier = original.replace(point_open=np.ones((2, original.slots)))

    assert solved(roomier).bound >= solved(original).bound
