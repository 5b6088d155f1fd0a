"""Polish: anneal a timetable for given meetings, longer and longer while breaks are many."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import numpy as np

from matchmaker.solver.anneal import anneal
from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.problem import IntArray
from matchmaker.solver.progress import Run
from matchmaker.solver.stop import Never
from matchmaker.solver.verify_given import breaks_of_people

# "bound": k, "breaks": n and "slots", "infeasible": True, or "conflict": rules and "minimal"
Finding = dict[str, Any]

FIRST = 250  # tries of annealing for each meeting; every further time twice as many
MANY = 16  # breaks above the bound, beyond which asking the engine for fewer is in vain


def timetable(given: GivenMeetings, slots: IntArray, most_each: int | None) -> Finding | None:
    """The slots and their breaks; `None` where somebody has more than `most_each`."""
    breaks = breaks_of_people(given, [(m, t, 0) for m, t in enumerate(slots.tolist())])
    if most_each is not None and max(breaks, default=0) > most_each:
        return None
    return {"breaks": sum(breaks), "slots": slots.tolist()}


def polish(
    given: GivenMeetings, start: list[int], bound: int, most_each: int | None
) -> Iterator[Finding]:
    """Timetables with ever fewer breaks; nothing where none comes of it."""
    slots, tries = np.array(start, dtype=np.int64), FIRST * len(start)
    fair = given.slots if most_each is None else most_each
    best = timetable(given, slots, most_each)
    for seed in count():
        slots = anneal(given, slots, Run(Never()), tries=tries, fair=fair, seed=seed)
        found = timetable(given, slots, most_each)
        if found is None or (best is not None and found["breaks"] >= best["breaks"]):
            return
        best = found
        yield found
        if found["breaks"] <= bound + MANY:
            return
        tries *= 2
