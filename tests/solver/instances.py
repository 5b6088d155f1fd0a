"""Problems to solve in tests: tiny ones by hand, random ones from a seed."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchmaker.solver import Never, Params, Problem, Result, solve
from matchmaker.solver.aim import Aim, held_by_locks
from matchmaker.solver.keep import Keep
from matchmaker.solver.relax import relax

PLAIN = Params(first_meeting=0, later_meetings=0, promise=0)


def problem(
    people: int, slots: int, points: int, worth: dict[tuple[int, int], int], **given: Any
) -> Problem:
    """Everybody is available and every point open, unless said otherwise."""
    return Problem(
        **{
            "available": np.ones((people, slots), dtype=bool),
            "point_open": np.ones((points, slots), dtype=bool),
            "pairs": list(worth),
            "values": list(worth.values()),
            "max_meetings": [slots] * people,
        }
        | given
    )


def random_problem(seed: int, *, people: int = 6, slots: int = 3, points: int = 2) -> Problem:
    """A small event with absences, closed points and limits."""
    random = np.random.default_rng(seed)
    pairs = [(a, b) for a in range(people) for b in range(a + 1, people) if random.random() < 0.6]
    return problem(
        people,
        slots,
        points,
        {pair: int(random.integers(1, 20)) for pair in pairs},
        available=random.random((people, slots)) < 0.8,
        point_open=random.random((points, slots)) < 0.9,
        max_meetings=random.integers(1, slots + 1, people),
        min_meetings=random.integers(0, 2, people),
    )


def with_pairs(given: Problem, chosen: NDArray[Any], **changes: Any) -> Problem:
    """The problem with some of its pairs only."""
    of_pairs = ("pairs", "values", "pair_slots", "pair_kind", "pair_group", "pair_language")
    return given.replace(**{name: getattr(given, name)[chosen] for name in of_pairs} | changes)


def random_roles(seed: int) -> Problem:
    """A small event where one human being stands for two of the people, and another for two."""
    alone = random_problem(seed)
    body = np.array([0, 1, 2, 3, 0, 1])
    apart = body[alone.pairs[:, 0]] != body[alone.pairs[:, 1]]
    return with_pairs(alone, np.flatnonzero(apart)[:8], body=body)


def random_rules(seed: int) -> Problem:
    """A small event with every further rule there is: kinds, groups, order, interpreters, rest."""
    plain = random_problem(seed, slots=4)
    plain = with_pairs(plain, np.arange(len(plain.pairs))[:7])
    random = np.random.default_rng(seed)
    order = random.permutation(len(plain.pairs))[:4].reshape(-1, 2).tolist()
    return plain.replace(
        point_kind=[0, 1],
        pair_kind=(random.random(len(plain.pairs)) < 0.3).astype(int),
        pair_group=random.integers(-1, 3, len(plain.pairs)),
        pair_language=random.integers(-1, 1, len(plain.pairs)),
        interpreters=random.integers(0, 2, (1, plain.slots)),
        most_in_a_row=random.integers(1, 4, plain.people),
        slot_day=[0, 0, 0, int(random.integers(0, 2))],
        precedences=tuple((first, later) for first, later in order),
    )


def event(seed: int, *, people: int = 60, slots: int = 8, points: int = 20) -> Problem:
    """A believable event: a few people are wanted by many, 85 % of the slots are free."""
    random = np.random.default_rng(seed)
    popularity = 1 / np.arange(1, people + 1) ** 0.8
    worth: dict[tuple[int, int], int] = {}
    for person in range(people):
        chances = np.delete(popularity, person) / np.delete(popularity, person).sum()
        others = np.delete(np.arange(people), person)
        for other in random.choice(others, size=10, replace=False, p=chances).tolist():
            pair = (min(person, other), max(person, other))
            worth[pair] = worth.get(pair, 0) + int(random.integers(8, 30))
    return problem(people, slots, points, worth, available=random.random((people, slots)) < 0.85)


def solved(given: Problem, *, seed: int = 1, params: Params | None = None) -> Result:
    return solve(given, stop=Never(), seed=seed, params=params or Params())


def relaxed_bound(given: Problem, params: Params) -> int:
    aim = Aim(given, params, Keep.nothing(given))
    relaxed = relax(aim, held_by_locks(given), seed=1, seconds=np.inf)
    return aim.value(held_by_locks(given)) if relaxed is None else relaxed.bound


def held(given: Problem, result: Result) -> set[tuple[int, int]]:
    """The pairs that meet, by people."""
    return {(int(a), int(b)) for a, b in given.pairs[result.schedule.pair]}
