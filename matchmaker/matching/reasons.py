"""Why two people should meet: every reason the event knows of, with the points it adds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matchmaker.matching.candidates import numbered, places, types_paired
from matchmaker.matching.outcome import Reason, ReasonKind
from matchmaker.matching.similarity import Matches, Similarity, lineage, matches
from matchmaker.matching.snapshot import Item, ItemKind, Met, Person, Snapshot, Topic

# A need is met once, by the offer most like it; an offer serves once; and no more than this many
# needs of either side count: twenty offers do not make one conversation worth twenty.
NEEDS_THAT_COUNT = 3

Pair = tuple[int, int]
Pairs = NDArray[np.intp]
Reasons = tuple[Reason, ...]


class Side(NamedTuple):
    """All offers, or all needs, each beside the place of the person whose it is."""

    items: tuple[Item, ...]
    owners: NDArray[np.intp]


class Stock(NamedTuple):
    """What people offer and need, and which of it meets; `is_behind` while changes are compared."""

    offers: Side
    needs: Side
    found: Matches
    is_behind: bool = False


def reasons_of(
    snapshot: Snapshot, people: Sequence[Person], pairs: Pairs, stock: Stock | None = None
) -> list[Reasons]:
    """The reasons of each pair; a pair is a row of two places in `people`, the smaller first.

    `stock` is given where it is known already; working it out is the greatest part of the work.
    """
    said = _wishes(snapshot, people)
    agreed = _agreed(snapshot, people)
    met = _needs_met(snapshot, people, pairs, stock)
    general = zip(
        _same_topic(snapshot, people, pairs),
        _type_preference(snapshot, people, pairs),
        _different_regions(snapshot, people, pairs),
        strict=True,
    )
    return [
        (*said.get((a, b), ()), *said.get((b, a), ()), *agreed.get((a, b), ()),
         *met.get((a, b), ()), *met.get((b, a), ()), *topic, *types, *regions)
        for (a, b), (topic, types, regions) in zip(pairs.tolist(), general, strict=True)
    ]  # fmt: skip


def _wishes(snapshot: Snapshot, people: Sequence[Person]) -> dict[Pair, Reasons]:
    """By who says it of whom."""
    place, weights = places(people), snapshot.settings.weights
    points = {"must": weights.must, "want": weights.want}
    return {
        (place[wish.person], place[wish.other]): (
            Reason(wish.level, points[wish.level], person=wish.person),
        )
        for wish in snapshot.wishes
        if wish.level != "no" and wish.person in place and wish.other in place
    }


def _agreed(snapshot: Snapshot, people: Sequence[Person]) -> dict[Pair, Reasons]:
    """By pair, once even where both asked."""
    place = places(people)
    reason = _general("accepted", snapshot.settings.weights.accepted)
    asked = [(place[a], place[b]) for a, b in snapshot.accepted if a in place and b in place]
    return {(min(pair), max(pair)): reason for pair in asked}


def stock_of(
    people: Sequence[Person], topics: tuple[Topic, ...], similarity: Similarity = matches
) -> Stock:
    """In one order however the items came, or the last digit of a likeness could change."""
    offers, needs = side_of(people, "offer"), side_of(people, "need")
    return Stock(offers, needs, similarity(offers.items, needs.items, topics))


def between(stock: Stock, people: Sequence[Person], pairs: Pairs) -> Stock:
    """As much of it as is between the two of each pair."""
    asked = _both_ways(people, pairs)
    offers, needs, likeness = stock.found
    these = asked[stock.needs.owners[needs], stock.offers.owners[offers]]
    return stock._replace(found=Matches(offers[these], needs[these], likeness[these]))


def met_of(people: Sequence[Person], stock: Stock) -> tuple[Met, ...]:
    """What meets what between different people, as a snapshot holds it."""
    offers, needs = _named(people, stock.offers), _named(people, stock.needs)
    met = []
    for offer, need, likeness in zip(*(column.tolist() for column in stock.found), strict=True):
        (offerer, offered), (needer, needed) = offers[offer], needs[need]
        if offerer != needer:
            met.append(Met(offerer, offered, needer, needed, likeness))
    return tuple(met)


def stock_from_met(people: Sequence[Person], met: Iterable[Met]) -> Stock:
    """The other way; who is not among the people any more meets nothing."""
    sides = offers, needs = side_of(people, "offer"), side_of(people, "need")
    offered, needed = (
        {name: place for place, name in enumerate(_named(people, side))} for side in sides
    )
    known = [
        (offered[each[:2]], needed[each[2:4]], each.likeness)
        for each in met
        if each[:2] in offered and each[2:4] in needed
    ]
    columns = np.array(known, dtype=np.float64).reshape(-1, 3).T
    found = Matches(columns[0].astype(np.intp), columns[1].astype(np.intp), columns[2])
    return Stock(offers, needs, found)


def _named(people: Sequence[Person], side: Side) -> list[tuple[str, int]]:
    """Each item by whose it is and which of theirs."""
    owners = side.owners.tolist()
    firsts = {owner: place for place, owner in reversed(list(enumerate(owners)))}
    return [(people[owner].id, place - firsts[owner]) for place, owner in enumerate(owners)]


def _stock_in(snapshot: Snapshot, people: Sequence[Person]) -> Stock:
    if snapshot.met is None:
        return stock_of(people, snapshot.topics)
    return stock_from_met(people, snapshot.met)


def _needs_met(
    snapshot: Snapshot, people: Sequence[Person], pairs: Pairs, stock: Stock | None
) -> dict[Pair, Reasons]:
    """By who needs and who offers."""
    points = snapshot.settings.weights.offer_meets_need
    if not points:
        return {}
    known = stock or _stock_in(snapshot, people)
    met: dict[Pair, list[Reason]] = defaultdict(list)
    for pair, offer, need in _best_matches(between(known, people, pairs)):
        needer = people[pair[0]]
        met[pair].append(_meets(known.offers.items[offer], known.needs.items[need], needer, points))
    return {pair: tuple(reasons) for pair, reasons in met.items()}


def _both_ways(people: Sequence[Person], pairs: Pairs) -> NDArray[np.bool_]:
    asked = np.zeros((len(people), len(people)), dtype=bool)
    asked[tuple(pairs.T)] = True
    return asked | asked.T


def side_of(people: Sequence[Person], kind: ItemKind) -> Side:
    owned = [
        (item, place)
        for place, person in enumerate(people)
        for item in sorted(person.items, key=lambda item: (item.topic, item.title, item.text))
        if item.kind == kind
    ]
    owners = np.array([owner for _, owner in owned], dtype=np.intp)
    return Side(tuple(item for item, _ in owned), owners)


def _best_matches(stock: Stock) -> Iterator[tuple[Pair, int, int]]:
    """For each two people the most alike first, no offer and no need twice."""
    offers, needs, likeness = stock.found
    needer, offerer = stock.needs.owners[needs], stock.offers.owners[offers]
    order = np.lexsort((offers, needs, -likeness, offerer, needer))
    rows = np.column_stack([needer, offerer, offers, needs])[order].tolist()
    for pair, choices in groupby(rows, key=lambda row: (row[0], row[1])):
        yield from ((pair, offer, need) for offer, need in _each_once(choices))


def _each_once(choices: Iterable[list[int]]) -> Iterator[Pair]:
    offers: set[int] = set()
    needs: set[int] = set()
    for *_, offer, need in choices:
        if len(needs) < NEEDS_THAT_COUNT and offer not in offers and need not in needs:
            offers.add(offer)
            needs.add(need)
            yield offer, need


def _meets(offer: Item, need: Item, needer: Person, points: int) -> Reason:
    return Reason(
        "offer_meets_need",
        points,
        person=needer.id,
        offer=offer.title,
        need=need.title,
        topic=need.topic,
    )


def _same_topic(snapshot: Snapshot, people: Sequence[Person], pairs: Pairs) -> list[Reasons]:
    """The deepest topic that one of the two has chosen and the other has too, or one below it."""
    lines = lineage(snapshot.topics)
    topics = sorted(lines, key=lambda topic: (-len(lines[topic]), topic))
    named = [frozenset([item.topic for item in person.items]) for person in people]
    chosen = _holding(named, topics, {topic: (topic,) for topic in topics})
    within = _holding(named, topics, lines)
    a, b = pairs.T
    shared = (chosen[a] & within[b]) | (within[a] & chosen[b])
    deepest = np.where(shared.any(axis=1), shared.argmax(axis=1), len(topics))
    points = snapshot.settings.weights.same_topic
    reasons = [*(_general("same_topic", points, topic) for topic in topics), ()]
    return [reasons[place] for place in deepest.tolist()]


def _holding(
    named: Sequence[frozenset[str]], topics: Sequence[str], counts_as: dict[str, tuple[str, ...]]
) -> NDArray[np.bool_]:
    """Which topics those each person names count as; the last column is false, for want of any."""
    column = {topic: number for number, topic in enumerate(topics)}
    columns = {topic: [column[name] for name in names] for topic, names in counts_as.items()}
    held = [
        (row, number)
        for row, own in enumerate(named)
        for topic in own
        for number in columns.get(topic, ())
    ]
    holding = np.zeros((len(named), len(topics) + 1), dtype=bool)
    if held:
        holding[tuple(np.array(held).T)] = True
    return holding


def _type_preference(snapshot: Snapshot, people: Sequence[Person], pairs: Pairs) -> list[Reasons]:
    a, b = pairs.T
    reason = _general("type_preference", snapshot.settings.weights.type_preference)
    preferred = types_paired(people, snapshot.settings.preferred, a, b)
    return [reason if yes else () for yes in preferred.tolist()]


def _different_regions(snapshot: Snapshot, people: Sequence[Person], pairs: Pairs) -> list[Reasons]:
    a, b = pairs.T
    reason = _general("different_regions", snapshot.settings.weights.different_regions)
    homes = [(person.country, person.region) for person in people]
    known = sorted(set(homes))
    apart = np.array([_apart(*two) for two in product(known, repeat=2)], dtype=bool)
    home = numbered(homes)
    far = apart[home[a] * len(known) + home[b]]
    return [reason if yes else () for yes in far.tolist()]


def _apart(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Regions differ where neither code lies within the other; without codes, countries tell."""
    (country, region), (other_country, other_region) = one, other
    if region and other_region:
        return not (region.startswith(other_region) or other_region.startswith(region))
    return bool(country and other_country and country != other_country)


def _general(kind: ReasonKind, points: int, topic: str = "") -> Reasons:
    """A reason of both sides; one that adds nothing is no reason."""
    return (Reason(kind, points, topic=topic),) if points else ()
