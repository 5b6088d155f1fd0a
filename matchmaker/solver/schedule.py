"""A schedule: which pair meets in which slot at which point, and the breaks it leaves."""

from dataclasses import dataclass

import numpy as np

from matchmaker.solver.problem import IntArray, Problem


@dataclass(frozen=True, eq=False)
class Schedule:
    """Three arrays of one length, ordered by slot and point; numbers are the problem's."""

    pair: IntArray
    slot: IntArray
    point: IntArray

    def __len__(self) -> int:
        return len(self.pair)

    @classmethod
    def of(cls, meetings: list[tuple[int, int, int]]) -> "Schedule":
        """From (pair, slot, point) in any order."""
        rows = np.array(meetings, dtype=np.int64).reshape(-1, 3)
        rows = rows[np.lexsort((rows[:, 2], rows[:, 1]))]
        rows.flags.writeable = False
        return cls(rows[:, 0], rows[:, 1], rows[:, 2])

    def renumbered(self, numbers: IntArray) -> "Schedule":
        """The same schedule where pair i is called `numbers[i]`."""
        return Schedule.of([(int(numbers[p]), t, k) for p, t, k in self.meetings()])

    def slots_of(self, pairs: int) -> IntArray:
        """int[pairs]: each pair's slot, -1 for one that does not meet."""
        slots = np.full(pairs, -1)
        slots[self.pair] = self.slot
        return slots

    def meetings(self) -> list[tuple[int, int, int]]:
        """(pair, slot, point) of each meeting."""
        return list(zip(self.pair.tolist(), self.slot.tolist(), self.point.tolist(), strict=True))


def count_breaks(problem: Problem, schedule: Schedule) -> IntArray:
    """int[B]: each body's breaks: runs of idle slots between two meetings of one day."""
    busy = np.zeros((problem.bodies, problem.slots), dtype=np.bool_)
    for pair, slot, _ in schedule.meetings():
        busy[problem.pair_bodies[pair], slot] = True
    breaks = np.zeros(problem.bodies, dtype=np.int64)
    for day in np.unique(problem.slot_day):
        today = busy[:, problem.slot_day == day]
        starts = today[:, 0] + (today[:, 1:] & ~today[:, :-1]).sum(axis=1)
        breaks += np.maximum(starts - 1, 0)
    return breaks
