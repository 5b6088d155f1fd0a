"""The filters of a list as links, each with how many people it would leave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from matchmaker.events.models import Event
from matchmaker.formatting import country_name
from matchmaker.matching.snapshot import Topic
from matchmaker.organisations.labels import KIND_LABELS
from matchmaker.organisations.regions import region_name
from matchmaker.people.filters import Choice, Filters

SHOWN_AT_FIRST = {"topic": 7, "wish": 7, "type": 7}
USUALLY_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    label: str
    count: int
    current: bool


class More(NamedTuple):
    url: str
    label: str


class Group(NamedTuple):
    label: str
    links: list[Link]
    more: More | None


class Addresses(NamedTuple):
    """Makes the addresses of a list under other filters; they begin at the first page."""

    event: Event
    endpoint: str = "people.index"
    always: Mapping[str, str] = MappingProxyType({})

    def of(self, filters: Filters, **more: Any) -> str:
        chosen: dict[str, Any] = {**self.always, **filters.chosen, **more}
        return url_for(self.endpoint, slug=self.event.slug, **chosen)


def groups_of(
    addresses: Addresses,
    filters: Filters,
    choices: Mapping[str, list[Choice]],
    topics: Iterable[Topic],
    opened: str,
) -> list[Group]:
    """A group for each facet that somebody differs in; `opened` is the one shown whole."""
    labels = {
        "wish": _("Yours"),
        "type": _("Type"),
        "topic": _("Topic"),
        "kind": _("Offers and needs"),
        "country": _("Country"),
        "region": _("Region"),
        "language": _("Language"),
        "organisation": _("Organisation"),
    }
    named = _Named(addresses, filters, {topic.id: topic.name for topic in topics})
    return [
        named.group(facet, labels[facet], found, whole=facet == opened)
        for facet, found in choices.items()
        if found
    ]


class _Named(NamedTuple):
    """Choices put into words and addresses."""

    addresses: Addresses
    filters: Filters
    topics: Mapping[str, str]

    def group(self, facet: str, label: str, choices: list[Choice], *, whole: bool) -> Group:
        most = SHOWN_AT_FIRST.get(facet, USUALLY_SHOWN)
        shown = [
            choice
            for rank, choice in enumerate(choices)
            if whole or rank < most or choice.is_chosen
        ]
        hidden = len(choices) - len(shown)
        links = [self._link(facet, choice) for choice in shown]
        return Group(label, links, self._more(facet, hidden) if hidden else None)

    def _link(self, facet: str, choice: Choice) -> Link:
        value = "" if choice.is_chosen else choice.value
        url = self.addresses.of(self.filters.changed(facet, value))
        return Link(url, self._name(facet, choice.value), choice.people, choice.is_chosen)

    def _more(self, facet: str, hidden: int) -> More:
        url = self.addresses.of(self.filters, more=facet)
        return More(f"{url}#filters", _("%(hidden)d more", hidden=hidden))

    def _name(self, facet: str, value: str) -> str:
        match facet:
            case "country":
                return country_name(value)
            case "region":
                return region_name(value, get_locale().language)
            case "language":
                return language_name(value)
            case "topic":
                return self.topics[value]
            case "organisation":
                return str(KIND_LABELS.get(value, value))
            case "type":
                return value
        return _words()[value]


def language_name(code: str) -> str:
    name: str = get_locale().languages.get(code, code)
    return name


def _words() -> dict[str, str]:
    return {
        "offer": _("Offers something"),
        "need": _("Needs something"),
        "bookmarked": _("Bookmarked"),
        "undecided": _("Not yet decided"),
        "must": _("Must"),
        "want": _("Want"),
        "no": _("No meeting"),
        "skipped": _("Skipped"),
    }
