"""An event as plain values, read from the database in a few fixed queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast

from flask import current_app
from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import aliased

from matchmaker.accounts.models import User
from matchmaker.events import models as events
from matchmaker.events.models import Event, MeetingBlock, MeetingPoint, ParticipantType
from matchmaker.events.weights import USUAL_WEIGHTS, Weights
from matchmaker.extensions import db
from matchmaker.marketplace import models as marketplace
from matchmaker.marketplace.shelf import Shelf, Shelved, shelf_of
from matchmaker.matching.needs_met import Entered
from matchmaker.matching.snapshot import (
    Block,
    Closed,
    Consent,
    Interval,
    Item,
    ItemKind,
    Level,
    Person,
    Point,
    PointKind,
    Session,
    Settings,
    Settled,
    Snapshot,
    Topic,
    Wish,
)
from matchmaker.organisations.models import Organisation
from matchmaker.own_texts import OwnText
from matchmaker.programme import models as programme
from matchmaker.registration.audience import Field, for_participants, shows_items
from matchmaker.registration.models import Absence, Participant, Status
from matchmaker.registration.models_disruptions import Disruption
from matchmaker.wishes import models as wishes
from matchmaker.wishes.models import Request, RequestState

AnyRow = Row[*tuple[Any, ...]]


def snapshot_of(event: Event, *, with_unlisted: bool = False) -> Snapshot:
    """The event with its approved and listed participants; `with_unlisted` for all approved ones.

    Wishes and requests are in it only where both sides are.
    """
    listed = None if with_unlisted else Participant.listed_at.is_not(None)
    people = _people(event, listed, _items(event), _absences(event))
    refs = {person.id for person in people}
    return replace(
        _without_people(event),
        blocks=_blocks(event),
        points=_points(event),
        closed=_closed(event),
        sessions=_sessions(event),
        people=people,
        wishes=_wishes(event, refs),
        accepted=_accepted(event, refs),
        settled=_settled(event, refs),
    )


def snapshot_for(event: Event, me: Participant) -> Snapshot:
    """As much of the event as tells what speaks for a meeting of `me` with each listed person.

    Offers and needs have their titles only, and nobody is away. Where others said "no" to `me` is
    left out, so that nothing made of it can tell.
    """
    shown: ColumnElement[bool] = Participant.listed_at.is_not(None) | (Participant.id == me.id)
    people = _people(event, shown, _titles(event), {})
    refs = {person.id for person in people}
    return replace(
        _without_people(event),
        people=people,
        wishes=_wishes(event, refs, me),
        accepted=_accepted(event, refs, me),
    )


def _without_people(event: Event) -> Snapshot:
    return Snapshot(
        name=event.name,
        slug=event.slug,
        place=event.place,
        timezone=event.timezone,
        organiser_email=event.organiser_email,
        topics=topics_of(event),
        settings=_settings(event),
    )


def topics_of(event: Event) -> tuple[Topic, ...]:
    rows = db.session.execute(
        select(events.Topic.id, events.Topic.key, events.Topic.name, events.Topic.parent_id)
        .where(events.Topic.event_id == event.id)
        .order_by(events.Topic.position, events.Topic.id)
    ).all()
    keys = {row.id: row.key for row in rows}
    return tuple(Topic(row.key, row.name, keys.get(row.parent_id)) for row in rows)


def _settings(event: Event) -> Settings:
    """How the event matches; weights it does not name are the usual ones."""
    chosen = {name: value for name, value in event.weights.items() if name in USUAL_WEIGHTS}
    cells = _permissions(event)
    return Settings(
        consent=cast("Consent", event.consent),
        max_meetings=event.max_meetings,
        weights=Weights(**chosen),
        may_meet=frozenset((cell.name, cell.other) for cell in cells),
        preferred=frozenset(
            (min(cell.name, cell.other), max(cell.name, cell.other))
            for cell in cells
            if cell.preferred
        ),
    )


def _permissions(event: Event) -> Sequence[AnyRow]:
    other = aliased(ParticipantType)
    cell = events.TypePermission
    return db.session.execute(
        select(ParticipantType.name, other.name.label("other"), cell.preferred)
        .join(cell, cell.type_id == ParticipantType.id)
        .join(other, other.id == cell.other_id)
        .where(ParticipantType.event_id == event.id)
    ).all()


def _blocks(event: Event) -> tuple[Block, ...]:
    rows = db.session.execute(
        select(MeetingBlock.starts_at, MeetingBlock.ends_at, MeetingBlock.slot_minutes)
        .where(MeetingBlock.event_id == event.id)
        .order_by(MeetingBlock.starts_at)
    )
    return tuple(Block(*row) for row in rows)


def _points(event: Event) -> tuple[Point, ...]:
    rows = db.session.execute(
        select(MeetingPoint.name, MeetingPoint.kind)
        .where(MeetingPoint.event_id == event.id)
        .order_by(MeetingPoint.position, MeetingPoint.id)
    )
    return tuple(Point(name, cast("PointKind", kind)) for name, kind in rows)


def _closed(event: Event) -> tuple[Closed, ...]:
    rows = db.session.execute(
        select(MeetingPoint.name, Disruption.starts_at, Disruption.ends_at)
        .select_from(Disruption)
        .outerjoin(MeetingPoint, MeetingPoint.id == Disruption.point_id)
        .where(Disruption.event_id == event.id, Disruption.kind.in_(("point", "time")))
        .order_by(Disruption.id)
    )
    return tuple(Closed(name or "", start, end) for name, start, end in rows)


def _sessions(event: Event) -> tuple[Session, ...]:
    row = programme.Session
    rows = db.session.execute(
        select(row.title, row.starts_at, row.ends_at, row.room)
        .where(row.event_id == event.id)
        .order_by(row.starts_at, row.position, row.id)
    )
    return tuple(Session(*row) for row in rows)


def _people(
    event: Event,
    shown: ColumnElement[bool] | None,
    items: Mapping[int, Sequence[Item]],
    absences: Mapping[int, Sequence[Interval]],
) -> tuple[Person, ...]:
    rows = db.session.execute(_present(event, shown)).all()
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
            items=tuple(items.get(row.id, ())),
            body=bodies.get(row.id, ""),
        )
        for row in rows
    )


def _bodies(rows: Sequence[AnyRow]) -> dict[int, str]:
    """Who attends for several organisations, by the participant's id: named after their first."""
    held: dict[int, list[AnyRow]] = defaultdict(list)
    for row in rows:
        if row.in_person:
            held[row.user_id].append(row)
    several = [own for own in held.values() if len(own) > 1]
    return {row.id: str(own[0].ref) for own in several for row in own}


