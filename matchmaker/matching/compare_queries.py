"""What differs between two runs: all their meetings read once, the rest of what is shown alone."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from matchmaker.extensions import db
from matchmaker.matching.models import Run, RunMeeting
from matchmaker.registration.models import Participant

Numbers = NDArray[np.int64]


class Place(NamedTuple):
    """A meeting by ids, and what it is worth."""

    a_id: int
    b_id: int
    slot_id: int
    point_id: int
    value: int


class Seats(NamedTuple):
    """How many meetings somebody has, and what they are worth together."""

    meetings: int
    value: int


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
    """The pairs of two runs: `alike` keep their time, `moved` do not.

    `count_a` pairs meet only in the one; of them those of most value. `people` are those whose
    meetings are worth another sum, who loses most first.
    """

    alike: int
    moved: int
    count_a: int
    count_b: int
    only_a: list[Place]
    only_b: list[Place]
    people: list[PersonChange]


def differing(a: Run, b: Run, *, most: int) -> Differing:
    """Of the meetings that only one has, at most so many."""
    of_a, of_b = _meetings(a), _meetings(b)
    _both, in_a, in_b = np.intersect1d(_pairs(of_a), _pairs(of_b), True, True)
    alike = int((of_a[in_a, 2] == of_b[in_b, 2]).sum())
    only_a, only_b = np.delete(of_a, in_a, axis=0), np.delete(of_b, in_b, axis=0)
    return Differing(
        alike=alike,
        moved=len(in_a) - alike,
        count_a=len(only_a),
        count_b=len(only_b),
        only_a=_best(only_a, most),
        only_b=_best(only_b, most),
        people=_people_changed(of_a, of_b),
    )


def _meetings(run: Run) -> Numbers:
    """int[N, 5], a row as in `Place`."""
    columns = (
        *(RunMeeting.a_id, RunMeeting.b_id, RunMeeting.slot_id),
        *(RunMeeting.point_id, RunMeeting.value),
    )
    query = select(*columns).where(RunMeeting.run_id == run.id)
    rows = db.session.connection().execute(query).all()  # the session would look at each row
    return np.array([tuple(row) for row in rows], dtype=np.int64).reshape(len(rows), 5)


def _pairs(meetings: Numbers) -> Numbers:
    """One number a pair: ids fit into half of it."""
    return (meetings[:, 0] << 32) | meetings[:, 1]


def _best(meetings: Numbers, most: int) -> list[Place]:
    order = np.lexsort((meetings[:, 1], meetings[:, 0], -meetings[:, 4]))[:most]
    return [Place(*row) for row in meetings[order].tolist()]


def _people_changed(of_a: Numbers, of_b: Numbers) -> list[PersonChange]:
    people = np.unique(np.concatenate([of_a[:, :2].ravel(), of_b[:, :2].ravel()]))
    (meetings_a, value_a), (meetings_b, value_b) = (_seats(run, people) for run in (of_a, of_b))
    gain = value_b - value_a
    order = np.lexsort((people, gain))
    return [
        PersonChange(
            int(people[each]),
            Seats(int(meetings_a[each]), int(value_a[each])),
            Seats(int(meetings_b[each]), int(value_b[each])),
        )
        for each in order[gain[order] != 0]
    ]


def _seats(meetings: Numbers, people: Numbers) -> tuple[Numbers, Numbers]:
    """How many meetings each has, and their value."""
    who = np.searchsorted(people, meetings[:, :2].ravel())
    worth = np.bincount(who, weights=np.repeat(meetings[:, 4], 2), minlength=len(people))
    return np.bincount(who, minlength=len(people)), worth.astype(np.int64)


def names_of(people: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(
        select(Participant.id, Participant.name).where(Participant.id.in_(people))
    )
    return {person: name for person, name in rows}
