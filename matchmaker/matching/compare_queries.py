"""What differs between two runs, counted and cut into pages by the database."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from matchmaker.events.models import MeetingPoint, Slot
from matchmaker.extensions import db
from matchmaker.matching.models import Run, RunMeeting
from matchmaker.matching.run_queries import Seats, seats_of
from matchmaker.registration.models import Participant


class PersonChange(NamedTuple):
    """What a person has in one run and in the other: meetings, and their value."""

    person: int
    meetings_a: int
    meetings_b: int
    value_a: int
    value_b: int


class OnlyThere(NamedTuple):
    one: str
    other: str
    starts_at: object
    point: str
    value: int


class Numbers(NamedTuple):
    """`alike` keep pair and time, `moved` the pair alone."""

    alike: int
    moved: int
    only_a: int
    only_b: int


def numbers_of(a: Run, b: Run) -> Numbers:
    other = aliased(RunMeeting)
    same_pair = and_(other.a_id == RunMeeting.a_id, other.b_id == RunMeeting.b_id)
    both, alike = db.session.execute(
        select(func.count(), func.count().filter(other.slot_id == RunMeeting.slot_id))
        .select_from(RunMeeting)
        .join(other, and_(other.run_id == b.id, same_pair))
        .where(RunMeeting.run_id == a.id)
    ).one()
    count_a, count_b = (_count(run) for run in (a, b))
    return Numbers(alike, both - alike, count_a - both, count_b - both)


def _count(run: Run) -> int:
    query = select(func.count()).select_from(RunMeeting).where(RunMeeting.run_id == run.id)
    return db.session.scalar(query) or 0


def people_changed(a: Run, b: Run) -> list[PersonChange]:
    """Those whose meetings are worth another sum, who loses most first."""
    of_a, of_b = seats_of(a), seats_of(b)
    none = Seats(0, 0)
    rows = [
        PersonChange(person, one.meetings, two.meetings, one.value, two.value)
        for person in of_a.keys() | of_b.keys()
        if (one := of_a.get(person, none)).value != (two := of_b.get(person, none)).value
    ]
    return sorted(rows, key=lambda row: (row.value_b - row.value_a, row.person))


def names_of(people: Iterable[int]) -> dict[int, str]:
    rows = db.session.execute(
        select(Participant.id, Participant.name).where(Participant.id.in_(list(people)))
    )
    return {person: name for person, name in rows}


def only_in(run: Run, other: Run, *, limit: int, offset: int = 0) -> Sequence[OnlyThere]:
    """Meetings of pairs that do not meet in the other run, the most valuable first."""
    there, one, two = aliased(RunMeeting), aliased(Participant), aliased(Participant)
    same = and_(
        there.run_id == other.id, there.a_id == RunMeeting.a_id, there.b_id == RunMeeting.b_id
    )
    rows = db.session.execute(
        select(one.name, two.name, Slot.starts_at, MeetingPoint.name, RunMeeting.value)
        .select_from(RunMeeting)
        .join(one, one.id == RunMeeting.a_id)
        .join(two, two.id == RunMeeting.b_id)
        .join(Slot, Slot.id == RunMeeting.slot_id)
        .join(MeetingPoint, MeetingPoint.id == RunMeeting.point_id)
        .outerjoin(there, same)
        .where(RunMeeting.run_id == run.id, there.id.is_(None))
        .order_by(RunMeeting.value.desc(), RunMeeting.id)
        .limit(limit)
        .offset(offset)
    )
    return [OnlyThere(*row) for row in rows]
