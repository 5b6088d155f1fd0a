"""How many meetings somebody has room for, and how many times two people are both free."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from matchmaker.events.models import Slot
from matchmaker.extensions import db
from matchmaker.registration.models import Absence, Participant


@dataclass(frozen=True, slots=True)
class Room:
    """`slots` is how many of the event's slots one is there for, `meetings` the most one takes."""

    slots: int
    meetings: int

    @property
    def most(self) -> int:
        return min(self.slots, self.meetings)


def room_of(me: Participant) -> Room:
    """How many meetings `me` can have."""
    most = me.event.max_meetings if me.max_meetings is None else me.max_meetings
    return Room(len(_free(_slots(me), _absences((me,)))), most)


def count_common(me: Participant, other: Participant) -> int:
    """How many slots there are in which neither is away."""
    return len(_free(_slots(me), _absences((me, other))))


def _slots(me: Participant) -> Sequence[Slot]:
    return db.session.scalars(select(Slot).where(Slot.event_id == me.event_id)).all()


def _absences(people: Iterable[Participant]) -> Sequence[Absence]:
    ids = [person.id for person in people]
    return db.session.scalars(select(Absence).where(Absence.participant_id.in_(ids))).all()


def _free(slots: Iterable[Slot], absences: Sequence[Absence]) -> list[Slot]:
    return [
        slot
        for slot in slots
        if not any(a.starts_at < slot.ends_at and slot.starts_at < a.ends_at for a in absences)
    ]
