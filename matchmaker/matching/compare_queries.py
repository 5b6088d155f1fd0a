"""What differs between two runs: all their meetings read once, the rest of what is shown alone."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select

from matchmaker.extensions import db
from matchmaker.matching.models import Run, RunMeeting
from matchmaker.registration.models import Participant

Pair = tuple[int, int]


class Place(NamedTuple):
    """When and where a pair meets, by ids, and what that is worth."""

    slot_id: int
    point_id: int
    value: int


class Seats(NamedTuple):
    """How many meetings somebody has, and what they are worth together."""

    meetings: int
    value: int


NONE = Seats(0, 0)


class PersonChange(NamedTuple):
    """What a person has in one run and in the other."""

    person: int
    a: Seats
    b: Seats

    @property
    def gain(self) -> int:
        return self.b.value - self.a.value


@dataclass(frozen=True, slots=True)
class Differing:
    """The pairs of two runs: `alike` keep their time, `moved` do not; each with most value first.

    `people` are those whose meetings are worth another sum, who loses most first.
    """

    a: dict[Pair, Place]
    b: dict[Pair, Place]
    alike: int
    moved: int
    only_a: list[Pair]
    only_b: list[Pair]
    people: list[PersonChange]


def differing(a: Run, b: Run) -> Differing:
    of_a, of_b = _places(a), _places(b)
    both = of_a.keys() & of_b.keys()
    alike = sum(of_a[pair].slot_id == of_b[pair].slot_id for pair in both)
    return Differing(
        a=of_a,
        b=of_b,
        alike=alike,
        moved=len(both) - alike,
        only_a=_by_value(of_a, of_a.keys() - both),
        only_b=_by_value(of_b, of_b.keys() - both),
        people=_people_changed(_seats(of_a), _seats(of_b)),
    )


def _places(run: Run) -> dict[Pair, Place]:
    rows = db.session.execute(
        select(
            RunMeeting.a_id,
            RunMeeting.b_id,
            RunMeeting.slot_id,
            RunMeeting.point_id,
            RunMeeting.value,
        ).where(RunMeeting.run_id == run.id)
    )
    return {(a, b): Place(slot, point, value) for a, b, slot, point, value in rows}


def _by_value(places: dict[Pair, Place], pairs: Iterable[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: (-places[pair].value, pair))


def _seats(places: dict[Pair, Place]) -> dict[int, Seats]:
    meetings: dict[int, int] = {}
    values: dict[int, int] = {}
    for pair, place in places.items():
        for person in pair:
            meetings[person] = meetings.get(person, 0) + 1
            values[person] = values.get(person, 0) + place.value
    return {person: Seats(count, values[person]) for person, count in meetings.items()}


def _people_changed(of_a: dict[int, Seats], of_b: dict[int, Seats]) -> list[PersonChange]:
    changes = (
        PersonChange(person, of_a.get(person, NONE), of_b.get(person, NONE))
        for person in of_a.keys() | of_b.keys()
    )
    found = [change for change in changes if change.gain]
    return sorted(found, key=lambda change: (change.gain, change.person))


def names_of(people: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(
        select(Participant.id, Participant.name).where(Participant.id.in_(people))
    )
    return {person: name for person, name in rows}
