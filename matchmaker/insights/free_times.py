"""When people are free, as a table of yes and no: who shares no slot, and where it gets crowded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from matchmaker.events.models import Event, MeetingPoint, Slot
from matchmaker.extensions import db
from matchmaker.registration.models import Absence, Participant, Status
from matchmaker.wishes.models import Wish

Table = NDArray[np.bool_]
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
    """`free` says of each person, by their place in `ids`, in which slots they could meet."""

    ids: NDArray[np.int64]
    starts: list[datetime]
    free: Table


def free_times(event: Event) -> FreeTimes:
    """Everybody approved, in three queries."""
    here = (Participant.event_id == event.id, Participant.status == Status.APPROVED)
    ids = np.array(
        db.session.scalars(select(Participant.id).where(*here).order_by(Participant.id)).all(),
        dtype=np.int64,
    )
    slots = db.session.execute(
        select(Slot.starts_at, Slot.ends_at)
        .where(Slot.event_id == event.id)
        .order_by(Slot.starts_at)
    ).all()
    away = db.session.execute(
        select(Absence.participant_id, Absence.starts_at, Absence.ends_at)
        .join(Absence.participant)
        .where(*here)
    ).all()
    return FreeTimes(ids, [row.starts_at for row in slots], ~_blocked(ids, slots, away))


def without_common_slot(event: Event, times: FreeTimes | None = None) -> set[int]:
    """Who wishes for somebody, and is free at no time at which any of these is.

    It looks at the person's own wishes alone, so that it tells nothing of what others said.
    """
    times = times or free_times(event)
    person, other = aliased(Participant), aliased(Participant)
    pairs = db.session.execute(
        select(Wish.person_id, Wish.other_id)
        .join(person, person.id == Wish.person_id)
        .join(other, other.id == Wish.other_id)
        .where(
            Wish.event_id == event.id,
            Wish.level.in_(("must", "want")),
            person.status == Status.APPROVED,
            other.status == Status.APPROVED,
        )
    ).all()
    if not pairs or not times.starts:
        return set()
    a, b = _places(times, pairs)
    shares = (times.free[a] & times.free[b]).any(axis=1)
    return set(times.ids[np.setdiff1d(a, a[shares])].tolist())


def demand_by_slot(event: Event, times: FreeTimes | None = None) -> list[SlotDemand]:
    """What is wished for against what there is room for, slot by slot."""
    times = times or free_times(event)
    points = _points(event)
    demand = np.zeros(len(times.starts))
    pairs = _wished_pairs(event)
    if pairs and times.starts:
        a, b = _places(times, pairs)
        common = times.free[a] & times.free[b]
        shared = np.maximum(common.sum(axis=1), 1)
        demand = (common / shared[:, None]).sum(axis=0)
    free = times.free.sum(axis=0)
    return [
        SlotDemand(start, int(free[place]), round(float(demand[place]), 1), points)
        for place, start in enumerate(times.starts)
    ]


def _wished_pairs(event: Event) -> list[tuple[int, int]]:
    """Each pair once, where one wants it and neither refuses."""
    person, other = aliased(Participant), aliased(Participant)
    said = db.session.execute(
        select(Wish.person_id, Wish.other_id, Wish.level)
        .join(person, person.id == Wish.person_id)
        .join(other, other.id == Wish.other_id)
        .where(
            Wish.event_id == event.id,
            person.status == Status.APPROVED,
            other.status == Status.APPROVED,
        )
    ).all()
    wanted = {(min(a, b), max(a, b)) for a, b, level in said if level != "no"}
    return sorted(wanted - {(min(a, b), max(a, b)) for a, b, level in said if level == "no"})


def _points(event: Event) -> int:
    counted = select(func.count(MeetingPoint.id)).where(MeetingPoint.event_id == event.id)
    return db.session.scalar(counted) or 0


def _blocked(ids: NDArray[np.int64], slots: Rows, away: Rows) -> Table:
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


def _places(times: FreeTimes, pairs: Any) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The places of both sides of each pair; who came in since the ids were read is left out."""
    both = np.array([tuple(pair) for pair in pairs], dtype=np.int64)
    both = both[np.isin(both, times.ids).all(axis=1)]
    return np.searchsorted(times.ids, both[:, 0]), np.searchsorted(times.ids, both[:, 1])
