"""What is known of which offers meet which needs, and whether it is behind."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import NamedTuple

from flask import current_app
from sqlalchemy import ColumnElement, func, select

from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.marketplace.shelf import shelf_of
from matchmaker.matching.candidates import in_order, places
from matchmaker.matching.models import NeedsMet
from matchmaker.matching.needs_met import (
    Entered,
    Found,
    Shown,
    find,
    from_bytes,
    stock_from,
    touching,
)
from matchmaker.matching.queries_people import entered_items, lean
from matchmaker.matching.queries_setup import topics_of
from matchmaker.matching.reasons import Stock
from matchmaker.matching.similarity_model import MODEL
from matchmaker.matching.snapshot import Snapshot, Topic
from matchmaker.registration.audience import shows_items
from matchmaker.registration.models import Participant, Status

# So many characters are compared within a tenth of a second, so no worker is waited for.
MOST_COMPARED_AT_ONCE = 12_000
MOST_REMEMBERED = 8

LISTED = Participant.listed_at.is_not(None) & shows_items()

_remembered: OrderedDict[tuple[int, str], Found] = OrderedDict()


class Basis(NamedTuple):
    """What is compared, told apart by `key` from every other state, and how much of it there is."""

    key: str
    characters: int


def basis_of(event: Event, shown: ColumnElement[bool], topics: tuple[Topic, ...]) -> Basis:
    """The basis of what meets what among the approved people who are shown."""
    length = func.length(Item.title) + func.length(Item.text)
    sums = (func.count(), func.sum(Item.revision), func.sum(Item.id), func.sum(Item.topic_id))
    query = (
        select(*sums, func.sum(length))
        .join(Item.participant)
        .where(Participant.event_id == event.id, Participant.status == Status.APPROVED, shown)
    )
    *numbers, characters = (int(number or 0) for number in db.session.execute(query).one())
    branches = repr([(topic.id, topic.parent) for topic in topics]).encode()
    named = [*map(str, numbers), hashlib.sha256(branches).hexdigest()[:16], *_model()]
    return Basis(".".join(named), characters)


def by_meaning() -> bool:
    """Whether this site compares by meaning rather than by words."""
    config = current_app.extensions["matchmaker.config"]
    return bool(config.similarity == "meaning")


def _model() -> tuple[str, ...]:
    return (MODEL,) if by_meaning() else ()


class Material(NamedTuple):
    """Everything to be compared, and the key of its basis."""

    key: str
    entered: list[Entered]
    topics: tuple[Topic, ...]


def events_behind() -> list[int]:
    """The events whose offers, needs or topics changed since what meets what was kept."""
    keys = select(NeedsMet.event_id, NeedsMet.key)
    kept = {event_id: key for event_id, key in db.session.execute(keys)}
    going_on = select(Event).where(Event.phase != Phase.CLOSED).order_by(Event.id)
    return [
        event.id
        for event in db.session.scalars(going_on)
        if basis_of(event, LISTED, topics_of(event)).key != kept.get(event.id)
    ]


def material_of(event: Event) -> Material:
    topics = topics_of(event)
    key = basis_of(event, LISTED, topics).key
    return Material(key, entered_items(event, LISTED), topics)


def stock_for(event: Event, me: Participant, snapshot: Snapshot, ids: Mapping[str, int]) -> Stock:
    """What meets what between the people of `snapshot` whose ids are given, by their places.

    Where much was changed since the worker last looked, what was changed meets nothing yet.
    """
    place = places(in_order(snapshot.people))
    shelf, refs = shelf_of(event), {number: ref for ref, number in ids.items()}
    # Who shows no offers and needs has none in the snapshot.
    shown = {ids[person.id] for person in snapshot.people if person.items and person.id in ids}
    own = [item.id for item in shelf.by_person.get(me.id, ())]
    found, is_behind = _found(event, me, snapshot.topics)
    about = touching(found, own)
    wanted = (shelf.items.get(number) for number in (*about.offers.tolist(), *about.needs.tolist()))
    items = {
        item.id: Shown(place[refs[item.participant_id]], item.revision, lean(item))
        for item in wanted
        if item is not None and item.participant_id in shown
    }
    return stock_from(about, items)._replace(is_behind=is_behind)


def _found(event: Event, me: Participant, topics: tuple[Topic, ...]) -> tuple[Found, bool]:
    """What meets what, and whether something was changed since."""
    shown = LISTED | ((Participant.id == me.id) & shows_items())
    basis = basis_of(event, shown, topics)
    kept = db.session.scalar(select(NeedsMet.key).where(NeedsMet.event_id == event.id))
    at_once = basis.characters <= MOST_COMPARED_AT_ONCE and not by_meaning()
    if kept is not None and (kept == basis.key or not at_once):
        return _remember(event, kept, lambda: _read(event)), kept != basis.key
    if at_once:
        found = _remember(event, basis.key, lambda: find(entered_items(event, shown), topics))
        return found, False
    return find((), topics), bool(basis.characters)


def _read(event: Event) -> Found:
    stored = select(NeedsMet.found).where(NeedsMet.event_id == event.id)
    return from_bytes(db.session.scalars(stored).one())


def _remember(event: Event, key: str, look_up: Callable[[], Found]) -> Found:
    """Each process reads and compares once; the keys of two databases never agree by chance."""
    name = (event.id, key)
    if name not in _remembered:
        _remembered[name] = look_up()
    _remembered.move_to_end(name)
    while len(_remembered) > MOST_REMEMBERED:
        _remembered.popitem(last=False)
    return _remembered[name]
