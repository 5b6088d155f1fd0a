"""The check of timetables for given meetings sees each rule broken."""

import numpy as np
import pytest

from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.verify_given import breaks_of_people, verify_given

GIVEN = GivenMeetings(
    people=4,
    pairs=np.array([(0, 1), (0, 2), (2, 3)]),
    usable=np.array([[True] * 4, [True] * 4, [True, True, True, False]]),
    capacity=np.array([1, 2, 2, 2]),
    slot_day=np.zeros(4, dtype=np.int64),
    precedences=((0, 1),),
)
RIGHT = [(0, 0, 0), (1, 1, 0), (2, 2, 0)]


def test_a_right_timetable_breaks_no_rule() -> None:
    assert verify_given(GIVEN, RIGHT, most_each=0) == []


@pytest.mark.parametrize(
    ("rows", "rule", "text"),
    [
        ([(0, 0, 0), (1, 1, 0), (3, 2, 0)], "unknown", "meeting 4 does not exist"),
        ([(0, 0, 0), (1, 1, 0), (2, 4, 0)], "unknown", "slot 5 does not exist"),
        ([(0, 0, 1), (1, 1, 0), (2, 2, 0)], "unknown", "point 2 does not exist in slot 1"),
        (RIGHT[:2], "meets_once", "meeting 3 is held 0 times"),
        ([*RIGHT, (2, 0, 0)], "meets_once", "meeting 3 is held 2 times"),
        ([(0, 0, 0), (1, 1, 0), (2, 1, 1)], "one_at_a_time", "person 3 in slot 2 has 2 meetings"),
        ([(0, 1, 0), (1, 3, 0), (2, 1, 0)], "one_at_a_point", "point 1 in slot 2 has 2 meetings"),
        ([(0, 0, 0), (1, 1, 0), (2, 3, 0)], "available", "meeting 3 may not use slot 4"),
        (
            [(0, 1, 0), (1, 0, 0), (2, 2, 0)],
            "precedence",
            "meeting 1 does not come before meeting 2",
        ),
        ([(0, 0, 0), (1, 2, 0), (2, 1, 0)], "fairness", "person 1 has 1 breaks, not 0"),
    ],
)
def test_each_broken_rule_is_seen(rows: list[tuple[int, int, int]], rule: str, text: str) -> None:
    found = verify_given(GIVEN, rows, most_each=0)

    assert (rule, text) in [(v.rule, v.text) for v in found]


def test_breaks_are_counted_for_each_person() -> None:
    assert breaks_of_people(GIVEN, [(0, 0, 0), (1, 2, 0), (2, 0, 0)]) == [1, 0, 1, 0]
