"""Questions about the changes of an event's set-up."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.setup.models import SetupChange


def latest_change(event: Event, part: str = "") -> SetupChange | None:
    """The last change, of a part or of anything, with who made it."""
    query = select(SetupChange).where(SetupChange.event_id == event.id)
    if part:
        query = query.where(SetupChange.part == part)
    latest = query.options(joinedload(SetupChange.by)).order_by(SetupChange.version.desc())
    return db.session.scalar(latest.limit(1))


def version_of(event: Event, part: str) -> int:
    """The version that last changed the part; 0 before any. Forms carry it."""
    query = select(func.max(SetupChange.version)).where(
        SetupChange.event_id == event.id, SetupChange.part == part
    )
    return db.session.scalar(query) or 0


def next_version(event: Event) -> int:
    query = select(func.max(SetupChange.version)).where(SetupChange.event_id == event.id)
    return (db.session.scalar(query) or 0) + 1
