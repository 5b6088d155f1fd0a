"""What an event is without its people: topics, rules, times and places."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, and_, select
from sqlalchemy.orm import aliased

from matchmaker.events import models as events
from matchmaker.events.models import Event, MeetingBlock, MeetingPoint, ParticipantType, Slot
from matchmaker.events.weights import USUAL_WEIGHTS, Weights
from matchmaker.extensions import db
from matchmaker.matching.snapshot import (
    Block,
    Closed,
    Consent,
    Point,
    PointKind,
    Settings,
    Snapshot,
    Topic,
)
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.models_disruptions import Disruption
from matchmaker.registration.models_points import Booth, VideoRoom

AnyRow = Row[*tuple[Any, ...]]


def event_without_people(event: Event) -> Snapshot:
    return Snapshot(
        name=event.name,
        slug=event.slug,
        place=event.place,
        timezone=event.timezone,
        organiser_email=event.organiser_email,
        topics=topics_of(event),
        settings=_settings(event),
    )


def topics_of(event: Event) -> tuple[Topic, ...]:
    rows = db.session.execute(
        select(events.Topic.id, events.Topic.key, events.Topic.name, events.Topic.parent_id)
        .where(events.Topic.event_id == event.id)
        .order_by(events.Topic.position, events.Topic.id)
    ).all()
    keys = {row.id: row.key for row in rows}
    return tuple(Topic(row.key, row.name, keys.get(row.parent_id)) for row in rows)


def _settings(event: Event) -> Settings:
    """How the event matches; weights it does not name are the usual ones."""
    chosen = {name: value for name, value in event.weights.items() if name in USUAL_WEIGHTS}
    cells = _permissions(event)
    return Settings(
        consent=cast("Consent", event.consent),
        max_meetings=event.max_meetings,
        most_in_a_row=event.most_in_a_row,
        weights=Weights(**chosen),
        may_meet=frozenset((cell.name, cell.other) for cell in cells),
        preferred=frozenset(
            (min(cell.name, cell.other), max(cell.name, cell.other))
            for cell in cells
            if cell.preferred
        ),
    )


def _permissions(event: Event) -> Sequence[AnyRow]:
    other = aliased(ParticipantType)
    cell = events.TypePermission
    return db.session.execute(
        select(ParticipantType.name, other.name.label("other"), cell.preferred)
        .join(cell, cell.type_id == ParticipantType.id)
        .join(other, other.id == cell.other_id)
        .where(ParticipantType.event_id == event.id, other.event_id == event.id, cell.asks)
    ).all()


def blocks_of(event: Event) -> tuple[Block, ...]:
    rows = db.session.execute(
        select(
            MeetingBlock.starts_at,
            MeetingBlock.ends_at,
            MeetingBlock.slot_minutes,
            MeetingBlock.pause_minutes,
        )
        .where(MeetingBlock.event_id == event.id)
        .order_by(MeetingBlock.starts_at)
    )
    return tuple(Block(*row) for row in rows)


def points_of(event: Event) -> tuple[Point, ...]:
    rows = db.session.execute(
        select(MeetingPoint.name, MeetingPoint.kind, Participant.ref, VideoRoom.link)
        .outerjoin(Booth, Booth.point_id == MeetingPoint.id)
        .outerjoin(Participant, and_(Participant.id == Booth.participant_id, _takes_part()))
        .outerjoin(VideoRoom, VideoRoom.point_id == MeetingPoint.id)
        .where(MeetingPoint.event_id == event.id)
        .order_by(MeetingPoint.position, MeetingPoint.id)
    )
    return tuple(Point(r.name, cast("PointKind", r.kind), r.ref or "", r.link or "") for r in rows)


def _takes_part() -> ColumnElement[bool]:
    """A booth of somebody who has withdrawn serves everybody."""
    return and_(Participant.status == Status.APPROVED, Participant.listed_at.is_not(None))


def slot_ids(event_id: int) -> tuple[tuple[datetime, int], ...]:
    """By when each begins."""
    query = select(Slot.starts_at, Slot.id).where(Slot.event_id == event_id).order_by(Slot.id)
    return tuple((starts_at, slot_id) for starts_at, slot_id in db.session.execute(query))


def point_ids(event_id: int) -> tuple[tuple[str, int], ...]:
    """By what each is called."""
    point = MeetingPoint
    query = select(point.name, point.id).where(point.event_id == event_id).order_by(point.id)
    return tuple((name, point_id) for name, point_id in db.session.execute(query))


def closed_of(event: Event) -> tuple[Closed, ...]:
    rows = db.session.execute(
        select(MeetingPoint.name, Disruption.starts_at, Disruption.ends_at)
        .select_from(Disruption)
        .outerjoin(MeetingPoint, MeetingPoint.id == Disruption.point_id)
        .where(Disruption.event_id == event.id, Disruption.kind.in_(("point", "time")))
        .order_by(Disruption.id)
    )
    return tuple(Closed(name or "", start, end) for name, start, end in rows)
