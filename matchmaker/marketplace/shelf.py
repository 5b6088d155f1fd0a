"""The offers and needs of an event as its pages show them, kept by each process while none changes.

What is kept is never asked who may see it: a page takes from it the items of the people it shows.
"""

from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from flask import g, has_request_context, request
from sqlalchemy import func, select

from matchmaker.events.models import Event, Topic
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.own_texts import OwnText, text_in
from matchmaker.registration.models import Participant

MOST_EVENTS = 8


class Shelved(NamedTuple):
    """One offer or need without its text; `topic` is a topic's key, or empty.

    `titles` are those in other languages than its own, each an `OwnText`.
    """

    id: int
    participant_id: int
    kind: str
    topic: str
    title: str
    revision: int
    language: str = ""
    titles: tuple[OwnText, ...] = ()

    def title_in(self, locale: str) -> str:
        return text_in(locale, OwnText(self.language, self.title), self.titles).title


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """By the item's id, and by whose it is in the order they were entered.

    Each is equal to itself alone, so that what is made of it can be remembered with it.
    """

    state: tuple[object, ...]
    items: dict[int, Shelved]
    by_person: dict[int, tuple[Shelved, ...]]


_shelves: OrderedDict[int, Shelf] = OrderedDict()


def titles_of(language: str, texts: dict[str, dict[str, str]]) -> tuple[OwnText, ...]:
    """The titles alone of what is kept in `Item.texts`."""
    given = ((code, said.get("title", "")) for code, said in sorted(texts.items()))
    return tuple(OwnText(code, title) for code, title in given if title and code != language)


def shelf_of(event: Event) -> Shelf:
    """The items of the event as they are now: two small queries, and another after a change.

    A request that only reads asks once.
    """
    reading = has_request_context() and request.method in ("GET", "HEAD")
    state = _asked_once(event) if reading else _state(event)
    kept = _shelves.get(event.id)
    if kept is None or kept.state != state:
        kept = _load(event, state)
        _shelves[event.id] = kept
        while len(_shelves) > MOST_EVENTS:
            _shelves.popitem(last=False)
    return kept


def _asked_once(event: Event) -> tuple[object, ...]:
    """What the database said the first time in this request."""
    said: dict[int, tuple[object, ...]] = g.setdefault("shelf_states", {})
    if event.id not in said:
        said[event.id] = _state(event)
    return said[event.id]


def _state(event: Event) -> tuple[object, ...]:
    """Changes with every change of an item or of the topics it may name."""
    sums = (func.count(), func.sum(Item.revision), func.sum(Item.id), func.sum(Item.topic_id))
    of_items = select(*sums).join(Item.participant).where(Participant.event_id == event.id)
    of_topics = select(Topic.id, Topic.key).where(Topic.event_id == event.id).order_by(Topic.id)
    items = tuple(int(number or 0) for number in db.session.execute(of_items).one())
    return (*items, *(tuple(row) for row in db.session.execute(of_topics)))


def _load(event: Event, state: tuple[object, ...]) -> Shelf:
    rows = db.session.execute(
        select(
            Item.id,
            Item.participant_id,
            Item.kind,
            Topic.key,
            Item.title,
            Item.revision,
            Item.language,
            Item.texts,
        )
        .join(Item.participant)
        .outerjoin(Item.topic)
        .where(Participant.event_id == event.id)
        .order_by(Item.position, Item.id)
    )
    items = [
        Shelved(
            id_, person, kind, topic or "", title, revision, language, titles_of(language, texts)
        )
        for id_, person, kind, topic, title, revision, language, texts in rows
    ]
    by_person: dict[int, list[Shelved]] = defaultdict(list)
    for item in items:
        by_person[item.participant_id].append(item)
    return Shelf(
        state,
        {item.id: item for item in items},
        {person: tuple(own) for person, own in by_person.items()},
    )
