"""Registering through the pages: the mailed link, three steps, going back, and who may not."""

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Status
from tests.factories.events import (
    make_event,
    make_item,
    make_participant,
    make_user,
)
from tests.pages.client import PageClient, reload
from tests.registration.visits import (
    AVAILABILITY,
    ITEMS,
    NEW_HERE,
    REGISTER,
    STATE,
    YOU,
    joined,
    leads_to,
    link_in_mail,
)

pytestmark = pytest.mark.usefixtures("context")


def test_a_newcomer_registers_from_the_mailed_link_to_the_last_step(client: PageClient) -> None:
    event = make_event()

    client.submit(REGISTER, name="Aino Niskala", email="aino@kierto.example")
    client.submit(link_in_mail())
    you = client.get(leads_to(client.get(REGISTER, status=302)))
    client.submit(YOU, **NEW_HERE)
    client.submit(ITEMS, **{"offer-0-title": "Dry tailings treatment", "offer-0-topic": "raw"})
    sent = client.submit(AVAILABILITY, free=[str(slot.id) for slot in event.slots[:3]])

    aino = joined(event, db.session.scalars(select(User)).one())
    assert you.find("//input[@name='name']/@value") == ["Aino Niskala"]
    assert leads_to(sent) == STATE
    assert (aino.status, aino.is_listed, aino.languages) == ("pending", False, ["fi", "en"])
    assert (aino.organisation.region, aino.organisation.website) == (
        "FI1D7",
        "https://kierto.example",
    )
    assert len(aino.absences) == 1
    assert client.get(STATE).heading == "Your registration waits for the organiser"


def test_the_answer_does_not_tell_whether_an_address_is_known(client: PageClient) -> None:
    make_event()
    make_user("Aino Niskala", email="aino@kierto.example")

    answers = [
        client.submit(REGISTER, name="X", email=address)
        for address in ("aino@kierto.example", "new@kierto.example")
    ]
    pages = [client.submit(REGISTER, name="X", email=a, status=302) for a in ("b@b.example",)]

    assert {leads_to(page) for page in answers + pages} == {f"{REGISTER}/check-mail"}
    assert client.get(f"{REGISTER}/check-mail").heading == "Check your mail"
    assert db.session.query(Mail).count() == 3


def test_a_stranger_cannot_rename_a_known_person(client: PageClient) -> None:
    make_event()
    aino = make_user("Aino Niskala", email="aino@kierto.example")

    client.submit(REGISTER, name="Mallory", email="AINO@kierto.example")

    assert reload(aino).name == "Aino Niskala"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": "   ", "email": "a@b.example"}, "Write your name"),
        ({"name": "Aino", "email": "aino at home"}, "is not an e-mail address"),
    ],
)
def test_a_wrong_start_says_what_is_wrong_and_keeps_what_was_typed(
    client: PageClient, values: dict[str, str], sentence: str
) -> None:
    make_event()

    page = client.submit(REGISTER, status=422, **values)

    assert sentence in page.text
    assert page.find("//input[@name='email']/@value") == [values["email"]]
    assert db.session.query(User).count() == 0


def test_a_closed_event_says_whom_to_ask(client: PageClient) -> None:
    make_event(phase=Phase.SCHEDULING)

    page = client.get(REGISTER)

    assert page.heading == "Registration is closed"
    assert "organiser@matchmaker.example" in page.text
    assert page.find("//main//form[@method='post']") == []


def test_who_is_signed_in_and_too_late_is_told_so(client: PageClient) -> None:
    make_event(phase=Phase.SCHEDULING)
    client.sign_in(make_user())

    assert leads_to(client.get(YOU, status=302)) == REGISTER
    assert client.get(REGISTER).heading == "Registration is closed"
    assert client.submit(YOU, on="/account", status=403, **NEW_HERE).heading == (
        "That did not work"
    )


def test_a_step_half_taken_waits_while_registration_is_closed(client: PageClient) -> None:
    aino = make_participant(make_event(phase=Phase.SCHEDULING), status=Status.REGISTERING)
    client.sign_in(aino.user)

    assert "takes no registrations now" in client.get(AVAILABILITY, status=403).text
    assert client.get(STATE).heading == "Registration is closed"


def test_a_declined_person_sees_where_they_stand(client: PageClient) -> None:
    aino = make_participant(make_event(), status=Status.REJECTED)
    client.sign_in(aino.user)

    for path in (REGISTER, YOU, ITEMS):
        assert leads_to(client.get(path, status=302)) == STATE
    assert client.get(STATE).heading == "The organiser could not accept your registration"


