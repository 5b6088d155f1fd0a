"""Kinds of point, groups, interpreters, order and rest: kept at every stage, within true bounds."""

from typing import Any

import numpy as np
import pytest

from matchmaker.solver import Explanation, Params, Problem, Schedule, explain_unplaced, verify
from matchmaker.solver.objective import gains
from tests.solver.brute import best_schedule_value
from tests.solver.instances import (
    PLAIN,
    event,
    held,
    problem,
    random_rules,
    relaxed_bound,
    solved,
)

THREE_PAIRS = {(0, 1): 9, (2, 3): 5, (4, 5): 4}


def _meetings(given: Problem) -> list[tuple[int, int, int]]:
    return solved(given, params=PLAIN).schedule.meetings()


def test_a_booth_is_kept_for_those_it_is_for() -> None:
    booth = problem(6, 1, 2, THREE_PAIRS, point_kind=[7, 0], pair_kind=[0, 0, 7])

    assert _meetings(booth) == [(2, 0, 0), (0, 0, 1)]


def test_only_one_pair_of_a_group_meets() -> None:
    firms = problem(6, 2, 3, THREE_PAIRS, pair_group=[3, 3, -1])

    assert held(firms, solved(firms)) == {(0, 1), (4, 5)}


def test_one_interpreter_serves_one_meeting_at_a_time() -> None:
    spoken = problem(6, 2, 3, THREE_PAIRS, pair_language=[0, 0, 0], interpreters=[[1, 1]])

    assert sorted(held(spoken, solved(spoken))) == [(0, 1), (2, 3)]


def test_one_meeting_comes_before_another() -> None:
    ordered = problem(
        4, 2, 2, {(0, 1): 9, (2, 3): 5}, precedences=[(1, 0)], pair_slots=[[1, 1], [0, 1]]
    )

    assert held(ordered, solved(ordered, params=PLAIN)) == {(0, 1)}
    assert [m[:2] for m in _meetings(ordered.replace(pair_slots=None))] == [(1, 0), (0, 1)]


def test_a_person_has_the_rest_they_want_and_a_night_counts_as_rest() -> None:
    worth = {(0, 1): 9, (0, 2): 8, (0, 3): 7, (0, 4): 6}
    tired = problem(5, 4, 1, worth, most_in_a_row=[1, 4, 4, 4, 4])

    assert [slot for _, slot, _ in _meetings(tired)] in ([0, 2], [0, 3], [1, 3])
    noon = tired.replace(available=[[0, 1, 1, 0], *[[1] * 4] * 4])
    assert len(_meetings(noon)) == 1
    assert [slot for _, slot, _ in _meetings(noon.replace(slot_day=[0, 0, 1, 1]))] == [1, 2]
    assert solved(tired, params=PLAIN).gap == 0.0


@pytest.mark.parametrize("seed", range(12))
def test_small_problems_reach_the_true_optimum_within_both_bounds(seed: int) -> None:
    small = random_rules(seed)
    extra = np.pad(gains(small, Params()), ((0, 0), (0, 1))).tolist()
    best = best_schedule_value(small, extra)

    result = solved(small)

    assert verify(small, result.schedule) == []
    assert result.value == best <= result.bound
    assert best <= relaxed_bound(small, Params())


def test_an_event_keeps_them_all() -> None:
    plain = event(5, people=40, points=12)
    random = np.random.default_rng(5)
    pairs = len(plain.pairs)
    given = plain.replace(
        point_kind=np.arange(12) // 9,
        pair_kind=random.random(pairs) < 0.2,
        pair_group=np.where(random.random(pairs) < 0.3, random.integers(0, 40, pairs), -1),
        pair_language=np.where(random.random(pairs) < 0.2, 0, -1),
        interpreters=np.full((1, 8), 2),
        most_in_a_row=random.integers(2, 6, 40),
        precedences=tuple(random.integers(0, pairs, (5, 2)).tolist()),
    )

    result = solved(given, params=Params(improve_rounds=2))

    assert result.violations == ()
    assert result.gap <= 0.03
    assert len(result.schedule) > 60


