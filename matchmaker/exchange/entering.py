"""Enters the people of a snapshot with all they say, in few statements however many they are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import insert, select

from matchmaker.accounts.addresses import address_key, normalise_address
from matchmaker.accounts.models import User
from matchmaker.accounts.services import find_or_create_user
from matchmaker.clock import now
from matchmaker.database import Base
from matchmaker.errors import Invalid
from matchmaker.events.models import Event
from matchmaker.exchange.bodies import holders, numbers
from matchmaker.extensions import db
from matchmaker.locales import first_offered
from matchmaker.marketplace import models as marketplace
from matchmaker.marketplace.services import NewItem
from matchmaker.matching.snapshot import Item, Person, Wish
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.queries import fold, fold_name
from matchmaker.organisations.services import find_or_create_organisation
from matchmaker.registration.consents import Purpose, wording
from matchmaker.registration.models import Absence, Participant, Status
from matchmaker.registration.models_consents import Consent
from matchmaker.registration.models_tags import Tag
from matchmaker.registration.refs import new_feed_token
from matchmaker.wishes import models as wishes

Participants = dict[str, Participant]
# Organisations by their folded name and their country.
Homes = dict[tuple[str, str], Organisation]
AT_ONCE = 500


def enter_people(
    event: Event,
    people: Sequence[Person],
    *,
    homes: Homes | None = None,
    status: Status = Status.APPROVED,
    listed: bool = True,
) -> Participants:
    """Enter them as participants, with their offers and needs; the participants by their ids.

    `homes` are the organisations of which more is said than people say of them.

    Raises:
        Invalid: one takes part twice for one organisation, or an address cannot be used on a site.
    """
    users, home_of = _users(event, people), _organisations(people, homes or {})
    number, in_person = numbers(people), holders(people)
    types = {kind.name: kind.id for kind in event.types}
    entered = {
        person.id: Participant(
            event_id=event.id,
            user_id=users[person.id].id,
            number=number[person.id],
            in_person=in_person[person.id],
            online=person.online,
            organisation_id=home_of[person.id].id,
            type_id=types[person.type],
            ref=person.id,
            name=person.name,
            languages=list(person.languages),
            status=status,
            step=3,
            max_meetings=person.max_meetings,
            min_meetings=person.min_meetings,
            listed_at=now() if listed else None,
            feed_token=new_feed_token(),
            decided_at=now() if status in (Status.APPROVED, Status.REJECTED) else None,
            absences=[Absence(starts_at=a.start, ends_at=a.end) for a in person.absences],
            **_where_not_at_home(person, home_of[person.id]),
        )
        for person in people
    }
    db.session.add_all(entered.values())
    db.session.flush()
    _enter_items(event, people, entered)
    tags = [(entered[person.id].id, tag) for person in people for tag in person.tags]
    enter_rows(Tag, [{"participant_id": number, "tag": tag} for number, tag in tags])
    return entered


def tagged(event: Event, people: Sequence[Person]) -> tuple[Person, ...]:
    """These people with the organiser's words on them."""
    tags: dict[str, list[str]] = defaultdict(list)
    rows = select(Participant.ref, Tag.tag).join(Tag, Tag.participant_id == Participant.id)
    of_event = rows.where(Participant.event_id == event.id)
    for ref, tag in sorted(tuple(row) for row in db.session.execute(of_event)):
        tags[ref].append(tag)
    return tuple(replace(person, tags=tuple(tags[person.id])) for person in people)


def enter_consents(event: Event, told_by: str) -> None:
    """Write down, for all who are shown and of whom nothing is yet, who says that they agreed."""
    said = select(Consent.participant_id).where(Consent.purpose == Purpose.SHOWN)
    shown = select(Participant.id).where(
        Participant.event_id == event.id,
        Participant.listed_at.is_not(None),
        Participant.id.not_in(said),
    )
    version = wording(Purpose.SHOWN).version
    rows = [
        {
            "participant_id": number,
            "purpose": Purpose.SHOWN,
            "version": version,
            "given_at": now(),
            "told_by": told_by,
        }
        for number in db.session.scalars(shown)
    ]
    enter_rows(Consent, rows)


def enter_wishes(event: Event, said: Iterable[Wish], participants: Participants) -> None:
    rows = [
        {
            "event_id": event.id,
            "person_id": participants[wish.person].id,
            "other_id": participants[wish.other].id,
            "level": wish.level,
            "changed_at": now(),
        }
        for wish in said
    ]
    enter_rows(wishes.Wish, rows)


