"""The organisers' page of mails: their own only, and secrets only where no mail is sent."""

from dataclasses import replace

import pytest
from flask import Flask

from matchmaker.accounts.models import User
from matchmaker.accounts.services import send_sign_in_link
from matchmaker.configuration import MailServer
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.messages.services import queue_mail
from tests.factories.events import make_event, make_participant, make_user
from tests.pages.client import PageClient
from tests.query_counter import counted_queries

PATH = "/e/kittila/organise/mail"


def queue(event: Event | None, subject: str, text: str = "Hei Aino") -> Mail:
    mail = queue_mail(
        user=None,
        address="aino@niskala.example",
        subject=subject,
        text=text,
        event_id=event.id if event else None,
    )
    db.session.commit()
    return mail


def organised_event(client: PageClient, *, creates_events: bool = False) -> Event:
    organiser = make_user("Olli", creates_events=creates_events)
    event = make_event(organiser=organiser)
    client.sign_in(organiser)
    return event


def mail_a_link() -> User:
    user = make_user(email="secret@niskala.example")
    send_sign_in_link(user, "/")
    db.session.commit()
    return user


def test_mails_are_shown_with_address_state_and_text(app: Flask, client: PageClient) -> None:
    with app.app_context():
        event = organised_event(client)
        queue(event, "You are in <b>", "Welcome & see https://niskala.example/agenda")
        queue(event, "Refused").error = "550 no such mailbox"
        db.session.commit()

    page = client.get(PATH)

    assert page.heading == "2 mails"
    assert page.texts("//main//h2") == ["Refused", "You are in <b>"]
    assert "To aino@niskala.example" in page.text
    assert "The mail server answered: 550 no such mailbox" in page.text
    assert "Welcome & see https://niskala.example/agenda" in page.text
    assert page.texts("//*[@class='chips']") == ["Waiting", "Waiting"]


def test_an_event_without_mails_says_what_will_be_here(app: Flask, client: PageClient) -> None:
    with app.app_context():
        organised_event(client)

    page = client.get(PATH)

    assert "No mail yet" in page.text


def test_mails_of_another_event_are_not_shown(app: Flask, client: PageClient) -> None:
    with app.app_context():
        organised_event(client)
        queue(make_event("kokkola"), "Secret of Kokkola")

    page = client.get(PATH)

    assert "Kokkola" not in page.response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("creates_events", "sends_mail", "shown"),
    [(True, False, True), (True, True, False), (False, False, False), (False, True, False)],
)
def test_sign_in_mails_are_shown_only_to_who_runs_a_place_without_mail(
    app: Flask, client: PageClient, creates_events: bool, sends_mail: bool, shown: bool
) -> None:
    given = app.extensions["matchmaker.config"]
    with app.app_context():
        organised_event(client, creates_events=creates_events)
        mail_a_link()
    if sends_mail:
        app.extensions["matchmaker.config"] = replace(given, mail_server=MailServer("x", 25))

    try:
        text = client.get(PATH).response.get_data(as_text=True)
    finally:
        app.extensions["matchmaker.config"] = given

    assert ("secret@niskala.example" in text, "/sign-in/" in text) == (shown, shown)


def test_pages_of_fifty(app: Flask, client: PageClient) -> None:
    with app.app_context():
        event = organised_event(client)
        for number in range(51):
            queue(event, f"Mail {number}")

    first, second = client.get(PATH), client.get(f"{PATH}?page=2")

    assert (len(first.find("//main//h2")), second.texts("//main//h2")) == (50, ["Mail 0"])
    assert client.get(f"{PATH}?page=3", status=404).heading == "Not found"


def test_a_long_list_costs_as_many_queries_as_a_short_one(app: Flask, client: PageClient) -> None:
    counts = []
    with app.app_context():
        event_id = organised_event(client).id
        organiser_session = client
    for more in (3, 27):
        with app.app_context():
            for number in range(more):
                queue(db.session.get(Event, event_id), f"Mail {number}")
            engine_context = counted_queries()
            with engine_context as statements:
                db.session.remove()
                organiser_session.get(PATH)
            counts.append(len(statements))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("who", ["nobody", "participant", "organiser of another event"])
def test_nobody_else_sees_the_mails(app: Flask, client: PageClient, who: str) -> None:
    with app.app_context():
        event = make_event()
        queue(event, "Secret of Kittilä")
        if who == "participant":
            client.sign_in(make_participant(event).user)
        if who == "organiser of another event":
            outsider = make_user(creates_events=True)
            make_event("kokkola", organiser=outsider)
            client.sign_in(outsider)

    page = client.get(PATH, status=302 if who == "nobody" else 404)

    assert "Secret" not in page.response.get_data(as_text=True)


def test_a_link_by_which_one_could_act_for_the_reader_is_cut_short(
    app: Flask, client: PageClient
) -> None:
    secret = "WzEsMl0.K3mGq-r_1fJ2jT7w8yVQ0aBcDeF"
    with app.app_context():
        event = organised_event(client)
        queue(event, "Marek asks", f"Answer: https://niskala.example/answers/{secret}\n")

    page = client.get(PATH)

    assert secret not in page.response.get_data(as_text=True)
    assert "Answer: https://niskala.example/answers/…" in page.text
