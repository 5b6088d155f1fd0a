"""A mail has text and HTML, speaks its reader's language and says how to stop it."""

from dataclasses import replace
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from flask import Flask

from config import Config
from matchmaker.accounts.models import User
from matchmaker.extensions import db
from matchmaker.messages.blocks import Block, blocks_of
from matchmaker.messages.mime import as_message
from matchmaker.messages.models import Kind
from matchmaker.messages.sending import send_waiting
from matchmaker.messages.services import queue_mail
from matchmaker.messages.stopping import stop_kind
from tests.factories.events import make_user
from tests.messages.smtp_server import Inbox, running
from tests.pages.client import PageClient, reload
from tests.pages.html import Html

both_databases = pytest.mark.both_databases
pytestmark = pytest.mark.usefixtures("context")

TEXT = """\
Hello <b>Aino</b> & co,

Marek asks to meet you. This sentence was
wrapped.
See who he is:
https://events.example.org/e/kittila/requests

- Wed 2 Dec, 10:00, Table 3
- Wed 2 Dec, 10:20, Table 4, which is
  by the window

> Hei! https://marek.example
> Nähdään?

Accept: https://events.example.org/r/1
"""
INVITATION = "BEGIN:VCALENDAR\r\nMETHOD:{}\r\nBEGIN:VEVENT\r\nSUMMARY:Håkan{}\r\nEND:VEVENT\r\n"


def message_of(app: Flask, kind: Kind = Kind.REQUESTS, *, user: User | None = None, **more: object):  # type: ignore[no-untyped-def]
    mail = queue_mail(
        user=user or make_user("Aino", email="aino@niskala.example"),
        address="aino@niskala.example",
        subject="Marek asks",
        text=TEXT,
        kind=kind,
        **more,  # type: ignore[arg-type]
    )
    return as_message(mail, app.extensions["matchmaker.config"])


def part(message: EmailMessage, subtype: str) -> str:
    found = [each for each in message.walk() if each.get_content_subtype() == subtype]
    return str(found[0].get_content()).replace("\r\n", "\n")  # type: ignore[attr-defined]


def shape(message: EmailMessage) -> object:
    kind = message.get_content_type()
    parts = [shape(each) for each in message.iter_parts()]  # type: ignore[arg-type]
    return (kind, parts) if parts else kind


def test_a_text_is_read_as_paragraphs_links_lists_and_quotations() -> None:
    assert blocks_of(TEXT) == [
        Block("text", ("Hello <b>Aino</b> & co,",)),
        Block(
            "text",
            ("Marek asks to meet you. This sentence was wrapped. See who he is:",),
        ),
        Block("link", (), "https://events.example.org/e/kittila/requests"),
        Block(
            "list",
            ("Wed 2 Dec, 10:00, Table 3", "Wed 2 Dec, 10:20, Table 4, which is by the window"),
        ),
        Block("quote", ("Hei! https://marek.example", "Nähdään?")),
        Block("link", ("Accept",), "https://events.example.org/r/1"),
    ]


def test_text_and_html_say_the_same_and_what_strangers_typed_stays_text(app: Flask) -> None:
    message = message_of(app)
    html = part(message, "html")
    page = Html(html)
    words = page.texts("//body")[0]

    assert shape(message) == ("multipart/alternative", ["text/plain", "text/html"])
    assert part(message, "plain").startswith(TEXT)
    assert "Hello <b>Aino</b> & co," in words
    assert page.find("//b | //img | //script | //link") == []
    assert page.find("//a/text()") == [
        "Open the page",
        "https://marek.example",
        "Accept",
        "Stop mails about requests",
    ]
    assert page.find("//li/text()")[1] == "Wed 2 Dec, 10:20, Table 4, which is by the window"


