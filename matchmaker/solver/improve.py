"""Improve: trade single pairs, then take a few slots apart and put them together again exactly."""

import numpy as np

from matchmaker.solver.further_rules import Columns, add_further_rules
from matchmaker.solver.linear import Model
from matchmaker.solver.objective import gains, measure
from matchmaker.solver.params import Params
from matchmaker.solver.problem import BoolArray, IntArray, Problem
from matchmaker.solver.progress import Run
from matchmaker.solver.rewards import steps
from matchmaker.solver.trade import Trader

TRADES_A_PAIR = 3  # tries in a round; more find little that the next round would not
RESERVED = 1.0  # seconds left for compacting where the stop watches the clock

Placing = IntArray  # int[E]: the slot of each pair, or -1


def improve(problem: Problem, params: Params, slots: Placing, seed: int, run: Run) -> Placing:
    """A timetable worth at least as much, at the bound or when the limits are reached.

    Each round trades single pairs, quick and blind, then reassembles a few slots, slow and exact.
    """
    table, random = gains(problem, params), np.random.default_rng(seed)
    trader = Trader.of(problem, table)
    value, trades = _value(problem, params, slots), TRADES_A_PAIR * len(problem.pairs)
    reserve = RESERVED if params.compact_tries else 0.0
    for count in range(params.improve_rounds if problem.slots else 0):
        if value == run.bound or run.over() or run.seconds_left() < reserve:
            break
        slots = trader.trade(slots, random.random((min(trades, params.improve_trades), 2)))
        opened = np.sort(random.permutation(problem.slots)[: params.improve_slots])
        slots = reassemble(problem, params, table, slots, opened, run.seconds_left())
        value = _value(problem, params, slots)
        run.rounds += 1
        run.tell("improve", value, 0.3 + 0.6 * (count + 1) / params.improve_rounds)
    return slots


def _value(problem: Problem, params: Params, slots: Placing) -> int:
    return measure(problem, params, np.flatnonzero(slots >= 0)).value


def reassemble(
    problem: Problem,
    params: Params,
    table: IntArray,
    slots: Placing,
    opened: IntArray,
    seconds: float,
) -> Placing:
    """The best schedule that differs from the given one in the opened slots only."""
    elsewhere = (slots >= 0) & ~np.isin(slots, opened)
    free = np.zeros_like(problem.usable)
    free[:, opened] = problem.usable[:, opened]
    free[elsewhere] = False
    pair, slot = np.nonzero(free)
    if not len(pair):
        return slots
    placed = np.where(elsewhere, slots, -1)
    model = plain_model(problem, table, Columns(pair, slot, placed))
    answer = model.maximise(nodes=params.improve_nodes, seconds=seconds)
    if answer.x is None:
        return slots
    taken = answer.x[: len(pair)] > 0.5
    found = placed
    found[pair[taken]] = slot[taken]
    better = _value(problem, params, found) >= _value(problem, params, slots)
    return found if better else slots


def plain_model(problem: Problem, table: IntArray, columns: Columns) -> Model:
    """The plain model: one column for each pair and slot that may still be chosen."""
    pair, slot = columns.pair, columns.slot
    held = np.flatnonzero(columns.placed >= 0)
    counts = np.bincount(problem.pairs[held].ravel(), minlength=problem.people)
    extra = steps(table, counts)
    count, width = len(pair), len(pair) + len(extra)
    column = np.arange(count)
    a, b = problem.pairs[pair].T
    both, twice = np.concatenate([a, b]), np.concatenate([column, column])
    lower = np.zeros(width)
    lower[:count] = _is_locked(problem)[pair]
    model = Model(
        gain=np.concatenate([problem.values[pair], extra.gain]).astype(float),
        lower=lower,
        upper=np.ones(width),
        integral=(np.arange(width) < count).astype(np.int64),
    )
    model.limit(pair, column, np.ones(len(problem.pairs)))
    model.limit(slot, column, problem.capacity)
    at = problem.body[both] * problem.slots + np.concatenate([slot, slot])
    model.limit(at, twice, np.ones(problem.bodies * problem.slots))
    model.limit(both, twice, problem.max_meetings - counts)
    weights = np.concatenate([np.full(2 * count, -1.0), np.ones(len(extra))])
    model.limit(
        np.concatenate([both, extra.person]),
        np.concatenate([twice, np.arange(count, width)]),
        np.zeros(problem.people),
        weights,
    )
    add_further_rules(problem, model, columns)
    return model


def _is_locked(problem: Problem) -> BoolArray:
    locked = np.zeros(len(problem.pairs), dtype=np.bool_)
    locked[[m.pair for m in problem.locked]] = True
    return locked
