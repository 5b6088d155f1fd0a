"""What of somebody a search found, as a piece of text to show beside their name."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from matchmaker.events.models import Event
from matchmaker.marketplace.shelf import shelf_of
from matchmaker.people.entries import Entry, language_read
from matchmaker.people.search import Hit


class Matched(NamedTuple):
    """An offer or need that holds what was looked for; `inside` where only its text does."""

    kind: str
    title: str
    inside: bool


def matched_in(
    event: Event, entries: Iterable[Entry], hits: Mapping[int, Hit]
) -> dict[int, Matched]:
    """For those found by an offer or need; a name that matches stands there anyway."""
    items = shelf_of(event).items if hits else {}
    found = {}
    for entry in entries:
        hit = hits.get(entry.id)
        item = items.get(hit.item) if hit is not None and hit.item is not None else None
        if hit is not None and item is not None:
            found[entry.id] = Matched(
                item.kind, item.title_in(language_read()), inside=hit.where == "text"
            )
    return found
