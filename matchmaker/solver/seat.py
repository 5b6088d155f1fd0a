"""Seat: a meeting point for each meeting, people changing points as seldom as can be."""

from collections import Counter
from typing import NamedTuple

import numpy as np

from matchmaker.solver.keep import Keep
from matchmaker.solver.problem import BoolArray, IntArray, Problem
from matchmaker.solver.schedule import Schedule


def seat(problem: Problem, slots: IntArray, keep: Keep | None = None) -> Schedule:
    """The meetings of the pairs whose slot is not negative; `slots` int[E].

    Who is to `keep` the slot they have keeps the point too, if it can be had.
    """
    placed = np.flatnonzero(slots >= 0)
    settled = {meeting.pair: meeting.point for meeting in problem.locked}
    if keep is not None and keep.points is not None:
        settled = _at_home(problem, slots, keep.home, keep.points) | settled
    given = {int(np.flatnonzero(placed == pair)[0]): point for pair, point in settled.items()}
    kinds = Kinds(problem.pair_kind[placed], problem.point_kind)
    points = seat_meetings(
        problem.pair_bodies[placed], slots[placed], problem.point_open, given, kinds
    )
    rows = zip(placed.tolist(), slots[placed].tolist(), points.tolist(), strict=True)
    return Schedule.of(list(rows))


def _at_home(problem: Problem, slots: IntArray, home: IntArray, points: IntArray) -> dict[int, int]:
    """The pairs that stay where they were, with their points; what is locked there goes before."""
    stays = np.flatnonzero((home >= 0) & (slots == home))
    fits = problem.point_open[points[stays], slots[stays]]
    fits &= problem.point_kind[points[stays]] == problem.pair_kind[stays]
    taken = {(meeting.slot, meeting.point) for meeting in problem.locked}
    rows = zip(stays[fits].tolist(), slots[stays[fits]].tolist(), strict=True)
    return {
        pair: int(points[pair]) for pair, slot in rows if (slot, int(points[pair])) not in taken
    }


class Kinds(NamedTuple):
    """Meeting i goes to a point of the kind `meeting[i]`, as point k is of the kind `point[k]`."""

    meeting: IntArray
    point: IntArray


def seat_meetings(
    pairs: IntArray,
    slots: IntArray,
    point_open: BoolArray,
    locked: dict[int, int],
    kinds: Kinds,
) -> IntArray:
    """int[M]: each meeting's point, slot by slot in order of time.

    `pairs` int[M, 2], `slots` int[M]; `locked` gives points that are settled already.
    """
    last = np.full(int(pairs.max(initial=-1)) + 1, -1)
    points = np.full(len(pairs), -1)
    for meeting, point in locked.items():
        points[meeting] = point
    for slot in range(point_open.shape[1]):
        here = np.flatnonzero(slots == slot)
        others = here[points[here] < 0]
        free = np.setdiff1d(np.flatnonzero(point_open[:, slot]), points[here])
        for kind in np.unique(kinds.meeting[others]):
            theirs = others[kinds.meeting[others] == kind]
            points[theirs] = _assign(last[pairs[theirs]], free[kinds.point[free] == kind])
        last[pairs[here]] = points[here, None]
    return points


def _assign(last: IntArray, free: IntArray) -> IntArray:
    """A free point for each meeting, where most of its two people, last int[M, 2], sat last.

    Few points matter to a meeting, so the graph is sparse however large the event. The others go
    to the points of low number, so that an event's far corner stays empty.
    """
    count, place = len(last), {point: number for number, point in enumerate(free.tolist())}
    stays = Counter(
        (meeting, place[point])
        for meeting, points in enumerate(last.tolist())
        for point in points
        if point in place
    )
    anywhere = [(meeting, len(free) + meeting, 3.0) for meeting in range(count)]
    wanted = [(m, k, 2.5 - people + k / (4 * len(free))) for (m, k), people in stays.items()]
    rows, columns, costs = zip(*anywhere, *wanted, strict=True) if count else ((), (), ())
    from scipy.sparse import csgraph, csr_array  # noqa: PLC0415 - slow to load

    graph = csr_array((costs, (rows, columns)), shape=(count, len(free) + count))
    _, chosen = csgraph.min_weight_full_bipartite_matching(graph)
    left = iter(np.setdiff1d(np.arange(len(free)), chosen).tolist())
    return np.array([free[k if k < len(free) else next(left)] for k in chosen], dtype=np.int64)
