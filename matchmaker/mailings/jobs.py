"""Handing mailings to the outbox, a few mails at a time: what the worker does now and then.

Each step is one transaction that first locks its mailing by a conditional UPDATE. A mail and the
line that says so are written together, and a person has one line in a mailing: a worker that is
killed has either handed a mail over or not, and the next goes on from there.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from matchmaker.clock import now
from matchmaker.database import reading_only
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.mailings.audience import Audience
from matchmaker.mailings.models import Delivery, DeliveryState, Mailing, MailingState
from matchmaker.mailings.queries import fitting_ids, people_by_ids, written_to
from matchmaker.mailings.services import call_back, queue_for
from matchmaker.messages.models import MOST_ATTEMPTS, Mail
from matchmaker.registration.models import Participant

MOST_IN_OUTBOX = 100


def work_off(most: int) -> int:
    """Hand over at most so many mails of what is due; how many. Commits after each step."""
    for mailing_id in _ids(MailingState.SCHEDULED, Mailing.due_at <= now()):
        _begin(mailing_id)
    handed = 0
    for mailing_id in _ids(MailingState.SENDING):
        handed += _hand_over(mailing_id, most - handed)
    _call_back_settled()
    return handed


def _ids(state: MailingState, *more: Any) -> list[int]:
    with reading_only():
        own = select(Mailing.id).where(Mailing.state == state, *more).order_by(Mailing.id)
        ids = list(db.session.scalars(own))
        db.session.rollback()
    return ids


def _take(mailing_id: int, now_in: MailingState, **values: Any) -> Mailing | None:
    """The mailing with its new values, if it is still in that state; nobody else has it then."""
    changed = db.session.execute(
        update(Mailing)
        .where(Mailing.id == mailing_id, Mailing.state == now_in)
        .values(version=Mailing.version + 1, **values)
        .execution_options(synchronize_session=False)
    )
    if not changed.rowcount:  # type: ignore[attr-defined]
        db.session.rollback()
        return None
    return db.session.get(Mailing, mailing_id, populate_existing=True)


def _begin(mailing_id: int) -> None:
    """Settle who gets it: whoever fits at this moment."""
    mailing = _take(mailing_id, MailingState.SCHEDULED, state=MailingState.SENDING)
    if mailing is None:
        return
    fitting = sorted(fitting_ids(mailing.event, Audience.of(mailing.audience)))
    rows = [
        {"mailing_id": mailing.id, "participant_id": id_, "state": DeliveryState.WAITING}
        for id_ in fitting
    ]
    if rows:
        db.session.execute(insert(Delivery), rows)
    db.session.commit()


def _hand_over(mailing_id: int, most: int) -> int:
    """The next few; the mailing is done when nobody is left."""
    mailing = _take(mailing_id, MailingState.SENDING, state=MailingState.SENDING)
    if mailing is None:
        return 0
    room = min(most, MOST_IN_OUTBOX - _in_outbox(mailing_id))
    waiting = _waiting(mailing_id, room) if room > 0 else None
    if waiting:
        _decide(mailing, waiting)
    elif waiting is not None:
        _finish(mailing)
    handed = sum(line.state == DeliveryState.HANDED for line in waiting or ())
    db.session.commit()
    return handed


def _in_outbox(mailing_id: int) -> int:
    waiting = (
        select(func.count())
        .select_from(Delivery)
        .join(Mail, Mail.id == Delivery.mail_id)
        .where(Delivery.mailing_id == mailing_id, *_unsent())
    )
    return db.session.scalar(waiting) or 0


def _unsent() -> tuple[Any, ...]:
    return (
        Mail.sent_at.is_(None),
        Mail.printed_at.is_(None),
        Mail.stopped_at.is_(None),
        Mail.attempts < MOST_ATTEMPTS,
    )


def _waiting(mailing_id: int, most: int) -> list[Delivery]:
    own = select(Delivery).where(
        Delivery.mailing_id == mailing_id, Delivery.state == DeliveryState.WAITING
    )
    return list(db.session.scalars(own.order_by(Delivery.id).limit(most)))


def _decide(mailing: Mailing, waiting: list[Delivery]) -> None:
    """A mail for each; none for who does not fit any more or heard of it lately."""
    fitting = fitting_ids(mailing.event, Audience.of(mailing.audience))
    heard = written_to(
        mailing.event, mailing.occasion, mailing.days_of_peace, but=mailing.id
    ) | _accounts_in(mailing.id)
    people = {person.id: person for person in people_by_ids([w.participant_id for w in waiting])}
    for line in waiting:
        person = people[line.participant_id]
        if person.id not in fitting:
            line.state = DeliveryState.SETTLED
        elif person.user_id in heard:
            line.state = DeliveryState.SPARED
        else:
            heard.add(person.user_id)
            line.mail_id = queue_for(mailing, person).id
            line.state, line.handed_at = DeliveryState.HANDED, now()


def _accounts_in(mailing_id: int) -> set[int]:
    """Who has a mail of this mailing already, for another of their organisations."""
    return set(
        db.session.scalars(
            select(Participant.user_id)
            .join(Delivery, Delivery.participant_id == Participant.id)
            .where(Delivery.mailing_id == mailing_id, Delivery.state == DeliveryState.HANDED)
        )
    )


def _finish(mailing: Mailing) -> None:
    mailing.state, mailing.finished_at = MailingState.DONE, now()
    if not mailing.repeats:
        return
    db.session.add(
        Mailing(
            event_id=mailing.event_id,
            occasion=mailing.occasion,
            texts=mailing.texts,
            audience=mailing.audience,
            days_of_peace=0,
            repeat_days=mailing.repeat_days,
            repeats=mailing.repeats - 1,
            state=MailingState.SCHEDULED,
            created_by_id=mailing.created_by_id,
            due_at=now() + timedelta(days=mailing.repeat_days),
        )
    )
    mailing.repeats = 0


def _call_back_settled() -> None:
    """Where the mail server made mails wait, those that nobody needs any more do not leave."""
    stuck = db.session.execute(
        select(Mailing.id, Delivery.participant_id, Delivery.mail_id)
        .join(Delivery, Delivery.mailing_id == Mailing.id)
        .join(Mail, Mail.id == Delivery.mail_id)
        .where(Delivery.state == DeliveryState.HANDED, Mail.attempts > 0, *_unsent())
    ).all()
    for mailing_id in {row[0] for row in stuck}:
        mailing = db.session.get_one(Mailing, mailing_id)
        event = db.session.get_one(Event, mailing.event_id)
        fitting = fitting_ids(event, Audience.of(mailing.audience))
        settled = [row[2] for row in stuck if row[0] == mailing_id and row[1] not in fitting]
        if settled:
            call_back(settled, DeliveryState.SETTLED)
    db.session.commit()
