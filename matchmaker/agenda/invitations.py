"""A meeting as an invitation that a calendar takes from a mail (iTIP, RFC 5546).

Each object speaks of one meeting and says what to do with it: REQUEST enters or changes it, CANCEL
takes it out. It has the UID of the feed, and an equal or higher SEQUENCE replaces what was there.
Nobody is asked to answer: who comes was settled when the two agreed to meet.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import vCalAddress

from matchmaker.agenda.calendars import (
    CalendarMeeting,
    Gettext,
    Text,
    empty_calendar,
    meeting_event,
)


@dataclass(frozen=True, slots=True)
class Guest:
    """Whose calendar it is for."""

    name: str
    address: str


def invitation(
    meeting: CalendarMeeting, guest: Guest, *, sender: str, stamp: datetime, gettext: Gettext = str
) -> str:
    """The object to send; `sender` is the address that the mail comes from, as programs demand."""
    calendar = empty_calendar()
    calendar.add("method", "CANCEL" if meeting.cancelled else "REQUEST")
    event = meeting_event(meeting, gettext)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("organizer", vCalAddress(f"mailto:{sender}"))
    event.add("attendee", _attendee(guest))
    event.add("transp", "TRANSPARENT" if meeting.cancelled else "OPAQUE")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.decode()


def _attendee(guest: Guest) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{guest.address}")
    attendee.params["CN"] = Text.of(guest.name).replace('"', "'").replace("\n", " ")
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = "ACCEPTED"
    attendee.params["RSVP"] = "FALSE"
    return attendee