def _present(event: Event, shown: ColumnElement[bool] | None) -> Select[*tuple[Any, ...]]:
    """Approved participants with what their organisation, type and account say of them."""
    person = Participant
    query = (
        select(
            person.id,
            person.ref,
            person.user_id,
            person.in_person,
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


def _region(row: AnyRow) -> str:
    """The organisation's region says nothing of somebody who sits in another country."""
    if row.region is not None:
        return str(row.region)
    return str(row.home_region) if row.country in (None, row.home_country) else ""


def _languages(row: AnyRow) -> tuple[str, ...]:
    return tuple(row.languages) if for_participants(row.audiences, Field.LANGUAGES) else ()


def _items(event: Event) -> dict[int, list[Item]]:
    """What participants may not see speaks for no meeting either: reasons would quote it."""
    found: dict[int, list[Item]] = defaultdict(list)
    for entered in entered_items(event, shows_items()):
        found[entered.owner].append(entered.item)
    return found


def _titles(event: Event) -> dict[int, tuple[Item, ...]]:
    people = select(Participant.id).where(Participant.event_id == event.id, shows_items())
    shelves = _lean(shelf_of(event))
    return {owner: shelves[owner] for owner in db.session.scalars(people) if owner in shelves}


@lru_cache(maxsize=8)
def _lean(shelf: Shelf) -> dict[int, tuple[Item, ...]]:
    return {owner: tuple(map(lean, own)) for owner, own in shelf.by_person.items()}


def lean(item: Shelved) -> Item:
    return Item(cast("ItemKind", item.kind), item.topic, item.title)


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


def _absences(event: Event) -> dict[int, list[Interval]]:
    found: dict[int, list[Interval]] = defaultdict(list)
    for owner, start, end in db.session.execute(
        select(Absence.participant_id, Absence.starts_at, Absence.ends_at)
        .join(Absence.participant)
        .where(Participant.event_id == event.id)
        .order_by(Absence.starts_at, Absence.id)
    ):
        found[owner].append(Interval(start, end))
    return found


def _wishes(event: Event, refs: set[str], me: Participant | None = None) -> tuple[Wish, ...]:
    row = wishes.Wish
    person, other = aliased(Participant), aliased(Participant)
    query = (
        select(person.ref, other.ref, row.level)
        .join(person, person.id == row.person_id)
        .join(other, other.id == row.other_id)
        .where(row.event_id == event.id)
        .order_by(row.person_id, row.other_id)
    )
    if me is not None:
        for_me = (row.other_id == me.id) & (row.level != "no")
        query = query.where((row.person_id == me.id) | for_me)
    return tuple(
        Wish(who, whom, cast("Level", level))
        for who, whom, level in db.session.execute(query)
        if who in refs and whom in refs
    )


def _accepted(
    event: Event, refs: set[str], me: Participant | None = None
) -> frozenset[tuple[str, str]]:
    asker, answerer = aliased(Participant), aliased(Participant)
    query = (
        select(asker.ref, answerer.ref)
        .join(Request, Request.asker_id == asker.id)
        .join(answerer, answerer.id == Request.answerer_id)
        .where(Request.event_id == event.id, Request.state == RequestState.ACCEPTED)
    )
    if me is not None:
        query = query.where((Request.asker_id == me.id) | (Request.answerer_id == me.id))
    return frozenset(
        (asked, answered)
        for asked, answered in db.session.execute(query)
        if asked in refs and answered in refs
    )


def _settled(event: Event, refs: set[str]) -> tuple[Settled, ...]:
    """The meetings people settled, and the times agreed on by those who have no meeting yet."""
    meetings: tuple[Settled, ...] = current_app.extensions["matchmaker.settled"](event)
    have_one = {frozenset((each.a, each.b)) for each in meetings}
    asker, answerer, slot = aliased(Participant), aliased(Participant), events.Slot
    rows = db.session.execute(
        select(asker.ref, answerer.ref, slot.starts_at)
        .select_from(Request)
        .join(asker, asker.id == Request.asker_id)
        .join(answerer, answerer.id == Request.answerer_id)
        .join(slot, slot.id == Request.slot_id)
        .where(Request.event_id == event.id, Request.state == RequestState.ACCEPTED)
        .order_by(Request.id)
    )
    times = (Settled(*row) for row in rows)
    settled = (*meetings, *(each for each in times if frozenset((each.a, each.b)) not in have_one))
    return tuple(each for each in settled if {each.a, each.b} <= refs)
