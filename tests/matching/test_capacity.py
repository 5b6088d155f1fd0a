"""The capacity simulator tells how many wishes fit, and how many tables most of them need."""

from typing import Any

import numpy as np
import pytest
from flask import Flask
from sqlalchemy import func, select

from matchmaker.audit.models import AuditEntry
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.jobs_capacity import work_on_study
from matchmaker.matching.models_capacity import CapacityStudy
from matchmaker.matching.queries import snapshot_of
from matchmaker.matching.services_capacity import ask_capacity, claim_study, write_trials
from matchmaker.matching.simulation import Question, crowd_in, simulate
from tests.factories.events import make_event, make_participant, make_user, make_wish
from tests.pages.client import PageClient

CAPACITY = "/e/kittila/organise/capacity"
SMALL = {"people": 12, "wishes": 2, "slots": 9, "tables": 2, "most_each": 10, "seed": 1}
AS_TYPED: dict[str, Any] = {name: str(number) for name, number in SMALL.items()}


def test_no_more_wishes_fit_than_tables_hold() -> None:
    question = Question(people=40, wishes=4, slots=5, tables=4, most_each=10)

    trial = simulate(question, 4, None)

    assert max(trial.shares) * 160 <= 2 * 4 * 5
    assert trial.meetings_each == 1.0
    assert simulate(question, 4, None) == trial


def test_with_room_for_all_every_wish_fits() -> None:
    trial = simulate(Question(people=12, wishes=2, slots=12, tables=9, most_each=12), 9, None)

    assert trial.shares == (1.0, 1.0, 1.0)


def test_once_people_wish_it_is_they_who_are_drawn(context: object) -> None:
    event = make_event(slots=4, points=2)
    people = [make_participant(event, f"Person {n}") for n in range(12)]
    for person in people[1:]:
        make_wish(person, people[0], "want")

    crowd = crowd_in(snapshot_of(event))

    assert crowd is not None
    assert sorted(crowd.sought.tolist()) == [0.5] * 11 + [11.5]
    assert crowd.free.shape == (12, 4)
    assert np.all(crowd.may_meet)


def test_while_hardly_anybody_has_wished_nobody_is_drawn(context: object) -> None:
    event = make_event()
    make_wish(make_participant(event), make_participant(event), "must")

    assert crowd_in(snapshot_of(event)) is None


def test_who_asks_is_shown_the_sentence_the_chart_and_the_same_as_a_table(
    client: PageClient, event: Event
) -> None:
    client.submit(CAPACITY, status=302, **AS_TYPED)
    study = db.session.scalars(select(CapacityStudy)).one()
    waiting = client.get(CAPACITY)

    study_id = study.id
    db.session.rollback()
    assert work_on_study(study_id)
    page = client.get(CAPACITY)

    assert page.heading == (
        "12 people × 2 wishes need 3 tables; with 2, about 19 % of wishes will not fit."
    )
    rows = page.texts("//table/tbody/tr/th")
    assert "2 asked" in rows
    assert len(page.find("//*[local-name()='polyline']")) == 1
    assert len(waiting.find("//noscript/meta[@http-equiv='refresh']")) == 1
    assert page.find("//meta[@http-equiv='refresh']") == []
    assert page.find("//input[@name='tables']/@value") == ["2"]


def test_the_form_begins_with_the_numbers_of_the_event(client: PageClient, event: Event) -> None:
    page = client.get(CAPACITY)

    given = {name: page.find(f"//input[@name='{name}']/@value")[0] for name in SMALL}
    assert given == {
        **{"people": "150", "wishes": "6", "slots": "4", "tables": "2"},
        **{"most_each": "10", "seed": "0"},
    }


def test_a_number_that_cannot_be_is_refused_at_its_field_and_kept(
    client: PageClient, event: Event
) -> None:
    values = AS_TYPED | {"tables": "0"}

    page = client.submit(CAPACITY, status=422, **values)

    assert "Write a whole number from 1 to 2500." in page.text
    assert page.find("//input[@name='tables']/@value") == ["0"]
    assert db.session.scalar(select(func.count()).select_from(CapacityStudy)) == 0


def test_a_study_of_another_event_is_not_found(client: PageClient, event: Event) -> None:
    other = make_event("kokkola")
    study = ask_capacity(other, make_user(), SMALL)
    db.session.commit()

    client.get(f"{CAPACITY}?study={study.id}", status=404)
    client.get(f"{CAPACITY}/{study.id}/progress", status=404)


@pytest.mark.both_databases
def test_a_study_is_worked_on_by_one_worker_and_asked_once(app: Flask) -> None:
    with app.app_context():
        event, user = make_event(), make_user()
        study = ask_capacity(event, user, SMALL)
        assert ask_capacity(event, user, SMALL).id == study.id
        db.session.commit()

        attempt = claim_study(study.id)

        assert attempt == 1
        assert claim_study(study.id) is None
        assert not write_trials(study.id, 2, done=50)
        assert write_trials(study.id, 1, done=50)
        assert (
            db.session.scalar(select(func.count()).where(AuditEntry.action == "capacity asked"))
            == 1
        )
