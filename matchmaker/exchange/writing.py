"""An event as a folder of files: what `reading` reads comes back the same.

The files hold no fewest meetings.
"""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import tomlkit

from matchmaker.events.weights import Weights
from matchmaker.exchange import (
    event_file,
    items_file,
    moments,
    organisations_file,
    participants_file,
    profiles_file,
    questions_file,
    requests_file,
    settings_file,
    wishes_file,
)
from matchmaker.exchange.formulas import guarded
from matchmaker.exchange.placing import place_files
from matchmaker.exchange.sessions import written_session
from matchmaker.exchange.sources import OPTIONAL
from matchmaker.exchange.tables import Layout
from matchmaker.matching.snapshot import Block, Person, Point, Settings, Snapshot, Topic


def write_folder(snapshot: Snapshot, path: Path) -> None:
    """Replaces the files of an event in the folder and leaves others alone."""
    files = folder_files(snapshot)
    optional = [file for file in OPTIONAL if file.endswith(".json")]
    place_files(path, files, stale=[name for name in optional if name not in files])


def folder_files(snapshot: Snapshot) -> dict[str, bytes]:
    zone = ZoneInfo(snapshot.timezone)
    tables: dict[Layout, Iterable[Sequence[object]]] = {
        participants_file.LAYOUT: (_person(person, zone) for person in snapshot.people),
        items_file.LAYOUT: _items(snapshot.people),
        wishes_file.LAYOUT: ((wish.person, wish.other, wish.level) for wish in snapshot.wishes),
    }
    return {
        event_file.FILE: tomlkit.dumps(_event(snapshot, zone)).encode(),
        **{layout.file: csv_bytes(layout.columns, rows) for layout, rows in tables.items()},
        **_event_settings(snapshot),
        **_questions(snapshot),
        **_profiles(snapshot),
        **_organisations(snapshot),
        **{picture.file: picture.large for picture in snapshot.pictures},
        **_agreements(snapshot),
    }


def _event_settings(snapshot: Snapshot) -> dict[str, bytes]:
    """No file of an event that is none of a site."""
    settings = snapshot.event_settings
    return {settings_file.FILE: settings_file.write_settings(settings)} if settings else {}


def _questions(snapshot: Snapshot) -> dict[str, bytes]:
    """No file where nothing is asked."""
    questions = snapshot.questions
    return {questions_file.FILE: questions_file.write_questions(questions)} if questions else {}


def _profiles(snapshot: Snapshot) -> dict[str, bytes]:
    profiles = snapshot.profiles
    return {profiles_file.FILE: profiles_file.write_profiles(profiles)} if profiles else {}


def _organisations(snapshot: Snapshot) -> dict[str, bytes]:
    homes = snapshot.organisations
    return {organisations_file.FILE: organisations_file.write_organisations(homes)} if homes else {}


def _agreements(snapshot: Snapshot) -> dict[str, bytes]:
    agreed = snapshot.agreements
    is_any = agreed.requests or agreed.meetings
    return {requests_file.FILE: requests_file.write_requests(agreed)} if is_any else {}


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table that spreadsheets read, in which nothing is taken for a formula."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(columns)
    for row in rows:
        table.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode()


def spreadsheet_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """With a mark of its encoding, without which spreadsheets take it for another."""
    return codecs.BOM_UTF8 + csv_bytes(columns, rows)


def _event(snapshot: Snapshot, zone: ZoneInfo) -> dict[str, Any]:
    """Lists without entries come before the tables: after one they would belong to it."""
    lists = {
        "topics": [_topic(topic) for topic in snapshot.topics],
        "blocks": [_block(block, zone) for block in snapshot.blocks],
        "points": [_point(point) for point in snapshot.points],
        "sessions": [written_session(session, zone) for session in snapshot.sessions],
    }
    return {
        "name": snapshot.name,
        "slug": snapshot.slug,
        "place": snapshot.place,
        "timezone": snapshot.timezone,
        "organiser_email": snapshot.organiser_email,
        **dict(sorted(lists.items(), key=lambda entry: bool(entry[1]))),
        "matching": _settings(snapshot.settings),
    }


def _topic(topic: Topic) -> dict[str, str]:
    parent = {} if topic.parent is None else {"parent": topic.parent}
    return {"id": topic.id, "name": topic.name, **parent}


def _block(block: Block, zone: ZoneInfo) -> dict[str, str | int]:
    day = block.start.astimezone(zone).date()
    return {
        "date": str(day),
        "start": moments.written_on(block.start, day, zone),
        "end": moments.written_on(block.end, day, zone),
        "slot_minutes": block.slot_minutes,
        **({"pause_minutes": block.pause_minutes} if block.pause_minutes else {}),
    }


def _point(point: Point) -> dict[str, str]:
    """Whose booth it is and where a room is, only where it is so."""
    return {key: text for key, text in asdict(point).items() if text}


def _settings(settings: Settings) -> dict[str, Any]:
    weights = {} if settings.weights == Weights() else {"weights": asdict(settings.weights)}
    row = {} if settings.most_in_a_row is None else {"most_in_a_row": settings.most_in_a_row}
    return {"consent": settings.consent, "max_meetings": settings.max_meetings, **row, **weights}


def _person(person: Person, zone: ZoneInfo) -> tuple[str | int, ...]:
    return (
        person.id,
        person.name,
        person.email,
        person.type,
        person.organisation,
        person.country,
        person.region,
        " ".join(person.languages),
        "" if person.max_meetings is None else person.max_meetings,
        moments.written_intervals(person.absences, zone),
        "online" if person.online else "",
        " ".join(person.sessions),
        "; ".join(tag.replace(";", ",") for tag in person.tags),
    )


def _items(people: Iterable[Person]) -> Iterator[tuple[str, ...]]:
    for person in people:
        for item in person.items:
            yield person.id, *items_file.cells(item)
