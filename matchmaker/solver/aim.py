"""What a search aims at: the value of a schedule, and what it keeps of an earlier one."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matchmaker.solver.keep import Keep
from matchmaker.solver.objective import gains, measure
from matchmaker.solver.params import Params
from matchmaker.solver.problem import IntArray, Problem

Placing = IntArray  # int[E]: the slot of each pair, or -1


def held_by_locks(problem: Problem) -> Placing:
    """The locked meetings and no others."""
    placed = np.full(len(problem.pairs), -1)
    for meeting in problem.locked:
        placed[meeting.pair] = meeting.slot
    return placed


@dataclass(frozen=True, eq=False)
class Aim:
    problem: Problem
    params: Params
    keep: Keep

    @cached_property
    def gains(self) -> IntArray:
        return gains(self.problem, self.params)

    def value(self, slots: Placing) -> int:
        return measure(self.problem, self.params, np.flatnonzero(slots >= 0)).value

    def worth(self, slots: Placing) -> float:
        """The value and what is kept."""
        return self.value(slots) + self.keep.worth * self.keep.kept(slots)

    def is_reached(self, slots: Placing, bound: int | None) -> bool:
        """Whether nothing can be better."""
        return self.value(slots) == bound and self.keep.is_best(slots)
