"""The offers and needs of everybody one may see, as one list: narrowed, searched, best first."""

from collections.abc import Sequence
from typing import NamedTuple

from matchmaker.collation import by_name
from matchmaker.events.models import Event
from matchmaker.marketplace.shelf import Shelved, shelf_of
from matchmaker.matching.similarity import lineage
from matchmaker.people.entries import Entry, People, language_read
from matchmaker.people.filters import Choice, Crowd, Filters
from matchmaker.people.index import documents_of_items, items_of
from matchmaker.people.search import Search, words_of

FITS = ("offer", "need")


class Line(NamedTuple):
    """An offer or a need and whose it is; `fits` where it answers one of the reader's own."""

    entry: Entry
    item: Shelved
    fits: bool


class Market(NamedTuple):
    """The lines left, the choices of each facet, and how many people fit from either side."""

    lines: Sequence[Line]
    choices: dict[str, list[Choice]]
    taken_for: Sequence[tuple[str, str]]
    fitting: dict[str, int]


def market_for(event: Event, people: People, filters: Filters, fits: str) -> Market:
    """`fits` "offer" leaves what answers the reader's needs, "need" whom the reader answers."""
    topics = people.snapshot.topics
    everything = lines_of(event, people)
    searched, taken_for = _search(event, people, everything, filters)
    fitting = [line for line in searched if not fits or (line.fits and line.item.kind == fits)]
    owners = list({line.entry.id: line.entry for line in fitting}.values())
    crowd = Crowd(owners, topics)
    allowed = {entry.id for entry in crowd.narrow(filters)}
    above = lineage(topics)
    left = [
        line
        for line in fitting
        if line.entry.id in allowed
        and filters.kind in ("", line.item.kind)
        and (not filters.topic or filters.topic in above.get(line.item.topic, ()))
    ]
    return Market(
        lines=_in_order(left, filters),
        choices=crowd.count_choices(filters),
        taken_for=taken_for,
        fitting=count_fitting(people),
    )


def lines_of(event: Event, people: People) -> list[Line]:
    shelf = shelf_of(event)
    return [
        Line(entry, item, fits=(item.kind, item.title) in answers)
        for entry in people.entries
        for answers in (_answers(people.me.id, entry),)
        for item in items_of(shelf, entry)
    ]


def count_fitting(people: People) -> dict[str, int]:
    """How many people offer what the reader needs, and how many need what the reader offers."""
    answers = [_answers(people.me.id, entry) for entry in people.entries]
    return {kind: sum(any(own == kind for own, _ in each) for each in answers) for kind in FITS}


def _answers(me: str, entry: Entry) -> list[tuple[str, str]]:
    """The offers and needs of somebody that answer the reader's, by kind and title."""
    if entry.pair is None or entry.is_out_of_reach:
        return []
    return [
        ("offer", reason.offer) if reason.person == me else ("need", reason.need)
        for reason in entry.pair.reasons
        if reason.kind == "offer_meets_need"
    ]


def _search(
    event: Event, people: People, lines: list[Line], filters: Filters
) -> tuple[list[Line], Sequence[tuple[str, str]]]:
    if not filters.q:
        return lines, ()
    search = Search(words_of(filters.q), documents_of_items(event, people.entries))
    hits = search.hits()
    found = [line for line in lines if line.item.id in hits]
    return sorted(found, key=lambda line: -hits[line.item.id].score), search.taken_for


def _in_order(lines: list[Line], filters: Filters) -> list[Line]:
    """What answers the reader's own first; a search has its own order, names theirs."""
    if filters.sort == "name":
        return by_name(lines, lambda line: line.item.title_in(language_read()))
    return lines if filters.q else sorted(lines, key=lambda line: not line.fits)
