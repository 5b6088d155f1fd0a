"""The method on one screen: select, place, improve, then what `finish` does."""

import numpy as np

from matchmaker.solver.aim import Aim, Placing, held_by_locks
from matchmaker.solver.dive import dive
from matchmaker.solver.finish import Finish
from matchmaker.solver.improve import improve
from matchmaker.solver.keep import Keep
from matchmaker.solver.order import in_own_order
from matchmaker.solver.params import Params
from matchmaker.solver.place import place
from matchmaker.solver.problem import Problem
from matchmaker.solver.progress import Listener, Run
from matchmaker.solver.relax import Relaxed, relax
from matchmaker.solver.result import Result
from matchmaker.solver.schedule import Schedule
from matchmaker.solver.select import Selection, select
from matchmaker.solver.stop import Stop

WIDE = 0.01  # a gap that improving will hardly close


def solve(
    problem: Problem,
    *,
    stop: Stop,
    seed: int,
    params: Params,
    progress: Listener | None = None,
    previous: Schedule | None = None,
    keep_worth: float | None = None,
) -> Result:
    """The best schedule found before `stop` or the limits in `params` end the search.

    Problem, seed and params decide it, in whatever order pairs come, unless `stop` watches time.
    Meetings of the `previous` schedule keep their slots where that costs no value, or less of it
    than `keep_worth` for each.
    """
    run, keep = Run(stop, progress), Keep.nothing(problem)
    if previous is not None:
        keep = Keep.of(problem, previous, keep_worth)
    own, numbers = in_own_order(problem)
    aim = Aim(own, params, keep.reordered(numbers))
    with run.stage("select"):
        selection = _selected(aim, run)
    run.tell("select", 0, 0.2)
    with run.stage("place"):
        slots = _placed(aim, selection, seed, run)
    with run.stage("relax"):
        relaxed = _tighten(aim, slots, seed, run, WIDE)
        if relaxed is not None:
            slots = max(slots, dive(aim, relaxed, seed, run), key=aim.worth)
    with run.stage("improve"):
        slots = improve(aim, slots, seed, run)
    with run.stage("relax"):
        if relaxed is None:
            _tighten(aim, slots, seed, run, params.relax_gap)
    return Finish(problem, numbers, aim, seed, run).result(slots, run.bound or 0)


def _selected(aim: Aim, run: Run) -> Selection:
    """The pairs to meet. Its bound is one on the value, whatever keeping meetings is worth."""
    nodes, keep = aim.params.select_nodes, aim.keep
    selection = select(aim.problem, aim.gains, nodes=nodes, seconds=run.seconds_left(), keep=keep)
    if not keep.decides_ties_only:
        plain = select(aim.problem, aim.gains, nodes=nodes, seconds=run.seconds_left())
        selection = Selection(selection.pairs, plain.bound)
    run.bound = selection.bound
    return selection


def _placed(aim: Aim, selection: Selection, seed: int, run: Run) -> Placing:
    """The best of several tries at placing; many an event is placed whole by one of them."""
    random, best_worth = np.random.default_rng(seed), -1.0
    best = np.zeros(0, dtype=np.int64)
    for _ in range(max(1, aim.params.place_tries)):
        draws = random.random(len(selection.pairs))
        table = place(aim.problem, selection.pairs, draws, aim.keep.home)
        slots = np.array(table.slot, dtype=np.int64)
        if (worth := aim.worth(slots)) > best_worth:
            best, best_worth = slots, worth
        if aim.is_reached(slots, selection.bound) or run.over():
            break
    return best


def _tighten(aim: Aim, slots: Placing, seed: int, run: Run, gap: float) -> Relaxed | None:
    """Lower the bound to the relaxation's, where a wide gap makes it worth the time."""
    params, bound = aim.params, run.bound or 0
    small = aim.problem.usable.sum() <= params.relax_columns
    if bound - aim.value(slots) <= gap * bound or not small or run.over():
        return None
    locked = held_by_locks(aim.problem)
    relaxed = relax(aim, locked, seed=seed, seconds=run.seconds_left())
    run.bound = bound if relaxed is None else min(bound, relaxed.bound)
    return relaxed
