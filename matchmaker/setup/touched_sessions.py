"""What hangs on sessions: who attends them, and the meetings their new time falls on."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from matchmaker.agenda.models import Meeting, Seat
from matchmaker.events.models import Event, Slot
from matchmaker.extensions import db
from matchmaker.programme.models import Session
from matchmaker.registration.models import Absence
from matchmaker.registration.models_sessions import SessionChoice
from matchmaker.registration.queries_sessions import who_attends
from matchmaker.setup.blocks import Span, span_of, values_of
from matchmaker.setup.plan import Touched
from matchmaker.setup.rows import RowChange
from matchmaker.setup.touched_words import Rows, Words, ids_of, meetings, names_of

TIMES = ("starts_at", "ends_at", "travel_minutes", "event_id")


def of_attended_sessions(event: Event, rows: Sequence[RowChange]) -> list[Touched]:
    """Where the time of a session changes, or it goes or comes back."""
    moving = [
        row
        for row in rows
        if row.table == "session" and row.before is not None and set(row.after or ()) & set(TIMES)
    ]
    people = who_attends(event, [row.key[0] for row in moving])
    if not people:
        return []
    shifted = any(row.table == "slot" for row in rows)
    words = Words(event)
    fallen_on = () if shifted else _fallen_on(event, dict(_spans(moving)))
    return [
        Touched("attending", ids_of(people), names_of(people)),
        Touched("fallen on", ids_of(fallen_on), words.meetings(fallen_on), endpoint="repair.show"),
    ]


def _fallen_on(event: Event, spans: dict[int, Span]) -> Rows:
    """Meetings of those who attend, at a time that the session did not take so far."""
    if not spans:
        return ()
    away = select(Absence.id).where(
        Absence.participant_id == Seat.participant_id,
        Absence.session_id == SessionChoice.session_id,
        Absence.starts_at < Slot.ends_at,
        Absence.ends_at > Slot.starts_at,
    )
    new = or_(
        *(
            and_(SessionChoice.session_id == one, Slot.starts_at < end, Slot.ends_at > start)
            for one, (start, end) in spans.items()
        )
    )
    found = (
        select(Seat.meeting_id)
        .join(SessionChoice, SessionChoice.participant_id == Seat.participant_id)
        .join(Slot, Slot.id == Seat.slot_id)
        .where(new, ~away.exists())
    )
    free = and_(Meeting.kept.is_(False), Meeting.locked.is_(False))
    return meetings(event, and_(Meeting.id.in_(found), free))


def _spans(rows: Iterable[RowChange]) -> Iterable[tuple[int, Span]]:
    """What each session takes after the change, the way included; nothing of one that goes."""
    for row in rows:
        session = db.session.get_one(Session, row.key[0])
        after: dict[str, Any] = {**_values(session), **(row.after or {})}
        if after.get("event_id") is None:
            continue
        way = timedelta(minutes=after["travel_minutes"])
        start, end = (datetime.fromisoformat(after[name]) for name in ("starts_at", "ends_at"))
        yield session.id, (start - way, end + way)


def _values(session: Session) -> dict[str, Any]:
    return {
        **values_of(span_of(session)),
        "travel_minutes": session.travel_minutes,
        "event_id": session.event_id,
    }
