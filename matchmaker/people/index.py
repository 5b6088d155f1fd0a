"""The texts of an event in the form a search wants, kept by each process; only changes are read.

It holds whatever was entered; which of it somebody may search is decided for each search.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from sqlalchemy import select

from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.marketplace.shelf import Shelf, Shelved, shelf_of
from matchmaker.people.entries import Entry
from matchmaker.people.search import Field
from matchmaker.people.words import Words, words_in
from matchmaker.registration.models import Participant

MOST_EVENTS = 8
FEW = 200

Indexed = dict[int, tuple[int, tuple[Field, ...]]]

_indexes: OrderedDict[int, Indexed] = OrderedDict()


def documents_of(event: Event, entries: Sequence[Entry]) -> dict[int, list[Field]]:
    """What a reader may search of these people, by the person's id."""
    shelf = shelf_of(event)
    said = {entry.id: items_of(shelf, entry) for entry in entries}
    index = _index_of(event, [item for own in said.values() for item in own])
    return {
        entry.id: [*names_of(entry), *(f for item in said[entry.id] for f in index[item.id][1])]
        for entry in entries
    }


def documents_of_items(event: Event, entries: Iterable[Entry]) -> dict[int, list[Field]]:
    """The same for each offer and need by its own id, with whose it is."""
    shelf = shelf_of(event)
    said = [(entry, item) for entry in entries for item in items_of(shelf, entry)]
    index = _index_of(event, [item for _, item in said])
    return {item.id: [*names_of(entry), *index[item.id][1]] for entry, item in said}


def items_of(shelf: Shelf, entry: Entry) -> tuple[Shelved, ...]:
    """The offers and needs of somebody, none where the reader may not see them."""
    return shelf.by_person.get(entry.id, ()) if entry.person.items else ()


def names_of(entry: Entry) -> tuple[Field, Field]:
    return (
        Field("name", _name_words(entry.person.name)),
        Field("organisation", _name_words(entry.person.organisation)),
    )


@lru_cache(maxsize=16384)
def _name_words(name: str) -> Words:
    return words_in(name)


def _index_of(event: Event, items: Sequence[Shelved]) -> Indexed:
    known = _indexes.setdefault(event.id, {})
    _indexes.move_to_end(event.id)
    while len(_indexes) > MOST_EVENTS:
        _indexes.popitem(last=False)
    changed = [item.id for item in items if known.get(item.id, (None,))[0] != item.revision]
    if changed:
        known.update(_read(event, changed))
    return known


def _read(event: Event, ids: Sequence[int]) -> Indexed:
    """These items; where they are many, all of the event, so that it is one query either way."""
    rows = select(Item.id, Item.revision, Item.title, Item.text, Item.texts)
    if len(ids) <= FEW:
        rows = rows.where(Item.id.in_(ids))
    else:
        rows = rows.join(Item.participant).where(Participant.event_id == event.id)
    return {
        number: (revision, _fields(number, title, text, texts.values()))
        for number, revision, title, text, texts in db.session.execute(rows)
    }


def _fields(
    number: int, title: str, text: str, others: Iterable[dict[str, str]]
) -> tuple[Field, ...]:
    """Title and text in every language they were given in."""
    told = [{"title": title, "text": text}, *others]
    titles, texts = (" ".join(one.get(part, "") for one in told) for part in ("title", "text"))
    return Field("title", words_in(titles), number), Field("text", words_in(texts), number)
