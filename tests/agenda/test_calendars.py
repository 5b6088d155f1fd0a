"""A person's calendar, read back by two independent parsers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from matchmaker.agenda.calendars import (
    CalendarMeeting,
    CalendarSession,
    build_calendar,
    meeting_uid,
    session_uid,
)

NOON = datetime(2023, 4, 26, 9, tzinfo=UTC)
STAMP = datetime(2023, 4, 20, 6, 30, tzinfo=UTC)
HELSINKI = ZoneInfo("Europe/Helsinki")

MEETING = CalendarMeeting(
    uid=meeting_uid("kittila-2023", "p1", "p2"),
    start=NOON,
    end=NOON + timedelta(minutes=20),
    partner="Åsa Öhman, Dr",
    organisation="Gruv & Miljö; Ab",
    point="Table 14",
    venue="Levi Hall, Kittilä",
    last_modified=datetime(2023, 4, 19, 12, tzinfo=UTC),
    sequence=3,
    reasons=("You need dry tailings treatment; they offer it.", "Different regions 🙂"),
    offers=("Dry tailings treatment",),
    needs=("Mine-water monitoring, year round", r"Data from C:\North"),
    url="https://match.example/e/kittila-2023/agenda",
)
SESSION = CalendarSession(
    uid=session_uid("kittila-2023", "Coffee"),
    start=NOON - timedelta(hours=1),
    end=NOON,
    title="Coffee",
    room="Foyer",
    venue="Levi Hall, Kittilä",
    last_modified=STAMP,
)
DESCRIPTION = """\
Why you meet:
- You need dry tailings treatment; they offer it.
- Different regions 🙂

They offer:
- Dry tailings treatment

