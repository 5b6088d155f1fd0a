"""The exact optimum of tiny problems by trying everything, without the solver's own code."""

from collections.abc import Iterator
from itertools import combinations, groupby

from matchmaker.solver import Problem

Held = dict[int, int]  # the slot of each pair that meets


def best_schedule_value(
    problem: Problem, extra: list[list[int]], home: dict[int, int] | None = None, bonus: float = 0
) -> float:
    """The most any schedule is worth; `extra[p][k]` is what person p's next meeting adds.

    A pair that meets in its slot of `home` adds `bonus`.
    """
    held: Held = {}
    counts = [0] * problem.people
    values = problem.values.tolist()
    people_of = problem.pairs.tolist()

    def best(pair: int) -> float:
        if pair == len(values):
            return 0
        value = best(pair + 1)
        a, b = people_of[pair]
        for slot in range(problem.slots):
            if not may_add(problem, held, pair, slot):
                continue
            gain = values[pair] + extra[a][counts[a]] + extra[b][counts[b]]
            gain += bonus if (home or {}).get(pair) == slot else 0
            held[pair] = slot
            counts[a] += 1
            counts[b] += 1
            value = max(value, gain + best(pair + 1))
            del held[pair]
            counts[a] -= 1
            counts[b] -= 1
        return value

    return best(0)


def may_add(problem: Problem, held: Held, pair: int, slot: int) -> bool:
    """Whether the meetings stay lawful, locked ones left aside, with one more."""
    people = problem.pairs[pair].tolist()
    theirs = {p: [m for m in held if p in problem.pairs[m]] for p in people}
    return (
        bool(problem.available[people, slot].all() and problem.pair_slots[pair, slot])
        and all(len(theirs[p]) < problem.max_meetings[p] for p in people)
        and all(_free_and_rested(problem, held, int(problem.body[p]), slot) for p in people)
        and _has_point(problem, held, pair, slot)
        and _keeps_further_rules(problem, held, pair, slot)
    )


def _free_and_rested(problem: Problem, held: Held, body: int, slot: int) -> bool:
    busy = {t for m, t in held.items() if body in problem.body[problem.pairs[m]]}
    if slot in busy:
        return False
    most = min(problem.most_in_a_row[problem.body == body])
    marks = [(day, t in busy | {slot}) for t, day in enumerate(problem.slot_day.tolist())]
    return all(len(list(run)) <= most for (_, is_busy), run in groupby(marks) if is_busy)


def _has_point(problem: Problem, held: Held, pair: int, slot: int) -> bool:
    kind = problem.pair_kind[pair]
    alike = sum(t == slot and problem.pair_kind[m] == kind for m, t in held.items())
    return alike < problem.point_open[problem.point_kind == kind, slot].sum()


def _keeps_further_rules(problem: Problem, held: Held, pair: int, slot: int) -> bool:
    group, language = problem.pair_group[pair], problem.pair_language[pair]
    spoken = sum(t == slot and problem.pair_language[m] == language for m, t in held.items())
    return (
        (group < 0 or all(problem.pair_group[m] != group for m in held))
        and (language < 0 or spoken < problem.interpreters[language, slot])
        and all(held[a] < slot for a, b in problem.precedences if b == pair and a in held)
        and all(slot < held[b] for a, b in problem.precedences if a == pair and b in held)
    )


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