@pytest.mark.parametrize(
    ("rule", "text", "given"),
    [
        ("point_kind", "point 0 is not of pair 0's kind", {"pair_kind": [1, 0]}),
        ("one_of_a_group", "2 pairs of group 4 meet", {"pair_group": [4, 4]}),
        (
            "interpreters",
            "2 meetings need an interpreter of language 0 in slot 0",
            {"pair_language": [0, 0], "interpreters": [[1]]},
        ),
        ("precedence", "pair 1 does not meet before pair 0", {"precedences": [(1, 0)]}),
    ],
)
def test_each_broken_rule_is_seen(rule: str, text: str, given: dict[str, Any]) -> None:
    two = problem(4, 1, 2, {(0, 1): 1, (2, 3): 1}, **given)

    found = verify(two, Schedule.of([(0, 0, 0), (1, 0, 1)]))

    assert (rule, text) in [(v.rule, v.text) for v in found]


def test_want_of_rest_is_seen() -> None:
    tired = problem(4, 3, 1, {(0, 1): 1, (0, 2): 1, (0, 3): 1}, most_in_a_row=[2, 3, 3, 3])

    found = verify(tired, Schedule.of([(0, 0, 0), (1, 1, 0), (2, 2, 0)]))

    assert [(v.rule, v.text) for v in found] == [("rest", "person 0 has no rest before slot 2")]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"pair_group": [3, 3]}, Explanation("one_of_a_group", cost=4, pushed_out=(0,))),
        (
            {"pair_language": [0, 0], "interpreters": [[1]]},
            Explanation("no_interpreter", slots=(0,), cost=4, pushed_out=(0,)),
        ),
    ],
)
def test_why_not_names_the_rule(given: dict[str, Any], expected: Explanation) -> None:
    two = problem(4, 1, 2, {(0, 1): 9, (2, 3): 5}, **given)

    assert explain_unplaced(two, solved(two, params=PLAIN)) == {1: expected}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"most_in_a_row": [1, 0, 1, 1]}, "person 1 has a most_in_a_row below 1."),
        ({"pair_language": [-1, 0]}, "pair 1 needs interpreters of whom none are given."),
        ({"interpreters": [[1]]}, "interpreters has 1 slots, available 2."),
        ({"precedences": [(0, 2)]}, "precedence 0 names a pair outside 0..1."),
        ({"precedences": [(1, 1)]}, "precedence 0 puts a pair before itself."),
        (
            {"locked": [(0, 0, 0)], "pair_kind": [1, 0]},
            "locked meetings 0 cannot be held: a pair meets at a point of its kind.",
        ),
        (
            {"locked": [(0, 0, 0), (1, 1, 0)], "pair_group": [2, 2]},
            "locked meetings 0, 1 cannot be held: one pair of a group meets.",
        ),
        (
            {"locked": [(0, 0, 0), (1, 1, 0)], "precedences": [(1, 0)]},
            "locked meetings 1, 0 cannot be held: the first comes before the second.",
        ),
        (
            {"locked": [(0, 0, 0)], "pair_language": [0, -1], "interpreters": [[0, 1]]},
            "locked meetings 0 cannot be held: slot 1 has room, or interpreters, for 0 of them.",
        ),
    ],
)
def test_nonsense_is_refused(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        problem(4, 2, 2, {(0, 1): 1, (2, 3): 1}, **given)

    assert str(refusal.value) == sentence


def test_locked_meetings_leave_the_rest_that_is_wanted() -> None:
    with pytest.raises(ValueError, match=r"0, 1 .*: a person has at most 1 meetings in a row"):
        problem(
            3, 2, 1, {(0, 1): 1, (0, 2): 1}, locked=[(0, 0, 0), (1, 1, 0)], most_in_a_row=[1, 2, 2]
        )
