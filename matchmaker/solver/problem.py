"""What is to be scheduled: people, slots, meeting points and the pairs worth bringing together."""

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matchmaker.solver.arrays import BoolArray, IntArray, pair_table, row, table
from matchmaker.solver.checks import check

__all__ = ["NONE", "BoolArray", "IntArray", "Limit", "Locked", "Problem"]

LEFT_OUT: Any = None  # stands for the default of an array whose length the others give
NONE = -1  # a pair that is of no group, or speaks no language that needs an interpreter


class Locked(NamedTuple):
    """A meeting that stays as told: pair, slot and point by number."""

    pair: int
    slot: int
    point: int


class Limit(NamedTuple):
    """At most `capacity` int[T] of the `pairs` int[N] at a time."""

    pairs: IntArray
    capacity: IntArray


@dataclass(frozen=True, eq=False)
class Problem:
    """P people, T slots in order of time, K meeting points and E candidate pairs.

    `available` bool[P, T]; `point_open` bool[K, T]; `pairs` int[E, 2], lower number first, each
    pair once; `values` int[E], positive; `max_meetings` int[P]. May be left out:

    - `min_meetings` int[P], a promise, soft; `slot_day` int[T], with idle slots between two days no
      break; `pair_slots` bool[E, T], the slots a pair may use;
    - `body` int[P]: people who share one are one human being in several roles, in one place at a
      time. Limits, promises and extras hold for each of the people;
    - `most_in_a_row` int[P]: meetings without a rest on one day; T or more for no such wish;
    - `point_kind` int[K], `pair_kind` int[E]: a pair meets at a point of its kind, so that a kind
      of its own reserves a booth;
    - `pair_group` int[E]: at most one pair of a group meets; -1 for none;
    - `pair_language` int[E], `interpreters` int[L, T]: pairs of language l may hold as many
      meetings at a time as there are interpreters; -1 where none is needed;
    - `precedences`: where both pairs meet, the first does before the second.

    Arrays are copied and made read-only. Raises `ValueError` with a sentence that names the first
    thing wrong.
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
    most_in_a_row: IntArray = LEFT_OUT
    point_kind: IntArray = LEFT_OUT
    pair_kind: IntArray = LEFT_OUT
    pair_group: IntArray = LEFT_OUT
    pair_language: IntArray = LEFT_OUT
    interpreters: IntArray = LEFT_OUT
    precedences: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        self._freeze("available", table(self.available, "available", bool))
        self._freeze("point_open", table(self.point_open, "point_open", bool))
        self._freeze("pairs", pair_table(self.pairs))
        people, slots, pairs = self.people, self.slots, len(self.pairs)
        for name, length, default in (
            ("values", pairs, 0),
            ("max_meetings", people, 0),
            ("min_meetings", people, 0),
            ("slot_day", slots, 0),
            ("body", people, np.arange(people)),
            ("most_in_a_row", people, max(slots, 1)),
            ("point_kind", self.points, 0),
            ("pair_kind", pairs, 0),
            ("pair_group", pairs, NONE),
            ("pair_language", pairs, NONE),
        ):
            self._freeze(name, row(getattr(self, name), name, length, default))
        self._freeze("pair_slots", table(self.pair_slots, "pair_slots", bool, (pairs, slots)))
        self._freeze("interpreters", table(self.interpreters, "interpreters", np.int64, (0, slots)))
        object.__setattr__(self, "locked", tuple(Locked(*map(int, m)) for m in self.locked))
        order = tuple((int(first), int(later)) for first, later in self.precedences)
        object.__setattr__(self, "precedences", order)
        check(self)

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

    @cached_property
    def body_rest(self) -> IntArray:
        """int[B]: how many meetings in a row a body has at most, whoever of its people says it."""
        least = np.full(self.bodies, max(self.slots, 1), dtype=np.int64)
        np.minimum.at(least, self.body, self.most_in_a_row)
        return least

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
    def slot_room(self) -> IntArray:
        """int[T]: how many meetings each slot can hold: its points, or two people to each."""
        there = self.body_presence.sum(axis=0)
        return np.asarray(np.minimum(self.capacity, there // 2), dtype=np.int64)

    @cached_property
    def presence(self) -> BoolArray:
        """bool[P, T]: the slots in which a person could meet somebody at all."""
        return self._present(self.pairs, self.people)

    @cached_property
    def body_presence(self) -> BoolArray:
        """bool[B, T]: the same for a human being in all their roles."""
        return self._present(self.pair_bodies, self.bodies)

    def _present(self, pairs: IntArray, rows: int) -> BoolArray:
        present = np.zeros((rows, self.slots), dtype=np.bool_)
        for side in pairs.T:
            np.logical_or.at(present, side, self.usable)
        return present

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """Where not all meetings are counted alike: points of one kind, interpreters."""
        kinds = np.union1d(self.point_kind, self.pair_kind)
        of_kinds = (
            Limit(np.flatnonzero(self.pair_kind == kind), self._open_points(kind))
            for kind in (kinds if len(kinds) > 1 else [])
        )
        of_languages = (
            Limit(np.flatnonzero(self.pair_language == language), most)
            for language, most in enumerate(self.interpreters)
        )
        return tuple(limit for limit in (*of_kinds, *of_languages) if len(limit.pairs))

    def _open_points(self, kind: int) -> IntArray:
        return np.asarray(self.point_open[self.point_kind == kind].sum(axis=0), dtype=np.int64)

    @cached_property
    def usable(self) -> BoolArray:
        """bool[E, T]: the slots a pair may use; a locked pair only its own."""
        a, b = self.pairs.T
        usable: BoolArray = self.available[a] & self.available[b] & self.pair_slots
        usable &= self.capacity > 0
        for limit in self.limits:
            usable[limit.pairs] &= limit.capacity > 0
        for pair, slot, _ in self.locked:
            usable[pair] = False
            usable[pair, slot] = True
        return usable

    def replace(self, **changes: Any) -> "Problem":
        """The same problem but for the named fields."""
        return Problem(**{f.name: getattr(self, f.name) for f in fields(self)} | changes)
