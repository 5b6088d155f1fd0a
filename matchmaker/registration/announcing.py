"""Telling everybody who is in that they can say now whom they want to meet."""

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.events.said import said
from matchmaker.extensions import db
from matchmaker.messages.composing import compose
from matchmaker.messages.models import Kind
from matchmaker.messages.services import queue_mail
from matchmaker.registration.models import Participant, Status
from matchmaker.web import absolute_url


def tell_of_phase(event: Event) -> None:
    """Mail each account once that wishes are open, however often the organiser opens them."""
    if event.phase != Phase.WISHES:
        return
    told: set[int] = set()
    for person in _untold(event):
        person.wishes_told_at = now()
        if person.user_id not in told:
            told.add(person.user_id)
            _mail(person)


def _untold(event: Event) -> list[Participant]:
    return list(
        db.session.scalars(
            select(Participant)
            .where(
                Participant.event_id == event.id,
                Participant.status == Status.APPROVED,
                Participant.wishes_told_at.is_(None),
            )
            .options(joinedload(Participant.user))
            .order_by(Participant.id)
        )
    )


def _mail(person: Participant) -> None:
    event, user = person.event, person.user
    with force_locale(user.locale):
        subject = _("Say whom you want to meet: %(event)s", event=said(event, "name"))
    text = compose(
        "wishes_open",
        locale=user.locale,
        name=person.name,
        event=event,
        link=absolute_url("people.index", slug=event.slug),
    )
    queue_mail(
        user=user,
        address=user.email,
        subject=subject,
        text=text,
        event_id=event.id,
        kind=Kind.REMINDERS,
    )
