"""The programme, and which of its sessions each participant attends."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from typing import Any

from sqlalchemy import Row, select

from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.snapshot import Session
from matchmaker.programme import models as programme
from matchmaker.registration.models_sessions import SessionChoice

AnyRow = Row[*tuple[Any, ...]]
Attended = dict[int, list[str]]


def programme_of(event: Event) -> tuple[tuple[Session, ...], Attended]:
    """The sessions, and the ids of those that people attend, by the participant's number.

    A session that was never named gets an id once somebody attends it.
    """
    row = programme.Session
    rows = db.session.execute(
        select(
            *(row.id, row.ref, row.title, row.starts_at, row.ends_at, row.room),
            *(row.travel_minutes, row.speaker, row.abstract),
        )
        .where(row.event_id == event.id)
        .order_by(row.starts_at, row.position, row.id)
    ).all()
    chosen = _chosen(event)
    ids = _ids(rows, {session_id for _person, session_id in chosen})
    attended: Attended = defaultdict(list)
    for person, session_id in chosen:
        attended[person].append(ids[session_id])
    return tuple(_session(each, ids.get(each.id, "")) for each in rows), attended


def _chosen(event: Event) -> list[tuple[int, int]]:
    session = programme.Session
    rows = db.session.execute(
        select(SessionChoice.participant_id, SessionChoice.session_id)
        .join(session, session.id == SessionChoice.session_id)
        .where(session.event_id == event.id)
        .order_by(session.starts_at, session.position, session.id)
    )
    return [(person, session_id) for person, session_id in rows]


def _ids(rows: Sequence[AnyRow], chosen: set[int]) -> dict[int, str]:
    ids = {row.id: row.ref for row in rows if row.ref}
    free = (name for name in map("s{}".format, count(1)) if name not in set(ids.values()))
    for row in rows:
        if row.id in chosen and row.id not in ids:
            ids[row.id] = next(free)
    return ids


def _session(row: AnyRow, name: str) -> Session:
    texts = {"room": row.room, "speaker": row.speaker, "abstract": row.abstract}
    return Session(
        row.title, row.starts_at, row.ends_at, id=name, travel_minutes=row.travel_minutes, **texts
    )
