"""Who meets whom when while a schedule is being built; a set of slots is the bits of an int."""

from collections.abc import Iterable, Iterator

from matchmaker.solver.problem import BoolArray, Problem

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
    return [sum(1 << t for t, yes in enumerate(row) if yes) for row in table.tolist()]


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
        self.capacity: list[int] = problem.capacity.tolist()
        self.room: list[int] = problem.max_meetings.tolist()
        self.count = [0] * problem.slots
        self.meeting = [[IDLE] * problem.slots for _ in range(problem.bodies)]
        self.slot = [UNPLACED] * len(self.pairs)
        self.fixed = {locked.pair for locked in problem.locked}
        self.journal: list[tuple[int, int]] = []
        self.not_full = sum(1 << t for t, c in enumerate(self.capacity) if c)

    def put(self, pair: int, slot: int) -> None:
        for body in self.bodies[pair]:
            self.meeting[body][slot] = pair
            self.idle[body] ^= 1 << slot
        for person in self.pairs[pair]:
            self.room[person] -= 1
        self.slot[pair] = slot
        self.journal.append((pair, UNPLACED))
        self.count[slot] += 1
        if self.count[slot] == self.capacity[slot]:
            self.not_full ^= 1 << slot

    def take(self, pair: int) -> int:
        """Take a meeting out and say where it was."""
        slot = self.slot[pair]
        for body in self.bodies[pair]:
            self.meeting[body][slot] = IDLE
            self.idle[body] ^= 1 << slot
        for person in self.pairs[pair]:
            self.room[person] += 1
        self.slot[pair] = UNPLACED
        self.journal.append((pair, slot))
        if self.count[slot] == self.capacity[slot]:
            self.not_full ^= 1 << slot
        self.count[slot] -= 1
        return slot

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

    def has_room(self, pair: int) -> bool:
        a, b = self.pairs[pair]
        return self.room[a] > 0 and self.room[b] > 0

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
