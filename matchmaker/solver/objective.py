"""What a schedule is worth: the values of its pairs, and more for a first meeting than a ninth."""

from dataclasses import dataclass

import numpy as np

from matchmaker.solver.params import Params
from matchmaker.solver.problem import IntArray, Problem

REWARDED_MEETINGS = 8  # the ninth meeting of a person adds its pair's value and nothing else


@dataclass(frozen=True, slots=True)
class Terms:
    """The named parts of the objective; their sum is the value of a schedule."""

    pair_value: int
    sharing: int
    promises: int

    @property
    def value(self) -> int:
        return self.pair_value + self.sharing + self.promises


def sharing_gains(problem: Problem, params: Params) -> IntArray:
    """int[8]: what the k-th meeting of a person adds beside its pair's value; never rising."""
    if not len(problem.values):
        return np.zeros(REWARDED_MEETINGS, dtype=np.int64)
    k = np.arange(1, REWARDED_MEETINGS + 1)
    gains = np.floor(params.later_meetings * np.median(problem.values) / k)
    gains[0] = max(gains[0], np.ceil(params.first_meeting * problem.values.max()))
    return gains.astype(np.int64)


def promise_gain(problem: Problem, params: Params) -> int:
    """What each meeting up to a person's promised minimum adds."""
    return int(np.ceil(params.promise * problem.values.max())) if len(problem.values) else 0


def gains(problem: Problem, params: Params) -> IntArray:
    """int[P, L]: what each person's k-th meeting adds; rows never rise, beyond L nothing.

    Rows that never rise make the sum a concave function of the number of meetings, which a
    linear model states exactly: the better part is always taken first.
    """
    promised = int(problem.min_meetings.max(initial=0))
    length = max(REWARDED_MEETINGS, promised)
    table = np.zeros((problem.people, length), dtype=np.int64)
    table[:, :REWARDED_MEETINGS] = sharing_gains(problem, params)
    within = np.arange(length) < problem.min_meetings[:, None]
    return table + within * promise_gain(problem, params)


def meeting_counts(problem: Problem, chosen: IntArray) -> IntArray:
    """int[P]: how many of the chosen pairs each person is in."""
    return np.bincount(problem.pairs[chosen].ravel(), minlength=problem.people).astype(np.int64)


def measure(problem: Problem, params: Params, chosen: IntArray) -> Terms:
    """The terms of holding the chosen pairs, whenever they meet."""
    counts = meeting_counts(problem, chosen)
    sharing = np.concatenate([[0], np.cumsum(sharing_gains(problem, params))])
    kept = np.minimum(counts, problem.min_meetings).sum()
    return Terms(
        pair_value=int(problem.values[chosen].sum()),
        sharing=int(sharing[np.minimum(counts, REWARDED_MEETINGS)].sum()),
        promises=int(kept) * promise_gain(problem, params),
    )
