"""The people one may meet, each with what speaks for it, the most promising first."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from matchmaker.events.models import Event
from matchmaker.events.weights import Weights
from matchmaker.matching.outcome import PairValue
from matchmaker.matching.queries import snapshot_for
from matchmaker.matching.snapshot import Person, Snapshot
from matchmaker.matching.value import values_for
from matchmaker.matching.words import Names, Sentence, for_reader
from matchmaker.organisations.queries import fold_name
from matchmaker.people.queries import visible_ids
from matchmaker.registration.models import Participant
from matchmaker.wishes.queries import levels_of


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody I may see. `level` is what I say of them, `pair` what else speaks for a meeting.

    My own wish stands on the buttons, so it is no reason here; nor does pressing one move anybody.
    """

    id: int
    person: Person
    level: str | None = None
    is_colleague: bool = False
    pair: PairValue | None = None


class People(NamedTuple):
    """Everybody one may see, and the event they were read from."""

    snapshot: Snapshot
    me: Person
    entries: list[Entry]


def people_for(event: Event, me: Participant) -> People:
    """Everybody `me` may see, in the order of what speaks for meeting them, then by name."""
    snapshot = snapshot_for(event, me)
    people = {person.id: person for person in snapshot.people}
    mine, levels = people[me.ref], levels_of(me)
    values = values_for(snapshot, me.ref)
    entries = [
        Entry(
            id=number,
            person=people[ref],
            level=levels.get(number),
            is_colleague=_are_colleagues(mine, people[ref]),
            pair=_without_wish_of(me.ref, values.get(ref)),
        )
        for ref, number in visible_ids(me).items()
        if ref in people
    ]
    weights = snapshot.settings.weights
    entries.sort(key=lambda entry: (-_promise(entry, weights), entry.person.name, entry.id))
    return People(snapshot, mine, entries)


def reasons_of(
    entry: Entry, reader: str, names: Names, gettext: Callable[[str], str]
) -> tuple[Sentence, ...]:
    """What speaks for meeting them, in words for `reader`; between colleagues nothing does."""
    if entry.pair is None or entry.is_colleague:
        return ()
    return for_reader(entry.pair, reader, names, gettext)


def _without_wish_of(me: str, pair: PairValue | None) -> PairValue | None:
    if pair is None:
        return None
    others = (reason for reason in pair.reasons if not (reason.is_wish and reason.person == me))
    return replace(pair, reasons=tuple(others))


def _promise(entry: Entry, weights: Weights) -> int:
    """What orders the list: a must counts as a want, or its place would tell the two apart."""
    if entry.pair is None or entry.is_colleague:
        return 0
    return sum(weights.want if why.is_wish else why.points for why in entry.pair.reasons)


def _are_colleagues(mine: Person, other: Person) -> bool:
    return fold_name(mine.organisation) == fold_name(other.organisation)
