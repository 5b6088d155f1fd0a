"""What an event is made of, as plain values: given to `create_event`."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NewTopic:
    """A topic; `parent` is the key of another topic of the same event."""

    key: str
    name: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class NewBlock:
    """A stretch of time for meetings, cut into slots of `minutes` with `pause` minutes between."""

    start: datetime
    end: datetime
    minutes: int
    pause: int = 0


@dataclass(frozen=True, slots=True)
class NewPoint:
    name: str
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class NewPermission:
    """Participants of type `kind` may ask and see those of type `other`; both are names."""

    kind: str
    other: str
    preferred: bool = False
    asks: bool = True
    sees: bool = True
