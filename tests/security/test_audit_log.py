"""Whatever an organiser changes is in the audit log under their name."""

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.audit.models import AuditEntry
from matchmaker.events.models import Event
from matchmaker.exchange.archives import pack
from matchmaker.exchange.writing import folder_files
from matchmaker.extensions import db
from matchmaker.matching.models import Run
from matchmaker.matching.snapshot import Snapshot
from matchmaker.registration.models import Status
from tests.architecture.test_routes import our_rules
from tests.factories.events import make_event, make_participant, make_user
from tests.factories.questions import make_question
from tests.factories.runs import make_run
from tests.pages.client import PageClient
from tests.security.test_audit_journey import TRIED

LEVI = Snapshot("Levi", "levi", "Levi", "Europe/Helsinki", "office@lapland.example")
SETTINGS = "/e/kittila/organise/settings"
CHANGES = {
    "events.save_settings": (SETTINGS, "event settings changed"),
    "events.move_phase": ("/e/kittila/organise/phase", "phase moved"),
    "registration.approve": ("/e/kittila/organise/people/1/approve", "participant approved"),
    "registration.reject": ("/e/kittila/organise/people/1/reject", "participant rejected"),
    "registration.approve_all": ("/e/kittila/organise/people/approve-all", "participant approved"),
    "matching.start": ("/e/kittila/organise/runs", "run requested"),
    "matching.stop": ("/e/kittila/organise/runs/2/stop", "run stopped"),
    "agenda.publish": ("/e/kittila/organise/runs/1/publish", "agenda published"),
    "exchange.import_page": ("/events/import", "event imported"),
    "questions.add": ("/e/kittila/organise/questions/new", "question added"),
    "questions.change": ("/e/kittila/organise/questions/1", "question changed"),
    "questions.move_up": ("/e/kittila/organise/questions/2/up", "question moved"),
    "questions.move_down": ("/e/kittila/organise/questions/1/down", "question moved"),
    "questions.remove": ("/e/kittila/organise/questions/1/remove", "question removed"),
    "roster.keep_view": ("/e/kittila/organise/people/views", "view saved"),
    "roster.change_places": ("/e/kittila/organise/people/places", "places changed"),
}

# A file that is only being looked at changes nothing yet; what is entered of it is tried in
# tests/roster.
TRIED_ELSEWHERE = TRIED | {"roster.bring_in", "roster.check", "roster.enter_all"}
TRIED_ELSEWHERE |= {
    *("new_event.create", "look.save_texts", "look.save_colours", "look.take_usual"),
    *("look.save_logo", "look.drop_logo"),
    *("points.add", "points.link", "points.change"),  # in tests/setup
}
# All of it goes through one door, tried in tests/setup/test_changes.py and test_setup_pages.py.
TRIED_ELSEWHERE |= {
    *("setup.change_whole", "setup.confirm_whole", "setup.add", "setup.confirm_new"),
    *("setup.change", "setup.confirm", "setup.remove", "setup.undo"),
    *("setup.move_up", "setup.move_down"),
}
# In tests/events/test_team.py and test_team_pages.py.
TRIED_ELSEWHERE |= {
    *("team.ask_in", "team.take_back", "team.give_role", "team.remove"),
    *("team.give_ownership", "team.second_step", "team.leave"),
}
# In tests/registration and tests/merging.
TRIED_ELSEWHERE |= {"roster.act_for", "roster.end_acting_for", "merging.join", "merging.say_apart"}


@pytest.fixture
def organiser(context: object) -> User:
    """Organises an event with somebody who waits, a run that has ended and one at work."""
    user = make_user("Olli Organiser", creates_events=True)
    event = make_event(organiser=user)
    aino = make_participant(event, "Aino", status=Status.PENDING)
    make_run(event, (aino, make_participant(event, "Marek"), 0, 0))
    db.session.add(Run(event_id=event.id, number=2, state="running", snapshot="{}"))
    make_question(event, "Diet?")
    make_question(event, "Visit?")
    db.session.commit()
    return user


def test_every_change_of_an_organiser_is_tried_below(app: Flask) -> None:
    organisers = {
        rule.endpoint
        for rule in our_rules(app)
        if "POST" in (rule.methods or ())
        and app.view_functions[rule.endpoint].guard in ("organiser", "creates_events")  # type: ignore[attr-defined]
    }

    assert organisers == set(CHANGES) | TRIED_ELSEWHERE


@pytest.mark.parametrize("endpoint", CHANGES)
def test_a_change_is_logged_under_its_author(
    client: PageClient, organiser: User, endpoint: str
) -> None:
    path, action = CHANGES[endpoint]
    client.sign_in(organiser)
    if endpoint == "matching.start":
        db.session.query(Run).filter_by(number=2).delete()
        db.session.commit()

    form = {**filled(client), "csrf_token": client.token(SETTINGS), "phase": "live"}
    response = client.http.post(path, data=form, content_type="multipart/form-data")

    assert response.status_code == 302
    entries = select(AuditEntry.action, AuditEntry.actor_id, Event.slug).join(Event)
    slug = "levi" if endpoint == "exchange.import_page" else "kittila"
    assert db.session.execute(entries).all() == [(action, organiser.id, slug)]


def filled(client: PageClient) -> dict[str, Any]:
    """The settings as they are but for one, and a zip for where one is asked for."""
    page = client.get(SETTINGS)
    fields = {field.get("name"): field.get("value") or "" for field in page.find("//form//input")}
    chosen = page.find("//form//input[@checked]")
    zipped = io.BytesIO(pack("levi", folder_files(LEVI)))
    return {
        **fields,
        **{field.get("name"): field.get("value") for field in chosen},
        "name": "Another name",
        "max_meetings": "7",
        "file": (zipped, "levi.zip"),
        "slug": "",
        "kind": "text",
        "all": "50",
        "label_en": "What do you eat?",
    }
