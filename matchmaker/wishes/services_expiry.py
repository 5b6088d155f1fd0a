"""Reminding of requests without an answer, and ending them: what the worker does now and then.

Each request is a transaction of its own, begun by a conditional UPDATE: of two workers one does it,
and one that dies in the middle has done nothing.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from matchmaker.clock import now
from matchmaker.database import reading_only
from matchmaker.events.models import Event
from matchmaker.events.phases import WISHES_OPEN
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.wishes.expiry import expires_at, remind_from
from matchmaker.wishes.mails import mail_expiry, mail_reminder
from matchmaker.wishes.models import Request, RequestState
from matchmaker.wishes.queries import find_wish
from matchmaker.wishes.steps import note_step


def remind_and_expire() -> int:
    """Remind and end whatever is due; how many requests that were. Commits after each."""
    to_remind, to_end = _due()
    done = sum(_remind(request_id) for request_id in to_remind)
    return done + sum(_end(request_id) for request_id in to_end)


def _due() -> tuple[list[int], list[int]]:
    """Which requests to remind of and which to end; while wishes are closed time stands still."""
    with reading_only():
        moment, rows = now(), _pending()
        remind = [row.id for row, event in rows if (at := remind_from(row, event)) and at <= moment]
        end = [
            row.id
            for row, event in rows
            if row.reminded_at and (at := expires_at(row, event)) and at <= moment
        ]
        db.session.rollback()
    return remind, end


def _pending() -> Sequence[Any]:
    return db.session.execute(
        select(Request, Event)
        .join(Event, Event.id == Request.event_id)
        .where(
            Request.state == RequestState.PENDING,
            Event.request_days > 0,
            Event.phase.in_(WISHES_OPEN),
        )
        .order_by(Request.id)
    ).all()


def _remind(request_id: int) -> bool:
    request = _take(request_id, Request.reminded_at.is_(None), reminded_at=now())
    if request is not None:
        waits, answers = _sides(request)
        said = find_wish(answers, waits)
        mail_reminder(request, answers, waits, in_vain=said is not None and said.level == "no")
    db.session.commit()
    return request is not None


def _end(request_id: int) -> bool:
    values = {"state": RequestState.EXPIRED, "answered_at": now(), "proposed_at": None}
    waits = _waiting_side(request_id)
    request = _take(request_id, Request.reminded_at.is_not(None), **values)
    if request is not None and waits is not None:
        request.times = []
        note_step(request, None, "expired")
        other = request.answerer_id if waits.id == request.asker_id else request.asker_id
        mail_expiry(request, waits, db.session.get_one(Participant, other))
    db.session.commit()
    return request is not None


def _take(request_id: int, condition: Any, **values: Any) -> Request | None:
    """The request with its new values, if it still waits as it did."""
    changed = db.session.execute(
        update(Request)
        .where(Request.id == request_id, Request.state == RequestState.PENDING, condition)
        .values(**values)
    )
    if not changed.rowcount:  # type: ignore[attr-defined]
        return None
    return db.session.get(Request, request_id, populate_existing=True)


def _waiting_side(request_id: int) -> Participant | None:
    request = db.session.get(Request, request_id)
    return None if request is None else _sides(request)[0]


def _sides(request: Request) -> tuple[Participant, Participant]:
    """Who waits, and who is to answer."""
    asker = db.session.get_one(Participant, request.asker_id)
    answerer = db.session.get_one(Participant, request.answerer_id)
    return (asker, answerer) if request.proposed_at is None else (answerer, asker)
