"""A problem refuses nonsense with a sentence that names it."""

from typing import Any

import numpy as np
import pytest

from matchmaker.solver import Locked, Params
from tests.solver.instances import problem

PAIRS = {(0, 1): 5, (1, 2): 3}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"pairs": [(1, 0), (1, 2)]}, "pair 0 is not written lower number first."),
        ({"pairs": [(0, 1), (2, 2)]}, "pair 1 is not written lower number first."),
        ({"pairs": [(0, 1), (0, 1)]}, "pairs holds the same pair twice."),
        ({"pairs": [(0, 1), (1, 3)]}, "pairs names a person outside 0..2."),
        ({"pairs": [(0, 1, 2)]}, "pairs has the shape (1, 3); it needs two columns."),
        ({"values": [5, 0]}, "pair 1 has a value that is not positive."),
        ({"values": [5, 2_000_000]}, "pair 1 has a value over 1000000."),
        ({"values": [5, 2.5]}, "values holds a number that is not whole."),
        ({"values": [5]}, "values has the shape (1,); it needs 2 numbers."),
        ({"max_meetings": [2, -1, 2]}, "person 1 has a negative max_meetings."),
        ({"min_meetings": [0, 0, -2]}, "person 2 has a negative min_meetings."),
        ({"body": [0, 0, 1]}, "pair 0 is of one human being with themselves."),
        ({"body": [0, -1, 1]}, "person 1 has a negative body."),
        ({"slot_day": [1, 0]}, "slot_day goes back after slot 0."),
        ({"available": [True, False]}, "available has 1 dimensions; it needs 2."),
        ({"point_open": np.ones((1, 3))}, "point_open has 3 slots, available 2."),
        ({"pair_slots": np.ones((1, 2))}, "pair_slots has the shape (1, 2); it needs (2, 2)."),
    ],
)
def test_nonsense_is_refused(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        problem(3, 2, 1, PAIRS, **given)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("locked", "given", "sentence"),
    [
        ([(2, 0, 0)], {}, "locked meeting 0: pair 2 is outside 0..1."),
        ([(0, 2, 0)], {}, "locked meeting 0: slot 2 is outside 0..1."),
        ([(0, 0, -1)], {}, "locked meeting 0: point -1 is outside 0..0."),
        (
            [(0, 1, 0)],
            {"available": [[True, True], [True, False], [True, True]]},
            "locked meetings 0 cannot be held: both people are available.",
        ),
        (
            [(0, 1, 0)],
            {"point_open": [[True, False]]},
            "locked meetings 0 cannot be held: a point is open when it is used.",
        ),
        (
            [(0, 1, 0)],
            {"pair_slots": [[True, False], [True, True]]},
            "locked meetings 0 cannot be held: a pair uses the slots it may.",
        ),
        (
            [(0, 0, 0), (1, 0, 0)],
            {},
            "locked meetings 0, 1 cannot be held: a person has one meeting at a time.",
        ),
        (
            [(0, 0, 0), (0, 1, 0)],
            {},
            "locked meetings 0, 1 cannot be held: a pair meets once.",
        ),
        (
            [(0, 0, 0), (1, 1, 0)],
            {"max_meetings": [2, 1, 2]},
            "locked meetings 0, 1 cannot be held: a person has at most 1 meetings.",
        ),
    ],
)
def test_a_locked_meeting_must_be_possible(
    locked: list[Locked], given: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        problem(3, 2, 1, PAIRS, locked=locked, **given)

    assert str(refusal.value) == sentence


def test_a_problem_cannot_be_changed() -> None:
    available = np.ones((3, 2), dtype=bool)
    given = problem(3, 2, 1, PAIRS, available=available)

    available[0, 0] = False

    assert given.available.all()
    with pytest.raises(ValueError, match="read-only"):
        given.values[0] = 9


def test_a_negative_setting_is_refused() -> None:
    with pytest.raises(ValueError, match="improve_rounds is negative"):
        Params(improve_rounds=-1)
