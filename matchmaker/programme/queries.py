"""Questions about the programme: the sessions and meeting blocks of each day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.programme.models import Session


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a day: a session, or a block of meetings, which has no session."""

    starts_at: datetime
    ends_at: datetime
    session: Session | None = None
    slot_minutes: int = 0


def sessions_of(event: Event) -> list[Session]:
    """The event's sessions in order of time."""
    own = select(Session).where(Session.event_id == event.id)
    return list(db.session.scalars(own.order_by(Session.starts_at, Session.position, Session.id)))


def programme_by_day(event: Event) -> dict[date, list[Moment]]:
    """Sessions and meeting blocks by day, as the event's own clock counts days."""
    moments = [Moment(s.starts_at, s.ends_at, session=s) for s in sessions_of(event)]
    moments += [Moment(b.starts_at, b.ends_at, slot_minutes=b.slot_minutes) for b in event.blocks]
    days: dict[date, list[Moment]] = defaultdict(list)
    for moment in sorted(moments, key=lambda moment: moment.starts_at):
        days[moment.starts_at.astimezone(event.zone).date()].append(moment)
    return dict(days)
