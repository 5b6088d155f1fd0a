"""One participant's agenda: programme and meetings together, for the page and the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from matchmaker.agenda import queries
from matchmaker.agenda.encounters import Encounter, encounters_in
from matchmaker.agenda.models import Agenda
from matchmaker.agenda.transfers import Transfer, transfers_between
from matchmaker.clock import now
from matchmaker.events.models import Event, Slot
from matchmaker.programme.models import Session
from matchmaker.programme.queries import sessions_of
from matchmaker.registration.availability import blocked, stretches
from matchmaker.registration.models import Absence, Participant
from matchmaker.registration.queries import own_participants


@dataclass(frozen=True, slots=True)
class Gap:
    """Free time between or around meetings, within one block.

    `slot_id` is its first slot to come in which somebody else can be offered, if any.
    """

    start: datetime
    end: datetime
    slot_id: int | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """A session of the programme that the participant attends, or can go to."""

    session: Session
    attended: bool = False

    @property
    def start(self) -> datetime:
        return self.session.starts_at

    @property
    def end(self) -> datetime:
        return self.session.ends_at

    @property
    def place(self) -> str:
        return self.session.room

    @property
    def building(self) -> str:
        """Nothing where the way is reckoned with the session."""
        return "" if self.attended and self.session.travel_minutes else self.session.room

    @property
    def is_own(self) -> bool:
        return False


Moment = Encounter | Gap | Appearance | Transfer


@dataclass(frozen=True)
class PersonalAgenda:
    """What one account does and when; `agenda` is the version in force, if any.

    `people` are the participants it holds, `participant` being the one acted for.
    """

    participant: Participant
    people: list[Participant]
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
        moments: list[Moment] = [*self.encounters, *self.gaps, *self.transfers]
        moments += self.appearances
        found: dict[date, list[Moment]] = {}
        for moment in sorted(moments, key=lambda each: (each.start, each.end)):
            found.setdefault(moment.start.astimezone(self.event.zone).date(), []).append(moment)
        return found

    @property
    def several(self) -> bool:
        """Whether a meeting must say for which organisation it is."""
        return len(self.people) > 1

    @cached_property
    def present(self) -> list[Participant]:
        """Whose day it is: the holder in each role, or one member whose day alone is asked for."""
        return [person for person in self.people if person.in_person] or self.people

    @cached_property
    def attended(self) -> list[Encounter]:
        """The meetings on that day; members may have others meanwhile."""
        ids = {person.id for person in self.present}
        return [each for each in self.encounters if each.me.id in ids]

    @cached_property
    def absences(self) -> list[Absence]:
        return [away for person in self.present for away in person.absences]

    @cached_property
    def transfers(self) -> list[Transfer]:
        """Ways to the next place, unless a free stretch leaves the time for them anyway."""
        return [
            way
            for way in transfers_between([*self.attended, *self.appearances])
            if not any(gap.start < way.end and way.start < gap.end for gap in self.gaps)
        ]

    @cached_property
    def appearances(self) -> list[Appearance]:
        return [Appearance(each, attended=each.id in self.chosen) for each in self.sessions]

    @cached_property
    def chosen(self) -> set[int]:
        """The sessions they attend, by id."""
        return {away.session_id for away in self.absences if away.session_id is not None}

    @cached_property
    def sessions(self) -> list[Session]:
        """Those they attend, and those that clash with no meeting, absence or attended one."""
        taken = [(each.start, each.end) for each in self.attended]
        taken += [(away.starts_at, away.ends_at) for away in self.absences]
        return [
            session
            for session in self.programme
            if session.id in self.chosen
            or not any(start < session.ends_at and session.starts_at < end for start, end in taken)
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
        busy = {each.meeting.slot_id for each in self.attended}
        away = blocked(self.slots, self.absences)
        free = {slot.starts_at for slot in self.slots if slot.id not in busy} - away
        return [
            Gap(start, end, self._offered(start, end)) for start, end in stretches(self.slots, free)
        ]

    def _offered(self, start: datetime, end: datetime) -> int | None:
        if self.participant not in self.present or not self.event.takes_wishes:
            return None
        within = (slot for slot in self.slots if max(start, now()) <= slot.starts_at < end)
        return next((slot.id for slot in within), None)


def personal_agenda(participant: Participant) -> PersonalAgenda:
    """Everything the account does at the event, for whichever organisation."""
    held = own_participants(participant.event, participant.user)
    return _agenda_of(participant, [person for person in held if person.is_approved])


def feed_agenda(participant: Participant) -> PersonalAgenda:
    """What stands in the participant's calendar: all of the holder's own, or a member's alone.

    A member's feed address may be handed to the member, who has no business in the others' days.
    """
    if not participant.in_person:
        return _agenda_of(participant, [participant])
    held = own_participants(participant.event, participant.user)
    return _agenda_of(participant, [one for one in held if one.is_approved and one.in_person])


def _agenda_of(participant: Participant, people: list[Participant]) -> PersonalAgenda:
    """Read in a fixed number of queries."""
    event = participant.event
    meetings = queries.meetings_of(people)
    encounters = encounters_in(event, meetings, {person.id for person in people})
    confirmed = [each for each in encounters if each.meeting.state == "confirmed"]
    return PersonalAgenda(
        participant=participant,
        people=people,
        agenda=queries.latest_agenda(event),
        encounters=confirmed,
        cancelled=[each for each in encounters if each.meeting.state == "cancelled"],
        programme=sessions_of(event),
        slots=list(event.slots),
    )
