"""One participant's agenda: programme and meetings together, for the page and the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from matchmaker.agenda import queries
from matchmaker.agenda.encounters import Encounter, encounters_in
from matchmaker.agenda.models import Agenda
from matchmaker.clock import now
from matchmaker.events.models import Event, Slot
from matchmaker.programme.models import Session
from matchmaker.programme.queries import sessions_of
from matchmaker.registration.availability import blocked, stretches
from matchmaker.registration.models import Participant


@dataclass(frozen=True, slots=True)
class Gap:
    """Free time between or around meetings, within one block."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Appearance:
    """A session of the programme that the participant can go to."""

    session: Session

    @property
    def start(self) -> datetime:
        return self.session.starts_at

    @property
    def end(self) -> datetime:
        return self.session.ends_at


Moment = Encounter | Gap | Appearance


@dataclass(frozen=True)
class PersonalAgenda:
    """What one participant does and when; `agenda` is the version in force, if any."""

    participant: Participant
    agenda: Agenda | None
    encounters: list[Encounter]
    cancelled: list[Encounter]
    programme: Sequence[Session]
    slots: list[Slot]

    @property
    def event(self) -> Event:
        return self.participant.event

    @cached_property
    def days(self) -> dict[date, list[Moment]]:
        """Every day of the event that has something, in order, with its moments in order."""
        moments: list[Moment] = [*self.encounters, *self.gaps]
        moments += [Appearance(session) for session in self.sessions]
        found: dict[date, list[Moment]] = {}
        for moment in sorted(moments, key=lambda each: (each.start, each.end)):
            found.setdefault(moment.start.astimezone(self.event.zone).date(), []).append(moment)
        return found

    @cached_property
    def sessions(self) -> list[Session]:
        """The sessions that clash with none of the person's meetings or absences."""
        taken = [(each.start, each.end) for each in self.encounters]
        taken += [(away.starts_at, away.ends_at) for away in self.participant.absences]
        return [
            session
            for session in self.programme
            if not any(start < session.ends_at and session.starts_at < end for start, end in taken)
        ]

    @cached_property
    def next_encounter(self) -> Encounter | None:
        moment = now()
        return next((meeting for meeting in self.encounters if meeting.end > moment), None)

    @cached_property
    def gaps(self) -> list[Gap]:
        """Free slots of the published agenda, neighbours joined; none before it is published."""
        if self.agenda is None:
            return []
        busy = {meeting.meeting.slot_id for meeting in self.encounters}
        away = blocked(self.slots, self.participant.absences)
        free = {slot.starts_at for slot in self.slots if slot.id not in busy} - away
        return [Gap(start, end) for start, end in stretches(self.slots, free)]


def personal_agenda(participant: Participant) -> PersonalAgenda:
    """Read one participant's agenda in a fixed number of queries."""
    event = participant.event
    encounters = encounters_in(event, queries.meetings_of([participant]), {participant.id})
    confirmed = [each for each in encounters if each.meeting.state == "confirmed"]
    return PersonalAgenda(
        participant=participant,
        agenda=queries.latest_agenda(event),
        encounters=confirmed,
        cancelled=[each for each in encounters if each.meeting.state == "cancelled"],
        programme=sessions_of(event),
        slots=list(event.slots),
    )
