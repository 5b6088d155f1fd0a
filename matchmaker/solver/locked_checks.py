"""Whether locked meetings can be held at all, and which few of them contradict a rule if not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from matchmaker.solver.rest import windows

if TYPE_CHECKING:
    from matchmaker.solver.problem import Locked, Problem

Claim = tuple[str, int, int]  # what a meeting takes, which of these, and when

TAKEN_ONCE = {
    "person": "a person has one meeting at a time",
    "point": "a point holds one meeting at a time",
    "pair": "a pair meets once",
    "group": "one pair of a group meets",
}


class LockedConflictError(ValueError):
    """Locked meetings, by their numbers, that no schedule can hold for the sake of a rule."""

    def __init__(self, rule: str, meetings: Iterable[int]) -> None:
        self.rule, self.meetings = rule, tuple(meetings)
        named = ", ".join(map(str, self.meetings))
        super().__init__(f"locked meetings {named} cannot be held: {rule}.")


def check_locked(problem: "Problem") -> None:
    """Raises `LockedConflictError` with the first conflict, none of whose meetings can be left out;
    `ValueError` where a meeting is none of the problem's."""
    for number, meeting in enumerate(problem.locked):
        _check_numbers(problem, number, meeting)
    for rule, meetings in _conflicts(problem):
        raise LockedConflictError(rule, meetings)


def _check_numbers(problem: "Problem", number: int, meeting: "Locked") -> None:
    limits: Sequence[int] = (len(problem.pairs), problem.slots, problem.points)
    for name, value, limit in zip(meeting._fields, meeting, limits, strict=True):
        if not 0 <= value < limit:
            raise ValueError(f"locked meeting {number}: {name} {value} is outside 0..{limit - 1}.")


def _conflicts(problem: "Problem") -> Iterator[tuple[str, list[int]]]:
    for number, (pair, slot, point) in enumerate(problem.locked):
        if not problem.available[problem.pairs[pair], slot].all():
            yield "both people are available", [number]
        if not problem.pair_slots[pair, slot]:
            yield "a pair uses the slots it may", [number]
        if not problem.point_open[point, slot]:
            yield "a point is open when it is used", [number]
        if problem.point_kind[point] != problem.pair_kind[pair]:
            yield "a pair meets at a point of its kind", [number]
    yield from _taken_twice(problem)
    yield from _too_many(problem)
    yield from _out_of_order(problem)
    yield from _without_rest(problem)


def _taken_twice(problem: "Problem") -> Iterator[tuple[str, list[int]]]:
    taken: dict[Claim, int] = {}
    for number, meeting in enumerate(problem.locked):
        for claim in _claims(problem, meeting):
            if claim in taken:
                yield TAKEN_ONCE[claim[0]], [taken[claim], number]
            taken[claim] = number


def _claims(problem: "Problem", meeting: "Locked") -> Iterator[Claim]:
    yield "pair", meeting.pair, 0
    if (group := int(problem.pair_group[meeting.pair])) >= 0:
        yield "group", group, 0
    for body in problem.pair_bodies[meeting.pair].tolist():
        yield "person", body, meeting.slot
    yield "point", meeting.point, meeting.slot


def _too_many(problem: "Problem") -> Iterator[tuple[str, list[int]]]:
    held: dict[int, list[int]] = defaultdict(list)
    for number, meeting in enumerate(problem.locked):
        for person in problem.pairs[meeting.pair].tolist():
            held[person].append(number)
    for person, meetings in sorted(held.items()):
        most = int(problem.max_meetings[person])
        if len(meetings) > most:
            yield f"a person has at most {most} meetings", meetings[: most + 1]
    for limit in problem.limits:
        counted = set(limit.pairs.tolist())
        for slot, most in enumerate(limit.capacity.tolist()):
            there = [
                n for n, m in enumerate(problem.locked) if m.slot == slot and m.pair in counted
            ]
            if len(there) > most:
                rule = f"slot {slot + 1} has room, or interpreters, for {most} of them"
                yield rule, there[: most + 1]


def _out_of_order(problem: "Problem") -> Iterator[tuple[str, list[int]]]:
    number_of = {meeting.pair: number for number, meeting in enumerate(problem.locked)}
    for first, later in problem.precedences:
        if first in number_of and later in number_of:
            both = [number_of[first], number_of[later]]
            if problem.locked[both[0]].slot >= problem.locked[both[1]].slot:
                yield "the first comes before the second", both


def _without_rest(problem: "Problem") -> Iterator[tuple[str, list[int]]]:
    for body in np.flatnonzero(problem.body_rest < problem.slots).tolist():
        most = int(problem.body_rest[body])
        in_slot = {m.slot: n for n, m in enumerate(problem.locked) if body in _bodies(problem, m)}
        for window in windows(problem.slot_day, most):
            if all(slot in in_slot for slot in window):
                yield f"a person has at most {most} meetings in a row", [in_slot[t] for t in window]


def _bodies(problem: "Problem", meeting: "Locked") -> list[int]:
    bodies: list[int] = problem.pair_bodies[meeting.pair].tolist()
    return bodies
