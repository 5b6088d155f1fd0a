"""Enters the programme of a snapshot, and who attends what of it."""

from typing import Any

from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.exchange.entering import Participants, enter_rows
from matchmaker.extensions import db
from matchmaker.matching.snapshot import Interval, Session, Snapshot
from matchmaker.programme import models as programme
from matchmaker.registration.models import Absence
from matchmaker.registration.models_sessions import SessionChoice


def enter_sessions(event: Event, snapshot: Snapshot, participants: Participants) -> None:
    """The programme, who attends what, and the time that it takes of them."""
    rows = [_row(event, place, session) for place, session in enumerate(snapshot.sessions)]
    db.session.add_all(rows)
    db.session.flush()
    numbers = {session.id: row.id for session, row in zip(snapshot.sessions, rows, strict=True)}
    takes = {session.id: session.takes for session in snapshot.sessions}
    attended = [
        (participants[person.id].id, name) for person in snapshot.people for name in person.sessions
    ]
    enter_rows(
        SessionChoice,
        [
            {"participant_id": person, "session_id": numbers[name], "chosen_at": now()}
            for person, name in attended
        ],
    )
    enter_rows(Absence, [_absence(person, numbers[name], takes[name]) for person, name in attended])


def _row(event: Event, place: int, session: Session) -> programme.Session:
    return programme.Session(
        event_id=event.id,
        title=session.title,
        starts_at=session.start,
        ends_at=session.end,
        room=session.room,
        ref=session.id,
        travel_minutes=session.travel_minutes,
        speaker=session.speaker,
        abstract=session.abstract,
        position=place,
    )


def _absence(person_id: int, session_id: int, takes: Interval) -> dict[str, Any]:
    return {
        "participant_id": person_id,
        "session_id": session_id,
        "starts_at": takes.start,
        "ends_at": takes.end,
    }