def test_registering_goes_on_where_it_stopped(client: PageClient) -> None:
    make_event()
    client.sign_in(make_user())
    client.submit(YOU, **NEW_HERE)

    assert leads_to(client.get(REGISTER, status=302)) == ITEMS
    assert leads_to(client.submit(ITEMS)) == AVAILABILITY
    assert leads_to(client.get(REGISTER, status=302)) == AVAILABILITY


def test_on_another_device_the_mail_leads_to_where_registering_stopped(app: Flask) -> None:
    make_event()
    laptop, phone = PageClient(app), PageClient(app)
    laptop.submit(REGISTER, name="Aino Niskala", email="aino@kierto.example")
    used = link_in_mail()
    laptop.submit(used)
    laptop.submit(YOU, **NEW_HERE)

    phone.submit(f"{used}/new", on=used)
    arrived = leads_to(phone.submit(link_in_mail()))

    assert leads_to(phone.get(arrived, status=302)) == ITEMS
    assert phone.get(YOU).find("//input[@name='organisation']/@value") == ["Pohjolan Kierto 🪨"]


def test_later_steps_lead_back_to_the_first_until_it_is_done(client: PageClient) -> None:
    make_event()
    client.sign_in(make_user())

    assert leads_to(client.get(ITEMS, status=302)) == YOU
    assert leads_to(client.get(AVAILABILITY, status=302)) == YOU


def test_going_back_deletes_nothing(client: PageClient) -> None:
    event = make_event()
    aino = make_participant(event)
    make_item(aino, "offer", "Drone surveys")
    client.sign_in(aino.user)

    client.submit(YOU, name="Aino N.", organisation=aino.organisation.name)

    assert (reload(aino).status, aino.name) == ("approved", "Aino N.")
    assert db.session.query(Item).count() == 1


def test_a_whole_block_is_switched_off_and_what_is_ticked_elsewhere_stays(
    client: PageClient,
) -> None:
    event = make_event()
    aino = make_participant(event)
    client.sign_in(aino.user)
    block = event.blocks[0]

    off = client.submit(
        f"{AVAILABILITY}/{block.id}/off",
        on=AVAILABILITY,
        free=[str(slot.id) for slot in event.slots],
        max_meetings="6",
    )

    assert leads_to(off) == f"{AVAILABILITY}#b{block.id}"
    assert (reload(aino).max_meetings, len(aino.absences)) == (6, 1)
    assert client.get(AVAILABILITY).find("//input[@name='free'][@checked]") == []
    client.submit(f"{AVAILABILITY}/{block.id}/on", on=AVAILABILITY)
    assert len(client.get(AVAILABILITY).find("//input[@name='free'][@checked]")) == 4


def test_a_slot_of_another_event_is_refused(client: PageClient) -> None:
    event, other = make_event(), make_event("kokkola")
    aino = make_participant(event)
    client.sign_in(aino.user)

    client.submit(AVAILABILITY, status=422, free=[str(other.slots[0].id)])

    assert reload(aino).absences == []


def test_withdrawing_asks_first(client: PageClient) -> None:
    aino = make_participant(make_event())
    client.sign_in(aino.user)

    asked = client.get(f"{STATE}/withdraw")
    assert (asked.heading[:13], reload(aino).status) == ("Withdraw from", Status.APPROVED)

    client.submit(f"{STATE}/withdraw")
    assert client.get(STATE).heading == "You have withdrawn"


@pytest.mark.parametrize("path", [YOU, ITEMS, AVAILABILITY, STATE])
def test_steps_ask_to_sign_in_and_lead_back(client: PageClient, path: str) -> None:
    make_event()

    assert leads_to(client.get(path, status=302)) == f"/sign-in?next={path}"


def test_a_draft_is_found_by_nobody(client: PageClient) -> None:
    make_event(phase=Phase.DRAFT)

    client.get(REGISTER, status=404)
    client.sign_in(make_user())
    client.get(YOU, status=404)


def test_my_steps_at_one_event_show_nothing_of_another(client: PageClient, app: Flask) -> None:
    aino = make_participant(make_event())
    make_item(aino, "offer", "Secret process")
    make_event("kokkola")
    client.sign_in(aino.user)

    page = client.get("/e/kokkola/register/you")

    assert page.find("//input[@name='organisation']/@value") in ([], [""])
    assert leads_to(client.get("/e/kokkola/register/offers-and-needs", status=302)) == (
        "/e/kokkola/register/you"
    )
