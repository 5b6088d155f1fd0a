"""Questions about who attends which session of the programme."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, func, select

from matchmaker.collation import by_name
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.programme.models import Session
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.models_sessions import SessionChoice

AnyRow = Row[*tuple[Any, ...]]


def attending_each(event: Event) -> dict[int, int]:
    """How many of those who take part attend each session, by the session's id."""
    rows = db.session.execute(
        select(SessionChoice.session_id, func.count())
        .join(Participant, Participant.id == SessionChoice.participant_id)
        .where(Participant.event_id == event.id, Participant.status == Status.APPROVED)
        .group_by(SessionChoice.session_id)
    )
    return {session_id: number for session_id, number in rows}


def who_attends(event: Event, session_ids: Collection[int]) -> Sequence[AnyRow]:
    """Who of any standing chose one of these, with id and name, by name."""
    rows = db.session.execute(
        select(Participant.id, Participant.name)
        .join(SessionChoice, SessionChoice.participant_id == Participant.id)
        .where(Participant.event_id == event.id, SessionChoice.session_id.in_(session_ids))
        .distinct()
        .order_by(Participant.id)
    )
    return by_name(rows, lambda row: row.name)


def sessions_attended(person: Participant) -> list[Session]:
    rows = (
        select(Session)
        .join(SessionChoice, SessionChoice.session_id == Session.id)
        .where(SessionChoice.participant_id == person.id, Session.event_id == person.event_id)
        .order_by(Session.starts_at, Session.position, Session.id)
    )
    return list(db.session.scalars(rows))
