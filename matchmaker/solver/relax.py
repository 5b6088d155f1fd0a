"""Relax: meetings cut into fractions, whose value no schedule exceeds and whose prices guide."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from matchmaker.solver.aim import Aim, Placing
from matchmaker.solver.further_rules import Columns
from matchmaker.solver.linear import FloatArray, Model, whole
from matchmaker.solver.plain_model import plain_model

if TYPE_CHECKING:
    from scipy.sparse import csr_array

NOISE = 1e-3  # on each gain; without it the relaxation is so degenerate that it takes minutes


@dataclass(frozen=True, eq=False)
class Relaxed:
    """What is taken of each column of the plain model, and the prices of its rows.

    `matrix` and `limits` are the rows. What `columns.placed` holds stays; it is worth
    `placed_value`.
    """

    model: Model
    matrix: "csr_array"
    limits: FloatArray
    columns: Columns
    taken: FloatArray
    prices: FloatArray
    placed_value: int

    @cached_property
    def reduced(self) -> FloatArray:
        """What each column adds beyond the prices of what it takes."""
        return np.asarray(self.model.gain - self.matrix.T @ self.prices)

    @property
    def bound(self) -> int:
        """What no schedule is worth more than: true for any prices, whoever computed them."""
        columns = np.maximum(self.reduced, 0) @ self.model.upper
        return self.placed_value + whole(float(self.limits @ self.prices + columns))


def relax(aim: Aim, placed: Placing, *, seed: int, seconds: float) -> Relaxed | None:
    """Every pair that is not placed, in every slot it may use."""
    pair, slot = np.nonzero(aim.problem.usable & (placed < 0)[:, None])
    return relax_columns(aim, Columns(pair, slot, placed), seed=seed, seconds=seconds)


def relax_columns(aim: Aim, columns: Columns, *, seed: int, seconds: float) -> Relaxed | None:
    """`None` where nothing is open, or where it takes too long.

    Where availability is scarce the bound is lower than the selection's, which forgets the slots.
    """
    if not len(columns.pair):
        return None
    model = plain_model(aim.problem, aim.gains, columns)
    matrix, limits = model.matrix(), np.concatenate(model.limits)
    steered = model.gain + np.random.default_rng(seed).random(len(model.gain)) * NOISE
    steered[: len(columns.pair)] += aim.keep.bonus(columns.pair, columns.slot)
    options = {} if math.isinf(seconds) else {"time_limit": seconds}
    from scipy.optimize import linprog  # noqa: PLC0415 - slow to load

    result = linprog(
        -steered,
        A_ub=matrix,
        b_ub=limits,
        bounds=np.column_stack([model.lower, model.upper]),
        method="highs-ipm",
        options=options,
    )
    if result.status != 0:
        return None
    prices = np.maximum(-result.ineqlin.marginals, 0)
    return Relaxed(model, matrix, limits, columns, result.x, prices, aim.value(columns.placed))
