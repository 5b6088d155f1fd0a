"""Why a pair does not meet, and what fitting it in would cost."""

import numpy as np

from matchmaker.solver import Explanation, explain_unplaced
from matchmaker.solver.explain import timetable_of
from matchmaker.solver.force import Ledger, force
from matchmaker.solver.objective import gains, measure
from tests.solver.instances import PLAIN, event, problem, solved


def test_two_who_are_never_there_together() -> None:
    apart = problem(2, 2, 1, {(0, 1): 5}, available=[[True, False], [False, True]])

    assert explain_unplaced(apart, solved(apart)) == {0: Explanation("never_free_together")}


def test_somebody_without_room_left() -> None:
    full = problem(3, 2, 2, {(0, 1): 5, (0, 2): 3}, max_meetings=[1, 2, 2])

    assert explain_unplaced(full, solved(full, params=PLAIN)) == {
        1: Explanation("person_full", people=(0,), cost=2, pushed_out=(0,))
    }


def test_no_table_at_the_only_times_they_share() -> None:
    crowded = problem(4, 1, 1, {(0, 1): 9, (2, 3): 5})

    assert explain_unplaced(crowded, solved(crowded, params=PLAIN)) == {
        1: Explanation("points_full", slots=(0,), cost=4, pushed_out=(0,))
    }


def test_a_locked_meeting_in_the_way_leaves_no_way() -> None:
    locked = problem(3, 1, 1, {(0, 1): 1, (0, 2): 9}, locked=[(0, 0, 0)])

    assert explain_unplaced(locked, solved(locked)) == {1: Explanation("person_full", people=(0,))}


def test_only_the_pairs_asked_for_are_explained() -> None:
    crowded = problem(6, 1, 1, {(0, 1): 9, (2, 3): 5, (4, 5): 4})

    assert list(explain_unplaced(crowded, solved(crowded), pairs=[0, 2])) == [2]


def test_the_cost_is_what_a_real_schedule_with_the_pair_in_loses() -> None:
    given = event(4)
    result = solved(given)
    table = timetable_of(given, result)
    ledger = Ledger.of(given, gains(given, result.params))
    pair = next(p for p in range(len(given.pairs)) if table.slot[p] < 0 and table.usable[p])
    slot = table.usable[pair].bit_length() - 1

    change, pushed_out = force(table, ledger, pair, slot) or (0, [])

    now = measure(given, result.params, np.array(table.placed()))
    assert now.value == result.value + change
    assert table.slot[pair] >= 0
    assert all(table.slot[p] < 0 for p in pushed_out)
