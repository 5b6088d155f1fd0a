"""Who meets whom when while a schedule is being built; a set of slots is the bits of an int."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np

from matchmaker.solver.problem import BoolArray, Problem
from matchmaker.solver.rest import followed, too_long

IDLE = -1
UNPLACED = -1


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, rising."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def masks(table: BoolArray) -> list[int]:
    """Each row of a table of slots as one int."""
    packed = np.packbits(table, axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in packed]


def slots_in(table: BoolArray) -> list[list[int]]:
    """The slots of each row of a table, rising."""
    ends, slots = table.sum(axis=1).cumsum().tolist(), np.nonzero(table)[1].tolist()
    return [slots[start:end] for start, end in pairwise([0, *ends])]


class Timetable:
    """A timetable that never breaks a rule: `put` only where `shared` or a chain allows.

    `room` counts by person; who is busy when is counted by body, of which people may share one.
    """

    @classmethod
    def of(cls, problem: Problem, slots: Iterable[int]) -> "Timetable":
        """The timetable that holds each pair in its slot, or not where that is negative."""
        table = cls(problem)
        for pair, slot in enumerate(slots):
            if slot != UNPLACED:
                table.put(pair, slot)
        return table

    def __init__(self, problem: Problem) -> None:
        self.pairs: list[tuple[int, int]] = [(a, b) for a, b in problem.pairs.tolist()]
        self.bodies: list[tuple[int, int]] = [(a, b) for a, b in problem.pair_bodies.tolist()]
        self.usable = masks(problem.usable)
        self.idle = [0] * problem.bodies
        for body, mask in zip(problem.body.tolist(), masks(problem.available), strict=True):
            self.idle[body] |= mask
        self.room: list[int] = problem.max_meetings.tolist()
        self._limit(problem)
        self._follow(problem)
        self.meeting = [[IDLE] * problem.slots for _ in range(problem.bodies)]
        self.slot = [UNPLACED] * len(self.pairs)
        self.held_in: list[set[int]] = [set() for _ in range(problem.slots)]
        self.fixed = {locked.pair for locked in problem.locked}
        self.journal: list[tuple[int, int]] = []

    def _limit(self, problem: Problem) -> None:
        """What is counted slot by slot: first all points, then those of a kind, interpreters."""
        capacities = [problem.capacity, *(limit.capacity for limit in problem.limits)]
        self.capacity: list[list[int]] = [capacity.tolist() for capacity in capacities]
        self.count = [[0] * problem.slots for _ in self.capacity]
        self.not_full = [sum(1 << t for t, c in enumerate(row) if c) for row in self.capacity]
        self.uses = [[0] for _ in self.pairs]
        languages = sum(
            language in problem.pair_language for language in range(len(problem.interpreters))
        )
        self.interpreters = range(len(self.capacity) - languages, len(self.capacity))
        for number, limit in enumerate(problem.limits, start=1):
            for pair in limit.pairs.tolist():
                self.uses[pair].append(number)

    def _follow(self, problem: Problem) -> None:
        """The rules that look further than a slot: groups of which one meets, order, rest."""
        self.group: list[int] = problem.pair_group.tolist()
        self.of_group: dict[int, int] = {}
        self.before: dict[int, list[int]] = defaultdict(list)
        self.after: dict[int, list[int]] = defaultdict(list)
        for first, later in problem.precedences:
            self.before[later].append(first)
            self.after[first].append(later)
        self.most_in_a_row: list[int] = problem.body_rest.tolist()
        self.followed = followed(problem.slot_day)
        self.there = list(self.idle)
        asked_rest = (problem.body_rest < problem.slots).any()
        self.looks_further = bool(problem.precedences) or bool(asked_rest)

    def put(self, pair: int, slot: int) -> None:
        for body in self.bodies[pair]:
            self.meeting[body][slot] = pair
            self.idle[body] ^= 1 << slot
        for person in self.pairs[pair]:
            self.room[person] -= 1
        self.slot[pair] = slot
        self.held_in[slot].add(pair)
        self.journal.append((pair, UNPLACED))
        self.of_group[self.group[pair]] = pair
        for limit in self.uses[pair]:
            self.count[limit][slot] += 1
            if self.count[limit][slot] == self.capacity[limit][slot]:
                self.not_full[limit] ^= 1 << slot

    def take(self, pair: int) -> int:
        """Take a meeting out and say where it was."""
        slot = self.slot[pair]
        for body in self.bodies[pair]:
            self.meeting[body][slot] = IDLE
            self.idle[body] ^= 1 << slot
        for person in self.pairs[pair]:
            self.room[person] += 1
        self.slot[pair] = UNPLACED
        self.held_in[slot].discard(pair)
        self.journal.append((pair, slot))
        self.of_group.pop(self.group[pair], None)
        for limit in self.uses[pair]:
            if self.count[limit][slot] == self.capacity[limit][slot]:
                self.not_full[limit] ^= 1 << slot
            self.count[limit][slot] -= 1
        return slot

    def become(self, slots: list[int]) -> None:
        """Hold each pair in its slot, or not where that is negative; nothing can be undone."""
        changed = [pair for pair, slot in enumerate(slots) if slot != self.slot[pair]]
        for pair in changed:
            if self.slot[pair] != UNPLACED:
                self.take(pair)
        for pair in changed:
            if slots[pair] != UNPLACED:
                self.put(pair, slots[pair])
        self.journal.clear()

    def rewind(self, length: int) -> None:
        """Undo every `put` and `take` since the journal had that length."""
        while len(self.journal) > length:
            pair, slot = self.journal.pop()
            if slot == UNPLACED:
                self.take(pair)
            else:
                self.put(pair, slot)
            self.journal.pop()

    def shared(self, pair: int) -> int:
        """The slots in which both are idle and the pair may meet, full ones included."""
        a, b = self.bodies[pair]
        return self.usable[pair] & self.idle[a] & self.idle[b]

    def open_to(self, pair: int) -> int:
        """The slots with a point, and whatever else is counted, left for the pair."""
        slots = self.not_full[0]
        for limit in self.uses[pair]:
            slots &= self.not_full[limit]
        return slots

    def has_room(self, pair: int) -> bool:
        a, b = self.pairs[pair]
        return self.room[a] > 0 and self.room[b] > 0 and self.rival(pair) is None

    def rival(self, pair: int) -> int | None:
        """Another pair of its group that meets already."""
        group = self.group[pair]
        return self.of_group.get(group) if group >= 0 else None

    def takers(self, pair: int, slot: int) -> list[int]:
        """The meetings of a slot that take all of what the pair finds full there."""
        full = [limit for limit in self.uses[pair] if not self.not_full[limit] >> slot & 1]
        held = sorted(self.held_in[slot])
        return [p for p in held if all(limit in self.uses[p] for limit in full)]

    def fits(self, moved: Iterable[int], here: int, there: int, joining: int) -> bool:
        """Whether both slots have room after the swap, the pair `joining` coming `here`."""
        leaving = [0] * len(self.capacity)
        for pair in moved:
            for limit in self.uses[pair]:
                leaving[limit] += 1 if self.slot[pair] == here else -1
        return all(
            count[here] - left + (limit in self.uses[joining]) <= capacity[here]
            and count[there] + left <= capacity[there]
            for limit, (count, left, capacity) in enumerate(
                zip(self.count, leaving, self.capacity, strict=True)
            )
        )

    def lawful(self, length: int) -> bool:
        """Whether all that changed since the journal had that length keeps order and rest."""
        if not self.looks_further:
            return True
        changed = {pair for pair, _ in self.journal[length:] if self.slot[pair] != UNPLACED}
        return not any(self.disordered(pair) or self.unrested(pair) for pair in changed)

    def disordered(self, pair: int) -> list[int]:
        """The meetings on the wrong side of a placed one."""
        slot = self.slot[pair]
        too_late = [p for p in self.before[pair] if self.slot[p] >= slot]
        too_early = [p for p in self.after[pair] if UNPLACED < self.slot[p] <= slot]
        return too_late + too_early

    def unrested(self, pair: int) -> list[int]:
        """The people of a placed meeting, by body, who have too many in a row on some day."""
        return [
            body
            for body in self.bodies[pair]
            if too_long(
                self.there[body] & ~self.idle[body], self.most_in_a_row[body], self.followed
            )
        ]

    def partner(self, pair: int, body: int) -> int:
        a, b = self.bodies[pair]
        return b if a == body else a

    def placed(self) -> list[int]:
        return [pair for pair, slot in enumerate(self.slot) if slot != UNPLACED]

    def chain(self, body: int, here: int, there: int) -> tuple[list[int], int] | None:
        """The meetings that must swap two slots to make `body` idle `here`, and who ends it.

        `body` is idle `there`. `None` where a meeting may not use its other slot.
        """
        moved: list[int] = []
        while (pair := self.meeting[body][here]) != IDLE:
            if not self.usable[pair] >> there & 1:
                return None
            moved.append(pair)
            body = self.partner(pair, body)
            here, there = there, here
        return moved, body

    def component(self, pair: int, here: int, there: int) -> list[int] | None:
        """All meetings that swap two slots when `pair` moves from `here` to `there`."""
        if not self.usable[pair] >> there & 1:
            return None
        moved = [pair]
        for start in self.bodies[pair]:
            body, this, that = start, there, here
            while (other := self.meeting[body][this]) not in (IDLE, pair):
                if not self.usable[other] >> that & 1:
                    return None
                moved.append(other)
                body = self.partner(other, body)
                this, that = that, this
            if other == pair:
                break  # the chain came back to its start: a cycle, seen whole
        return moved

    def swap(self, moved: Iterable[int], one: int, other: int) -> None:
        """Move each of the meetings to the other of the two slots."""
        came_from = [(pair, self.take(pair)) for pair in moved]
        for pair, slot in came_from:
            self.put(pair, other if slot == one else one)
