"""The history of runs: settings of their own, notes, comparing, tables, and deleting."""

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.agenda.services import publish_run
from matchmaker.audit.models import AuditEntry
from matchmaker.errors import NotAllowed
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.codec import from_json
from matchmaker.matching.curve import MOST_POINTS, curve_of, thinned
from matchmaker.matching.jobs import execute_run
from matchmaker.matching.models import Run
from matchmaker.matching.run_settings import RunSettings
from matchmaker.matching.services import request_run
from matchmaker.matching.services_history import delete_run
from matchmaker.matching.snapshot import Goals
from matchmaker.registration.models import Participant
from tests.factories.events import (
    make_event,
    make_organisation,
    make_participant,
    make_user,
    make_wish,
)
from tests.factories.runs import make_run
from tests.pages.client import PageClient, reload
from tests.query_counter import counted_queries

SCHEDULING = "/e/kittila/organise/scheduling"
RUNS = "/e/kittila/organise/runs"


@pytest.fixture
def people(event: Event) -> list[Participant]:
    return [make_participant(event, name) for name in ("Aino Niskala", "Marek Z", "=Claire V")]


@pytest.mark.both_databases
def test_a_run_keeps_its_settings_and_says_what_changed_since_the_one_before(app: Flask) -> None:
    with app.app_context():
        event = make_event()
        one, other = make_participant(event), make_participant(event)
        make_wish(one, other, "must")
        first_id = request_run(event, None).id
        db.session.commit()
        execute_run(app, first_id)
        make_wish(other, one, "want")
        settings = RunSettings(max_meetings=3, weights={"must": 50}, goals=Goals(even=400))

        second = request_run(event, None, settings=settings)

        used = from_json(second.snapshot).settings
        assert (used.max_meetings, used.weights.must, used.weights.want) == (3, 50, 12)
        assert used.goals == Goals(even=400)
        assert second.changes == {"since": 1, "changed": {"wishes": [1, 0, 0]}}
        assert second.settings["goals"]["even"] == 400


def test_the_history_says_in_words_what_was_different(client: PageClient, event: Event) -> None:
    for settings in (RunSettings(), RunSettings(max_meetings=4)):
        run = request_run(event, None, settings=settings)
        run.state, run.error = "failed", "stopped"  # type: ignore[assignment]
        db.session.commit()

    page = client.get(SCHEDULING)

    assert page.texts("//table//tbody/tr[1]/td[5]/ul/li") == [
        "Most meetings for each person: 4, was 10"
    ]


def test_a_run_is_started_with_goals_and_weights_of_its_own(
    client: PageClient, event: Event
) -> None:
    client.submit(RUNS, on=SCHEDULING, even="400", must="99", max_meetings="5", note="tighter")

    run = db.session.scalars(select(Run)).one()
    assert run.settings["weights"]["must"] == 99
    assert (run.settings["max_meetings"], run.settings["goals"]["even"]) == (5, 400)
    assert run.note == "tighter"
    logged = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "run requested"))
    assert logged.one().details["after"]["max_meetings"] == 5


def test_a_note_is_kept_and_logged(
    client: PageClient, event: Event, people: list[Participant]
) -> None:
    run = make_run(event, (people[0], people[1], 0, 0))

    client.submit(f"{RUNS}/1/note", on=SCHEDULING, note="fewer tables")

    assert reload(run).note == "fewer tables"
    assert "fewer tables" in client.get(SCHEDULING).text
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "run noted")).one()
    assert entry.details == {"before": {"note": ""}, "after": {"note": "fewer tables"}}


def test_a_run_that_was_not_published_can_be_deleted_twice_over(
    client: PageClient, event: Event, people: list[Participant]
) -> None:
    make_run(event, (people[0], people[1], 0, 0))

    for _click in range(2):
        client.submit(f"{RUNS}/1/delete", on=SCHEDULING)

    assert db.session.scalars(select(Run)).all() == []


def test_a_published_run_stays_says_so_and_is_not_offered_again(
    client: PageClient, event: Event, people: list[Participant]
) -> None:
    run = make_run(event, (people[0], people[1], 0, 0))
    user = make_user()
    publish_run(event, run, user)
    db.session.commit()

    with pytest.raises(NotAllowed, match="Run 1 was published"):
        delete_run(event, run, user)
    page = client.get(f"{RUNS}/1")

    assert "Published as agenda 1" in page.text
    assert "Review and publish" not in page.text
    assert "in force as agenda 1" in client.get(SCHEDULING).text


def test_two_runs_stand_side_by_side_with_who_gains_and_who_loses(
    client: PageClient, event: Event, people: list[Participant]
) -> None:
    aino, marek, claire = people
    make_run(event, (aino, marek, 0, 0))
    make_run(event, (aino, claire, 1, 0), (marek, aino, 2, 0))

    page = client.get(f"{RUNS}/compare?a=1&b=2")

    assert page.heading == "Runs 1 and 2 side by side"
    assert "0 meetings are alike in both, 1 have another time." in page.text
    assert "2 people gain by run 2, 0 lose." in page.text
    changed = "//div[@aria-label='Who loses and who gains']//tbody/tr"
    assert page.texts(f"{changed}/th") == ["Aino Niskala", "=Claire V"]
    assert page.texts(f"{changed}[1]/td") == ["1 → 2", "30 → 60", "+30"]
    assert page.texts("//div[@aria-label='Only in run 2']//tbody/tr/th") == [
        "Aino Niskala and =Claire V"
    ]
    assert page.texts("//h2")[-3:-1] == ["0 meetings only in run 1", "1 meeting only in run 2"]


