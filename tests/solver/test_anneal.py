"""Annealing keeps every meeting and every rule, and leaves as few breaks as it can."""

import numpy as np
import pytest

from matchmaker.solver import Never, Params, verify
from matchmaker.solver.anneal import anneal
from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.progress import Run
from matchmaker.solver.prover import findings
from matchmaker.solver.stop import WhenAsked
from matchmaker.solver.verify_given import breaks_of_people, verify_given
from tests.solver.given_instances import fewest_breaks, random_given
from tests.solver.instances import event, problem, solved

UNCOMPACTED = Params(compact_tries=0)


def _any_timetable(given: GivenMeetings) -> list[int] | None:
    first = next((f for f in findings(given, None, "halve") if "bound" not in f), None)
    return None if first is None else first.get("slots")


def _rows(slots: list[int]) -> list[tuple[int, int, int]]:
    return [(m, slot, slots[:m].count(slot)) for m, slot in enumerate(slots)]


@pytest.mark.parametrize("seed", range(20))
def test_small_timetables_come_down_to_the_fewest_breaks(seed: int) -> None:
    loose = random_given(seed)
    given = GivenMeetings(loose.people, loose.pairs, loose.usable, loose.capacity, loose.slot_day)
    start = _any_timetable(given)

    assert start is not None
    slots = anneal(given, np.array(start), Run(Never()), tries=4096, fair=9, seed=1).tolist()

    assert verify_given(given, _rows(slots), most_each=None) == []
    assert sum(breaks_of_people(given, _rows(slots))) == fewest_breaks(given, None)


def test_an_events_breaks_are_halved_and_its_value_kept() -> None:
    given = event(7, points=12)

    loose, compacted = solved(given, params=UNCOMPACTED), solved(given)

    assert verify(given, compacted.schedule) == []
    assert set(compacted.schedule.pair.tolist()) == set(loose.schedule.pair.tolist())
    assert compacted.breaks_bound <= compacted.breaks <= loose.breaks / 2


def test_a_locked_meeting_stays_for_the_sake_of_its_lock() -> None:
    worth = {(0, 1): 5, (0, 2): 5}
    locked = problem(3, 3, 1, worth, locked=[(0, 0, 0)])

    result = solved(locked)

    assert result.schedule.meetings() == [(0, 0, 0), (1, 1, 0)]


def test_nobody_is_left_with_most_of_the_breaks() -> None:
    result = solved(event(7, points=12))

    assert result.person_breaks.max() <= 2


def test_a_run_asked_to_stop_keeps_the_timetable_it_has() -> None:
    given = GivenMeetings.of(event(7), np.arange(1))

    slots = anneal(given, np.array([3]), Run(WhenAsked(lambda: True)), tries=4096, fair=2, seed=1)

    assert slots.tolist() == [3]
