"""What is to be scheduled: people, slots, meeting points and the pairs worth bringing together."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

LEFT_OUT: Any = None  # stands for the default of an array whose length the others give
LARGEST_VALUE = 1_000_000  # sums stay exact in the floating point of the engines


class Locked(NamedTuple):
    """A meeting that stays as told: pair, slot and point by number."""

    pair: int
    slot: int
    point: int


@dataclass(frozen=True, eq=False)
class Problem:
    """P people, T slots in order of time, K meeting points and E candidate pairs.

    `available` bool[P, T]; `point_open` bool[K, T]; `pairs` int[E, 2], lower number first, each
    pair once; `values` int[E], positive; `max_meetings` int[P]. Left out, `min_meetings` int[P]
    (a promise, soft) is 0, `slot_day` int[T] puts all slots on one day (idle slots between two
    days are no break), `pair_slots` bool[E, T] allows every slot, and `body` int[P] gives everybody
    their own: people who share one are one human being in several roles, who can be in one place
    at a time. Limits, promises and extras hold for each of the people. Arrays are copied and made
    read-only. Raises `ValueError` with a sentence that names the first thing wrong.
    """

    available: BoolArray
    point_open: BoolArray
    pairs: IntArray
    values: IntArray
    max_meetings: IntArray
    min_meetings: IntArray = LEFT_OUT
    slot_day: IntArray = LEFT_OUT
    pair_slots: BoolArray = LEFT_OUT
    locked: tuple[Locked, ...] = ()
    body: IntArray = LEFT_OUT

    def __post_init__(self) -> None:
        self._freeze("available", _table(self.available, "available", bool))
        self._freeze("point_open", _table(self.point_open, "point_open", bool))
        self._freeze("pairs", _pair_table(self.pairs))
        people, slots, pairs = self.people, self.slots, len(self.pairs)
        self._freeze("values", _row(self.values, "values", pairs))
        self._freeze("max_meetings", _row(self.max_meetings, "max_meetings", people))
        self._freeze("min_meetings", _row(self.min_meetings, "min_meetings", people))
        self._freeze("slot_day", _row(self.slot_day, "slot_day", slots))
        allowed = np.ones((pairs, slots)) if self.pair_slots is None else self.pair_slots
        self._freeze("pair_slots", _table(allowed, "pair_slots", bool))
        body = np.arange(people) if self.body is None else self.body
        self._freeze("body", _row(body, "body", people))
        object.__setattr__(self, "locked", tuple(Locked(*map(int, m)) for m in self.locked))
        _check_shapes(self)
        _check_numbers(self)
        _check_locked(self)

    def _freeze(self, name: str, array: NDArray[Any]) -> None:
        array.flags.writeable = False
        object.__setattr__(self, name, array)

    @property
    def people(self) -> int:
        return int(self.available.shape[0])

    @property
    def bodies(self) -> int:
        return int(self.body.max(initial=-1)) + 1

    @cached_property
    def pair_bodies(self) -> IntArray:
        """int[E, 2]: the human beings who would meet."""
        return np.asarray(self.body[self.pairs], dtype=np.int64)

    @property
    def slots(self) -> int:
        return int(self.available.shape[1])

    @property
    def points(self) -> int:
        return int(self.point_open.shape[0])

    @cached_property
    def capacity(self) -> IntArray:
        """How many meetings each slot holds: its open points."""
        return np.asarray(self.point_open.sum(axis=0), dtype=np.int64)

    @cached_property
    def usable(self) -> BoolArray:
        """bool[E, T]: the slots a pair may use; a locked pair only its own."""
        a, b = self.pairs.T
        usable: BoolArray = self.available[a] & self.available[b] & self.pair_slots
        usable &= self.capacity > 0
        for pair, slot, _ in self.locked:
            usable[pair] = False
            usable[pair, slot] = True
        return usable

    def replace(self, **changes: Any) -> "Problem":
        """The same problem but for the named fields."""
        return Problem(**{f.name: getattr(self, f.name) for f in fields(self)} | changes)


def _table(given: ArrayLike, name: str, kind: type) -> NDArray[Any]:
    table: NDArray[Any] = np.array(given, dtype=kind)
    if table.ndim != 2:
        raise ValueError(f"{name} has {table.ndim} dimensions; it needs 2.")
    return table


def _pair_table(given: ArrayLike) -> IntArray:
    pairs = np.array(given, dtype=np.int64)
    if pairs.size == 0:
        return pairs.reshape(0, 2)
    if pairs.ndim != 2 or pairs.shape[1] != 2:
        raise ValueError(f"pairs has the shape {pairs.shape}; it needs two columns.")
    return pairs


def _row(given: ArrayLike | None, name: str, length: int) -> IntArray:
    row = np.zeros(length) if given is None else np.array(given)
    if row.shape != (length,):
        raise ValueError(f"{name} has the shape {row.shape}; it needs {length} numbers.")
    if not np.array_equal(row, row.astype(np.int64)):
        raise ValueError(f"{name} holds a number that is not whole.")
    return row.astype(np.int64)


def _check_shapes(problem: Problem) -> None:
    if problem.point_open.shape[1] != problem.slots:
        raise ValueError(
            f"point_open has {problem.point_open.shape[1]} slots, available {problem.slots}."
        )
    if problem.pair_slots.shape != (len(problem.pairs), problem.slots):
        raise ValueError(
            f"pair_slots has the shape {problem.pair_slots.shape}; "
            f"it needs {(len(problem.pairs), problem.slots)}."
        )


def _check_numbers(problem: Problem) -> None:
    pairs, values = problem.pairs, problem.values
    if np.any(pairs < 0) or np.any(pairs >= problem.people):
        raise ValueError(f"pairs names a person outside 0..{problem.people - 1}.")
    _refuse(pairs[:, 0] >= pairs[:, 1], "pair {} is not written lower number first")
    _refuse(problem.body < 0, "person {} has a negative body")
    shared = problem.pair_bodies
    _refuse(shared[:, 0] == shared[:, 1], "pair {} is of one human being with themselves")
    if len(np.unique(pairs, axis=0)) != len(pairs):
        raise ValueError("pairs holds the same pair twice.")
    _refuse(values <= 0, "pair {} has a value that is not positive")
    _refuse(values > LARGEST_VALUE, f"pair {{}} has a value over {LARGEST_VALUE}")
    _refuse(problem.max_meetings < 0, "person {} has a negative max_meetings")
    _refuse(problem.min_meetings < 0, "person {} has a negative min_meetings")
    _refuse(np.diff(problem.slot_day) < 0, "slot_day goes back after slot {}")


def _refuse(wrong: BoolArray, sentence: str) -> None:
    if wrong.any():
        raise ValueError(sentence.format(int(np.flatnonzero(wrong)[0])) + ".")


def _check_locked(problem: Problem) -> None:
    taken: set[tuple[str, int, int]] = set()
    counts = np.zeros(problem.people, dtype=np.int64)
    for number, meeting in enumerate(problem.locked):
        _check_locked_meeting(problem, number, meeting)
        people = problem.pairs[meeting.pair].tolist()
        claims = {("person", b, meeting.slot) for b in problem.body[people].tolist()}
        claims |= {("point", meeting.point, meeting.slot), ("pair", meeting.pair, 0)}
        if clash := sorted(claims & taken):
            raise ValueError(f"locked meeting {number} takes {clash[0][:2]} a second time.")
        taken |= claims
        counts[people] += 1
    _refuse(counts > problem.max_meetings, "person {} has more locked meetings than max_meetings")


def _check_locked_meeting(problem: Problem, number: int, meeting: Locked) -> None:
    limits: Sequence[int] = (len(problem.pairs), problem.slots, problem.points)
    for name, value, limit in zip(Locked._fields, meeting, limits, strict=True):
        if not 0 <= value < limit:
            raise ValueError(f"locked meeting {number}: {name} {value} is outside 0..{limit - 1}.")
    pair, slot, point = meeting
    if not problem.available[problem.pairs[pair], slot].all():
        raise ValueError(f"locked meeting {number}: somebody is not available in slot {slot}.")
    if not problem.pair_slots[pair, slot]:
        raise ValueError(f"locked meeting {number}: pair {pair} may not use slot {slot}.")
    if not problem.point_open[point, slot]:
        raise ValueError(f"locked meeting {number}: point {point} is closed in slot {slot}.")
