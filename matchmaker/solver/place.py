"""Place: a slot for each selected pair, hardest first, swapping along Kempe chains if need be."""

import numpy as np

from matchmaker.solver.linear import FloatArray
from matchmaker.solver.problem import IntArray, Problem
from matchmaker.solver.timetable import Timetable, bits


def place(problem: Problem, chosen: IntArray, draws: FloatArray, home: IntArray) -> Timetable:
    """A timetable with as many chosen pairs as insertion finds room for, then any others.

    `draws` float[len(chosen)] in [0, 1) decide between pairs about equally hard; those that have
    a slot in `home` int[E] come first and go there.
    """
    table = Timetable(problem)
    for locked in problem.locked:
        table.put(locked.pair, locked.slot)
    for pair in chosen[home[chosen] >= 0].tolist():
        _put_home(table, pair, int(home[pair]))
    for pair in _hardest_first(problem, chosen, draws):
        insert(table, pair)
    fill(problem, table)
    return table


def _put_home(table: Timetable, pair: int, slot: int) -> None:
    start = len(table.journal)
    free = (table.shared(pair) & table.open_to(pair)) >> slot & 1
    if free and table.slot[pair] < 0 and table.has_room(pair):
        table.put(pair, slot)
        if not table.lawful(start):
            table.rewind(start)


def fill(problem: Problem, table: Timetable) -> None:
    """Insert unplaced pairs, the most valuable first, until none fits."""
    for pair in np.argsort(-problem.values, kind="stable").tolist():
        insert(table, pair)


def _hardest_first(problem: Problem, chosen: IntArray, draws: FloatArray) -> list[int]:
    """By how few slots its busier person has to spare, then both, then the pair itself."""
    bodies = problem.pair_bodies[chosen]
    demand = np.bincount(bodies.ravel(), minlength=problem.bodies)
    spare = (_free_slots(problem) - demand)[bodies]
    shared = problem.usable[chosen].sum(axis=1)
    order = np.lexsort((draws, shared, spare.sum(axis=1) + 2 * draws, spare.min(axis=1)))
    return [int(pair) for pair in chosen[order]]


def _free_slots(problem: Problem) -> IntArray:
    """int[B]: in how many slots each body is there."""
    there = np.zeros((problem.bodies, problem.slots), dtype=np.bool_)
    np.logical_or.at(there, problem.body, problem.available)
    return np.asarray(there.sum(axis=1), dtype=np.int64)


def insert(table: Timetable, pair: int) -> bool:
    """Put an unplaced pair in, moving others between slots where needed; say whether it fits."""
    if table.slot[pair] >= 0 or not table.has_room(pair):
        return False
    if not table.usable[pair] or not table.not_full[0]:
        return False
    return _insert_plainly(table, pair) or _insert_by_chain(table, pair) or _push_out(table, pair)


def _insert_plainly(table: Timetable, pair: int) -> bool:
    slots = table.shared(pair) & table.open_to(pair)
    if not slots:
        return False
    count, capacity, start = table.count[0], table.capacity[0], len(table.journal)
    for slot in sorted(bits(slots), key=lambda t: count[t] / capacity[t]):
        table.put(pair, slot)
        if table.lawful(start):
            return True
        table.rewind(start)
    return False


def _insert_by_chain(table: Timetable, pair: int) -> bool:
    a, b = table.bodies[pair]
    return _free_other(table, pair, a, b) or _free_other(table, pair, b, a)


def _free_other(table: Timetable, pair: int, idle: int, busy: int) -> bool:
    """Make `busy` idle in a slot where `idle` is, by moving a chain to a slot `busy` has."""
    start = len(table.journal)
    for here in bits(table.usable[pair] & table.idle[idle] & ~table.idle[busy]):
        for there in bits(table.idle[busy]):
            found = table.chain(busy, here, there)
            if found is None or found[1] == idle or not found[0]:
                continue
            if table.fits(found[0], here, there, pair):
                table.swap(found[0], here, there)
                table.put(pair, here)
                if table.lawful(start):
                    return True
                table.rewind(start)
    return False


def _push_out(table: Timetable, pair: int) -> bool:
    """Where both are idle but the slot is full, move meetings to a slot with a free point."""
    a, b = table.bodies[pair]
    start = len(table.journal)
    for here in bits(table.shared(pair)):
        for held in table.takers(pair, here):
            for there in bits(table.usable[held] & table.open_to(held)):
                moved = table.component(held, here, there)
                if moved is None or not table.fits(moved, here, there, pair):
                    continue
                if table.meeting[a][there] in moved or table.meeting[b][there] in moved:
                    continue
                table.swap(moved, here, there)
                table.put(pair, here)
                if table.lawful(start):
                    return True
                table.rewind(start)
    return False