def test_a_mail_that_can_be_stopped_says_how_in_words_and_to_the_program(app: Flask) -> None:
    message = message_of(app, Kind.AGENDA)
    address = message["List-Unsubscribe"].strip("<>")

    assert f"Stop mails about your agenda: {address}\n" in part(message, "plain")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_needed_mail_cannot_be_stopped_and_leads_to_those_that_can(app: Flask) -> None:
    message = message_of(app, Kind.NEEDED)

    assert message["List-Unsubscribe"] is None
    assert "/account/mail\n" in part(message, "plain")


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_a_mail_about_one_meeting_is_an_invitation(app: Flask, method: str) -> None:
    message = message_of(app, invitations=[INVITATION.format(method, "")])
    calendar = next(each for each in message.walk() if each.get_content_subtype() == "calendar")
    attached = next(each for each in message.walk() if each.get_content_subtype() == "ics")

    assert shape(message) == (
        "multipart/mixed",
        [
            ("multipart/alternative", ["text/plain", "text/html", "text/calendar"]),
            "application/ics",
        ],
    )
    assert calendar["Content-Type"].params["method"] == method
    assert attached.get_content() == INVITATION.format(method, "").encode()


def test_a_mail_about_several_meetings_carries_each_with_its_own_method(app: Flask) -> None:
    given = [INVITATION.format("REQUEST", 1), INVITATION.format("CANCEL", 2)]
    message = message_of(app, invitations=given)
    calendars = [each for each in message.walk() if each.get_content_subtype() == "calendar"]

    assert shape(message) == (
        "multipart/mixed",
        [("multipart/alternative", ["text/plain", "text/html"]), "text/calendar", "text/calendar"],
    )
    assert [each["Content-Type"].params["method"] for each in calendars] == ["REQUEST", "CANCEL"]
    assert [each.get_filename() for each in calendars] == ["meeting-1.ics", "meeting-2.ics"]
    assert [each.get_content().splitlines() for each in calendars] == [
        text.splitlines() for text in given
    ]


@both_databases
def test_of_a_stopped_kind_nothing_leaves_and_the_rest_does(app: Flask) -> None:
    inbox, aino = Inbox(), make_user("Aino", email="aino@niskala.example")
    other = make_user("Oiva", email="oiva@niskala.example")
    stop_kind(aino, Kind.REQUESTS)
    queued = [
        queue_mail(user=user, address=user.email, subject="Hei", text="Hei\n", kind=kind)
        for user, kind in (
            (aino, Kind.REQUESTS),
            (aino, Kind.AGENDA),
            (aino, Kind.NEEDED),
            (other, Kind.REQUESTS),
        )
    ]
    db.session.commit()

    with running(inbox) as server:
        config: Config = app.extensions["matchmaker.config"]
        sent = send_waiting(replace(config, mail_server=server))

    assert sent == 3
    assert [reload(mail).state for mail in queued] == ["stopped", "sent", "sent", "sent"]


def test_opening_the_link_stops_nothing_and_its_button_does(app: Flask, client: PageClient) -> None:
    aino = make_user("Aino", email="aino@niskala.example")
    db.session.commit()
    path = urlsplit(message_of(app, user=aino)["List-Unsubscribe"].strip("<>")).path
    db.session.commit()

    asked = client.get(path).heading
    client.submit(path, status=303)
    done = client.get(path).heading
    client.submit(f"{path}/resume", on=path, status=303)

    assert (asked, done) == ("Stop mails about requests?", "Mails about requests are stopped")
    assert client.get(path).heading == asked


def test_a_mail_programs_one_click_stops_without_a_session(app: Flask, client: PageClient) -> None:
    path = urlsplit(message_of(app)["List-Unsubscribe"].strip("<>")).path
    db.session.commit()

    answers = [
        client.http.post(path, data={"List-Unsubscribe": "One-Click"}).status_code for _ in range(2)
    ]

    assert answers == [303, 303]
    assert client.get(path).heading == "Mails about requests are stopped"


def test_a_made_up_link_stops_nothing(client: PageClient) -> None:
    for path in ("/mail/stop/made.up", "/mail/stop/WzEsInJlcXVlc3RzIl0.x"):
        assert client.http.get(path).status_code == 404
        assert client.http.post(path).status_code == 404


def test_kinds_are_chosen_on_a_page_of_ones_own(client: PageClient) -> None:
    client.sign_in(make_user("Aino", email="aino@niskala.example"))

    client.submit("/account/mail", agenda="y")
    checked = client.get("/account/mail").find("//input[@checked]/@name")

    assert checked == ["agenda"]