They need:
- Mine-water monitoring, year round
- Data from C:\\North"""

LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="@")
TEXTS = st.text(LETTERS | st.just("\n"))


def built(*meetings, sessions=(), name="Kittilä", **options):
    return build_calendar(name, meetings, sessions, stamp=STAMP, **options)


def read(content):
    return Calendar.from_ical(content)


def only_event(content):
    (event,) = read(content).events
    return event


def test_a_meeting_says_who_where_when_and_why():
    event = only_event(built(MEETING))

    assert {name: str(event[name]) for name in ("UID", "SUMMARY", "LOCATION", "STATUS", "URL")} == {
        "UID": MEETING.uid,
        "SUMMARY": "Meeting with Åsa Öhman, Dr, Gruv & Miljö; Ab",
        "LOCATION": "Table 14, Levi Hall, Kittilä",
        "STATUS": "CONFIRMED",
        "URL": "https://match.example/e/kittila-2023/agenda",
    }
    assert str(event["DESCRIPTION"]) == DESCRIPTION
    assert event["SEQUENCE"] == 3


def test_times_are_written_in_utc_without_a_zone():
    content = built(MEETING)

    lines = content.decode().split("\r\n")
    assert "DTSTART:20230426T090000Z" in lines
    assert "DTEND:20230426T092000Z" in lines
    assert "DTSTAMP:20230420T063000Z" in lines
    assert "LAST-MODIFIED:20230419T120000Z" in lines
    assert b"VTIMEZONE" not in content
    assert b"METHOD" not in content


def test_times_given_in_another_zone_are_the_same_moments():
    local = replace(MEETING, start=MEETING.start.astimezone(HELSINKI))

    assert built(local) == built(MEETING)


def test_ical_js_reads_the_same_texts(read_with_ical_js):
    read_back = read_with_ical_js(built(MEETING), "Europe/Helsinki")

    assert read_back["name"] == "Kittilä"
    assert read_back["events"] == [
        {
            "uid": MEETING.uid,
            "summary": "Meeting with Åsa Öhman, Dr, Gruv & Miljö; Ab",
            "location": "Table 14, Levi Hall, Kittilä",
            "description": DESCRIPTION,
            "sequence": 3,
            "status": "CONFIRMED",
            "url": "https://match.example/e/kittila-2023/agenda",
            "start": "2023-04-26 12:00:00",
            "end": "2023-04-26 12:20:00",
        }
    ]


@pytest.mark.parametrize(
    ("utc", "local"),
    [
        (datetime(2023, 1, 11, 10, tzinfo=UTC), "2023-01-11 12:00:00"),
        (datetime(2023, 4, 26, 9, tzinfo=UTC), "2023-04-26 12:00:00"),
        (datetime(2023, 7, 5, 9, tzinfo=UTC), "2023-07-05 12:00:00"),
    ],
)
def test_noon_in_helsinki_is_noon_for_both_readers(read_with_ical_js, utc, local):
    content = built(replace(MEETING, start=utc, end=utc + timedelta(minutes=20)))

    assert str(only_event(content).start.astimezone(HELSINKI).replace(tzinfo=None)) == local
    assert read_with_ical_js(content, "Europe/Helsinki")["events"][0]["start"] == local


def test_sessions_and_meetings_stand_in_order_of_time():
    content = built(MEETING, sessions=[SESSION])

    session, meeting = read(content).events
    assert (str(session["SUMMARY"]), str(session["LOCATION"])) == (
        "Coffee",
        "Foyer, Levi Hall, Kittilä",
    )
    assert str(meeting["UID"]) == MEETING.uid


def test_a_cancelled_meeting_says_so_in_status_and_in_words():
    event = only_event(built(replace(MEETING, cancelled=True)))

    assert str(event["STATUS"]) == "CANCELLED"
    assert str(event["SUMMARY"]).startswith("Cancelled: Meeting with Åsa Öhman")


def test_a_calendar_of_nothing_is_still_a_calendar(read_with_ical_js):
    content = built()

    assert read(content).events == []
    assert read_with_ical_js(content, "UTC")["events"] == []


def test_words_come_in_the_language_given():
    finnish = {"They need": "He tarvitsevat"}

    event = only_event(built(MEETING, gettext=lambda text: finnish.get(text, text)))

    assert "He tarvitsevat:\n- Mine-water" in str(event["DESCRIPTION"])


def test_a_feed_may_say_how_often_to_look():
    content = built(MEETING, refresh=timedelta(hours=1))

    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in content


def test_the_order_of_the_meetings_given_changes_nothing():
    later = replace(MEETING, uid="later", start=NOON + timedelta(hours=1))

    assert built(MEETING, later) == built(later, MEETING)


def test_a_meeting_has_one_uid_whoever_is_named_first():
    assert meeting_uid("k", "p1", "p2") == meeting_uid("k", "p2", "p1")


def test_uids_differ_where_events_pairs_or_sessions_differ():
    uids = {
        meeting_uid("k", "p1", "p2"),
        meeting_uid("l", "p1", "p2"),
        meeting_uid("k", "p1,", "p2"),
        meeting_uid("k", "p1", ",p2"),
        session_uid("k", "Coffee"),
        session_uid("k", "Coffee", 1),
        session_uid("k", "Lunch"),
    }

    assert len(uids) == 7


def test_a_uid_is_the_same_today_and_in_every_release():
    assert meeting_uid("k", "p1", "p2") == "a4fee189-7562-54e1-ba45-460a724de13c@k.matchmaker"


@settings(deadline=None)
@given(TEXTS)
def test_any_text_comes_back_and_no_line_is_longer_than_75_octets(text):
    content = built(replace(MEETING, reasons=(text,), offers=(), needs=()))

    assert str(only_event(content)["DESCRIPTION"]) == f"Why you meet:\n- {text}"
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)


@settings(deadline=None)
@given(text=TEXTS)
def test_ical_js_gives_any_text_back_too(read_with_ical_js, text):
    content = built(replace(MEETING, partner=text))

    summary = read_with_ical_js(content, "UTC")["events"][0]["summary"]
    assert summary == f"Meeting with {text}, Gruv & Miljö; Ab"


def test_characters_no_calendar_may_hold_are_left_out():
    event = only_event(built(replace(MEETING, partner="Aino\x00\x1b\r\nNiskala")))

    assert str(event["SUMMARY"]) == "Meeting with Aino\nNiskala, Gruv & Miljö; Ab"


def test_an_address_somebody_typed_into_a_title_stays_out():
    typed = replace(MEETING, partner="aino@kierto.example", offers=("Mail a.b+c@kierto.example!",))

    event = only_event(built(typed))

    assert "kierto.example" not in built(typed).decode()
    assert str(event["SUMMARY"]) == "Meeting with …, Gruv & Miljö; Ab"
    assert "- Mail …!" in str(event["DESCRIPTION"])
