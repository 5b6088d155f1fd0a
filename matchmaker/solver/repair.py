"""Repair: when something changes after publishing, as few meetings as possible change with it."""

from dataclasses import dataclass

import numpy as np

from matchmaker.solver.further_rules import Columns
from matchmaker.solver.improve import plain_model
from matchmaker.solver.linear import whole
from matchmaker.solver.params import Params
from matchmaker.solver.pipeline import solve
from matchmaker.solver.problem import Locked, Problem
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
    nothing = np.full(len(problem.pairs), -1)
    no_extra = np.zeros((problem.people, 1), dtype=np.int64)
    model = plain_model(problem, no_extra, Columns(pair, slot, nothing))
    model.gain[: len(possible)] = worth + value
    model.gain[len(possible) :] = 0
    answer = model.maximise(nodes=params.select_nodes, seconds=np.inf)
    taken = model.lower if answer.x is None else answer.x
    kept = [m for m, x in zip(possible, taken, strict=False) if x > 0.5]
    return kept, len(published) - whole(answer.bound) // worth


def _at_points(problem: Problem, kept: list[Meeting]) -> tuple[Locked, ...]:
    """The kept meetings at their points, or at another where theirs is closed or taken."""
    locked = {m.pair: m for m in problem.locked}
    taken = {(m.slot, m.point) for m in problem.locked}
    homeless: list[Meeting] = []
    for pair, slot, point in kept:
        if pair in locked:
            continue
        stays = problem.point_open[point, slot] and (slot, point) not in taken
        if stays and problem.point_kind[point] == problem.pair_kind[pair]:
            locked[pair] = Locked(pair, slot, point)
            taken.add((slot, point))
        else:
            homeless.append((pair, slot, point))
    for pair, slot, _ in homeless:
        of_kind = problem.point_kind == problem.pair_kind[pair]
        open_points = np.flatnonzero(problem.point_open[:, slot] & of_kind).tolist()
        point = next(k for k in open_points if (slot, k) not in taken)
        locked[pair] = Locked(pair, slot, point)
        taken.add((slot, point))
    return tuple(locked.values())
