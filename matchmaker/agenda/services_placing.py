"""Giving a meeting its time at once when two agree, and keeping it there."""

from dataclasses import replace

from sqlalchemy import delete, insert, select

from matchmaker.agenda.calendars import meeting_uid
from matchmaker.agenda.compactness import most_compact
from matchmaker.agenda.free_times import busy_slots, common_slots, free_point, has_room
from matchmaker.agenda.models import Meeting, Seat
from matchmaker.agenda.notices import tell_of_meetings
from matchmaker.clock import now
from matchmaker.events.models import Event, Slot
from matchmaker.extensions import db
from matchmaker.matching.codec import reasons_to_json
from matchmaker.matching.queries import snapshot_for
from matchmaker.matching.queries_needs_met import stock_for
from matchmaker.matching.value import values_for
from matchmaker.registration.models import Participant


def place_at_once(one: Participant, other: Participant, wanted: Slot | None) -> bool:
    """Meet at the time wanted if it is free, else where it keeps both agendas compact.

    Nobody is moved. Both are told; returns whether that was done. The caller holds the agenda.
    """
    meeting = find_meeting(one, other)
    if meeting is not None and meeting.state == "confirmed":
        return False
    slot = _slot(one, other, wanted) if has_room(one) and has_room(other) else None
    if slot is None:
        return False
    meeting = meeting or _new_meeting(one, other)
    meeting.value, meeting.reasons = worth_of(one, other)
    settle(one.event, meeting, slot)
    tell_of_meetings(one.event, new=[meeting])
    return True


def find_meeting(one: Participant, other: Participant) -> Meeting | None:
    """The meeting of the two, cancelled or not, as the database has it now."""
    a_id, b_id = sorted((one.id, other.id))
    pair = select(Meeting).where(Meeting.a_id == a_id, Meeting.b_id == b_id)
    return db.session.scalar(pair.execution_options(populate_existing=True))


def settle(event: Event, meeting: Meeting, slot: Slot) -> None:
    """Put the meeting into the slot, at a meeting point that is free, to be kept there."""
    point_id = free_point(event, slot, meeting.a_id, meeting.b_id)
    if point_id is None:
        raise LookupError("The slot has no free meeting point; whoever chose it has to look first.")
    if meeting.id is not None:
        meeting.sequence += 1
    meeting.state, meeting.kept, meeting.changed_at = "confirmed", True, now()
    meeting.slot_id, meeting.point_id = slot.id, point_id
    db.session.add(meeting)
    db.session.flush()
    _take_seats(meeting)


def release(meeting: Meeting) -> None:
    """Call the meeting off: its time and meeting point are free again."""
    db.session.execute(delete(Seat).where(Seat.meeting_id == meeting.id))
    meeting.state, meeting.kept = "cancelled", False
    meeting.sequence += 1
    meeting.changed_at = now()
    db.session.flush()


def _take_seats(meeting: Meeting) -> None:
    db.session.execute(delete(Seat).where(Seat.meeting_id == meeting.id))
    sides = (meeting.a_id, meeting.b_id)
    seat = {"meeting_id": meeting.id, "slot_id": meeting.slot_id}
    db.session.execute(insert(Seat), [{**seat, "participant_id": side} for side in sides])


def _slot(one: Participant, other: Participant, wanted: Slot | None) -> Slot | None:
    db.session.expire(one.event, ["slots", "points"])
    free = common_slots(one, other)
    if wanted is not None:
        return next((slot for slot in free if slot.id == wanted.id), None)
    return most_compact(one.event, free, busy_slots(one), busy_slots(other))


def _new_meeting(one: Participant, other: Participant) -> Meeting:
    a, b = sorted((one, other), key=lambda person: person.id)
    uid = meeting_uid(one.event.slug, a.ref, b.ref)
    return Meeting(event_id=one.event_id, uid=uid, a_id=a.id, b_id=b.id)


def worth_of(one: Participant, other: Participant) -> tuple[int, str]:
    """What their meeting is worth, and why, as a run would find it."""
    event, two = one.event, {one.ref: one.id, other.ref: other.id}
    snapshot = snapshot_for(event, one)
    people = tuple(person for person in snapshot.people if person.id in two)
    pair = replace(snapshot, people=people)
    values = values_for(pair, one.ref, stock_for(event, one, pair, two))
    found = values.get(other.ref)
    if found is None:
        return 0, reasons_to_json(())
    return found.value, reasons_to_json(found.reasons)
