"""How an event goes and looks, and who may whom, goes out into a file and comes back in."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matchmaker.events.models import Event, TypePermission
from matchmaker.exchange.reading import read_folder
from matchmaker.exchange.services import event_files, import_event
from matchmaker.exchange.settings_file import settings_in
from matchmaker.extensions import db
from matchmaker.matching.queries import snapshot_of
from matchmaker.registration.models_tags import Tag
from matchmaker.registration.models_views import SavedView
from tests.exchange.conftest import Folder
from tests.factories.events import make_event, make_participant, make_user

SETTINGS = {
    "starts_on": "2023-04-25",
    "ends_on": "2023-04-27",
    "types": [{"name": "SME", "places": 3}, {"name": "cluster"}],
    "matrix": [{"kind": "SME", "other": "cluster", "sees": False, "preferred": True}],
}


def dressed_event() -> Event:
    event = make_event(organiser=make_user("Olli Organiser"))
    aino = make_participant(event, "Aino")
    db.session.add_all(Tag(participant_id=aino.id, tag=tag) for tag in ("speaker", "VIP, alumni"))
    cluster, policymaker, sme = event.types
    sme.places, event.places = 40, 150
    db.session.delete(db.session.get_one(TypePermission, (sme.id, sme.id)))
    db.session.get_one(TypePermission, (policymaker.id, sme.id)).asks = False
    db.session.get_one(TypePermission, (cluster.id, sme.id)).preferred = True
    event.languages, event.texts = ["en", "fi"], {"fi": {"name": "Raaka-aineet", "place": "Levi"}}
    event.tagline, event.venue, event.practical = "Meet", "Hall 2", "Bring\nboots"
    event.colours = {"brand": "#0e4a5f", "accent": "#9a4d00"}
    for name, query in (("VIPs", "tag=vip&sort=newest"), ("Finns", "country=FI")):
        db.session.add(SavedView(event_id=event.id, name=name, query=query))
    event.placement, event.change_hours, event.request_days = "at once", None, 3
    event.starts_on, event.approval, event.two_factor_required = (
        date(2027, 4, 27),
        "automatic",
        True,
    )
    db.session.commit()
    return event


@pytest.mark.both_databases
@pytest.mark.usefixtures("context")
def test_settings_texts_colours_places_and_matrices_come_back_byte_for_byte(
    tmp_path: Path,
) -> None:
    event = dressed_event()
    first = event_files(event)
    for name, content in first.items():
        (tmp_path / name).write_bytes(content)
    said, rules = settings_in(event), snapshot_of(event).settings
    event.slug = "kittila-before"
    db.session.flush()

    read = read_folder(tmp_path)
    copy = import_event(read, make_user("Ulla"))

    assert read.settings == rules
    assert settings_in(copy) == said
    assert event_files(copy) == first
    assert b",VIP, alumni; speaker" in first["participants.csv"].replace(b'"', b"")
    assert copy.texts["fi"]["name"] == "Raaka-aineet"


def test_a_type_the_file_does_not_name_may_ask_and_see_everybody(folder: Folder) -> None:
    folder.write("settings.json", json.dumps(SETTINGS))
    folder.change("participants.csv", ",SME,", ",observer,")

    read = folder.read()

    assert read.settings.may_meet == {
        ("SME", "cluster"),
        *(("observer", other) for other in ("SME", "cluster", "observer")),
        ("SME", "observer"),
        ("cluster", "observer"),
    }
    assert read.settings.preferred == {("SME", "cluster")}


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"ends_on": "2023-04-24"}, "the event ends before it starts"),
        ({"languages": ["de"]}, "this cannot be read (Invalid enum value 'de'"),
        ({"types": [{"name": "SME"}] * 2, "matrix": []}, 'type "SME" is there twice'),
        ({"matrix": [{"kind": "SME", "other": "poet"}]}, 'no participant type "poet"'),
        ({"texts": {"sv": {"place": "x" * 161}}}, "is too long"),
        ({"colours": {"brand": "#0e4a5f"}}, "one of the two colours is missing"),
        ({"colours": {"brand": "}*{color:red", "accent": "#9a4d00"}}, "this cannot be read"),
        ({"colours": {"brand": "#ffeeaa", "accent": "#9a4d00"}}, "cannot be read; take"),
    ],
)
def test_what_is_wrong_is_named_with_its_file(
    folder: Folder, more: dict[str, Any], wrong: str
) -> None:
    folder.write("settings.json", json.dumps(SETTINGS | more))

    said = folder.only_problem()

    assert said.startswith("settings.json:1:1: ")
    assert wrong in said
