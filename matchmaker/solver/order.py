"""An order of people and pairs that comes from the problem itself, not from how it was written.

Every search breaks ties by number. Solved in its own order, a problem whose people and pairs come
shuffled has the same schedule as before, but for people nothing tells apart.
"""

from collections import defaultdict
from hashlib import blake2b

import numpy as np

from matchmaker.solver.problem import NONE, IntArray, Locked, Problem

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
    group = problem.pair_group[order]
    reordered = problem.replace(
        available=problem.available[people],
        max_meetings=problem.max_meetings[people],
        min_meetings=problem.min_meetings[people],
        body=_numbered(problem.body[people]),
        pairs=pairs[order],
        values=problem.values[order],
        pair_slots=problem.pair_slots[order],
        most_in_a_row=problem.most_in_a_row[people],
        pair_kind=problem.pair_kind[order],
        pair_language=problem.pair_language[order],
        pair_group=np.where(group < 0, NONE, _numbered(group)),
        precedences=tuple(sorted((int(place[a]), int(place[b])) for a, b in problem.precedences)),
        locked=tuple(sorted(Locked(int(place[m.pair]), m.slot, m.point) for m in problem.locked)),
    )
    return reordered, order


def _marks(problem: Problem) -> list[bytes]:
    """A mark for each person that depends on all that is known of them, and not on their number."""
    marks = [
        _digest(row.tobytes(), numbers.tobytes())
        for row, numbers in zip(problem.available, _numbers(problem), strict=True)
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


def _numbers(problem: Problem) -> IntArray:
    """int[P, 3]: what each person asks for, in numbers."""
    return np.column_stack([problem.max_meetings, problem.min_meetings, problem.most_in_a_row])


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
    asked = np.column_stack([problem.values, problem.pair_kind, problem.pair_language])
    marks = [
        _digest(numbers.tobytes(), slots.tobytes(), locked.get(pair, b""))
        for pair, (numbers, slots) in enumerate(zip(asked, problem.pair_slots, strict=True))
    ]
    return _with_related(problem, marks)


def _with_related(problem: Problem, marks: list[bytes]) -> list[bytes]:
    """Each pair's mark with those of its group, and of the pairs that must be before or after."""
    related: dict[int, list[bytes]] = defaultdict(list)
    for number, group in enumerate(problem.pair_group.tolist()):
        if group >= 0:
            together = np.flatnonzero(problem.pair_group == group).tolist()
            related[number] += [b"group", *sorted(marks[pair] for pair in together)]
    for first, later in sorted(problem.precedences, key=lambda two: [marks[pair] for pair in two]):
        related[first] += [b"before", marks[later]]
        related[later] += [b"after", marks[first]]
    return [_digest(mark, *related[pair]) for pair, mark in enumerate(marks)]


def _digest(*parts: bytes) -> bytes:
    return blake2b(b"".join(parts), digest_size=16).digest()
