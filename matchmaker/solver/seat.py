"""Seat: a meeting point for each meeting, people changing points as seldom as can be."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from matchmaker.solver.problem import IntArray, Problem
from matchmaker.solver.schedule import Schedule


def seat(problem: Problem, slot_of: dict[int, int]) -> Schedule:
    """Points slot by slot in order of time; people who stay where they were, first."""
    last = np.full(problem.people, -1)
    locked = {m.pair: m.point for m in problem.locked}
    meetings: list[tuple[int, int, int]] = []
    for slot in range(problem.slots):
        pairs = [p for p, t in slot_of.items() if t == slot]
        for pair, point in _seat_slot(problem, slot, sorted(pairs), locked, last):
            meetings.append((pair, slot, point))
            last[problem.pairs[pair]] = point
    return Schedule.of(meetings)


def _seat_slot(
    problem: Problem, slot: int, pairs: list[int], locked: dict[int, int], last: IntArray
) -> list[tuple[int, int]]:
    seated = [(pair, locked[pair]) for pair in pairs if pair in locked]
    others = np.array([pair for pair in pairs if pair not in locked], dtype=np.int64)
    taken = [point for _, point in seated]
    points = np.setdiff1d(np.flatnonzero(problem.point_open[:, slot]), taken)
    stays = (last[problem.pairs[others]][:, :, None] == points).sum(axis=1)
    # among equal choices the points of low number, so that an event's far corner stays empty
    cost = np.arange(len(points)) - stays * (len(points) ** 2 + 1)
    rows, columns = linear_sum_assignment(cost)
    return seated + list(zip(others[rows].tolist(), points[columns].tolist(), strict=True))
