"""The method on one screen: select, place, improve, compact, seat, verify."""

import numpy as np

from matchmaker.solver.anneal import anneal
from matchmaker.solver.breaks_bound import forced_breaks
from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.improve import improve
from matchmaker.solver.objective import gains, measure
from matchmaker.solver.order import in_own_order
from matchmaker.solver.params import Params
from matchmaker.solver.place import place
from matchmaker.solver.problem import IntArray, Problem
from matchmaker.solver.progress import Listener, Run
from matchmaker.solver.relax import relaxed_bound
from matchmaker.solver.result import Result
from matchmaker.solver.schedule import count_breaks
from matchmaker.solver.seat import seat
from matchmaker.solver.select import Selection, select
from matchmaker.solver.stop import Stop
from matchmaker.solver.verify import verify

TRIES_A_MEETING = 1000  # of compacting; three times as many gained a break or two in measurements


def solve(
    problem: Problem, *, stop: Stop, seed: int, params: Params, progress: Listener | None = None
) -> Result:
    """The best schedule found before `stop` or the limits in `params` end the search.

    Problem, seed and params decide it, in whatever order pairs come, unless `stop` watches time.
    """
    run = Run(stop, progress)
    given, (problem, numbers) = problem, in_own_order(problem)
    with run.stage("select"):
        nodes, seconds = params.select_nodes, run.seconds_left()
        selection = select(problem, gains(problem, params), nodes=nodes, seconds=seconds)
    run.bound = selection.bound
    run.tell("select", 0, 0.2)
    with run.stage("place"):
        slots = _placed(problem, params, selection, seed, run)
    with run.stage("improve"):
        slots = improve(problem, params, slots, seed, run)
    with run.stage("relax"):
        bound = _tightened(problem, params, slots, seed, run, selection.bound)
    run.tell("compact", measure(problem, params, np.flatnonzero(slots >= 0)).value, 0.9)
    with run.stage("compact"):
        slots, breaks_bound = _compacted(problem, params, slots, seed, run)
    with run.stage("seat"):
        schedule = seat(problem, slots).renumbered(numbers)
    with run.stage("verify"):
        violations = tuple(verify(given, schedule))
        terms = measure(given, params, schedule.pair)
    run.tell("verify", terms.value, 1.0)
    return Result(
        schedule=schedule,
        terms=terms,
        bound=bound,
        person_breaks=count_breaks(given, schedule),
        breaks_bound=breaks_bound,
        seed=seed,
        params=params,
        seconds=run.seconds,
        violations=violations,
    )


def _placed(
    problem: Problem, params: Params, selection: Selection, seed: int, run: Run
) -> IntArray:
    """The best of several tries at placing; many an event is placed whole by one of them."""
    random, best_value = np.random.default_rng(seed), -1
    best = np.zeros(0, dtype=np.int64)
    for _ in range(max(1, params.place_tries)):
        table = place(problem, selection.pairs, random.random(len(selection.pairs)))
        slots = np.array(table.slot, dtype=np.int64)
        value = measure(problem, params, np.flatnonzero(slots >= 0)).value
        if value > best_value:
            best, best_value = slots, value
        if value == selection.bound or run.over():
            break
    return best


def _tightened(
    problem: Problem, params: Params, slots: IntArray, seed: int, run: Run, bound: int
) -> int:
    """The lower of the selection's and the relaxation's bound, where it is worth the time."""
    value = measure(problem, params, np.flatnonzero(slots >= 0)).value
    small = problem.usable.sum() <= params.relax_columns
    if bound - value <= params.relax_gap * bound or not small or run.over():
        return bound
    relaxed = relaxed_bound(problem, params, seed=seed, seconds=run.seconds_left())
    run.bound = bound if relaxed is None else min(bound, relaxed)
    return run.bound


def _compacted(
    problem: Problem, params: Params, slots: IntArray, seed: int, run: Run
) -> tuple[IntArray, int]:
    """The same pairs in slots with fewer breaks, and the fewest that are to be hoped for."""
    placed = np.flatnonzero(slots >= 0)
    given = GivenMeetings.of(problem, placed)
    tries = min(params.compact_tries, TRIES_A_MEETING * len(placed))
    compacted = slots.copy()
    compacted[placed] = anneal(
        given, slots[placed], run, tries=tries, fair=params.fair_breaks, seed=seed
    )
    return compacted, forced_breaks(given) or 0
