"""Where a run stands: its clock, its rounds, and whom it tells."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from matchmaker.solver.stop import Effort, Stop


@dataclass(frozen=True, slots=True)
class Progress:
    """The best value and the lowest bound so far; `fraction` of the work is done."""

    stage: str
    value: int
    bound: int | None
    fraction: float


Listener = Callable[[Progress], None]


@dataclass
class Run:
    """One call of a search: counts its effort and says when to end."""

    stop: Stop
    listener: Listener | None = None
    bound: int | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    rounds: int = 0
    started: float = field(default_factory=time.perf_counter)

    @property
    def effort(self) -> Effort:
        return Effort(time.perf_counter() - self.started, self.rounds)

    def over(self) -> bool:
        return self.stop(self.effort)

    def seconds_left(self) -> float:
        return self.stop.seconds_left(self.effort)

    def tell(self, stage: str, value: int, fraction: float) -> None:
        if self.listener is not None:
            self.listener(Progress(stage, value, self.bound, fraction))

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - began
