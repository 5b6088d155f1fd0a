"""Pictures, logos and organisations go out into a folder and come back in."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from matchmaker.events.models import Event
from matchmaker.exchange.archives import pack, unpacked
from matchmaker.exchange.reading import read_folder
from matchmaker.exchange.services import event_files, import_event
from matchmaker.extensions import db
from matchmaker.matching.snapshot import Snapshot
from matchmaker.organisations.services_logos import remove_logo, set_logo
from matchmaker.registration.models import Participant
from matchmaker.registration.models_profile import Portrait
from matchmaker.registration.services_pictures import set_picture
from matchmaker.setup import services_look
from tests.exchange.conftest import Folder
from tests.factories.events import make_event, make_organisation, make_participant, make_user

PICTURE, LOGO = "pictures/aino.png", "logos/kierto.png"
PROFILE = {"person": "p1", "picture": PICTURE}
HOME = {"name": "Pohjolan Kierto", "country": "FI", "logo": LOGO}


def png(colour: str = "teal") -> bytes:
    file, said = io.BytesIO(), PngInfo()
    said.add_text("Comment", "taken at home")
    Image.new("RGB", (40, 30), colour).save(file, "PNG", pnginfo=said)
    return file.getvalue()


def brought_back(files: dict[str, bytes], slug: str) -> Snapshot:
    with unpacked(pack("kittila", files)) as folder:
        return replace(read_folder(folder), slug=slug)


def people_of(event: Event) -> list[Participant]:
    return db.session.query(Participant).filter_by(event_id=event.id).all()


@pytest.mark.usefixtures("context")
def test_pictures_and_organisations_come_back_without_those_who_are_not_shown() -> None:
    olli = make_user("Olli Organiser")
    event, kierto = make_event(organiser=olli), make_organisation("Kierto Oy")
    kierto.kind, kierto.size, kierto.description = "cluster", "small", "Kiertoa\n\nja vettä"
    kierto.description_texts = {"sv": "Kretslopp\n\noch vatten"}
    aino = make_participant(event, "Aino", organisation=kierto)
    make_participant(event, "Åsa", organisation=kierto).country = "SE"
    hidden = make_participant(event, "Hidden", organisation=make_organisation("Gruv"), listed=False)
    for person in (aino, hidden):
        set_picture(person, png())
    set_logo(kierto, olli, png("red"))
    services_look.set_logo(event, olli, png("blue"))
    db.session.commit()
    files = event_files(event)
    assert {name for name in files if "/" in name} == {
        *(f"pictures/{aino.ref}.webp", "logos/1.webp", "logos/event.webp")
    }

    kierto.name = "Kierto of before"
    copy = import_event(brought_back(files, "copy"), make_user("Ulla"))
    db.session.commit()

    homes = {person.organisation for person in people_of(copy)}
    assert [(home.name, home.kind, home.size, home.description) for home in homes if home] == [
        ("Kierto Oy", "cluster", "small", "Kiertoa\n\nja vettä")
    ]
    shown = db.session.query(Portrait).join(Participant).filter_by(event_id=copy.id).one()
    assert Image.open(io.BytesIO(shown.large)).size == (400, 400)
    again = event_files(copy)
    assert again.keys() == files.keys()
    same = ("organisations.json", "settings.json", "participants.csv")
    assert [name for name in same if again[name] != files[name]] == []
    assert copy.logo


@pytest.mark.usefixtures("context")
def test_two_organisations_of_one_name_in_two_countries_stay_two() -> None:
    event = make_event(organiser=make_user("Olli Organiser"))
    finnish = make_organisation("Ministry of Mines", kind="public authority")
    swedish = make_organisation("Ministry of Mines", kind="other", country="SE")
    make_participant(event, "Aino", organisation=finnish)
    make_participant(event, "Åsa", organisation=swedish)
    db.session.commit()
    files = event_files(event)
    finnish.name = swedish.name = "Ministry of before"

    copy = import_event(brought_back(files, "copy"), make_user("Ulla"))

    homes = {one.name: one.organisation for one in people_of(copy) if one.organisation}
    assert {name: (home.country, home.kind) for name, home in homes.items()} == {
        "Aino": ("FI", "public authority"),
        "Åsa": ("SE", "other"),
    }


@pytest.mark.usefixtures("context")
def test_an_organisation_known_here_keeps_what_is_said_of_it(folder: Folder) -> None:
    known = make_organisation("Pohjolan Kierto", kind="cluster")
    set_logo(known, make_user("Aino"), png())
    before = known.logo
    (folder.path / "logos").mkdir()
    folder.write(LOGO, png("red"))
    folder.write("organisations.json", json.dumps([HOME | {"kind": "SME", "size": "micro"}]))

    import_event(folder.read(), make_user("Olli"))

    assert (known.kind, known.size, known.logo) == ("cluster", "micro", before)
    remove_logo(known)
    import_event(replace(folder.read(), slug="again"), make_user("Olli"))
    assert known.logo not in ("", before)


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda p, h: p.update(picture="pictures/../../secret.png"), "profiles.json:1:1: this can"),
        (
            lambda p, h: p.update(picture="logos/none.webp"),
            'profiles.json:4:16: there is no file "',
        ),
        (lambda p, h: p.update(picture="pictures/text.png"), "profiles.json:4:16: "),
        (lambda p, h: h.update(logo=PICTURE), "organisations.json:5:13: the picture"),
        (lambda p, h: h.update(name="Kiertö Oy"), "organisations.json:1:1: nobody comes for"),
        (lambda p, h: h.update(country="XX"), 'organisations.json:1:1: "XX" is no'),
        (lambda p, h: h.update(size="huge"), "organisations.json:1:1: this cannot be read"),
    ],
)
def test_what_is_wrong_with_them_is_said_at_the_line_that_names_them(
    folder: Folder, spoil: Callable[[dict[str, Any], dict[str, Any]], None], problem: str
) -> None:
    for name in ("pictures", "logos"):
        (folder.path / name).mkdir()
    for name in (PICTURE, LOGO):
        folder.write(name, png())
    folder.write("pictures/text.png", "no picture at all")
    profile, home = dict(PROFILE), dict(HOME)

    def write() -> None:
        folder.write("profiles.json", json.dumps([profile], indent=2))
        folder.write("organisations.json", json.dumps([home], indent=2, ensure_ascii=False))

    write()
    assert folder.problems_if_any() == []
    assert b"taken at home" not in folder.read().pictures[0].large
    spoil(profile, home)
    write()

    assert folder.only_problem().startswith(problem)
