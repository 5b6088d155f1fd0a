"""What a new event begins with, as plain values: made by a template or from an earlier event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from matchmaker.events.parts import NewBlock, NewPermission, NewPoint, NewTopic
from matchmaker.questions.services import NewQuestion


@dataclass(frozen=True, slots=True)
class NewSession:
    title: str
    start: datetime
    end: datetime
    room: str = ""
    speaker: str = ""
    abstract: str = ""
    travel_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """An event without a name, a place or people; it goes on for `days`.

    `links` are those of video rooms by their names, `places` the most of a participant type,
    `settings` further columns of `Event`, `logo` the two sizes of one.
    """

    days: int
    types: Sequence[str]
    permissions: Sequence[NewPermission]
    topics: Sequence[NewTopic]
    blocks: Sequence[NewBlock]
    points: Sequence[NewPoint]
    sessions: Sequence[NewSession] = ()
    questions: Sequence[NewQuestion] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    logo: tuple[bytes, bytes] | None = None


def moment(first: date, day: int, at: time, zone: ZoneInfo) -> datetime:
    """So many days after the first, at this time of the event's clock."""
    return datetime.combine(first + timedelta(days=day), at, zone)
