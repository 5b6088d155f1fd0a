"""Questions about participants: who is coming, and the organiser's list."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import User
from matchmaker.collation import by_name
from matchmaker.events.models import Event, ParticipantType
from matchmaker.extensions import db
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.queries import fold
from matchmaker.registration.audience import in_public
from matchmaker.registration.models import Participant, Status

PEOPLE_A_PAGE = 50
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What an organiser narrows the list of people to; empty means all."""

    status: str = ""
    type_name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class PeoplePage:
    people: list[Participant]
    number: int
    pages: int
    found: int


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


def people_page(event: Event, wanted: PeopleFilter, number: int) -> PeoplePage:
    """One page of the people wanted, by name; a number beyond the last gives the last."""
    ids = _wanted_ids(event, wanted)
    pages = max(1, -(-len(ids) // PEOPLE_A_PAGE))
    number = min(max(number, 1), pages)
    shown = ids[(number - 1) * PEOPLE_A_PAGE : number * PEOPLE_A_PAGE]
    rows = db.session.scalars(
        select(Participant)
        .where(Participant.id.in_(shown))
        .options(
            joinedload(Participant.user),
            joinedload(Participant.organisation),
            joinedload(Participant.type),
        )
    )
    by_id = {row.id: row for row in rows}
    return PeoplePage([by_id[id_] for id_ in shown], number, pages, len(ids))


def _wanted_ids(event: Event, wanted: PeopleFilter) -> list[int]:
    """The ids in order of names. Text is compared as names are, which no database does alike."""
    rows = (
        select(Participant.id, Participant.name, Organisation.name, User.email)
        .join(User, Participant.user_id == User.id)
        .outerjoin(Organisation, Participant.organisation_id == Organisation.id)
        .where(Participant.event_id == event.id)
    )
    if wanted.status:
        rows = rows.where(Participant.status == wanted.status)
    if wanted.type_name:
        kind = ParticipantType.id == Participant.type_id
        rows = rows.join(ParticipantType, kind).where(ParticipantType.name == wanted.type_name)
    sought = fold(wanted.text)
    found = [
        (id_, name)
        for id_, name, organisation, email in db.session.execute(rows)
        if sought in fold(f"{name} {organisation or ''} {email}")
    ]
    return [id_ for id_, _name in by_name(sorted(found), itemgetter(1))]


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
