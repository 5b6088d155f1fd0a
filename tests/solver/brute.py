"""The exact optimum of tiny problems by trying everything, without the solver's own code."""

from collections.abc import Iterator
from itertools import combinations

from matchmaker.solver import Problem


def best_schedule_value(problem: Problem, extra: list[list[int]]) -> int:
    """The most any schedule is worth; `extra[p][k]` is what person p's next meeting adds."""
    busy = [[False] * problem.slots for _ in range(problem.bodies)]
    left = problem.point_open.sum(axis=0).tolist()
    held = [0] * problem.people

    def best(pair: int) -> int:
        if pair == len(problem.pairs):
            return 0
        value = best(pair + 1)
        a, b = problem.pairs[pair].tolist()
        if held[a] >= problem.max_meetings[a] or held[b] >= problem.max_meetings[b]:
            return value
        for slot in range(problem.slots):
            here = problem.available[[a, b], slot].all() and problem.pair_slots[pair, slot]
            bodies = problem.body[[a, b]].tolist()
            if not here or any(busy[body][slot] for body in bodies) or not left[slot]:
                continue
            gain = int(problem.values[pair]) + extra[a][held[a]] + extra[b][held[b]]
            _hold(busy, bodies, slot, True)
            _count(left, held, (a, b), slot, 1)
            value = max(value, gain + best(pair + 1))
            _hold(busy, bodies, slot, False)
            _count(left, held, (a, b), slot, -1)
        return value

    return best(0)


def _hold(busy: list[list[bool]], bodies: list[int], slot: int, meets: bool) -> None:
    for body in bodies:
        busy[body][slot] = meets


def _count(left: list[int], held: list[int], people: tuple[int, int], slot: int, more: int) -> None:
    for person in people:
        held[person] += more
    left[slot] -= more


def best_selection_value(problem: Problem, rooms: list[int], total: int) -> int:
    """The most any set of pairs within everybody's room and the total is worth."""
    values = problem.values.tolist()
    return max(
        sum(values[pair] for pair in chosen) for chosen in _selections(problem, rooms, total)
    )


def _selections(problem: Problem, rooms: list[int], total: int) -> Iterator[tuple[int, ...]]:
    pairs = problem.pairs.tolist()
    for size in range(min(total, len(pairs)) + 1):
        for chosen in combinations(range(len(pairs)), size):
            counts = [0] * problem.people
            for pair in chosen:
                for person in pairs[pair]:
                    counts[person] += 1
            if all(c <= r for c, r in zip(counts, rooms, strict=True)):
                yield chosen
