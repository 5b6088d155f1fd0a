"""The participant's agenda page and calendar feed; the organiser's review and publishing."""

import re
from datetime import timedelta

import icalendar
import pytest
from flask import Flask

from matchmaker.agenda.services import publish_run
from matchmaker.clock import stopped_at
from matchmaker.events.models import Event, EventOrganiser
from matchmaker.extensions import db
from matchmaker.registration.models import Participant, Status
from tests.factories.events import (
    FIRST_SLOT,
    make_event,
    make_item,
    make_organisation,
    make_participant,
    make_session,
    make_user,
)
from tests.factories.runs import make_run
from tests.pages.client import PageClient, reload


@pytest.fixture
def event(app: Flask, context: object) -> Event:
    return make_event()


@pytest.fixture
def aino(event: Event) -> Participant:
    return make_participant(event, "Aino Niskala")


@pytest.fixture
def marek(event: Event) -> Participant:
    silesia = make_organisation("Silesia Mining Cluster", country="PL")
    marek = make_participant(event, "Marek Zieliński", organisation=silesia)
    make_item(marek, "offer", "Ore-sorting sensors")
    return marek


def publish(event: Event, aino: Participant, marek: Participant, slot: int = 1) -> None:
    publish_run(event, make_run(event, (aino, marek, slot, 0)), None)
    db.session.commit()


def calendar(client: PageClient, path: str) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(client.http.get(path).data)


def test_before_publication_the_page_says_what_comes(client: PageClient, aino: Participant) -> None:
    page = client.sign_in(aino.user).get("/e/kittila/agenda")

    assert page.heading == "The agenda is not published yet"
    assert page.texts("//h2")[0] == "Your meetings will be here"
    assert "Free until" not in page.text


def test_meetings_stand_among_the_programme_with_their_reasons(
    client: PageClient, event: Event, aino: Participant, marek: Participant
) -> None:
    make_session(
        event,
        "Arctic water round table",
        FIRST_SLOT - timedelta(hours=1),
        FIRST_SLOT,
        room="Main hall",
    )
    publish(event, aino, marek)

    page = client.sign_in(aino.user).get("/e/kittila/agenda")

    assert page.texts("//*[contains(@class, 'moment-title')]") == [
        "Arctic water round table",
        "Free until 13:20 Who else is free?",
        "Meeting: Marek Zieliński, Silesia Mining Cluster",
        "Free until 14:20 Who else is free?",
    ]
    assert page.heading == "1 meeting on Wednesday"
    assert page.texts("//summary")[0] == "You want to meet them"
    assert page.texts("//li//dd") == ["Ore-sorting sensors"]
    assert marek.user.email not in str(page.response.data)


def test_the_next_meeting_comes_first_on_the_day(
    client: PageClient, event: Event, aino: Participant, marek: Participant
) -> None:
    publish(event, aino, marek)

    with stopped_at(FIRST_SLOT + timedelta(minutes=8)):
        page = client.sign_in(aino.user).get("/e/kittila/agenda")

    assert page.heading == "1 more meeting today"
    assert page.texts("//*[@class='next-when']") == ["13:20 in 12 minutes"]


def test_long_before_the_event_the_first_meeting_is_said_with_its_day(
    client: PageClient, event: Event, aino: Participant, marek: Participant
) -> None:
    publish(event, aino, marek)

    with stopped_at(FIRST_SLOT - timedelta(days=60)):
        page = client.sign_in(aino.user).get("/e/kittila/agenda")

    assert page.texts("//section[@class='next']/*")[:2] == [
        "Your first meeting",
        "Wed 28 Apr, 13:20",
    ]


def test_days_gone_by_are_folded_while_a_meeting_is_to_come(
    client: PageClient, event: Event, aino: Participant, marek: Participant
) -> None:
    day = timedelta(days=1)
    arrival = FIRST_SLOT - day
    make_session(event, "Arrival", arrival, arrival + day / 24, room="Foyer")
    publish(event, aino, marek)

    with stopped_at(FIRST_SLOT):
        during = client.sign_in(aino.user).get("/e/kittila/agenda")
    with stopped_at(FIRST_SLOT + day):
        after = client.get("/e/kittila/agenda")

    folded = "//details/summary/h2"
    assert (during.texts(folded), after.texts(folded)) == (["Tuesday 27 April"], [])


def test_a_cancelled_meeting_is_said_on_the_page(
    client: PageClient, event: Event, aino: Participant, marek: Participant
) -> None:
    publish(event, aino, marek)
    publish_run(event, make_run(event), None)
    db.session.commit()

    page = client.sign_in(aino.user).get("/e/kittila/agenda")

    assert page.heading == "No meeting this time"
    assert page.texts("//section[@aria-labelledby='changes']//li") == [
        "Cancelled: Marek Zieliński, Wed 28 Apr, 13:20"
    ]


