"""The rules beyond people, slots and points, as rows of a linear model over pairs and slots."""

from dataclasses import dataclass

import numpy as np

from matchmaker.solver.linear import Model
from matchmaker.solver.problem import IntArray, Problem
from matchmaker.solver.rest import windows


@dataclass(frozen=True, eq=False)
class Columns:
    """Column i is for pair `pair[i]` in `slot[i]`; what `placed` int[E] holds (-1: open) stays."""

    pair: IntArray
    slot: IntArray
    placed: IntArray

    def of_pair(self, pair: int) -> IntArray:
        return np.flatnonzero(self.pair == pair)


def add_further_rules(problem: Problem, model: Model, columns: Columns) -> None:
    _limit_kinds(problem, model, columns)
    _hold_one_of_each_group(problem, model, columns)
    for first, later in problem.precedences:
        _keep_order(problem, model, columns, first, later)
    for body in np.flatnonzero(problem.body_rest < problem.slots).tolist():
        _give_rest(problem, model, columns, body)


def _limit_kinds(problem: Problem, model: Model, columns: Columns) -> None:
    for limit in problem.limits:
        counted = np.flatnonzero(np.isin(columns.pair, limit.pairs))
        elsewhere = columns.placed[limit.pairs]
        taken = np.bincount(elsewhere[elsewhere >= 0], minlength=problem.slots)
        model.limit(columns.slot[counted], counted, limit.capacity - taken)


def _hold_one_of_each_group(problem: Problem, model: Model, columns: Columns) -> None:
    groups = problem.pair_group
    if not (groups >= 0).any():
        return
    held = np.bincount(groups[(groups >= 0) & (columns.placed >= 0)], minlength=groups.max() + 1)
    grouped = np.flatnonzero(groups[columns.pair] >= 0)
    model.limit(groups[columns.pair[grouped]], grouped, 1 - held)


def _keep_order(problem: Problem, model: Model, columns: Columns, first: int, later: int) -> None:
    """For each slot t not both: the first in t or after it, the later one in t or before."""
    early, late = columns.of_pair(later), columns.of_pair(first)
    fixed_first, fixed_later = int(columns.placed[first]), int(columns.placed[later])
    for t in range(problem.slots):
        held = (fixed_first >= t) + (0 <= fixed_later <= t)
        row = np.concatenate([late[columns.slot[late] >= t], early[columns.slot[early] <= t]])
        if len(row):
            model.limit(np.zeros_like(row), row, [1 - held])


def _give_rest(problem: Problem, model: Model, columns: Columns, body: int) -> None:
    most = int(problem.body_rest[body])
    theirs = (problem.pair_bodies == body).any(axis=1)
    column, elsewhere = np.flatnonzero(theirs[columns.pair]), columns.placed[theirs]
    for window in windows(problem.slot_day, most):
        row = column[np.isin(columns.slot[column], window)]
        if len(row):
            held = int(np.isin(elsewhere, window).sum())
            model.limit(np.zeros_like(row), row, [most - held])
