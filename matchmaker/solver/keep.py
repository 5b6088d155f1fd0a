"""Keep: what a search gives up to leave meetings in the slots they had before, at their points."""

from dataclasses import dataclass

import numpy as np

from matchmaker.solver.linear import FloatArray
from matchmaker.solver.problem import IntArray, Problem
from matchmaker.solver.schedule import Schedule


@dataclass(frozen=True, eq=False)
class Keep:
    """`home` int[E] is each pair's slot before, -1 for none; a meeting kept there adds `worth`.

    `points` int[E] is where it was then; whoever keeps the time keeps the place, where it is free.
    """

    home: IntArray
    worth: float
    points: IntArray | None = None

    @classmethod
    def nothing(cls, problem: Problem) -> "Keep":
        return cls(np.full(len(problem.pairs), -1), 0.0)

    @classmethod
    def of(cls, problem: Problem, previous: Schedule, worth: float | None = None) -> "Keep":
        """Left out, `worth` is so small that it decides between schedules of equal value only."""
        home, points = np.full((2, len(problem.pairs)), -1)
        possible = problem.usable[previous.pair, previous.slot]
        home[previous.pair[possible]] = previous.slot[possible]
        points[previous.pair[possible]] = previous.point[possible]
        return cls(home, 1 / (int(possible.sum()) + 1) if worth is None else worth, points)

    @property
    def decides_ties_only(self) -> bool:
        """Whether all that can be kept is worth less than one point of value."""
        return self.worth * int((self.home >= 0).sum()) < 1

    def reordered(self, order: IntArray) -> "Keep":
        points = None if self.points is None else self.points[order]
        return Keep(self.home[order], self.worth, points)

    def kept(self, slots: IntArray) -> int:
        """How many meetings are where they were."""
        return int(((slots == self.home) & (self.home >= 0)).sum())

    def bonus(self, pair: IntArray, slot: IntArray) -> FloatArray:
        """What holding each pair in the slot beside it adds."""
        return np.where(self.home[pair] == slot, self.worth, 0.0)

    def is_best(self, slots: IntArray) -> bool:
        """Whether no meeting is elsewhere than it was, so that nothing is left to gain."""
        return self.kept(slots) == int((self.home >= 0).sum())
