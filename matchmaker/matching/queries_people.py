"""The people of an event as plain values, with what they offer and when they are away."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Row, Select, select

from matchmaker.accounts.models import User
from matchmaker.events import models as events
from matchmaker.events.models import Event, ParticipantType
from matchmaker.extensions import db
from matchmaker.marketplace import models as marketplace
from matchmaker.marketplace.shelf import Shelf, Shelved, shelf_of
from matchmaker.matching.needs_met import Entered
from matchmaker.matching.snapshot import Interval, Item, ItemKind, Person
from matchmaker.organisations.models import Organisation
from matchmaker.own_texts import OwnText
from matchmaker.registration.audience import Field, for_participants, shows_items
from matchmaker.registration.models import Absence, Participant, Status

AnyRow = Row[*tuple[Any, ...]]
NOBODY: Mapping[int, Sequence[Any]] = {}


class Present(NamedTuple):
    """A row of `_present`: of thousands each is asked much, for which the usual rows are slow."""

    id: int
    ref: str
    user_id: int
    in_person: bool
    online: bool
    name: str
    country: str | None
    region: str | None
    languages: list[str]
    audiences: dict[str, str]
    max_meetings: int | None
    min_meetings: int
    email: str
    type: str
    organisation: str
    home_country: str
    home_region: str


def people_of(
    event: Event,
    shown: ColumnElement[bool] | None,
    items: Mapping[int, Sequence[Item]],
    absences: Mapping[int, Sequence[Interval]] = NOBODY,
    attended: Mapping[int, Sequence[str]] = NOBODY,
) -> tuple[Person, ...]:
    db.session.flush()  # read beside the session, which would look at each of thousands
    found = db.session.connection().execute(_present(event, shown))
    rows = [Present._make(row) for row in found]
    bodies = _bodies(rows)
    return tuple(
        Person(
            id=row.ref,
            name=row.name,
            email=row.email,
            type=row.type,
            organisation=row.organisation,
            country=row.home_country if row.country is None else row.country,
            region=_region(row),
            languages=_languages(row),
            max_meetings=row.max_meetings,
            min_meetings=row.min_meetings,
            absences=tuple(absences.get(row.id, ())),
            sessions=tuple(attended.get(row.id, ())),
            items=tuple(items.get(row.id, ())),
            body=bodies.get(row.id, ""),
            online=row.online,
        )
        for row in rows
    )


def _bodies(rows: Sequence[Present]) -> dict[int, str]:
    """Who attends for several organisations, by the participant's id: named after their first."""
    held: dict[int, list[Present]] = defaultdict(list)
    for row in rows:
        if row.in_person:
            held[row.user_id].append(row)
    several = [own for own in held.values() if len(own) > 1]
    return {row.id: own[0].ref for own in several for row in own}


def _present(event: Event, shown: ColumnElement[bool] | None) -> Select[*tuple[Any, ...]]:
    """Approved participants with what their organisation, type and account say of them."""
    person = Participant
    query = (
        select(
            person.id,
            person.ref,
            person.user_id,
            person.in_person,
            person.online,
            person.name,
            person.country,
            person.region,
            person.languages,
            person.audiences,
            person.max_meetings,
            person.min_meetings,
            User.email,
            ParticipantType.name.label("type"),
            Organisation.name.label("organisation"),
            Organisation.country.label("home_country"),
            Organisation.region.label("home_region"),
        )
        .join(person.user)
        .join(person.type)
        .join(person.organisation)
        .where(person.event_id == event.id, person.status == Status.APPROVED)
        .order_by(person.id)
    )
    return query if shown is None else query.where(shown)


def _region(row: Present) -> str:
    """The organisation's region says nothing of somebody who sits in another country."""
    if row.region is not None:
        return row.region
    return row.home_region if row.country in (None, row.home_country) else ""


def _languages(row: Present) -> tuple[str, ...]:
    return tuple(row.languages) if for_participants(row.audiences, Field.LANGUAGES) else ()


def items_of(event: Event) -> dict[int, list[Item]]:
    """What participants may not see speaks for no meeting either: reasons would quote it."""
    found: dict[int, list[Item]] = defaultdict(list)
    for entered in entered_items(event, shows_items()):
        found[entered.owner].append(entered.item)
    return found


def titles_of(event: Event) -> dict[int, tuple[Item, ...]]:
    people = select(Participant.id).where(Participant.event_id == event.id, shows_items())
    shelves = _lean(shelf_of(event))
    return {owner: shelves[owner] for owner in db.session.scalars(people) if owner in shelves}


@lru_cache(maxsize=8)
def _lean(shelf: Shelf) -> dict[int, tuple[Item, ...]]:
    return {owner: tuple(map(lean, own)) for owner, own in shelf.by_person.items()}


def lean(item: Shelved) -> Item:
    kind = cast("ItemKind", item.kind)
    return Item(kind, item.topic, item.title, language=item.language, texts=item.titles)


def entered_items(event: Event, shown: ColumnElement[bool]) -> list[Entered]:
    """The items of the approved people who are shown, in the order they were entered."""
    row = marketplace.Item
    query = (
        select(
            row.participant_id,
            Participant.ref,
            row.id,
            row.revision,
            row.kind,
            events.Topic.key,
            row.title,
            row.text,
            row.category,
            row.stage,
            row.ipr,
            row.cooperation,
            row.partner_kinds,
            row.partner_role,
            row.language,
            row.texts,
        )
        .join(row.participant)
        .outerjoin(row.topic)
        .where(Participant.event_id == event.id, Participant.status == Status.APPROVED, shown)
        .order_by(row.position, row.id)
    )
    return [
        Entered(found.participant_id, found.ref, found.id, found.revision, _item(found))
        for found in db.session.execute(query)
    ]


def _item(row: AnyRow) -> Item:
    return Item(
        kind=cast("ItemKind", row.kind),
        topic=row.key or "",
        title=row.title,
        text=row.text,
        category=row.category,
        stage=row.stage,
        ipr=row.ipr,
        cooperation=tuple(row.cooperation),
        partner_kinds=tuple(row.partner_kinds),
        partner_role=row.partner_role,
        language=row.language,
        texts=tuple(OwnText(code, **row.texts[code]) for code in sorted(row.texts)),
    )


def absences_of(event: Event) -> dict[int, list[Interval]]:
    """As people gave them; what the sessions they attend take stands with these."""
    found: dict[int, list[Interval]] = defaultdict(list)
    for owner, start, end in db.session.execute(
        select(Absence.participant_id, Absence.starts_at, Absence.ends_at)
        .join(Absence.participant)
        .where(Participant.event_id == event.id, Absence.session_id.is_(None))
        .order_by(Absence.starts_at, Absence.id)
    ):
        found[owner].append(Interval(start, end))
    return found
