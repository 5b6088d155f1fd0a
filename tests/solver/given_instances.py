"""Given meetings for tests: a seeded small instance, and its optimum by trying everything."""

from itertools import product

import numpy as np

from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.verify_given import breaks_of_people, verify_given


def random_given(seed: int, *, people: int = 5, slots: int = 5, meetings: int = 6) -> GivenMeetings:
    random = np.random.default_rng(seed)
    pairs = [sorted(random.choice(people, 2, replace=False).tolist()) for _ in range(meetings)]
    return GivenMeetings(
        people=people,
        pairs=np.array(pairs),
        usable=random.random((meetings, slots)) < 0.8,
        capacity=random.integers(1, 3, slots),
        slot_day=np.sort(random.integers(0, 2, slots)),
        precedences=((0, 1),) if random.random() < 0.5 else (),
    )


def fewest_breaks(given: GivenMeetings, most_each: int | None) -> int | None:
    """The optimum, `None` where there is no timetable."""
    open_slots = [np.flatnonzero(row).tolist() for row in given.usable]
    tries = (_rows(slots) for slots in product(*open_slots))
    return min(
        (
            sum(breaks_of_people(given, rows))
            for rows in tries
            if not verify_given(given, rows, most_each=most_each)
        ),
        default=None,
    )


def _rows(slots: tuple[int, ...]) -> list[tuple[int, int, int]]:
    """Points in order of the meetings; too many meetings in a slot name a point too high."""
    return [(m, slot, slots[:m].count(slot)) for m, slot in enumerate(slots)]
