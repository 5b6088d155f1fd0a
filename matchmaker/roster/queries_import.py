"""Who is at the event already, as a table of people is held against it; a fixed number of reads."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.organisations.models import Organisation
from matchmaker.registration.models import Participant
from matchmaker.registration.models_tags import Tag
from matchmaker.roster.columns import key_of
from matchmaker.roster.models import Sheet

NEEDED = {"email", "organisation"}

Listed = Mapping[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Known:
    """`listed` holds offers, needs and tags by field and participant."""

    by_address: Mapping[str, Sequence[Participant]]
    listed: Mapping[str, Listed]


def known_people(event: Event) -> Known:
    people = (
        select(Participant)
        .join(Participant.user)
        .where(Participant.event_id == event.id)
        .options(
            contains_eager(Participant.user),
            joinedload(Participant.organisation),
            joinedload(Participant.type),
        )
        .order_by(Participant.number)
    )
    by_address: dict[str, list[Participant]] = defaultdict(list)
    for person in db.session.scalars(people):
        by_address[person.user.email_key].append(person)
    return Known(by_address, listed_of(event))


def known_users(keys: Sequence[str]) -> dict[str, User]:
    found: dict[str, User] = {}
    for start in range(0, len(keys), 500):
        query = select(User).where(User.email_key.in_(keys[start : start + 500]))
        found |= {user.email_key: user for user in db.session.scalars(query)}
    return found


def known_names(keys: Sequence[str]) -> set[str]:
    """Those of the folded names that an organisation has already."""
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        part = Organisation.name_key.in_(keys[start : start + 500])
        found |= set(db.session.scalars(select(Organisation.name_key).where(part)))
    return found


def find_sheet(event: Event, sheet_id: int, *, lock: bool = False) -> Sheet | None:
    found = select(Sheet).where(Sheet.id == sheet_id, Sheet.event_id == event.id)
    return db.session.scalar(found.with_for_update() if lock else found)


def remembered_columns(event: Event) -> dict[str, str]:
    """What each heading held in files read before, the last one first.

    Files entered, and those that could be but for what is wrong in their rows.
    """
    read = select(Sheet.headings, Sheet.columns, Sheet.entered_at).where(Sheet.event_id == event.id)
    return {
        key_of(heading): field
        for headings, columns, entered_at in db.session.execute(read.order_by(Sheet.id))
        if entered_at is not None or set(columns) >= NEEDED
        for heading, field in zip(headings, columns, strict=False)
        if heading
    }


def listed_of(event: Event) -> dict[str, Listed]:
    found: dict[str, dict[int, list[str]]] = {
        name: defaultdict(list) for name in ("offers", "needs", "tags")
    }
    items = select(Item.participant_id, Item.kind, Item.title).join(Item.participant)
    for person, kind, title in db.session.execute(items.where(Participant.event_id == event.id)):
        found[f"{kind}s"][person].append(title)
    tags = select(Tag.participant_id, Tag.tag).join(Participant)
    for person, tag in db.session.execute(tags.where(Participant.event_id == event.id)):
        found["tags"][person].append(tag)
    return {name: dict(by_person) for name, by_person in found.items()}
