"""Improve: trade single pairs, then take a few slots apart and put them together again exactly."""

import numpy as np

from matchmaker.solver.aim import Aim, Placing
from matchmaker.solver.further_rules import Columns
from matchmaker.solver.linear import whole
from matchmaker.solver.plain_model import plain_model
from matchmaker.solver.problem import IntArray
from matchmaker.solver.progress import Run
from matchmaker.solver.trade import Trader

TRADES_A_PAIR = 3  # tries in a round; more find little that the next round would not
SMALL = 200  # columns of the plain model that are no effort for the engine all at once
HOMEWARD = 0.5
RESERVED = 1.0  # seconds left for compacting where the stop watches the clock


def improve(aim: Aim, slots: Placing, seed: int, run: Run) -> Placing:
    """A timetable worth at least as much, at the bound or when the limits are reached.

    Each round trades single pairs, quick and blind, then reassembles a few slots, slow and exact.
    A small problem is reassembled whole, at once.
    """
    if aim.problem.usable.sum() <= SMALL and not aim.is_reached(slots, run.bound):
        return _whole(aim, slots, run)
    problem, params, random = aim.problem, aim.params, np.random.default_rng(seed)
    trader = Trader.of(aim)
    trades = min(TRADES_A_PAIR * len(problem.pairs), params.improve_trades)
    reserve = _reserve(aim, run)
    for count in range(params.improve_rounds if problem.slots else 0):
        if aim.is_reached(slots, run.bound) or run.over() or run.seconds_left() < reserve:
            break
        if aim.value(slots) != run.bound:
            slots = trader.trade(slots, random.random((trades, 2)))
        opened = _to_open(aim, slots, random)
        seconds = run.seconds_left()
        slots, _ = reassemble(aim, slots, opened, nodes=params.improve_nodes, seconds=seconds)
        run.rounds += 1
        run.tell("improve", aim.value(slots), 0.3 + 0.6 * (count + 1) / params.improve_rounds)
    return slots


def _whole(aim: Aim, slots: Placing, run: Run) -> Placing:
    """The best schedule there is, most likely, and a bound on its value."""
    every = np.arange(aim.problem.slots)
    found, bound = reassemble(
        aim, slots, every, nodes=aim.params.select_nodes, seconds=run.seconds_left()
    )
    if run.bound is not None and aim.keep.decides_ties_only:
        run.bound = min(run.bound, whole(bound))
    return found


def _reserve(aim: Aim, run: Run) -> float:
    """The seconds to leave for compacting: a third of what there is where that is little."""
    return min(RESERVED, run.seconds_left() / 3) if aim.params.compact_tries else 0.0


def _to_open(aim: Aim, slots: Placing, random: np.random.Generator) -> IntArray:
    """Some slots by lot; every other time those that would bring a meeting home."""
    opened = random.permutation(aim.problem.slots)
    moved = np.flatnonzero((aim.keep.home >= 0) & (slots != aim.keep.home))
    if len(moved) and random.random() < HOMEWARD:
        pair = moved[random.integers(len(moved))]
        first = [aim.keep.home[pair], *slots[[pair]][slots[[pair]] >= 0]]
        opened = np.concatenate([first, np.setdiff1d(opened, first, assume_unique=True)])
    return np.sort(opened[: aim.params.improve_slots])


def reassemble(
    aim: Aim, slots: Placing, opened: IntArray, *, nodes: int, seconds: float
) -> tuple[Placing, float]:
    """The best schedule that differs from the given one in the opened slots only.

    Beside it the most that is to be had there, on top of what the other slots hold.
    """
    elsewhere = (slots >= 0) & ~np.isin(slots, opened)
    free = np.zeros_like(aim.problem.usable)
    free[:, opened] = aim.problem.usable[:, opened]
    free[elsewhere] = False
    pair, slot = np.nonzero(free)
    if not len(pair):
        return slots, 0.0
    found = np.where(elsewhere, slots, -1)
    model = plain_model(aim.problem, aim.gains, Columns(pair, slot, found))
    model.gain[: len(pair)] += aim.keep.bonus(pair, slot)
    answer = model.maximise(nodes=nodes, seconds=seconds)
    if answer.x is None:
        return slots, answer.bound
    taken = answer.x[: len(pair)] > 0.5
    found[pair[taken]] = slot[taken]
    return found if aim.worth(found) >= aim.worth(slots) else slots, answer.bound
