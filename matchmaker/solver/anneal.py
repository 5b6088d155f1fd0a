"""Anneal: swap two slots along chains of meetings until people's breaks are few."""

import math
from dataclasses import dataclass

import numpy as np

from matchmaker.solver.breaks_bound import forced_breaks
from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.problem import BoolArray, IntArray
from matchmaker.solver.progress import Run
from matchmaker.solver.rest import followed, too_long
from matchmaker.solver.timetable import IDLE, masks

START, END = 0.4, 0.1  # temperatures; a break more or less counts 1
FORBIDDEN = 1_000_000  # more than any patience
AIMED = 0.8  # of all tries; the others keep everybody else's slots on the move
CHUNK = 1024  # tries between two looks at the clock, and at who has breaks


@dataclass(frozen=True, slots=True)
class Move:
    """Meetings that swap two slots; only the people at the chain's two ends look different."""

    meetings: list[int]
    ends: tuple[int, ...]
    leaving: int  # how many more meetings leave the first slot than come to it


class Annealer:
    """A timetable for given meetings, its people's busy slots as bits, and the best one met.

    A person's breaks cost 1 each, and 1 more each above `fair`, so that no one has many.
    """

    def __init__(self, given: GivenMeetings, slots: IntArray, fair: int) -> None:
        self.pairs: list[tuple[int, int]] = [(a, b) for a, b in given.pairs.tolist()]
        self.usable = masks(given.usable)
        self.capacity: list[int] = given.capacity.tolist()
        self.days = [_mask(given.slot_day == day) for day in np.unique(given.slot_day)]
        self.fair = fair
        self._ask_rest(given)
        self.given = given
        self.looks_further = bool(given.limits or given.precedences)
        self.slot: list[int] = slots.tolist()
        self.count = np.bincount(slots, minlength=given.slots).tolist()
        self.meeting = [[IDLE] * given.slots for _ in range(given.people)]
        self.busy = [0] * given.people
        for meeting in range(len(self.slot)):
            self._hold(meeting, self.slot[meeting])
        self.cost = sum(self.cost_of(person, busy) for person, busy in enumerate(self.busy))
        self.best, self.best_cost = list(self.slot), self.cost

    def _ask_rest(self, given: GivenMeetings) -> None:
        """People who want the same rest look up what their busy slots cost in the same place."""
        self.rest = given.rest or (given.slots,) * given.people
        self.followed = followed(given.slot_day)
        costs: dict[int, dict[int, int]] = {most: {} for most in self.rest}
        self.costs = [costs[most] for most in self.rest]

    def cost_of(self, person: int, busy: int) -> int:
        """What the breaks of a person with these busy slots cost, or too little rest."""
        known = self.costs[person]
        if busy not in known:
            runs = [(busy & day & ~((busy & day) << 1)).bit_count() for day in self.days]
            breaks = sum(run - 1 for run in runs if run)
            rested = not too_long(busy, self.rest[person], self.followed)
            known[busy] = breaks + max(0, breaks - self.fair) if rested else FORBIDDEN
        return known[busy]

    def chain(self, meeting: int, there: int) -> Move | None:
        """What moves when the meeting goes `there`; `None` where a meeting may not."""
        here, moved, leaving = self.slot[meeting], [meeting], 1
        ends: list[int] = []
        for start in self.pairs[meeting]:
            person, this, that = start, there, here
            while (other := self.meeting[person][this]) not in (IDLE, meeting):
                if not self.usable[other] >> that & 1:
                    return None
                moved.append(other)
                leaving += 1 if this == here else -1
                a, b = self.pairs[other]
                person = b if a == person else a
                this, that = that, this
            if other == meeting:
                return Move(moved, (), leaving)
            ends.append(person)
        return Move(moved, tuple(ends), leaving)

    def try_move(self, meeting: int, there: int, patience: float) -> None:
        """Move the meeting unless that costs more than `patience` or a slot overflows."""
        here = self.slot[meeting]
        if here == there or not self.usable[meeting] >> there & 1:
            return
        move = self.chain(meeting, there)
        if move is None or self.count[there] + move.leaving > self.capacity[there]:
            return
        if self.count[here] - move.leaving > self.capacity[here]:
            return
        swap = 1 << here | 1 << there
        change = 0
        for person in move.ends:
            busy = self.busy[person]
            change += self.cost_of(person, busy ^ swap) - self.cost_of(person, busy)
        if change <= patience and (not self.looks_further or self._lawful(move, here, there)):
            self._make(move, here, there, change)

    def _lawful(self, move: Move, here: int, there: int) -> bool:
        """Whether order is kept, and what is counted apart has room, after the move."""
        after = {m: there if self.slot[m] == here else here for m in move.meetings}
        for first, later in self.given.precedences:
            if after.get(first, self.slot[first]) >= after.get(later, self.slot[later]):
                return False
        for limit in self.given.limits:
            slots = [after.get(m, self.slot[m]) for m in limit.pairs.tolist()]
            if any(slots.count(t) > limit.capacity[t] for t in (here, there)):
                return False
        return True

    def _make(self, move: Move, here: int, there: int, change: int) -> None:
        for meeting in move.meetings:
            for person in self.pairs[meeting]:
                self.meeting[person][self.slot[meeting]] = IDLE
                self.busy[person] ^= 1 << self.slot[meeting]
        for meeting in move.meetings:
            self._hold(meeting, there if self.slot[meeting] == here else here)
        self.count[here] -= move.leaving
        self.count[there] += move.leaving
        self.cost += change
        if self.cost < self.best_cost:
            self.best, self.best_cost = list(self.slot), self.cost

    def _hold(self, meeting: int, slot: int) -> None:
        self.slot[meeting] = slot
        for person in self.pairs[meeting]:
            self.meeting[person][slot] = meeting
            self.busy[person] |= 1 << slot


