"""Which published meetings can no longer be held, and what else has changed since the agenda."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, case, literal, or_, select
from sqlalchemy.orm import aliased

from matchmaker.agenda.drawn import Pair
from matchmaker.agenda.models import Agenda, Meeting, Seat
from matchmaker.events.models import Event, MeetingPoint, Slot
from matchmaker.events.queries import has_begun
from matchmaker.extensions import db
from matchmaker.registration.models import Absence, Participant, Status
from matchmaker.registration.models_disruptions import Disruption
from matchmaker.wishes.models import Request, RequestState, Wish

HitKind = Literal["gone", "away", "point", "time", "no", "point removed", "time removed"]
Conditions = tuple[ColumnElement[bool], ...]
Rows = Iterable[Any]  # of a meeting its ids, what is in its way, and a HitKind
FIXED = or_(Meeting.kept, Meeting.locked)  # settled by its people, or locked by an organiser


@dataclass(frozen=True, slots=True)
class Hit:
    """A meeting that cannot be held: whose absence or which point or slot stands in the way."""

    meeting_id: int
    pair: Pair
    slot_id: int
    point_id: int
    kind: HitKind
    cause: int


def disruptions_of(event: Event) -> Sequence[Disruption]:
    """What organisers said has happened, the first first."""
    return db.session.scalars(
        select(Disruption).where(Disruption.event_id == event.id).order_by(Disruption.id)
    ).all()


def disruption_of(event: Event, disruption_id: int) -> Disruption | None:
    """The one of this id, if it is of this event."""
    return db.session.scalar(
        select(Disruption).where(Disruption.id == disruption_id, Disruption.event_id == event.id)
    )


def hits(event_id: int, *more: ColumnElement[bool]) -> list[Hit]:
    """Each meeting to come that cannot be held, once, in the order of their ids.

    Of those of which `more` holds, where it is given.
    """
    found: dict[int, Hit] = {}
    ways = (_of_the_gone, _of_the_away, _at_lost_places, _at_removed_places, _refused)
    to_come = (*_to_come(event_id), *more)
    rows = chain.from_iterable(way(event_id, to_come) for way in ways)
    for meeting_id, *pair, slot_id, point_id, cause, kind in rows:
        hit = Hit(meeting_id, (pair[0], pair[1]), slot_id, point_id, kind, cause)
        found.setdefault(meeting_id, hit)
    return sorted(found.values(), key=lambda hit: hit.meeting_id)


def begun_meetings(event_id: int) -> Select[int]:
    """The ids of those that have begun or are over: nothing changes them any more."""
    return (
        select(Meeting.id)
        .join(Slot, Slot.id == Meeting.slot_id)
        .join(Event, Event.id == Meeting.event_id)
        .where(Meeting.event_id == event_id, has_begun())
    )


def called_off_since(agenda: Agenda) -> list[Pair]:
    """Meetings of the version in force that their people have called off."""
    rows = db.session.execute(
        select(Meeting.a_id, Meeting.b_id).where(
            Meeting.event_id == agenda.event_id, Meeting.state == "cancelled"
        )
    )
    cancelled = {(a_id, b_id) for a_id, b_id in rows}
    published = agenda.contents if cancelled else ()
    return sorted((a_id, b_id) for a_id, b_id, *_place in published if (a_id, b_id) in cancelled)


def agreed_since(agenda: Agenda) -> list[Pair]:
    """Who accepted a request since the version in force and has no meeting yet."""
    low = aliased(Meeting)
    met = select(low.id).where(
        low.event_id == agenda.event_id,
        or_(
            and_(low.a_id == Request.asker_id, low.b_id == Request.answerer_id),
            and_(low.b_id == Request.asker_id, low.a_id == Request.answerer_id),
        ),
    )
    rows = db.session.execute(
        select(Request.asker_id, Request.answerer_id).where(
            Request.event_id == agenda.event_id,
            Request.state == RequestState.ACCEPTED,
            Request.answered_at > agenda.published_at,
            ~met.exists(),
        )
    )
    return sorted((min(pair), max(pair)) for pair in rows)


def _to_come(event_id: int) -> Conditions:
    return (
        Meeting.event_id == event_id,
        Meeting.state == "confirmed",
        Slot.id == Meeting.slot_id,
        Event.id == Meeting.event_id,
        ~has_begun(),
    )


# A meeting is found by its seats, or by the two in order: "one of two columns" has no index.
_IN_ORDER = Wish.person_id < Wish.other_id
_MEETING = (Meeting.id, Meeting.a_id, Meeting.b_id, Meeting.slot_id, Meeting.point_id)


def _of_the_gone(event_id: int, to_come: Conditions) -> Rows:
    out = or_(Participant.status != Status.APPROVED, Participant.listed_at.is_(None))
    who = select(Participant.id).where(Participant.event_id == event_id, out)
    return db.session.execute(
        select(*_MEETING, Seat.participant_id, literal("gone")).where(
            *to_come, Seat.meeting_id == Meeting.id, Seat.participant_id.in_(who)
        )
    ).all()


def _of_the_away(event_id: int, to_come: Conditions) -> Rows:
    """What people settled themselves stands beside their own absence, not one an organiser told."""
    told = select(Disruption.id).where(Disruption.absence_id == Absence.id).exists()
    return db.session.execute(
        select(*_MEETING, Seat.participant_id, literal("away")).where(
            *to_come,
            Seat.meeting_id == Meeting.id,
            Absence.participant_id == Seat.participant_id,
            Absence.starts_at < Slot.ends_at,
            Absence.ends_at > Slot.starts_at,
            or_(Meeting.kept.is_(False) & Meeting.locked.is_(False), told),
        )
    ).all()


def _at_lost_places(event_id: int, to_come: Conditions) -> Rows:
    return db.session.execute(
        select(*_MEETING, Disruption.id, Disruption.kind).where(
            *to_come,
            Disruption.event_id == event_id,
            Disruption.kind.in_(("point", "time")),
            or_(Disruption.point_id.is_(None), Disruption.point_id == Meeting.point_id),
            Disruption.starts_at < Slot.ends_at,
            Disruption.ends_at > Slot.starts_at,
        )
    ).all()


def _at_removed_places(event_id: int, to_come: Conditions) -> Rows:
    """What the organiser took out of the event; the meetings wait there for the repair."""
    times = db.session.execute(
        select(*_MEETING, Slot.id, literal("time removed")).where(*to_come, Slot.event_id.is_(None))
    ).all()
    points = db.session.execute(
        select(*_MEETING, MeetingPoint.id, literal("point removed")).where(
            *to_come,
            MeetingPoint.id == Meeting.point_id,
            MeetingPoint.event_id.is_(None),
        )
    ).all()
    return [*times, *points]


def _refused(event_id: int, to_come: Conditions) -> Rows:
    return db.session.execute(
        select(*_MEETING, Wish.person_id, literal("no")).where(
            *to_come,
            Wish.event_id == event_id,
            Wish.level == "no",
            Meeting.a_id == case((_IN_ORDER, Wish.person_id), else_=Wish.other_id),
            Meeting.b_id == case((_IN_ORDER, Wish.other_id), else_=Wish.person_id),
        )
    ).all()
