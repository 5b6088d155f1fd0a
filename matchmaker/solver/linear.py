"""Integer programs in the words of this package, solved by HiGHS through scipy."""

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from matchmaker.solver.problem import IntArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

FloatArray = NDArray[np.float64]
TOLERANCE = 1e-4  # objectives are whole numbers; HiGHS is exact to about 1e-6


@dataclass(frozen=True, eq=False)
class Answer:
    """`x` is `None` where the limits ended the search first; `bound` holds in any case."""

    x: FloatArray | None
    bound: float


@dataclass
class Model:
    """Maximise `gain` over columns from `lower` to `upper`, each group of entries limited."""

    gain: FloatArray
    lower: FloatArray
    upper: FloatArray
    integral: IntArray
    parts: list[tuple[IntArray, IntArray, FloatArray]] = field(default_factory=list)
    limits: list[FloatArray] = field(default_factory=list)

    def limit(
        self, rows: IntArray, columns: IntArray, limits: Any, weights: float | FloatArray = 1.0
    ) -> None:
        """Add `len(limits)` rows: entry by entry, row `rows[i]` holds column `columns[i]`."""
        start = sum(map(len, self.limits))
        self.parts.append((rows + start, columns, np.broadcast_to(weights, rows.shape)))
        self.limits.append(np.asarray(limits, dtype=float))

    def matrix(self) -> "csr_array":
        from scipy.sparse import coo_array  # noqa: PLC0415 - slow to load

        rows, columns, weights = (np.concatenate(p) for p in zip(*self.parts, strict=True))
        shape = (sum(map(len, self.limits)), len(self.gain))
        return coo_array((weights, (rows, columns)), shape=shape).tocsr()

    def maximise(self, *, nodes: int, seconds: float) -> Answer:
        """The best found within the limits, and a bound on the best there is."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - slow to load

        options: dict[str, float] = {"mip_rel_gap": 0.0, "node_limit": nodes}
        if math.isfinite(seconds):
            options["time_limit"] = seconds
        result = milp(
            -self.gain,
            constraints=LinearConstraint(self.matrix(), -np.inf, np.concatenate(self.limits)),
            integrality=self.integral,
            bounds=Bounds(self.lower, self.upper),
            options=options,
        )
        dual = result.mip_dual_bound
        bound = -dual if dual is not None and np.isfinite(dual) else float(self.gain @ self.upper)
        return Answer(result.x, bound)


def whole(bound: float) -> int:
    """The largest whole number an exact objective can reach under a computed bound."""
    return math.floor(bound + TOLERANCE * max(1.0, abs(bound) * TOLERANCE))
