"""Double clicks, and two organisers at one moment: all happens once and nobody gets an error."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Agenda, Meeting
from matchmaker.agenda.services import publish_run
from matchmaker.agenda.services_draft import put
from matchmaker.audit.models import AuditEntry
from matchmaker.events.models import Event, EventOrganiser
from matchmaker.extensions import db
from matchmaker.matching.models import Run
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Status
from matchmaker.registration.models_disruptions import Disruption
from tests.factories.events import make_event, make_participant, make_user
from tests.factories.runs import make_run
from tests.pages.client import PageClient

pytestmark = pytest.mark.both_databases

AT_ONCE = 4
ORGANISE = "/e/kittila/organise"


@pytest.fixture
def two(app: Flask, context: object) -> Iterator[list[User]]:
    """Two organisers of an event with two people who are in and one who waits."""
    users = [make_user("Olli Organiser"), make_user("Saara Levänen")]
    event = make_event(organiser=users[0])
    db.session.add(EventOrganiser(event_id=event.id, user_id=users[1].id))
    pair = [make_participant(event, name) for name in ("Aino", "Marek")]
    make_participant(event, "Claire", status=Status.PENDING)
    make_run(event, (pair[0], pair[1], 0, 0))
    app.config["WTF_CSRF_ENABLED"] = False
    yield users
    app.config["WTF_CSRF_ENABLED"] = True


def statuses(app: Flask, users: list[User], path: str, **form: str) -> list[int]:
    """What each of several clicks was answered, both organisers pressing at one moment."""
    clients = [PageClient(app).sign_in(users[n % 2]) for n in range(AT_ONCE)]
    db.session.rollback()

    def press(client: PageClient) -> int:
        return client.http.post(path, data=form).status_code

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return sorted(threads.map(press, clients))


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_an_agenda_is_published_once(app: Flask, two: list[User]) -> None:
    answers = statuses(app, two, f"{ORGANISE}/runs/1/publish")

    assert set(answers) <= {302, 409}
    assert (count(Agenda), count(Meeting), count(Mail), count(AuditEntry)) == (1, 1, 2, 1)


def test_a_draft_is_published_once_and_what_happened_noted_once(
    app: Flask, two: list[User]
) -> None:
    event = db.session.scalars(select(Event)).one()
    publish_run(event, db.session.scalars(select(Run)).one(), two[0])
    put(event, two[0], (1, 2), (event.slots[2].id, event.points[1].id), revision=0)
    late = {"kind": "late", "person": "1", "start": str(event.slots[1].id)}
    db.session.commit()

    published = statuses(app, two, f"{ORGANISE}/grid/publish", in_force="1", revision="1")
    noted = statuses(app, two, f"{ORGANISE}/repair", **late)

    assert (published, noted) == ([302, 409, 409, 409], [302] * AT_ONCE)
    assert (count(Agenda), count(Disruption), count(Mail)) == (2, 1, 4)


def test_a_run_is_started_once(app: Flask, two: list[User]) -> None:
    answers = statuses(app, two, f"{ORGANISE}/runs")

    assert set(answers) <= {302, 403}
    assert (count(Run), count(AuditEntry)) == (2, 1)


@pytest.mark.parametrize("whom", ["3/approve", "approve-all"])
def test_somebody_is_let_in_once(app: Flask, two: list[User], whom: str) -> None:
    answers = statuses(app, two, f"{ORGANISE}/people/{whom}")

    assert answers == [302] * AT_ONCE
    assert (count(Mail), count(AuditEntry)) == (1, 1)


def test_of_two_who_save_settings_one_is_told(app: Flask, two: list[User]) -> None:
    version = str(db.session.scalar(select(Event.version)))
    numbers = dict.fromkeys(
        ("max_meetings", "must", "want", "accepted", "offer_meets_need", "same_topic"), "5"
    )
    numbers |= {"most_pending": "5", "request_days": "5"}
    choices = {
        "approval": "organiser",
        "consent": "wishes",
        "placement": "run",
        "name": "Raw materials",
    }
    form = {**numbers, **choices, "type_preference": "5", "different_regions": "5"}

    answers = statuses(app, two, f"{ORGANISE}/settings", version=version, **form)

    assert answers == [302] + [409] * (AT_ONCE - 1)
    assert count(AuditEntry) == 1
