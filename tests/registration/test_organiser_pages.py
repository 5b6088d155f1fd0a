"""The organiser's list of people: filters, search, pages, decisions, and who may see it."""

import pytest

from matchmaker.events.models import Event
from matchmaker.registration.models import Status
from tests.factories.events import (
    make_event,
    make_item,
    make_organisation,
    make_participant,
    make_user,
)
from tests.pages.client import Page, PageClient, reload
from tests.query_counter import counted_queries

pytestmark = pytest.mark.usefixtures("context")

PEOPLE = "/e/kittila/organise/people"


@pytest.fixture
def event(client: PageClient) -> Event:
    """An event whose organiser is signed in."""
    organiser = make_user("Olli Organiser")
    client.sign_in(organiser)
    return make_event(organiser=organiser)


def names(page: Page) -> list[str]:
    return page.texts("//tbody/tr/th//a")


def test_people_are_listed_with_what_they_offer_and_need(client: PageClient, event: Event) -> None:
    kierto = make_organisation("Pohjolan Kierto")
    aino = make_participant(event, "Aino Niskala", organisation=kierto, status=Status.PENDING)
    for title in ("Drone surveys", "Ore sorting"):
        make_item(aino, "offer", title)

    page = client.get(PEOPLE)

    assert page.texts("//tbody/tr/td")[:6] == [
        "Pohjolan Kierto",
        "SME",
        "Finland",
        "2",
        "0",
        "",
    ]
    assert page.texts("//tbody/tr/td")[6] == "Waiting"
    assert page.heading == "0 people are in"


def test_filters_and_search_narrow_the_list(client: PageClient, event: Event) -> None:
    make_participant(event, "Åsa Öberg", type_name="cluster", status=Status.PENDING)
    make_participant(event, "Lars Kvist", type_name="cluster")
    make_participant(event, "Claire Vidal", type_name="SME")

    assert names(client.get(PEOPLE)) == ["Åsa Öberg", "Claire Vidal", "Lars Kvist"]
    assert names(client.get(f"{PEOPLE}?q=ÖBERG")) == ["Åsa Öberg"]
    assert names(client.get(f"{PEOPLE}?type=cluster&status=approved")) == ["Lars Kvist"]
    assert client.get(f"{PEOPLE}?q=%00nobody").texts("//main//h2") == ["Nobody fits"]


def test_a_page_holds_fifty_and_the_queries_do_not_grow(client: PageClient, event: Event) -> None:
    make_participant(event, "Person 000")
    with counted_queries() as few:
        client.get(PEOPLE)
    for number in range(1, 52):
        make_participant(event, f"Person {number:03}")
    with counted_queries() as many:
        first = client.get(PEOPLE)

    assert len(many) == len(few)
    assert len(names(first)) == 50
    assert names(client.get(f"{PEOPLE}?page=2")) == ["Person 050", "Person 051"]
    assert names(client.get(f"{PEOPLE}?page=999")) == ["Person 050", "Person 051"]


def test_approving_returns_to_the_list_as_it_was(client: PageClient, event: Event) -> None:
    aino = make_participant(event, status=Status.PENDING)

    back = client.submit(f"{PEOPLE}/{aino.id}/approve", on=PEOPLE, query="q=aino")

    assert back.response.headers["Location"] == f"{PEOPLE}?q=aino"
    assert reload(aino).is_approved


def test_rejecting_and_approving_all(client: PageClient, event: Event) -> None:
    aino, lars, claire = (make_participant(event, status=Status.PENDING) for _n in range(3))

    client.submit(f"{PEOPLE}/{aino.id}/reject", on=PEOPLE)
    client.submit(f"{PEOPLE}/approve-all", on=PEOPLE)

    assert [reload(person).status for person in (aino, lars, claire)] == [
        "rejected",
        "approved",
        "approved",
    ]


def test_people_of_another_event_are_neither_shown_nor_decided(
    client: PageClient, event: Event
) -> None:
    stranger = make_participant(make_event("kokkola"), "Secret Stranger", status=Status.PENDING)
    make_participant(event, status=Status.PENDING)

    page = client.get(PEOPLE)
    client.submit(f"{PEOPLE}/{stranger.id}/approve", on=PEOPLE, status=404)
    client.submit(f"{PEOPLE}/{10**30}/approve", on=PEOPLE, status=404)

    assert "Secret Stranger" not in page.text
    assert reload(stranger).status == Status.PENDING


def test_nobody_else_sees_the_list(client: PageClient) -> None:
    event = make_event(organiser=make_user())
    aino = make_participant(event, "Aino Niskala")
    other_organiser = make_user()
    make_event("kokkola", organiser=other_organiser)

    client.get(PEOPLE, status=302)
    for outsider in (aino.user, make_user(), other_organiser):
        client.sign_in(outsider)
        assert "Aino Niskala" not in client.get(PEOPLE, status=404).text


def test_an_event_without_people_says_what_to_do(client: PageClient, event: Event) -> None:
    page = client.get(PEOPLE)

    assert page.texts("//main//h2") == ["Nobody has registered yet"]
