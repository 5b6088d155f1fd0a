"""When people are free, as a table of yes and no: who shares no slot, and where it gets crowded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import BigInteger, Row, cast, func, select

from matchmaker.events.models import Event, MeetingPoint, Slot
from matchmaker.extensions import db
from matchmaker.registration.models import Absence, Participant, Status
from matchmaker.wishes.models import Wish

Table = NDArray[np.bool_]
Numbers = NDArray[np.int64]
WIDE = 2**32
Pairs = tuple[Numbers, Numbers]
Rows = Sequence[Row[*tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class SlotDemand:
    """How many meetings wished for fall on a slot, if each is spread over the slots both have."""

    starts_at: datetime
    free: int
    demand: float
    points: int


@dataclass(frozen=True, slots=True)
class FreeTimes:
    """`free` says of each person, by their place in `ids`, in which slots they could meet.

    `wished` and `refused` are pairs of places: who wants to meet whom, and who does not.
    """

    ids: Numbers
    starts: list[datetime]
    free: Table
    wished: Pairs
    refused: Pairs


def free_times(event: Event) -> FreeTimes:
    """Everybody approved, in five queries."""
    here = (Participant.event_id == event.id, Participant.status == Status.APPROVED)
    found = db.session.scalars(select(Participant.id).where(*here).order_by(Participant.id))
    ids = np.fromiter(found, dtype=np.int64)
    slots = db.session.execute(
        select(Slot.starts_at, Slot.ends_at)
        .where(Slot.event_id == event.id)
        .order_by(Slot.starts_at)
    ).all()
    away = (
        db.session.connection()
        .execute(
            select(Absence.participant_id, Absence.starts_at, Absence.ends_at)
            .join(Absence.participant)
            .where(*here)
        )
        .all()
    )
    return FreeTimes(
        ids=ids,
        starts=[row.starts_at for row in slots],
        free=~_blocked(ids, slots, away),
        wished=_said(event, ids, "must", "want"),
        refused=_said(event, ids, "no"),
    )


def without_common_slot(event: Event, times: FreeTimes | None = None) -> set[int]:
    """Who wishes for somebody, and is free at no time at which any of these is.

    It looks at the person's own wishes alone, so that it tells nothing of what others said.
    """
    times = times or free_times(event)
    if not times.starts:
        return set()
    a, b = times.wished
    shares = (times.free[a] & times.free[b]).any(axis=1)
    return set(times.ids[np.setdiff1d(a, a[shares])].tolist())


def demand_by_slot(event: Event, times: FreeTimes | None = None) -> list[SlotDemand]:
    """What is wished for against what there is room for, slot by slot."""
    times = times or free_times(event)
    points = _points(event)
    a, b = _wanted_pairs(times)
    common = times.free[a] & times.free[b]
    shares = 1 / np.maximum(common.sum(axis=1), 1)
    demand = shares @ common
    free = times.free.sum(axis=0)
    return [
        SlotDemand(start, int(free[place]), round(float(demand[place]), 1), points)
        for place, start in enumerate(times.starts)
    ]


def _wanted_pairs(times: FreeTimes) -> Pairs:
    """Each pair once, where one wants it and neither refuses."""
    wanted = _distinct(_keys(times, times.wished))
    wanted = wanted[~np.isin(wanted, _keys(times, times.refused), kind="sort")]
    return wanted // len(times.ids), wanted % len(times.ids)


def _distinct(keys: Numbers) -> Numbers:
    """Sorted, each once; numpy looks each up in a table, which takes ten times as long."""
    keys = np.sort(keys)
    return keys[np.diff(keys, prepend=-1) > 0]


def _keys(times: FreeTimes, pairs: Pairs) -> Numbers:
    """A pair as one number, whichever way round it was said."""
    a, b = pairs
    keys: Numbers = np.minimum(a, b) * len(times.ids) + np.maximum(a, b)
    return keys


def _said(event: Event, ids: Numbers, *levels: str) -> Pairs:
    """Who says so of whom among these people, by their places.

    Each pair travels as one number: there are tens of thousands.
    """
    pair = cast(Wish.person_id, BigInteger) * WIDE + Wish.other_id
    query = select(pair).where(Wish.event_id == event.id, Wish.level.in_(levels))
    keys = np.array(db.session.connection().scalars(query).all(), dtype=np.int64)
    a, b = keys // WIDE, keys % WIDE
    known = np.isin(a, ids) & np.isin(b, ids)
    return np.searchsorted(ids, a[known]), np.searchsorted(ids, b[known])


def _points(event: Event) -> int:
    counted = select(func.count(MeetingPoint.id)).where(MeetingPoint.event_id == event.id)
    return db.session.scalar(counted) or 0


def _blocked(ids: Numbers, slots: Rows, away: Rows) -> Table:
    blocked = np.zeros((len(ids), len(slots)), dtype=np.bool_)
    if not len(slots) or not away:
        return blocked
    slot_from, slot_to = _seconds([row[0] for row in slots]), _seconds([row[1] for row in slots])
    away_from, away_to = _seconds([row[1] for row in away]), _seconds([row[2] for row in away])
    overlaps = (away_from[:, None] < slot_to) & (slot_from < away_to[:, None])
    owners = np.array([row[0] for row in away], dtype=np.int64)
    known = np.isin(owners, ids)
    np.logical_or.at(blocked, np.searchsorted(ids, owners[known]), overlaps[known])
    return blocked


def _seconds(moments: list[datetime]) -> NDArray[np.float64]:
    return np.array([moment.timestamp() for moment in moments])
