"""Repair: when something changes after publishing, as few meetings as possible change with it."""

from dataclasses import dataclass

import numpy as np

from matchmaker.solver.linear import Model, whole
from matchmaker.solver.params import Params
from matchmaker.solver.pipeline import solve
from matchmaker.solver.problem import IntArray, Locked, Problem
from matchmaker.solver.progress import Listener
from matchmaker.solver.result import Result
from matchmaker.solver.schedule import Schedule
from matchmaker.solver.stop import Stop

Meeting = tuple[int, int, int]  # pair, slot, point


@dataclass(frozen=True, eq=False)
class Repaired:
    """`result` holds every published meeting in its slot but `moved` and `dropped` (pairs).

    At least `fewest` published meetings must change, whatever is done. `result.bound` is a bound
    among the schedules that keep what this one keeps.
    """

    result: Result
    moved: tuple[int, ...]
    dropped: tuple[int, ...]
    fewest: int

    @property
    def changes(self) -> int:
        return len(self.moved) + len(self.dropped)


def repair(
    problem: Problem,
    published: Schedule,
    *,
    stop: Stop,
    seed: int,
    params: Params,
    progress: Listener | None = None,
) -> Repaired:
    """The published schedule mended for a problem that has changed since; pairs keep their numbers.

    First the fewest changes, then the value of what is kept, then the value of what is added. A
    meeting that only changes its point is not counted: its people and its time stay.
    """
    kept, fewest = _keep_most(problem, published.meetings(), params)
    locked = problem.replace(locked=_at_points(problem, kept))
    result = solve(locked, stop=stop, seed=seed, params=params, progress=progress)
    now = {pair: slot for pair, slot, _ in result.schedule.meetings()}
    changed = [pair for pair, slot, _ in published.meetings() if now.get(pair) != slot]
    return Repaired(
        result=result,
        moved=tuple(pair for pair in changed if pair in now),
        dropped=tuple(pair for pair in changed if pair not in now),
        fewest=fewest,
    )


def _keep_most(
    problem: Problem, published: list[Meeting], params: Params
) -> tuple[list[Meeting], int]:
    """The published meetings to keep, and how many must change at the least."""
    possible = [m for m in published if problem.usable[m[0], m[1]]]
    also_locked = [m for m in problem.locked if m.pair not in {pair for pair, _, _ in possible}]
    if not possible:
        return [], len(published)
    pair, slot, _ = np.array([*possible, *also_locked]).T
    value = problem.values[pair[: len(possible)]]
    worth = int(value.sum()) + 1  # of one meeting kept: more than any choice of their values
    model = _model(problem, pair, slot)
    model.lower = np.isin(pair, [m.pair for m in problem.locked]).astype(float)
    model.gain[: len(possible)] = worth + value
    answer = model.maximise(nodes=params.select_nodes, seconds=np.inf)
    taken = model.lower if answer.x is None else answer.x
    kept = [m for m, x in zip(possible, taken, strict=False) if x > 0.5]
    return kept, len(published) - whole(answer.bound) // worth


def _model(problem: Problem, pair: IntArray, slot: IntArray) -> Model:
    """One column for each meeting at its published time."""
    column = np.arange(len(pair))
    a, b = problem.pairs[pair].T
    both, twice = np.concatenate([a, b]), np.concatenate([column, column])
    zeros, ones = np.zeros(len(pair)), np.ones(len(pair))
    model = Model(gain=zeros.copy(), lower=zeros, upper=ones, integral=ones.astype(np.int64))
    model.limit(slot, column, problem.capacity)
    model.limit(both, twice, problem.max_meetings)
    at = problem.body[both] * problem.slots + np.concatenate([slot, slot])
    model.limit(at, twice, np.ones(problem.bodies * problem.slots))
    return model


def _at_points(problem: Problem, kept: list[Meeting]) -> tuple[Locked, ...]:
    """The kept meetings at their points, or at another where theirs is closed or taken."""
    locked = {m.pair: m for m in problem.locked}
    taken = {(m.slot, m.point) for m in problem.locked}
    homeless: list[Meeting] = []
    for pair, slot, point in kept:
        if pair in locked:
            continue
        if problem.point_open[point, slot] and (slot, point) not in taken:
            locked[pair] = Locked(pair, slot, point)
            taken.add((slot, point))
        else:
            homeless.append((pair, slot, point))
    for pair, slot, _ in homeless:
        open_points = np.flatnonzero(problem.point_open[:, slot]).tolist()
        point = next(k for k in open_points if (slot, k) not in taken)
        locked[pair] = Locked(pair, slot, point)
        taken.add((slot, point))
    return tuple(locked.values())
