"""Makes events, participants and what they say; no surprises: everything not named is plain."""

import itertools
import secrets
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from matchmaker.accounts.models import User
from matchmaker.events.models import (
    Event,
    EventOrganiser,
    MeetingBlock,
    MeetingPoint,
    ParticipantType,
    Slot,
    Topic,
    TypePermission,
)
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.organisations.models import Organisation
from matchmaker.programme.models import Session
from matchmaker.registration.models import Participant, Status
from matchmaker.wishes.models import Wish

FIRST_SLOT = datetime(2027, 4, 28, 10, 0, tzinfo=UTC)  # 13:00 in Helsinki
TYPES = ("cluster", "policymaker", "SME")

Row = TypeVar("Row")

_numbers = itertools.count(1)


def make_user(name: str = "Aino Niskala", *, email: str = "", creates_events: bool = False) -> User:
    return _added(_user(name, email, creates_events=creates_events))


def make_organisation(name: str = "", *, kind: str = "SME", country: str = "FI") -> Organisation:
    return _added(_organisation(name, kind, country))


def make_event(
    slug: str = "kittila",
    *,
    phase: Phase = Phase.WISHES,
    slots: int = 4,
    points: int = 2,
    consent: str = "wishes",
    organiser: User | None = None,
) -> Event:
    """A small event in Helsinki time with one block of 20-minute slots from 13:00."""
    event = Event(
        slug=slug,
        name="A sustainable approach to raw materials",
        place="Kittilä, Lapland",
        venue="Levi Hall",
        timezone="Europe/Helsinki",
        starts_on=FIRST_SLOT.date() - timedelta(days=1),
        ends_on=FIRST_SLOT.date() + timedelta(days=1),
        organiser_email="organiser@matchmaker.example",
        phase=phase,
        consent=consent,
        types=[ParticipantType(name=name, position=i) for i, name in enumerate(TYPES)],
        topics=[
            Topic(key="raw", name="Raw materials"),
            Topic(key="digital", name="Digitalisation", position=1),
        ],
        points=[
            MeetingPoint(name=f"Table {n}", kind="table", position=n) for n in range(1, points + 1)
        ],
    )
    db.session.add(event)
    db.session.flush()
    _add_block(event, slots)
    _permit_all(event)
    if organiser is not None:
        db.session.add(EventOrganiser(event_id=event.id, user_id=organiser.id))
    db.session.commit()
    return event


def make_participant(
    event: Event,
    name: str = "Aino Niskala",
    *,
    organisation: Organisation | None = None,
    type_name: str = "SME",
    status: Status = Status.APPROVED,
    listed: bool = True,
    user: User | None = None,
    max_meetings: int | None = None,
    number: int = 1,
    in_person: bool = True,
) -> Participant:
    types = {kind.name: kind for kind in event.types}
    return _added(
        Participant(
            event=event,
            user=user or _user(name),
            organisation=organisation or _organisation(),
            type=types[type_name],
            ref=f"p{next(_numbers)}",
            number=number,
            in_person=in_person,
            name=name,
            languages=["en"],
            status=status,
            step=3,
            listed_at=FIRST_SLOT - timedelta(days=60) if listed else None,
            feed_token=secrets.token_urlsafe(24),
            max_meetings=max_meetings,
        )
    )


def make_item(
    participant: Participant, kind: str, title: str, *, topic: str = "raw", text: str = ""
) -> Item:
    topics = {row.key: row for row in participant.event.topics}
    return _added(
        Item(participant=participant, kind=kind, title=title, text=text, topic=topics[topic])
    )


def make_session(
    event: Event, title: str, starts_at: datetime, ends_at: datetime, *, room: str = ""
) -> Session:
    return _added(
        Session(event_id=event.id, title=title, starts_at=starts_at, ends_at=ends_at, room=room)
    )


def make_wish(person: Participant, other: Participant, level: str = "want") -> Wish:
    return _added(
        Wish(event_id=person.event_id, person_id=person.id, other_id=other.id, level=level)
    )


def _user(name: str, email: str = "", *, creates_events: bool = False) -> User:
    address = email or f"person{next(_numbers)}@niskala.example"
    return User(
        email=address, email_key=address.lower(), name=name, may_create_events=creates_events
    )


def _organisation(name: str = "", kind: str = "SME", country: str = "FI") -> Organisation:
    own = name or f"Organisation {next(_numbers)}"
    return Organisation(name=own, kind=kind, country=country)


def _add_block(event: Event, slots: int) -> None:
    length = timedelta(minutes=20)
    starts = [FIRST_SLOT + length * n for n in range(slots)]
    ends_at = FIRST_SLOT + length * slots
    block = MeetingBlock(event_id=event.id, starts_at=FIRST_SLOT, ends_at=ends_at, slot_minutes=20)
    block.slots = [
        Slot(event_id=event.id, starts_at=start, ends_at=start + length) for start in starts
    ]
    db.session.add(block)


def _permit_all(event: Event) -> None:
    for kind, other in itertools.product(event.types, repeat=2):
        db.session.add(TypePermission(type_id=kind.id, other_id=other.id))


def _added(row: Row) -> Row:
    """Committed, and what the session holds stays: a tenth of the time went to reading it anew."""
    session = db.session()
    session.add(row)
    session.expire_on_commit = False
    session.commit()
    session.expire_on_commit = True
    return row
