"""What may be amiss with a participant, each as the set of those of whom it holds.

A mailing asks the same again when it is sent, so that who has done it meanwhile gets no mail. None
of it depends on what others think of a person: a "no" could otherwise be told from a mail.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, case, exists, false, func, or_, select

from matchmaker.agenda.models import Agenda, Seat
from matchmaker.events.models import Event, MeetingPoint
from matchmaker.extensions import db
from matchmaker.insights.free_times import without_common_slot
from matchmaker.marketplace.models import Item
from matchmaker.messages.models import MOST_ATTEMPTS, Mail
from matchmaker.registration.attending import sessions_to_choose
from matchmaker.registration.models import OUT, Participant, Status
from matchmaker.registration.models_sessions import SessionChoice
from matchmaker.wishes.models import Request, RequestState, Wish

WISHED = ("must", "want")


class Condition(StrEnum):
    UNDECIDED = "undecided"
    UNFINISHED = "unfinished"
    NO_ITEMS = "no-items"
    NO_WISHES = "no-wishes"
    NO_SESSION = "no-session"
    NO_COMMON_SLOT = "no-common-slot"
    FEW_MEETINGS = "few-meetings"
    OWES_ANSWER = "owes-answer"
    NO_ROOM = "no-room"
    NO_MAIL = "no-mail"


def people_with(event: Event, condition: Condition) -> set[int]:
    """The ids of the event's participants of whom it holds, in a fixed number of queries."""
    if condition == Condition.NO_COMMON_SLOT:
        return without_common_slot(event)
    if condition == Condition.OWES_ANSWER:
        return set(db.session.scalars(_waiting(event, _ANSWERS).distinct()))
    return set(db.session.scalars(QUERIES[condition](event)))


def waiting_since(event: Event, moments: Sequence[datetime]) -> list[int]:
    """How many requests wait without an answer, and how many of them since before each moment."""
    since = func.coalesce(Request.proposed_at, Request.created_at)
    older = [func.coalesce(func.sum(case((since <= each, 1), else_=0)), 0) for each in moments]
    return list(db.session.execute(_waiting(event, func.count(Request.id), *older)).one())


_AT_ASKER = Request.proposed_at.is_not(None)
_ANSWERS = case((_AT_ASKER, Request.asker_id), else_=Request.answerer_id)
_WAITS = case((_AT_ASKER, Request.answerer_id), else_=Request.asker_id)


def _waiting(event: Event, *columns: Any) -> Select[*tuple[Any, ...]]:
    """The requests somebody is to answer; not those whose reader has said "no" to the other."""
    refused = exists().where(
        Wish.person_id == _ANSWERS, Wish.other_id == _WAITS, Wish.level == "no"
    )
    return (
        select(*columns)
        .select_from(Request)
        .join(Participant, Participant.id == _ANSWERS)
        .where(
            Request.event_id == event.id,
            Request.state == RequestState.PENDING,
            Participant.status == Status.APPROVED,
            ~refused,
        )
    )


def _in_state(event: Event, status: Status) -> Select[int]:
    return select(Participant.id).where(
        Participant.event_id == event.id, Participant.status == status
    )


def _approved(event: Event) -> Select[int]:
    return _in_state(event, Status.APPROVED)


def _no_items(event: Event) -> Select[int]:
    return _approved(event).where(~exists().where(Item.participant_id == Participant.id))


def _no_wishes(event: Event) -> Select[int]:
    own = exists().where(Wish.person_id == Participant.id, Wish.level.in_(WISHED))
    return _approved(event).where(~own)


def _few_meetings(event: Event) -> Select[int]:
    """Fewer than promised, once an agenda says how many."""
    held = select(func.count()).where(Seat.participant_id == Participant.id).scalar_subquery()
    return _approved(event).where(
        Participant.min_meetings > held,
        exists().where(Agenda.event_id == event.id),
    )


def _no_session(event: Event) -> Select[int]:
    """Who chose none of the sessions that take times for meetings."""
    ids = [session.id for session in sessions_to_choose(event)]
    chosen = exists().where(
        SessionChoice.participant_id == Participant.id, SessionChoice.session_id.in_(ids)
    )
    return _approved(event).where(~chosen if ids else false())


def _no_room(event: Event) -> Select[int]:
    """Who meets by video alone, where there is nowhere to do so."""
    room = exists().where(MeetingPoint.event_id == event.id, MeetingPoint.kind == "video")
    return _approved(event).where(Participant.online, ~room)


def _no_mail(event: Event) -> Select[int]:
    """Whose last mail of the event was given up or came back; one that arrived since settles it."""
    last = (
        select(Mail.user_id, func.max(Mail.id).label("mail_id"))
        .where(Mail.event_id == event.id, Mail.user_id.is_not(None), Mail.attempts > 0)
        .group_by(Mail.user_id)
        .subquery()
    )
    return (
        select(Participant.id)
        .join(last, last.c.user_id == Participant.user_id)
        .join(Mail, Mail.id == last.c.mail_id)
        .where(
            Participant.event_id == event.id,
            Participant.status.not_in(OUT),
            or_(
                Mail.bounced_at.is_not(None),
                and_(Mail.sent_at.is_(None), Mail.attempts >= MOST_ATTEMPTS),
            ),
        )
    )


QUERIES: dict[Condition, Callable[[Event], Select[int]]] = {
    Condition.UNDECIDED: lambda event: _in_state(event, Status.PENDING),
    Condition.UNFINISHED: lambda event: _in_state(event, Status.REGISTERING),
    Condition.NO_ITEMS: _no_items,
    Condition.NO_WISHES: _no_wishes,
    Condition.NO_SESSION: _no_session,
    Condition.FEW_MEETINGS: _few_meetings,
    Condition.NO_ROOM: _no_room,
    Condition.NO_MAIL: _no_mail,
}
