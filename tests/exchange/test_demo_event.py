"""A whole event through the files: nothing lost, and the agendas keep every rule of the event."""

import csv
import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from matchmaker.demo.event import build_demo
from matchmaker.exchange.commands import agenda
from matchmaker.exchange.reading import read_folder
from matchmaker.exchange.writing import write_folder
from matchmaker.matching.snapshot import Interval
from matchmaker.matching.value import pair_values


@pytest.fixture(scope="module")
def event():
    return build_demo(date(2026, 11, 21)).snapshot


@pytest.fixture(scope="module")
def written(event, tmp_path_factory):
    """The event as a folder, and in it the agendas made from that folder alone."""
    path = tmp_path_factory.mktemp("demo") / "event"
    write_folder(event, path)
    result = CliRunner().invoke(agenda, [str(path), "--out", str(path / "out")])
    assert result.exit_code == 0, result.stderr
    return path


@pytest.fixture(scope="module")
def schedule(written):
    with (written / "out" / "schedule.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def slot(row):
    return Interval(datetime.fromisoformat(row["start"]), datetime.fromisoformat(row["end"]))


def pair(row):
    return row["participant_a"], row["participant_b"]


def test_all_that_the_files_hold_comes_back(event, written):
    people = tuple(replace(person, min_meetings=0) for person in event.people)
    settings = replace(event.settings, may_meet=None, preferred=frozenset())

    assert read_folder(written) == replace(
        event, people=people, settings=settings, accepted=frozenset()
    )


def test_the_agenda_is_proven_within_half_a_per_cent(written):
    report = json.loads((written / "out" / "report.json").read_text())

    assert report["gap"] <= 0.005


def test_everybody_who_could_have_a_meeting_has_one(event, schedule):
    wished = {one for both in pair_values(event) for one in (both.a, both.b)}

    assert {who for row in schedule for who in pair(row)} == wished


def test_nobody_and_no_table_is_taken_twice_at_a_time(schedule):
    seats = Counter((who, row["start"]) for row in schedule for who in pair(row))
    tables = Counter((row["point"], row["start"]) for row in schedule)

    assert len(schedule) > 400
    assert set(seats.values()) == {1}
    assert set(tables.values()) == {1}


def test_meetings_are_in_slots_at_tables_and_within_what_people_can(event, schedule):
    people = {person.id: person for person in event.people}
    points, away = {point.name for point in event.points}, event.away()
    many = Counter(who for row in schedule for who in pair(row))

    for row in schedule:
        assert slot(row) in event.slots()
        assert row["point"] in points
        assert not any(slot(row).overlaps(gone) for who in pair(row) for gone in away[who])
    assert all(
        number <= (event.settings.max_meetings if most is None else most)
        for who, number in many.items()
        for most in [people[who].max_meetings]
    )


def test_wishes_are_scheduled_or_listed_and_a_no_is_in_neither(event, written, schedule):
    with (written / "out" / "unplaced.csv").open(newline="") as file:
        unplaced = {pair(row) for row in csv.DictReader(file)}
    held = {pair(row) for row in schedule}
    company = {person.id: person.organisation for person in event.people}
    said = {level: set() for level in ("must", "want", "no")}
    for wish in event.wishes:
        a, b = sorted((wish.person, wish.other))
        if company[a] != company[b]:
            said[wish.level].add((a, b))

    assert not held & unplaced
    assert held | unplaced == (said["must"] | said["want"]) - said["no"]


def test_calendars_hold_exactly_the_meetings_of_the_schedule(event, written, schedule):
    expected = Counter((who, slot(row)) for row in schedule for who in pair(row))
    titles = {session.title for session in event.sessions}
    found = Counter()

    for person in event.people:
        content = (written / "out" / "calendars" / f"{person.id}.ics").read_bytes()
        for meeting in Calendar.from_ical(content).events:
            if str(meeting["SUMMARY"]) not in titles:
                at = Interval(meeting.start.astimezone(UTC), meeting.end.astimezone(UTC))
                found[person.id, at] += 1

    assert found == expected
