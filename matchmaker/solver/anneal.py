"""Anneal: swap two slots along chains of meetings until people's breaks are few."""

import math
from dataclasses import dataclass

import numpy as np

from matchmaker.solver.breaks_bound import forced_breaks
from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.patterns import Patterns
from matchmaker.solver.problem import IntArray
from matchmaker.solver.progress import Run
from matchmaker.solver.timetable import IDLE, masks

START, END = 0.4, 0.1  # temperatures; a break more or less counts 1
SPREAD = 0.1  # for a meeting from a full slot to an empty one: full slots block chains
ANYWHERE, ANYBODY = 0.3, 0.1  # shares of the tries; all others are aimed at who has breaks
CHUNK = 1024  # tries between two looks at the clock, and at who has breaks


@dataclass(frozen=True, slots=True)
class Move:
    """Meetings that swap two slots; only the people at the chain's two ends look different."""

    meetings: list[int]
    ends: tuple[int, ...]
    leaving: int  # how many more meetings leave the first slot than come to it


class Annealer:
    """A timetable for given meetings, its people's busy slots as bits, and the best one met."""

    def __init__(self, given: GivenMeetings, slots: IntArray, fair: int) -> None:
        self.pairs: list[tuple[int, int]] = [(a, b) for a, b in given.pairs.tolist()]
        self.usable = masks(given.usable)
        self.capacity: list[int] = given.capacity.tolist()
        self.crowding = SPREAD / max([1, *self.capacity])
        self.patterns = Patterns(given, fair)
        self.given = given
        self.looks_further = bool(given.limits or given.precedences)
        self.before: list[list[int]] = [[] for _ in given.pairs]
        self.later: list[list[int]] = [[] for _ in given.pairs]
        for first, later in given.precedences:
            self.before[later].append(first)
            self.later[first].append(later)
        self.slot: list[int] = slots.tolist()
        self.count = np.bincount(slots, minlength=given.slots).tolist()
        self.meeting = [[IDLE] * given.slots for _ in range(given.people)]
        self.busy = [0] * given.people
        for meeting in range(len(self.slot)):
            self._hold(meeting, self.slot[meeting])
        self.cost = sum(self.patterns.of(p, busy).cost for p, busy in enumerate(self.busy))
        self.best, self.best_cost = list(self.slot), self.cost

    def restless(self) -> list[int]:
        """The people who have breaks, or too little rest."""
        return [p for p, busy in enumerate(self.busy) if self.patterns.of(p, busy).cost]

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

    def try_beside(self, person: int, what: float, when: float, patience: float) -> None:
        """Move a meeting from the end of a run of the person's to a slot beside one of these."""
        _, ends, beside = self.patterns.of(person, self.busy[person])
        if beside:
            here, there = ends[int(what * len(ends))], beside[int(when * len(beside))]
            self.try_move(self.meeting[person][here], there, patience)

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
        swap, of = 1 << here | 1 << there, self.patterns.of
        cost = 0
        for person in move.ends:
            busy = self.busy[person]
            cost += of(person, busy ^ swap).cost - of(person, busy).cost
        fuller = move.leaving + self.count[there] - self.count[here]
        if cost + self.crowding * move.leaving * fuller > patience:
            return
        if not self.looks_further or self._lawful(move, here, there):
            self._make(move, here, there, cost)

    def _lawful(self, move: Move, here: int, there: int) -> bool:
        """Whether order is kept, and what is counted apart has room, after the move."""
        after = {m: there if self.slot[m] == here else here for m in move.meetings}
        for meeting, slot in after.items():
            if any(after.get(first, self.slot[first]) >= slot for first in self.before[meeting]):
                return False
            if any(after.get(later, self.slot[later]) <= slot for later in self.later[meeting]):
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
    given: GivenMeetings,
    slots: IntArray,
    run: Run,
    *,
    tries: int,
    fair: int,
    seed: int,
    reserve: float = 0.0,
) -> IntArray:
    """The same meetings with no more breaks, in slots int[M]; ends early with the fewest forced.

    `reserve` are the seconds it leaves of a run that is watched by the clock.
    """
    bound = forced_breaks(given)
    annealer, random = Annealer(given, slots, fair), np.random.default_rng(seed)
    cooling = math.log(END / START)
    for start in range(0, tries, CHUNK):
        if annealer.best_cost == bound or run.over() or run.seconds_left() < reserve:
            break
        temperature = START * math.exp(cooling * start / tries)
        _try_many(annealer, random, temperature)
    return np.array(annealer.best, dtype=np.int64)


def _try_many(annealer: Annealer, random: np.random.Generator, temperature: float) -> None:
    """Mostly moves of people who have breaks; others keep everybody else's slots on the move."""
    restless, everybody = annealer.restless(), range(len(annealer.busy))
    patience = -temperature * np.log(random.random(CHUNK))
    draws = random.random((CHUNK, 4)).tolist()
    for (kind, who, what, when), patient in zip(draws, patience.tolist(), strict=True):
        if kind < ANYWHERE:
            meeting, there = int(what * len(annealer.slot)), int(when * len(annealer.count))
            annealer.try_move(meeting, there, patient)
        else:
            people = restless if kind > ANYWHERE + ANYBODY and restless else everybody
            annealer.try_beside(people[int(who * len(people))], what, when, patient)
