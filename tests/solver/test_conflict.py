"""Where given meetings cannot all be held, the rules that contradict each other are named."""

import numpy as np
import pytest

from matchmaker.solver.compact import compact
from matchmaker.solver.conflict import Conflict, conflict_of_one, conflicts
from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.progress import Run
from matchmaker.solver.stop import Never
from tests.solver.given_instances import fewest_breaks, random_given


def _given(
    pairs: list[tuple[int, int]], usable: list[str], capacity: int = 9, **more: object
) -> GivenMeetings:
    table = np.array([[mark == "1" for mark in row] for row in usable])
    return GivenMeetings(
        people=int(np.max(pairs)) + 1,
        pairs=np.array(pairs),
        usable=table,
        capacity=np.full(table.shape[1], capacity),
        slot_day=np.zeros(table.shape[1], dtype=np.int64),
        **more,  # type: ignore[arg-type]
    )


def _last(given: GivenMeetings, most_each: int | None = None) -> Conflict:
    *_, last = conflicts(given, most_each)
    return last


def test_a_meeting_without_a_slot_is_named() -> None:
    absent = _given([(0, 1), (0, 2)], ["11", "00"])

    assert conflict_of_one(absent) == Conflict(
        ("meeting 2 of 1 and 3 is held although it may use no slot",), minimal=True
    )


def test_one_persons_meetings_in_too_few_slots_are_named_and_no_others() -> None:
    crowded = _given([(0, 1), (0, 2), (0, 3)], ["11011", "01000", "01000"])

    assert conflict_of_one(crowded) == Conflict(
        (
            "person 1 has one meeting at a time",
            "meeting 2 of 1 and 3 is held in one of the slots 2",
            "meeting 3 of 1 and 4 is held in one of the slots 2",
        ),
        minimal=True,
    )


def test_more_meetings_than_all_slots_have_room_for_are_counted_not_searched() -> None:
    pairs = [(2 * n, 2 * n + 1) for n in range(60)]
    full = _given([*pairs, (0, 2)], ["1110"] * 60 + ["0001"], capacity=19)

    assert compact(full, Run(Never())).conflict == Conflict(
        (
            "the 58 meetings 1–58 may use no other slots",
            "slots 1–3 have room for 57 meetings together",
        ),
        minimal=True,
    )


def test_without_any_table_one_meeting_is_too_many() -> None:
    assert conflict_of_one(_given([(0, 1), (2, 3)], ["11", "11"], capacity=0)) == Conflict(
        (
            "meeting 1 of 1 and 2 is held in one of the slots 1–2",
            "slots 1–2 have room for 0 meetings together",
        ),
        minimal=True,
    )


def test_no_table_is_left_for_another_meeting() -> None:
    full = _given([(0, 1), (2, 3), (4, 5)], ["10", "10", "11"], capacity=1)

    assert (
        conflict_of_one(full)
        == _last(full)
        == Conflict(
            (
                "meeting 1 of 1 and 2 is held in one of the slots 1",
                "meeting 2 of 3 and 4 is held in one of the slots 1",
                "slot 1 has room for 1 meetings",
            ),
            minimal=True,
        )
    )


def test_a_meeting_cannot_follow_one_that_is_later() -> None:
    late = _given([(0, 1), (2, 3)], ["0011", "1100"], precedences=((0, 1),))

    assert _last(late) == Conflict(
        (
            "meeting 2 of 3 and 4 is held in one of the slots 1–2",
            "meeting 1, in one of the slots 3–4, comes before meeting 2",
        ),
        minimal=True,
    )


def test_fairness_can_be_what_is_asked_too_much() -> None:
    torn = _given([(0, 1), (0, 2)], ["100", "001"])

    assert conflict_of_one(torn) is None
    assert _last(torn, most_each=0) == Conflict(
        (
            "meeting 1 of 1 and 2 is held in one of the slots 1",
            "meeting 2 of 1 and 3 is held in one of the slots 3",
            "person 1 has at most 0 breaks",
        ),
        minimal=True,
    )


def test_a_run_hands_the_conflict_on() -> None:
    full = _given([(0, 1), (2, 3)], ["10", "10"], capacity=1)

    told = compact(full, Run(Never()))

    assert told.infeasible
    assert told.conflict == _last(full)


@pytest.mark.parametrize("seed", range(60, 90))
def test_there_is_a_conflict_just_where_there_is_no_timetable(seed: int) -> None:
    given = random_given(seed, slots=4)
    least = fewest_breaks(given, None)

    alone = conflict_of_one(given)

    assert alone is None or least is None
    if alone is None and least is None:
        assert _last(given).minimal
