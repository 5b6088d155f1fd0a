"""The mails that tell participants of a published agenda: one each, and only to those concerned."""

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.agenda.models import Agenda
from matchmaker.agenda.queries import Difference
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.messages.composing import compose
from matchmaker.messages.services import queue_mail
from matchmaker.registration.models import Participant, Status
from matchmaker.web import absolute_url


def tell_of_agenda(event: Event, agenda: Agenda, changes: Difference) -> None:
    """Everybody hears of the first agenda; of a later one, those whose meetings change."""
    first = agenda.number == 1
    for person in _approved(event):
        if first or person.id in changes.people_affected:
            _tell(person, event, changes, first=first)


def _tell(person: Participant, event: Event, changes: Difference, *, first: bool) -> None:
    locale = person.user.locale
    text = compose(
        "agenda",
        locale=locale,
        person=person,
        event=event,
        first=first,
        new=_count(changes.new, person),
        moved=_count(changes.moved, person),
        cancelled=_count(changes.cancelled, person),
        link=absolute_url("agenda.show", slug=event.slug),
    )
    subject = _subject(event, locale, first=first)
    queue_mail(
        user=person.user, address=person.user.email, subject=subject, text=text, event_id=event.id
    )


def _subject(event: Event, locale: str, *, first: bool) -> str:
    with force_locale(locale):
        if first:
            return str(_("Your agenda for %(event)s", event=event.name))
        return str(_("Your agenda for %(event)s has changed", event=event.name))


def _count(pairs: list[tuple[int, int]], person: Participant) -> int:
    return sum(person.id in pair for pair in pairs)


def _approved(event: Event) -> list[Participant]:
    return list(
        db.session.scalars(
            select(Participant)
            .where(Participant.event_id == event.id, Participant.status == Status.APPROVED)
            .options(joinedload(Participant.user))
            .order_by(Participant.id)
        )
    )
