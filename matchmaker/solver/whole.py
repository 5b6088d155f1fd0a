"""How good the whole is, term by term, and what more of something would add."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from matchmaker.solver.aim import Aim
from matchmaker.solver.keep import Keep
from matchmaker.solver.objective import REWARDED_MEETINGS, gains, promise_gain, sharing_gains
from matchmaker.solver.params import Params
from matchmaker.solver.place import place
from matchmaker.solver.problem import IntArray, Problem
from matchmaker.solver.result import Result
from matchmaker.solver.rewards import steps
from matchmaker.solver.select import select, selection_model

ROUNDING = 1e-6

Resource = Literal["point", "slot", "meeting_each"]


@dataclass(frozen=True, slots=True)
class Term:
    """A named part of what is aimed at; no schedule has more of it than `bound`."""

    name: str
    value: int
    bound: int


@dataclass(frozen=True, slots=True)
class More:
    """What one more would add to the value: `found` by a schedule, and at most `proved`."""

    resource: Resource
    found: int
    proved: int


def term_bounds(problem: Problem, result: Result, *, seconds: float) -> tuple[Term, ...]:
    """Each term with the most it could be if only it counted; together they may not be had."""
    terms, params = result.terms, result.params
    none = np.zeros((problem.people, 1), dtype=np.int64)
    width = max(REWARDED_MEETINGS, int(problem.min_meetings.max(initial=0)))
    sharing = np.zeros((problem.people, width), dtype=np.int64)
    sharing[:, :REWARDED_MEETINGS] = sharing_gains(problem, params)
    kept = np.arange(width) < problem.min_meetings[:, None]
    promises = kept * promise_gain(problem, params)
    return (
        Term("pair_value", terms.pair_value, _bound(problem, params, none, 1, seconds)),
        Term("sharing", terms.sharing, _bound(problem, params, sharing, 0, seconds)),
        Term("promises", terms.promises, _bound(problem, params, promises, 0, seconds)),
    )


def _bound(problem: Problem, params: Params, table: IntArray, weight: int, seconds: float) -> int:
    nodes = params.select_nodes
    return select(problem, table, nodes=nodes, seconds=seconds, value_weight=weight).bound


def what_more_would_add(problem: Problem, result: Result, *, seconds: float) -> tuple[More, ...]:
    """For one more point all the time, one more slot at the end, one more meeting for each."""
    if not len(problem.pairs):
        return ()
    return tuple(
        _more(larger, result, resource, seconds) for resource, larger in _enlarged(problem)
    )


def _enlarged(problem: Problem) -> Iterator[tuple[Resource, Problem]]:
    yield (
        "point",
        problem.replace(
            point_open=np.vstack([problem.point_open, np.ones((1, problem.slots))]),
            point_kind=np.append(problem.point_kind, np.bincount(problem.pair_kind).argmax()),
        ),
    )
    if problem.slots:
        by_slot = ("available", "point_open", "pair_slots", "interpreters")
        last = {name: getattr(problem, name) for name in by_slot}
        yield (
            "slot",
            problem.replace(
                **{name: np.hstack([table, table[:, -1:]]) for name, table in last.items()},
                slot_day=np.append(problem.slot_day, problem.slot_day[-1]),
            ),
        )
    yield "meeting_each", problem.replace(max_meetings=problem.max_meetings + 1)


def _more(larger: Problem, result: Result, resource: Resource, seconds: float) -> More:
    aim = Aim(larger, result.params, Keep.of(larger, result.schedule))
    nodes = result.params.select_nodes
    selection = select(larger, aim.gains, nodes=nodes, seconds=seconds)
    home = np.where(np.isin(np.arange(len(larger.pairs)), selection.pairs), aim.keep.home, -1)
    table = place(larger, selection.pairs, np.zeros(len(selection.pairs)), home)
    found = aim.value(np.array(table.slot, dtype=np.int64)) - result.value
    return More(resource, max(0, found), max(0, selection.bound - result.value))


def scarcest(problem: Problem, params: Params, most: int) -> list[tuple[int, int]]:
    """The people of whom one more meeting would add most to the bound, and how much at most.

    The price of a person's time in the relaxed selection; none below 1.
    """
    candidates = np.flatnonzero(problem.usable.any(axis=1))
    if not len(candidates):
        return []
    extra = steps(gains(problem, params), np.zeros(problem.people, dtype=np.int64))
    model = selection_model(problem, candidates, extra)
    from scipy.optimize import linprog  # noqa: PLC0415 - slow to load

    solved = linprog(
        -model.gain,
        A_ub=model.matrix(),
        b_ub=np.concatenate(model.limits),
        bounds=np.column_stack([model.lower, model.upper]),
    )
    if solved.status != 0:
        return []
    prices = np.floor(-solved.ineqlin.marginals[: problem.people] + ROUNDING).astype(int)
    order = np.argsort(-prices, kind="stable")[:most].tolist()
    return [(person, int(prices[person])) for person in order if prices[person] >= 1]
