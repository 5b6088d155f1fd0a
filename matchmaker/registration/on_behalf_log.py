"""What an organiser does for a participant, on record: each row changed, from what to what.

It is gathered as it is written, so that no page can forget it. What is wished of whom is left out,
since everybody of the team may read the log, and one of them may be the other side.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask import g
from flask_login import current_user
from sqlalchemy import event, inspect
from sqlalchemy.orm import Session, UOWTransaction

from matchmaker.audit.log_page import Line, lines_of
from matchmaker.audit.queries import Wanted, log_page
from matchmaker.audit.services import record
from matchmaker.events.models import ParticipantType
from matchmaker.extensions import db
from matchmaker.organisations.models import Organisation
from matchmaker.programme import models as programme
from matchmaker.registration.models import Participant
from matchmaker.registration.on_behalf import acts_on_behalf

DONE = "done for participant"
BEGUN = "acting begun"
GATHERED = "done on behalf"
TOLD = {
    "participant": (
        *("name", "organisation", "type", "country", "region", "languages", "status"),
        *("max_meetings", "job_title", "phone", "link", "about"),
    ),
    "item": ("kind", "title", "text", "category"),
    "absence": ("starts_at", "ends_at"),
    "session_choice": ("session",),
    "answer": ("value",),
    "request": ("state",),
    "meeting": ("state", "slot_id", "point_id"),
    "meeting_move": ("state",),
}
SAID_WITHOUT_CONTENT = ("wish", "organisation", "meeting_word")


def watch() -> None:
    """Once for all applications of a process: they share the session."""
    if not event.contains(db.session, "after_flush", _gather):
        event.listen(db.session, "after_flush", _gather)
        event.listen(db.session, "before_commit", _record)
        event.listen(db.session, "after_rollback", _forget)


def record_begun(person: Participant, actor_id: int) -> None:
    record(BEGUN, event_id=person.event_id, actor_id=actor_id, subject=person.ref)


def done_for(person: Participant) -> list[Line]:
    """The latest that organisers did for them, for the person to read."""
    found = log_page(person.event, Wanted(action=DONE, about=person.ref), None)
    return lines_of(person.event, found.entries, found.actors) if found.entries else []


def _gather(session: Session, _context: UOWTransaction) -> None:
    if not acts_on_behalf():
        return
    gathered = session.info.setdefault(GATHERED, {})
    for row in (*session.new, *session.dirty, *session.deleted):
        for name, before, after in _changes(row, gone=row in session.deleted):
            befores, afters = gathered.setdefault(name, ([], []))
            befores.append(before)
            afters.append(after)


def _changes(row: Any, *, gone: bool) -> Iterator[tuple[str, Any, Any]]:
    table = row.__tablename__
    if table in SAID_WITHOUT_CONTENT and (gone or inspect(row).modified or inspect(row).pending):
        yield table, None, "changed"
    for name in TOLD.get(table, ()):
        history = inspect(row).attrs[name].history
        before = (history.deleted or (None,))[0]
        after = None if gone else (history.added or (None,))[0]
        if gone:
            before = getattr(row, name)
        if before != after and (gone or history.has_changes()):
            yield name, _plain(before), _plain(after)


def _record(session: Session) -> None:
    if not acts_on_behalf():
        return
    session.flush()
    gathered = session.info.pop(GATHERED, None)
    if gathered:
        person: Participant = g.on_behalf
        told = {name: [_one(before), _one(after)] for name, (before, after) in gathered.items()}
        record(
            DONE,
            event_id=person.event_id,
            actor_id=current_user.id,
            subject=person.ref,
            **told,
        )


def _forget(session: Session) -> None:
    session.info.pop(GATHERED, None)


def _one(values: list[Any]) -> Any:
    """One value as it is, several as a list."""
    given = [value for value in values if value is not None]
    return given if len(given) > 1 else (given[0] if given else None)


def _plain(value: Any) -> Any:
    """As JSON takes it."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Organisation | ParticipantType):
        return value.name
    if isinstance(value, programme.Session):
        return value.title
    return str(value) if isinstance(value, StrEnum) else value
