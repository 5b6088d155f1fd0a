"""Why given meetings cannot all be held: a small set of rules that contradict each other."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from pysat.solvers import Solver

from matchmaker.solver.breaks_model import break_ends
from matchmaker.solver.clauses import Clauses
from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.problem import BoolArray, IntArray

ENGINE = "cadical153"
MOST_LISTED = 12  # meetings of a conflict that are told one by one


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules in words, with the numbers of the file from 1. `minimal` where none can be left out."""

    rules: tuple[str, ...]
    minimal: bool


def conflict_of_one(given: GivenMeetings) -> Conflict | None:
    """Meetings that have too few slots together: one alone, those of one person, or any.

    A search by clauses cannot count, and would look for these for hours.
    """
    for meeting, row in enumerate(given.usable):
        if not row.any():
            return Conflict((_hold(given, meeting),), minimal=True)
    for person, meetings in enumerate(given.of_person):
        if crowded := _crowded(given.usable[meetings], np.ones_like(given.capacity)):
            rules = [_hold(given, meetings[place]) for place in crowded]
            return Conflict((_one_at_a_time(person), *rules), minimal=True)
    if crowded := _crowded(given.usable, given.capacity):
        return Conflict(_too_full(given, crowded), minimal=True)
    return None


def _too_full(given: GivenMeetings, crowded: list[int]) -> tuple[str, ...]:
    slots = np.flatnonzero(given.usable[crowded].any(axis=0)).tolist()
    room = int(given.capacity[slots].sum())
    if len(slots) == 1:
        rule = _room(slots[0], room)
    else:
        rule = f"slots {_ranges(slots)} have room for {room} meetings together"
    if len(crowded) > MOST_LISTED:
        return f"the {len(crowded)} meetings {_ranges(crowded)} may use no other slots", rule
    return *(_hold(given, meeting) for meeting in crowded), rule


def _crowded(usable: BoolArray, capacity: IntArray) -> list[int]:
    """Rows that share room for one less than they are, none of which can be left out; or none.

    They are what alternating paths reach from a row that a largest matching leaves out.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to load
    from scipy.sparse.csgraph import maximum_bipartite_matching  # noqa: PLC0415 - slow to load

    slots = np.repeat(np.arange(len(capacity)), np.minimum(capacity, len(usable)))
    place = maximum_bipartite_matching(csr_array(usable[:, slots]), perm_type="column")
    left_out = np.flatnonzero(place < 0)
    if not len(left_out):
        return []
    reached = np.zeros(len(usable), dtype=np.bool_)
    reached[left_out[0]] = True
    slot_of = np.append(slots, -1)[place]  # a row left out has the last place, which is none
    while True:
        near = np.append(usable[reached].any(axis=0), False)
        further = reached | near[slot_of]
        if (further == reached).all():
            return [int(row) for row in np.flatnonzero(reached)]
        reached = further


def conflicts(given: GivenMeetings, most_each: int | None) -> Iterator[Conflict]:
    """Ever smaller conflicts of an infeasible instance; the last one is minimal."""
    rules = _Rules(given, most_each)
    with Solver(name=ENGINE, bootstrap_with=rules.clauses.clauses) as engine:
        engine.solve(assumptions=list(rules.text))
        core = list(engine.get_core() or ())
        yield rules.conflict(core, minimal=False)
        for rule in list(core):
            if rule not in core:
                continue
            without = [other for other in core if other != rule]
            if not engine.solve(assumptions=without):
                core = list(engine.get_core() or ())
                yield rules.conflict(core, minimal=False)
    yield rules.conflict(core, minimal=True)


class _Rules:
    """Each rule as clauses that hold where its literal in `text` does."""

    def __init__(self, given: GivenMeetings, most_each: int | None) -> None:
        self.given, self.clauses = given, Clauses()
        self.text: dict[int, str] = {}
        self.held = [
            {int(t): self.clauses.new() for t in np.flatnonzero(row)} for row in given.usable
        ]
        for meeting, held in enumerate(self.held):
            self.clauses.imply(self._rule(_hold(given, meeting)), *held.values())
            self.clauses.at_most_one(list(held.values()))
        for person, meetings in enumerate(given.of_person):
            self._keep_apart(person, meetings)
        for slot, capacity in enumerate(given.capacity.tolist()):
            self._limit(slot, capacity)
        for first, second in given.precedences:
            self._order(first, second)
        if most_each is not None:
            self._bound_breaks(most_each)

    def conflict(self, core: list[int], *, minimal: bool) -> Conflict:
        return Conflict(tuple(self.text[rule] for rule in sorted(core)), minimal)

    def _rule(self, text: str) -> int:
        rule = self.clauses.new()
        self.text[rule] = text
        return rule

    def _keep_apart(self, person: int, meetings: list[int]) -> None:
        rule = self._rule(_one_at_a_time(person))
        for slot in range(self.given.slots):
            here = [self.held[m][slot] for m in meetings if slot in self.held[m]]
            with self.clauses.only_if(rule):
                self.clauses.at_most_one(here)

    def _limit(self, slot: int, capacity: int) -> None:
        rule = self._rule(_room(slot, capacity))
        here = [held[slot] for held in self.held if slot in held]
        with self.clauses.only_if(rule):
            self.clauses.at_most(here, capacity)

    def _order(self, first: int, second: int) -> None:
        slots = _ranges(list(self.held[first]))
        rule = self._rule(
            f"meeting {first + 1}, in one of the slots {slots}, comes before meeting {second + 1}"
        )
        for slot, later in self.held[second].items():
            earlier = [held for t, held in self.held[first].items() if t < slot]
            self.clauses.add(-rule, -later, *earlier)

    def _bound_breaks(self, most_each: int) -> None:
        for person, meetings in enumerate(self.given.of_person):
            if len(meetings) > 1:
                rule = self._rule(f"person {person + 1} has at most {most_each} breaks")
                breaks = self._breaks(meetings)
                with self.clauses.only_if(rule):
                    self.clauses.at_most(breaks, most_each)

    def _breaks(self, meetings: list[int]) -> list[int]:
        breaks: list[int] = []
        for day in np.unique(self.given.slot_day):
            busy: list[int | None] = [
                self.clauses.any_of([self.held[m][t] for m in meetings if t in self.held[m]])
                for t in np.flatnonzero(self.given.slot_day == day).tolist()
            ]
            breaks += break_ends(self.clauses, busy)
        return breaks


def _hold(given: GivenMeetings, meeting: int) -> str:
    a, b = given.pairs[meeting].tolist()
    slots = np.flatnonzero(given.usable[meeting]).tolist()
    where = f"in one of the slots {_ranges(slots)}" if slots else "although it may use no slot"
    return f"meeting {meeting + 1} of {a + 1} and {b + 1} is held {where}"


def _room(slot: int, capacity: int) -> str:
    return f"slot {slot + 1} has room for {capacity} meetings"


def _ranges(slots: list[int]) -> str:
    """Rising numbers from 0 as ranges from 1, such as 1–3, 5."""
    starts = [t for t in slots if t - 1 not in slots]
    ends = [t for t in slots if t + 1 not in slots]
    return ", ".join(
        f"{start + 1}" if start == end else f"{start + 1}–{end + 1}"
        for start, end in zip(starts, ends, strict=True)
    )


def _one_at_a_time(person: int) -> str:
    return f"person {person + 1} has one meeting at a time"
