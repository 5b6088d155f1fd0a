"""Select: which pairs meet, slots forgotten. A b-matching, and the bound on every schedule."""

from dataclasses import dataclass

import numpy as np

from matchmaker.solver.keep import Keep
from matchmaker.solver.linear import Answer, FloatArray, Model, whole
from matchmaker.solver.objective import gains as all_gains
from matchmaker.solver.params import Params
from matchmaker.solver.problem import NONE, BoolArray, IntArray, Problem
from matchmaker.solver.rest import most_with_rest
from matchmaker.solver.rewards import Steps, steps


@dataclass(frozen=True, eq=False)
class Selection:
    """Pairs by number; no schedule of the problem is worth more than `bound`."""

    pairs: IntArray
    bound: int


def select(
    problem: Problem,
    gains: IntArray,
    *,
    nodes: int,
    seconds: float,
    keep: Keep | None = None,
    held: int | None = None,
    value_weight: int = 1,
) -> Selection:
    """The pairs of most value that respect each person's and all slots' room.

    Every schedule is such a selection, so the optimum here bounds them all; with a pair `held`,
    all schedules that hold it; with a `value_weight` of 0, what they gain beside the pairs' values.
    Where the limits end the search before it has one, the pairs are
    taken by value as long as there is room.
    """
    candidates = np.flatnonzero(problem.usable.any(axis=1))
    if not len(candidates):
        return Selection(candidates, 0)
    extra = steps(gains, np.zeros(problem.people, dtype=np.int64))
    model = selection_model(problem, candidates, extra)
    model.gain[: len(candidates)] *= value_weight
    if keep is not None:
        model.gain[: len(candidates)] += np.where(keep.home[candidates] >= 0, keep.worth, 0)
    model.lower[: len(candidates)][candidates == held] = 1
    answer = model.maximise(nodes=nodes, seconds=seconds)
    bound = whole(answer.bound)
    if value_weight and (keep is None or keep.decides_ties_only):
        bound = min(bound, whole(_simple_bound(problem, candidates, gains)))
    return Selection(_chosen(problem, candidates, answer), bound)


def bound_on_value(problem: Problem, params: Params) -> int:
    """What no schedule of the problem is worth more than."""
    nodes = params.select_nodes
    return select(problem, all_gains(problem, params), nodes=nodes, seconds=np.inf).bound


def selection_model(problem: Problem, candidates: IntArray, extra: Steps) -> Model:
    """One column for each candidate; the first rows are the people's, the next is for all."""
    count, columns = len(candidates), len(candidates) + len(extra)
    pair = np.arange(count)
    a, b = problem.pairs[candidates].T
    both, twice = np.concatenate([a, b]), np.concatenate([pair, pair])
    lower = np.zeros(columns)
    lower[:count] = np.isin(candidates, [m.pair for m in problem.locked])
    model = Model(
        gain=np.concatenate([problem.values[candidates], extra.gain]).astype(float),
        lower=lower,
        upper=np.ones(columns),
        integral=(np.arange(columns) < count).astype(np.int64),
    )
    model.limit(both, twice, room(problem))
    if problem.bodies < problem.people:
        model.limit(problem.body[both], twice, body_room(problem))
    for limit in problem.limits:
        counted = np.flatnonzero(np.isin(candidates, limit.pairs))
        model.limit(np.zeros_like(counted), counted, [limit.capacity.sum()])
    if (grouped := np.flatnonzero(problem.pair_group[candidates] >= 0)).size:
        groups = problem.pair_group[candidates[grouped]]
        model.limit(groups, grouped, np.ones(groups.max() + 1))
    model.limit(np.zeros(count, dtype=np.int64), pair, [problem.slot_room.sum()])
    weights = np.concatenate([np.full(2 * count, -1.0), np.ones(len(extra))])
    rows = np.concatenate([both, extra.person])
    model.limit(
        rows, np.concatenate([twice, np.arange(count, columns)]), np.zeros(problem.people), weights
    )
    return model


def _simple_bound(problem: Problem, candidates: IntArray, gains: IntArray) -> float:
    """What everybody's best pairs are worth, halved as a pair counts for two: needs no engine."""
    rooms, bound = room(problem).astype(int), 0.0
    of_person: list[list[int]] = [[] for _ in range(problem.people)]
    for pair in candidates[np.argsort(-problem.values[candidates], kind="stable")].tolist():
        for person in problem.pairs[pair].tolist():
            of_person[person].append(int(problem.values[pair]))
    for values, most, steps_of in zip(of_person, rooms.tolist(), gains.tolist(), strict=True):
        bound += sum(values[:most]) / 2 + sum(steps_of[: min(most, len(values))])
    return bound


def room(problem: Problem) -> FloatArray:
    """float[P]: how many meetings a person can hold at most."""
    slots = _rested(problem, problem.presence, problem.body)
    return np.asarray(np.minimum(problem.max_meetings, slots))


def body_room(problem: Problem) -> FloatArray:
    """float[B]: the same for a human being in all their roles."""
    return _rested(problem, problem.body_presence, np.arange(problem.bodies))


def _rested(problem: Problem, present: BoolArray, body: IntArray) -> FloatArray:
    """How many of the slots of each row of somebody can be used with the rest they want."""
    most = problem.body_rest[body]
    used: FloatArray = present.sum(axis=1).astype(float)
    for row in np.flatnonzero(most < problem.slots):
        used[row] = most_with_rest(present[row], problem.slot_day, int(most[row]))
    return used


def _chosen(problem: Problem, candidates: IntArray, answer: Answer) -> IntArray:
    if answer.x is None:
        return _by_value(problem, candidates)
    return candidates[answer.x[: len(candidates)] > 0.5]


def _by_value(problem: Problem, candidates: IntArray) -> IntArray:
    left, total = room(problem), problem.slot_room.sum()
    free, grouped = body_room(problem), set[int]()
    locked = [m.pair for m in problem.locked]
    order = np.lexsort((-problem.values[candidates], ~np.isin(candidates, locked)))
    chosen: list[int] = []
    for pair in candidates[order].tolist():
        people, bodies = problem.pairs[pair], problem.pair_bodies[pair]
        group = int(problem.pair_group[pair])
        if (
            len(chosen) < total
            and left[people].all()
            and free[bodies].all()
            and group not in grouped
        ):
            grouped |= {group} - {NONE}
            left[people] -= 1
            free[bodies] -= 1
            chosen.append(pair)
    return np.sort(np.array(chosen, dtype=np.int64))
