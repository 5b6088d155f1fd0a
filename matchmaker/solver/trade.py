"""Trade: force one pair in, refill what that empties, and keep it where nothing is lost."""

from dataclasses import dataclass

import numpy as np

from matchmaker.solver.aim import Aim
from matchmaker.solver.force import Ledger, force
from matchmaker.solver.linear import FloatArray
from matchmaker.solver.place import insert
from matchmaker.solver.problem import IntArray
from matchmaker.solver.timetable import UNPLACED, Timetable, slots_in

REFILLS = 3  # how many of a person's next best pairs are tried in the place of a lost one


@dataclass
class Trader:
    """Makes trades in a timetable of its own, which it brings up to date first."""

    aim: Aim
    ledger: Ledger
    table: Timetable
    candidates: list[int]
    slots: list[list[int]]
    best_of: list[list[int]]
    body: list[int]
    home: list[int]

    @classmethod
    def of(cls, aim: Aim) -> "Trader":
        table, values = Timetable(aim.problem), aim.problem.values
        best_of: list[list[int]] = [[] for _ in range(aim.problem.people)]
        candidates = [p for p in range(len(values)) if table.usable[p] and p not in table.fixed]
        for pair in sorted(candidates, key=lambda p: -int(values[p])):
            for person in table.pairs[pair]:
                best_of[person].append(pair)
        return cls(
            aim=aim,
            ledger=Ledger.of(aim.problem, aim.gains),
            table=table,
            candidates=candidates,
            slots=slots_in(aim.problem.usable),
            best_of=best_of,
            body=aim.problem.body.tolist(),
            home=aim.keep.home.tolist(),
        )

    def trade(self, slots: IntArray, draws: FloatArray) -> IntArray:
        """A timetable worth at least as much; `draws` float[N, 2] in [0, 1) chooses the tries."""
        if not self.candidates:
            return slots
        table = self.table
        table.become(slots.tolist())
        for which, when in draws.tolist():
            pair = self.candidates[int(which * len(self.candidates))]
            if table.slot[pair] == UNPLACED:
                self._try(table, pair, self.slots[pair][int(when * len(self.slots[pair]))])
        return np.array(table.slot, dtype=np.int64)

    def with_pair(self, slots: IntArray, pair: int) -> IntArray | None:
        """The best timetable found with the unplaced pair in it, in any of its slots."""
        self.table.become(slots.tolist())
        best: tuple[int, list[int]] | None = None
        for slot in self.slots[pair]:
            change = self._force(self.table, pair, slot)
            if change is not None and (best is None or change > best[0]):
                best = change, list(self.table.slot)
            self.table.rewind(0)
        return None if best is None else np.array(best[1], dtype=np.int64)

    def _force(self, table: Timetable, pair: int, slot: int) -> int | None:
        """Put a pair in and refill what that empties; what it adds or, below 0, loses."""
        forced = force(table, self.ledger, pair, slot)
        if forced is None:
            return None
        change, pushed_out = forced
        refills = (
            self._refill(table, person, lost) for lost in pushed_out for person in table.pairs[lost]
        )
        return change + sum(refills)

    def _try(self, table: Timetable, pair: int, slot: int) -> None:
        start = len(table.journal)
        change = self._force(table, pair, slot)
        if change is None:
            return
        if change + self.aim.keep.worth * self._kept_change(table, start) < 0:
            table.rewind(start)

    def _kept_change(self, table: Timetable, start: int) -> int:
        """How many more meetings are where they were before, since the journal had that length."""
        if not self.aim.keep.worth:
            return 0
        before: dict[int, int] = {}
        for pair, slot in table.journal[start:]:
            before.setdefault(pair, slot)
        changed = ((p, t) for p, t in before.items() if self.home[p] != UNPLACED)
        return sum((table.slot[p] == self.home[p]) - (t == self.home[p]) for p, t in changed)

    def _refill(self, table: Timetable, person: int, lost: int) -> int:
        """Insert some of a person's best unplaced pairs; what they add."""
        added = tried = 0
        for pair in self.best_of[person]:
            if table.slot[pair] != UNPLACED or pair == lost or not table.has_room(pair):
                continue
            if table.shared(pair) & table.open_to(pair):
                worth = self.ledger.put(table, pair)
                added += worth if insert(table, pair) else 0
                tried += 1
            if tried == REFILLS or not table.idle[self.body[person]]:
                break
        return added
