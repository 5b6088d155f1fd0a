"""A list of people as asked for: searched, narrowed, in order, one page of it, with its filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

from matchmaker.events.models import Event
from matchmaker.people.entries import Entry, People, by_name
from matchmaker.people.filters import Choice, Crowd, Filters
from matchmaker.people.index import documents_of
from matchmaker.people.search import Hit, Search, words_of

LONGEST_PAGE = 20

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Thing]):
    """One page of a list."""

    entries: Sequence[Thing]
    number: int
    of: int
    total: int


@dataclass(frozen=True, slots=True)
class Listing:
    """`hits` says of those found what matched; `taken_for` which words were taken for others."""

    left: Sequence[Entry]
    choices: dict[str, list[Choice]]
    hits: Mapping[int, Hit]
    taken_for: Sequence[tuple[str, str]]


def list_people(event: Event, people: People, filters: Filters) -> Listing:
    """Who fits the search and the filters, in the order wished for."""
    found, hits, taken_for = _search(event, people, filters)
    crowd = Crowd(found, people.snapshot.topics)
    left = crowd.narrow(filters)
    if filters.sort == "name":
        left = by_name(left)
    return Listing(left, crowd.count_choices(filters), hits, taken_for)


def sheet_of(things: Sequence[Thing], wanted: int) -> Sheet[Thing]:
    """The page wanted, or the nearest there is."""
    pages = max(1, ceil(len(things) / LONGEST_PAGE))
    number = min(max(wanted, 1), pages)
    shown = things[(number - 1) * LONGEST_PAGE : number * LONGEST_PAGE]
    return Sheet(shown, number, pages, len(things))


def _search(
    event: Event, people: People, filters: Filters
) -> tuple[list[Entry], Mapping[int, Hit], Sequence[tuple[str, str]]]:
    """The best fit first; between equals what speaks for meeting them, as without a search."""
    if not filters.q:
        return people.entries, {}, ()
    search = Search(words_of(filters.q), documents_of(event, people.entries))
    hits = search.hits()
    found = [entry for entry in people.entries if entry.id in hits]
    return sorted(found, key=lambda entry: -hits[entry.id].score), hits, search.taken_for
