"""What a single meeting costs or is worth to the whole: with a bound, so that it may be proved."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matchmaker.solver.aim import Aim, Placing
from matchmaker.solver.keep import Keep
from matchmaker.solver.place import fill, place
from matchmaker.solver.problem import IntArray, Problem
from matchmaker.solver.result import Held
from matchmaker.solver.schedule import Schedule
from matchmaker.solver.select import select
from matchmaker.solver.timetable import UNPLACED, Timetable
from matchmaker.solver.trade import Trader

PLACED = 20_000  # pairs looked at in placing anew: a few tenths of a second
SECONDS = 0.5  # for the bound; what is not proved by then is told as found


@dataclass(frozen=True, slots=True)
class Cost:
    """The value lost where one pair is forced in, or left out.

    The simplest way loses `simple`, holding `brought_in` instead of `pushed_out`. The best way
    found loses `found` and exchanges `exchanged` meetings; none loses less than `proved`. Below 0
    something is gained.
    """

    simple: int
    pushed_out: tuple[int, ...]
    brought_in: tuple[int, ...]
    found: int
    exchanged: int
    proved: int

    @property
    def is_proved(self) -> bool:
        return self.found <= self.proved


def cost_of_holding(problem: Problem, result: Held, pair: int) -> Cost | None:
    """What it costs that an unplaced pair meets; `None` where no way was found."""
    aim = Aim(problem, result.params, Keep.nothing(problem))
    slots = slots_of(problem, result.schedule)
    found = Trader.of(aim).with_pair(slots, pair)
    if found is None:
        return None
    return _cost(aim, slots, found, pair)


def cost_of_leaving_out(problem: Problem, result: Held, pair: int) -> Cost | None:
    """What it costs that a placed pair does not meet; `None` where it is locked."""
    if pair in {meeting.pair for meeting in problem.locked}:
        return None
    slots = slots_of(problem, result.schedule)
    allowed = problem.pair_slots.copy()
    allowed[pair] = False
    without = problem.replace(pair_slots=allowed)
    table = Timetable.of(without, np.where(np.arange(len(slots)) == pair, UNPLACED, slots).tolist())
    fill(without, table)
    aim = Aim(without, result.params, Keep.nothing(problem))
    return _cost(aim, slots, np.array(table.slot, dtype=np.int64), None)


def slots_of(problem: Problem, schedule: Schedule) -> Placing:
    slots = np.full(len(problem.pairs), UNPLACED, dtype=np.int64)
    slots[schedule.pair] = schedule.slot
    return slots


def _cost(aim: Aim, slots: Placing, found: Placing, held: int | None) -> Cost:
    """Compare with the best found: by single changes, or by selecting and placing anew."""
    now, simple, nodes = aim.value(slots), found, aim.params.select_nodes
    selection = select(aim.problem, aim.gains, nodes=nodes, seconds=SECONDS, held=held)
    for anew in _placed_anew(aim, selection.pairs, slots):
        if aim.value(found) >= selection.bound:
            break
        counts = held is None or anew[held] != UNPLACED
        found = anew if counts and aim.value(anew) > aim.value(found) else found
    pushed_out, brought_in = _exchanged(slots, simple, held)
    return Cost(
        simple=now - aim.value(simple),
        pushed_out=pushed_out,
        brought_in=brought_in,
        found=now - aim.value(found),
        exchanged=sum(map(len, _exchanged(slots, found, held))),
        proved=now - selection.bound,
    )


def _exchanged(
    before: Placing, after: Placing, held: int | None
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who no longer meets, and who meets instead but the pair asked about."""
    gone = np.flatnonzero((before >= 0) & (after < 0)).tolist()
    new = np.flatnonzero((before < 0) & (after >= 0)).tolist()
    return tuple(gone), tuple(pair for pair in new if pair != held)


def _placed_anew(aim: Aim, pairs: IntArray, slots: Placing) -> Iterator[Placing]:
    """The chosen pairs placed: where they were as far as they go, then anew, a few times."""
    random, nowhere = np.random.default_rng(0), np.full(len(slots), UNPLACED)
    chosen = np.isin(np.arange(len(slots)), pairs)
    for count in range(1 + PLACED // (len(slots) + 1)):
        home = nowhere if count else np.where(chosen, slots, UNPLACED)
        table = place(aim.problem, pairs, random.random(len(pairs)), home)
        yield np.array(table.slot, dtype=np.int64)
