"""When two people are both free and a meeting point is, as far as the agenda is settled."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select

from matchmaker.agenda.models import Meeting, Seat
from matchmaker.agenda.rest import tiring
from matchmaker.clock import now
from matchmaker.events.models import Event, Slot
from matchmaker.extensions import db
from matchmaker.matching.point_kinds import PointKinds
from matchmaker.registration.availability import blocked
from matchmaker.registration.models import Participant
from matchmaker.registration.models_disruptions import Disruption
from matchmaker.registration.queries_points import booths_of, online_ids


def common_slots(
    one: Participant, other: Participant, *, leaving: Collection[int] = ()
) -> list[Slot]:
    """The slots to come in which both are free and a meeting point is, in order of time.

    Neither has too many meetings in a row then; one that moves leaves its slot.
    """
    event = one.event
    slots = [slot for slot in event.slots if slot.starts_at > now()]
    away = blocked(slots, one.absences) | blocked(slots, other.absences)
    taken: set[int] = set()
    for busy in (busy_slots(one), busy_slots(other)):
        taken |= busy | tiring(event, busy - {*leaving})
    places, fitting = open_points(event), fitting_points(event, one.id, other.id)
    return [
        slot
        for slot in slots
        if slot.starts_at not in away
        and slot.id not in taken
        and not fitting.isdisjoint(places[slot.id])
    ]


def busy_slots(person: Participant) -> set[int]:
    """The slots in which the person sits in a meeting, for whichever organisation."""
    held = Participant.id == person.id
    if person.in_person:
        held |= (Participant.user_id == person.user_id) & Participant.in_person
    rows = (
        select(Seat.slot_id)
        .join(Participant, Participant.id == Seat.participant_id)
        .where(Participant.event_id == person.event_id, held)
    )
    return set(db.session.scalars(rows))


def points_used(event: Event) -> dict[int, set[int]]:
    """The meeting points taken in each slot."""
    rows = select(Meeting.slot_id, Meeting.point_id).where(
        Meeting.event_id == event.id, Meeting.state == "confirmed"
    )
    used: dict[int, set[int]] = defaultdict(set)
    for slot_id, point_id in db.session.execute(rows):
        used[slot_id].add(point_id)
    return used


def open_points(event: Event) -> dict[int, list[int]]:
    """The meeting points that nobody has and that are not lost, in their order, for each slot."""
    used, lost = points_used(event), _lost(event)
    return {
        slot.id: [
            point.id
            for point in event.points
            if point.id not in used[slot.id]
            and not any(each.takes(slot, point.id) for each in lost)
        ]
        for slot in event.slots
    }


def fitting_points(event: Event, a_id: int, b_id: int) -> set[int]:
    """The meeting points at which these two may meet, lost or taken ones too."""
    kinds = point_kinds(event, [a_id, b_id])
    wanted = kinds.of_pair(a_id, b_id)
    numbered = zip(event.points, kinds.of_points, strict=True)
    return {point.id for point, kind in numbered if kind == wanted}


def point_kinds(event: Event, people: Collection[int] | None = None) -> PointKinds[int]:
    """Of which kinds the event's meeting points are, for these people or all of them."""
    kinds = {point.kind for point in event.points}
    whose = booths_of(event) if "booth" in kinds else {}
    points = [(point.kind, whose.get(point.id)) for point in event.points]
    return PointKinds(points, online_ids(event, people) if "video" in kinds else ())


def free_point(event: Event, slot: Slot, a_id: int, b_id: int) -> int | None:
    """The first meeting point to be had then for these two."""
    fitting = fitting_points(event, a_id, b_id)
    return next((point for point in open_points(event)[slot.id] if point in fitting), None)


class _Lost(NamedTuple):
    """A meeting point that cannot be used for a while; all of them where none is named."""

    point_id: int | None
    start: datetime
    end: datetime

    def takes(self, slot: Slot, point_id: int) -> bool:
        there = self.point_id in (None, point_id)
        return there and self.start < slot.ends_at and slot.starts_at < self.end


def _lost(event: Event) -> list[_Lost]:
    row = Disruption
    told = select(row.point_id, row.starts_at, row.ends_at).where(
        row.event_id == event.id, row.kind.in_(("point", "time"))
    )
    return [_Lost(*each) for each in db.session.execute(told)]


def has_room(person: Participant) -> bool:
    """Whether one more meeting stays within what the person, or the event, has as the most."""
    most = person.event.max_meetings if person.max_meetings is None else person.max_meetings
    return count_meetings(person) < most


def count_meetings(person: Participant) -> int:
    own = or_(Meeting.a_id == person.id, Meeting.b_id == person.id)
    count = select(func.count()).select_from(Meeting).where(own, Meeting.state == "confirmed")
    return db.session.scalar(count) or 0
