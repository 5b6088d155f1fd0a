"""Which pairs of participants are candidates for a meeting: consent, organisations and types."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matchmaker.matching.snapshot import Level, Person, Settings, Snapshot
from matchmaker.organisations.names import fold_name

Square = NDArray[np.bool_]
Pairs = NDArray[np.intp]
Name = TypeVar("Name", str, tuple[str, str])


def in_order(people: Sequence[Person]) -> tuple[Person, ...]:
    """Everything here and in `value` counts people in the order of their ids."""
    return tuple(sorted(people, key=lambda person: person.id))


def places(people: Sequence[Person]) -> dict[str, int]:
    return {person.id: place for place, person in enumerate(people)}


def candidates(snapshot: Snapshot) -> Pairs:
    """Who may meet whom: rows of two places in `in_order`, the smaller first, in order."""
    people = in_order(snapshot.people)
    asked = _consenting(snapshot, people) & ~_square(people, _said(snapshot, ("no",)))
    a, b = np.nonzero(asked)
    may = permitted_among(people, snapshot.settings, a, b)
    return np.column_stack([a[may], b[may]])


def permitted(people: Sequence[Person], settings: Settings) -> Square:
    """Who could meet whom whatever they wish: other organisations, and types that may meet."""
    everybody = np.arange(len(people))
    return permitted_among(people, settings, everybody[:, None], everybody[None, :])


def permitted_among(
    people: Sequence[Person], settings: Settings, a: NDArray[np.intp], b: NDArray[np.intp]
) -> Square:
    """The same for the people at the places `a` with those at `b`, as numpy spreads the two."""
    organisations = numbered([organisation_key(person) for person in people])
    bodies = numbered([body_key(person) for person in people])
    strangers: Square = (organisations[a] != organisations[b]) & (bodies[a] != bodies[b])
    if settings.may_meet is None:
        return strangers
    return strangers & types_paired(people, settings.may_meet, a, b)


def types_paired(
    people: Sequence[Person],
    pairs: frozenset[tuple[str, str]],
    a: NDArray[np.intp],
    b: NDArray[np.intp],
) -> Square:
    """Whether their types are one of `pairs`, whichever way round."""
    names = sorted({person.type for person in people})
    chosen = np.array([[(x, y) in pairs or (y, x) in pairs for y in names] for x in names], bool)
    types = numbered([person.type for person in people])
    paired: Square = chosen.reshape(len(names), len(names))[types[a], types[b]]
    return paired


def organisation_key(person: Person) -> str:
    """The name as organisations are compared everywhere; nobody shares an organisation unnamed."""
    return fold_name(person.organisation) or f"\0{person.id}"


def body_key(person: Person) -> tuple[str, str]:
    """Equal for participants who are one person in several roles."""
    return ("shared", person.body) if person.body else ("own", person.id)


def numbered(names: Sequence[Name]) -> NDArray[np.intp]:
    """Each name's number, equal names equal; numpy compares numbers faster than words."""
    number = {name: place for place, name in enumerate(sorted(set(names)))}
    return np.array([number[name] for name in names], dtype=np.intp)


def _consenting(snapshot: Snapshot, people: Sequence[Person]) -> Square:
    """Those of whom the event's consent holds; what is accepted or locked is so in any case."""
    if snapshot.settings.consent == "suggest":
        return np.triu(np.ones((len(people), len(people)), dtype=bool), k=1)
    said = set(_said(snapshot, ("must", "want")))
    if snapshot.settings.consent == "accepted":
        said = {(a, b) for a, b in said if (b, a) in said}
    firm = ((each.a, each.b) for each in snapshot.settled if each.firm)
    return _square(people, chain(said, snapshot.accepted, firm))


def _said(snapshot: Snapshot, levels: tuple[Level, ...]) -> Iterator[tuple[str, str]]:
    return ((wish.person, wish.other) for wish in snapshot.wishes if wish.level in levels)


def _square(people: Sequence[Person], pairs: Iterable[tuple[str, str]]) -> Square:
    """Pairs of ids above the diagonal of a matrix, whichever way round they were said.

    Those with somebody who is not there are left out.
    """
    place = places(people)
    square = np.zeros((len(people), len(people)), dtype=bool)
    known = [(place[a], place[b]) for a, b in pairs if a in place and b in place]
    if known:
        two = np.sort(np.array(known), axis=1)
        square[two[:, 0], two[:, 1]] = True
    return square
