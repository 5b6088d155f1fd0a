"""Questions about meeting points: whose booth one is, where a video room is."""

import hashlib
import hmac
from collections.abc import Collection

from sqlalchemy import select

from matchmaker.events.models import Event, MeetingPoint
from matchmaker.extensions import db
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.models_points import Booth, VideoRoom

ROOM = "{room}"


def booths_of(event: Event) -> dict[int, int]:
    """Whose each kept booth is, of those who take part: the participant by the meeting point."""
    rows = db.session.execute(
        select(Booth.point_id, Booth.participant_id)
        .join(Participant, Participant.id == Booth.participant_id)
        .where(Participant.event_id == event.id, Participant.status == Status.APPROVED)
    )
    return {point_id: participant_id for point_id, participant_id in rows}


def rooms_of(event: Event) -> dict[int, VideoRoom]:
    """The video rooms that have a link, by the meeting point."""
    own = select(VideoRoom).join(MeetingPoint, MeetingPoint.id == VideoRoom.point_id)
    rooms = db.session.scalars(own.where(MeetingPoint.event_id == event.id))
    return {room.point_id: room for room in rooms}


def room_links(event: Event) -> dict[str, str]:
    """The links of video rooms as they were given, by the meeting point's name."""
    rooms = rooms_of(event)
    return {point.name: rooms[point.id].link for point in event.points if point.id in rooms}


def link_of(room: VideoRoom | None, uid: str) -> str:
    """Where the meeting of this `uid` is held, for the two who meet; empty where nowhere is."""
    if room is None:
        return ""
    name = hmac.new(room.key.encode(), uid.encode(), hashlib.sha256).hexdigest()[:24]
    return room.link.replace(ROOM, name)


def booth_names(event: Event) -> dict[int, str]:
    """Whose each kept booth is, by name."""
    own = (
        select(Booth.point_id, Participant.name)
        .join(Participant, Participant.id == Booth.participant_id)
        .where(Participant.event_id == event.id)
    )
    return {point_id: name for point_id, name in db.session.execute(own)}


def online_ids(event: Event, people: Collection[int] | None = None) -> set[int]:
    """Who takes part online, of these people or of all."""
    online = select(Participant.id).where(Participant.event_id == event.id, Participant.online)
    if people is not None:
        online = online.where(Participant.id.in_(people))
    return set(db.session.scalars(online))


def meets_by_video(event: Event) -> bool:
    """Whether people can take part online at all."""
    return any(point.kind == "video" for point in event.points)
