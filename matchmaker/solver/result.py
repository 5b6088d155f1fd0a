"""What a run yields: the schedule, its value and proof, and how it came about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from matchmaker.solver.objective import Terms
from matchmaker.solver.params import Params
from matchmaker.solver.problem import IntArray
from matchmaker.solver.schedule import Schedule
from matchmaker.solver.verify import Violation


class Held(Protocol):
    """A schedule and the weights it was made with: enough to ask why."""

    @property
    def schedule(self) -> Schedule: ...

    @property
    def params(self) -> Params: ...


@dataclass(frozen=True, eq=False)
class Result:
    """No schedule of the problem is worth more than `bound`; `violations` are the verifier's.

    `person_breaks` int[B] by body; the chosen pairs cannot meet with fewer breaks than
    `breaks_bound`; `seconds` by stage; `seed` and `params` repeat the run.
    """

    schedule: Schedule
    terms: Terms
    bound: int
    person_breaks: IntArray
    breaks_bound: int
    seed: int
    params: Params
    seconds: Mapping[str, float]
    violations: tuple[Violation, ...]

    @property
    def value(self) -> int:
        return self.terms.value

    @property
    def gap(self) -> float:
        """How far below the bound, as a fraction of it."""
        return (self.bound - self.value) / self.bound if self.bound else 0.0

    @property
    def breaks(self) -> int:
        return int(self.person_breaks.sum())
