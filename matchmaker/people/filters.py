"""What narrows a list of people: filters and a search, kept in the address of the page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import NamedTuple

from matchmaker.matching.similarity import lineage
from matchmaker.matching.snapshot import Person, Topic
from matchmaker.organisations.queries import fold
from matchmaker.people.entries import Entry

LONGEST_SEARCH = 100
FACETS = ("type", "topic", "kind", "country", "wish")

Test = Callable[[Entry, str], bool]


@dataclass(frozen=True, slots=True)
class Filters:
    """What is chosen; an empty word filters nothing."""

    q: str = ""
    type: str = ""
    topic: str = ""
    kind: str = ""
    country: str = ""
    wish: str = ""

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> "Filters":
        given = {name: arguments.get(name, "").strip() for name in ("q", *FACETS)}
        return cls(**{**given, "q": given["q"][:LONGEST_SEARCH]})

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}

    def changed(self, name: str, value: str) -> "Filters":
        return replace(self, **{name: value})


class Choice(NamedTuple):
    """One value of a facet, and how many people choosing it would leave."""

    value: str
    people: int
    is_chosen: bool


def search(entries: Sequence[Entry], text: str) -> list[Entry]:
    """The entries that hold every word of `text`, whatever its case and accents."""
    words = fold(text).split()
    return [entry for entry in entries if not words or _holds(entry.person, words)]


def narrow(entries: Sequence[Entry], filters: Filters, topics: Sequence[Topic]) -> list[Entry]:
    """The entries that pass every filter but the search, in the order they came."""
    tests = _tests(filters, topics)
    chosen = [(tests[name], value) for name, value in filters.chosen.items() if name in tests]
    return [entry for entry in entries if all(test(entry, value) for test, value in chosen)]


def count_choices(
    entries: Sequence[Entry], filters: Filters, topics: Sequence[Topic]
) -> dict[str, list[Choice]]:
    """For each facet its values that somebody has, with the other filters left as they are."""
    tests = _tests(filters, topics)
    values = _values(entries, topics)
    return {
        name: _count(
            narrow(entries, filters.changed(name, ""), topics),
            values[name],
            tests[name],
            getattr(filters, name),
        )
        for name in FACETS
    }


def _count(left: Sequence[Entry], values: Iterable[str], test: Test, chosen: str) -> list[Choice]:
    counted = [
        Choice(value, sum(test(entry, value) for entry in left), value == chosen)
        for value in values
    ]
    return [choice for choice in counted if choice.people or choice.is_chosen]


def _values(entries: Sequence[Entry], topics: Sequence[Topic]) -> dict[str, Iterable[str]]:
    return {
        "type": sorted({entry.person.type for entry in entries}),
        "topic": [topic.id for topic in topics],
        "kind": ("offer", "need"),
        "country": sorted({entry.person.country for entry in entries} - {""}),
        "wish": ("must", "want", "no"),
    }


def _tests(filters: Filters, topics: Sequence[Topic]) -> dict[str, Test]:
    """How each facet tells; topic and kind are asked of one and the same offer or need."""
    lines = lineage(tuple(topics))

    def has_item(entry: Entry, topic: str, kind: str) -> bool:
        return any(
            (not kind or item.kind == kind) and (not topic or topic in lines.get(item.topic, ()))
            for item in entry.person.items
        )

    return {
        "type": lambda entry, value: entry.person.type == value,
        "topic": lambda entry, value: has_item(entry, value, filters.kind),
        "kind": lambda entry, value: has_item(entry, filters.topic, value),
        "country": lambda entry, value: entry.person.country == value,
        "wish": lambda entry, value: entry.level == value,
    }


def _holds(person: Person, words: Sequence[str]) -> bool:
    """Whether every word stands somewhere in the name, organisation, offers or needs."""
    said = (text for item in person.items for text in (item.title, item.text))
    text = fold(" ".join((person.name, person.organisation, *said)))
    return all(word in text for word in words)
