"""The selection is the best there is with slots forgotten, hence a bound."""

import numpy as np
import pytest

from matchmaker.solver.select import room, select
from tests.solver.brute import best_selection_value
from tests.solver.instances import problem, random_problem, with_pairs

NO_EXTRA = np.zeros((6, 1), dtype=np.int64)


@pytest.mark.parametrize("seed", range(20))
def test_the_bound_is_the_value_of_the_best_selection(seed: int) -> None:
    small = random_problem(seed)
    small = with_pairs(small, np.arange(len(small.pairs))[:9], available=np.ones((6, 3)))

    selection = select(small, NO_EXTRA, nodes=500, seconds=60)

    rooms = room(small).astype(int).tolist()
    assert selection.bound == best_selection_value(small, rooms, int(small.slot_room.sum()))
    assert small.values[selection.pairs].sum() == selection.bound


def test_two_people_are_needed_for_a_table() -> None:
    few = problem(3, 2, 5, {(0, 1): 1, (0, 2): 1, (1, 2): 1})

    assert few.slot_room.sum() == 2


def test_without_time_the_pairs_are_taken_by_value() -> None:
    rivals = problem(3, 1, 1, {(0, 1): 4, (0, 2): 9})

    selection = select(rivals, NO_EXTRA[:3], nodes=500, seconds=0)

    assert selection.pairs.tolist() == [1]
    assert selection.bound >= 9
