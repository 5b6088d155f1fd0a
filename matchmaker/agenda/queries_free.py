"""Who is free at one time, of everybody at an event: asked of all at once, in a few queries."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select

from matchmaker.agenda.compactness import days_of
from matchmaker.agenda.free_times import busy_slots, open_points, point_kinds
from matchmaker.agenda.models import Meeting, Seat
from matchmaker.agenda.rest import in_a_row, tiring
from matchmaker.clock import now
from matchmaker.events.models import Event, ParticipantType, Slot, TypePermission
from matchmaker.extensions import db
from matchmaker.registration.availability import blocked
from matchmaker.registration.models import Absence, Participant, Status
from matchmaker.wishes.models import OPEN_AGAIN, Request, RequestState, Wish


def slot_of(me: Participant, slot_id: int) -> Slot | None:
    return next((slot for slot in me.event.slots if slot.id == slot_id), None)


def own_free_slots(me: Participant) -> list[Slot]:
    """The slots to come in which `me` neither meets anybody, nor is away, nor rests."""
    slots = [slot for slot in me.event.slots if slot.starts_at > now()]
    away, busy = blocked(slots, me.absences), busy_slots(me)
    taken = busy | tiring(me.event, busy)
    return [slot for slot in slots if slot.starts_at not in away and slot.id not in taken]


def free_at(slot: Slot) -> set[int]:
    """Who is in, neither meets anybody then nor is away, and has room for one more meeting."""
    person = Participant
    meetings = select(func.count()).where(Seat.participant_id == person.id).scalar_subquery()
    away = exists().where(
        Absence.participant_id == person.id,
        Absence.starts_at < slot.ends_at,
        Absence.ends_at > slot.starts_at,
    )
    rows = (
        select(person.id)
        .join(person.event)
        .where(
            person.event_id == slot.event_id,
            person.status == Status.APPROVED,
            ~_seated(slot),
            ~away,
            meetings < func.coalesce(person.max_meetings, Event.max_meetings),
        )
    )
    return set(db.session.scalars(rows))


def resting_at(event: Event, slot: Slot) -> set[int]:
    """Who would have too many meetings in a row with one more then."""
    if event.most_in_a_row is None:
        return set()
    day = next(day for day in days_of(event) if slot.id in day)
    seated = and_(Seat.participant_id == Participant.id, Seat.slot_id.in_(day))
    rows = db.session.execute(
        select(Participant.id, Participant.user_id, Participant.in_person, Seat.slot_id)
        .outerjoin(Seat, seated)
        .where(Participant.event_id == event.id)
    ).all()
    busy: dict[tuple[bool, int], set[int]] = defaultdict(set)
    for row in rows:
        busy[_body(row)].add(row.slot_id)
    most = event.most_in_a_row
    return {row.id for row in rows if in_a_row(day, busy[_body(row)], slot.id) > most}


def _body(row: Row[*tuple[Any, ...]]) -> tuple[bool, int]:
    """One person who takes part in several organisations rests as one."""
    return row.in_person, row.user_id if row.in_person else row.id


def places_at(me: Participant, slot: Slot) -> Callable[[int], bool]:
    """Whether a meeting point is free then at which `me` and the one of this id may meet."""
    kinds, free = point_kinds(me.event), set(open_points(me.event)[slot.id])
    numbered = zip(me.event.points, kinds.of_points, strict=True)
    left = {kind for point, kind in numbered if point.id in free}
    return lambda other_id: kinds.of_pair(me.id, other_id) in left


def had_meetings(me: Participant) -> set[int]:
    """With whom `me` has a meeting or had one that was called off."""
    own = or_(Meeting.a_id == me.id, Meeting.b_id == me.id)
    rows = select(Meeting.a_id, Meeting.b_id).where(own)
    return {one for pair in db.session.execute(rows) for one in pair} - {me.id}


@dataclass(frozen=True, slots=True)
class Ties:
    """What is between `me` and the others, by their ids, as far as `me` may know it.

    A tap of `me` meets who is `sure`. `closed` were asked already, or one of the two declined.
    `askable` are types by name. A "no" of the other side counts as if they had said nothing.
    """

    sure: frozenset[int]
    closed: frozenset[int]
    askable: frozenset[str]


def ties_of(me: Participant, slot: Slot) -> Ties:
    wanting = set(db.session.scalars(_wishing(me)))
    asking: set[int] = set()
    accepted, closed = set(), set()
    own = or_(Request.asker_id == me.id, Request.answerer_id == me.id)
    for request in db.session.scalars(select(Request).where(own)):
        mine = request.asker_id == me.id
        other = request.answerer_id if mine else request.asker_id
        if request.state == RequestState.ACCEPTED:
            accepted.add(other)
        elif request.state == RequestState.PENDING and not mine and not request.proposed_at:
            # Who asks for another time is to be asked about this one.
            asking.update({other} if request.slot_id in (None, slot.id) else ())
        elif request.state not in OPEN_AGAIN:
            closed.add(other)
    agreed = wanting if me.event.placement == "at once" else accepted & wanting
    sure = asking | (agreed - closed)
    return Ties(
        sure=frozenset(sure),
        closed=frozenset((closed | accepted) - sure),
        askable=frozenset(db.session.scalars(_types_asked(me))),
    )


def _wishing(me: Participant) -> Select[int]:
    return select(Wish.person_id).where(Wish.other_id == me.id, Wish.level != "no")


def _types_asked(me: Participant) -> Select[str]:
    cell = TypePermission
    types = select(ParticipantType.name).join(cell, cell.other_id == ParticipantType.id)
    return types.where(cell.type_id == me.type_id, cell.asks)


def _seated(slot: Slot) -> ColumnElement[bool]:
    """In a meeting then, themselves or as the same person for another organisation."""
    seats = select(Seat.participant_id).where(Seat.slot_id == slot.id)
    bodies = (
        select(Participant.user_id)
        .join(Seat, Seat.participant_id == Participant.id)
        .where(Seat.slot_id == slot.id, Participant.in_person)
    )
    return Participant.id.in_(seats) | (Participant.in_person & Participant.user_id.in_(bodies))