def anneal(
    given: GivenMeetings, slots: IntArray, run: Run, *, tries: int, fair: int, seed: int
) -> IntArray:
    """The same meetings with no more breaks, in slots int[M]; ends early with the fewest forced."""
    bound = forced_breaks(given)
    annealer, random = Annealer(given, slots, fair), np.random.default_rng(seed)
    cooling = math.log(END / START)
    for start in range(0, tries, CHUNK):
        if annealer.best_cost == bound or run.over():
            break
        temperature = START * math.exp(cooling * start / tries)
        _try_many(annealer, given, random, temperature)
    return np.array(annealer.best, dtype=np.int64)


def _try_many(
    annealer: Annealer, given: GivenMeetings, random: np.random.Generator, temperature: float
) -> None:
    """Mostly moves of people who have breaks, beside slots they are busy in; others at random."""
    restless = [p for p, busy in enumerate(annealer.busy) if annealer.cost_of(p, busy)]
    patience = -temperature * np.log(random.random(CHUNK))
    aimed = (random.random(CHUNK) < AIMED) if restless else np.zeros(CHUNK, dtype=np.bool_)
    draws = random.random((CHUNK, 3)).tolist()
    for (who, what, when), is_aimed, patient in zip(
        draws, aimed.tolist(), patience.tolist(), strict=True
    ):
        if is_aimed:
            person = restless[int(who * len(restless))]
            theirs = given.of_person[person]
            there = _beside(annealer.busy[person], when, given.slots)
            annealer.try_move(theirs[int(what * len(theirs))], there, patient)
        else:
            meeting = int(what * len(annealer.slot))
            annealer.try_move(meeting, int(when * given.slots), patient)


def _beside(busy: int, draw: float, slots: int) -> int:
    """An idle slot before or after a busy one; any slot where there is none."""
    idle = (busy << 1 | busy >> 1) & ~busy & ((1 << slots) - 1)
    if not idle:
        return int(draw * slots)
    for _ in range(int(draw * idle.bit_count())):
        idle &= idle - 1
    return (idle & -idle).bit_length() - 1


def _mask(slots: BoolArray) -> int:
    return sum(1 << int(slot) for slot in np.flatnonzero(slots))
