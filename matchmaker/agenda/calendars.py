"""One person's meetings and sessions as a calendar (RFC 5545): plain values in, bytes out.

All times are written in UTC, which every client reads right, so no time zone needs describing.
There is no METHOD: the file is somebody's calendar, not an invitation to be answered, and PUBLISH
would ask for an ORGANIZER. Nobody's e-mail address has a field here, and one that stands in a
name or a title is left out: calendars are shared and copied without a thought.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event
from icalendar.prop import vText, vUri

Gettext = Callable[[str], str]

PRODID = "-//Matchmaker//Agenda//EN"
_NAMES = UUID("0a5b1f3e-6f0c-5d0e-9a55-3f1c2f0c7b1d")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarMeeting:
    """A meeting as one of the two sees it: `partner` is the other, `reasons` are sentences.

    `partner` and `organisation` are empty where they may not be named any more; `offers` and
    `needs` are the partner's titles; `sequence` and `last_modified` rise whenever the meeting
    moves, is cancelled or comes back. `link` leads into the room, where they meet by video: then
    nobody goes to the venue.
    """

    uid: str
    start: datetime
    end: datetime
    partner: str
    organisation: str
    point: str
    venue: str
    last_modified: datetime
    sequence: int = 0
    reasons: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    link: str = ""
    url: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSession:
    """A session of the programme that the person attends."""

    uid: str
    start: datetime
    end: datetime
    title: str
    room: str
    venue: str
    last_modified: datetime
    sequence: int = 0
    description: str = ""
    url: str = ""
    cancelled: bool = False


def build_calendar(
    name: str,
    meetings: Iterable[CalendarMeeting],
    sessions: Iterable[CalendarSession] = (),
    *,
    stamp: datetime,
    gettext: Gettext = str,
    refresh: timedelta | None = None,
) -> bytes:
    """The same values give the same bytes; `refresh` hints to a subscriber how often to look."""
    calendar = _named_calendar(name, refresh)
    entries = [(m.start, m.uid, meeting_event(m, gettext)) for m in meetings]
    entries += [(s.start, s.uid, _session_event(s, gettext)) for s in sessions]
    for _, _, event in sorted(entries, key=lambda entry: entry[:2]):
        event.add("dtstamp", stamp.astimezone(UTC))
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def meeting_uid(slug: str, a: str, b: str) -> str:
    """The same for both, in every run and in every file: a meeting is known by its pair."""
    return _uid(slug, "meeting", *sorted((a, b)))


def session_uid(slug: str, title: str, nth: int = 0) -> str:
    """`nth` tells apart sessions of one title, in order of time."""
    return _uid(slug, "session", title, str(nth))


def _uid(slug: str, *parts: str) -> str:
    return f"{uuid5(_NAMES, json.dumps([slug, *parts]))}@{slug}.matchmaker"


def empty_calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _named_calendar(name: str, refresh: timedelta | None) -> Calendar:
    calendar = empty_calendar()
    calendar.add("x-wr-calname", Text.of(name))
    if refresh:
        calendar.add("refresh-interval", refresh, parameters={"value": "DURATION"})
    return calendar


def meeting_event(meeting: CalendarMeeting, gettext: Gettext) -> Event:
    """The entry of one meeting; who uses it adds the stamp."""
    title = gettext("Meeting")
    if meeting.partner or meeting.organisation:
        title = gettext("Meeting with %(partner)s, %(organisation)s") % {
            "partner": meeting.partner,
            "organisation": meeting.organisation,
        }
    event = _event(
        meeting,
        summary=_ADDRESS.sub("…", _summary(title, meeting.cancelled, gettext)),
        location=_joined(meeting.point, meeting.link or meeting.venue),
        description=_ADDRESS.sub("…", _meeting_description(meeting, gettext)),
    )
    if meeting.link:
        event.add("conference", _conference(meeting))
    return event


def _conference(meeting: CalendarMeeting) -> vUri:
    """RFC 7986: what a client opens by one press; others have the link in the place."""
    conference = vUri(meeting.link)
    conference.params["VALUE"] = "URI"
    conference.params["FEATURE"] = ["AUDIO", "VIDEO"]
    conference.params["LABEL"] = meeting.point
    return conference


def _session_event(session: CalendarSession, gettext: Gettext) -> Event:
    return _event(
        session,
        summary=_summary(session.title, session.cancelled, gettext),
        location=_joined(session.room, session.venue),
        description=session.description,
    )


def _event(entry: CalendarMeeting | CalendarSession, **texts: str) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstart", entry.start.astimezone(UTC))
    event.add("dtend", entry.end.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("last-modified", entry.last_modified.astimezone(UTC))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    for name, value in texts.items():
        if value:
            event.add(name, Text.of(value))
    if entry.url:
        event.add("url", vUri(entry.url))
    return event


def _summary(title: str, cancelled: bool, gettext: Gettext) -> str:
    # Some clients show a cancelled entry like any other; the words do not depend on them.
    return gettext("Cancelled: %(title)s") % {"title": title} if cancelled else title


def _meeting_description(meeting: CalendarMeeting, gettext: Gettext) -> str:
    parts = (
        (gettext("Why you meet"), meeting.reasons),
        (gettext("They offer"), meeting.offers),
        (gettext("They need"), meeting.needs),
    )
    return "\n\n".join(
        "\n".join([f"{heading}:", *(f"- {line}" for line in lines)])
        for heading, lines in parts
        if lines
    )


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


class Text(vText):
    r"""Text escaped as the standard says: the library's own takes a typed ``\N`` for a new line."""

    @classmethod
    def of(cls, text: str) -> "Text":
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        return cls(_UNWRITABLE.sub("", lines))

    def to_ical(self) -> bytes:
        escaped = re.sub(r"[\\;,]", r"\\\g<0>", str(self))
        return escaped.replace("\n", r"\n").encode()
