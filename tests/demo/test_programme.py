"""The days of the demonstration, its programme, its blocks of meetings and its tables."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from matchmaker.demo.event import DemoEvent
from matchmaker.demo.programme import event_days
from matchmaker.matching.snapshot import Interval


@pytest.mark.parametrize(
    ("today", "tuesday"),
    [
        (date(2026, 11, 21), date(2027, 4, 27)),
        (date(2023, 1, 1), date(2023, 4, 25)),
        (date(2023, 4, 27), date(2023, 4, 25)),
        (date(2023, 4, 28), date(2024, 4, 23)),
        (date(2024, 2, 29), date(2024, 4, 23)),
        (date(2028, 2, 29), date(2028, 4, 25)),
        (date(2028, 12, 31), date(2029, 4, 24)),
        (date(2031, 5, 1), date(2032, 4, 27)),
    ],
)
def test_days_move_to_the_nearest_tuesday_of_the_coming_april(today: date, tuesday: date) -> None:
    days = event_days(today)

    assert days[0] == tuesday
    assert [day.strftime("%a") for day in days] == ["Tue", "Wed", "Thu"]
    assert [(day - tuesday).days for day in days] == [0, 1, 2]


@pytest.mark.parametrize("year", range(2026, 2054))
def test_days_stay_within_three_days_of_the_25th_of_april(year: int) -> None:
    tuesday, _, thursday = event_days(date(year, 1, 1))

    assert abs(tuesday - date(year, 4, 25)).days <= 3
    assert (thursday.year, thursday.month) == (year, 4)


def test_two_blocks_hold_18_slots_of_20_minutes_in_helsinki_time(demo: DemoEvent) -> None:
    helsinki = ZoneInfo("Europe/Helsinki")

    local = [block.start.astimezone(helsinki) for block in demo.snapshot.blocks]

    assert [block.slot_minutes for block in demo.snapshot.blocks] == [20, 20]
    assert len(demo.snapshot.slots()) == 18
    assert local == [
        datetime(2027, 4, 28, 13, 0, tzinfo=helsinki),
        datetime(2027, 4, 29, 9, 0, tzinfo=helsinki),
    ]
    assert demo.snapshot.blocks[0].start == datetime(2027, 4, 28, 10, 0, tzinfo=UTC)


def test_there_are_30_tables_with_a_name_each(demo: DemoEvent) -> None:
    assert [point.name for point in demo.snapshot.points] == [f"Table {n}" for n in range(1, 31)]
    assert {point.kind for point in demo.snapshot.points} == {"table"}


def test_one_visit_is_during_meetings_and_no_other_session_overlaps_anything(
    demo: DemoEvent,
) -> None:
    visits = [session.id for session in demo.snapshot.sessions if session.travel_minutes]
    busy = [
        Interval(session.start, session.end)
        for session in demo.snapshot.sessions
        if not session.travel_minutes
    ]
    busy += (Interval(block.start, block.end) for block in demo.snapshot.blocks)

    clashes = [
        (one, other)
        for place, one in enumerate(busy)
        for other in busy[place + 1 :]
        if one.overlaps(other)
    ]

    assert (visits, clashes) == (["laboratory"], [])
    assert all(stretch.start < stretch.end for stretch in busy)


def test_the_programme_holds_the_subjects_of_the_real_event(demo: DemoEvent) -> None:
    titles = " · ".join(session.title for session in demo.snapshot.sessions)

    for subject in (
        "Opening",
        "Digital solutions",
        "Industrial circular economy",
        "Arctic water",
        "net-zero industry",
        "critical raw materials",
        "Recommendations",
        "Site visit",
    ):
        assert subject in titles


def test_speakers_are_participants_who_agreed_to_be_shown(demo: DemoEvent) -> None:
    coming = {
        f"{person.name}, {person.organisation}"
        for person in demo.snapshot.people
        if person.id in demo.consented
    }

    speaking = {
        speaker
        for session in demo.snapshot.sessions
        for speaker in session.speaker.split("; ")
        if speaker
    }

    assert len(speaking) >= 15
    assert speaking - coming == set()
