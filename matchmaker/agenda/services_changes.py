"""Participants change their own meetings: cancel, propose another time, answer such a proposal."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, or_, select, update

from matchmaker.agenda.free_times import common_slots
from matchmaker.agenda.mails_changes import mail_move_declined, mail_move_proposed
from matchmaker.agenda.models import Meeting, MeetingMove
from matchmaker.agenda.notices import tell_of_meetings
from matchmaker.agenda.queries_changes import Change
from matchmaker.agenda.services_placing import release, settle
from matchmaker.clock import now
from matchmaker.errors import Conflict, NotAllowed
from matchmaker.events.models import Event, Slot
from matchmaker.events.services import hold_agenda
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.wishes.services_pair import put_wish, take_back

MOST_MOVES_A_DAY = 3


def cancel_meeting(me: Participant, change: Change) -> bool:
    """Call the meeting off, for good: `me` says "no" of the other. False if it is off already."""
    _begin(me, change.meeting)
    if change.meeting.state == "cancelled":
        return False
    check_changeable(me.event, change.meeting)
    take_back(me, change.other)
    put_wish(me, change.other, "no")
    release(change.meeting)
    tell_of_meetings(me.event, cancelled=[change.meeting])
    return True


def propose_move(me: Participant, change: Change, slot_id: int) -> MeetingMove | None:
    """Ask the other side to meet at another time; where they asked for the same, it is moved."""
    _begin(me, change.meeting)
    _check_held(me.event, change.meeting)
    slot = _free(me, change, slot_id)
    before = pending_move(change.meeting)
    if before is not None and before.slot_id == slot.id:
        return before if before.by_id == me.id else _carry_out(me, change, before)
    _check_not_too_many(me, change.meeting)
    if before is not None:
        _end(before, "withdrawn" if before.by_id == me.id else "declined")
    move = MeetingMove(
        meeting_id=change.meeting.id, by_id=me.id, slot_id=slot.id, sequence=change.meeting.sequence
    )
    db.session.add(move)
    db.session.flush()
    mail_move_proposed(change.meeting, move, change.other, me)
    return move


def accept_move(me: Participant, change: Change) -> MeetingMove | None:
    """Meet at the time that the other side proposed; `None` where nothing is proposed any more."""
    _begin(me, change.meeting)
    move = pending_move(change.meeting)
    if move is None or move.by_id == me.id:
        return None
    _check_held(me.event, change.meeting)
    _free(me, change, move.slot_id)
    return _carry_out(me, change, move)


def decline_move(me: Participant, change: Change) -> MeetingMove | None:
    """Leave the meeting where it is; one's own proposal is taken back so."""
    _begin(me, change.meeting)
    move = pending_move(change.meeting)
    if move is None:
        return None
    if move.by_id == me.id:
        return _end(move, "withdrawn")
    mail_move_declined(change.meeting, move, change.other, me)
    return _end(move, "declined")


def call_off_all(participant: Participant) -> None:
    """Cancel every meeting to come of somebody who has left, and tell the others."""
    hold_agenda(participant.event)
    own = or_(Meeting.a_id == participant.id, Meeting.b_id == participant.id)
    to_come = select(Meeting).join(Meeting.slot).where(own, Meeting.state == "confirmed")
    meetings = list(db.session.scalars(to_come.where(Slot.starts_at > now())))
    for meeting in meetings:
        release(meeting)
    if meetings:
        tell_of_meetings(participant.event, cancelled=meetings, but=participant)


def why_unchangeable(event: Event, meeting: Meeting) -> str:
    """Why the meeting stays as it is, and what to do; empty where its people may change it."""
    hours = event.change_hours
    if meeting.slot.starts_at <= now():
        return str(_("The meeting has begun or is over, so it can no longer be changed."))
    if hours is None:
        return str(
            _(
                "At this event the organiser changes meetings. Write to %(address)s.",
                address=event.organiser_email,
            )
        )
    if meeting.slot.starts_at - now() < timedelta(hours=hours):
        return _too_late(event, hours)
    return ""


def _too_late(event: Event, hours: int) -> str:
    return str(
        ngettext(
            "The meeting begins in less than %(num)d hour, which is too late to change it here. "
            "Write to %(address)s, or talk to each other.",
            "The meeting begins in less than %(num)d hours, which is too late to change it here. "
            "Write to %(address)s, or talk to each other.",
            hours,
            address=event.organiser_email,
        )
    )


def check_changeable(event: Event, meeting: Meeting) -> None:
    sentence = why_unchangeable(event, meeting)
    if sentence:
        raise NotAllowed(sentence)


def pending_move(meeting: Meeting) -> MeetingMove | None:
    """What is proposed for the meeting as it stands now."""
    return db.session.scalar(
        select(MeetingMove).where(
            MeetingMove.meeting_id == meeting.id,
            MeetingMove.state == "pending",
            MeetingMove.sequence == meeting.sequence,
        )
    )


def _begin(me: Participant, meeting: Meeting) -> None:
    """From here on the meeting is as it is read, and nobody else changes it."""
    hold_agenda(me.event)
    db.session.refresh(meeting)
    outdated = update(MeetingMove).where(
        MeetingMove.meeting_id == meeting.id,
        MeetingMove.state == "pending",
        MeetingMove.sequence != meeting.sequence,
    )
    db.session.execute(outdated.values(state="outdated", answered_at=now()))


def _check_held(event: Event, meeting: Meeting) -> None:
    if meeting.state == "cancelled":
        raise Conflict(_("This meeting is cancelled meanwhile, so it has no time to change."))
    check_changeable(event, meeting)


def other_times(me: Participant, change: Change) -> list[Slot]:
    """The times to which the meeting could move."""
    return common_slots(me, change.other, leaving={change.meeting.slot_id})


def _free(me: Participant, change: Change, slot_id: int) -> Slot:
    db.session.expire(me.event, ["slots", "points"])
    for slot in other_times(me, change):
        if slot.id == slot_id:
            return slot
    raise Conflict(
        _(
            "This time is taken meanwhile. Load the page anew and choose among those that are left;"
            " the meeting stays where it is."
        )
    )


def _check_not_too_many(me: Participant, meeting: Meeting) -> None:
    """Each proposal is a mail to the other side."""
    lately = select(func.count()).where(
        MeetingMove.meeting_id == meeting.id,
        MeetingMove.by_id == me.id,
        MeetingMove.created_at > now() - timedelta(days=1),
    )
    if (db.session.scalar(lately) or 0) >= MOST_MOVES_A_DAY:
        raise NotAllowed(
            _(
                "You proposed %(most)d times for this meeting within a day. Wait for the answer, "
                "or keep the time it has.",
                most=MOST_MOVES_A_DAY,
            )
        )


def _carry_out(me: Participant, change: Change, move: MeetingMove) -> MeetingMove:
    settle(me.event, change.meeting, move.slot)
    _end(move, "accepted")
    tell_of_meetings(me.event, moved=[change.meeting])
    return move


def _end(move: MeetingMove, state: str) -> MeetingMove:
    move.state, move.answered_at = state, now()
    db.session.flush()
    return move
