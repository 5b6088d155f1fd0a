"""When a run ends: small criteria that look at the effort spent, alone or several at once."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Effort:
    """What a run has spent so far; a round is one step of a search."""

    seconds: float
    rounds: int


class Stop(Protocol):
    """Says whether to end, and how long one uninterruptible step may still take."""

    def __call__(self, effort: Effort) -> bool: ...

    def seconds_left(self, effort: Effort) -> float: ...


@dataclass(frozen=True, slots=True)
class Never:
    """Leaves the end to the limits in `Params`: the same result on every machine."""

    def __call__(self, effort: Effort) -> bool:
        return False

    def seconds_left(self, effort: Effort) -> float:
        return math.inf


@dataclass(frozen=True, slots=True)
class AfterSeconds:
    seconds: float

    def __call__(self, effort: Effort) -> bool:
        return effort.seconds >= self.seconds

    def seconds_left(self, effort: Effort) -> float:
        return max(0.0, self.seconds - effort.seconds)


@dataclass(frozen=True, slots=True)
class AfterRounds:
    rounds: int

    def __call__(self, effort: Effort) -> bool:
        return effort.rounds >= self.rounds

    def seconds_left(self, effort: Effort) -> float:
        return math.inf


@dataclass(frozen=True, slots=True)
class WhenAsked:
    """Ends when `asked()` is true, for example `threading.Event().is_set`."""

    asked: Callable[[], bool]

    def __call__(self, effort: Effort) -> bool:
        return self.asked()

    def seconds_left(self, effort: Effort) -> float:
        return 0.0 if self.asked() else math.inf


@dataclass(frozen=True)
class FirstOf:
    """Ends with the first of several criteria."""

    stops: tuple[Stop, ...]

    def __call__(self, effort: Effort) -> bool:
        return any(stop(effort) for stop in self.stops)

    def seconds_left(self, effort: Effort) -> float:
        return min((stop.seconds_left(effort) for stop in self.stops), default=math.inf)
