"""Meetings that are given: all of them must be held, and only their slots are open."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from matchmaker.solver.problem import BoolArray, IntArray, Limit, Problem


@dataclass(frozen=True, eq=False)
class GivenMeetings:
    """M meetings of P people in T slots; two people may be given more than one meeting.

    `pairs` int[M, 2]; `usable` bool[M, T]; `capacity` int[T]; `slot_day` int[T] as in `Problem`;
    `precedences` are (earlier, later) by number of the meeting; `limits` count some of the meetings
    only; `rest` says for each person how many meetings in a row they have at most, empty where
    nobody asks for rest.
    """

    people: int
    pairs: IntArray
    usable: BoolArray
    capacity: IntArray
    slot_day: IntArray
    precedences: tuple[tuple[int, int], ...] = ()
    limits: tuple[Limit, ...] = ()
    rest: tuple[int, ...] = ()

    @classmethod
    def of(cls, problem: Problem, pairs: IntArray) -> "GivenMeetings":
        """The chosen pairs of a problem; people who share a body are one."""
        place = {pair: number for number, pair in enumerate(pairs.tolist())}
        limits = (
            Limit(np.array([place[p] for p in pairs_of.tolist() if p in place]), capacity)
            for pairs_of, capacity in problem.limits
        )
        asked = (problem.body_rest < problem.slots).any()
        return cls(
            people=problem.bodies,
            pairs=problem.pair_bodies[pairs],
            usable=problem.usable[pairs],
            capacity=problem.capacity,
            slot_day=problem.slot_day,
            precedences=tuple(
                (place[a], place[b]) for a, b in problem.precedences if a in place and b in place
            ),
            limits=tuple(limit for limit in limits if len(limit.pairs)),
            rest=tuple(problem.body_rest.tolist()) if asked else (),
        )

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "GivenMeetings":
        return cls(
            people=plain["people"],
            pairs=np.array(plain["pairs"], dtype=np.int64).reshape(-1, 2),
            usable=np.array(plain["usable"], dtype=np.bool_).reshape(
                len(plain["pairs"]), len(plain["capacity"])
            ),
            capacity=np.array(plain["capacity"], dtype=np.int64),
            slot_day=np.array(plain["slot_day"], dtype=np.int64),
            precedences=tuple((first, second) for first, second in plain["precedences"]),
            limits=tuple(Limit(*map(np.array, limit)) for limit in plain["limits"]),
            rest=tuple(plain["rest"]),
        )

    def to_plain(self) -> dict[str, Any]:
        """The same in numbers and lists, as JSON can hold them."""
        return {
            "people": self.people,
            "pairs": self.pairs.tolist(),
            "usable": self.usable.astype(int).tolist(),
            "capacity": self.capacity.tolist(),
            "slot_day": self.slot_day.tolist(),
            "precedences": self.precedences,
            "limits": [[part.tolist() for part in limit] for limit in self.limits],
            "rest": self.rest,
        }

    def staying(self, meetings: IntArray, slots: IntArray) -> "GivenMeetings":
        """The same, but that some meetings may use no slot but theirs of `slots` int[M]."""
        usable = self.usable.copy()
        usable[meetings] = False
        usable[meetings, slots[meetings]] = True
        return replace(self, usable=usable)

    @property
    def point_open(self) -> BoolArray:
        """bool[K, T]: points that are as many in each slot as its capacity."""
        return np.asarray(np.arange(self.capacity.max(initial=0))[:, None] < self.capacity)

    @property
    def slots(self) -> int:
        return int(self.usable.shape[1])

    @cached_property
    def of_person(self) -> list[list[int]]:
        """Each person's meetings by number."""
        lists: list[list[int]] = [[] for _ in range(self.people)]
        for meeting, (a, b) in enumerate(self.pairs.tolist()):
            lists[a].append(meeting)
            lists[b].append(meeting)
        return lists

    def busy(self, slots: IntArray) -> BoolArray:
        """bool[P, T]: when each person meets somebody, given each meeting's slot."""
        busy = np.zeros((self.people, self.slots), dtype=np.bool_)
        busy[self.pairs[:, 0], slots] = True
        busy[self.pairs[:, 1], slots] = True
        return busy