def test_a_run_is_not_compared_with_itself_nor_with_one_of_another_event(
    client: PageClient, event: Event, people: list[Participant]
) -> None:
    for _run in range(2):
        make_run(event, (people[0], people[1], 0, 0))

    page = client.get(f"{RUNS}/compare?a=1&b=1", status=422)
    client.get(f"{RUNS}/compare?a=1&b=7", status=422)

    assert "That is the same run twice. Choose another one." in page.text


def test_comparing_costs_the_same_for_one_meeting_as_for_many(
    client: PageClient, event: Event
) -> None:
    people = [make_participant(event, f"Person {n}") for n in range(16)]
    places = [(people[2 * n], people[2 * n + 1], n // 2, n % 2) for n in range(8)]
    for some in (places[:1], places[1:2], places[:4], places[4:]):
        make_run(event, *some)

    costs = []
    for pair in ("a=1&b=2", "a=3&b=4"):
        with counted_queries() as queries:
            client.get(f"{RUNS}/compare?{pair}")
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_tables_of_a_run_hold_no_formulas(
    client: PageClient, event: Event, people: list[Participant]
) -> None:
    make_run(event, (people[0], people[2], 0, 0))

    def table(name: str) -> list[list[str]]:
        text = client.http.get(f"{RUNS}/1/{name}.csv").get_data().decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text)))

    assert table("meetings")[1:] == [
        ["2027-04-28", "13:00", "Table 1", "Aino Niskala", "'=Claire V", "30"]
    ]
    assert [row[0] for row in table("people")[1:]] == ["Marek Z", "'=Claire V", "Aino Niskala"]
    assert table("people")[3][2:] == ["SME", "Finland", "SME", "", "1", "30", "0"]
    assert table("unplaced") == [["One person", "The other", "Value", "Why"]]


def test_grid_and_figures_of_a_run_are_taken_away_as_numbers(
    client: PageClient, event: Event, people: list[Participant]
) -> None:
    make_run(event, (people[0], people[2], 0, 0), (people[0], people[1], 2, 1))

    def table(name: str) -> list[list[str]]:
        text = client.http.get(f"{RUNS}/1/{name}.csv").get_data().decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text)))

    times = [f"2027-04-28 {at}" for at in ("13:00", "13:20", "13:40", "14:00")]
    assert table("grid") == [
        ["Meeting point", *times, "Meetings"],
        ["Table 1", "30", "", "", "", "1"],
        ["Table 2", "", "", "30", "", "1"],
        ["Meetings", "1", "0", "1", "0", "2"],
    ]
    figures = {tuple(row[:3]): row[3] for row in table("figures")[1:]}
    assert figures["The whole agenda", "", "Proven bound"] == "60"
    assert figures["People by number of meetings", "2", "People"] == "1"
    assert figures["People by number of breaks", "1", "People"] == "1"
    assert figures["Country", "Finland", "Meetings each"] == "1.33"
    assert figures["Use of slots", "Wed 28 Apr 13:20", "Meetings"] == "0"
    assert figures["Use of meeting points", "Table 1", "In use"] == "0.25"
    assert client.http.get(f"{RUNS}/2/grid.csv").status_code == 404


def test_how_meetings_are_spread_is_told_by_type_country_and_size(
    client: PageClient, event: Event, people: list[Participant]
) -> None:
    earlier = make_event("before")
    earlier.starts_on = event.starts_on - timedelta(days=300)
    make_participant(earlier, "Aino then", user=people[0].user)
    people[2].organisation = make_organisation("Suuri Oyj")
    people[2].organisation.size = "large"
    make_run(event, (people[0], people[1], 0, 0))

    page = client.get(f"{RUNS}/1")

    known = page.texts("//div[@aria-label='New or known']//tbody/tr/*")
    assert known == ["first time", "2", "0.5", "1", "came to an earlier event", "1", "1", "0"]
    country = "//div[@aria-label='Country']//tbody/tr/*"
    assert page.texts(country) == ["Finland", "3", "0.7", "1"]
    size = "//div[@aria-label='Size of organisation']//tbody/tr/*"
    assert page.texts(size) == [
        *("not said", "2", "1", "0"),
        *("250 people and more", "1", "0", "1"),
    ]
    points = "//div[@aria-label='Use of meeting points']//tbody/tr[1]/*"
    assert page.texts(points) == ["Table 1", "1", "4", "25 %"]


def test_the_curve_of_a_run_stays_small_and_ends_where_the_run_is() -> None:
    points: list[tuple[float, int, int | None]] = []
    for second in range(500):
        points = thinned([*points, (float(second), second, 1000)])

    assert len(points) <= MOST_POINTS
    assert (points[0], points[-1]) == ((0.0, 0, 1000), (499.0, 499, 1000))
    drawn = curve_of({"curve": points})
    assert drawn is not None
    assert drawn.bound.startswith("0.0,2.0 ")
    assert curve_of({"value": 3}) is None
