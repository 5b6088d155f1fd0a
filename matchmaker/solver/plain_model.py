"""The plain model: a linear program with one column for each pair and slot."""

import numpy as np

from matchmaker.solver.further_rules import Columns, add_further_rules
from matchmaker.solver.linear import Model
from matchmaker.solver.problem import BoolArray, IntArray, Problem
from matchmaker.solver.rewards import steps


def plain_model(problem: Problem, table: IntArray, columns: Columns) -> Model:
    """Columns for what may still be chosen, beside what is placed already."""
    pair, slot = columns.pair, columns.slot
    held = np.flatnonzero(columns.placed >= 0)
    there = columns.placed[held]
    counts = np.bincount(problem.pairs[held].ravel(), minlength=problem.people)
    extra = steps(table, counts)
    count, width = len(pair), len(pair) + len(extra)
    column = np.arange(count)
    a, b = problem.pairs[pair].T
    both, twice = np.concatenate([a, b]), np.concatenate([column, column])
    lower = np.zeros(width)
    lower[:count] = _is_locked(problem)[pair]
    model = Model(
        gain=np.concatenate([problem.values[pair], extra.gain]).astype(float),
        lower=lower,
        upper=np.ones(width),
        integral=(np.arange(width) < count).astype(np.int64),
    )
    model.limit(pair, column, np.ones(len(problem.pairs)))
    model.limit(slot, column, problem.slot_room - np.bincount(there, minlength=problem.slots))
    at = problem.body[both] * problem.slots + np.concatenate([slot, slot])
    busy = np.zeros(problem.bodies * problem.slots)
    busy[problem.pair_bodies[held] * problem.slots + there[:, None]] = 1
    model.limit(at, twice, 1 - busy)
    model.limit(both, twice, problem.max_meetings - counts)
    weights = np.concatenate([np.full(2 * count, -1.0), np.ones(len(extra))])
    model.limit(
        np.concatenate([both, extra.person]),
        np.concatenate([twice, np.arange(count, width)]),
        np.zeros(problem.people),
        weights,
    )
    add_further_rules(problem, model, columns)
    return model


def _is_locked(problem: Problem) -> BoolArray:
    locked = np.zeros(len(problem.pairs), dtype=np.bool_)
    locked[[m.pair for m in problem.locked]] = True
    return locked
