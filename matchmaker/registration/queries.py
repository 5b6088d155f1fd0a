"""Questions about participants: who holds whom, who is coming, who waits."""

from collections.abc import Sequence
from operator import attrgetter

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import User
from matchmaker.collation import by_name
from matchmaker.events.models import Event, ParticipantType
from matchmaker.extensions import db
from matchmaker.organisations.models import Organisation
from matchmaker.registration.audience import in_public
from matchmaker.registration.models import Participant, Status

LARGEST_ID = 2**31 - 1


def own_participants(event: Event, user: User) -> list[Participant]:
    """Everybody the user's account holds at the event, in whatever state, the first one first."""
    own = select(Participant).where(
        Participant.event_id == event.id, Participant.user_id == user.id
    )
    return list(db.session.scalars(own.order_by(Participant.number)))


def find_participant(event: Event, participant_id: int) -> Participant | None:
    """The participant of this id, if of this event."""
    if participant_id > LARGEST_ID:
        return None
    return db.session.scalar(
        select(Participant).where(
            Participant.id == participant_id, Participant.event_id == event.id
        )
    )


def may_describe(participant: Participant) -> bool:
    """Whether the organisation's details are this person's: they entered it, and stand alone.

    An organisation known before the person came, or that somebody else represents too, is not a
    stranger's to rewrite.
    """
    organisation = participant.organisation
    if organisation is None or organisation.created_at < participant.created_at:
        return False
    others = select(Participant.id).where(
        Participant.organisation_id == organisation.id,
        Participant.user_id != participant.user_id,
    )
    return db.session.scalar(others.limit(1)) is None


def has_fixed_type(participant: Participant) -> bool:
    """Whether the organiser let the person in as this type, so that it is no longer theirs to pick.

    Who withdraws and registers again may choose anew: the organiser then decides anew.
    """
    return participant.is_approved and participant.event.approval == "organiser"


def count_by_type(event: Event) -> list[tuple[str, int]]:
    """How many of each type are coming, in the organiser's order of types."""
    coming = (
        select(ParticipantType.name, func.count())
        .join(Participant, Participant.type_id == ParticipantType.id)
        .where(Participant.event_id == event.id, Participant.status == Status.APPROVED)
        .group_by(ParticipantType.name, ParticipantType.position)
        .order_by(ParticipantType.position)
    )
    return [(name, number) for name, number in db.session.execute(coming)]


def count_by_country(event: Event) -> list[tuple[str, int]]:
    """How many are coming from each country, the most first."""
    country = func.coalesce(Participant.country, Organisation.country)
    coming = (
        select(country, func.count())
        .join(Organisation, Participant.organisation_id == Organisation.id)
        .where(Participant.event_id == event.id, Participant.status == Status.APPROVED)
        .group_by(country)
    )
    counted = [(code, number) for code, number in db.session.execute(coming) if code]
    return sorted(counted, key=lambda pair: (-pair[1], pair[0]))


def count_by_status(event: Event) -> dict[str, int]:
    counted = (
        select(Participant.status, func.count())
        .where(Participant.event_id == event.id)
        .group_by(Participant.status)
    )
    return {str(status): number for status, number in db.session.execute(counted)}


def participations_of(user: User) -> dict[int, Participant]:
    """Who the user is first at each event they have not withdrawn from, by the event's id."""
    own = select(Participant).where(
        Participant.user_id == user.id, Participant.status != Status.WITHDRAWN
    )
    held = db.session.scalars(own.order_by(Participant.number.desc()))
    return {me.event_id: me for me in held}


def pending_participants(event: Event) -> list[Participant]:
    """Who waits for the organiser, the longest first."""
    waiting = select(Participant).where(
        Participant.event_id == event.id, Participant.status == Status.PENDING
    )
    with_users = waiting.options(joinedload(Participant.user))
    return list(db.session.scalars(with_users.order_by(Participant.created_at, Participant.id)))


def people_in_public(event: Event) -> Sequence[Participant]:
    """Who is coming and wants everybody to know, with their organisation, by name."""
    rows = (
        select(Participant)
        .where(
            Participant.event_id == event.id,
            Participant.status == Status.APPROVED,
            Participant.listed_at.is_not(None),
            in_public(),
        )
        .options(joinedload(Participant.organisation), joinedload(Participant.user))
    )
    return by_name(db.session.scalars(rows.order_by(Participant.id)), attrgetter("name"))
