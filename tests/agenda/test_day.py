"""The agenda page over time: what has changed, ways between places, zones, several roles."""

from datetime import timedelta

import icalendar
import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.agenda.models import Visit
from matchmaker.agenda.services import publish_run
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from tests.factories.events import (
    FIRST_SLOT,
    make_event,
    make_organisation,
    make_participant,
    make_session,
)
from tests.factories.runs import Place, make_run
from tests.pages.client import Page, PageClient
from tests.query_counter import counted_queries

PATH = "/e/kittila/agenda"
SLOT = timedelta(minutes=20)
TITLES = "//*[contains(@class, 'moment-title')]"
CHANGES = "//section[@aria-labelledby='changes']//li"
NOTES = "//*[@class='moment-note']"


@pytest.fixture
def event(app: Flask, context: object) -> Event:
    return make_event()


@pytest.fixture
def aino(event: Event, client: PageClient) -> Participant:
    aino = make_participant(event, "Aino Niskala")
    client.sign_in(aino.user)
    return aino


@pytest.fixture
def marek(event: Event) -> Participant:
    return make_participant(event, "Marek Zieliński")


@pytest.fixture
def carla(event: Event) -> Participant:
    return make_participant(event, "Carla Rossi")


def publish(event: Event, *places: Place) -> None:
    publish_run(event, make_run(event, *places), None)
    db.session.commit()


def say_seen(client: PageClient, page: Page) -> None:
    (until,) = page.find("//form[@data-seen]//input[@name='until']/@value")
    client.submit(f"{PATH}/seen", on=PATH, until=until)


def test_what_changed_since_the_last_visit_is_marked_until_it_was_seen(
    client: PageClient, event: Event, aino: Participant, marek: Participant, carla: Participant
) -> None:
    publish(event, (aino, marek, 0, 0))
    first = client.get(PATH)
    say_seen(client, first)
    publish(event, (aino, marek, 2, 0), (aino, carla, 3, 0))

    changed, again = client.get(PATH), client.get(PATH)
    say_seen(client, again)
    seen = client.get(PATH)

    assert first.texts(CHANGES) == []
    assert changed.texts(CHANGES) == [
        "Now: Marek Zieliński, Wed 28 Apr, 13:40, Table 1",
        "New: Carla Rossi, Wed 28 Apr, 14:00, Table 1",
    ]
    assert changed.texts(NOTES) == [
        "New time or place since your last visit",
        "New since your last visit",
    ]
    assert again.texts(CHANGES) == changed.texts(CHANGES)
    assert (seen.texts(CHANGES), seen.texts(NOTES)) == ([], [])


def test_who_never_looked_hears_of_changes_after_publication_alone(
    client: PageClient, event: Event, aino: Participant, marek: Participant, carla: Participant
) -> None:
    publish(event, (aino, marek, 0, 0))
    publish(event, (aino, marek, 0, 0), (aino, carla, 1, 0))
    publish(event, (aino, marek, 2, 0), (aino, carla, 1, 0))

    page = client.get(PATH)

    assert page.texts(CHANGES) == ["Now: Marek Zieliński, Wed 28 Apr, 13:40, Table 1"]


def test_a_change_published_while_the_page_is_open_is_not_taken_for_seen(
    client: PageClient, event: Event, aino: Participant, marek: Participant
) -> None:
    publish(event, (aino, marek, 0, 0))
    page = client.get(PATH)
    publish(event, (aino, marek, 3, 0))

    say_seen(client, page)

    assert client.get(PATH).texts(NOTES) == ["New time or place since your last visit"]


