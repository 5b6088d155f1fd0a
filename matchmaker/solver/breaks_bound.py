"""How many breaks nobody can avoid: what each person's free slots alone force."""

from itertools import groupby

import numpy as np

from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.problem import BoolArray, IntArray


def forced_breaks(given: GivenMeetings) -> int | None:
    """A lower bound on all breaks; `None` where somebody has fewer slots than meetings."""
    total = 0
    for meetings in given.of_person:
        free: BoolArray = np.asarray(given.usable[meetings].any(axis=0))
        forced = forced_breaks_of(free, given.slot_day, len(meetings))
        if forced is None:
            return None
        total += forced
    return total


def forced_breaks_of(free: BoolArray, slot_day: IntArray, meetings: int) -> int | None:
    """The fewest breaks with that many meetings in the free slots; `None` where they do not fit.

    Each day's longest run of free slots comes without a break, every other run with one.
    """
    first: list[int] = []
    further: list[int] = []
    for day in np.unique(slot_day):
        lengths = sorted(_runs(free[slot_day == day]), reverse=True)
        first += lengths[:1]
        further += lengths[1:]
    missing, breaks = meetings - sum(first), 0
    for length in sorted(further, reverse=True):
        if missing <= 0:
            break
        missing -= length
        breaks += 1
    return None if missing > 0 else breaks


def _runs(free: BoolArray) -> list[int]:
    return [len(list(run)) for is_free, run in groupby(free.tolist()) if is_free]
