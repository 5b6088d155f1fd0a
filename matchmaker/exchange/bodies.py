"""Which rows of participants are one person: the same address and the same name."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from matchmaker.accounts.addresses import address_key
from matchmaker.matching.snapshot import Person
from matchmaker.organisations.queries import fold


def share_bodies(people: Iterable[Person]) -> tuple[Person, ...]:
    """The same people, where one stands for several organisations named after their first row."""
    found = tuple(people)
    rows: dict[tuple[str, str], list[str]] = {}
    for person in found:
        rows.setdefault(_identity(person), []).append(person.id)
    return tuple(
        replace(person, body=own[0]) if len(own := rows[_identity(person)]) > 1 else person
        for person in found
    )


def holders(people: Sequence[Person]) -> dict[str, bool]:
    """Whether each attends for themselves, by id: the first row of an address is its holder.

    A row of the same address with another name is somebody whose place the holder looks after.
    """
    first: dict[str, Person] = {}
    for person in people:
        first.setdefault(address_key(person.email), person)
    return {
        person.id: _identity(person) == _identity(first[address_key(person.email)])
        for person in people
    }


def numbers(people: Sequence[Person]) -> dict[str, int]:
    """The how-manieth of its address each is, by id, from one."""
    met: dict[str, int] = {}
    counted: dict[str, int] = {}
    for person in people:
        key = address_key(person.email)
        counted[person.id] = met[key] = met.get(key, 0) + 1
    return counted


def _identity(person: Person) -> tuple[str, str]:
    return address_key(person.email), fold(person.name)
