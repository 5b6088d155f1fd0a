"""A first timetable for given meetings, placed like the pairs of an event: no proof, but quick."""

import numpy as np

from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.place import place
from matchmaker.solver.problem import IntArray, Problem
from matchmaker.solver.progress import Run

TRIES = 5


def first_timetable(given: GivenMeetings, run: Run) -> IntArray | None:
    """The slot of each meeting; `None` where placing does not find room for all of them."""
    if given.limits or given.precedences:
        return None  # placing looks for order only afterwards, in vain where there is much of it
    problem = _as_event(given)
    every, nowhere = np.arange(len(given.pairs)), np.full(len(given.pairs), -1)
    random = np.random.default_rng(0)
    for _ in range(TRIES):
        slots = np.array(place(problem, every, random.random(len(every)), nowhere).slot, np.int64)
        if (slots >= 0).all():
            return slots
        if run.over():
            break
    return None


def _as_event(given: GivenMeetings) -> Problem:
    """The meetings as pairs; two people who meet again do so in another role of one of them."""
    body, pairs = list(range(given.people)), list[tuple[int, int]]()
    seen: set[tuple[int, int]] = set()
    for one, other in given.pairs.tolist():
        pair = min(one, other), max(one, other)
        if pair in seen:
            body.append(pair[0])
            pair = pair[1], len(body) - 1
        seen.add(pair)
        pairs.append(pair)
    most = np.array(given.rest or [max(given.slots, 1)] * given.people, dtype=np.int64)
    return Problem(
        available=np.ones((len(body), given.slots), dtype=np.bool_),
        point_open=given.point_open,
        pairs=np.array(pairs, dtype=np.int64),
        values=np.ones(len(pairs), dtype=np.int64),
        max_meetings=np.full(len(body), given.slots),
        slot_day=given.slot_day,
        pair_slots=given.usable,
        body=np.array(body, dtype=np.int64),
        most_in_a_row=most[body],
    )
