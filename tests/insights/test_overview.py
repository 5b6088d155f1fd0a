"""The organiser's overview counts what a run would find, and says what to do next."""

from itertools import pairwise

import pytest
from flask import Flask

from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.insights.queries import overview_of
from matchmaker.registration.models import Status
from tests.factories.events import (
    make_event,
    make_item,
    make_organisation,
    make_participant,
    make_user,
    make_wish,
)
from tests.pages.client import PageClient
from tests.query_counter import counted_queries

OVERVIEW = "/e/kittila/organise/"


@pytest.mark.both_databases
def test_only_pairs_that_a_run_may_bring_together_count_as_wished_for(context: object) -> None:
    event = make_event()
    same = make_organisation("Pohjolan Kierto Oy")
    aino, marek, claire = (make_participant(event, name) for name in ("Aino", "Marek", "Claire"))
    colleague = make_participant(event, "Kaisa", organisation=same)
    boss = make_participant(event, "Kalle", organisation=same)
    hidden = make_participant(event, "Hilla", listed=False)
    make_wish(aino, marek, "must")
    make_wish(marek, aino, "want")
    make_wish(aino, claire, "want")
    make_wish(claire, aino, "no")
    make_wish(colleague, boss, "want")
    make_wish(aino, hidden, "want")

    figures = overview_of(event)

    assert (figures.wishes, figures.mutual_wishes, figures.wished_pairs) == (5, 1, 1)
    assert (figures.people, figures.without_wishes) == (6, 3)


@pytest.mark.both_databases
def test_people_are_counted_by_status_and_type_and_room_by_slots_and_points(
    context: object,
) -> None:
    event = make_event(slots=4, points=2)
    with_offer = make_participant(event, "Aino", type_name="SME")
    make_item(with_offer, "offer", "Drone surveys")
    make_participant(event, "Marek", type_name="cluster")
    make_participant(event, "Pending", status=Status.PENDING)

    figures = overview_of(event)

    assert (figures.people, figures.waiting_for_approval) == (2, 1)
    assert figures.by_type == [("cluster", 1), ("policymaker", 0), ("SME", 1)]
    assert (figures.places, figures.room_for, figures.without_items) == (8, 4, 1)


@pytest.fixture
def event(app: Flask, context: object, client: PageClient) -> Event:
    organiser = make_user("Olli")
    event = make_event(organiser=organiser, phase=Phase.WISHES)
    client.sign_in(organiser)
    return event


def test_the_page_says_first_who_waits_for_approval(client: PageClient, event: Event) -> None:
    make_participant(event, "Pending", status=Status.PENDING)

    page = client.get(OVERVIEW)

    assert page.heading == "1 person waits for your approval"
    assert page.texts("//header[contains(@class, 'page-head')]//a")[-1] == "Look at them"


def test_when_wishes_are_in_the_next_step_is_the_agenda(client: PageClient, event: Event) -> None:
    make_wish(make_participant(event, "Aino"), make_participant(event, "Marek"))

    page = client.get(OVERVIEW)

    assert page.heading == "1 wish from 1 person"
    assert page.texts("//header[contains(@class, 'page-head')]//a")[-1] == "Make the agenda"


def test_the_page_costs_the_same_for_two_people_as_for_twenty(
    client: PageClient, event: Event
) -> None:
    costs = []
    for size in (2, 18):
        people = [make_participant(event, f"Person {n}") for n in range(size)]
        for one, other in pairwise(people):
            make_wish(one, other)
        with counted_queries() as queries:
            client.get(OVERVIEW)
        costs.append(len(queries))

    assert costs[0] == costs[1]
