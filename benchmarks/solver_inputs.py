"""What the scheduler is measured on: invented events of several sizes, and given meetings."""

import numpy as np

from matchmaker.solver import Problem
from matchmaker.solver.given import GivenMeetings


def event(
    people: int, slots: int, tables: int, wishes: int, seed: int, available: float = 0.85
) -> Problem:
    """Everybody wishes for about so many others, a few of them wanted by many; two days."""
    random = np.random.default_rng(seed)
    fame = 1 / np.arange(1, people + 1) ** 0.8
    random.shuffle(fame)
    free = random.random((people, slots)) < available
    worth: dict[tuple[int, int], int] = {}
    for person in range(people):
        chance = fame.copy()
        chance[person] = 0
        count = min(int(random.integers(wishes // 2, wishes * 3 // 2 + 1)), people - 1)
        for other in random.choice(people, count, replace=False, p=chance / chance.sum()).tolist():
            pair = (min(person, other), max(person, other))
            worth[pair] = worth[pair] + 30 if pair in worth else 10
    pairs = sorted(worth)
    values = np.array([worth[pair] for pair in pairs]) + random.integers(0, 10, len(pairs))
    return Problem(
        available=free,
        point_open=np.ones((tables, slots), dtype=bool),
        pairs=np.array(pairs),
        values=values,
        max_meetings=np.full(people, slots),
        slot_day=np.arange(slots) * 2 // slots,
    )


def brokerage(forbidden: float, seed: int = 1) -> Problem:
    """426 people with 1,705 meetings given, a few people with very many; 24 slots, 90 tables."""
    people, meetings, slots, tables = 426, 1705, 24, 90
    random = np.random.default_rng(seed)
    fame = random.pareto(1.6, people) + 1
    free = random.random((people, slots)) >= forbidden
    held, pairs = np.zeros(people, dtype=int), set()
    room = free.sum(axis=1) - 1
    while len(pairs) < meetings:
        a, b = sorted(random.choice(people, 2, replace=False, p=fame / fame.sum()).tolist())
        if (a, b) not in pairs and held[a] < room[a] and held[b] < room[b]:
            pairs.add((a, b))
            held[[a, b]] += 1
    return Problem(
        available=free,
        point_open=np.ones((tables, slots), dtype=bool),
        pairs=np.array(sorted(pairs)),
        values=np.ones(meetings),
        max_meetings=np.full(people, slots),
    )


def all_given(problem: Problem) -> GivenMeetings:
    return GivenMeetings.of(problem, np.arange(len(problem.pairs)))