def enter_rows(table: type[Base], rows: list[dict[str, Any]]) -> None:
    """All in one statement: without `render_nulls` it takes one for each change between them."""
    if rows:
        db.session.execute(insert(table), rows, execution_options={"render_nulls": True})


def _enter_items(event: Event, people: Iterable[Person], participants: Participants) -> None:
    topics = {topic.key: topic.id for topic in event.topics}
    rows = [
        {
            "participant_id": participants[person.id].id,
            "topic_id": topics[item.topic] if item.topic else None,
            "kind": item.kind,
            "position": position,
            **_new_item(item).columns(),
        }
        for person in people
        for position, item in enumerate(person.items)
    ]
    enter_rows(marketplace.Item, rows)


def _new_item(item: Item) -> NewItem:
    said = {field.name: getattr(item, field.name) for field in fields(NewItem)}
    texts = {
        text.language: {
            "title": text.title,
            "text": text.text,
            **({"role": text.role} if text.role else {}),
        }
        for text in item.texts
    }
    return NewItem(**{**said, "texts": texts})


def _users(event: Event, people: Sequence[Person]) -> dict[str, User]:
    """Everybody's account, by the person's id: the known one with their address, or a new one."""
    locale = first_offered(event.languages)
    addresses = _addresses(people)
    known = _known_users([address_key(address) for address in addresses.values()])
    return {
        person.id: known.get(address_key(addresses[person.id]))
        or find_or_create_user(person.email, person.name, locale=locale)
        for person in people
    }


def _addresses(people: Sequence[Person]) -> dict[str, str]:
    """Each person's address as accounts keep it; raises `Invalid` with all that is wrong."""
    wrong: list[str] = []
    addresses: dict[str, str] = {}
    first: dict[tuple[str, str, str], Person] = {}
    for person in people:
        try:
            addresses[person.id] = normalise_address(person.email)
        except Invalid:
            wrong.append(_unusable(person))
            continue
        taking_part = fold(person.name), fold_name(person.organisation)
        other = first.setdefault((address_key(addresses[person.id]), *taking_part), person)
        if other is not person:
            wrong.append(_used_twice(person, other))
    if wrong:
        raise Invalid("\n".join(wrong), field="email")
    return addresses


def _unusable(person: Person) -> str:
    sentence: str = _(
        "The address %(email)s of participant %(ref)s cannot sign in here. Give a real address,"
        " or one that ends in .example for a rehearsal.",
        email=person.email,
        ref=person.id,
    )
    return sentence


def _used_twice(person: Person, other: Person) -> str:
    sentence: str = _(
        "Participants %(one)s and %(two)s have the same e-mail address, %(email)s, name and"
        " organisation. One person takes part once for each organisation: delete one of the two.",
        one=other.id,
        two=person.id,
        email=person.email,
    )
    return sentence


def _known_users(keys: Sequence[str]) -> dict[str, User]:
    found: dict[str, User] = {}
    for start in range(0, len(keys), AT_ONCE):
        query = select(User).where(User.email_key.in_(keys[start : start + AT_ONCE]))
        found |= {user.email_key: user for user in db.session.scalars(query)}
    return found


def _organisations(people: Iterable[Person], known: Homes) -> dict[str, Organisation]:
    """Everybody's organisation, by the person's id.

    Those who say most go first, so that a new organisation gets their country and region. Who sits
    in another country than the only known one of its name is of that one.
    """
    homes: dict[str, Organisation] = {}
    seen = dict(known)
    names = Counter(name for name, _country in known)
    only = {name: home for (name, _country), home in known.items() if names[name] == 1}
    for person in sorted(people, key=lambda person: (not person.country, not person.region)):
        key = fold_name(person.organisation), person.country
        if key not in seen:
            seen[key] = only.get(key[0]) or find_or_create_organisation(
                person.organisation, country=person.country, region=person.region
            )
        homes[person.id] = seen[key]
    return homes


def _where_not_at_home(person: Person, home: Organisation) -> Mapping[str, str | None]:
    """The person's own country and region, each only where it differs from the organisation's."""
    inherited = home.region if person.country == home.country else ""
    return {
        "country": None if person.country == home.country else person.country,
        "region": None if person.region == inherited else person.region,
    }
