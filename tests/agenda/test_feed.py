"""The feed of somebody at a published event, read whole by two independent readers."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import icalendar
import pytest

from matchmaker.agenda.models import Agenda, Meeting
from matchmaker.agenda.services import publish_run
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from tests.factories.events import (
    FIRST_SLOT,
    make_event,
    make_item,
    make_organisation,
    make_participant,
    make_session,
    make_wish,
)
from tests.factories.runs import make_run
from tests.pages.client import PageClient

HOUR = timedelta(hours=1)


@pytest.fixture
def aino(context: object) -> Participant:
    """She meets Marek in the second slot; a session before it, and one at the same time."""
    event = make_event()
    aino = make_participant(event, "Aino Niskala")
    silesia = make_organisation("Silesia Mining Cluster", country="PL")
    marek = make_participant(event, "Marek Zieliński", organisation=silesia)
    make_item(marek, "offer", "Ore-sorting sensors")
    make_item(marek, "need", "Drone surveys")
    make_wish(aino, marek, "must")
    for title, start in (("Keynote", FIRST_SLOT - HOUR), ("Coffee", FIRST_SLOT)):
        make_session(event, title, start, start + HOUR, room="Foyer")
    publish_run(event, make_run(event, (aino, marek, 1, 0)), None)
    db.session.commit()
    return aino


def feed_of(client: PageClient, person: Participant) -> bytes:
    return client.http.get(f"/feeds/{person.feed_token}.ics").data


def test_a_meeting_in_the_feed_says_all_there_is_to_say(
    client: PageClient, aino: Participant
) -> None:
    entry = icalendar.Calendar.from_ical(feed_of(client, aino)).events[-1]

    meeting = db.session.query(Meeting).one()
    texts = ("UID", "SUMMARY", "LOCATION", "URL", "STATUS", "SEQUENCE")
    assert {name: str(entry[name]) for name in texts} == {
        "UID": meeting.uid,
        "SUMMARY": "Meeting with Marek Zieliński, Silesia Mining Cluster",
        "LOCATION": "Table 1, Levi Hall",
        "URL": "http://127.0.0.1:8000/e/kittila/agenda",
        "STATUS": "CONFIRMED",
        "SEQUENCE": "0",
    }
    assert str(entry["DESCRIPTION"]) == (
        "Why you meet:\n- You want to meet them\n\n"
        "They offer:\n- Ore-sorting sensors\n\nThey need:\n- Drone surveys"
    )
    assert moments(entry) == {
        "DTSTART": FIRST_SLOT + HOUR / 3,
        "DTEND": FIRST_SLOT + HOUR * 2 / 3,
        "DTSTAMP": db.session.query(Agenda).one().published_at.replace(microsecond=0),
        "LAST-MODIFIED": meeting.changed_at.replace(microsecond=0),
    }


def moments(entry: icalendar.Event) -> dict[str, datetime]:
    return {name: entry[name].dt for name in ("DTSTART", "DTEND", "DTSTAMP", "LAST-MODIFIED")}


def test_another_reader_finds_meeting_and_sessions_at_helsinki_time(
    client: PageClient,
    aino: Participant,
    read_with_ical_js: Callable[[bytes, str], dict[str, Any]],
) -> None:
    read = read_with_ical_js(feed_of(client, aino), "Europe/Helsinki")

    assert [(entry["summary"], entry["start"]) for entry in read["events"]] == [
        ("Keynote", "2027-04-28 12:00:00"),
        ("Meeting with Marek Zieliński, Silesia Mining Cluster", "2027-04-28 13:20:00"),
    ]


def test_the_page_offers_the_feed_to_calendars_and_to_copy(
    client: PageClient, aino: Participant
) -> None:
    page = client.sign_in(aino.user).get("/e/kittila/agenda")

    feed = f"//127.0.0.1:8000/feeds/{aino.feed_token}.ics"
    assert set(page.find("//a[starts-with(@href, 'webcal:')]/@href")) == {f"webcal:{feed}"}
    assert page.find("//input[@id='feed']/@value") == [f"http:{feed}"]


def test_signing_in_and_out_has_the_browser_forget_kept_pages(
    client: PageClient, aino: Participant
) -> None:
    token = client.sign_in(aino.user).token("/e/kittila/agenda")

    response = client.http.post("/sign-out", data={"csrf_token": token})

    assert response.headers["Clear-Site-Data"] == '"storage"'