@pytest.mark.parametrize("until", ["", "tomorrow", "0001-01-01T00:00:00"])
def test_an_odd_moment_is_refused_and_a_later_one_counts_as_now(
    client: PageClient, event: Event, aino: Participant, marek: Participant, until: str
) -> None:
    publish(event, (aino, marek, 0, 0))

    client.submit(f"{PATH}/seen", on=PATH, until=until, status=400)
    for moment in ("2999-01-01T00:00:00+00:00", "2020-01-01T00:00:00+00:00"):
        client.submit(f"{PATH}/seen", on=PATH, until=moment)

    (visit,) = db.session.scalars(select(Visit))
    assert 2020 < visit.seen_until.year < 2999


def test_the_way_to_another_room_is_part_of_the_day(
    client: PageClient, event: Event, aino: Participant, marek: Participant, carla: Participant
) -> None:
    opening, tour = FIRST_SLOT - timedelta(hours=1), FIRST_SLOT + 4 * SLOT
    make_session(event, "Opening", opening, FIRST_SLOT - timedelta(minutes=15), room="Main hall")
    make_session(event, "Tour", tour, tour + SLOT, room="Bus stop")
    names = ("A", "B")
    others = [make_participant(event, name) for name in names]
    people = [marek, carla, *others]
    publish(event, *[(aino, person, slot, 0) for slot, person in enumerate(people)])

    titles = client.get(PATH).texts(TITLES)

    assert titles[1] == "15 minutes from Main hall to Table 1"
    assert titles[6] == "Straight from Table 1 to Bus stop"
    assert len(titles) == 8


def test_times_stand_in_the_viewers_zone_too_where_the_account_names_another(
    client: PageClient, event: Event, aino: Participant, marek: Participant
) -> None:
    publish(event, (aino, marek, 1, 0))
    own = {}
    for zone in ("", "Europe/Lisbon", "Europe/Sofia"):
        client.submit("/account", name="Aino Niskala", timezone=zone)
        own[zone] = client.get(PATH).texts("//*[@class='moment-also']")

    assert own == {
        "": [],
        "Europe/Lisbon": ["Your time: 11:00", "Your time: 11:20", "Your time: 11:40"],
        "Europe/Sofia": [],
    }


def test_who_acts_for_several_sees_one_agenda_that_says_for_which(
    client: PageClient, event: Event, aino: Participant, marek: Participant, carla: Participant
) -> None:
    mill = make_organisation("Kokkola Mill")
    second = make_participant(event, "Aino Niskala", user=aino.user, organisation=mill, number=2)
    member = make_participant(event, "Mika", user=aino.user, number=3, in_person=False)
    publish(event, (aino, marek, 0, 0), (second, carla, 1, 0), (member, marek, 2, 0))

    page = client.get(PATH)
    own = calendar(client, aino)
    members = calendar(client, member)

    assert page.texts(TITLES) == [
        "Meeting: Marek Zieliński, " + name_of(marek),
        "Meeting: Carla Rossi, " + name_of(carla),
        "Meeting: Marek Zieliński, " + name_of(marek),
        "Free until 14:20 Who else is free?",
    ]
    details = page.texts("//*[@class='moment-detail']")
    assert "For Kokkola Mill" in details
    assert f"For Mika, {name_of(member)}" in details
    assert (len(own), len(members)) == (2, 1)


def name_of(person: Participant) -> str:
    return person.organisation.name if person.organisation else ""


def calendar(client: PageClient, person: Participant) -> list[icalendar.Event]:
    feed = client.http.get(f"/feeds/{person.feed_token}.ics").data
    return list(icalendar.Calendar.from_ical(feed).events)


def test_a_full_day_takes_no_more_queries_than_one_meeting(
    client: PageClient, event: Event, aino: Participant, marek: Participant
) -> None:
    counts = []
    publish(event, (aino, marek, 0, 0))
    client.get(PATH)
    for slots in (1, 4):
        people = [marek, *[make_participant(event, f"P{n}") for n in range(1, slots)]]
        publish(event, *[(aino, person, slot, 0) for slot, person in enumerate(people)])
        with counted_queries() as statements:
            client.get(PATH)
        counts.append(len(statements))

    assert counts[0] == counts[1]
