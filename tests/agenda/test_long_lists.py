"""Long agendas: the grid comes in pages of meeting points, and a review shows the first 200."""

from itertools import combinations, product

from matchmaker.agenda.services import publish_run
from matchmaker.events.models import Event
from matchmaker.extensions import db
from tests.factories.events import make_event, make_participant, make_user
from tests.factories.runs import make_run
from tests.pages.client import PageClient
from tests.query_counter import counted_queries

GRID = "/e/kittila/organise/grid"


def _event(client: PageClient, **size: int) -> Event:
    organiser = make_user("Olli")
    client.sign_in(organiser)
    return make_event(organiser=organiser, **size)


def test_more_than_forty_meeting_points_come_in_pages_and_a_choice_stays_on_its_page(
    client: PageClient, context: object
) -> None:
    event = _event(client, points=41)
    aino, marek = (make_participant(event, name) for name in ("Aino", "Marek"))
    publish_run(event, make_run(event, (aino, marek, 1, 40)), None)
    db.session.commit()

    first, last = client.get(GRID), client.get(f"{GRID}?page=3")
    (card,) = last.find("//a[@data-card]/@href")
    chosen = client.get(str(card))

    assert first.texts("//tbody//th") == [f"Table {number}" for number in range(1, 16)]
    assert last.texts("//tbody//th") == [f"Table {number}" for number in range(31, 42)]
    assert first.find("//a[@data-card]") == []
    assert chosen.texts("//tbody//th") == last.texts("//tbody//th")
    assert chosen.texts("//section/h2") == ["Aino and Marek"]
    assert client.get(f"{GRID}?page=99").texts("//tbody//th") == last.texts("//tbody//th")


def test_of_many_changes_a_review_shows_the_first_200_and_counts_all(
    client: PageClient, context: object
) -> None:
    event = _event(client, slots=6, points=35)
    people = [make_participant(event, f"Person {number:02}") for number in range(21)]
    places = zip(combinations(people, 2), product(range(6), range(35)), strict=True)
    make_run(event, *((*pair, *place) for pair, place in list(places)[:205]))

    page = client.get("/e/kittila/organise/runs/1/review")

    rows = page.texts("//tbody/tr/td[1]")
    assert (len(rows), rows[0]) == (200, "Person 00 and Person 01")
    assert "205 new" in page.text
    assert "The first 200 are shown; there are 5 more." in page.text
    assert "Publish and tell 21 people" in page.text


def test_what_publishing_changes_takes_as_many_queries_for_many_meetings_as_for_few(
    client: PageClient, context: object
) -> None:
    event = _event(client, slots=6, points=6)
    people = [make_participant(event, f"Person {number}") for number in range(8)]
    places = list(zip(combinations(people, 2), product(range(6), range(6)), strict=False))
    publish_run(event, make_run(event, (*people[:2], 0, 0), (*people[2:4], 0, 1)), None)
    costs = []
    for few in (1, 25):
        run = make_run(event, *((*pair, *place) for pair, place in places[:few]))
        with counted_queries() as statements:
            client.get(f"/e/kittila/organise/runs/{run.number}/review")
        costs.append(len(statements))

    assert costs[0] == costs[1]
