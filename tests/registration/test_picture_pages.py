"""One's picture and the organisation's logo: who may put them there, and who sees them."""

import io

import pytest
from PIL import Image

from matchmaker.agenda.services import publish_run
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.organisations.models import Logo
from matchmaker.organisations.services_logos import set_logo
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.models_profile import Portrait
from matchmaker.registration.services_pictures import pictures_of, set_picture
from matchmaker.web import LARGEST_UPLOAD
from matchmaker.wishes.services import send_request
from tests.factories.events import make_event, make_organisation, make_participant, make_user
from tests.factories.runs import make_run
from tests.pages.client import Page, PageClient, reload

pytestmark = pytest.mark.usefixtures("context")

PICTURES = "/e/kittila/register/pictures"


def png(colour: str = "red") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (30, 30), colour).save(made, "PNG")
    return made.getvalue()


def send(client: PageClient, content: bytes, to: str = "mine", *, status: int = 302) -> Page:
    data = {
        "csrf_token": client.token(PICTURES),
        "picture": (io.BytesIO(content), "me.svg.exe"),
    }
    answer = client.http.post(f"{PICTURES}/{to}", data=data)
    answer.request.environ["wsgi.input"].close()
    assert answer.status_code == status
    return Page(answer)


@pytest.fixture
def event() -> Event:
    return make_event(organiser=make_user("Olga"))


@pytest.fixture
def aino(client: PageClient, event: Event) -> Participant:
    participant = make_participant(event)
    client.sign_in(participant.user)
    return participant


def test_a_picture_is_set_replaced_and_removed(client: PageClient, aino: Participant) -> None:
    send(client, png())
    first = reload(aino).picture
    send(client, png("blue"))
    shown = client.get(PICTURES).find("//img/@src")
    client.submit(f"{PICTURES}/mine/remove", on=PICTURES)
    client.submit(f"{PICTURES}/mine/remove", on=PICTURES)

    assert shown == [f"/e/kittila/people/{aino.id}/picture/large?v={shown[0][-16:]}"]
    assert first not in ("", shown[0][-16:])
    assert (reload(aino).picture, db.session.query(Portrait).count()) == ("", 0)


def test_a_picture_comes_as_one_and_is_asked_for_once(
    client: PageClient, aino: Participant
) -> None:
    send(client, png())
    address = f"/e/kittila/people/{aino.id}/picture/small"

    answer = client.http.get(address)
    again = client.http.get(address, headers={"If-None-Match": answer.headers["ETag"]})

    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert answer.headers["Cache-Control"] == "private, max-age=86400"
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "Choose a picture"), (b"<svg/>", "SVG"), (b"\0" * 5_300_000, "larger than 5 MB")],
)
def test_what_is_refused_is_said_at_the_field(
    client: PageClient, aino: Participant, content: bytes, sentence: str
) -> None:
    page = send(client, content, status=422)

    assert sentence in page.texts("//p[@id='picture-error']")[0]
    assert reload(aino).picture == ""


def test_more_than_any_request_may_hold_is_refused_with_the_limits(
    client: PageClient, aino: Participant
) -> None:
    page = send(client, b"\0" * LARGEST_UPLOAD, status=413)

    assert "larger than 6 MB" in page.text
    assert "a picture may have 5 MB" in page.text


def test_a_picture_is_shown_to_those_who_may_see_the_person_and_nobody_else(
    client: PageClient, event: Event
) -> None:
    sami = make_participant(event, "Sami Laine", listed=False)
    set_picture(sami, png())
    db.session.commit()
    address = f"/e/kittila/people/{sami.id}/picture/large"
    viewers = {
        "a visitor": None,
        "somebody of no event": make_user(),
        "one who waits": make_participant(event, status=Status.PENDING).user,
        "a participant": make_participant(event).user,
        "an organiser": db.session.get_one(type(sami.user), event_organiser(event)),
        "sami": sami.user,
    }

    def seen() -> list[str]:
        statuses = {}
        for name, user in viewers.items():
            one = PageClient(client.app)
            statuses[name] = (one.sign_in(user) if user else one).http.get(address).status_code
        return [name for name, status in statuses.items() if status == 200]

    unlisted = seen()
    reload(sami).listed_at = sami.created_at
    db.session.commit()
    listed = seen()
    reload(sami).audiences = {"picture": "organisers"}
    db.session.commit()
    private = seen()

    assert unlisted == private == ["an organiser", "sami"]
    assert listed == ["a participant", "an organiser", "sami"]


