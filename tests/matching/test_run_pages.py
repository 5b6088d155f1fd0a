"""The organiser's pages on runs: start one, watch it, stop it, read what it found."""

import pytest
from sqlalchemy import func, select

from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.matching.codec import from_json
from matchmaker.matching.models import Run, RunState, RunUnplaced
from matchmaker.queue import queue
from matchmaker.registration.models import Participant
from tests.factories.events import make_event, make_participant, make_wish
from tests.factories.runs import make_run
from tests.pages.client import PageClient, reload
from tests.query_counter import counted_queries

SCHEDULING = "/e/kittila/organise/scheduling"
RUNS = "/e/kittila/organise/runs"


@pytest.fixture
def trio(event: Event) -> list[Participant]:
    return [make_participant(event, name) for name in ("Aino Niskala", "Marek Z", "Claire V")]


def start(client: PageClient, **values: str) -> None:
    client.submit(RUNS, on=SCHEDULING, **values)


def run_of(event: Event, state: RunState) -> Run:
    run = Run(event_id=event.id, number=1, snapshot="{}", state=state, attempt=1)
    db.session.add(run)
    db.session.commit()
    return run


def test_starting_a_run_queues_it_and_leads_to_its_page(
    client: PageClient, event: Event, trio: list[Participant]
) -> None:
    make_wish(trio[0], trio[1])

    start(client, seed="7")

    run = db.session.scalars(select(Run)).one()
    assert (run.number, run.seed, run.state) == (1, 7, RunState.QUEUED)
    assert run.id in queue().waiting()
    assert client.get(f"{RUNS}/1").heading == "Run 1 is at work"


def test_the_next_run_is_offered_the_same_seed(client: PageClient, event: Event) -> None:
    run = run_of(event, RunState.FAILED)
    run.seed = 2023
    db.session.commit()

    page = client.get(SCHEDULING)

    assert page.find("//input[@name='seed']/@value") == ["2023"]


def test_a_double_click_starts_one_run(client: PageClient, event: Event) -> None:
    token = client.token(SCHEDULING)

    for _click in range(2):
        answer = client.http.post(RUNS, data={"csrf_token": token})
        assert answer.headers["Location"] == f"{RUNS}/1"

    assert db.session.scalar(select(func.count()).select_from(Run)) == 1


def test_what_a_run_keeps_is_asked_once_an_agenda_is_published(
    client: PageClient, event: Event
) -> None:
    before = client.get(SCHEDULING).find("//input[@name='stay']")
    event.phase = Phase.PUBLISHED
    db.session.commit()

    offered = client.get(SCHEDULING).find("//input[@name='stay']/@value")
    start(client, seed="7", stay="most")

    assert (before, offered) == ([], ["free", "most", "fresh"])
    run = db.session.scalars(select(Run)).one()
    assert from_json(run.snapshot).stay == "most"


def test_an_impossible_seed_is_refused_at_the_field_and_kept(
    client: PageClient, event: Event
) -> None:
    page = client.submit(RUNS, on=SCHEDULING, status=422, seed="-3", seconds="2")

    assert page.find("//input[@name='seed']/@value") == ["-3"]
    assert "Give a whole number from 0 to 2147483647." in page.text
    assert db.session.scalar(select(func.count()).select_from(Run)) == 0


def test_a_run_at_work_shows_its_progress_and_can_be_stopped(
    client: PageClient, event: Event
) -> None:
    run = run_of(event, RunState.RUNNING)
    run.progress = {"stage": "improve", "value": 95, "bound": 100, "fraction": 0.4}
    db.session.commit()

    page = client.get(f"{RUNS}/1")
    client.submit(f"{RUNS}/1/stop", on=f"{RUNS}/1")

    assert len(page.find("//noscript/meta[@http-equiv='refresh']")) == 1
    assert "Value 95 of at most 100 so far" in page.text
    assert page.find("//progress/@value") == ["40"]
    assert reload(run).stop_asked


def test_the_progress_fragment_leads_to_the_result_when_it_is_there(
    client: PageClient, event: Event, trio: list[Participant]
) -> None:
    make_run(event, (trio[0], trio[1], 0, 0))

    answer = client.http.get(f"{RUNS}/1/progress")

    assert answer.headers["HX-Redirect"] == f"{RUNS}/1"


def test_a_failed_run_says_why_and_where_to_go(client: PageClient, event: Event) -> None:
    run = run_of(event, RunState.FAILED)
    run.error = "The worker ran out of memory. Start the run again."
    db.session.commit()

    page = client.get(f"{RUNS}/1")

    assert page.heading == "Run 1 ended without a result"
    assert "The worker ran out of memory. Start the run again." in page.text
    assert page.find("//meta[@http-equiv='refresh']") == []


def test_the_result_shows_figures_grid_reasons_and_what_did_not_fit(
    client: PageClient, event: Event, trio: list[Participant]
) -> None:
    aino, marek, claire = trio
    run = make_run(event, (aino, marek, 1, 0))
    a_id, b_id = sorted((aino.id, claire.id))
    run.unplaced = [
        RunUnplaced(a_id=a_id, b_id=b_id, value=12, why="person_full", full=[claire.id])
    ]
    db.session.commit()

    page = client.get(f"{RUNS}/1")

    assert page.heading == "1 meeting, proven best"
    assert page.texts("//table[@class='grid']//tbody/tr[1]/td") == [
        "free",
        "AN–MZAino Niskala and Marek Z, one wants",
        "free",
        "free",
    ]
    assert "Aino Niskala must meet Marek Z" in page.text
    assert "Aino Niskala and Claire V. Claire V has no room left." in page.text
    assert "50 %" in page.text


def test_a_run_without_meetings_says_what_to_do(client: PageClient, event: Event) -> None:
    make_run(event)

    page = client.get(f"{RUNS}/1")

    assert page.heading == "No meeting could be made"
    assert "Review and publish" not in page.text


def test_a_run_of_another_event_is_not_found(
    client: PageClient, event: Event, trio: list[Participant]
) -> None:
    other = make_event("kokkola")
    people = [make_participant(other, "Secret One"), make_participant(other, "Secret Two")]
    make_run(other, (people[0], people[1], 0, 0))

    page = client.get(f"{RUNS}/1", status=404)

    assert "Secret" not in page.text


def test_the_result_costs_the_same_for_one_meeting_as_for_many(
    client: PageClient, event: Event
) -> None:
    people = [make_participant(event, f"Person {n}") for n in range(16)]
    places = [(people[2 * n], people[2 * n + 1], n // 2, n % 2) for n in range(8)]
    make_run(event, places[0])
    make_run(event, *places)

    costs = []
    for number in (1, 2):
        with counted_queries() as queries:
            client.get(f"{RUNS}/{number}")
        costs.append(len(queries))

    assert costs[0] == costs[1]
