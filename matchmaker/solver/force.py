"""Force: make one pair meet in one slot, and see what that pushes out and what it costs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from matchmaker.solver.place import insert
from matchmaker.solver.problem import IntArray, Problem
from matchmaker.solver.timetable import IDLE, Timetable


@dataclass
class Ledger:
    """The worth of a timetable's meetings: values, and what each next meeting of a person adds."""

    values: list[int]
    gains: list[list[int]]
    most: list[int]

    @classmethod
    def of(cls, problem: Problem, gains: IntArray) -> "Ledger":
        longest = max(int(problem.max_meetings.max(initial=0)), problem.slots) + 1
        padded = np.zeros((problem.people, longest), dtype=np.int64)
        width = min(longest, gains.shape[1])
        padded[:, :width] = gains[:, :width]
        return cls(problem.values.tolist(), padded.tolist(), problem.max_meetings.tolist())

    def put(self, table: Timetable, pair: int) -> int:
        """What putting the unplaced pair in would add."""
        return self.values[pair] + sum(
            self.gains[p][self.most[p] - table.room[p]] for p in table.pairs[pair]
        )

    def take(self, table: Timetable, pair: int) -> int:
        """What taking the placed pair out would lose."""
        return self.values[pair] + sum(
            self.gains[p][self.most[p] - table.room[p] - 1] for p in table.pairs[pair]
        )


def force(table: Timetable, ledger: Ledger, pair: int, slot: int) -> tuple[int, list[int]] | None:
    """Put an unplaced pair into a slot; the change of worth and what was pushed out.

    What is in the way goes, then whatever of it still fits comes back elsewhere. `None` where a
    locked meeting is in the way; the timetable is then as before.
    """
    start, out = len(table.journal), list[int]()
    cleared = _clear(table, ledger, lambda: _obstacle(table, ledger, pair, slot), out)
    if cleared is None:
        table.rewind(start)
        return None
    change = ledger.put(table, pair) - cleared
    table.put(pair, slot)
    cleared = _clear(table, ledger, lambda: _offender(table, ledger, pair, slot), out)
    if cleared is None:
        table.rewind(start)
        return None
    change -= cleared
    for obstacle in sorted(out, key=lambda p: -ledger.values[p]):
        worth = ledger.put(table, obstacle) if table.has_room(obstacle) else 0
        if insert(table, obstacle):
            change += worth
            out.remove(obstacle)
    return change, out


def _clear(
    table: Timetable, ledger: Ledger, in_the_way: Callable[[], int | None], out: list[int]
) -> int | None:
    """Take out one meeting after another; what that loses, `None` where one must stay."""
    lost = 0
    while (obstacle := in_the_way()) is not None:
        if obstacle in table.fixed or obstacle == IDLE:
            return None
        lost += ledger.take(table, obstacle)
        table.take(obstacle)
        out.append(obstacle)
    return lost


def _obstacle(table: Timetable, ledger: Ledger, pair: int, slot: int) -> int | None:
    """A meeting that must go first; `IDLE` where nothing can help, `None` where nothing must."""
    for body in table.bodies[pair]:
        if (busy := table.meeting[body][slot]) != IDLE:
            return busy
    for person, body in zip(table.pairs[pair], table.bodies[pair], strict=True):
        if table.room[person] <= 0:
            held = [p for p in table.meeting[body] if p != IDLE and person in table.pairs[p]]
            return _least(table, ledger, held)
    if (rival := table.rival(pair)) is not None:
        return rival
    for limit in table.uses[pair]:
        if not table.not_full[limit] >> slot & 1:
            there = (p for p in table.held_in[slot] if limit in table.uses[p])
            return _least(table, ledger, there)
    return None


def _offender(table: Timetable, ledger: Ledger, pair: int, slot: int) -> int | None:
    """A meeting that must go for the sake of order or rest, now that the pair is in its slot."""
    if not table.looks_further:
        return None
    if disordered := table.disordered(pair):
        return disordered[0]
    for body in table.unrested(pair):
        days = [p for p in table.meeting[body] if p not in (IDLE, pair)]
        near = [p for p in days if abs(table.slot[p] - slot) <= table.most_in_a_row[body]]
        return _least(table, ledger, near)
    return None


def _least(table: Timetable, ledger: Ledger, meetings: Iterable[int]) -> int:
    movable = [pair for pair in meetings if pair not in table.fixed]
    return min(movable, key=lambda pair: (ledger.take(table, pair), pair), default=IDLE)