def event_organiser(event: Event) -> int:
    return db.session.execute(db.text("SELECT user_id FROM event_organiser")).scalar_one()


def test_lists_know_only_the_pictures_one_may_see(event: Event, aino: Participant) -> None:
    shown, hidden, unlisted = (
        make_participant(event, "Sami"),
        make_participant(event, "Hilla"),
        make_participant(event, "Uma", listed=False),
    )
    hidden.audiences = {"picture": "met"}
    for person in (shown, hidden, unlisted):
        set_picture(person, png())
    db.session.commit()

    found = pictures_of(aino, [shown.id, hidden.id, unlisted.id, aino.id])

    assert found == {shown.id: shown.picture}


def test_cards_everywhere_show_the_picture_and_pages_the_logo(
    client: PageClient, event: Event, aino: Participant
) -> None:
    """Requests, the organisation, the next meeting; who keeps theirs back has initials."""
    kierto = make_organisation("Pohjolan Kierto")
    sami = make_participant(event, "Sami Laine", organisation=kierto)
    hilla = make_participant(event, "Hilla Ranta", organisation=kierto)
    hilla.audiences = {"picture": "organisers"}
    for person in (sami, hilla):
        set_picture(person, png())
        send_request(person, aino)
    set_logo(kierto, sami.user, png())
    publish_run(event, make_run(event, (aino, sami, 0, 0)), None)
    db.session.commit()

    pages = ("requests", f"organisations/{kierto.id}", "agenda", f"people/{sami.id}")
    shown = {path: client.get(f"/e/kittila/{path}").find("//img/@src") for path in pages}

    picture = f"/e/kittila/people/{sami.id}/picture/small?v={sami.picture}"
    logo = f"/organisations/{kierto.id}/logo/large?v={kierto.logo}"
    assert list(shown.values()) == [[picture], [logo, picture], [picture], [picture, logo]]


def test_a_picture_of_another_event_is_not_found(client: PageClient, aino: Participant) -> None:
    elsewhere = make_participant(make_event("kokkola"))
    set_picture(elsewhere, png())
    db.session.commit()

    client.get(f"/e/kittila/people/{elsewhere.id}/picture/large", status=404)
    client.get(f"/e/kokkola/people/{elsewhere.id}/picture/large", status=404)


def test_a_logo_is_put_up_by_one_and_not_replaced_by_a_colleague(
    client: PageClient, event: Event
) -> None:
    kierto = make_organisation("Pohjolan Kierto")
    aino = make_participant(event, organisation=kierto)
    lars = make_participant(event, "Lars Kvist", organisation=kierto)

    client.sign_in(aino.user)
    send(client, png(), "logo")
    first = reload(kierto).logo
    client.sign_in(lars.user)
    send(client, png("blue"), "logo", status=404)
    client.submit(f"{PICTURES}/logo/remove", on=PICTURES, status=404)
    seen = client.http.get(f"/organisations/{kierto.id}/logo/small")

    assert "Somebody else of your organisation put it here" in client.get(PICTURES).text
    assert (seen.status_code, seen.mimetype) == (200, "image/webp")
    assert (reload(kierto).logo, bool(first)) == (first, True)


def test_a_picture_goes_with_its_person(aino: Participant) -> None:
    set_picture(aino, png())
    db.session.commit()

    db.session.delete(aino)
    db.session.commit()

    assert (db.session.query(Portrait).count(), db.session.query(Logo).count()) == (0, 0)
