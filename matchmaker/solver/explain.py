"""Why a pair is not in the schedule, from the solver's own evidence: a test of putting it in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from matchmaker.solver.force import Ledger, force
from matchmaker.solver.objective import gains
from matchmaker.solver.problem import Problem
from matchmaker.solver.result import Held
from matchmaker.solver.timetable import UNPLACED, Timetable, bits

Kind = Literal[
    "never_free_together",
    "one_of_a_group",
    "person_full",
    "points_full",
    "no_interpreter",
    "costs_more",
]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The first reason that is true, in the order of `Kind`.

    `people` have no room left; `slots` are the ones the two are both idle in, all points taken.
    `cost` is what the cheapest way found of fitting the pair in would lose, 0 where it could be
    traded without loss; `None` where no way was found. `pushed_out` are the pairs that way drops.
    """

    kind: Kind
    people: tuple[int, ...] = ()
    slots: tuple[int, ...] = ()
    cost: int | None = None
    pushed_out: tuple[int, ...] = ()


def explain_unplaced(
    problem: Problem,
    result: Held,
    pairs: Iterable[int] | None = None,
    *,
    hurry: Callable[[], bool] = bool,
) -> dict[int, Explanation]:
    """An explanation for each of the given pairs (all where left out) that is not scheduled.

    From when `hurry()` says so, costs are no longer looked for.
    """
    table = timetable_of(problem, result)
    ledger = Ledger.of(problem, gains(problem, result.params))
    asked = range(len(problem.pairs)) if pairs is None else pairs
    unplaced = (p for p in asked if table.slot[p] == UNPLACED)
    return {p: _explain(table, ledger, p, in_a_hurry=hurry()) for p in unplaced}


def timetable_of(problem: Problem, result: Held) -> Timetable:
    slots = [UNPLACED] * len(problem.pairs)
    for pair, slot, _ in result.schedule.meetings():
        slots[pair] = slot
    return Timetable.of(problem, slots)


def _explain(table: Timetable, ledger: Ledger, pair: int, *, in_a_hurry: bool) -> Explanation:
    usable = table.usable[pair]
    if not usable:
        return Explanation("never_free_together")
    cost, pushed_out = (None, ()) if in_a_hurry else _cheapest(table, ledger, pair)
    if table.rival(pair) is not None:
        return Explanation("one_of_a_group", cost=cost, pushed_out=pushed_out)
    people = zip(table.pairs[pair], table.bodies[pair], strict=True)
    full = tuple(p for p, b in people if table.room[p] <= 0 or not usable & table.idle[b])
    if full:
        return Explanation("person_full", people=full, cost=cost, pushed_out=pushed_out)
    slots = table.shared(pair)
    if slots and not slots & table.open_to(pair):
        kind = _what_is_full(table, pair, slots)
        return Explanation(kind, slots=tuple(bits(slots)), cost=cost, pushed_out=pushed_out)
    return Explanation("costs_more", cost=cost, pushed_out=pushed_out)


def _what_is_full(table: Timetable, pair: int, slots: int) -> Kind:
    """Points, unless interpreters alone are wanting."""
    points = [limit for limit in table.uses[pair] if limit not in table.interpreters]
    open_points = all(slots & table.not_full[limit] for limit in points)
    return "no_interpreter" if open_points else "points_full"


def _cheapest(table: Timetable, ledger: Ledger, pair: int) -> tuple[int | None, tuple[int, ...]]:
    """What forcing the pair into each of its slots would lose at least; the timetable stays."""
    start, best = len(table.journal), None
    for slot in bits(table.usable[pair]):
        tried = force(table, ledger, pair, slot)
        table.rewind(start)
        if tried is not None and (best is None or tried[0] > best[0]):
            best = tried
    return (None, ()) if best is None else (max(0, -best[0]), tuple(sorted(best[1])))
