"""Diving makes the relaxation whole: nearly as good as its bound, and no rule broken."""

import numpy as np
import pytest

from matchmaker.solver import Never, Params, Problem, verify
from matchmaker.solver.aim import Aim, Placing, held_by_locks
from matchmaker.solver.dive import dive
from matchmaker.solver.keep import Keep
from matchmaker.solver.place import fill
from matchmaker.solver.progress import Run
from matchmaker.solver.relax import Relaxed, relax
from matchmaker.solver.seat import seat
from matchmaker.solver.stop import Stop, WhenAsked
from matchmaker.solver.timetable import Timetable
from tests.solver.instances import event, problem, random_roles, random_rules


def _dived(given: Problem, stop: Stop, keep: Keep | None = None) -> tuple[Aim, Relaxed, Placing]:
    aim = Aim(given, Params(), keep or Keep.nothing(given))
    relaxed = relax(aim, held_by_locks(given), seed=1, seconds=np.inf)
    assert relaxed is not None
    return aim, relaxed, dive(aim, relaxed, 1, Run(stop))


def _scarce(seed: int, people: int = 40, slots: int = 8) -> Problem:
    free = np.random.default_rng(seed).random((people, slots)) < 0.5
    return event(seed, people=people, slots=slots).replace(available=free)


@pytest.mark.parametrize("seed", range(2))
def test_with_half_the_time_less_than_one_percent_of_the_bound_is_lost(seed: int) -> None:
    aim, relaxed, slots = _dived(_scarce(seed), Never())

    assert aim.value(slots) >= 0.99 * relaxed.bound
    assert verify(aim.problem, seat(aim.problem, slots)) == []


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("kind", [random_rules, random_roles])
def test_no_rule_is_broken(kind: type, seed: int) -> None:
    aim, relaxed, slots = _dived(kind(seed), Never())

    assert verify(aim.problem, seat(aim.problem, slots)) == []
    assert aim.value(slots) <= relaxed.bound


def test_a_locked_meeting_stays_beside_better_ones() -> None:
    worth = {(0, 1): 1, (0, 2): 50, (1, 2): 50}
    aim, _, slots = _dived(problem(3, 2, 1, worth, locked=[(0, 1, 0)]), Never())

    assert slots[0] == 1
    assert aim.value(slots) == aim.value(np.array([1, 0, -1]))


def test_what_keeping_a_meeting_is_worth_is_weighed() -> None:
    given = _scarce(4, people=30, slots=6)
    home = np.array([max(np.flatnonzero(slots), default=-1) for slots in given.usable])
    aim, relaxed, slots = _dived(given, Never(), Keep(home, 20.0))

    kept = aim.keep.bonus(relaxed.columns.pair, relaxed.columns.slot)
    most = relaxed.model.gain @ relaxed.taken + kept @ relaxed.taken[: len(kept)]
    assert aim.worth(slots) >= 0.93 * most


def test_a_run_asked_to_stop_settles_every_slot_by_the_prices_it_has() -> None:
    aim, relaxed, slots = _dived(_scarce(0), WhenAsked(lambda: True))

    by_value = Timetable(aim.problem)
    fill(aim.problem, by_value)
    assert aim.value(np.array(by_value.slot)) < aim.value(slots) <= relaxed.bound
    assert verify(aim.problem, seat(aim.problem, slots)) == []
