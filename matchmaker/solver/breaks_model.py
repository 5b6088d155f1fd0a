"""The compaction problem as clauses: every given meeting held, and each break a variable."""

from itertools import pairwise

import numpy as np

from matchmaker.solver.clauses import Clauses
from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.rest import windows


class BreaksModel:
    """`held[m][t]` says meeting m is in slot t; the sum of `breaks` is what to keep low.

    The constraints that a busy person's slots are as many as their meetings, that at most two
    people sit at each point, and that points may be counted over clusters of meetings sharing a
    person follow from the others; without them the search proves next to nothing.
    """

    def __init__(self, given: GivenMeetings, most_each: int | None) -> None:
        self.given = given
        self.clauses = Clauses()
        self.held: list[dict[int, int]] = []
        self.busy: list[dict[int, int]] = []
        self.breaks: list[int] = []
        self._hold_meetings()
        self._occupy_people()
        self._fill_slots()
        self._follow_precedences()
        self._keep_limits()
        self._give_rest()
        for person in range(given.people):
            self._count_breaks(person, most_each)

    def slots(self, true: set[int]) -> list[int]:
        """Each meeting's slot in a solution given by its true variables."""
        return [next(t for t, v in row.items() if v in true) for row in self.held]

    def _hold_meetings(self) -> None:
        for row in self.given.usable:
            held = {int(t): self.clauses.new() for t in np.flatnonzero(row)}
            self.held.append(held)
            self.clauses.add(*held.values())
            self.clauses.at_most_one(list(held.values()))

    def _occupy_people(self) -> None:
        for meetings in self.given.of_person:
            busy: dict[int, int] = {}
            for slot in range(self.given.slots):
                here = [self.held[m][slot] for m in meetings if slot in self.held[m]]
                if here:
                    self.clauses.at_most_one(here)
                    busy[slot] = self.clauses.any_of(here)
            self.busy.append(busy)
            self.clauses.exactly(list(busy.values()), len(meetings))

    def _fill_slots(self) -> None:
        clusters = list(self._clusters())
        for slot, capacity in enumerate(self.given.capacity.tolist()):
            taken = []
            for cluster in clusters:
                here = [self.held[m][slot] for m in cluster if slot in self.held[m]]
                if here:
                    taken.append(self.clauses.any_of(here))
            self.clauses.at_most(taken, capacity)
            people = [busy[slot] for busy in self.busy if slot in busy]
            self.clauses.at_most_sorted(people, 2 * capacity)

    def _clusters(self) -> list[list[int]]:
        """The meetings in groups that share a person, hence never meet at once; few groups."""
        left, clusters = set(range(len(self.given.pairs))), []
        while left:
            most = max(self.given.of_person, key=lambda ms: sum(m in left for m in ms))
            clusters.append([m for m in most if m in left])
            left.difference_update(most)
        return clusters

    def _follow_precedences(self) -> None:
        early = {m: self._held_by(m) for m in {m for pair in self.given.precedences for m in pair}}
        for first, second in self.given.precedences:
            for slot, variable in self.held[second].items():
                if slot == 0:
                    self.clauses.add(-variable)
                else:
                    self.clauses.imply(variable, early[first][slot - 1])

    def _keep_limits(self) -> None:
        for limit in self.given.limits:
            for slot, capacity in enumerate(limit.capacity.tolist()):
                here = [self.held[m][slot] for m in limit.pairs if slot in self.held[m]]
                self.clauses.at_most(here, capacity)

    def _give_rest(self) -> None:
        for busy, most in zip(self.busy, self.given.rest, strict=False):
            for window in windows(self.given.slot_day, most):
                if all(slot in busy for slot in window):
                    self.clauses.add(*(-busy[slot] for slot in window))

    def _held_by(self, meeting: int) -> list[int]:
        """Variables that say the meeting is over by the end of each slot."""
        held = self.held[meeting]
        return self.clauses.prefixes([held.get(slot) for slot in range(self.given.slots)])

    def _count_breaks(self, person: int, most_each: int | None) -> None:
        if len(self.given.of_person[person]) < 2:
            return
        breaks = []
        for day in np.unique(self.given.slot_day):
            slots = np.flatnonzero(self.given.slot_day == day).tolist()
            busy = [self.busy[person].get(slot) for slot in slots]
            breaks += break_ends(self.clauses, busy)
        self.breaks += breaks
        if most_each is not None:
            self.clauses.at_most(breaks, most_each)


def break_ends(clauses: Clauses, busy: list[int | None]) -> list[int]:
    """A variable for each place where a break of a day may end, whatever its length.

    `busy` says slot by slot when a person meets somebody; `None` where they cannot.
    """
    begun, breaks = clauses.prefixes(busy), []
    for place, (now, after) in enumerate(pairwise(busy)):
        if place > 0 and after is not None:
            breaks.append(_break_ends(clauses, now, begun[place], after))
    return breaks


def _break_ends(clauses: Clauses, now: int | None, begun: int, after: int) -> int:
    ends = clauses.new()
    busy_now = [] if now is None else [now]
    clauses.add(ends, -begun, -after, *busy_now)
    clauses.imply(ends, begun)
    clauses.imply(ends, after)
    for literal in busy_now:
        clauses.imply(ends, -literal)
    return ends
