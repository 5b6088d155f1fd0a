"""What a page of the programme says to the reader: which sessions they attend, what clashes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from flask import current_app
from flask_login import current_user
from sqlalchemy import select

from matchmaker.events.models import Event, Slot
from matchmaker.extensions import db
from matchmaker.programme.models import Session
from matchmaker.programme.queries import sessions_of
from matchmaker.registration.acting import own_participant
from matchmaker.registration.models import OUT, Participant, Status
from matchmaker.registration.models_sessions import SessionChoice
from matchmaker.registration.services_sessions import is_over, time_of


class OwnMeeting(NamedTuple):
    """One of the reader's own meetings: with whom, when, and the page to move or cancel it on."""

    name: str
    start: datetime
    end: datetime
    url: str


@dataclass(frozen=True)
class Attending:
    """What the reader has chosen of the event's programme."""

    me: Participant
    sessions: Sequence[Session]
    chosen: frozenset[int]

    def attends(self, session: Session) -> bool:
        return session.id in self.chosen

    @property
    def to_come(self) -> list[Session]:
        return [one for one in self.sessions if self.may_change(one)]

    def concerns_agenda(self, session: Session) -> bool:
        """Chosen, or in the way of meetings; what is neither is chosen in the programme."""
        return self.attends(session) or session.id in self._beside_meetings

    def time_of(self, session: Session) -> tuple[datetime, datetime]:
        return time_of(session)

    def may_change(self, session: Session) -> bool:
        return not is_over(session)

    def sessions_then(self, session: Session) -> list[Session]:
        """The others they attend that leave no time for this one, the ways to them included."""
        start, end = time_of(session)
        others = [one for one in self.sessions if one.id in self.chosen and one.id != session.id]
        return [one for one in others if _overlap((start, end), time_of(one))]

    def meetings_then(self, session: Session) -> list[OwnMeeting]:
        time = time_of(session)
        return [met for met in self._meetings if _overlap(time, (met.start, met.end))]

    @cached_property
    def _beside_meetings(self) -> set[int]:
        return {one.id for one in beside_meetings(self.sessions, self.me.event.slots)[0]}

    @cached_property
    def _meetings(self) -> list[OwnMeeting]:
        meetings: Callable[[Participant], list[OwnMeeting]] = current_app.extensions[
            "matchmaker.meetings_of"
        ]
        return meetings(self.me) if self.chosen and self.me.is_approved else []


def attending(event: Event) -> Attending | None:
    """Of whoever reads the page; nothing for a visitor, and where registering is not begun."""
    if not event.is_public or not current_user.is_authenticated:
        return None
    me = own_participant(event, current_user)
    begun = me is not None and me.organisation_id is not None and me.status not in OUT
    late = me is not None and me.status == Status.REGISTERING and not event.takes_registrations
    return attending_of(me) if me is not None and begun and not late else None


def attending_of(me: Participant) -> Attending:
    chosen = select(SessionChoice.session_id).where(SessionChoice.participant_id == me.id)
    return Attending(me, sessions_of(me.event), frozenset(db.session.scalars(chosen)))


def beside_meetings(
    sessions: Sequence[Session], slots: Sequence[Slot]
) -> tuple[list[Session], list[Session]]:
    """Those that take times for meetings, and the others."""
    spans = [(slot.starts_at, slot.ends_at) for slot in slots]
    touching = [one for one in sessions if any(_overlap(time_of(one), span) for span in spans)]
    return touching, [one for one in sessions if one not in touching]


def sessions_to_choose(event: Event) -> list[Session]:
    """Those that take times for meetings: who attends one says so before meetings are published."""
    if event.shows_agenda:
        return []
    to_come = [one for one in sessions_of(event) if not is_over(one)]
    return beside_meetings(to_come, event.slots)[0]


def taken_slots(attending: Attending, slots: Sequence[Slot]) -> dict[int, str]:
    """The slots that an attended session takes, with its title, by the slot's id."""
    own = [one for one in attending.sessions if attending.attends(one)]
    return {
        slot.id: one.title
        for slot in slots
        for one in reversed(own)
        if _overlap(time_of(one), (slot.starts_at, slot.ends_at))
    }


def _overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
