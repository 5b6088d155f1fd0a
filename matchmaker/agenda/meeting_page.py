"""One meeting as one of its two sees it: when and where, and what may be changed."""

from dataclasses import dataclass
from datetime import date

from matchmaker.agenda.encounters import links_of
from matchmaker.agenda.models import Meeting, MeetingMove
from matchmaker.agenda.queries_changes import Change
from matchmaker.agenda.services_changes import other_times, pending_move, why_unchangeable
from matchmaker.clock import now
from matchmaker.events.models import Slot
from matchmaker.registration.models import Participant


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """`free` holds the times at which both could meet instead, by day.

    `link` leads into the room, where they meet by video.
    """

    me: Participant
    other: Participant
    meeting: Meeting
    move: MeetingMove | None
    why_not: str
    free: dict[date, list[Slot]]
    link: str = ""

    @property
    def is_cancelled(self) -> bool:
        return self.meeting.state == "cancelled"

    @property
    def has_begun(self) -> bool:
        return not self.is_cancelled and self.meeting.slot.starts_at <= now()

    @property
    def may_change(self) -> bool:
        return not self.why_not and not self.is_cancelled

    @property
    def is_my_move(self) -> bool:
        return self.move is not None and self.move.by_id == self.me.id


def meeting_page(me: Participant, change: Change) -> MeetingPage:
    meeting, other = change
    why_not = why_unchangeable(me.event, meeting)
    confirmed = meeting.state == "confirmed"
    return MeetingPage(
        me=me,
        other=other,
        meeting=meeting,
        move=pending_move(meeting) if confirmed else None,
        why_not=why_not if confirmed else "",
        free=_by_day(me, other_times(me, change)) if confirmed and not why_not else {},
        link=links_of(me.event, [meeting]).get(meeting.id, ""),
    )


def _by_day(me: Participant, slots: list[Slot]) -> dict[date, list[Slot]]:
    days: dict[date, list[Slot]] = {}
    for slot in slots:
        days.setdefault(slot.starts_at.astimezone(me.event.zone).date(), []).append(slot)
    return days
