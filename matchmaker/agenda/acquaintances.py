"""Whom a participant meets, for those who ask what may be shown to them."""

from sqlalchemy import case, or_, select

from matchmaker.agenda.models import Meeting
from matchmaker.extensions import db
from matchmaker.registration.models import Participant


def met_by(me: Participant) -> frozenset[int]:
    """The ids of those with whom `me` has a meeting that is not cancelled, held or to come."""
    other = case((Meeting.a_id == me.id, Meeting.b_id), else_=Meeting.a_id)
    meetings = select(other).where(
        or_(Meeting.a_id == me.id, Meeting.b_id == me.id), Meeting.state == "confirmed"
    )
    return frozenset(db.session.scalars(meetings))
