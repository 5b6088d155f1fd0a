"""An order of people and pairs that comes from the problem itself, not from how it was written.

Every search breaks ties by number. Solved in its own order, a problem whose people and pairs come
shuffled has the same schedule as before, but for people nothing tells apart.
"""

from collections import defaultdict
from hashlib import blake2b

import numpy as np

from matchmaker.solver.problem import IntArray, Locked, Problem

ROUNDS = 3  # how far a person's mark looks along the pairs; tells apart whoever has any values


def in_own_order(problem: Problem) -> tuple[Problem, IntArray]:
    """The problem with people and pairs reordered, and each of its pairs' number in the given."""
    people = np.argsort(_marks(problem), kind="stable")
    number = np.empty_like(people)
    number[people] = np.arange(len(people))
    pairs = np.sort(number[problem.pairs], axis=1)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    reordered = problem.replace(
        available=problem.available[people],
        max_meetings=problem.max_meetings[people],
        min_meetings=problem.min_meetings[people],
        body=_numbered(problem.body[people]),
        pairs=pairs[order],
        values=problem.values[order],
        pair_slots=problem.pair_slots[order],
        locked=tuple(sorted(Locked(int(place[m.pair]), m.slot, m.point) for m in problem.locked)),
    )
    return reordered, order


def _marks(problem: Problem) -> list[bytes]:
    """A mark for each person that depends on all that is known of them, and not on their number."""
    marks = [
        _digest(row.tobytes(), most.tobytes(), least.tobytes())
        for row, most, least in zip(
            problem.available, problem.max_meetings, problem.min_meetings, strict=True
        )
    ]
    pairs = _pair_marks(problem)
    for _ in range(ROUNDS):
        seen: list[list[bytes]] = [[] for _ in marks]
        for (a, b), pair in zip(problem.pairs.tolist(), pairs, strict=True):
            seen[a].append(pair + marks[b])
            seen[b].append(pair + marks[a])
        shared = _shared_marks(problem, marks)
        marks = [
            _digest(mark, *sorted(met), b"", *others)
            for mark, met, others in zip(marks, seen, shared, strict=True)
        ]
    return marks


def _numbered(body: IntArray) -> IntArray:
    """The same bodies, numbered as they come."""
    _, first, number = np.unique(body, return_index=True, return_inverse=True)
    return np.asarray(np.argsort(np.argsort(first))[number], dtype=np.int64)


def _shared_marks(problem: Problem, marks: list[bytes]) -> list[list[bytes]]:
    """The marks of all who share each person's body; none for those who are alone in theirs."""
    together: dict[int, list[bytes]] = defaultdict(list)
    for body, mark in zip(problem.body.tolist(), marks, strict=True):
        together[body].append(mark)
    groups = (together[body] for body in problem.body.tolist())
    return [sorted(group) if len(group) > 1 else [] for group in groups]


def _pair_marks(problem: Problem) -> list[bytes]:
    locked = {m.pair: bytes(str(m[1:]), "ascii") for m in problem.locked}
    return [
        value.tobytes() + slots.tobytes() + locked.get(pair, b"")
        for pair, (value, slots) in enumerate(zip(problem.values, problem.pair_slots, strict=True))
    ]


def _digest(*parts: bytes) -> bytes:
    return blake2b(b"".join(parts), digest_size=16).digest()
