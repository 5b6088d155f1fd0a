"""What makes a problem one that cannot be: the first thing wrong, in a sentence."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from matchmaker.solver.rest import followed, too_long

if TYPE_CHECKING:
    from matchmaker.solver.problem import Locked, Problem

LARGEST_VALUE = 1_000_000  # sums stay exact in the floating point of the engines


def check(problem: "Problem") -> None:
    """Raises `ValueError`."""
    _check_shapes(problem)
    _check_pairs(problem)
    _check_numbers(problem)
    _check_precedences(problem)
    _check_locked(problem)


def _check_shapes(problem: "Problem") -> None:
    if problem.point_open.shape[1] != problem.slots:
        raise ValueError(
            f"point_open has {problem.point_open.shape[1]} slots, available {problem.slots}."
        )
    if problem.pair_slots.shape != (len(problem.pairs), problem.slots):
        raise ValueError(
            f"pair_slots has the shape {problem.pair_slots.shape}; "
            f"it needs {(len(problem.pairs), problem.slots)}."
        )
    if problem.interpreters.shape[1] != problem.slots:
        raise ValueError(
            f"interpreters has {problem.interpreters.shape[1]} slots, available {problem.slots}."
        )


def _check_pairs(problem: "Problem") -> None:
    pairs = problem.pairs
    if np.any(pairs < 0) or np.any(pairs >= problem.people):
        raise ValueError(f"pairs names a person outside 0..{problem.people - 1}.")
    _refuse(pairs[:, 0] >= pairs[:, 1], "pair {} is not written lower number first")
    _refuse(problem.body < 0, "person {} has a negative body")
    shared = problem.pair_bodies
    _refuse(shared[:, 0] == shared[:, 1], "pair {} is of one human being with themselves")
    if len(np.unique(pairs, axis=0)) != len(pairs):
        raise ValueError("pairs holds the same pair twice.")
    languages = len(problem.interpreters)
    _refuse(problem.pair_language >= languages, "pair {} needs interpreters of whom none are given")


def _check_numbers(problem: "Problem") -> None:
    values = problem.values
    _refuse(values <= 0, "pair {} has a value that is not positive")
    _refuse(values > LARGEST_VALUE, f"pair {{}} has a value over {LARGEST_VALUE}")
    _refuse(problem.max_meetings < 0, "person {} has a negative max_meetings")
    _refuse(problem.min_meetings < 0, "person {} has a negative min_meetings")
    _refuse(problem.most_in_a_row < 1, "person {} has a most_in_a_row below 1")
    _refuse(np.any(problem.interpreters < 0, axis=1), "language {} has a negative interpreters")
    _refuse(np.diff(problem.slot_day) < 0, "slot_day goes back after slot {}")


def _refuse(wrong: Any, sentence: str) -> None:
    if np.any(wrong):
        raise ValueError(sentence.format(int(np.flatnonzero(wrong)[0])) + ".")


def _check_precedences(problem: "Problem") -> None:
    for number, (first, later) in enumerate(problem.precedences):
        if not 0 <= min(first, later) <= max(first, later) < len(problem.pairs):
            raise ValueError(
                f"precedence {number} names a pair outside 0..{len(problem.pairs) - 1}."
            )
        if first == later:
            raise ValueError(f"precedence {number} puts a pair before itself.")


def _check_locked(problem: "Problem") -> None:
    taken: set[tuple[str, int, int]] = set()
    counts = np.zeros(problem.people, dtype=np.int64)
    for number, meeting in enumerate(problem.locked):
        _check_locked_meeting(problem, number, meeting)
        people = problem.pairs[meeting.pair].tolist()
        claims = {("person", b, meeting.slot) for b in problem.body[people].tolist()}
        claims |= {("point", meeting.point, meeting.slot), ("pair", meeting.pair, 0)}
        if (group := int(problem.pair_group[meeting.pair])) >= 0:
            claims.add(("group", group, 0))
        if clash := sorted(claims & taken):
            raise ValueError(f"locked meeting {number} takes {clash[0][:2]} a second time.")
        taken |= claims
        counts[people] += 1
    _refuse(counts > problem.max_meetings, "person {} has more locked meetings than max_meetings")
    _check_locked_together(problem)


def _check_locked_meeting(problem: "Problem", number: int, meeting: "Locked") -> None:
    limits: Sequence[int] = (len(problem.pairs), problem.slots, problem.points)
    for name, value, limit in zip(meeting._fields, meeting, limits, strict=True):
        if not 0 <= value < limit:
            raise ValueError(f"locked meeting {number}: {name} {value} is outside 0..{limit - 1}.")
    pair, slot, point = meeting
    if not problem.available[problem.pairs[pair], slot].all():
        raise ValueError(f"locked meeting {number}: somebody is not available in slot {slot}.")
    if not problem.pair_slots[pair, slot]:
        raise ValueError(f"locked meeting {number}: pair {pair} may not use slot {slot}.")
    if not problem.point_open[point, slot]:
        raise ValueError(f"locked meeting {number}: point {point} is closed in slot {slot}.")
    if problem.point_kind[point] != problem.pair_kind[pair]:
        raise ValueError(f"locked meeting {number}: point {point} is not of pair {pair}'s kind.")


def _check_locked_together(problem: "Problem") -> None:
    slot_of = {meeting.pair: meeting.slot for meeting in problem.locked}
    for first, later in problem.precedences:
        if first in slot_of and later in slot_of and slot_of[first] >= slot_of[later]:
            raise ValueError(f"pair {first} is locked after pair {later}, which it precedes.")
    for limit in problem.limits:
        used = Counter(slot_of[pair] for pair in limit.pairs.tolist() if pair in slot_of)
        for slot, count in used.items():
            if count > limit.capacity[slot]:
                raise ValueError(
                    f"slot {slot} has {count} locked meetings of a kind that has room "
                    f"for {limit.capacity[slot]}."
                )
    _check_locked_rest(problem)


def _check_locked_rest(problem: "Problem") -> None:
    busy = [0] * problem.bodies
    for meeting in problem.locked:
        for body in problem.pair_bodies[meeting.pair].tolist():
            busy[body] |= 1 << meeting.slot
    next_to = followed(problem.slot_day)
    for body, (slots, most) in enumerate(zip(busy, problem.body_rest.tolist(), strict=True)):
        if too_long(slots, most, next_to):
            raise ValueError(f"body {body} has more locked meetings in a row than {most}.")
