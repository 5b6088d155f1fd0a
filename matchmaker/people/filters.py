"""What narrows a list of people: filters and a search, kept in the address of the page."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import NamedTuple

from matchmaker.matching.similarity import lineage
from matchmaker.matching.snapshot import ITEM_KINDS, Topic
from matchmaker.people.entries import Entry

LONGEST_SEARCH = 100
FACETS = ("wish", "type", "topic", "kind", "country", "region", "language", "organisation")
OF_ITEMS = ("topic", "kind")
WISHES = ("bookmarked", "undecided", "must", "want", "no", "skipped")
SORTS = ("", "name")
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Filters:
    """What is chosen; an empty word filters nothing. `sort` orders only."""

    q: str = ""
    wish: str = ""
    type: str = ""
    topic: str = ""
    kind: str = ""
    country: str = ""
    region: str = ""
    language: str = ""
    organisation: str = ""
    sort: str = ""

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> "Filters":
        given = {name: arguments.get(name, "").strip() for name in ("q", *FACETS)}
        sort = arguments.get("sort", "")
        return cls(
            **{**given, "q": given["q"][:LONGEST_SEARCH]}, sort=sort if sort in SORTS else ""
        )

    @property
    def chosen(self) -> dict[str, str]:
        """Everything that stands in the address."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def is_narrow(self) -> bool:
        """Whether anybody may be left out."""
        return bool(set(self.chosen) - {"sort"})

    def changed(self, name: str, value: str) -> "Filters":
        return replace(self, **{name: value})


class Choice(NamedTuple):
    """One value of a facet, and how many people choosing it would leave."""

    value: str
    people: int
    is_chosen: bool


class Traits(NamedTuple):
    """What the filters ask of somebody: the values of each facet, and of each item its own."""

    values: Mapping[str, tuple[str, ...]]
    items: tuple[tuple[frozenset[str], str], ...]

    def of_item(self, *, topic: str = "", kind: str = "") -> bool:
        """Whether one and the same offer or need has both."""
        return not (topic or kind) or any(
            (not kind or kind == own) and (not topic or topic in line) for line, own in self.items
        )


class Judged(NamedTuple):
    """Somebody with the facets whose filter they fail, and whether one of their items passes."""

    traits: Traits
    failing: list[str]
    has_item: bool

    def counts_for(self, facet: str) -> bool:
        """Whether they would be left, if that one filter were another."""
        if self.failing and self.failing != [facet]:
            return False
        return self.has_item or facet in OF_ITEMS


class Crowd:
    """People with what the filters ask of them."""

    def __init__(self, entries: Sequence[Entry], topics: Sequence[Topic]) -> None:
        self._topics = topics
        self._entries = entries
        lines = {topic: frozenset(line) for topic, line in lineage(tuple(topics)).items()}
        self._traits = [traits_of(entry, lines) for entry in entries]

    def narrow(self, filters: Filters) -> list[Entry]:
        """Those who pass every filter but the search, in the order they came."""
        judged = zip(self._entries, self._judge(filters), strict=True)
        return [entry for entry, each in judged if each.has_item and not each.failing]

    def count_choices(self, filters: Filters) -> dict[str, list[Choice]]:
        """For each facet its values that somebody has, with the other filters left as they are.

        A facet in which nobody differs from anybody tells nothing and is left out.
        """
        judged = self._judge(filters)
        counts = {facet: self._count(facet, filters, judged) for facet in FACETS}
        return {
            facet: _choices(counts[facet], self._values(facet, counts[facet]), filters, facet)
            for facet in FACETS
            if getattr(filters, facet) or _tells(counts[facet], len(judged))
        }

    def _judge(self, filters: Filters) -> list[Judged]:
        asked = [
            (facet, value)
            for facet in FACETS
            if facet not in OF_ITEMS and (value := getattr(filters, facet))
        ]
        return [
            Judged(
                traits,
                [facet for facet, value in asked if value not in traits.values[facet]],
                traits.of_item(topic=filters.topic, kind=filters.kind),
            )
            for traits in self._traits
        ]

    def _count(self, facet: str, filters: Filters, judged: Iterable[Judged]) -> Counter[str]:
        """All at once, since a counter takes long to begin."""
        counted = Counter(_known(facet, filters, self._traits))
        left = [each.traits for each in judged if each.counts_for(facet)]
        counted.update(chain.from_iterable(_values_left(facet, filters, left)))
        return counted

    def _values(self, facet: str, counted: Counter[str]) -> Sequence[str]:
        """In their own order where they have one, else the most frequent first."""
        topics = tuple(topic.id for topic in self._topics)
        fixed = {"wish": WISHES, "kind": ITEM_KINDS, "topic": topics}
        return fixed.get(facet) or [value for value, _ in counted.most_common() if value]


def traits_of(entry: Entry, lines: Mapping[str, frozenset[str]]) -> Traits:
    person = entry.person
    values = {
        "wish": _said(entry),
        "type": (person.type,),
        "country": (person.country,),
        "region": (person.region,),
        "language": tuple(dict.fromkeys(person.languages)),
        "organisation": (entry.organisation_kind,),
    }
    return Traits(values, tuple([(lines.get(i.topic, NOTHING), i.kind) for i in person.items]))


def _values_left(facet: str, filters: Filters, people: Iterable[Traits]) -> Iterable[Iterable[str]]:
    """What each has of the facet; of items those alone that pass the other filter."""
    if facet == "topic":
        kind = filters.kind
        return [
            frozenset().union(*(line for line, own in each.items if kind in ("", own)))
            for each in people
        ]
    if facet == "kind":
        topic = filters.topic
        return [
            {kind for line, kind in each.items if not topic or topic in line} for each in people
        ]
    return [each.values[facet] for each in people]


def _said(entry: Entry) -> tuple[str, ...]:
    said = entry.level or ("skipped" if entry.is_skipped else "")
    undecided = ("undecided",) if entry.is_undecided else ()
    return (said, *undecided, *(("bookmarked",) if entry.is_bookmarked else ()))


def _known(facet: str, filters: Filters, everybody: Iterable[Traits]) -> dict[str, int]:
    """What is chosen stands there to be taken away, though nobody be left with it."""
    chosen = getattr(filters, facet)
    if facet in OF_ITEMS:
        known = any(traits.of_item(**{facet: chosen}) for traits in everybody)
    else:
        known = any(chosen in traits.values[facet] for traits in everybody)
    return {chosen: 0} if chosen and known else {}


def _tells(counted: Counter[str], people: int) -> bool:
    named = [number for value, number in counted.items() if value]
    return len(named) > 1 or (len(named) == 1 and named[0] < people)


def _choices(
    counted: Counter[str], values: Iterable[str], filters: Filters, facet: str
) -> list[Choice]:
    chosen = getattr(filters, facet)
    found = [Choice(value, counted[value], value == chosen) for value in values]
    return [choice for choice in found if choice.people or choice.is_chosen]
