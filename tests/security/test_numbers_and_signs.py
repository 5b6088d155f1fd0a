"""Numbers no database holds and signs no browser sends: refused at the door, with a page."""

import pytest
from flask import Flask

from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.wishes.models import Request
from tests.factories.events import make_event, make_participant, make_user
from tests.pages.client import PageClient


@pytest.fixture
def two(app: Flask, context: object) -> tuple[Participant, Participant]:
    event = make_event()
    return make_participant(event, "Aino Niskala"), make_participant(event, "Marek Zieliński")


@pytest.mark.both_databases
@pytest.mark.parametrize("number", ["2147483648", "9223372036854775808", "9" * 40])
def test_a_number_too_large_for_a_row_is_not_found(
    client: PageClient, two: tuple[Participant, Participant], number: str
) -> None:
    page = client.sign_in(two[0].user).get(f"/e/kittila/people/{number}", status=404)

    assert page.heading == "Not found"


@pytest.mark.both_databases
@pytest.mark.parametrize("page", ["9223372036854775808", "9" * 40])
def test_a_page_of_mails_beyond_all_numbers_is_not_found(
    client: PageClient, context: object, page: str
) -> None:
    organiser = make_user("Olli")
    make_event(organiser=organiser)

    client.sign_in(organiser).get(f"/e/kittila/organise/mail?page={page}", status=404)


@pytest.mark.parametrize("number", ["0", "-1", "2147483648", "9" * 40])
def test_a_number_sent_that_no_row_has_is_of_nobody(
    client: PageClient, context: object, number: str
) -> None:
    organiser = make_user("Olli")
    make_event(organiser=organiser)
    client.sign_in(organiser)
    people = "/e/kittila/organise/people"

    ticked = client.get(f"{people}/bulk?act=tag&tag=x&id={number}")
    written = client.submit(
        "/e/kittila/organise/mailings", on=f"{people}/bulk?act=mail&id=1", person=number
    )

    assert ticked.heading == "Tag: 0 people"
    mailing = written.response.headers["Location"]
    client.get(f"{mailing}?as={number}")
    client.get(f"{mailing}/mail?as={number}", status=404)


@pytest.mark.both_databases
def test_null_signs_in_an_address_are_refused(client: PageClient) -> None:
    client.get("/e/kit%00tila/", status=404)
    client.get("/feeds/abc%00.ics", status=404)


@pytest.mark.both_databases
def test_control_signs_in_a_note_and_a_name_are_left_out(
    client: PageClient, two: tuple[Participant, Participant]
) -> None:
    aino, marek = two
    client.sign_in(aino.user)

    client.submit(
        f"/e/kittila/people/{marek.id}/request",
        on=f"/e/kittila/people/{marek.id}",
        note="Ore\0sorting\x1b[2J",
    )
    client.submit("/account", name="Aino\r\nBcc: all@kierto.example\0")

    db.session.expire_all()
    assert db.session.query(Request.note).scalar() == "Oresorting[2J"
    assert aino.user.name == "Aino Bcc: all@kierto.example"
