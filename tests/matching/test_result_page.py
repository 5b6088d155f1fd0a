"""What the organiser sees of a run that has ended."""

import pytest

from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.models import Run, RunUnplaced
from matchmaker.registration.models import Participant
from tests.factories.events import make_participant
from tests.factories.runs import make_run
from tests.pages.client import PageClient

RUN = "/e/kittila/organise/runs/1"


@pytest.fixture
def people(event: Event) -> list[Participant]:
    return [make_participant(event, name) for name in ("Aino Niskala", "Marek Zieliński", "Liv")]


def leave_out(run: Run, a: Participant, b: Participant, why: str, value: int) -> None:
    a_id, b_id = sorted((a.id, b.id))
    row = RunUnplaced(run_id=run.id, a_id=a_id, b_id=b_id, value=value, why=why, full=[], cost=None)
    db.session.add(row)
    db.session.commit()


def test_the_grid_and_the_table_say_the_same(
    client: PageClient, event: Event, people: list[Participant]
) -> None:
    make_run(event, (people[0], people[1], 1, 0))

    page = client.get(RUN)

    assert page.heading == "1 meeting, proven best"
    assert page.texts("//table[@class='grid']/tbody/tr[1]/*")[:3] == [
        "Table 1",
        "free",
        "AN–MZAino Niskala and Marek Zieliński, one wants",
    ]
    assert page.texts("//div[@aria-label='All meetings']//tbody/tr/td") == [
        "Wed 28 Apr, 13:20",
        "Table 1",
        "Aino Niskala and Marek Zieliński",
        "Aino Niskala must meet Marek Zieliński",
        "30",
    ]
    assert page.texts("//nav//*[@aria-current]") == ["Scheduling"]


def test_what_did_not_fit_is_counted_by_what_stood_in_the_way(
    client: PageClient, event: Event, people: list[Participant]
) -> None:
    others = [make_participant(event, f"Person {n}") for n in range(6)]
    run = make_run(event, (people[0], people[1], 1, 0))
    for value, other in enumerate(others):
        leave_out(run, people[2], other, "never_free_together" if value else "tables_full", value)

    page = client.get(RUN)

    chart = "//table[caption='What stood in the way']/tbody/tr"
    assert page.texts(f"{chart}/th") == ["Never free together", "No meeting point is free"]
    assert page.texts(f"{chart}/td[@class='bars-number']") == ["5", "1"]
    assert page.texts("//aside//li/strong")[0] == "Liv and Person 5."
    assert page.texts("//aside//details/summary") == ["1 more, sorted by value"]
