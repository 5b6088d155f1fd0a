"""When people are free, as a table of yes and no: who shares no slot, and where it gets crowded."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select

from matchmaker.events.models import Event, MeetingPoint, Slot
from matchmaker.extensions import db
from matchmaker.insights.pair_keys import Numbers, distinct, keys_of, places, said_keys, without
from matchmaker.registration.models import Absence, Participant, Status

Table = NDArray[np.bool_]
Pairs = tuple[Numbers, Numbers]


@dataclass(frozen=True, slots=True)
class SlotDemand:
    """How many meetings wished for fall on a slot, if each is spread over the slots both have."""

    starts_at: datetime
    free: int
    demand: float
    points: int


@dataclass(frozen=True, slots=True)
class FreeTimes:
    """`free` says of each slot which people could meet then, by their place in `ids` and `types`.

    `wished` and `refused` are pairs of places: who wants to meet whom, and who does not.
    """

    ids: Numbers
    types: Numbers
    starts: list[datetime]
    free: Table
    wished: Pairs
    refused: Pairs


def free_times(event: Event) -> FreeTimes:
    """Everybody approved, in five queries."""
    people = db.session.execute(
        select(Participant.id, func.coalesce(Participant.type_id, 0))
        .where(Participant.event_id == event.id, Participant.status == Status.APPROVED)
        .order_by(Participant.id)
    ).all()
    slots = db.session.execute(
        select(Slot.id, Slot.starts_at).where(Slot.event_id == event.id).order_by(Slot.id)
    ).all()
    ids = np.array([row[0] for row in people], dtype=np.int64)
    return FreeTimes(
        ids=ids,
        types=np.array([row[1] for row in people], dtype=np.int64),
        starts=[row.starts_at for row in slots],
        free=_free(event, ids, np.array([row.id for row in slots], dtype=np.int64)),
        wished=places(said_keys(event, "must", "want"), ids, ids),
        refused=places(said_keys(event, "no"), ids, ids),
    )


def without_common_slot(event: Event, times: FreeTimes | None = None) -> set[int]:
    """Who wishes for somebody, and is free at no time at which any of these is.

    It looks at the person's own wishes alone, so that it tells nothing of what others said.
    """
    times = times or free_times(event)
    if not times.starts:
        return set()
    a, b = times.wished
    alone = np.zeros(len(times.ids), dtype=np.bool_)
    alone[a] = True
    alone[a[_common(times, a, b).any(axis=0)]] = False
    return set(times.ids[alone].tolist())


def demand_by_slot(event: Event, times: FreeTimes | None = None) -> list[SlotDemand]:
    """What is wished for against what there is room for, slot by slot."""
    times = times or free_times(event)
    points = _points(event)
    a, b = _wanted_pairs(times)
    common = _common(times, a, b)
    demand = common @ (1 / np.maximum(common.sum(axis=0, dtype=np.int16), 1))
    free = times.free.sum(axis=1)
    found = [
        SlotDemand(start, int(free[place]), round(float(demand[place]), 1), points)
        for place, start in enumerate(times.starts)
    ]
    return sorted(found, key=attrgetter("starts_at"))


def _common(times: FreeTimes, a: Numbers, b: Numbers) -> Table:
    """Of each slot, in which of these pairs both are free."""
    both: Table = np.take(times.free, a, axis=1) & np.take(times.free, b, axis=1)
    return both


def _wanted_pairs(times: FreeTimes) -> Pairs:
    """Each pair once, where one wants it and neither refuses."""
    wanted = without(distinct(_keys(times, times.wished)), _keys(times, times.refused))
    return wanted // len(times.ids), wanted % len(times.ids)


def _keys(times: FreeTimes, pairs: Pairs) -> Numbers:
    """A pair as one number, whichever way round it was said."""
    a, b = pairs
    keys: Numbers = np.minimum(a, b) * len(times.ids) + np.maximum(a, b)
    return keys


def _points(event: Event) -> int:
    counted = select(func.count(MeetingPoint.id)).where(MeetingPoint.event_id == event.id)
    return db.session.scalar(counted) or 0


def _free(event: Event, ids: Numbers, slots: Numbers) -> Table:
    """Of each slot who is not away then, by their places."""
    free = np.ones((len(slots), len(ids)), dtype=np.bool_)
    away = keys_of(
        Slot.id,
        Absence.participant_id,
        Slot.event_id == event.id,
        Absence.starts_at < Slot.ends_at,
        Absence.ends_at > Slot.starts_at,
        Participant.id == Absence.participant_id,
        Participant.event_id == event.id,
    )
    free[places(away, slots, ids)] = False
    return free
