"""What people asked and agreed on goes out into a file and comes back in, and nobody is told."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from matchmaker.agenda.models import Meeting
from matchmaker.agenda.services_placing import settle
from matchmaker.events.models import Event
from matchmaker.exchange.reading import read_folder
from matchmaker.exchange.services import event_files, import_event
from matchmaker.extensions import db
from matchmaker.matching.queries import snapshot_of
from matchmaker.messages.models import Mail
from matchmaker.registration.audience import Audience, Field
from matchmaker.registration.models import Participant
from matchmaker.registration.services_privacy import set_audiences
from matchmaker.wishes.models import Request, RequestSlot, RequestState, RequestStep
from tests.exchange.conftest import Folder
from tests.factories.events import (
    FIRST_SLOT,
    make_event,
    make_item,
    make_participant,
    make_user,
    make_wish,
)


def busy_event() -> Event:
    """Aino and Marek settled on a meeting; Claire waits for Aino, who proposes two times."""
    event = make_event(organiser=make_user("Olli Organiser"))
    aino, marek, claire = (make_participant(event, name) for name in ("Aino", "Marek", "Claire"))
    hidden = make_participant(event, "Not Listed", listed=False)
    make_item(aino, "offer", "Ore sorting")
    need = make_item(aino, "need", "Sensors")
    make_wish(aino, marek)
    asked = {"event_id": event.id, "created_at": FIRST_SLOT, "asker_id": claire.id}
    waiting = Request(
        **asked, answerer_id=aino.id, note="Hello\nthere", proposed_at=FIRST_SLOT, about=need
    )
    waiting.times = event.slots[1:3]
    waiting.steps = [
        RequestStep(at=FIRST_SLOT, side="asker", deed="asked", by_organiser=True),
        RequestStep(at=FIRST_SLOT + timedelta(hours=1), side="answerer", deed="proposed"),
    ]
    agreed = {"state": RequestState.ACCEPTED, "answered_at": FIRST_SLOT}
    declined = {"state": RequestState.DECLINED, "reason": "No time for you"}
    db.session.add_all(
        [
            waiting,
            Request(**asked, **agreed, answerer_id=marek.id, slot_id=event.slots[3].id),
            Request(event_id=event.id, asker_id=marek.id, answerer_id=aino.id, **declined),
            Request(event_id=event.id, asker_id=hidden.id, answerer_id=aino.id, note="Psst"),
        ]
    )
    meeting = Meeting(
        event_id=event.id, uid="one", a_id=aino.id, b_id=marek.id, value=30, reasons="[]"
    )
    settle(event, meeting, event.slots[0])
    db.session.commit()
    return event


@pytest.mark.both_databases
@pytest.mark.usefixtures("context")
def test_requests_that_wait_and_meetings_that_stay_come_back_byte_for_byte(tmp_path: Path) -> None:
    event = busy_event()
    first, before = event_files(event), snapshot_of(event)
    for name, content in first.items():
        (tmp_path / name).write_bytes(content)
    event.slug = "kittila-before"
    db.session.flush()

    read = read_folder(tmp_path)
    copy = import_event(read, make_user("Ulla"))

    assert (read.accepted, read.settled) == (before.accepted, before.settled)
    assert event_files(copy) == first
    assert snapshot_of(copy).settled == before.settled
    text = first["requests.json"].decode()
    assert ("No time for you" in text, "Psst" in text, "Hello" in text) == (False, False, True)
    assert db.session.scalar(select(func.count()).select_from(Mail)) == 0
    marek = db.session.scalars(
        select(Participant).where(Participant.event_id == copy.id, Participant.name == "Marek")
    ).one()
    (kept,) = db.session.scalars(select(Meeting).where(Meeting.b_id == marek.id))
    assert (kept.kept, kept.state, kept.slot.starts_at) == (True, "confirmed", FIRST_SLOT)


@pytest.mark.both_databases
@pytest.mark.usefixtures("context")
def test_a_request_about_a_need_kept_from_participants_comes_without_it(tmp_path: Path) -> None:
    event = busy_event()
    aino = db.session.scalars(select(Participant).where(Participant.name == "Aino")).one()
    set_audiences(aino, {Field.ITEMS: Audience.MET})

    for name, content in event_files(event).items():
        (tmp_path / name).write_bytes(content)
    read = read_folder(tmp_path)

    assert [each.about for each in read.agreements.requests] == [None, None]
    assert "Sensors" not in (tmp_path / "items.csv").read_text()


REQUEST = {
    "asker": "p1",
    "answerer": "p2",
    "state": "pending",
    "created_at": "2023-04-01T10:00:00Z",
    "times": ["2023-04-26T10:00:00Z"],
}
MEETING = {
    "a": "p1",
    "b": "p2",
    "start": "2023-04-26T10:20:00Z",
    "point": "Table 1",
    "kept": True,
    "locked": False,
    "value": 30,
}


@pytest.mark.usefixtures("context")
def test_a_time_proposed_twice_is_proposed_once(folder: Folder) -> None:
    times = ["2023-04-26T10:00:00Z", "2023-04-26T13:00:00+03:00"]
    folder.write("requests.json", json.dumps({"requests": [REQUEST | {"times": times}]}))

    import_event(folder.read(), make_user("Ulla"))

    assert db.session.query(RequestSlot).count() == 1


@pytest.mark.parametrize(
    ("request_", "meeting", "wrong"),
    [
        ({"answerer": "p9"}, {}, 'there is no participant "p9"'),
        ({"answerer": "p1"}, {}, '"p1" asks or meets themselves'),
        ({"state": "declined"}, {}, "this cannot be read"),
        ({"slot": "2023-04-26T10:05:00Z"}, {}, "no time for meetings begins at"),
        ({"about": ["p1", 1]}, {}, '"p1" has no such offer or need'),
        ({}, {"point": "Table 9"}, 'there is no meeting point "Table 9"'),
        ({}, {"reasons": "[1]"}, 'the reasons of "p1" cannot be read'),
        ({}, {"b": "p3", "twice": True}, '"p1" has two meetings in one place'),
    ],
)
def test_what_is_wrong_is_named_with_its_file(
    folder: Folder, request_: dict[str, Any], meeting: dict[str, Any], wrong: str
) -> None:
    meetings = [MEETING | meeting] + ([MEETING] if "twice" in meeting else [])
    said = {"requests": [REQUEST | request_], "meetings": meetings}
    folder.write("requests.json", json.dumps(said))

    problems = folder.problems()

    assert problems[0].startswith(f"requests.json:1:1: {wrong}")
