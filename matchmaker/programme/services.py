"""Adding to the programme."""

from datetime import datetime

from flask_babel import gettext as _

from matchmaker.errors import Invalid
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.programme.models import Session


def add_session(
    event: Event,
    *,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    room: str = "",
    speaker: str = "",
    abstract: str = "",
    position: int = 0,
) -> Session:
    """Add one session; sessions of the same time are shown in order of `position`."""
    if ends_at <= starts_at:
        raise Invalid(_("The session %(title)s ends before it begins.", title=title))
    session = Session(
        event_id=event.id,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        room=room,
        speaker=speaker,
        abstract=abstract,
        position=position,
    )
    db.session.add(session)
    db.session.flush()
    return session
