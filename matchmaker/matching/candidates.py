"""Which pairs of participants are candidates for a meeting: consent, organisations and types."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matchmaker.matching.snapshot import Level, Person, Settings, Snapshot
from matchmaker.organisations.names import fold_name

Square = NDArray[np.bool_]
Name = TypeVar("Name", str, tuple[str, str])


def in_order(people: Sequence[Person]) -> tuple[Person, ...]:
    """Everything here and in `value` counts people in the order of their ids."""
    return tuple(sorted(people, key=lambda person: person.id))


def places(people: Sequence[Person]) -> dict[str, int]:
    return {person.id: place for place, person in enumerate(people)}


def candidates(snapshot: Snapshot) -> Square:
    """Who may meet whom, by places in `in_order`; each pair once, above the diagonal."""
    people = in_order(snapshot.people)
    refused = _said(snapshot, people, ("no",))
    wished = _said(snapshot, people, ("must", "want"))
    agreed = _accepted(snapshot, people)
    consent = {
        "accepted": (wished & wished.T) | agreed,
        "wishes": wished | wished.T | agreed,
        "suggest": np.ones_like(wished),
    }[snapshot.settings.consent]
    firm = _square(people, [(each.a, each.b) for each in snapshot.settled if each.firm])
    consent = consent | firm | firm.T
    return np.triu(consent & permitted(people, snapshot.settings) & ~(refused | refused.T), k=1)


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


def _said(snapshot: Snapshot, people: Sequence[Person], levels: tuple[Level, ...]) -> Square:
    return _square(people, [(w.person, w.other) for w in snapshot.wishes if w.level in levels])


def _accepted(snapshot: Snapshot, people: Sequence[Person]) -> Square:
    asked = _square(people, snapshot.accepted)
    return asked | asked.T


def _square(people: Sequence[Person], pairs: Iterable[tuple[str, str]]) -> Square:
    """Ordered pairs of ids as a matrix; pairs with somebody who is not there are left out."""
    place = places(people)
    square = np.zeros((len(people), len(people)), dtype=bool)
    known = [(place[a], place[b]) for a, b in pairs if a in place and b in place]
    if known:
        square[tuple(np.array(known).T)] = True
    return square
