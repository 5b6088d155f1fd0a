"""What one meeting costs, or one more table would add: found by a schedule, bounded by a proof."""

import numpy as np
import pytest

from matchmaker.solver import (
    Params,
    Problem,
    cost_of_holding,
    cost_of_leaving_out,
    scarcest,
    term_bounds,
    what_more_would_add,
)
from matchmaker.solver.cost import Cost
from matchmaker.solver.objective import gains
from tests.solver.brute import best_schedule_value
from tests.solver.instances import (
    PLAIN,
    event,
    problem,
    random_problem,
    random_rules,
    solved,
    with_pairs,
)

PREMIUM = 100_000


def _best(given: Problem, values: list[int] | None = None) -> float:
    extra = np.pad(gains(given, Params()), ((0, 0), (0, 1))).tolist()
    return best_schedule_value(given if values is None else given.replace(values=values), extra)


def test_the_simplest_way_and_what_it_pushes_out() -> None:
    rivals = problem(4, 1, 1, {(0, 1): 9, (2, 3): 5})

    cost = cost_of_holding(rivals, solved(rivals, params=PLAIN), 1)

    assert cost == Cost(simple=4, pushed_out=(0,), brought_in=(), found=4, exchanged=1, proved=4)


def test_what_takes_the_place_of_a_meeting_left_out() -> None:
    rivals = problem(4, 1, 1, {(0, 1): 9, (2, 3): 5})

    cost = cost_of_leaving_out(rivals, solved(rivals, params=PLAIN), 0)

    assert cost == Cost(simple=4, pushed_out=(0,), brought_in=(1,), found=4, exchanged=2, proved=4)


def test_a_locked_meeting_is_neither_left_out_nor_pushed_out() -> None:
    locked = problem(3, 1, 1, {(0, 1): 1, (0, 2): 9}, locked=[(0, 0, 0)])
    result = solved(locked)

    assert cost_of_leaving_out(locked, result, 0) is None
    assert cost_of_holding(locked, result, 1) is None


@pytest.mark.parametrize("instance", [random_problem, random_rules])
@pytest.mark.parametrize("seed", range(2))
def test_the_true_cost_lies_between_what_is_proved_and_what_is_found(
    seed: int, instance: type
) -> None:
    given: Problem = instance(seed)
    given = with_pairs(given, np.arange(len(given.pairs))[:6], precedences=())
    result = solved(given)
    placed = set(result.schedule.pair.tolist())
    for pair in range(0, len(given.pairs), 2):
        allowed = given.pair_slots.copy()
        allowed[pair] = False
        if pair in placed:
            cost = cost_of_leaving_out(given, result, pair)
            true = result.value - _best(given.replace(pair_slots=allowed))
        else:
            cost = cost_of_holding(given, result, pair)
            dear = given.values + PREMIUM * (np.arange(len(given.pairs)) == pair)
            true = result.value - (_best(given, dear.tolist()) - PREMIUM)
        assert cost is not None
        assert cost.proved <= true <= cost.found <= cost.simple


def test_at_an_event_most_costs_are_proved() -> None:
    given = event(4, people=40, slots=6, points=12)
    result = solved(given)
    placed = set(result.schedule.pair.tolist())
    asked = [pair for pair in range(40) if pair not in placed][:6]

    costs = [cost_of_holding(given, result, pair) for pair in asked]

    assert sum(cost is not None and cost.is_proved for cost in costs) >= 3


@pytest.mark.parametrize("seed", range(4))
def test_more_of_something_adds_what_is_found_at_least_and_what_is_proved_at_most(
    seed: int,
) -> None:
    given = random_problem(seed, people=5)
    result = solved(given)

    point, slot, each = what_more_would_add(given, result, seconds=np.inf)

    larger = given.replace(max_meetings=given.max_meetings + 1)
    assert each.found <= _best(larger) - result.value <= each.proved
    points = np.vstack([given.point_open, np.ones((1, given.slots))])
    more_points = _best(given.replace(point_open=points, point_kind=None)) - result.value
    assert point.found <= more_points <= point.proved
    assert (point.resource, slot.resource) == ("point", "slot")
    assert 0 <= slot.found <= slot.proved


@pytest.mark.parametrize("seed", range(4))
def test_no_term_exceeds_its_own_bound(seed: int) -> None:
    given = random_problem(seed)

    terms = term_bounds(given, solved(given), seconds=np.inf)

    assert [term.name for term in terms] == ["pair_value", "sharing", "promises"]
    assert all(term.value <= term.bound for term in terms)


def test_the_scarcest_time_is_that_of_the_one_everybody_wants() -> None:
    wanted = problem(5, 4, 4, {(0, 1): 9, (0, 2): 8, (0, 3): 7}, max_meetings=[2, 4, 4, 4, 4])

    assert scarcest(wanted, PLAIN, 3) == [(0, 7)]
