"""Patterns: what a person's busy slots cost, and where a meeting of theirs could go instead."""

from typing import NamedTuple

import numpy as np

from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.problem import BoolArray
from matchmaker.solver.rest import followed, too_long
from matchmaker.solver.timetable import bits

FORBIDDEN = 1_000_000  # more than any patience


class Pattern(NamedTuple):
    """`ends` are the slots that end a run of busy ones, `beside` the idle ones next to these."""

    cost: int
    ends: tuple[int, ...]
    beside: tuple[int, ...]


class Patterns:
    """Each pattern is worked out once; people who want the same rest share what is known.

    A person's breaks cost 1 each, and 1 more each above `fair`, so that no one has many.
    """

    def __init__(self, given: GivenMeetings, fair: int) -> None:
        self.fair, self.slots = fair, given.slots
        self.days = [_mask(given.slot_day == day) for day in np.unique(given.slot_day)]
        self.rest = given.rest or (given.slots,) * given.people
        self.followed = followed(given.slot_day)
        shared: dict[int, dict[int, Pattern]] = {most: {} for most in self.rest}
        self.known = [shared[most] for most in self.rest]

    def of(self, person: int, busy: int) -> Pattern:
        known = self.known[person]
        if busy not in known:
            known[busy] = self._worked_out(busy, self.rest[person])
        return known[busy]

    def _worked_out(self, busy: int, most: int) -> Pattern:
        runs = [(busy & day & ~((busy & day) << 1)).bit_count() for day in self.days]
        breaks = sum(run - 1 for run in runs if run)
        cost = breaks + max(0, breaks - self.fair)
        if too_long(busy, most, self.followed):
            cost = FORBIDDEN
        beside = (busy << 1 | busy >> 1) & ~busy & ((1 << self.slots) - 1)
        ends = busy & ~(busy << 1 & busy >> 1)
        return Pattern(cost, tuple(bits(ends)), tuple(bits(beside)))


def _mask(slots: BoolArray) -> int:
    return sum(1 << int(slot) for slot in np.flatnonzero(slots))
