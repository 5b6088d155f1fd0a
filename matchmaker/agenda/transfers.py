"""The way between two moments of a day that are at different places. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Protocol

LONGEST = timedelta(hours=1)


class Placed(Protocol):
    """Anything at a place between two moments."""

    @property
    def start(self) -> datetime: ...

    @property
    def end(self) -> datetime: ...

    @property
    def place(self) -> str: ...

    @property
    def building(self) -> str: ...

    @property
    def is_own(self) -> bool:
        """Whether it is this person's alone, not for everybody."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """Going from one place to the next: `minutes` are what the programme leaves for it."""

    start: datetime
    end: datetime
    origin: str
    goal: str

    @property
    def minutes(self) -> int:
        return (self.end - self.start) // timedelta(minutes=1)


def transfers_between(moments: Sequence[Placed]) -> Iterator[Transfer]:
    """The ways between neighbours that are known to be in different rooms.

    Nothing is said where more than an hour lies between, since that is a pause, nor where one
    session follows at once on another: the room stands with each, and everybody goes.
    """
    order = sorted(moments, key=lambda moment: (moment.start, moment.end))
    for one, other in pairwise(order):
        left = other.start - one.end
        apart = one.building and other.building and one.building != other.building
        told = left > timedelta(0) or one.is_own or other.is_own
        if apart and told and timedelta(0) <= left <= LONGEST:
            yield Transfer(one.end, other.start, one.place, other.place)
