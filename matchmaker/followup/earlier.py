"""Whom one met at an earlier event of the same organisers."""

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased

from matchmaker.agenda.models import Meeting
from matchmaker.clock import now
from matchmaker.events.models import Event, Slot
from matchmaker.extensions import db
from matchmaker.followup.models import FAILED, MeetingWord
from matchmaker.people.earlier import MetBefore
from matchmaker.registration.carried import series_of
from matchmaker.registration.consents import Purpose
from matchmaker.registration.models import Participant
from matchmaker.registration.models_consents import Consent

# The first wording said nothing of meetings.
SAYS_SO_FROM = 2


def met_before(me: Participant, other: Participant) -> MetBefore | None:
    """The last meeting the two themselves had; both agreed there that it may be told later.

    Not one that `me` says did not take place; what the other says of it shows nowhere.
    """
    if not (me.in_person and other.in_person):
        return None
    mine, theirs = aliased(Participant), aliased(Participant)
    row = db.session.execute(
        select(Meeting.event_id, Slot.starts_at)
        .join(Slot, Slot.id == Meeting.slot_id)
        .join(mine, or_(Meeting.a_id == mine.id, Meeting.b_id == mine.id))
        .join(theirs, or_(Meeting.a_id == theirs.id, Meeting.b_id == theirs.id))
        .where(
            _agreed(mine, me),
            _agreed(theirs, other),
            Meeting.event_id.in_(series_of(me.event)),
            Meeting.state == "confirmed",
            Slot.ends_at <= now(),
            ~_failed(mine, theirs),
        )
        .order_by(Slot.starts_at.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    event = db.session.get_one(Event, row.event_id)
    return MetBefore(event, row.starts_at.astimezone(event.zone).year)


def _failed(mine: type[Participant], theirs: type[Participant]) -> ColumnElement[bool]:
    own = MeetingWord
    return exists().where(
        own.person_id == mine.id,
        own.other_id == theirs.id,
        own.said.in_(FAILED),
        own.said_at >= Slot.starts_at,
    )


def _agreed(earlier: type[Participant], person: Participant) -> ColumnElement[bool]:
    """It is the same human being, who said there that this may be told at the next event."""
    agreed = select(Consent.participant_id).where(
        Consent.purpose == Purpose.SERIES,
        Consent.version >= SAYS_SO_FROM,
        Consent.withdrawn_at.is_(None),
    )
    return (earlier.user_id == person.user_id) & earlier.in_person & earlier.id.in_(agreed)
