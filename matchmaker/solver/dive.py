"""Dive: make one slot of the relaxation whole after another, each time relaxing the others again.

The relaxation leaves many schedules nearly as good as its bound. A slot's meetings alone are a
small exact program, in which the prices speak for all other slots.
"""

import numpy as np

from matchmaker.solver.aim import Aim, Placing
from matchmaker.solver.further_rules import Columns
from matchmaker.solver.linear import Model
from matchmaker.solver.place import fill
from matchmaker.solver.problem import BoolArray
from matchmaker.solver.progress import Run
from matchmaker.solver.relax import Relaxed, relax_columns
from matchmaker.solver.timetable import Timetable

REACH = 0.2  # of the median value: what a column may lose by the prices and still be worth a look
TOWARDS = 0.03  # of it: what taking a whole meeting rather than none of it is worth
RESERVED = 2.0  # seconds left where the stop watches the clock: slots by the last prices are quick
QUICK = 0.2  # seconds for one slot's program once time is up; most take a few hundredths


def dive(aim: Aim, relaxed: Relaxed, seed: int, run: Run) -> Placing:
    """A schedule, mostly within half a percent of the relaxation's bound."""
    unit = float(np.median(aim.problem.values))
    near = _near(relaxed, max(1.0, REACH * unit))
    placed = relaxed.columns.placed.copy()
    late = min(RESERVED, run.seconds_left() / 3)
    current: Relaxed | None = relaxed
    open_slots = set(relaxed.columns.slot.tolist())
    while current is not None:
        following = None
        for slot in _most_whole_first(current):
            _settle(aim, current, slot, placed, unit * TOWARDS, run)
            open_slots.discard(slot)
            left = run.seconds_left() - late
            if left > 0 and not run.over():
                columns = _open(current.columns, near, placed, open_slots)
                following = relax_columns(aim, columns, seed=seed, seconds=left)
            if following is not None:
                break
        current = following
    return _filled(aim, placed)


def _near(relaxed: Relaxed, reach: float) -> BoolArray:
    """bool[E, T]: the columns that lose no more by the prices than `reach`."""
    pair, slot, placed = relaxed.columns.pair, relaxed.columns.slot, relaxed.columns.placed
    near = np.zeros((len(placed), int(slot.max()) + 1), dtype=np.bool_)
    near[pair, slot] = relaxed.reduced[: len(pair)] > -reach
    return near


def _open(columns: Columns, near: BoolArray, placed: Placing, slots: set[int]) -> Columns:
    """What is left for the pairs that are not placed yet, in slots that are not settled yet."""
    pair, slot = columns.pair, columns.slot
    left = near[pair, slot] & (placed[pair] < 0) & np.isin(slot, list(slots))
    return Columns(pair[left], slot[left], placed.copy())


def _most_whole_first(relaxed: Relaxed) -> list[int]:
    slot = relaxed.columns.slot
    taken = relaxed.taken[: len(slot)]
    broken = np.bincount(slot, np.minimum(taken, 1 - taken))
    return sorted(np.unique(slot).tolist(), key=broken.__getitem__)


def _settle(
    aim: Aim, relaxed: Relaxed, slot: int, placed: Placing, towards: float, run: Run
) -> None:
    """Place the meetings that are best in the slot, what they take of other slots paid for."""
    columns, matrix = relaxed.columns, relaxed.matrix
    since = np.flatnonzero(placed[columns.pair] == columns.slot)
    here = np.flatnonzero((columns.slot == slot) & (placed[columns.pair] < 0))
    if not len(here):
        return
    limits = relaxed.limits - matrix[:, since].sum(axis=1)
    rows = matrix[:, here]
    shared = np.diff(rows.indptr) < np.diff(matrix.indptr)
    paid = rows.T @ np.where(shared, relaxed.prices, 0)
    kept = aim.keep.bonus(columns.pair[here], columns.slot[here])
    model = Model(
        gain=relaxed.model.gain[here] + kept - paid + towards * relaxed.taken[here],
        lower=np.zeros(len(here)),
        upper=np.ones(len(here)),
        integral=np.ones(len(here), dtype=np.int64),
    )
    used = np.flatnonzero(np.diff(rows.indptr))
    entries = rows[used].tocoo()
    model.limit(entries.row, entries.col, limits[used], entries.data)
    seconds = max(QUICK, run.seconds_left())
    answer = model.maximise(nodes=aim.params.select_nodes, seconds=seconds)
    if answer.x is not None:
        placed[columns.pair[here[answer.x > 0.5]]] = slot


def _filled(aim: Aim, placed: Placing) -> Placing:
    table = Timetable.of(aim.problem, placed.tolist())
    fill(aim.problem, table)
    return np.array(table.slot, dtype=np.int64)
