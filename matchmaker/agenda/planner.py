"""What `wishes` asks of the agenda: common free times, placing at once, when one meets whom."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from matchmaker.agenda.free_times import common_slots
from matchmaker.agenda.models import Meeting, MeetingMove
from matchmaker.agenda.queries import meetings_of
from matchmaker.agenda.services_placing import place_at_once
from matchmaker.events.models import Slot
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.wishes.agreements import MeetingTime


class AgendaPlanner:
    def common_times(self, me: Participant, other: Participant) -> Sequence[Slot]:
        return common_slots(me, other)

    def place(self, one: Participant, other: Participant, wanted: Slot | None) -> bool:
        return place_at_once(one, other, wanted)

    def meeting_times(self, me: Participant) -> Mapping[int, MeetingTime]:
        meetings = meetings_of([me])
        asked = _asked_to_move(me) if meetings else {}
        return {
            meeting.b_id if meeting.a_id == me.id else meeting.a_id: _time(meeting, asked)
            for meeting in meetings
        }


def _time(meeting: Meeting, asked: Mapping[int, str]) -> MeetingTime:
    return MeetingTime(
        id=meeting.id,
        start=meeting.slot.starts_at,
        end=meeting.slot.ends_at,
        point=meeting.point.name,
        cancelled=meeting.state == "cancelled",
        asked=meeting.id in asked,
        name=asked.get(meeting.id, ""),
    )


def _asked_to_move(me: Participant) -> dict[int, str]:
    """The meetings of `me` that the other side would like at another time, and who that is."""
    waiting = (
        select(MeetingMove.meeting_id, Participant.name)
        .join(MeetingMove.meeting)
        .join(Participant, Participant.id == MeetingMove.by_id)
        .where(
            MeetingMove.state == "pending",
            MeetingMove.by_id != me.id,
            MeetingMove.sequence == Meeting.sequence,
            Meeting.state == "confirmed",
            (Meeting.a_id == me.id) | (Meeting.b_id == me.id),
        )
    )
    return {meeting_id: name for meeting_id, name in db.session.execute(waiting)}
