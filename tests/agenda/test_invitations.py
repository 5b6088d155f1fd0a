"""What a person's mails put into their calendar: entered, moved and taken out under one UID."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import icalendar
import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.agenda.models import Meeting
from matchmaker.agenda.notices import tell_of_meetings
from matchmaker.agenda.services import publish_run
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.messages.mime import as_message
from matchmaker.messages.models import Mail
from matchmaker.messages.sending import send_waiting
from matchmaker.registration.models import Participant
from tests.factories.events import FIRST_SLOT, make_event, make_item, make_participant, make_user
from tests.factories.runs import Place, make_run
from tests.messages.smtp_server import Inbox, running
from tests.pages.client import PageClient

both_databases = pytest.mark.both_databases


@pytest.fixture
def event(context: object) -> Event:
    return make_event()


@pytest.fixture
def aino(event: Event) -> Participant:
    return make_participant(event, "Aino Niskala", user=make_user(email="aino@niskala.example"))


@pytest.fixture
def partners(event: Event) -> list[Participant]:
    people = [make_participant(event, name) for name in ("Björn", "Carla", "Dora")]
    make_item(people[0], "offer", "Ore sorting, dry; all year")
    return people


def publish(event: Event, *places: Place) -> None:
    """Put the agenda in force, with nothing but its own mails in the outbox."""
    db.session.execute(Mail.__table__.delete())
    publish_run(event, make_run(event, *places), None)
    db.session.commit()


def mails_to(person: Participant) -> list[Mail]:
    found = select(Mail).where(Mail.address == person.user.email).order_by(Mail.id)
    return list(db.session.scalars(found))


def entries(mail: Mail) -> list[icalendar.Event]:
    return [icalendar.Calendar.from_ical(text).events[0] for text in mail.invitations]


def told(mail: Mail) -> list[tuple[str, str, int]]:
    """The method, the summary and the sequence of each calendar object of a mail."""
    calendars = [icalendar.Calendar.from_ical(text) for text in mail.invitations]
    return [
        (str(each["METHOD"]), str(each.events[0]["SUMMARY"]).split(",")[0], each.events[0].sequence)
        for each in calendars
    ]


@both_databases
def test_publishing_sends_one_mail_a_person_with_each_of_their_meetings(
    app: Flask, event: Event, aino: Participant, partners: list[Participant]
) -> None:
    bjorn, carla, dora = partners

    publish(event, (aino, carla, 1, 0), (aino, bjorn, 0, 0))

    (mail,) = mails_to(aino)
    assert told(mail) == [
        ("REQUEST", "Meeting with Björn", 0),
        ("REQUEST", "Meeting with Carla", 0),
    ]
    assert [len(mails_to(person)) for person in partners] == [1, 1, 1]
    assert mails_to(dora)[0].invitations == []


@both_databases
def test_a_change_sends_requests_and_cancellations_with_higher_sequences_to_those_concerned(
    app: Flask, event: Event, aino: Participant, partners: list[Participant]
) -> None:
    bjorn, carla, dora = partners
    publish(event, (aino, bjorn, 0, 0), (aino, carla, 1, 0))
    uids = {str(entry["SUMMARY"])[:17]: entry["UID"] for entry in entries(mails_to(aino)[0])}

    publish(event, (aino, bjorn, 2, 1), (aino, dora, 1, 0))

    (mail,) = mails_to(aino)
    assert told(mail) == [
        ("CANCEL", "Cancelled: Meeting with Carla", 1),
        ("REQUEST", "Meeting with Dora", 0),
        ("REQUEST", "Meeting with Björn", 1),
    ]
    assert {entry["UID"] for entry in entries(mail)} > set(uids.values())
    assert mail.subject == f"Your agenda for {event.name} has changed"
    assert [told(mails_to(person)[0])[0][0] for person in partners] == [
        "REQUEST",
        "CANCEL",
        "REQUEST",
    ]


def test_the_mail_says_each_meeting_in_words_and_where_it_was(
    event: Event, aino: Participant, partners: list[Participant]
) -> None:
    bjorn, carla, _dora = partners
    publish(event, (aino, bjorn, 0, 0), (aino, carla, 1, 0))

    publish(event, (aino, bjorn, 2, 1))

    (mail,) = mails_to(aino)
    lines = [line for line in mail.text.splitlines() if line]
    assert [re.sub(r"Organisation \d+", "X Oy", line) for line in lines[:6]] == [
        "Hello Aino Niskala,",
        f"your agenda for {event.name} has changed.",
        "Another time or place:",
        "- Wed 28 Apr, 13:40–14:00, Table 2: Björn, X Oy (was Wed 28 Apr, 13:00, Table 1)",
        "Cancelled:",
        "- Wed 28 Apr, 13:20–13:40, Table 1: Carla, X Oy",
    ]
    assert "You get this mail because you take part in" in mail.text


def test_an_invitation_is_from_the_sender_for_its_reader_and_asks_for_no_answer(
    app: Flask, event: Event, aino: Participant, partners: list[Participant]
) -> None:
    publish(event, (aino, partners[0], 1, 0))

    (entry,) = entries(mails_to(aino)[0])

    message = as_message(mails_to(aino)[0], app.extensions["matchmaker.config"])
    attendee = entry["ATTENDEE"]
    assert str(entry["ORGANIZER"]) == f"mailto:{message['From']}"
    assert entry["ORGANIZER"].params == {}
    assert str(attendee) == f"mailto:{message['To']}"
    assert {name: attendee.params[name] for name in ("CN", "PARTSTAT", "RSVP")} == {
        "CN": "Aino Niskala",
        "PARTSTAT": "ACCEPTED",
        "RSVP": "FALSE",
    }
    assert entry["DTSTART"].dt == FIRST_SLOT + timedelta(minutes=20)
    assert partners[0].user.email not in mails_to(aino)[0].invitations[0]


def test_the_invitation_and_the_feed_speak_of_the_same_entry(
    client: PageClient, event: Event, aino: Participant, partners: list[Participant]
) -> None:
    publish(event, (aino, partners[0], 1, 0))
    publish(event, (aino, partners[0], 2, 0))

    feed = client.http.get(f"/feeds/{aino.feed_token}.ics").data
    (followed,) = icalendar.Calendar.from_ical(feed).events
    (sent,) = entries(mails_to(aino)[0])

    same = ("UID", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION")
    assert [sent[name] for name in same] == [followed[name] for name in same]


def test_what_arrives_by_mail_is_read_alike_by_another_reader(
    app: Flask,
    event: Event,
    aino: Participant,
    partners: list[Participant],
    read_with_ical_js: Callable[[bytes, str], dict[str, Any]],
) -> None:
    publish(event, (aino, partners[0], 1, 0))
    publish(event, (aino, partners[0], 3, 1))
    inbox = Inbox()
    with running(inbox) as server:
        send_waiting(replace(app.extensions["matchmaker.config"], mail_server=server))

    (arrived,) = [each for each in inbox.arrived if each["To"] == aino.user.email]
    part = only_part(arrived, "text/calendar")
    attached = only_part(arrived, "application/ics").get_payload(decode=True)
    read = read_with_ical_js(part.get_payload(decode=True), "Europe/Helsinki")

    assert part["Content-Type"].params["method"] == "REQUEST"
    assert icalendar.Calendar.from_ical(attached)["METHOD"] == "REQUEST"
    assert [(e["start"], e["sequence"], e["status"]) for e in read["events"]] == [
        ("2027-04-28 14:00:00", 1, "CONFIRMED")
    ]
    assert "Ore sorting, dry; all year" in read["events"][0]["description"]
    assert all(mail.invitations == [] for mail in mails_to(aino))


def only_part(message: EmailMessage, kind: str) -> Any:
    (part,) = [each for each in message.walk() if each.get_content_type() == kind]
    return part


def test_a_meeting_that_the_two_settled_is_told_to_the_other_one_alone(
    event: Event, aino: Participant, partners: list[Participant]
) -> None:
    publish(event, (aino, partners[0], 1, 0))
    db.session.execute(Mail.__table__.delete())
    (meeting,) = db.session.scalars(select(Meeting))
    meeting.state, meeting.sequence = "cancelled", 1
    db.session.flush()

    tell_of_meetings(event, cancelled=[meeting], but=aino)

    (mail,) = mails_to(partners[0])
    assert mails_to(aino) == []
    assert mail.subject == "Cancelled: your meeting with Aino Niskala"
    assert told(mail) == [("CANCEL", "Cancelled: Meeting with Aino Niskala", 1)]


def test_who_acts_for_two_organisations_gets_one_mail_that_says_for_which(
    event: Event, aino: Participant, partners: list[Participant]
) -> None:
    second = make_participant(event, "Aino Niskala", user=aino.user, number=2)

    publish(event, (aino, partners[0], 0, 0), (second, partners[1], 1, 0))

    (mail,) = mails_to(aino)
    assert len(mail.invitations) == 2
    assert f"(for {second.organisation.name})" in mail.text  # type: ignore[union-attr]


def test_mail_invitation_and_feed_speak_the_readers_language(
    app: Flask, client: PageClient, event: Event, aino: Participant, partners: list[Participant]
) -> None:
    aino.user.locale = "fi"

    publish(event, (aino, partners[0], 1, 0))

    (mail,) = mails_to(aino)
    message = as_message(mail, app.extensions["matchmaker.config"])
    html = message.get_body(("html",))
    feed = client.http.get(f"/feeds/{aino.feed_token}.ics", headers={"Accept-Language": "sv"})
    (followed,) = icalendar.Calendar.from_ical(feed.data).events
    assert str(entries(mail)[0]["SUMMARY"]).startswith("Tapaaminen: Björn")
    assert str(followed["SUMMARY"]).startswith("Tapaaminen: Björn")
    assert mail.text.startswith("Hei Aino Niskala,")
    assert "13.20–13.40, Table 1: Björn" in mail.text
    assert (message["Content-Language"], html is not None) == ("fi", True)
    assert '<html lang="fi">' in str(html.get_content())  # type: ignore[union-attr]
    assert mails_to(partners[0])[0].text.startswith("Hello Björn")
