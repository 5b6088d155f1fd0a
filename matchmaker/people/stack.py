"""What the page of the recommended shows: who is on top, what was said last, how far one is."""

from collections.abc import Callable
from dataclasses import dataclass

from matchmaker.extensions import db
from matchmaker.matching.words import Sentence
from matchmaker.people.earlier import MetBefore, met_before
from matchmaker.people.entries import Entry, People, reasons_of
from matchmaker.people.explained import Explained, explain
from matchmaker.people.facets import language_name
from matchmaker.people.room import Room, count_common, room_of
from matchmaker.registration.models import Participant


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody to decide on; `common` is how many slots both are there for."""

    entry: Entry
    why: tuple[Sentence, ...]
    explained: Explained
    common: int
    shared_languages: tuple[str, ...]
    no_shared_language: bool
    earlier: MetBefore | None


@dataclass(frozen=True, slots=True)
class StackPage:
    """`left` is how many are to be decided on, the card among them; `last` was decided on last.

    `is_back` where what was said of the card was just taken back.
    """

    card: Card | None
    left: int
    last: Entry | None
    is_back: bool
    room: Room


def stack_page(
    me: Participant,
    people: People,
    *,
    first: int,
    last: int,
    gettext: Callable[[str], str],
) -> StackPage:
    """The best that is undecided on top; `first` goes before it, having been taken back."""
    stack = [entry for entry in people.entries if entry.is_undecided and entry.promise]
    back = [entry for entry in people.entries if entry.is_undecided and entry.id == first]
    top = next(iter((*back, *stack)), None)
    decided = (e for e in people.entries if e.id == last and (e.level or e.is_skipped))
    return StackPage(
        card=None if top is None else _card(me, people, top, gettext),
        left=len(stack) + sum(entry not in stack for entry in back),
        last=next(decided, None),
        is_back=bool(back),
        room=room_of(me),
    )


def _card(me: Participant, people: People, entry: Entry, gettext: Callable[[str], str]) -> Card:
    mine, theirs = people.me.languages, entry.person.languages
    shared = [code for code in theirs if code in mine]
    other = db.session.get_one(Participant, entry.id)
    return Card(
        entry=entry,
        why=reasons_of(people, entry, gettext),
        explained=explain(people, entry, gettext),
        common=count_common(me, other),
        shared_languages=tuple(language_name(code) for code in shared),
        no_shared_language=bool(mine and theirs and not shared),
        earlier=met_before(me, other),
    )
