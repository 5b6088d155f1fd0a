"""One request as one of its two sides sees it, on its page and from the mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from matchmaker.events.models import Event, Slot
from matchmaker.registration.models import Participant
from matchmaker.wishes.agreements import MeetingTime, planner
from matchmaker.wishes.expiry import expires_at
from matchmaker.wishes.models import Request, RequestState
from matchmaker.wishes.queries import Correspondence, find_wish
from matchmaker.wishes.rules import why_closed
from matchmaker.wishes.steps import Told, tell_steps


@dataclass(frozen=True, slots=True)
class RequestPage:
    """`free` holds the times that `me` can propose, by day; `why_not` why nothing can be done.

    `asked` is the time that a pending request asks for; whether it still can be is `asked_holds`.
    """

    me: Participant
    other: Participant
    request: Request
    meeting: MeetingTime | None
    history: list[Told]
    free: dict[date, list[Slot]]
    why_not: str
    refused: bool
    asked: Slot | None = None
    asked_holds: bool = True

    @property
    def event(self) -> Event:
        return self.me.event

    @property
    def is_mine(self) -> bool:
        return self.request.asker_id == self.me.id

    @property
    def is_pending(self) -> bool:
        return self.request.state == RequestState.PENDING

    @property
    def may_answer(self) -> bool:
        """Whether it is for `me` to answer now: the request, or the times proposed to it."""
        mine = is_my_turn(self.request, self.me)
        return self.is_pending and mine and not self.why_not and not self.refused

    @property
    def meets(self) -> bool:
        """Whether the two have a meeting; a run may plan one while a request waits."""
        return self.meeting is not None and not self.meeting.cancelled

    @property
    def expires(self) -> datetime | None:
        return expires_at(self.request, self.event)


def request_page(me: Participant, found: Correspondence) -> RequestPage:
    request, other = found
    said = find_wish(me, other)
    why_not = why_closed(me.event)
    proposes = request.answerer_id == me.id and request.state == RequestState.PENDING
    free = planner().common_times(me, other) if proposes else []
    return RequestPage(
        me=me,
        other=other,
        request=request,
        meeting=planner().meeting_times(me).get(other.id),
        history=tell_steps(request, request.steps, me, other.name),
        free=_by_day(me.event, free),
        why_not=why_not,
        refused=said is not None and said.level == "no",
        asked=asked_time(request),
        asked_holds=request.slot in free or not proposes,
    )


def asked_time(request: Request) -> Slot | None:
    """The one time a request asks for, while it waits for who was asked."""
    waits = request.state == RequestState.PENDING and request.proposed_at is None
    return request.slot if waits else None


def is_my_turn(request: Request, me: Participant) -> bool:
    """Whether the next word is `me`'s."""
    asker_is_next = request.proposed_at is not None
    return (request.asker_id == me.id) == asker_is_next


def _by_day(event: Event, slots: Iterable[Slot]) -> dict[date, list[Slot]]:
    days: dict[date, list[Slot]] = {}
    for slot in slots:
        days.setdefault(slot.starts_at.astimezone(event.zone).date(), []).append(slot)
    return days