def test_the_feed_needs_no_cookie_and_answers_304_until_a_new_agenda(
    client: PageClient, event: Event, aino: Participant, marek: Participant
) -> None:
    publish(event, aino, marek)
    address = f"/feeds/{aino.feed_token}.ics"

    first = client.http.get(address)
    again = client.http.get(address, headers={"If-None-Match": first.headers["ETag"]})
    publish(event, aino, marek, slot=3)
    changed = client.http.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Set-Cookie" not in first.headers
    assert (again.data, len(changed.data) > 0) == (b"", True)


def test_the_feed_names_partner_place_and_time_and_no_address(
    client: PageClient, event: Event, aino: Participant, marek: Participant
) -> None:
    publish(event, aino, marek)

    feed = calendar(client, f"/feeds/{aino.feed_token}.ics")

    (meeting,) = feed.walk("VEVENT")
    assert meeting["SUMMARY"] == "Meeting with Marek Zieliński, Silesia Mining Cluster"
    assert meeting["LOCATION"] == "Table 1, Levi Hall"
    assert meeting["DTSTART"].dt == FIRST_SLOT + timedelta(minutes=20)
    assert "Ore-sorting sensors" in meeting["DESCRIPTION"]
    assert b"@niskala.example" not in feed.to_ical()


def test_a_moved_meeting_keeps_its_uid_and_counts_up(
    client: PageClient, event: Event, aino: Participant, marek: Participant
) -> None:
    address = f"/feeds/{aino.feed_token}.ics"
    publish(event, aino, marek)
    (before,) = calendar(client, address).walk("VEVENT")

    publish(event, aino, marek, slot=2)

    (after,) = calendar(client, address).walk("VEVENT")
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt


def test_a_cancelled_meeting_is_marked_in_the_feed_and_missing_in_the_download(
    client: PageClient, event: Event, aino: Participant, marek: Participant
) -> None:
    publish(event, aino, marek)
    publish_run(event, make_run(event), None)
    db.session.commit()

    feed = calendar(client, f"/feeds/{aino.feed_token}.ics")
    download = calendar(client.sign_in(aino.user), "/e/kittila/agenda.ics")

    assert [str(entry["STATUS"]) for entry in feed.walk("VEVENT")] == ["CANCELLED"]
    assert download.walk("VEVENT") == []


def test_a_new_feed_address_closes_the_old_one(client: PageClient, aino: Participant) -> None:
    old = aino.feed_token

    client.sign_in(aino.user).submit("/e/kittila/agenda/feed-address", on="/e/kittila/agenda")

    assert client.http.get(f"/feeds/{old}.ics").status_code == 404
    assert client.http.get(f"/feeds/{reload(aino).feed_token}.ics").status_code == 200


def test_who_has_left_has_no_feed(client: PageClient, aino: Participant) -> None:
    aino.status = Status.WITHDRAWN
    db.session.commit()

    assert client.http.get(f"/feeds/{aino.feed_token}.ics").status_code == 404


def test_the_organiser_reviews_and_publishes(
    client: PageClient, event: Event, aino: Participant, marek: Participant
) -> None:
    organiser = make_user("Olli")
    db.session.add(EventOrganiser(event_id=event.id, user_id=organiser.id))
    make_run(event, (aino, marek, 1, 0))
    review = "/e/kittila/organise/runs/1/review"

    page = client.sign_in(organiser).get(review)
    client.submit("/e/kittila/organise/runs/1/publish", on=review)
    after = client.get(review)

    assert page.heading == "Publish run 1?"
    assert re.search(r"New 1 Moved 0 Cancelled 0 Unchanged 0", page.text)
    assert "Aino Niskala and Marek Zieliński" in page.text
    assert after.heading == "Run 1 is published"


def test_a_run_that_changes_nothing_is_not_offered_for_publishing(
    client: PageClient, event: Event, aino: Participant, marek: Participant
) -> None:
    organiser = make_user("Olli")
    db.session.add(EventOrganiser(event_id=event.id, user_id=organiser.id))
    publish(event, aino, marek)
    make_run(event, (aino, marek, 1, 0))

    page = client.sign_in(organiser).get("/e/kittila/organise/runs/2/review")

    assert page.heading == "Run 2 would change nothing"
    assert page.texts("//main//button") == []


def test_a_session_keeps_its_uid_when_meetings_take_an_earlier_one_of_its_name(
    client: PageClient, event: Event, aino: Participant, marek: Participant
) -> None:
    """Coffee comes twice; the meeting moves from the second coffee to the first."""
    length = timedelta(minutes=20)
    for slot in (1, 3):
        start = FIRST_SLOT + slot * length
        make_session(event, "Coffee", start, start + length)
    coffees = []
    for slot in (3, 1):
        publish(event, aino, marek, slot=slot)
        feed = calendar(client, f"/feeds/{aino.feed_token}.ics")
        coffees += [entry for entry in feed.walk("VEVENT") if entry["SUMMARY"] == "Coffee"]

    first, second = coffees

    assert first["DTSTART"].dt < second["DTSTART"].dt
    assert first["UID"] != second["UID"]
