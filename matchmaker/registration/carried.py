"""What somebody said at an earlier event of the same organisers, to begin with at the next.

Only with their consent, which they gave there; nothing is saved before they save it here.
"""

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from matchmaker.accounts.models import User
from matchmaker.events.models import Event, EventOrganiser
from matchmaker.extensions import db
from matchmaker.registration.consents import Purpose
from matchmaker.registration.models import Participant
from matchmaker.registration.models_consents import Consent


def series_of(event: Event) -> Select[int]:
    """The ids of the other events of the same organisers."""
    here, there = aliased(EventOrganiser), aliased(EventOrganiser)
    return (
        select(there.event_id)
        .join(here, here.user_id == there.user_id)
        .where(here.event_id == event.id, there.event_id != event.id)
    )


def earlier_self(event: Event, user: User) -> Participant | None:
    """Who they last were at another event of the same organisers, if that may be used again."""
    agreed = select(Consent.participant_id).where(
        Consent.purpose == Purpose.SERIES, Consent.withdrawn_at.is_(None)
    )
    return db.session.scalars(
        select(Participant)
        .join(Participant.event)
        .where(
            Participant.user_id == user.id,
            Participant.in_person,
            Participant.id.in_(agreed),
            Participant.event_id.in_(series_of(event)),
        )
        .order_by(Event.starts_on.desc(), Participant.id.desc())
        .limit(1)
    ).one_or_none()
