"""Relax: a lower bound on what is lost, from the plain model with meetings cut into fractions."""

import math

import numpy as np

from matchmaker.solver.further_rules import Columns
from matchmaker.solver.linear import FloatArray, Model, whole
from matchmaker.solver.objective import gains
from matchmaker.solver.params import Params
from matchmaker.solver.plain_model import plain_model
from matchmaker.solver.problem import Problem

NOISE = 1e-3  # on each gain; without it the relaxation is so degenerate that it takes minutes


def relaxed_bound(problem: Problem, params: Params, *, seed: int, seconds: float) -> int | None:
    """What no schedule is worth more than; `None` where the relaxation takes too long.

    Where availability is scarce this is lower than the selection's bound, which forgets the slots.
    """
    pair, slot = np.nonzero(problem.usable)
    nothing = np.full(len(problem.pairs), -1)
    model = plain_model(problem, gains(problem, params), Columns(pair, slot, nothing))
    noise = np.random.default_rng(seed).random(len(model.gain)) * NOISE
    options = {} if math.isinf(seconds) else {"time_limit": seconds}
    from scipy.optimize import linprog  # noqa: PLC0415 - slow to load

    result = linprog(
        -(model.gain + noise),
        A_ub=model.matrix(),
        b_ub=np.concatenate(model.limits),
        bounds=np.column_stack([model.lower, model.upper]),
        method="highs-ipm",
        options=options,
    )
    return _bound(model, -result.ineqlin.marginals) if result.status == 0 else None


def _bound(model: Model, prices: FloatArray) -> int:
    """The bound that prices of the rows prove: true for any prices, whoever computed them."""
    prices = np.maximum(prices, 0)
    worth = model.gain - model.matrix().T @ prices
    columns = np.where(worth > 0, worth * model.upper, worth * model.lower)
    return whole(float(np.concatenate(model.limits) @ prices + columns.sum()))
