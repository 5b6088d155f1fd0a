"""Asking everybody what came of their meetings, once a round: what the worker does now and then.

Each mail is a transaction of its own, begun by entering that the person is asked, which goes once:
of two workers one mails, and one that dies in the middle has done nothing.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import and_, case, exists, insert, literal, or_, select
from sqlalchemy.exc import IntegrityError

from matchmaker.agenda.models import Meeting
from matchmaker.clock import now
from matchmaker.database import reading_only
from matchmaker.events.models import Event, Slot
from matchmaker.events.phases import AGENDA_SHOWN
from matchmaker.extensions import db
from matchmaker.followup.mails import mail_question
from matchmaker.followup.models import FAILED, MeetingWord, OutcomeRound
from matchmaker.followup.rounds import LAST_ENDS_AFTER, round_to_mail
from matchmaker.registration.models import Participant, Status

LONGEST_MONTH = 31


def ask_everybody() -> int:
    """Mail whoever is due; how many. Commits after each."""
    return sum(_ask(*due) for due in _due())


def _due() -> list[tuple[int, int, int]]:
    """Event, round and account of everybody to ask."""
    with reading_only():
        rounds = [(event.id, round_to_mail(event)) for event in _events_over()]
        due = [
            (event_id, months, user_id)
            for event_id, months in rounds
            if months is not None
            for user_id in _accounts_to_ask(event_id, months)
        ]
        db.session.rollback()
    return due


def _events_over() -> list[Event]:
    today = now().date()
    long_ago = today - timedelta(days=LAST_ENDS_AFTER * LONGEST_MONTH)
    over = select(Event).where(
        Event.phase.in_(AGENDA_SHOWN), Event.ends_on.between(long_ago, today)
    )
    return list(db.session.scalars(over.order_by(Event.id)))


def _accounts_to_ask(event_id: int, months: int) -> list[int]:
    """Who met somebody, as far as they say themselves, and was not asked nor has answered."""
    asked = exists().where(
        OutcomeRound.participant_id == Participant.id, OutcomeRound.months == months
    )
    own = select(Participant.user_id).where(
        Participant.event_id == event_id,
        Participant.status == Status.APPROVED,
        _has_met(),
        ~asked,
    )
    return list(db.session.scalars(own.distinct().order_by(Participant.user_id)))


def _has_met() -> Any:
    """By the person's own words alone: a mail that stays away tells nothing of the other's."""
    other = case((Meeting.a_id == Participant.id, Meeting.b_id), else_=Meeting.a_id)
    failed = (
        exists(select(MeetingWord.id))
        .where(
            MeetingWord.person_id == Participant.id,
            MeetingWord.other_id == other,
            MeetingWord.said.in_(FAILED),
            MeetingWord.said_at >= Slot.starts_at,
        )
        .correlate(Participant, Meeting, Slot)
    )
    return exists(
        select(Meeting.id)
        .join(Slot, Slot.id == Meeting.slot_id)
        .where(
            or_(Meeting.a_id == Participant.id, Meeting.b_id == Participant.id),
            Meeting.state == "confirmed",
            Slot.ends_at <= now(),
            ~failed,
        )
        .correlate(Participant)
    )


def _ask(event_id: int, months: int, user_id: int) -> bool:
    try:
        asked = _enter(event_id, months, user_id)
    except IntegrityError:
        asked = 0  # Another worker was quicker.
    if not asked:
        db.session.rollback()
        return False
    mail_question(_first_of(event_id, user_id), months)
    db.session.commit()
    return True


def _first_of(event_id: int, user_id: int) -> Participant:
    own = select(Participant).where(
        Participant.event_id == event_id,
        Participant.user_id == user_id,
        Participant.status == Status.APPROVED,
    )
    return db.session.scalars(own.order_by(Participant.number).limit(1)).one()


def _enter(event_id: int, months: int, user_id: int) -> int:
    """Enter that the account is asked; none of its people are left where it was already."""
    already = exists().where(
        and_(OutcomeRound.participant_id == Participant.id, OutcomeRound.months == months)
    )
    people = select(Participant.id, literal(months), literal(now(), OutcomeRound.asked_at.type))
    fresh = people.where(
        Participant.event_id == event_id,
        Participant.user_id == user_id,
        Participant.status == Status.APPROVED,
        ~already,
    )
    columns = ["participant_id", "months", "asked_at"]
    entered = db.session.execute(insert(OutcomeRound).from_select(columns, fresh))
    return int(entered.rowcount)  # type: ignore[attr-defined]
