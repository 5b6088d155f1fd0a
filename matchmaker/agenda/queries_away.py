"""Who is away in which slot, and which meeting points are lost then."""

from sqlalchemy import and_, select

from matchmaker.events.models import Slot
from matchmaker.extensions import db
from matchmaker.registration.models import Absence, Participant
from matchmaker.registration.models_disruptions import Disruption

EVERYWHERE = 0  # no meeting point has this id


def away_in(event_id: int) -> set[tuple[int, int]]:
    """Participant and slot, wherever an absence overlaps a slot of the event."""
    overlap = and_(Absence.starts_at < Slot.ends_at, Slot.starts_at < Absence.ends_at)
    query = (
        select(Absence.participant_id, Slot.id)
        .join(Participant, Participant.id == Absence.participant_id)
        .join(Slot, and_(Slot.event_id == Participant.event_id, overlap))
        .where(Participant.event_id == event_id)
    )
    rows = db.session.connection().execute(query).all()
    return {(person, slot_id) for person, slot_id in rows}


def lost_in(event_id: int) -> set[tuple[int, int]]:
    """Meeting point and slot that organisers said are lost; `EVERYWHERE` stands for all points."""
    overlap = and_(Disruption.starts_at < Slot.ends_at, Slot.starts_at < Disruption.ends_at)
    rows = db.session.execute(
        select(Disruption.point_id, Slot.id)
        .join(Slot, and_(Slot.event_id == Disruption.event_id, overlap))
        .where(Disruption.event_id == event_id, Disruption.kind.in_(("point", "time")))
    )
    return {(point_id or EVERYWHERE, slot_id) for point_id, slot_id in rows}
