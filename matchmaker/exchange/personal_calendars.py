"""Everybody's calendar, from an event as plain values and the meetings of a run."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from urllib.parse import quote

from matchmaker.agenda.calendars import (
    CalendarMeeting,
    CalendarSession,
    build_calendar,
    meeting_uid,
    session_uid,
)
from matchmaker.matching.outcome import Meeting
from matchmaker.matching.snapshot import Interval, Person, Session, Snapshot
from matchmaker.matching.words import Names, for_reader, text


def personal_calendars(
    snapshot: Snapshot, meetings: Iterable[Meeting], stamp: datetime
) -> dict[str, bytes]:
    """One for each participant, by id; also for those who have no meeting."""
    theirs: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        theirs[meeting.pair.a].append(meeting)
        theirs[meeting.pair.b].append(meeting)
    writer = _Writer(snapshot, stamp)
    return {person.id: writer.calendar(person, theirs[person.id]) for person in snapshot.people}


class _Writer:
    """What all calendars of one event share."""

    def __init__(self, snapshot: Snapshot, stamp: datetime) -> None:
        self.snapshot, self.stamp = snapshot, stamp
        self.people: Mapping[str, Person] = {person.id: person for person in snapshot.people}
        self.names = Names.of(snapshot)
        self.url = _contact(snapshot)
        self.sessions, self.away = dict(self._sessions()), snapshot.away()

    def calendar(self, person: Person, meetings: list[Meeting]) -> bytes:
        taken = [*(meeting.slot for meeting in meetings), *self.away[person.id]]
        return build_calendar(
            self.snapshot.name,
            [self._meeting(person, meeting) for meeting in meetings],
            [
                entry
                for session, entry in self.sessions.items()
                if session.id in person.sessions or _is_free(session, taken)
            ],
            stamp=self.stamp,
        )

    def _meeting(self, reader: Person, meeting: Meeting) -> CalendarMeeting:
        pair = meeting.pair
        partner = self.people[pair.b if reader.id == pair.a else pair.a]
        reasons = for_reader(pair, reader.id, self.names, str)
        uid = meeting_uid(self.snapshot.slug, pair.a, pair.b)
        return CalendarMeeting(
            uid=uid,
            start=meeting.slot.start,
            end=meeting.slot.end,
            partner=partner.name,
            organisation=partner.organisation,
            point=meeting.point,
            venue=self.snapshot.place,
            last_modified=self.stamp,
            reasons=tuple(text(sentence) for sentence in reasons),
            offers=tuple(item.title for item in partner.items if item.kind == "offer"),
            needs=tuple(item.title for item in partner.items if item.kind == "need"),
            url=self.url or _name_of(uid),
        )

    def _sessions(self) -> Iterator[tuple[Session, CalendarSession]]:
        seen: dict[str, int] = defaultdict(int)
        for session in sorted(self.snapshot.sessions, key=lambda s: (s.start, s.room)):
            uid = session_uid(self.snapshot.slug, session.title, seen[session.title])
            seen[session.title] += 1
            yield (
                session,
                CalendarSession(
                    uid=uid,
                    start=session.start,
                    end=session.end,
                    title=session.title,
                    room=session.room,
                    venue=self.snapshot.place,
                    last_modified=self.stamp,
                    description=session.abstract or self.snapshot.name,
                    url=self.url or _name_of(uid),
                ),
            )


def _is_free(session: Session, taken: Iterable[Interval]) -> bool:
    """What nobody has to choose is for everybody who is not away or in a meeting then."""
    time = Interval(session.start, session.end)
    return not any(time.overlaps(other) for other in taken)


def _name_of(uid: str) -> str:
    return f"urn:uuid:{uid.partition('@')[0]}"


def _contact(snapshot: Snapshot) -> str:
    """Files have no page to point at, so questions go to the organiser.

    Not where the organiser takes part: then it would be a partner's address, and an event only
    names itself.
    """
    address = snapshot.organiser_email
    taken = {person.email.casefold() for person in snapshot.people}
    return "" if address.casefold() in taken else f"mailto:{quote(address, safe='@')}"
