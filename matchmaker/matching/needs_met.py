"""Which offers meet which needs, by the ids of items, as the worker keeps it for the pages.

Comparing texts takes seconds where many have much to say, so a page only looks up what was found.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from msgspec import msgpack
from numpy.typing import NDArray

from matchmaker.matching.reasons import Side, Stock
from matchmaker.matching.similarity import Matches, Similarity, matches
from matchmaker.matching.snapshot import Item, ItemKind, Topic

Numbers = NDArray[np.int64]


class Entered(NamedTuple):
    """An item as it stands in the database; `owner` is the id, `ref` the reference of whose."""

    owner: int
    ref: str
    id: int
    revision: int
    item: Item


class Shown(NamedTuple):
    """An item of a page: the place of whose it is, and its revision."""

    place: int
    revision: int
    item: Item


class Found(NamedTuple):
    """The items compared, by id and revision, and which of them meet, by their places here."""

    offers: Numbers
    offer_revisions: Numbers
    needs: Numbers
    need_revisions: Numbers
    met: Matches


def find(
    entered: Iterable[Entered], topics: tuple[Topic, ...], similarity: Similarity = matches
) -> Found:
    """What meets what, exactly as a run on the same people has it, and so in the same order."""
    everything = sorted(
        entered, key=lambda one: (one.ref, one.item.topic, one.item.title, one.item.text)
    )
    offers, needs = _of_kind(everything, "offer"), _of_kind(everything, "need")
    met = similarity(tuple(one.item for one in offers), tuple(one.item for one in needs), topics)
    return Found(*_numbers(offers), *_numbers(needs), met)


def touching(found: Found, own: Iterable[int]) -> Found:
    """As much of it as is about these items, in the same order."""
    mine = np.array(list(own), dtype=np.int64)
    met = found.met
    about = np.isin(found.offers, mine)[met.offers] | np.isin(found.needs, mine)[met.needs]
    offers, offer_places = np.unique(met.offers[about], return_inverse=True)
    needs, need_places = np.unique(met.needs[about], return_inverse=True)
    return Found(
        found.offers[offers],
        found.offer_revisions[offers],
        found.needs[needs],
        found.need_revisions[needs],
        Matches(offer_places, need_places, met.likeness[about]),
    )


def stock_from(found: Found, items: Mapping[int, Shown]) -> Stock:
    """What of it holds between the items of a page; one changed since it was compared does not."""
    offers = _side(found.offers, found.offer_revisions, items)
    needs = _side(found.needs, found.need_revisions, items)
    known = (offers.owners[found.met.offers] >= 0) & (needs.owners[found.met.needs] >= 0)
    met = found.met
    return Stock(offers, needs, Matches(met.offers[known], met.needs[known], met.likeness[known]))


def to_bytes(found: Found) -> bytes:
    columns = (*found[:4], *found.met)
    return msgpack.encode([column.tobytes() for column in columns])


def from_bytes(data: bytes) -> Found:
    *whole, likeness = msgpack.decode(data, type=list[bytes])
    offers, offer_revisions, needs, need_revisions, met_offers, met_needs = (
        np.frombuffer(column, dtype=np.int64) for column in whole
    )
    met = Matches(met_offers, met_needs, np.frombuffer(likeness, dtype=np.float64))
    return Found(offers, offer_revisions, needs, need_revisions, met)


def _of_kind(entered: Iterable[Entered], kind: ItemKind) -> list[Entered]:
    return [one for one in entered if one.item.kind == kind]


def _numbers(entered: list[Entered]) -> tuple[Numbers, Numbers]:
    ids = np.array([one.id for one in entered], dtype=np.int64)
    return ids, np.array([one.revision for one in entered], dtype=np.int64)


def _side(ids: Numbers, revisions: Numbers, items: Mapping[int, Shown]) -> Side:
    """Each compared item with the place of whose it is; -1 where the page has it not like that."""
    shown = [items.get(number) for number in ids.tolist()]
    owners = [
        one.place if one is not None and one.revision == revision else -1
        for one, revision in zip(shown, revisions.tolist(), strict=True)
    ]
    gone = Item("offer", "", "")
    kept = tuple(gone if one is None else one.item for one in shown)
    return Side(kept, np.array(owners, dtype=np.intp))
