"""The page of requests: what waits for an answer first, then where everything else stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from matchmaker.registration.models import Participant
from matchmaker.wishes.agreements import MeetingTime, planner
from matchmaker.wishes.expiry import expires_at
from matchmaker.wishes.models import RequestState
from matchmaker.wishes.queries import (
    Correspondence,
    count_requests_pending,
    levels_of,
    requests_received,
    requests_sent,
)
from matchmaker.wishes.request_page import is_my_turn


@dataclass(frozen=True, slots=True)
class Inbox:
    """`to_answer` and `to_choose` wait for `me`; `asked` and `proposed` wait for the others."""

    me: Participant
    received: Sequence[Correspondence]
    sent: Sequence[Correspondence]
    levels: Mapping[int, str]
    meetings: Mapping[int, MeetingTime]
    pending: int

    @property
    def to_answer(self) -> list[Correspondence]:
        return _chosen(self.received, RequestState.PENDING, self._my_turn)

    @property
    def to_choose(self) -> list[Correspondence]:
        return _chosen(self.sent, RequestState.PENDING, self._my_turn)

    @property
    def asked(self) -> list[Correspondence]:
        return _chosen(self.sent, RequestState.PENDING, lambda each: not self._my_turn(each))

    @property
    def proposed(self) -> list[Correspondence]:
        return _chosen(self.received, RequestState.PENDING, lambda each: not self._my_turn(each))

    @property
    def agreed(self) -> list[Correspondence]:
        return self._both(RequestState.ACCEPTED)

    @property
    def declined(self) -> list[Correspondence]:
        return self._both(RequestState.DECLINED)

    @property
    def expired(self) -> list[Correspondence]:
        return self._both(RequestState.EXPIRED)

    @property
    def people(self) -> list[int]:
        """The ids of everybody on the page."""
        return [each.other.id for each in (*self.received, *self.sent)]

    @property
    def moves(self) -> list[MeetingTime]:
        """Meetings that the other side would like at another time."""
        return [each for each in self.meetings.values() if each.asked]

    @property
    def waiting(self) -> int:
        return len(self.to_answer) + len(self.to_choose) + len(self.moves)

    @property
    def is_empty(self) -> bool:
        past = (*self.agreed, *self.declined, *self.expired)
        return not (self.waiting or self.asked or self.proposed or past)

    def expires(self, found: Correspondence) -> datetime | None:
        return expires_at(found.request, self.me.event)

    def _my_turn(self, found: Correspondence) -> bool:
        return is_my_turn(found.request, self.me)

    def _both(self, state: RequestState) -> list[Correspondence]:
        return _chosen([*self.received, *self.sent], state, lambda _: True)


def inbox_of(me: Participant) -> Inbox:
    return Inbox(
        me=me,
        received=requests_received(me),
        sent=requests_sent(me),
        levels=levels_of(me),
        meetings=planner().meeting_times(me),
        pending=count_requests_pending(me),
    )


def _chosen(
    requests: Sequence[Correspondence],
    state: RequestState,
    fits: Callable[[Correspondence], bool],
) -> list[Correspondence]:
    return [found for found in requests if found.request.state == state and fits(found)]
