"""Meetings that their people change, and those they settled, which the next run keeps."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import aliased, joinedload

from matchmaker.agenda.models import Meeting
from matchmaker.agenda.queries_hits import FIXED, hits
from matchmaker.events.models import Event, MeetingPoint, Slot
from matchmaker.extensions import db
from matchmaker.matching.snapshot import Settled
from matchmaker.registration.models import Participant


class Change(NamedTuple):
    """A meeting in hand and its other side."""

    meeting: Meeting
    other: Participant


def find_own_meeting(me: Participant, meeting_id: int) -> Change | None:
    """The meeting of this id, cancelled or not, if `me` is one of the two."""
    own = or_(Meeting.a_id == me.id, Meeting.b_id == me.id)
    meeting = db.session.scalar(
        select(Meeting)
        .where(Meeting.id == meeting_id, Meeting.event_id == me.event_id, own)
        .options(joinedload(Meeting.slot), joinedload(Meeting.point))
    )
    if meeting is None:
        return None
    other_id = meeting.b_id if meeting.a_id == me.id else meeting.a_id
    return Change(meeting, db.session.get_one(Participant, other_id))


def settled_meetings(event: Event) -> tuple[Settled, ...]:
    """Meetings that people settled or organisers locked, for the next run to leave in place.

    One that can no longer be held is no longer kept.
    """
    lost = [hit.meeting_id for hit in hits(event.id, FIXED)]
    return _meetings(event, FIXED & Meeting.id.not_in(lost))


def published_meetings(event: Event) -> tuple[Settled, ...]:
    """Every meeting that stands, for the next run to keep as far as is asked of it."""
    return _meetings(event, true())


def _meetings(event: Event, which: ColumnElement[bool]) -> tuple[Settled, ...]:
    a, b = aliased(Participant), aliased(Participant)
    rows = db.session.execute(
        select(a.ref, b.ref, Slot.starts_at, MeetingPoint.name, Meeting.locked)
        .select_from(Meeting)
        .join(a, a.id == Meeting.a_id)
        .join(b, b.id == Meeting.b_id)
        .join(Slot, Slot.id == Meeting.slot_id)
        .join(MeetingPoint, MeetingPoint.id == Meeting.point_id)
        .where(Meeting.event_id == event.id, Meeting.state == "confirmed", which)
        .order_by(Slot.starts_at, Meeting.id)
    )
    return tuple(Settled(*row) for row in rows)
