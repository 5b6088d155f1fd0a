"""What people say of themselves, and agreed to, goes out into a file and comes back in."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from matchmaker.exchange.reading import read_folder
from matchmaker.exchange.services import event_files, import_event
from matchmaker.extensions import db
from matchmaker.registration.audience import Audience, Field
from matchmaker.registration.consents import Purpose, consents_of, set_consents
from matchmaker.registration.models import Participant
from matchmaker.registration.services_privacy import save_own_words, set_audiences
from tests.factories.events import make_event, make_participant, make_user

CONSENT = {"purpose": "shown", "version": 1, "given_at": "2023-04-01T10:00:00Z"}
PROFILE = {"person": "p1", "link": "https://kierto.example", "about": "Ore", "about_language": "en"}


@pytest.mark.both_databases
@pytest.mark.usefixtures("context")
def test_words_audiences_and_consents_come_back_the_same(tmp_path: Path) -> None:
    event = make_event(organiser=make_user("Olli Organiser"))
    aino, bertta = make_participant(event, "Aino"), make_participant(event, "Bertta")
    secret = make_participant(event, "Not Listed", listed=False)
    secret.phone = "040 7654321"
    save_own_words(
        aino,
        job_title="Engineer",
        phone="040 1234567",
        link="https://niskala.example",
        about="Malmia",
        about_language="fi",
        about_texts={"en": "Ore"},
    )
    set_audiences(aino, {Field.PHONE: Audience.ORGANISERS})
    set_consents(aino, {Purpose.SHOWN: True, Purpose.PHOTOS: True})
    set_consents(aino, {Purpose.PHOTOS: False})
    db.session.commit()
    files = event_files(event)
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)

    read = read_folder(tmp_path)
    event.slug = "kittila-before"
    db.session.flush()
    copy = import_event(read, make_user("Ulla"))

    assert "7654321" not in files["profiles.json"].decode()
    again = {row.name: row for row in db.session.query(Participant).filter_by(event_id=copy.id)}
    assert again["Aino"].about_in("en").text == "Ore"
    assert again["Aino"].audiences == {"phone": "organisers"}
    told = {
        name: [(one.purpose, one.told_by, bool(one.withdrawn_at)) for one in consents_of(row)]
        for name, row in again.items()
    }
    assert told == {
        "Aino": [("shown", "person", False), ("photos", "person", True)],
        "Bertta": [("shown", "organiser", False)],
    }
    first, second = (json.loads(each["profiles.json"]) for each in (files, event_files(copy)))
    assert first[0] == second[0]
    assert bertta.event_id == event.id


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda p: p.update(person="p9"), '"p9", whose profile this is, is no participant'),
        (lambda p: p.update(link="javascript:alert(1)"), "this cannot be read"),
        (lambda p: p.update(about="x" * 1001), "this cannot be read"),
        (lambda p: p.update(audiences={"phone": "all"}), "this cannot be read"),
        (
            lambda p: p["consents"][0].update(withdrawn_at="2023-03-01T10:00:00Z"),
            '"p1" took a consent back before giving it',
        ),
        (lambda p: p["consents"][0].update(given_at="2023-04-01T10:00:00"), "this cannot be read"),
    ],
)
def test_what_is_wrong_with_them_is_said(
    folder, spoil: Callable[[dict[str, Any]], None], problem: str
) -> None:
    profile = json.loads(json.dumps({**PROFILE, "consents": [CONSENT]}))
    folder.write("profiles.json", json.dumps([profile]))
    assert folder.problems_if_any() == []

    spoil(profile)
    folder.write("profiles.json", json.dumps([profile]))

    assert folder.problems()[0].startswith(f"profiles.json:1:1: {problem}")
