"""Calendars written again: a calendar program must see what is news, and only that."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from matchmaker.agenda.calendars import CalendarMeeting, build_calendar, meeting_uid
from matchmaker.exchange.revisions import keep_revisions

FIRST = datetime(2023, 4, 20, 6, 30, tzinfo=UTC)
SECOND = FIRST + timedelta(hours=3)
MEETING = CalendarMeeting(
    uid=meeting_uid("kittila", "p1", "p2"),
    start=datetime(2023, 4, 26, 9, tzinfo=UTC),
    end=datetime(2023, 4, 26, 9, 20, tzinfo=UTC),
    partner="Åsa",
    organisation="Gruv",
    point="Table 1",
    venue="Levi",
    last_modified=FIRST,
)
MOVED = replace(MEETING, point="Table 2")
OTHER = replace(MEETING, uid=meeting_uid("kittila", "p1", "p3"), partner="Marek")


def written(stamp, *meetings):
    stamped = [replace(meeting, last_modified=stamp) for meeting in meetings]
    return build_calendar("Kittilä", stamped, stamp=stamp)


def revisions(content):
    return {
        str(event["UID"]): (event["SEQUENCE"], event["LAST-MODIFIED"].dt, event["DTSTAMP"].dt)
        for event in Calendar.from_ical(content).events
    }


def test_a_calendar_in_which_nothing_changed_stays_the_same_byte_for_byte():
    first = written(FIRST, MEETING, OTHER)

    assert keep_revisions(written(SECOND, MEETING, OTHER), first) == first


def test_a_changed_meeting_counts_on_and_the_others_stay():
    again = keep_revisions(written(SECOND, MOVED, OTHER), written(FIRST, MEETING, OTHER))

    assert revisions(again) == {
        MEETING.uid: (1, SECOND, SECOND),
        OTHER.uid: (0, FIRST, FIRST),
    }


def test_each_change_counts():
    second = keep_revisions(written(SECOND, MOVED), written(FIRST, MEETING))

    third = keep_revisions(written(SECOND, MEETING), second)

    assert revisions(third) == {MEETING.uid: (2, SECOND, SECOND)}


def test_a_new_meeting_begins_at_nought_and_one_that_is_gone_stays_away():
    again = keep_revisions(written(SECOND, OTHER), written(FIRST, MEETING))

    assert revisions(again) == {OTHER.uid: (0, SECOND, SECOND)}


def test_a_file_that_is_no_calendar_changes_nothing():
    new = written(SECOND, MEETING)

    assert keep_revisions(new, b"BEGIN:VEVENT\r\nEND:VEVENT\r\n\x00\xff") == new
