"""The verifier accepts a right schedule and sees each rule broken."""

import pytest

from matchmaker.solver import Problem, Schedule, verify
from tests.solver.instances import problem

RIGHT = [(0, 0, 0), (1, 1, 0), (2, 2, 1)]


@pytest.fixture
def given() -> Problem:
    """Three people, three slots, two points; person 2 comes late, point 1 opens late."""
    return problem(
        3,
        3,
        2,
        {(0, 1): 5, (1, 2): 3, (0, 2): 4},
        available=[[True, True, True], [True, True, True], [False, True, True]],
        point_open=[[True, True, True], [False, True, True]],
        pair_slots=[[True, True, False], [True, True, True], [True, True, True]],
        max_meetings=[2, 2, 2],
        locked=[(0, 0, 0)],
    )


def test_a_right_schedule_breaks_no_rule(given: Problem) -> None:
    assert verify(given, Schedule.of(RIGHT)) == []


@pytest.mark.parametrize(
    ("change", "rule", "text"),
    [
        ([(0, 0, 0), (9, 1, 0)], "unknown", "pair 9 does not exist"),
        ([(0, 0, 0), (1, 3, 0)], "unknown", "slot 3 does not exist"),
        ([(0, 0, 0), (1, 1, 2)], "unknown", "point 2 does not exist"),
        ([(0, 0, 0), (1, 1, 0), (1, 2, 0)], "meets_once", "pair 1 has 2 meetings"),
        (
            [(0, 0, 0), (1, 1, 0), (2, 1, 1)],
            "one_at_a_time",
            "body 2 in slot 1 has 2 meetings",
        ),
        ([(0, 0, 0), (1, 0, 1)], "available", "person 2 is not available in slot 0"),
        ([(0, 2, 0)], "pair_slots", "pair 0 may not use slot 2"),
        ([(0, 0, 1)], "point_open", "point 1 is closed in slot 0"),
        ([(1, 1, 0)], "locked", "pair 0 is not kept as locked"),
        ([(0, 1, 0)], "locked", "pair 0 is not kept as locked"),
    ],
)
def test_each_broken_rule_is_seen(
    given: Problem, change: list[tuple[int, int, int]], rule: str, text: str
) -> None:
    found = verify(given, Schedule.of(change))

    assert (rule, text) in [(v.rule, v.text) for v in found]


def test_a_human_being_in_two_roles_is_seen_in_two_places() -> None:
    given = problem(4, 1, 2, {(0, 1): 1, (2, 3): 1}, body=[0, 1, 0, 2])

    found = verify(given, Schedule.of([(0, 0, 0), (1, 0, 1)]))

    assert [(v.rule, v.text) for v in found] == [
        ("one_at_a_time", "body 0 in slot 0 has 2 meetings")
    ]


def test_two_meetings_at_one_point_are_seen() -> None:
    given = problem(4, 1, 2, {(0, 1): 1, (2, 3): 1})

    found = verify(given, Schedule.of([(0, 0, 1), (1, 0, 1)]))

    assert [v.rule for v in found] == ["one_at_a_point"]


def test_too_many_meetings_are_seen() -> None:
    given = problem(3, 2, 1, {(0, 1): 1, (0, 2): 1}, max_meetings=[1, 1, 1])

    found = verify(given, Schedule.of([(0, 0, 0), (1, 1, 0)]))

    assert [(v.rule, v.text) for v in found] == [("max_meetings", "person 0 has 2 meetings, not 1")]
