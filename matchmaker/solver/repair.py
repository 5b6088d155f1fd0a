"""Repair: when something changes after publishing, as few meetings as possible change with it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matchmaker.solver.aim import Aim
from matchmaker.solver.finish import Finish
from matchmaker.solver.further_rules import Columns
from matchmaker.solver.keep import Keep
from matchmaker.solver.linear import Model, whole
from matchmaker.solver.order import in_own_order
from matchmaker.solver.params import Params
from matchmaker.solver.pipeline import solve
from matchmaker.solver.plain_model import plain_model
from matchmaker.solver.problem import IntArray, Locked, Problem
from matchmaker.solver.progress import Listener, Run
from matchmaker.solver.refill import refill
from matchmaker.solver.result import Result
from matchmaker.solver.schedule import Schedule
from matchmaker.solver.stop import Stop

SHARE_OF_MEDIAN = 0.5  # of a pair's value, that a change must gain in the middle of the front


@dataclass(frozen=True, eq=False)
class Repaired:
    """`result` holds every published meeting in its slot but `moved` and `dropped` (pairs).

    At least `fewest` published meetings must change, whatever is done.
    """

    result: Result
    moved: tuple[int, ...]
    dropped: tuple[int, ...]
    fewest: int

    @property
    def changes(self) -> int:
        return len(self.moved) + len(self.dropped)


def repair(
    problem: Problem,
    published: Schedule,
    *,
    stop: Stop,
    seed: int,
    params: Params,
    progress: Listener | None = None,
) -> Repaired:
    """The published schedule mended for a problem that has changed since; pairs keep their numbers.

    First the fewest changes, then those that come late rather than soon, then the value of what
    is kept, then of what is added: `result.bound` is the most that can be added to what is kept.
    Of equal values, meetings that must move go to a slot near their old one.
    A meeting that only changes its point is not counted: its people and its time stay.
    """
    run = Run(stop, progress)
    own, numbers = in_own_order(problem)
    number = np.argsort(numbers)
    with run.stage("keep"):
        kept, fewest = _keep_most(own, published.renumbered(number), params, run)
    held = own.replace(locked=_at_points(own, kept))
    before = published.renumbered(number).slots_of(len(own.pairs))
    with run.stage("fill"):
        slots, bound = refill(Aim(held, params, Keep.nothing(held)), before, run)
    stays = Keep(np.where(before >= 0, slots, -1), 0.0)
    result = Finish(problem, numbers, Aim(held, params, stays), seed, run).result(slots, bound)
    return _compared(result, published, fewest)


def repair_choices(
    problem: Problem,
    published: Schedule,
    *,
    stop: Stop,
    seed: int,
    params: Params,
    progress: Listener | None = None,
) -> tuple[Repaired, ...]:
    """From the fewest changes to the most value; each has more changes and more value than the
    one before. At most three."""
    fewest = repair(problem, published, stop=stop, seed=seed, params=params, progress=progress)
    median = float(np.median(problem.values)) if len(problem.values) else 0.0
    choices = [fewest]
    for worth in (SHARE_OF_MEDIAN * median, None):
        result = solve(
            problem,
            stop=stop,
            seed=seed,
            params=params,
            progress=progress,
            previous=published,
            keep_worth=worth,
        )
        choices.append(_compared(result, published, fewest.fewest))
    return tuple(_front(choices))


def _front(choices: list[Repaired]) -> Iterator[Repaired]:
    best = -1
    for choice in sorted(choices, key=lambda c: (c.changes, -c.result.value)):
        if choice.result.value > best:
            best = choice.result.value
            yield choice


def _compared(result: Result, published: Schedule, fewest: int) -> Repaired:
    now = {pair: slot for pair, slot, _ in result.schedule.meetings()}
    changed = [pair for pair, slot, _ in published.meetings() if now.get(pair) != slot]
    return Repaired(
        result=result,
        moved=tuple(pair for pair in changed if pair in now),
        dropped=tuple(pair for pair in changed if pair not in now),
        fewest=fewest,
    )


def _keep_most(
    problem: Problem, published: Schedule, params: Params, run: Run
) -> tuple[Schedule, int]:
    """The published meetings to keep, and how many must change at the least."""
    possible = [m for m in published.meetings() if problem.usable[m[0], m[1]]]
    if not possible:
        return Schedule.of([]), len(published)
    ours = {pair for pair, _, _ in possible}
    rows = np.array([*possible, *(m for m in problem.locked if m.pair not in ours)])
    count, locked = len(possible), [m.pair for m in problem.locked]
    model = _published_model(problem, rows)
    model.lower = np.isin(rows[:, 0], locked).astype(float)
    model.gain = (np.arange(len(rows)) < count).astype(float)
    answer = model.maximise(nodes=params.select_nodes, seconds=run.seconds_left())
    most = whole(answer.bound)
    if answer.x is not None:
        _prefer_late(problem, model, rows, round(float(model.gain @ answer.x)))
        second = model.maximise(nodes=params.select_nodes, seconds=run.seconds_left())
        answer = answer if second.x is None else second
    taken = model.lower if answer.x is None else answer.x
    kept = [m for m, x in zip(possible, taken, strict=False) if x > 0.5]
    return Schedule.of(kept), len(published) - most


def _published_model(problem: Problem, rows: IntArray) -> Model:
    """One column for each meeting at its published time."""
    nothing = np.full(len(problem.pairs), -1)
    no_extra = np.zeros((problem.people, 1), dtype=np.int64)
    return plain_model(problem, no_extra, Columns(rows[:, 0], rows[:, 1], nothing))


def _prefer_late(problem: Problem, model: Model, rows: IntArray, kept: int) -> None:
    """Of all ways to keep so many: the soon ones rather than the late ones, then the valuable."""
    counted = np.flatnonzero(model.gain > 0)
    model.limit(np.zeros_like(counted), counted, [-kept], -1.0)
    value = problem.values[rows[counted, 0]]
    soon = problem.slots - rows[counted, 1]
    model.gain[counted] = soon * (int(value.sum()) + 1) + value


def _at_points(problem: Problem, kept: Schedule) -> tuple[Locked, ...]:
    """The kept meetings at their points, or at another where theirs is closed or taken."""
    locked = {m.pair: m for m in problem.locked}
    taken = {(m.slot, m.point) for m in problem.locked}
    homeless: list[tuple[int, int]] = []
    for pair, slot, point in kept.meetings():
        if pair in locked:
            continue
        stays = problem.point_open[point, slot] and (slot, point) not in taken
        if stays and problem.point_kind[point] == problem.pair_kind[pair]:
            locked[pair] = Locked(pair, slot, point)
            taken.add((slot, point))
        else:
            homeless.append((pair, slot))
    for pair, slot in homeless:
        of_kind = problem.point_kind == problem.pair_kind[pair]
        open_points = np.flatnonzero(problem.point_open[:, slot] & of_kind).tolist()
        point = next(k for k in open_points if (slot, k) not in taken)
        locked[pair] = Locked(pair, slot, point)
        taken.add((slot, point))
    return tuple(locked.values())
