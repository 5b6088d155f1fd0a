"""What becomes of an agreement to meet; `agenda`, which comes after this feature, does it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flask import current_app

from matchmaker.events.models import Slot
from matchmaker.registration.models import Participant


@dataclass(frozen=True, slots=True)
class MeetingTime:
    """When and where two meet, the meeting's `id` for addresses.

    `cancelled` where it is off; `asked` where the other side, called `name`, would like another
    time.
    """

    id: int
    start: datetime
    end: datetime
    point: str
    cancelled: bool = False
    asked: bool = False
    name: str = ""


class Planner(Protocol):
    def common_times(self, me: Participant, other: Participant) -> Sequence[Slot]:
        """The slots to come in which both are free and a meeting point is."""

    def place(self, one: Participant, other: Participant, wanted: Slot | None) -> bool:
        """Give the meeting a time, the one wanted if any, and tell both; whether that was done."""

    def meeting_times(self, me: Participant) -> Mapping[int, MeetingTime]:
        """When `me` meets whom, by the other's id."""


def planner() -> Planner:
    """The one that the application was given."""
    given: Planner = current_app.extensions["matchmaker.planner"]
    return given
