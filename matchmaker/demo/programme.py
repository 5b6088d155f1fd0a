"""The days of the demonstration, its programme and its blocks of meetings."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from matchmaker.demo.written import read, read_organisations
from matchmaker.matching.snapshot import Block, Session

TUESDAY = 1
Days = tuple[date, date, date]


def event_days(today: date) -> Days:
    """Tuesday to Thursday nearest to 25 April, of this year or, once they are over, the next."""
    days = _days_of(today.year)
    return days if today <= days[-1] else _days_of(today.year + 1)


def build_blocks(days: Days) -> tuple[Block, ...]:
    minutes = read("event.toml")["meetings"]["slot_minutes"]
    return tuple(
        Block(*_times(block, days), slot_minutes=minutes)
        for block in read("programme.toml")["block"]
    )


def build_sessions(days: Days) -> tuple[Session, ...]:
    organisation_of = dict(_speakers())
    return tuple(
        Session(
            session["title"],
            *_times(session, days),
            room=session["room"],
            id=session.get("id", ""),
            travel_minutes=session.get("travel_minutes", 0),
            speaker="; ".join(
                f"{name}, {organisation_of[name]}" for name in session.get("speakers", ())
            ),
            abstract=session.get("abstract", ""),
        )
        for session in read("programme.toml")["session"]
    )


def _days_of(year: int) -> Days:
    middle = date(year, 4, 25)
    ahead = (TUESDAY - middle.weekday()) % 7
    tuesday = middle + timedelta(days=ahead if ahead <= 3 else ahead - 7)
    return tuesday, tuesday + timedelta(days=1), tuesday + timedelta(days=2)


def _times(entry: dict[str, Any], days: Days) -> tuple[datetime, datetime]:
    day = days[entry["day"] - 1]
    return _at(day, entry["start"]), _at(day, entry["end"])


def _at(day: date, local: time) -> datetime:
    zone = ZoneInfo(read("event.toml")["timezone"])
    return datetime.combine(day, local, tzinfo=zone).astimezone(UTC)


def _speakers() -> Iterator[tuple[str, str]]:
    for organisation in read_organisations():
        for person in organisation.people:
            yield person, organisation.name
