"""The people one may meet, each with what speaks for it, the most promising first."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from flask_babel import get_locale

from matchmaker.collation import Key, sort_key
from matchmaker.events.models import Event
from matchmaker.events.weights import Weights
from matchmaker.matching.outcome import PairValue
from matchmaker.matching.queries import snapshot_for
from matchmaker.matching.queries_needs_met import stock_for
from matchmaker.matching.snapshot import Person, Settings, Snapshot
from matchmaker.matching.value import values_for
from matchmaker.matching.words import Names, Sentence, for_reader
from matchmaker.people.queries import Visible, everybody_visible, marks_of
from matchmaker.registration.models import Participant
from matchmaker.wishes.queries import levels_of


class Entry(NamedTuple):
    """Somebody I may see. `level` is what I say of them, `pair` what else speaks for a meeting.

    My own wish stands on the buttons, so it is no reason here; nor does pressing one move anybody.
    `promise` is what orders the list. `is_apart`: of a type that mine may see and never meets.
    """

    id: int
    person: Person
    organisation_id: int
    organisation_kind: str
    level: str | None = None
    is_colleague: bool = False
    is_apart: bool = False
    is_bookmarked: bool = False
    is_skipped: bool = False
    pair: PairValue | None = None
    promise: int = 0

    @property
    def is_undecided(self) -> bool:
        """Whether I have still to say something of them."""
        return self.level is None and not self.is_skipped and not self.is_out_of_reach

    @property
    def is_out_of_reach(self) -> bool:
        """Whether no meeting with them is ever planned."""
        return self.is_colleague or self.is_apart


class People(NamedTuple):
    """Everybody one may see, and the event they were read from.

    `is_behind` while what was changed lately is still being compared.
    """

    snapshot: Snapshot
    me: Person
    entries: list[Entry]
    names: Names
    is_behind: bool

    def find(self, participant_id: int) -> Entry:
        return next(entry for entry in self.entries if entry.id == participant_id)

    def names_for(self, entry: Entry) -> Names:
        """What the reasons to meet them name, in the reader's language."""
        return self.names.between(language_read(), (*self.me.items, *entry.person.items))


def people_for(event: Event, me: Participant) -> People:
    """Everybody `me` may see, in the order of what speaks for meeting them, then by name."""
    snapshot, visible = snapshot_for(event, me), everybody_visible(me)
    people = {person.id: person for person in snapshot.people}
    ids = {me.ref: me.id, **{one.ref: one.id for one in visible}}
    stock = stock_for(event, me, snapshot, ids)
    values = values_for(snapshot, me.ref, stock)
    entries = _entries(me, people, visible, values, snapshot.settings)
    entries.sort(key=_by_promise())
    return People(snapshot, people[me.ref], entries, Names.of(snapshot), stock.is_behind)


def by_name(entries: Iterable[Entry]) -> list[Entry]:
    """In the order of the names as the reader's language has it."""
    language = language_read()
    return sorted(entries, key=lambda entry: (*_name_key(entry.person.name, language), entry.id))


def reasons_of(people: People, entry: Entry, gettext: Callable[[str], str]) -> tuple[Sentence, ...]:
    """What speaks for meeting them, in words for the reader; nothing where none is planned."""
    if entry.pair is None or entry.is_out_of_reach:
        return ()
    return for_reader(entry.pair, people.me.id, people.names_for(entry), gettext)


def _entries(
    me: Participant,
    people: dict[str, Person],
    visible: list[Visible],
    values: dict[str, PairValue],
    settings: Settings,
) -> list[Entry]:
    levels, marks = levels_of(me), marks_of(me)
    own_key = None if me.organisation is None else me.organisation.name_key
    return [
        Entry(
            id=one.id,
            person=people[one.ref],
            organisation_id=one.organisation_id,
            organisation_kind=one.organisation_kind,
            level=levels.get(one.id),
            is_colleague=one.organisation_key == own_key,
            is_apart=not settings.types_meet(people[me.ref].type, people[one.ref].type),
            is_bookmarked=one.id in marks["bookmark"],
            is_skipped=one.id in marks["skip"],
            pair=(pair := _without_wish_of(me.ref, values.get(one.ref))),
            promise=0 if one.organisation_key == own_key else _promise(pair, settings.weights),
        )
        for one in visible
        if one.ref in people
    ]


def _without_wish_of(me: str, pair: PairValue | None) -> PairValue | None:
    if pair is None:
        return None
    others = tuple([why for why in pair.reasons if not (why.is_wish and why.person == me)])
    return pair if len(others) == len(pair.reasons) else replace(pair, reasons=others)


def _promise(pair: PairValue | None, weights: Weights) -> int:
    """What orders the list: a must counts as a want, or its place would tell the two apart."""
    if pair is None:
        return 0
    return sum(weights.want if why.is_wish else why.points for why in pair.reasons)


def _by_promise() -> Callable[[Entry], tuple[int, Key, int]]:
    language = language_read()
    return lambda entry: (-entry.promise, _name_key(entry.person.name, language), entry.id)


@lru_cache(maxsize=16384)
def _name_key(name: str, language: str) -> Key:
    return sort_key(name, language)


def language_read() -> str:
    """The language of the page in hand."""
    return str(get_locale() or "en")[:2]
