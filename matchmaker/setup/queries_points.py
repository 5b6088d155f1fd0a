"""What is said of a meeting point, and which published meetings are held there."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, select

from matchmaker.agenda.models import Meeting
from matchmaker.clock import now
from matchmaker.events.models import Event, MeetingPoint, Slot
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.registration.models_points import Booth, VideoRoom


@dataclass(frozen=True, slots=True)
class PointSaid:
    """What an organiser says of one meeting point; `kept_for` is a participant's reference."""

    name: str
    kind: str
    kept_for: str = ""
    link: str = ""


def said_of(point: MeetingPoint) -> PointSaid:
    """The meeting point as it is now."""
    booth, room = db.session.get(Booth, point.id), db.session.get(VideoRoom, point.id)
    owner = db.session.get(Participant, booth.participant_id) if booth else None
    return PointSaid(
        name=point.name,
        kind=point.kind,
        kept_for=owner.ref if owner else "",
        link=room.link if room else "",
    )


def met_there(event: Event, points: Iterable[MeetingPoint]) -> list[int]:
    """The published meetings to come at these meeting points, by id."""
    return [row.id for row in db.session.scalars(meetings_there(event, points))]


def meetings_there(event: Event, points: Iterable[MeetingPoint]) -> Select[Meeting]:
    """Published meetings to come at these meeting points, in order of time."""
    there = select(Meeting).join(Slot, Slot.id == Meeting.slot_id)
    return there.where(
        Meeting.event_id == event.id,
        Meeting.state == "confirmed",
        Meeting.point_id.in_([point.id for point in points]),
        Slot.ends_at > now(),
    ).order_by(Slot.starts_at, Meeting.id)
