"""Taking an event away and bringing one in, in the browser."""

import io
import zipfile
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.exchange.archives import pack, unpacked
from matchmaker.exchange.reading import read_folder
from matchmaker.exchange.services import import_event
from matchmaker.exchange.writing import folder_files
from matchmaker.extensions import db
from matchmaker.matching.queries import snapshot_of
from matchmaker.matching.snapshot import Person, Settings, Snapshot, Wish
from matchmaker.organisations.models import Organisation
from matchmaker.web import LARGEST_UPLOAD
from tests.factories.events import make_event, make_participant, make_user
from tests.pages.client import Page, PageClient

SMALL = Snapshot(
    name="Raw materials",
    slug="kittila",
    place="Kittilä",
    timezone="Europe/Helsinki",
    organiser_email="office@lapland.example",
    people=(
        Person("aino", "Aino Niskala", "aino@kierto.example", "SME", "Pohjolan Kierto", "FI"),
        Person("marek", "Marek Zieliński", "marek@silesia.example", "cluster", "Silesia", "PL"),
    ),
    wishes=(Wish("marek", "aino", "must"),),
    settings=Settings(),
)
IMPORT = "/events/import"


@pytest.fixture
def owner(app: Flask, context: object) -> User:
    return make_user("Olli Organiser", creates_events=True)


def upload(client: PageClient, data: bytes, *, slug: str = "", status: int = 302) -> Page:
    form = {
        "csrf_token": client.token(IMPORT),
        "file": (io.BytesIO(data), "event.zip"),
        "slug": slug,
    }
    response = client.http.post(IMPORT, data=form, content_type="multipart/form-data")
    assert response.status_code == status
    return Page(response)


def small_zip(**changes: bytes) -> bytes:
    files = folder_files(SMALL)
    return pack("kittila", files | {name.replace("_", "."): text for name, text in changes.items()})


def count_rows() -> list[int]:
    tables = (Event, User, Organisation)
    return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def test_an_organiser_takes_the_event_away_as_a_zip(client: PageClient, owner: User) -> None:
    event = import_event(SMALL, owner)
    db.session.commit()

    response = client.sign_in(owner).http.get("/e/kittila/organise/export")

    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Content-Disposition"] == "attachment; filename=kittila.zip"
    assert response.headers["Cache-Control"] == "private, no-store"
    with unpacked(response.data) as folder:
        assert replace(read_folder(folder), event_settings=None) == snapshot_of(event)


def test_the_zip_unpacks_into_one_folder_named_after_the_event(
    client: PageClient, owner: User
) -> None:
    make_event("levi", organiser=owner)

    data = client.sign_in(owner).http.get("/e/levi/organise/export").data

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {"event.toml", "participants.csv", "items.csv", "wishes.csv", "settings.json"}
        assert set(archive.namelist()) == {f"levi/{name}" for name in names}


def test_nobody_but_its_organisers_takes_an_event_away(client: PageClient, owner: User) -> None:
    event = make_event(organiser=owner)
    aino = make_participant(event, "Aino Niskala")

    signed_out = client.http.get("/e/kittila/organise/export")
    as_participant = PageClient(client.app).sign_in(aino.user)
    of_another = PageClient(client.app).sign_in(make_user("Ulla", creates_events=True))

    assert "/sign-in" in signed_out.headers["Location"]
    assert as_participant.http.get("/e/kittila/organise/export").status_code == 404
    assert of_another.http.get("/e/kittila/organise/export").status_code == 404


def test_only_who_may_create_events_brings_one_in(client: PageClient, owner: User) -> None:
    plain = PageClient(client.app).sign_in(make_user("Ulla"))

    assert client.http.get(IMPORT).status_code == 302
    assert plain.http.get(IMPORT).status_code == 404
    assert plain.http.post(IMPORT).status_code in (400, 404)
    assert client.sign_in(owner).get(IMPORT).heading == "Bring in an event"


def test_the_way_in_is_shown_to_who_may_take_it(client: PageClient, owner: User) -> None:
    to_import = "//a[@href='/events/import']"
    plain = PageClient(client.app).sign_in(make_user("Ulla"))

    assert len(client.sign_in(owner).get("/").find(to_import)) == 1
    assert plain.get("/").find(to_import) == []
    assert PageClient(client.app).get("/").find(to_import) == []


def test_an_event_is_brought_in_as_a_draft_of_mine(client: PageClient, owner: User) -> None:
    page = upload(client.sign_in(owner), small_zip())

    assert page.response.headers["Location"] == "/e/kittila/organise/"
    overview = client.get("/e/kittila/organise/")
    assert "Raw materials is here, as a draft that only you can see." in overview.text
    event = db.session.scalars(select(Event)).one()
    assert (event.phase, len(snapshot_of(event).people)) == ("draft", 2)


def test_a_taken_slug_is_refused_and_another_may_be_given(client: PageClient, owner: User) -> None:
    upload(client.sign_in(owner), small_zip())

    refused = upload(client, small_zip(), status=422)
    upload(client, small_zip(), slug="levi-2027")

    assert "already is an event with the slug kittila" in refused.text
    slugs = list(db.session.scalars(select(Event.slug).order_by(Event.id)))
    assert slugs == ["kittila", "levi-2027"]


def test_every_problem_is_shown_and_nothing_is_entered(client: PageClient, owner: User) -> None:
    before = count_rows()
    wishes = b"from,to,level\naino,nobody,must\nmarek,aino,perhaps\n"

    page = upload(client.sign_in(owner), small_zip(wishes_csv=wishes), status=422)

    where = page.texts("//tbody/tr/th")
    assert where == ["wishes.csv line 2, column 2", "wishes.csv line 3, column 3"]
    assert 'there is no participant "nobody"' in page.text
    assert page.texts("//h2")[0] == "2 things in the files to put right"
    assert count_rows() == before


def test_nothing_stays_of_an_event_that_is_refused_halfway(client: PageClient, owner: User) -> None:
    before = count_rows()
    people = tuple(replace(p, email="same@kierto.test") for p in SMALL.people[:1])
    files = folder_files(replace(SMALL, people=people, wishes=()))

    page = upload(client.sign_in(owner), pack("kittila", files), status=422)

    assert "same@kierto.test of participant aino cannot sign in here" in page.text
    assert count_rows() == before


def test_what_is_no_zip_and_a_missing_file_are_explained(client: PageClient, owner: User) -> None:
    client.sign_in(owner)

    page = upload(client, b"id,name\n", status=422)
    empty = client.submit(IMPORT, status=422)
    odd = upload(client, small_zip(), slug="Not a slug", status=422)

    assert "This is not a zip that can be read" in page.text
    assert "Choose the zip file of the event." in empty.text
    assert "cannot be part of a web address" in odd.text


def test_too_large_an_upload_is_refused(client: PageClient, owner: User) -> None:
    kind = "multipart/form-data; boundary=x"

    response = client.sign_in(owner).http.post(
        IMPORT, data=b"0" * (LARGEST_UPLOAD + 1), content_type=kind
    )

    assert response.status_code == 413
    assert (
        f"larger than {LARGEST_UPLOAD // 2**20} MB, so nothing of it was taken"
        in Page(response).text
    )


def test_what_files_say_is_text_and_never_markup(client: PageClient, owner: User) -> None:
    page = upload(
        client.sign_in(owner),
        small_zip(wishes_csv=b"from,to,level\n<script>alert(1)</script>,aino,must\n"),
        status=422,
    )

    assert page.find("//script[not(@src)]") == []
    assert "<script>alert(1)</script>" in page.text
