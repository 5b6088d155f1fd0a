"""Requests that wait or were accepted, and meetings that stay, as files hold them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

Moment = Annotated[datetime, Meta(tz=True)]
Said = Annotated[str, Meta(max_length=10_000)]
Reasons = Annotated[str, Meta(max_length=100_000)]
Value = Annotated[int, Meta(ge=-1_000_000, le=1_000_000)]


@dataclass(frozen=True, slots=True)
class PlainStep:
    """What was done with a request; `side` is empty for what time did."""

    at: Moment
    deed: Literal["asked", "edited", "proposed", "accepted", "declined", "withdrawn", "expired"]
    side: Literal["asker", "answerer", ""] = ""
    by_organiser: bool = False


@dataclass(frozen=True, slots=True)
class PlainRequest:
    """`times` are what the answerer proposes, `slot` the time asked for or agreed on, each by its
    start. `about` is whose offer or need it is about, and which of theirs, from 0.
    """

    asker: str
    answerer: str
    state: Literal["pending", "accepted"]
    created_at: Moment
    note: Said = ""
    answered_at: Moment | None = None
    proposed_at: Moment | None = None
    slot: Moment | None = None
    times: tuple[Moment, ...] = ()
    about: tuple[str, Annotated[int, Meta(ge=0)]] | None = None
    steps: tuple[PlainStep, ...] = ()


@dataclass(frozen=True, slots=True)
class PlainMeeting:
    """A meeting that two people settled (`kept`) or an organiser put there (`locked`).

    `reasons` is text as `codec` writes it.
    """

    a: str
    b: str
    start: Moment
    point: str
    kept: bool
    locked: bool
    value: Value
    reasons: Reasons = "[]"


@dataclass(frozen=True, slots=True)
class PlainAgreements:
    requests: tuple[PlainRequest, ...] = ()
    meetings: tuple[PlainMeeting, ...] = ()
