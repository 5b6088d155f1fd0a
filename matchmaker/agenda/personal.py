"""One participant's agenda: programme and meetings together, for the page and the calendar."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from flask_babel import gettext as _

from matchmaker.agenda import queries
from matchmaker.agenda.calendars import (
    CalendarMeeting,
    CalendarSession,
    build_calendar,
    session_uid,
)
from matchmaker.agenda.models import Agenda, Meeting
from matchmaker.clock import now
from matchmaker.events.models import Event, Slot
from matchmaker.matching.codec import reasons_from_json
from matchmaker.matching.outcome import PairValue
from matchmaker.matching.words import Names, Sentence, for_reader, text
from matchmaker.programme.models import Session
from matchmaker.programme.queries import sessions_of
from matchmaker.registration.availability import blocked, stretches
from matchmaker.registration.models import Participant
from matchmaker.web import absolute_url


@dataclass(frozen=True, slots=True)
class Encounter:
    """A meeting as one of the two sees it."""

    meeting: Meeting
    partner: Participant
    why: tuple[Sentence, ...]
    offers: tuple[str, ...]
    needs: tuple[str, ...]

    @property
    def start(self) -> datetime:
        return self.meeting.slot.starts_at

    @property
    def end(self) -> datetime:
        return self.meeting.slot.ends_at

    @property
    def organisation(self) -> str:
        return self.partner.organisation.name if self.partner.organisation else ""


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
    encounters = _encounters(participant)
    confirmed = [each for each in encounters if each.meeting.state == "confirmed"]
    return PersonalAgenda(
        participant=participant,
        agenda=queries.latest_agenda(event),
        encounters=confirmed,
        cancelled=[each for each in encounters if each.meeting.state == "cancelled"],
        programme=sessions_of(event),
        slots=list(event.slots),
    )


def _encounters(participant: Participant) -> list[Encounter]:
    meetings = queries.meetings_of(participant)
    partners = queries.partners_in(meetings, participant)
    offers = queries.titles_of(partners.values(), "offer")
    needs = queries.titles_of(partners.values(), "need")
    topics = {topic.key: topic.name for topic in participant.event.topics}
    return [
        Encounter(
            meeting=meeting,
            partner=partners[meeting.id],
            why=_why(meeting, participant, partners[meeting.id], topics),
            offers=offers[partners[meeting.id].id],
            needs=needs[partners[meeting.id].id],
        )
        for meeting in meetings
    ]


def _why(
    meeting: Meeting, me: Participant, partner: Participant, topics: dict[str, str]
) -> tuple[Sentence, ...]:
    a, b = sorted((me.ref, partner.ref))
    pair = PairValue(a, b, reasons_from_json(meeting.reasons))
    names = Names(people={me.ref: me.name, partner.ref: partner.name}, topics=topics)
    return for_reader(pair, me.ref, names, _)


def calendar_of(agenda: PersonalAgenda, *, with_cancelled: bool = True) -> bytes:
    """The agenda as a calendar file; it changes only when a new agenda is published.

    `with_cancelled` keeps meetings that were cancelled, marked so: a subscriber's calendar then
    shows that they are off instead of silently losing them.
    """
    event = agenda.event
    meetings = agenda.encounters + (agenda.cancelled if with_cancelled else [])
    stamp = agenda.agenda.published_at if agenda.agenda else event.created_at
    return build_calendar(
        event.name,
        [_calendar_meeting(each, event) for each in meetings],
        _calendar_sessions(agenda),
        stamp=stamp,
        gettext=_,
    )


def _calendar_meeting(each: Encounter, event: Event) -> CalendarMeeting:
    return CalendarMeeting(
        uid=each.meeting.uid,
        start=each.start,
        end=each.end,
        partner=each.partner.name,
        organisation=each.organisation,
        point=each.meeting.point.name,
        venue=event.venue or event.place,
        last_modified=each.meeting.changed_at,
        sequence=each.meeting.sequence,
        reasons=tuple(text(sentence) for sentence in each.why),
        offers=each.offers,
        needs=each.needs,
        url=absolute_url("agenda.show", slug=event.slug),
        cancelled=each.meeting.state == "cancelled",
    )


def _calendar_sessions(agenda: PersonalAgenda) -> list[CalendarSession]:
    event, uids = agenda.event, _session_uids(agenda)
    return [
        CalendarSession(
            uid=uids[session.id],
            start=session.starts_at,
            end=session.ends_at,
            title=session.title,
            room=session.room,
            venue=event.venue or event.place,
            last_modified=event.created_at,
            description=session.abstract,
            url=absolute_url("programme.show", slug=event.slug),
        )
        for session in agenda.sessions
    ]


def _session_uids(agenda: PersonalAgenda) -> dict[int, str]:
    """By session id; counted over the whole programme, so that nobody's meetings change them."""
    seen: dict[str, int] = defaultdict(int)
    uids = {}
    for session in agenda.programme:
        uids[session.id] = session_uid(agenda.event.slug, session.title, seen[session.title])
        seen[session.title] += 1
    return uids
