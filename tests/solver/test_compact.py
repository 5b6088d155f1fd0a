"""Compacting proves the fewest breaks there can be, or that there is no timetable."""

import numpy as np
import pytest

from matchmaker.solver.breaks_bound import forced_breaks, forced_breaks_of
from matchmaker.solver.compact import Compacted, compact
from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.progress import Run
from matchmaker.solver.prover import findings
from matchmaker.solver.stop import AfterSeconds, Never, WhenAsked
from matchmaker.solver.verify_given import breaks_of_people, verify_given
from tests.solver.given_instances import fewest_breaks, random_given


def _given(pairs: list[tuple[int, int]], usable: list[str], capacity: int = 9) -> GivenMeetings:
    """`usable` has a row of 1 and 0 for each meeting."""
    table = np.array([[mark == "1" for mark in row] for row in usable])
    slots = table.shape[1]
    return GivenMeetings(
        people=int(np.max(pairs)) + 1,
        pairs=np.array(pairs),
        usable=table,
        capacity=np.full(slots, capacity),
        slot_day=np.zeros(slots, dtype=np.int64),
    )


def _told(given: GivenMeetings, strategy: str, most_each: int | None = None) -> Compacted:
    told = Compacted(slots=None, breaks=None, bound=0)
    for finding in findings(given, most_each, strategy):
        told = told.after(finding)
    return told


@pytest.mark.parametrize("strategy", ["rise", "halve"])
@pytest.mark.parametrize("most_each", [None, 1])
@pytest.mark.parametrize("seed", range(12))
def test_the_optimum_is_the_one_found_by_trying_everything(
    seed: int, most_each: int | None, strategy: str
) -> None:
    given = random_given(seed)

    told = _told(given, strategy, most_each)

    best = fewest_breaks(given, most_each)
    assert (told.infeasible, told.breaks) == (best is None, best)
    assert told.optimal or told.infeasible
    assert forced_breaks(given) is None or best is None or (forced_breaks(given) or 0) <= best


def test_a_host_busy_all_day_makes_guests_wait() -> None:
    host_and_guests = _given([(0, 1), (0, 2), (1, 2)], ["10001", "11111", "00111"])

    told = compact(host_and_guests, Run(Never()))

    assert (told.breaks, told.bound, told.optimal) == (1, 1, True)
    assert told.slots is not None
    rows = [(m, int(t), 0) for m, t in enumerate(told.slots)]
    assert sum(breaks_of_people(host_and_guests, rows)) == 1


def test_three_meetings_in_two_slots_are_impossible() -> None:
    crowded = _given([(0, 1), (0, 2), (0, 3)], ["11", "11", "11"])

    assert compact(crowded, Run(Never())).infeasible


def test_the_same_instance_gives_the_same_timetable() -> None:
    given = random_given(3)

    first, second = compact(given, Run(Never())), compact(given, Run(Never()))

    assert first.slots is not None
    assert second.slots is not None
    assert first.slots.tolist() == second.slots.tolist()


def test_without_time_there_is_the_static_bound_at_least() -> None:
    torn = _given([(0, 1), (0, 2)], ["100", "001"])

    told = compact(torn, Run(AfterSeconds(0)))

    assert (told.slots, told.bound) == (None, 1)


def test_a_large_instance_stopped_before_it_is_searched_shows_what_placing_found() -> None:
    people, slots = 120, 24
    pairs = [(a, (a + step) % people) for step in range(1, 10) for a in range(people)]
    large = _given(pairs, ["1" * slots] * len(pairs), capacity=people)
    looks = iter([False])

    told = compact(large, Run(WhenAsked(lambda: next(looks, True))))

    assert told.slots is not None
    rows = [(m, t, told.slots[:m].tolist().count(t)) for m, t in enumerate(told.slots.tolist())]
    assert verify_given(large, rows, most_each=None) == []


@pytest.mark.parametrize(
    ("free", "day", "meetings", "breaks"),
    [
        ("11111", "00000", 5, 0),
        ("11011", "00000", 3, 1),
        ("11011", "00011", 3, 0),
        ("10101", "00000", 3, 2),
        ("10101", "00001", 3, 1),
        ("10101", "00000", 4, None),
        ("00000", "00000", 0, 0),
    ],
)
def test_free_slots_alone_force_breaks(
    free: str, day: str, meetings: int, breaks: int | None
) -> None:
    slots = np.array([mark == "1" for mark in free])
    days = np.array([int(mark) for mark in day])

    assert forced_breaks_of(slots, days, meetings) == breaks
