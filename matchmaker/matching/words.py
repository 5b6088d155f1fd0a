"""Reasons, and why a wish did not fit, in words: for one reader, or for the organiser and on paper.

Sentences come in parts, so that a page can set the words that match in bold. Whoever calls brings
`gettext`, because the same words are needed inside a request, in a job and on the command line.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, Protocol

from matchmaker.matching.outcome import PairValue, Reason, Unplaced
from matchmaker.matching.snapshot import Snapshot

Gettext = Callable[[str], str]
Tone = Literal["", "offer", "need"]

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
STRONG = frozenset({"need", "offer", "topic"})


class Titled(Protocol):
    """An offer or need, of the database or of a snapshot."""

    @property
    def title(self) -> str: ...

    def title_in(self, locale: str, /) -> str: ...


class Part(NamedTuple):
    text: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """One reason in words. `tone` says whose gain it is for its reader.

    "offer" where the other brings what the reader needs, "need" the other way round.
    """

    parts: tuple[Part, ...]
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What people and topics are called, by their ids; an id nobody knows stands for itself.

    `titles` are those of offers and needs in the reader's language, by the titles first written.
    """

    people: Mapping[str, str]
    topics: Mapping[str, str]
    titles: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Names":
        return cls(
            people={person.id: person.name for person in snapshot.people},
            topics={topic.id: topic.name for topic in snapshot.topics},
        )

    def between(self, locale: str, items: Iterable[Titled]) -> "Names":
        """The same for a reader of `locale`, of two people whose offers and needs these are."""
        titles = {item.title: item.title_in(locale) for item in items}
        return replace(self, titles=titles)

    def title(self, written: str) -> str:
        return self.titles.get(written, written)

    def person(self, identity: str) -> str:
        return self.people.get(identity, identity)

    def topic(self, identity: str) -> str:
        return self.topics.get(identity, identity)


def for_reader(pair: PairValue, reader: str, names: Names, _: Gettext) -> tuple[Sentence, ...]:
    """The reasons as one of the two may read them: "you" and "they".

    A must and a want of the other read the same. Where the other has not wished nothing is said,
    be it silence or a "no".
    """
    wishes = {reason.person for reason in pair.reasons if reason.is_wish}
    others = (reason for reason in pair.reasons if not reason.is_wish)
    return (
        *_wishes_for_reader(wishes, reader, _),
        *(_reason_for_reader(reason, reader, names, _) for reason in others),
    )


def for_organiser(pair: PairValue, names: Names, _: Gettext) -> tuple[Sentence, ...]:
    """The reasons as the organiser reads them: with both names, and a must as a must."""
    return tuple(_reason_for_organiser(reason, pair, names, _) for reason in pair.reasons)


def why_not(unplaced: Unplaced, names: Names, _: Gettext) -> tuple[Sentence, ...]:
    """Why a wish did not fit, for the organiser only.

    A participant who is told for some wishes and not for others learns where a "no" was said.
    """
    return tuple(_obstacles(unplaced, names, _))


def text(sentence: Sentence) -> str:
    """Without bold, so what would be bold stands in quotation marks."""
    return "".join(f"“{part.text}”" if part.strong else part.text for part in sentence.parts)


def _wishes_for_reader(wishes: set[str], reader: str, _: Gettext) -> Iterator[Sentence]:
    mine, theirs = reader in wishes, bool(wishes - {reader})
    if mine and theirs:
        yield _fill(_("You both want to meet"))
    elif mine:
        yield _fill(_("You want to meet them"))
    elif theirs:
        yield _fill(_("They want to meet you"))


def _reason_for_reader(reason: Reason, reader: str, names: Names, _: Gettext) -> Sentence:
    words = _matching_words(reason, names)
    if reason.kind != "offer_meets_need":
        return _fill(_shared_words(reason, _), words)
    mine = reason.person == reader
    needed = _needed_words(_, mine=mine, alike=_one_title(words))
    return _fill(needed, words, "offer" if mine else "need")


def _shared_words(reason: Reason, _: Gettext) -> str:
    """Looked up one by one, for a page holds many reasons."""
    match reason.kind:
        case "accepted":
            return _("You agreed to meet")
        case "same_topic":
            return _("You both work on %(topic)s")
        case "type_preference":
            return _("The organisers bring your two types of participant together")
    return _("You come from different regions")


def _needed_words(_: Gettext, *, mine: bool, alike: bool) -> str:
    if alike:
        return (
            _("You need %(need)s; they offer it") if mine else _("They need %(need)s; you offer it")
        )
    if mine:
        return _("You need %(need)s; they offer %(offer)s")
    return _("They need %(need)s; you offer %(offer)s")


def _reason_for_organiser(reason: Reason, pair: PairValue, names: Names, _: Gettext) -> Sentence:
    other = pair.a if reason.person == pair.b else pair.b
    words = _matching_words(reason, names)
    messages = {
        "must": _("%(person)s must meet %(other)s"),
        "want": _("%(person)s wants to meet %(other)s"),
        "accepted": _("They agreed to meet"),
        "same_topic": _("Both work on %(topic)s"),
        "type_preference": _("The event brings their two types of participant together"),
        "different_regions": _("They come from different regions"),
        "offer_meets_need": _("%(person)s needs %(need)s, %(other)s offers it")
        if _one_title(words)
        else _("%(person)s needs %(need)s, %(other)s offers %(offer)s"),
    }
    people = {"person": names.person(reason.person), "other": names.person(other)}
    return _fill(messages[reason.kind], {**people, **words})


def _obstacles(unplaced: Unplaced, names: Names, _: Gettext) -> Iterator[Sentence]:
    full = dict(zip(("person", "other"), map(names.person, unplaced.full), strict=False))
    messages = {
        "never_free_together": _("They are never free at the same time"),
        "tables_full": _("No meeting point is free at any time both are"),
        "person_full": [
            _("No room left in their agendas"),
            _("%(person)s has no room left"),
            _("Neither has room left"),
        ][len(full)],
    }
    if unplaced.why in messages:
        yield _fill(messages[unplaced.why], full)
    elif unplaced.cost is None:
        yield _fill(_("Fitting it in would push out meetings worth more"))
    if unplaced.cost == 0:
        yield _fill(_("It could take the place of others without loss"))
    elif unplaced.cost is not None:
        cost = {"cost": str(unplaced.cost)}
        yield _fill(_("Fitting it in would cost at most %(cost)s in value"), cost)


def _one_title(words: Mapping[str, str]) -> bool:
    return words["need"].strip().casefold() == words["offer"].strip().casefold()


def _matching_words(reason: Reason, names: Names) -> dict[str, str]:
    return {
        "need": names.title(reason.need),
        "offer": names.title(reason.offer),
        "topic": names.topic(reason.topic),
    }


def _fill(message: str, words: Mapping[str, str] | None = None, tone: Tone = "") -> Sentence:
    """Cut a translated message at its placeholders, whichever order the language puts them in."""
    pieces = PLACEHOLDER.split(message)
    parts = (
        Part((words or {})[piece], piece in STRONG) if place % 2 else Part(piece, strong=False)
        for place, piece in enumerate(pieces)
    )
    return Sentence(tuple(part for part in parts if part.text), tone)
