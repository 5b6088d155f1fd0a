"""The filters of the list of people as links, each with how many people it would leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import gettext as _

from matchmaker.events.models import Event
from matchmaker.formatting import country_name
from matchmaker.matching.snapshot import Topic
from matchmaker.people.filters import Choice, Filters

SHOWN_AT_FIRST = 7


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
    """Makes the addresses of the list under other filters; they begin at the first page."""

    event: Event

    def of(self, filters: Filters, **more: Any) -> str:
        chosen: dict[str, Any] = {**filters.chosen, **more}
        return url_for("people.index", slug=self.event.slug, **chosen)


def groups_of(
    event: Event,
    filters: Filters,
    choices: Mapping[str, list[Choice]],
    topics: tuple[Topic, ...],
    opened: str,
) -> list[Group]:
    """A group for each facet that somebody differs in; `opened` is the one shown whole."""
    labels = {
        "type": _("Type"),
        "topic": _("Topic"),
        "kind": _("Offers and needs"),
        "country": _("Country"),
        "wish": _("Your wish"),
    }
    named = _Named(Addresses(event), filters, {topic.id: topic.name for topic in topics})
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
        if facet in ("type", "country"):
            choices = sorted(choices, key=lambda choice: -choice.people)
        shown = [
            choice
            for rank, choice in enumerate(choices)
            if whole or rank < SHOWN_AT_FIRST or choice.is_chosen
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
        words = {
            "offer": _("Offers something"),
            "need": _("Needs something"),
            "must": _("Must"),
            "want": _("Want"),
            "no": _("No meeting"),
        }
        if facet == "country":
            return country_name(value)
        if facet == "topic":
            return self.topics[value]
        return value if facet == "type" else str(words[value])
