"""Attending sessions of the programme: each takes its time of those who choose it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, insert, select

from matchmaker.clock import now
from matchmaker.errors import Gone, NotAllowed
from matchmaker.events.models import Event
from matchmaker.events.services import hold_agenda
from matchmaker.extensions import db
from matchmaker.programme.models import Session
from matchmaker.registration.models import OUT, Absence, Participant
from matchmaker.registration.models_sessions import SessionChoice
from matchmaker.registration.queries import own_participants


def attend(me: Participant, session: Session) -> bool:
    """Choose a session, in each role in which the person comes. False if it was chosen already."""
    _hold(me.event, session)
    added = [one for one in _same_body(me) if _choice(one, session) is None]
    for one in added:
        db.session.add(SessionChoice(participant_id=one.id, session=session))
        start, end = time_of(session)
        one.absences.append(Absence(session_id=session.id, starts_at=start, ends_at=end))
    db.session.flush()
    return bool(added)


def stay_away(me: Participant, session: Session) -> bool:
    """Take the choice back, in each role. False if there was none."""
    _hold(me.event, session)
    left = [(one, _choice(one, session)) for one in _same_body(me)]
    for one, choice in left:
        if choice is not None:
            db.session.delete(choice)
        for away in [away for away in one.absences if away.session_id == session.id]:
            one.absences.remove(away)
    db.session.flush()
    return any(choice is not None for _one, choice in left)


def share_sessions(me: Participant) -> None:
    """Who comes for one more organisation is where they are in their other roles."""
    db.session.flush()
    body = {one.id for one in _same_body(me)} - {me.id}
    mine = select(SessionChoice.session_id).where(SessionChoice.participant_id == me.id)
    rows = select(SessionChoice.session_id).where(
        SessionChoice.participant_id.in_(body), SessionChoice.session_id.not_in(mine)
    )
    for session_id in db.session.scalars(rows.distinct()).all():
        db.session.add(SessionChoice(participant_id=me.id, session_id=session_id))
    db.session.flush()
    take_time_of([me.id])


def follow_sessions(session_ids: Sequence[int]) -> None:
    """After sessions changed, or went or came back: who chose them is away when they are."""
    if session_ids:
        _take_time(Absence.session_id.in_(session_ids), SessionChoice.session_id.in_(session_ids))


def take_time_of(participant_ids: Sequence[int]) -> None:
    """After choices came from elsewhere: the absences that belong to them."""
    _take_time(
        Absence.participant_id.in_(participant_ids) & Absence.session_id.is_not(None),
        SessionChoice.participant_id.in_(participant_ids),
    )


def is_over(session: Session) -> bool:
    return session.ends_at <= now()


def time_of(session: Session) -> tuple[datetime, datetime]:
    """With the way there and back."""
    way = timedelta(minutes=session.travel_minutes)
    return session.starts_at - way, session.ends_at + way


def _take_time(old: ColumnElement[bool], chosen: ColumnElement[bool]) -> None:
    db.session.flush()
    db.session.execute(delete(Absence).where(old).execution_options(synchronize_session=False))
    rows = db.session.execute(
        select(SessionChoice.participant_id, Session)
        .join(Session, Session.id == SessionChoice.session_id)
        .where(chosen, Session.event_id.is_not(None))
        .order_by(SessionChoice.participant_id, Session.id)
    )
    taken = [_row(person, session) for person, session in rows]
    if taken:
        db.session.execute(insert(Absence), taken)
    db.session.expire_all()


def _row(participant_id: int, session: Session) -> dict[str, object]:
    start, end = time_of(session)
    return {
        "participant_id": participant_id,
        "session_id": session.id,
        "starts_at": start,
        "ends_at": end,
    }


def _hold(event: Event, session: Session) -> None:
    """A second click waits for the first, and no organiser moves the session meanwhile.

    Raises:
        Gone: the session was taken out of the programme.
        NotAllowed: it is over, and who attended does not change afterwards.
    """
    hold_agenda(event)
    db.session.refresh(session)
    if session.event_id != event.id:
        raise Gone(_("%(title)s is not in the programme any more.", title=session.title))
    if is_over(session):
        raise NotAllowed(_("%(title)s is over, so who attended stays.", title=session.title))


def _same_body(me: Participant) -> Iterable[Participant]:
    if not me.in_person:
        return [me]
    held = own_participants(me.event, me.user)
    return [one for one in held if one.in_person and one.status not in OUT] or [me]


def _choice(one: Participant, session: Session) -> SessionChoice | None:
    return db.session.get(SessionChoice, (one.id, session.id), populate_existing=True)
