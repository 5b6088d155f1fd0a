"""Contacts to take along: those one meets, as far as each allows, and one's own as a code."""

import pytest
import vobject
from flask import Flask

from matchmaker.agenda.contact_cards import own_card, qr_code, vcards
from matchmaker.agenda.services import publish_run
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from tests.factories.events import make_event, make_organisation, make_participant, make_user
from tests.factories.runs import make_run
from tests.pages.client import PageClient

PATH = "/e/kittila/agenda"


@pytest.fixture
def aino(app: Flask, context: object) -> Participant:
    return make_participant(make_event(), "Aino Niskala")


@pytest.fixture
def marek(aino: Participant) -> Participant:
    """Aino meets him; his phone is for organisers alone."""
    odd = make_organisation("Gruv & Miljö; Ab, N.V.")
    marek = make_participant(
        aino.event,
        "Marek Zieliński",
        organisation=odd,
        user=make_user(email="marek@silesia.example"),
    )
    marek.job_title = "Head, R&D;\\ ores\nEND:VCARD"
    marek.phone, marek.audiences = "+48 32 123", {"phone": "organisers"}
    publish_run(aino.event, make_run(aino.event, (aino, marek, 0, 0)), None)
    db.session.commit()
    return marek


@pytest.fixture
def stranger(aino: Participant) -> Participant:
    return make_participant(aino.event, "Carla Rossi")


def cards_in(body: bytes) -> list[vobject.base.Component]:
    return list(vobject.readComponents(body.decode()))


def test_the_card_of_somebody_one_meets_says_what_they_allow(
    client: PageClient, aino: Participant, marek: Participant
) -> None:
    response = client.sign_in(aino.user).http.get(f"{PATH}/contacts/{marek.id}.vcf")

    (card,) = cards_in(response.data)
    assert response.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert (card.fn.value, card.n.value.family) == ("Marek Zieliński", "Zieliński")
    assert card.org.value == ["Gruv & Miljö; Ab, N.V."]
    assert card.title.value == "Head, R&D;\\ ores\nEND:VCARD"
    assert card.email.value == "marek@silesia.example"
    assert card.note.value == f"Met at {aino.event.name}"
    assert not hasattr(card, "tel")


def test_the_newer_version_of_a_card_says_the_same(
    client: PageClient, aino: Participant, marek: Participant
) -> None:
    client.sign_in(aino.user)

    usual, newer, odd = (
        client.http.get(f"{PATH}/contacts.vcf{asked}").data
        for asked in ("", "?version=4.0", "?version=9")
    )

    assert newer.startswith(b"BEGIN:VCARD\r\nVERSION:4.0\r\n")
    assert newer.replace(b"VERSION:4.0", b"VERSION:3.0") == usual == odd


def test_there_is_no_card_of_whom_one_does_not_meet(
    client: PageClient, aino: Participant, marek: Participant, stranger: Participant
) -> None:
    client.sign_in(aino.user)

    answers = [
        client.http.get(f"{PATH}/contacts/{number}.vcf").status_code
        for number in (stranger.id, aino.id, 99_999)
    ]
    everybody = cards_in(client.http.get(f"{PATH}/contacts.vcf").data)

    assert answers == [404, 404, 404]
    assert [card.fn.value for card in everybody] == ["Marek Zieliński"]


def test_the_own_card_leaves_out_what_is_for_organisers_alone(
    client: PageClient, aino: Participant, marek: Participant
) -> None:
    client.sign_in(marek.user)

    page = client.get(f"{PATH}/card")
    (card,) = cards_in(client.http.get(f"{PATH}/card.vcf").data)
    code = client.http.get(f"{PATH}/card.svg")

    assert "+48" not in page.text
    assert page.find("//img[@class='card-code']/@alt") == [
        "QR code of your contact card: Marek Zieliński"
    ]
    assert (card.email.value, hasattr(card, "tel")) == ("marek@silesia.example", False)
    assert code.headers["Content-Type"].startswith("image/svg+xml")
    assert code.data == qr_code(own_card(marek))


def test_a_card_of_the_longest_texts_still_fits_a_code(aino: Participant) -> None:
    aino.name, aino.job_title, aino.phone = "Ä" * 120, "ö" * 120, "1" * 40
    aino.link = "https://niskala.example/" + "x" * 276

    assert qr_code(own_card(aino)).startswith(b"<svg")
    assert vcards([own_card(aino)]).endswith(b"END:VCARD\r\n")
