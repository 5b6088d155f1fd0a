"""What differs between two runs, counted and cut into pages by the database."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, literal, select, union_all
from sqlalchemy.orm import aliased

from matchmaker.events.models import MeetingPoint, Slot
from matchmaker.extensions import db
from matchmaker.matching.models import Run, RunMeeting
from matchmaker.registration.models import Participant


class PersonChange(NamedTuple):
    """What a person has in one run and in the other: meetings, and their value."""

    name: str
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
    gain: int
    lose: int


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
    changed = _by_person(a, b).subquery()
    gain, lose = db.session.execute(
        select(
            func.count().filter(changed.c.value_b > changed.c.value_a),
            func.count().filter(changed.c.value_b < changed.c.value_a),
        )
    ).one()
    return Numbers(alike, both - alike, count_a - both, count_b - both, gain, lose)


def _count(run: Run) -> int:
    query = select(func.count()).select_from(RunMeeting).where(RunMeeting.run_id == run.id)
    return db.session.scalar(query) or 0


def people_changed(a: Run, b: Run, *, limit: int, offset: int) -> Sequence[PersonChange]:
    """Those whose meetings are worth another sum, who loses most first."""
    changed = _by_person(a, b).subquery()
    rows = db.session.execute(
        select(
            Participant.name,
            changed.c.meetings_a,
            changed.c.meetings_b,
            changed.c.value_a,
            changed.c.value_b,
        )
        .join(changed, changed.c.person == Participant.id)
        .where(changed.c.value_a != changed.c.value_b)
        .order_by(changed.c.value_b - changed.c.value_a, Participant.id)
        .limit(limit)
        .offset(offset)
    )
    return [PersonChange(*row) for row in rows]


def _by_person(a: Run, b: Run) -> Select[tuple[int, int, int, int, int]]:
    sides = [
        select(
            end.label("person"),
            RunMeeting.value.label("value"),
            literal(int(run is b)).label("in_b"),
        ).where(RunMeeting.run_id == run.id)
        for run in (a, b)
        for end in (RunMeeting.a_id, RunMeeting.b_id)
    ]
    seat = union_all(*sides).subquery()

    def summed(number: ColumnElement[int], in_b: int) -> ColumnElement[int]:
        return func.coalesce(func.sum(number).filter(seat.c.in_b == in_b), 0)

    one: ColumnElement[int] = literal(1)
    return select(
        seat.c.person,
        summed(one, 0).label("meetings_a"),
        summed(one, 1).label("meetings_b"),
        summed(seat.c.value, 0).label("value_a"),
        summed(seat.c.value, 1).label("value_b"),
    ).group_by(seat.c.person)


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
