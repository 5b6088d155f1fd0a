"""Refill: beside what is kept of a published schedule, the meetings that add the most value."""

import numpy as np

from matchmaker.solver.aim import Aim, Placing, held_by_locks
from matchmaker.solver.further_rules import Columns
from matchmaker.solver.linear import FloatArray, whole
from matchmaker.solver.place import place
from matchmaker.solver.plain_model import plain_model
from matchmaker.solver.problem import BoolArray, IntArray, Problem
from matchmaker.solver.progress import Run


def refill(aim: Aim, before: IntArray, run: Run) -> tuple[Placing, int]:
    """The locked meetings with the most valuable that fit beside them, and the most there could be.

    `before` int[E] are the slots of published meetings, -1 for none: of equal values the one counts
    in which those that must move stay near the time they had.
    """
    problem, placed = aim.problem, held_by_locks(aim.problem)
    base = aim.value(placed)
    pair, slot = np.nonzero(_free(problem, placed))
    if not len(pair):
        return placed, base
    model = plain_model(problem, aim.gains, Columns(pair, slot, placed))
    model.gain[: len(pair)] += _nearness(problem, before, pair, slot)
    answer = model.maximise(nodes=aim.params.select_nodes, seconds=run.seconds_left())
    if answer.x is None:
        nobody = np.zeros(0, dtype=np.int64)
        table = place(problem, nobody, np.zeros(0), aim.keep.home)
        return np.array(table.slot, dtype=np.int64), base + whole(answer.bound)
    taken = answer.x[: len(pair)] > 0.5
    placed[pair[taken]] = slot[taken]
    return placed, base + whole(answer.bound)


def _free(problem: Problem, placed: Placing) -> BoolArray:
    """bool[E, T]: where a pair that is not placed finds both idle and a point left."""
    busy = np.zeros((problem.bodies, problem.slots), dtype=np.bool_)
    held = np.flatnonzero(placed >= 0)
    busy[problem.pair_bodies[held], placed[held, None]] = True
    a, b = problem.pair_bodies.T
    taken = np.bincount(placed[held], minlength=problem.slots)
    free: BoolArray = problem.usable & ~busy[a] & ~busy[b] & (taken < problem.capacity)
    free[held] = False
    return free


def _nearness(problem: Problem, before: IntArray, pair: IntArray, slot: IntArray) -> FloatArray:
    """What a moved meeting gains where it is near its old time: less than one point in all.

    A slot of another day is further away than any of the same day.
    """
    old = before[pair]
    other_day = problem.slot_day[old] != problem.slot_day[slot]
    distance = np.abs(slot - old) + problem.slots * other_day
    most = 2 * problem.slots * (np.count_nonzero(before >= 0) + 1)
    return np.where(old >= 0, (2 * problem.slots - distance) / most, 0.0)
