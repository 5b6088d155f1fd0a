"""Who of an event was not in a run, and why not."""

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.organisations.models import Organisation
from matchmaker.registration.models import Participant, Status


def absent_from(event: Event, present: Collection[str]) -> list[tuple[str, str]]:
    """Those of the event besides the ones `present`, by their references, with name and house."""
    rows = db.session.connection().execute(
        select(Participant.ref, Participant.name, Organisation.name)
        .outerjoin(Organisation, Organisation.id == Participant.organisation_id)
        .where(Participant.event_id == event.id)
    )
    return [
        (ref, f"{name}, {house}" if house else name)
        for ref, name, house in rows.all()
        if name and ref not in present
    ]


def why_absent(event: Event, refs: Collection[str]) -> tuple[str, ...]:
    """In a sentence for each of them."""
    people = db.session.scalars(
        select(Participant)
        .where(Participant.event_id == event.id, Participant.ref.in_(refs))
        .order_by(Participant.id)
    )
    return tuple(_why(person) for person in people)


def _why(person: Participant) -> str:
    if person.status == Status.APPROVED and person.listed_at is not None:
        sentence = _("%(name)s came in after this run began; the next one plans with them.")
    else:
        sentence = {
            Status.REGISTERING: _("%(name)s has not finished registering."),
            Status.PENDING: _("%(name)s waits for your approval."),
            Status.WAITING: _("%(name)s is on the waiting list."),
            Status.APPROVED: _("%(name)s has not agreed to be shown, so no run plans with them."),
            Status.REJECTED: _("%(name)s was not let in."),
            Status.WITHDRAWN: _("%(name)s no longer takes part."),
        }[Status(person.status)]
    return str(sentence % {"name": person.name})
