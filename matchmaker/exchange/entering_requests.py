"""Requests and the meetings that stay: read from the database, and entered into it."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, or_, select, true
from sqlalchemy.orm import selectinload

from matchmaker.agenda.calendars import meeting_uid
from matchmaker.agenda.models import Meeting, Seat
from matchmaker.events.models import Event
from matchmaker.events.queries import point_names, slot_starts
from matchmaker.exchange.entering import Participants, enter_rows
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.matching.plain_agreements import (
    PlainAgreements,
    PlainMeeting,
    PlainRequest,
    PlainStep,
)
from matchmaker.registration.audience import shows_items
from matchmaker.registration.models import Participant
from matchmaker.wishes.models import Request, RequestSlot, RequestState, RequestStep

OPEN = (RequestState.PENDING, RequestState.ACCEPTED)


def agreements_in(event: Event, people: Collection[str]) -> PlainAgreements:
    """Those between these people; who else takes part stays out of files."""
    refs = {
        row.id: row.ref
        for row in db.session.execute(
            select(Participant.id, Participant.ref).where(Participant.event_id == event.id)
        )
        if row.ref in people
    }
    return PlainAgreements(tuple(_requests(event, refs)), tuple(_meetings(event, refs)))


def enter_requests(event: Event, agreements: PlainAgreements, participants: Participants) -> None:
    """Nobody is told. Who waits for an answer goes on waiting."""
    slots = {slot.starts_at: slot.id for slot in event.slots}
    items = {(person, n): number for number, (person, n) in _items(event, true()).items()}
    for plain in agreements.requests:
        request = Request(
            event_id=event.id,
            asker_id=participants[plain.asker].id,
            answerer_id=participants[plain.answerer].id,
            state=plain.state,
            note=plain.note,
            created_at=plain.created_at,
            answered_at=plain.answered_at,
            proposed_at=plain.proposed_at,
            slot_id=slots[plain.slot.astimezone(UTC)] if plain.slot else None,
            about_id=items[plain.about] if plain.about else None,
            steps=[_step(each) for each in plain.steps],
        )
        db.session.add(request)
        db.session.flush()
        rows: list[dict[str, Any]] = [
            {"request_id": request.id, "slot_id": slots[at.astimezone(UTC)]}
            for at in dict.fromkeys(plain.times)
        ]
        enter_rows(RequestSlot, rows)
    _enter_meetings(event, agreements, participants, slots)


def _enter_meetings(
    event: Event,
    agreements: PlainAgreements,
    participants: Participants,
    slots: dict[datetime, int],
) -> None:
    points = {point.name: point.id for point in event.points}
    for plain in agreements.meetings:
        sides = sorted((participants[plain.a], participants[plain.b]), key=lambda one: one.id)
        slot_id = slots[plain.start.astimezone(UTC)]
        meeting = Meeting(
            event_id=event.id,
            uid=meeting_uid(event.slug, *(side.ref for side in sides)),
            a_id=sides[0].id,
            b_id=sides[1].id,
            slot_id=slot_id,
            point_id=points[plain.point],
            kept=plain.kept,
            locked=plain.locked,
            value=plain.value,
            reasons=plain.reasons,
        )
        db.session.add(meeting)
        db.session.flush()
        seat = {"meeting_id": meeting.id, "slot_id": slot_id}
        db.session.execute(insert(Seat), [{**seat, "participant_id": one.id} for one in sides])


def _requests(event: Event, refs: dict[int, str]) -> Iterator[PlainRequest]:
    starts = {slot.id: slot.starts_at for slot in event.slots}
    items = _items(event, shows_items())
    rows = (
        select(Request)
        .where(Request.event_id == event.id, Request.state.in_(OPEN))
        .options(selectinload(Request.times), selectinload(Request.steps))
        .order_by(Request.id)
    )
    for row in db.session.scalars(rows):
        if row.asker_id in refs and row.answerer_id in refs:
            yield PlainRequest(
                asker=refs[row.asker_id],
                answerer=refs[row.answerer_id],
                state=str(row.state),  # type: ignore[arg-type]
                created_at=row.created_at,
                note=row.note,
                answered_at=row.answered_at,
                proposed_at=row.proposed_at,
                slot=starts.get(row.slot_id or 0),
                times=tuple(slot.starts_at for slot in row.times),
                about=items.get(row.about_id or 0),
                steps=tuple(
                    PlainStep(each.at, each.deed, each.side, each.by_organiser)  # type: ignore[arg-type]
                    for each in row.steps
                ),
            )


def _meetings(event: Event, refs: dict[int, str]) -> Iterator[PlainMeeting]:
    """Where people or organisers put them; what a run proposed is worked out anew."""
    starts, points = slot_starts(event), point_names(event)
    open_slots = {slot.id for slot in event.slots}
    open_points = {point.id for point in event.points}
    stays = or_(Meeting.kept, Meeting.locked)
    rows = select(Meeting).where(Meeting.event_id == event.id, Meeting.state == "confirmed", stays)
    found = db.session.scalars(rows).all()
    for row in sorted(found, key=lambda row: (starts[row.slot_id], row.id)):
        here = row.slot_id in open_slots and row.point_id in open_points
        if here and row.a_id in refs and row.b_id in refs:
            yield PlainMeeting(
                a=refs[row.a_id],
                b=refs[row.b_id],
                start=starts[row.slot_id],
                point=points[row.point_id],
                kept=row.kept,
                locked=row.locked,
                value=row.value,
                reasons=row.reasons,
            )


def _items(event: Event, shown: ColumnElement[bool]) -> dict[int, tuple[str, int]]:
    """Whose each offer or need is, and which of theirs, in the order of `items.csv`."""
    rows = db.session.execute(
        select(Item.id, Participant.ref)
        .join(Participant, Participant.id == Item.participant_id)
        .where(Participant.event_id == event.id, shown)
        .order_by(Item.participant_id, Item.position, Item.id)
    )
    numbers: dict[str, int] = defaultdict(int)
    found = {}
    for item_id, ref in rows:
        found[item_id] = (ref, numbers[ref])
        numbers[ref] += 1
    return found


def _step(plain: PlainStep) -> RequestStep:
    return RequestStep(
        at=plain.at, deed=plain.deed, side=plain.side, by_organiser=plain.by_organiser
    )
