"""What a user would pick instead: first come, first served; an engine on the plain model."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from matchmaker.solver import Problem
from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.timetable import Timetable, bits

Slots = np.ndarray  # int[E]: the slot of each pair, or -1


def first_come_first_served(problem: Problem, seed: int) -> Slots:
    """Requests in the order they happen to come in, each at the first slot both have free."""
    table = Timetable(problem)
    for pair in np.random.default_rng(seed).permutation(len(problem.pairs)).tolist():
        slots = table.shared(pair) & table.open_to(pair)
        if slots and table.has_room(pair):
            table.put(pair, next(bits(slots)))
    return np.array(table.slot)


def _rows(problem: Problem) -> tuple[np.ndarray, np.ndarray, coo_array, np.ndarray]:
    """The plain model: one column for each pair and slot; value is the plain sum."""
    pair, slot = np.nonzero(problem.usable)
    a, b = problem.pairs[pair].T
    people, slots, pairs = problem.people, problem.slots, len(problem.pairs)
    starts = np.cumsum([0, people * slots, pairs, slots])
    rows = [a * slots + slot, b * slots + slot, starts[1] + pair, starts[2] + slot]
    rows += [starts[3] + a, starts[3] + b]
    column = np.arange(len(pair))
    matrix = coo_array(
        (np.ones(len(column) * len(rows)), (np.concatenate(rows), np.tile(column, len(rows)))),
        shape=(starts[3] + people, len(column)),
    )
    limits = np.concatenate(
        [np.ones(people * slots + pairs), problem.capacity, problem.max_meetings]
    )
    return pair, slot, matrix.tocsr(), limits


def highs(problem: Problem, seconds: float) -> Slots:
    pair, slot, matrix, limits = _rows(problem)
    result = milp(
        -problem.values[pair].astype(float),
        constraints=LinearConstraint(matrix, -np.inf, limits),
        integrality=np.ones(len(pair)),
        bounds=Bounds(0, 1),
        options={"time_limit": seconds},
    )
    taken = np.zeros(len(pair), bool) if result.x is None else result.x > 0.5
    return _placing(problem, pair[taken], slot[taken])


def cp_sat(problem: Problem, seconds: float) -> Slots:
    from ortools.sat.python import cp_model

    pair, slot, matrix, limits = _rows(problem)
    model = cp_model.CpModel()
    held = [model.new_bool_var("") for _ in pair]
    for row, limit in enumerate(limits.tolist()):
        columns = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
        if len(columns) > limit:
            model.add(sum(held[c] for c in columns) <= int(limit))
    worth = problem.values[pair].tolist()
    model.maximize(sum(v * x for v, x in zip(worth, held, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    found = solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    taken = np.array([found and bool(solver.value(x)) for x in held])
    return _placing(problem, pair[taken], slot[taken])


def _placing(problem: Problem, pair: np.ndarray, slot: np.ndarray) -> Slots:
    slots = np.full(len(problem.pairs), -1)
    slots[pair] = slot
    return slots


def cp_sat_breaks(given: GivenMeetings, most_each: int, seconds: float) -> int | str | None:
    """CP-SAT at its best settings on the fewest breaks: our clauses, core-guided, one worker."""
    from ortools.sat.python import cp_model

    from matchmaker.solver.breaks_model import BreaksModel

    ours = BreaksModel(given, most_each)
    model = cp_model.CpModel()
    variables = [model.new_bool_var("") for _ in range(ours.clauses.top)]
    for clause in ours.clauses.clauses:
        model.add_bool_or(variables[v - 1] if v > 0 else ~variables[-v - 1] for v in clause)
    model.minimize(sum(variables[v - 1] for v in ours.breaks))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    solver.parameters.optimize_with_core = True
    solver.parameters.linearization_level = 0
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return "infeasible"
    return round(solver.objective_value) if status == cp_model.OPTIMAL else None
