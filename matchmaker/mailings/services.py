"""Writing a mailing, letting it go at a moment, stopping it, and trying again what failed."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update

from matchmaker.accounts.models import User
from matchmaker.audit.services import record
from matchmaker.clock import now
from matchmaker.errors import Conflict, NotAllowed
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.mailings.audience import Audience
from matchmaker.mailings.models import Delivery, DeliveryState, Mailing, MailingState
from matchmaker.mailings.occasions import OCCASIONS, Occasion, first_texts
from matchmaker.mailings.queries import last_texts, undelivered
from matchmaker.mailings.rendering import kind_of, languages_of, render
from matchmaker.messages.models import Mail
from matchmaker.messages.services import queue_mail
from matchmaker.registration.models import Participant


def start_mailing(
    event: Event, user: User, occasion: Occasion, audience: Audience | None = None
) -> Mailing:
    """A draft with the words of last time, else ours; one just like it is taken up again."""
    usual = OCCASIONS[occasion]
    audience = audience or Audience(
        statuses=(str(usual.status),), condition=str(usual.condition or "")
    )
    for draft in _drafts(event, user, occasion):
        if draft.audience == audience.kept():
            return draft
    languages = languages_of(event)
    mailing = Mailing(
        event_id=event.id,
        occasion=str(occasion),
        texts=first_texts(occasion, languages) | last_texts(event, str(occasion)),
        audience=audience.kept(),
        created_by_id=user.id,
    )
    db.session.add(mailing)
    db.session.flush()
    _record("mailing written", mailing, user, audience=audience.kept())
    return mailing


def _drafts(event: Event, user: User, occasion: Occasion) -> list[Mailing]:
    return list(
        db.session.scalars(
            select(Mailing).where(
                Mailing.event_id == event.id,
                Mailing.occasion == str(occasion),
                Mailing.state == MailingState.DRAFT,
                Mailing.created_by_id == user.id,
            )
        )
    )


def change_mailing(mailing: Mailing, user: User, *, version: int, **values: Any) -> None:
    """Save what differs.

    Raises:
        NotAllowed: it is no draft any more.
        Conflict: it was changed since `version` was read.
    """
    _expect(mailing, MailingState.DRAFT)
    if mailing.version != version:
        raise Conflict(
            _(
                "This mailing was changed while you had it open. Yours is kept below and not saved"
                " yet. Compare with the saved one, then save again."
            )
        )
    changed = {name: [getattr(mailing, name), v] for name, v in values.items()}
    changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
    for name, (_before, after) in changed.items():
        setattr(mailing, name, after)
    if changed:
        db.session.flush()
        _record("mailing changed", mailing, user, **changed)


def schedule(
    mailing: Mailing, user: User, at: datetime | None = None, *, version: int | None = None
) -> None:
    """Let it go at that moment, else now, as it was when `version` was read; the worker does it.

    Raises:
        NotAllowed: it is no draft any more.
        Conflict: it was changed since.
    """
    _expect(mailing, MailingState.DRAFT)
    if version not in (None, mailing.version):
        raise Conflict(
            _(
                "Somebody changed this mailing while you looked at it, so it has not left. Look at"
                " it again, then let it go."
            )
        )
    mailing.due_at = max(at, now()) if at else now()
    mailing.state = MailingState.SCHEDULED
    db.session.flush()
    _record("mailing scheduled", mailing, user, due_at=[None, mailing.due_at.isoformat()])


def take_back(mailing: Mailing, user: User) -> None:
    """A scheduled one is a draft again."""
    _expect(mailing, MailingState.SCHEDULED)
    before, mailing.due_at = mailing.due_at, None
    mailing.state = MailingState.DRAFT
    db.session.flush()
    _record("mailing taken back", mailing, user, due_at=[before and before.isoformat(), None])


def stop(mailing: Mailing, user: User) -> None:
    """No mail leaves any more: neither who waits here nor what waits in the outbox."""
    _expect(mailing, MailingState.SENDING, MailingState.DONE)
    before, mailing.state = mailing.state, MailingState.STOPPED
    mailing.repeats, mailing.finished_at = 0, now()
    db.session.flush()
    own = Delivery.mailing_id == mailing.id
    db.session.execute(
        update(Delivery)
        .where(own, Delivery.state == DeliveryState.WAITING)
        .values(state=DeliveryState.STOPPED)
    )
    waiting = select(Delivery.mail_id).where(own, Delivery.state == DeliveryState.HANDED)
    call_back(list(db.session.scalars(waiting)), DeliveryState.STOPPED)
    _record("mailing stopped", mailing, user, state=[str(before), str(mailing.state)])


def call_back(mail_ids: list[int | None], state: DeliveryState) -> None:
    """Keep these mails from leaving, where they have not left, and say why."""
    unsent = (Mail.sent_at.is_(None), Mail.printed_at.is_(None), Mail.stopped_at.is_(None))
    kept = db.session.scalars(select(Mail.id).where(Mail.id.in_(mail_ids), *unsent)).all()
    db.session.execute(
        update(Mail)
        .where(Mail.id.in_(kept), *unsent)
        .values(stopped_at=now())
        .execution_options(synchronize_session=False)
    )
    db.session.execute(
        update(Delivery)
        .where(Delivery.mail_id.in_(kept))
        .values(state=state)
        .execution_options(synchronize_session=False)
    )


def send_again(mailing: Mailing, user: User) -> int:
    """Try once more whatever was given up; how many that are."""
    failed = undelivered(mailing)
    for delivery in failed:
        delivery.state, delivery.mail_id = DeliveryState.WAITING, None
    if failed:
        mailing.state, mailing.finished_at = MailingState.SENDING, None
        db.session.flush()
        _record("mailing sent again", mailing, user, people=len(failed))
    return len(failed)


def send_test(mailing: Mailing, user: User, reader: Participant) -> None:
    """As `reader` gets it, but to the organiser's own address."""
    shown = render(mailing, reader)
    queue_mail(
        user=user,
        address=user.email,
        subject=_("Test: %(subject)s", subject=shown.subject),
        text=shown.text,
        event_id=mailing.event_id,
        locale=shown.language,
    )
    _record("mailing tried", mailing, user, reader=reader.ref)


def remove_draft(mailing: Mailing, user: User) -> None:
    _expect(mailing, MailingState.DRAFT)
    _record("mailing removed", mailing, user, texts=[mailing.texts, {}])
    db.session.delete(mailing)
    db.session.flush()


def queue_for(mailing: Mailing, person: Participant) -> Mail:
    """The person's mail, in the outbox."""
    shown = render(mailing, person)
    return queue_mail(
        user=person.user,
        address=person.user.email,
        subject=shown.subject,
        text=shown.text,
        event_id=mailing.event_id,
        kind=kind_of(mailing),
        locale=shown.language,
    )


def _expect(mailing: Mailing, *states: MailingState) -> None:
    if mailing.state not in states:
        raise NotAllowed(
            _("This mailing has moved on meanwhile. Open it again to see where it stands.")
        )


def _record(action: str, mailing: Mailing, user: User, **details: Any) -> None:
    record(
        action,
        event_id=mailing.event_id,
        actor_id=user.id,
        subject=f"{mailing.occasion} {mailing.id}",
        **details,
    )
